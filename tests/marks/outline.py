"""The shape of a page: what holds what, and what is stressed."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tests.marks.folding import folded
from wxr.content.tree import TEXT, Node, names

_CONTAINERS: Final = names("ul ol blockquote")
_HEADINGS: Final = names("h1 h2 h3 h4 h5 h6")
_CAPTIONS: Final = "figcaption, cite, dfn, var, .wp-caption-text, .gallery-caption"
_LAYOUT: Final = "blocks-gallery-grid"
"""Class of lists that only place images; an old gallery's."""
_MARKS: Final = {"em": "em", "i": "em", "strong": "strong", "b": "strong"}
_INLINE: Final = names(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd mark q s "
    "samp small span strike strong sub sup tt u var"
)
_SKIPPED: Final = names("script style template noscript")


class Part(NamedTuple):
    """A heading, an item of a list, a quotation, a row of a table, a block of code."""

    kind: str
    inside: tuple[str, ...]
    """The lists and quotations around it, outermost first."""
    detail: str = ""


@dataclass(slots=True)
class Outline:
    """What was found of a page."""

    parts: list[Part] = field(default_factory=list)
    stressed: list[tuple[str, str]] = field(default_factory=list)
    """Mark and text; what only white space parts is one."""
    captions: list[str] = field(default_factory=list)
    """Texts of captions, sources and their like, which we stress: browsers do, too."""
    _runs: dict[str, list[str]] = field(default_factory=dict)

    def text(self, value: str, marks: tuple[str, ...]) -> None:
        """Take a text and the marks it stands under."""
        bare = "".join(value.split())
        if not bare:
            return
        for mark in ("em", "strong"):
            if mark in marks:
                self._runs.setdefault(mark, []).append(bare)
            else:
                self._end(mark)

    def end_block(self) -> None:
        """End what is stressed where a block ends."""
        for mark in list(self._runs):
            self._end(mark)

    def _end(self, mark: str) -> None:
        if run := self._runs.pop(mark, None):
            self.stressed.append((mark, folded("".join(run))))


def outline(root: Node | None) -> Outline:
    """Read the shape of a tree."""
    found = Outline()
    if root is not None:
        _walk(root, found, (), ())
        found.end_block()
        found.captions += _captions(root)
    return found


def _captions(root: Node) -> list[str]:
    texts = (node.text() for node in root.css(_CAPTIONS))
    return [folded("".join(text.split())) for text in texts]


def _walk(
    node: Node, found: Outline, inside: tuple[str, ...], marks: tuple[str, ...]
) -> None:
    child = node.first_child
    while child is not None:
        tag = str(child.tag)
        if tag == TEXT:
            found.text(child.text_content or "", marks)
        elif child.is_element_node and tag not in _SKIPPED:
            _element(child, tag, found, inside, marks)
        child = child.next


def _element(
    node: Node,
    tag: str,
    found: Outline,
    inside: tuple[str, ...],
    marks: tuple[str, ...],
) -> None:
    is_block = tag not in _INLINE and tag != "br"
    if is_block:
        found.end_block()
    if (part := _part(node, tag, inside)) is not None:
        found.parts.append(part)
    if tag in _CONTAINERS and _LAYOUT not in (node.attributes.get("class") or ""):
        inside = (*inside, tag)
    if tag in _MARKS:
        marks = (*marks, _MARKS[tag])
    if tag != "pre":
        _walk(node, found, inside, marks)
    if is_block:
        found.end_block()


def _part(node: Node, tag: str, inside: tuple[str, ...]) -> Part | None:
    names_ = node.attributes.get("class") or ""
    if not _shows(node) or "wp-block-verse" in names_ or "gallery-item" in names_:
        return None
    if tag in _HEADINGS:
        return Part(tag, inside)
    if tag == "tr":
        cells = [each for each in node.iter() if each.tag in ("td", "th")]
        return Part("row", inside, str(len(cells)))
    if tag == "ol":
        return Part("ol", inside, node.attributes.get("start") or "1")
    kinds = {"li": "item", "blockquote": "quotation", "pre": "code"}
    return Part(kinds[tag], inside) if tag in kinds else None


def _shows(node: Node) -> bool:
    return bool(node.text().strip()) or node.css_first("img, video, audio") is not None
