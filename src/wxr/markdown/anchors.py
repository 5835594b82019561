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

CONTAINERS: Final = names(
    "article blockquote div figcaption figure footer header li main p section td th"
)
"""Elements in which an anchor stands; it stands before all others."""

_HEADINGS: Final = names("h1 h2 h3 h4 h5 h6")
_LINK: Final = pattern(r"""href\s*=\s*["']?[^"'#<>\s]*\#([^"'<>\s]+)""", IGNORECASE)


def wanted(html: str) -> frozenset[str]:
    """Give the places that the links of a body lead to."""
    found = {found[1] for found in _LINK.finditer(html)}
    return frozenset(found | {unquote(name) for name in found})


def of(node: Node, places: frozenset[str]) -> str:
    """Give the place that an element marks; empty where no link leads to it."""
    if node.tag in _HEADINGS:
        return ""  # A heading writes its own.
    attributes = node.attributes
    name = attributes.get("id") or ""
    if not name and node.tag == "a":
        name = attributes.get("name") or ""
    return name if name in places else ""


def write(writer: Writer, name: str) -> None:
    """Mark a place."""
    if writer.flavour.raw_html:
        writer.markdown(f'<a id="{escape.attribute(name)}"></a>')
