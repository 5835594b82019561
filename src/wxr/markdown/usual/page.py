"""One body while it is read without a parser, and what is made of its lines."""

from dataclasses import dataclass, field
from re import compile as pattern
from typing import Final

from wxr.markdown.inline import paragraph
from wxr.markdown.places import Place
from wxr.markdown.runs import Marks, Run
from wxr.markdown.usual import lines
from wxr.markdown.usual.phrases import runs_of
from wxr.markdown.usual.tags import NONE, Attributes, Unusual, attributes_of
from wxr.markdown.usual.tokens import Tokens
from wxr.markdown.writer import Block, Writer, kind_of

_MAX_DEPTH: Final = 12
_PLACE: Final = pattern(r"[ \t\n\f](?:id|name)[ \t\n\f=]")


@dataclass(slots=True)
class Page:
    """A body's tokens, and the tags of the elements that are open."""

    tokens: Tokens
    writer: Writer
    has_places: bool
    """Whether the names of elements matter: links lead there, or headings keep them."""
    around: list[str] = field(default_factory=list)

    def attributes(self, index: int) -> Attributes:
        """Read the attributes of a tag."""
        tag = self.tokens.tags[index]
        attributes = attributes_of(tag) if " " in tag else NONE
        is_place = "id" in attributes or "name" in attributes
        if is_place and self.has_places:
            raise Unusual
        return attributes

    def closing(self, tag: str, start: int) -> int:
        """Find the next closing tag of a name."""
        try:
            return self.tokens.tags.index(tag, start)
        except ValueError:
            raise Unusual from None

    def refuse_text(self, index: int) -> None:
        """Leave text where none belongs to the parser."""
        if not self.tokens.is_blank(2 * index):
            raise Unusual

    def enter(self, index: int) -> None:
        """Go into an element."""
        if len(self.around) > _MAX_DEPTH:
            raise Unusual
        self.around.append(self.tokens.tags[index])

    def leave(self) -> None:
        """Go out of the innermost element."""
        self.around.pop()

    def paragraph(self, first: int, last: int, kind: str) -> list[Block]:
        """Give the texts from one up to another as a block, if they show anything."""
        written = self._quickly(first, last, Place.BLOCK)
        if written is not None:
            is_image = first < last and written.startswith(lines.IMAGES)
            kind = "image" if is_image else kind
            return [Block(kind, written)] if written else []
        runs = self.runs(first, last, Place.BLOCK)
        written = paragraph(runs)
        return [Block(kind_of(runs, kind), written)] if written else []

    def line(self, first: int, last: int, place: Place) -> str:
        """Give the texts from one up to another as a line."""
        written = self._quickly(first, last, place)
        if written is None:
            written = paragraph(self.runs(first, last, place), place)
        return written

    def runs(self, first: int, last: int, place: Place, marks: Marks = ()) -> list[Run]:
        """Give the texts from one up to another as runs."""
        html = self.tokens.html(2 * first, 2 * last + 1)
        if self.has_places and _PLACE.search(html):
            raise Unusual
        return runs_of(html, self.writer, place, marks)

    def _quickly(self, first: int, last: int, place: Place) -> str | None:
        """Give a line in one pass, if that can be."""
        # In a cell, a `|` of text is escaped, and one of code or an address is already.
        if place is Place.CELL and self._has_bar(first, last):
            return None
        if first == last:
            return lines.text(self.tokens.texts[first], place)
        if self.has_places:
            return None
        return lines.line(self.tokens, first, last, self.writer, place)

    def _has_bar(self, first: int, last: int) -> bool:
        return any("|" in text for text in self.tokens.texts[first : last + 1])
