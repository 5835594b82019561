"""Places within a page that it links to itself: `<a id="x"></a>`.

Only an anchor that a link of the same body leads to is kept: an editor gives ids to
headings by the dozen.
"""

from re import IGNORECASE, compile as pattern
from typing import Final
from urllib.parse import unquote

from wxr.content.tree import Node, names
from wxr.markdown import escape
from wxr.markdown.writer import Writer

_CONTAINERS: Final = names(
    "article blockquote div figcaption figure footer header li main p section td th"
)
"""Elements in which an anchor stands; it stands before all others."""

_HEADINGS: Final = names("h1 h2 h3 h4 h5 h6")
_LINK: Final = pattern(r"""href\s*=\s*["']?[^"'#<>\s]*\#([^"'<>\s]+)""", IGNORECASE)


def wanted(html: str) -> frozenset[str]:
    """Give the places that the links of a body lead to."""
    # A link with a place stands within one tag, and few tags have a `#`.
    tags = [tag for tag in html.split("<") if "#" in tag and "href" in tag.lower()]
    found = {found[1] for tag in tags for found in _LINK.finditer(tag)}
    return frozenset(found | {unquote(name) for name in found})


def before(writer: Writer, node: Node) -> None:
    """Mark the place of an element that holds no anchors itself."""
    if node.tag not in _CONTAINERS:
        _mark(writer, node)


def within(writer: Writer, node: Node) -> None:
    """Mark the place of an element at its start."""
    if node.tag in _CONTAINERS:
        _mark(writer, node)


def _mark(writer: Writer, node: Node) -> None:
    name = _place(node)
    if name in writer.anchors and writer.flavour.raw_html:
        writer.markdown(f'<a id="{escape.attribute(name)}"></a>')


def _place(node: Node) -> str:
    """Give the name of the place that an element is; a heading writes its own."""
    if node.tag in _HEADINGS:
        return ""
    attributes = node.attributes
    name = attributes.get("id") or ""
    return name or ((attributes.get("name") or "") if node.tag == "a" else "")
