"""Elements that are not as WordPress writes them, made regular before they are read.

Nearly every record has leaves with text and nothing else. The loop that reads all
fields of all records only looks whether that is so, and raises `IrregularError`
where it is not; then the record is walked here, and read again. So nothing is lost
where HTML was not put in CDATA, a comment stands in a title, text stands between
elements, and what is regular pays next to nothing for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final, TypeAlias

from lxml import etree

from wxr.parser.elements import KNOWN, local_name, usual_tag

Element: TypeAlias = etree._Element  # noqa: SLF001

NESTED: Final = frozenset(
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
    {
        ("category", "domain"),
        ("category", "nicename"),
        ("wp:category", "domain"),
        ("wp:category", "nicename"),
        ("guid", "isPermaLink"),
    }
)


class IrregularError(Exception):
    """A record has to be made regular before it can be read; caught by the parser."""


@dataclass(slots=True)
class Found:
    """What was irregular about a record."""

    extra: list[tuple[str, str]] = field(default_factory=list)
    """Attributes and elements that cannot stand there, as pairs for `extra`."""
    strays: list[tuple[str, int]] = field(default_factory=list)
    """Texts that stood between elements, with their line."""
    flattened: list[tuple[str, int]] = field(default_factory=list)
    """Names of leaves that held elements, with their line."""
    renamed: list[tuple[str, str, int]] = field(default_factory=list)
    """Names in another case than WordPress', and its own, with their line."""


def regularize(record: Element) -> Found:
    """Make the leaves of one record plain text, in place; gives what was not."""
    found = Found()
    pending = [record]
    while pending:
        element = pending.pop()
        _rename(element, found)
        name = local_name(str(element.tag))
        if name not in KNOWN:
            continue  # kept whole in `extra`, attributes and all
        found.extra.extend(_take_attributes(element))
        if name in NESTED:
            found.strays.extend(_take_stray_texts(element))
            found.extra.extend(_take_terms(element))
            pending.extend(e for e in reversed(element) if isinstance(e.tag, str))
        elif len(element):
            if any(isinstance(child.tag, str) for child in element):
                found.flattened.append((name, element.sourceline or 0))
            _flatten(element)
    return found


def _rename(element: Element, found: Found) -> None:
    written = str(element.tag)
    if usual := usual_tag(written):
        names = etree.QName(written).localname, etree.QName(usual).localname
        found.renamed.append((*names, element.sourceline or 0))
        element.tag = usual


def _take_attributes(element: Element) -> list[tuple[str, str]]:
    """Take the attributes off that no record has a field for."""
    unexpected = [
        (str(name), str(value))
        for name, value in element.items()
        if (local_name(str(element.tag)), name) not in _EXPECTED_ATTRIBUTES
    ]
    for name, _ in unexpected:
        del element.attrib[name]
    return [(f"{element.tag!s}/@{name}", value) for name, value in unexpected]


def _take_terms(element: Element) -> list[tuple[str, str]]:
    """Take declarations of categories out of an item: there, the name means a term.

    They are in one where the tags between were lost.
    """
    terms = [
        child
        for child in element
        if len(child)
        and isinstance(child.tag, str)
        and local_name(child.tag) == "wp:category"
    ]
    for term in terms:
        element.remove(term)
    return [(str(term.tag), whole(term)) for term in terms]


def whole(element: Element) -> str:
    """Give an element as self-contained XML, with the namespaces it uses itself."""
    # Canonical XML sorts attributes in quadratic time.
    if all(len(each.keys()) < _MANY for each in element.iter(etree.Element)):
        try:
            return etree.tostring(element, method="c14n", exclusive=True).decode()
        except etree.C14NError:  # a namespace that is a relative URI has no such form
            pass
    return etree.tostring(element, encoding="unicode", with_tail=False)


_SPACE_IN_ATTRIBUTES: Final = str.maketrans(
    {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
_MANY: Final = 1000
"""Attributes, which no one writes."""


def _take_stray_texts(element: Element) -> list[tuple[str, int]]:
    """Take text from between the children; comments and instructions go with it."""
    texts = [(element.text, element.sourceline)]
    texts += [(child.tail, child.sourceline) for child in element]
    element.text = None
    for child in element:
        child.tail = None
    return [
        (bare, line or 0) for text, line in texts if text and (bare := text.strip())
    ]


def _flatten(element: Element) -> None:
    """Turn a leaf's inner markup into the text it was written as."""
    has_elements = any(isinstance(child.tag, str) for child in element)
    source = "".join(_source(element, escaped=has_elements))
    for child in list(element):
        element.remove(child)
    element.text = source


def _source(root: Element, *, escaped: bool) -> Iterator[str]:
    """The inner markup. HTML that was not put in CDATA keeps its references."""

    def text(value: str | None) -> str:
        return (escape(value, quote=False) if escaped else value) if value else ""

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


def _quoted(value: str) -> str:
    """As `xml.sax.saxutils.quoteattr`, which loads half of the standard library."""
    text = escape(value, quote=False).translate(_SPACE_IN_ATTRIBUTES)
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return '"' + text.replace('"', "&quot;") + '"'


def _start_tag(node: Element) -> str:
    attributes = "".join(
        f" {etree.QName(name).localname}={_quoted(value)}"
        for name, value in node.attrib.items()
    )
    return f"<{_written_name(node)}{attributes}{'/' if _is_empty(node) else ''}>"


def _is_empty(node: Element) -> bool:
    return not len(node) and node.text is None


def _written_name(node: Element) -> str:
    local = etree.QName(node).localname
    return f"{node.prefix}:{local}" if node.prefix else local
