"""Tables whose cells are lines, in rows of one length."""

from dataclasses import dataclass, field
from typing import Final

from wxr.markdown import tables
from wxr.markdown.places import Place
from wxr.markdown.usual.page import Page
from wxr.markdown.usual.tags import Unusual, attributes_of, name_of
from wxr.markdown.writer import Block, Steps

_SECTIONS: Final = ("thead", "tbody", "tfoot")


@dataclass(slots=True)
class _Table:
    """A table being read."""

    page: Page
    index: int
    heads: int = 0
    is_head_first: bool = False
    section: str = ""
    names: list[list[str]] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    sides: list[list[str]] = field(default_factory=list)

    def read(self) -> None:
        """Read sections and rows up to the end."""
        while (tag := self._tag()) != "/table":
            if tag in _SECTIONS and not self.section:
                self.section = tag
            elif self.section and tag == f"/{self.section}":
                self.section = ""
            elif name_of(tag) == "tr":
                self._row(tag)
            else:
                raise Unusual

    def _tag(self) -> str:
        """Go past the next tag, and past nothing but white space before it."""
        self.page.refuse_text(self.index)
        self.index += 1
        return self.page.tokens.tags[self.index - 1]

    def _row(self, tag: str) -> None:
        side = tables.side_of(attributes_of(tag)) if " " in tag else ""
        for column in (self.names, self.texts, self.sides):
            column.append([])
        while (name := name_of(self._tag())) in ("td", "th"):
            self._cell(name, side)
        if name != "/tr" or not self.names[-1]:
            raise Unusual
        if self.section == "thead":
            self.heads += 1
            self.is_head_first = len(self.names) == 1

    def _cell(self, name: str, side: str) -> None:
        attributes = self.page.attributes(self.index - 1)
        if "colspan" in attributes or "rowspan" in attributes:
            raise Unusual
        end = self.page.closing(f"/{name}", self.index)
        text = self.page.line(self.index, end, Place.CELL)
        self.names[-1].append(name)
        self.texts[-1].append(text)
        self.sides[-1].append((attributes and tables.side_of(attributes)) or side)
        self.index = end + 1


def read(page: Page, index: int) -> tuple[Steps, int]:
    """Give a GFM table, and where it ends."""
    page.attributes(index)
    table = _Table(page, index + 1)
    table.read()
    widths = {len(row) for row in table.texts}
    # A head that is not the first row, or one of two, is more than GFM has.
    is_sound = not table.heads or (table.heads == 1 and table.is_head_first)
    if len(widths) != 1 or not is_sound:
        raise Unusual
    rows, sides = table.texts, table.sides
    if not table.heads and "td" in table.names[0]:
        # GFM has no table without a head; an empty one shows nothing.
        rows, sides = [[], *rows], [[], *sides]
    agreed = [tables.agreed(sides, column) for column in range(widths.pop())]
    return [Block("other", tables.grid(rows, agreed))], table.index
