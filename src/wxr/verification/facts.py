"""A tree of HTML to what can be compared: words, links, images, code, headings.

The same walk reads both sides: the tree that the content room makes of a stored body,
and the tree that a Markdown parser's HTML gives. So what Markdown cannot hold and
stays HTML compares with itself, and what changes by intent (an embed is a link) is
read as the same thing on either side.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from re import compile as pattern
from typing import Final, NamedTuple
from urllib.parse import unquote

from wxr.content.context import Library
from wxr.content.tree import Node

KINDS: Final = (
    *("words", "links", "images", "code", "headings", "shortcodes", "comments"),
)

LINE: Final = "wxr-line "
"""Begins a comment that says on which line of its file what follows stands."""

REFERENCE: Final = "a footnote"
"""Stands for the address of a footnote."""

_WORD: Final = pattern(r"[^ \t\n\r\f]+")
"""HTML's white space parts words; other spaces belong to them."""
_UNSEEN: Final = pattern(r"[\s\x00-\x20\x7f]+")


class Link(NamedTuple):
    """A link: where it leads, and its text without white space."""

    address: str
    text: str


class Image(NamedTuple):
    """An image: its address and its alternative text."""

    address: str
    alt: str


class Heading(NamedTuple):
    """A heading."""

    level: int
    text: str


class Place(NamedTuple):
    """Where a comment stands in its section."""

    depth: int
    number: str
    """Of a comment at the top; a reply has none."""


@dataclass(slots=True)
class _Open:
    """A link or heading that is being read."""

    address: str
    pieces: int
    images: int
    optional: bool = False


@dataclass(slots=True)
class Facts:
    """What was gathered from one tree or several, in reading order."""

    library: Library | None = None
    """Where the tree is a source's: the site, by which addresses are rewritten."""
    is_source: bool = False
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    shortcodes: list[str] = field(default_factory=list)
    """Those of plugins, which became comments of HTML."""
    comments: list[Place] = field(default_factory=list)
    optional: list[int] = field(default_factory=list)
    """Which links are only addresses that the Markdown parser made links of."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Footnotes, in the order the text refers to them: id, and HTML."""
    pieces: list[str] = field(default_factory=list)
    in_pre: int = 0
    in_line: int = 0
    """How many elements are open that are one line of Markdown."""
    _lines: list[tuple[int, int]] = field(default_factory=list)
    """Pieces, and the lines on which they begin."""
    _lines_of: dict[str, list[int | None]] = field(default_factory=dict)
    """By kind: the line of each link, image, …"""
    _last: tuple[int, int] | None = None
    """How many pieces and images there were when the last link closed, if that may
    go on."""
    _numbers: dict[str, int] = field(default_factory=dict)
    """The numbers of the footnotes that have an id."""

    def text(self, value: str) -> None:
        """Take text."""
        self.pieces.append(value)

    def apart(self) -> None:
        """End a word: a block begins or ends here."""
        self.pieces.append("\n")

    def place(self, line: int) -> None:
        """Say on which line of the file the following stands."""
        self._lines.append((len(self.pieces), line))

    def begin(self, address: str = "", *, optional: bool = False) -> _Open:
        """Begin a link or heading."""
        return _Open(address, len(self.pieces), len(self.images), optional)

    def end_link(self, link: _Open) -> None:
        """End a link; one that shows nothing is none, one cut in pieces is one."""
        text = _UNSEEN.sub("", self.since(link.pieces))
        if not text and len(self.images) == link.images:
            return
        address = canonical(link.address)
        is_continued = not link.optional and self._is_blank_since_last(link)
        self._last = None if link.optional else (len(self.pieces), len(self.images))
        if is_continued and self.links[-1].address == address:
            self.links[-1] = Link(address, self.links[-1].text + text)
            return
        if link.optional:
            self.optional.append(len(self.links))
        self.links.append(Link(address, text))
        self._note_line("links")

    def add_image(self, address: str, alt: str) -> None:
        """Take an image."""
        self.images.append(Image(canonical(address), " ".join(_WORD.findall(alt))))
        self._note_line("images")

    def _note_line(self, kind: str) -> None:
        line = self._lines[-1][1] if self._lines else None
        self._lines_of.setdefault(kind, []).append(line)

    def _is_blank_since_last(self, link: _Open) -> bool:
        if self._last is None:
            return False
        pieces, images = self._last
        between = "".join(self.pieces[pieces : link.pieces])
        return images == link.images and not between.strip()

    def end_heading(self, level: int, heading: _Open) -> None:
        """End a heading; one that shows nothing is none."""
        text = " ".join(_WORD.findall(self.since(heading.pieces)))
        if text or len(self.images) > heading.images:
            self.headings.append(Heading(level, text))
            self._note_line("headings")

    def add_link(self, address: str, text: str) -> None:
        """Take a link that is a line of its own, such as an embed."""
        self.apart()
        link = self.begin(address)
        self.text(text or address)
        # What is written as a bare address is no part of a link beside it.
        self._last = self._last if text else None
        self.end_link(link)
        self._last = self._last if text else None
        self.apart()

    def add_code(self, text: str) -> None:
        """Take a block of code; white space at its very end shows nothing."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip(" \t\n")
        if text:
            self.code.append(text)
            self._note_line("code")

    def add_shortcode(self, text: str) -> None:
        """Take a shortcode that nobody sees; no comment holds two hyphens in a row."""
        self.shortcodes.append(_UNSEEN.sub("", text).replace("-", ""))
        self._note_line("shortcodes")

    def since(self, piece: int) -> str:
        """Give the text from a piece on."""
        return "".join(self.pieces[piece:])

    def add_note(self, id_: str, html: str) -> None:
        """Take a reference to a footnote; the note itself is read below the text."""
        number = self._numbers.get(id_) if id_ else None
        if number is None:
            self.notes.append((id_, html))
            number = len(self.notes)
            self._numbers[id_] = number
        self.add_reference(number)

    def add_reference(self, number: int) -> None:
        """Take a reference to the footnote of a number."""
        self.links.append(Link(REFERENCE, str(number)))
        self._note_line("links")

    @property
    def words(self) -> list[str]:
        """All words, in order."""
        return _WORD.findall("".join(self.pieces))

    def line_of(self, kind: str, number: int) -> int | None:
        """Find the line on which the block begins that holds a word, link or other."""
        if kind == "words":
            return self._line_of_word(number)
        lines = self._lines_of.get(kind, [])
        return lines[number] if number < len(lines) else None

    def _line_of_word(self, number: int) -> int | None:
        text = "".join(self.pieces)
        found = next(islice(_WORD.finditer(text), number, None), None)
        at = found.start() if found is not None else len(text)
        known = bisect_right(list(self._offsets()), at) - 1
        return self._lines[known][1] if known >= 0 else None

    def _offsets(self) -> Iterator[int]:
        """Yield for each known line where in the text it begins."""
        total = piece = 0
        for wanted, _ in self._lines:
            total += sum(map(len, self.pieces[piece:wanted]))
            piece = wanted
            yield total


Close = Callable[[Facts], None]
Rule = Callable[[Facts, Node], Close | None]
"""What an element adds where it opens; gives what to do where it closes, or None
where all inside is dealt with."""


def canonical(address: str) -> str:
    """Give an address as it is whatever way it was escaped."""
    return _UNSEEN.sub("", unquote(address) if "%" in address else address)
