"""Elements that are not as WordPress writes them, made regular before they are read.

Nearly every item has leaves with text and nothing else. Whether that is so is asked
once per batch, in C; only a batch that says no is walked here. So the loop that reads
all fields of all items can trust each leaf's `.text`, and nothing is lost where
HTML was not put in CDATA, a comment stands in a title, text stands between elements.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from wxr.parser.elements import short_name

Element: TypeAlias = etree._Element  # noqa: SLF001

_NESTED: Final = frozenset(
    {
        "item",
        "wp:author",
        "wp:category",
        "wp:comment",
        "wp:commentmeta",
        "wp:comments",
        "wp:postmeta",
        "wp:tag",
        "wp:term",
        "wp:termmeta",
        "wp:wp_author",
    }
)
"""Elements that hold elements; all others that have a field hold text."""

_EXPECTED_ATTRIBUTES: Final = frozenset(
    {("category", "domain"), ("category", "nicename"), ("guid", "isPermaLink")}
)

# Only child axes and name tests: these are what libxml2 evaluates at no cost.
_IS_IRREGULAR: Final = etree.XPath(
    """
    boolean(*/text()[normalize-space()])
    or boolean(*/*[*]/text()[normalize-space()])
    or boolean(*/*[*]/*[*]/text()[normalize-space()])
    or boolean(*/*/comment()) or boolean(*/*/*/comment()) or boolean(*/comment())
    or boolean(*/*/*/*/*)
    or boolean(*/*/processing-instruction()) or boolean(*/processing-instruction())
    or boolean(*/*/*/processing-instruction())
    or boolean(*/@*) or boolean(*/*/*/@*) or boolean(*/*/*/*/@*)
    or count(*/*/@*) != count(item/category/@domain)
        + count(item/category/@nicename) + count(item/guid/@isPermaLink)
    """
)
_PARENTS: Final = etree.XPath("*/*[*] | */*/*[*]")


def is_irregular(channel: Element) -> bool:
    """Say whether any element of a batch needs `regularize`."""
    if _IS_IRREGULAR(channel):
        return True
    # What has children is nearly always a comment or a meta, of which there are few
    # names: so this asks for their spellings, not for their elements.
    tags = {parent.tag for parent in _PARENTS(channel)}
    return any(short_name(str(tag)) not in _NESTED for tag in tags)


def regularize(record: Element) -> tuple[list[tuple[str, str]], list[tuple[str, int]]]:
    """Make the leaves of one record plain text, in place.

    Returns:
        Unexpected attributes, as pairs for `extra`; and texts that stood between
        elements, with their line.
    """
    attributes: list[tuple[str, str]] = []
    strays: list[tuple[str, int]] = []
    pending = [record]
    while pending:
        element = pending.pop()
        attributes.extend(_unexpected_attributes(element))
        if short_name(str(element.tag)) in _NESTED:
            strays.extend(_stray_texts(element))
            pending.extend(reversed([e for e in element if isinstance(e.tag, str)]))
        elif len(element) and element is not record:
            _flatten(element)
    return attributes, strays


def _unexpected_attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        if (str(element.tag), str(name)) not in _EXPECTED_ATTRIBUTES:
            yield f"{element.tag!s}/@{name!s}", str(value)


def _stray_texts(element: Element) -> Iterator[tuple[str, int]]:
    """Text between the children; comments and instructions there are no text."""
    texts = [(element.text, element.sourceline)]
    texts += [(child.tail, child.sourceline) for child in element]
    for text, line in texts:
        if text is not None and (bare := text.strip()):
            yield bare, line or 0


def _flatten(element: Element) -> None:
    """Turn a leaf's inner markup into the text it was written as."""
    if short_name(str(element.tag)) == str(element.tag) and "{" in str(element.tag):
        return  # foreign: kept whole in `extra`
    has_elements = any(isinstance(child.tag, str) for child in element)
    source = "".join(_source(element, escaped=has_elements))
    for child in list(element):
        element.remove(child)
    element.text = source


def _source(root: Element, *, escaped: bool) -> Iterator[str]:
    """The inner markup. HTML that was not put in CDATA keeps its references."""

    def text(value: str | None) -> str:
        return (escape(value) if escaped else value) if value else ""

    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        inside = node is not root
        if event == "start":
            if inside:
                yield _start_tag(node)
            yield text(node.text)
            continue
        if event == "end" and inside and not _is_empty(node):
            yield f"</{_written_name(node)}>"
        elif event == "comment":
            yield f"<!--{node.text or ''}-->"
        elif event == "pi":
            yield f"<?{node.target} {node.text or ''}?>"  # type: ignore[attr-defined]
        if inside:
            yield text(node.tail)


def _start_tag(node: Element) -> str:
    attributes = "".join(
        f" {etree.QName(name).localname}={quoteattr(value)}"
        for name, value in node.attrib.items()
    )
    return f"<{_written_name(node)}{attributes}{'/' if _is_empty(node) else ''}>"


def _is_empty(node: Element) -> bool:
    return not len(node) and node.text is None


def _written_name(node: Element) -> str:
    local = etree.QName(node).localname
    return f"{node.prefix}:{local}" if node.prefix else local
