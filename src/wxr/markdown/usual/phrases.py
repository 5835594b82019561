"""HTML within a line to its runs: text, breaks, images and code, under marks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wxr.content.tree import names
from wxr.markdown import escape, media, phrases
from wxr.markdown.places import Place
from wxr.markdown.runs import BREAK, EMPHASIS, STRIKE, STRONG, TEXT, Mark, Marks, Run
from wxr.markdown.usual.tags import (
    Attributes,
    Unusual,
    attributes_of,
    name_of,
    text_of,
)
from wxr.markdown.writer import Writer, add_markdown

_MARKS: Final[Mapping[str, Mark]] = MappingProxyType(
    {
        **dict.fromkeys(("b", "strong"), STRONG),
        **dict.fromkeys(("dfn", "em", "i", "var"), EMPHASIS),
        **dict.fromkeys(("del", "s", "strike"), STRIKE),
    }
)
_LOOKED_THROUGH: Final = names("bdi big data font label small span time")
_BREAKS: Final = ("br", "br /", "br/")
_MAX_DEPTH: Final = 20
_CODE: Final = ("code", "tt")


def runs_of(html: str, writer: Writer, place: Place, marks: Marks = ()) -> list[Run]:
    """Give the runs of HTML that stands within a line.

    Raises:
        Unusual: It takes a parser.
    """
    line = _Line(writer, place, marks, [], [])
    first, *parts = html.split("<")
    line.text(first)
    line.read(iter(parts))
    return line.runs


@dataclass(slots=True)
class _Line:
    """A line being read."""

    writer: Writer
    place: Place
    marks: Marks
    runs: list[Run]
    opened: list[tuple[str, Marks]]
    """The elements that are open, and the marks around each."""

    def read(self, parts: Iterator[str]) -> None:
        """Read tags, each with the text behind it."""
        for part in parts:
            tag, closed, text = part.partition(">")
            if not closed:
                raise Unusual
            if (mark := _MARKS.get(tag)) is not None:
                self._open(tag, mark)
            elif tag[:1] == "/":
                self._close(tag[1:])
            elif tag in _BREAKS:
                self.runs.append((BREAK, "", self.marks))
            elif tag in _CODE:
                text = self._code(tag, text, next(parts, ""))
            else:
                self._element(tag)
            self.text(text)
        if self.opened:
            raise Unusual

    def text(self, html: str) -> None:
        """Add text, if it is more than white space before a line."""
        text = text_of(html)
        if text and (self.runs or not text.isspace() or "\xa0" in text):
            self.runs.append((TEXT, text, self.marks))

    def _open(self, name: str, mark: Mark | None) -> None:
        if len(self.opened) >= _MAX_DEPTH:
            raise Unusual
        self.opened.append((name, self.marks))
        if mark is not None and mark not in self.marks:
            self.marks = (*self.marks, mark)

    def _close(self, name: str) -> None:
        if not self.opened or self.opened[-1][0] != name:
            raise Unusual
        self.marks = self.opened.pop()[1]

    def _code(self, name: str, html: str, after: str) -> str:
        """Add inline code that holds text only; gives the text behind it."""
        closing = f"/{name}>"
        if not after.startswith(closing):
            raise Unusual
        text = text_of(html)
        if span := phrases.span(text, self.place):
            add_markdown(self.runs, span, self.marks)
        elif text:
            self.runs.append((TEXT, text, self.marks))
        return after[len(closing) :]

    def _element(self, tag: str) -> None:
        """Read an element by its attributes."""
        name, attributes = name_of(tag), attributes_of(tag)
        if name == "a":
            self._open(name, self._link(attributes))
        elif name == "img":
            self._image(attributes)
        elif name == "br":
            self.runs.append((BREAK, "", self.marks))
        elif name in _LOOKED_THROUGH or name in _MARKS:
            self._open(name, _MARKS.get(name))
        else:
            raise Unusual

    def _link(self, attributes: Attributes) -> Mark | None:
        """Give the mark of a link, none where it leads nowhere."""
        url = attributes.get("href", "")
        is_button = "wp-block-file__button" in attributes.get("class", "")
        is_within = any(name == "a" for name, _ in self.opened)
        if is_button or is_within or escape.runs_code(url):
            raise Unusual
        if not url.strip() or any(mark.is_link for mark in self.marks):
            return None
        where = phrases.target(self.writer, attributes, self.place)
        return Mark("[", f"]({where})", is_link=True)

    def _image(self, attributes: Attributes) -> None:
        written = media.picture(self.writer, attributes, self.place)
        if written is None:
            raise Unusual
        add_markdown(self.runs, written, self.marks)
