"""The bytes of a part to slices: channel elements and items, found without parsing.

The slicer only knows where elements of the channel begin and end. So a broken item
breaks nothing else, items can be parsed in parallel, a document type declaration is
never seen by a parser, and memory is a window of the file.
"""

import re
import struct
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Self

from wxr.diagnostics import Code, Diagnostic, OnDiagnostic
from wxr.parser.envelope import DEFAULT, Envelope, is_term
from wxr.parser.source import Readable
from wxr.parser.window import Window

MAX_ITEM: Final = 512 << 20
"""Bytes that one slice may have."""

_TAG_LONGEST: Final = 1 << 16
_END_TAG_LONGEST: Final = 16
_START_TAG: Final = re.compile(
    rb"""<([^\s<>/!?"'=]++)(?:[^<>"']|"[^"]*+"|'[^']*+')*+>"""
)
_ITEM: Final = re.compile(rb"<item(?=[\s/>])")
_EMPTY_ITEM: Final = re.compile(rb"<item\s*(?:[^<>/\"']|\"[^\"]*+\"|'[^']*+')*+/>")
_ITEM_END: Final = re.compile(rb"</item\s*>")
# What an item can hold that may hide an end tag.
_MARKUP: Final = re.compile(rb"<!\[CDATA\[|<!--|<\?|</item\s{0,64}>")
_ENDS: Final = {b"<![": b"]]>", b"<!-": b"-->", b"<?": b"?>"}
_SPOOL_MEMORY: Final = 4 << 20


class Kind(IntEnum):
    """What a slice holds."""

    SITE = 0
    """A scalar of the channel: title, link, generator, …"""
    TERM = 1
    """An author, category, tag or term."""
    ITEM = 2


@dataclass(frozen=True, slots=True)
class Slice:
    """The bytes of one element of the channel."""

    kind: Kind
    data: bytes
    offset: int
    """Of its first byte in the decoded part."""
    line: int
    """1-based, of its first byte in the decoded part."""
    number: int
    """Of an item: 1-based, over all parts. Of others: 0."""
    envelope: Envelope
    """The root and channel tags it stands in."""
    is_cut: bool = False
    """Whether the part breaks off in it."""


class Slicer:
    """Slices of one part, in the order of the file but for the head.

    Scalars of the channel that stand before its first item come first, then its
    authors and terms, because the site is described on both sides of its terms
    (WordPress writes `generator` after them).
    """

    def __init__(
        self,
        reader: Readable,
        part: str,
        report: OnDiagnostic,
        *,
        first_number: int = 1,
        max_item: int = MAX_ITEM,
    ) -> None:
        self._window = Window(reader)
        self._part = part
        self._report = report
        self._number = first_number
        self._max_item = max_item
        self._envelope = DEFAULT
        self.ended = False
        """Whether the channel's or the root's end tag was seen."""
        self.lost: Counter[Code] = Counter()
        """Items that were seen but could not be cut out, by reason."""

    @property
    def next_number(self) -> int:
        """The number of the item that comes next."""
        return self._number

    @property
    def line(self) -> int:
        """The line the slicer has come to."""
        return self._window.line

    def __iter__(self) -> Iterator[Slice]:
        """Give the slices, each once."""
        pieces = self._pieces()
        first = None
        with _Head() as head:
            for piece in pieces:
                if piece.kind is Kind.ITEM:
                    first = piece
                    break
                head.add(piece)
            yield from head
        if first is not None:
            yield first
            yield from pieces

    def _pieces(self) -> Iterator[Slice]:
        window = self._window
        while True:
            self._envelope = self._envelope.with_space(window.skip_space())
            start = window.peek(9)
            if not start:
                return
            if start.startswith(b"<item") and window.match(_ITEM, 0, longest=6):
                piece = self._item()
            elif start.startswith((b"<!", b"<?")):
                piece = self._skip_markup(start)
            elif start.startswith(b"</"):
                piece = self._skip_end_tag()
            else:
                piece = self._element()
            if piece is not None:
                yield piece

    def _item(self) -> Slice | None:
        number, self._number = self._number, self._number + 1
        window = self._window
        empty = window.match(_EMPTY_ITEM, 0, longest=64)
        end = empty.end() - empty.start() if empty else self._item_end()
        if end < 0 and len(window) > self._max_item:
            return self._skip_too_large()
        if end < 0:
            return self._skip_cut_off()
        return self._slice(Kind.ITEM, end, number)

    def _slice(self, kind: Kind, size: int, number: int = 0) -> Slice:
        window = self._window
        offset, line = window.offset, window.line
        return Slice(kind, window.take(size), offset, line, number, self._envelope)

    def _item_end(self) -> int:
        """Length of the item at the start of the window; -1 where it has no end."""
        window, at = self._window, 5
        while True:
            found = window.find(b"</item", at, limit=self._max_item)
            if found < 0:
                return -1
            tag = window.match(_ITEM_END, found, longest=80)
            if tag is None:  # </items>
                at = found + 6
                continue
            if self._is_open(b"<![CDATA[", b"]]>", found) or self._is_open(
                b"<!--", b"-->", found
            ):
                return self._item_end_exactly(found + len(tag[0]))
            return found + len(tag[0])

    def _is_open(self, start: bytes, end: bytes, found: int) -> bool:
        """Say whether the last such section before a position is still open there."""
        last = self._window.rfind(start, 0, found)
        return last >= 0 and not self._window.holds(end, last + len(start), found)

    def _item_end_exactly(self, otherwise: int) -> int:
        """The same, by way of every section; where one never ends, `otherwise`."""
        window, at = self._window, 5
        while found := window.search(_MARKUP, at, longest=80):
            at, match = found
            if match[0].startswith(b"</"):
                return at + len(match[0])
            mark = match[0][:3] if match[0][1:2] == b"!" else match[0]
            at = window.find(_ENDS[mark], at + len(match[0]), limit=self._max_item)
            if at < 0:
                break
            at += len(_ENDS[mark])
        return otherwise

    def _skip_too_large(self) -> Slice | None:
        """Pass over an item that is over the cap, holding no more than the cap."""
        window, line, size = self._window, self._window.line, 0
        while (end := window.find(b"</item", limit=self._max_item)) < 0:
            # The end tag may straddle what is let go and what comes next.
            size += len(window.take(len(window) - _END_TAG_LONGEST))
            if not window.more():
                end = len(window)
        size += len(window.take(end))
        size += len(window.take(window.find(b">") + 1))
        message = f"an item of {size:,} bytes is over the cap of {self._max_item:,}"
        return self._lose_item(Code.ITEM_TOO_LARGE, message, line)

    def _skip_cut_off(self) -> Slice | None:
        line = self._window.line
        self._window.take(len(self._window))
        message = "the export ends inside an item, which was not read"
        self.ended = True  # this says it, so that the missing end need not be told
        return self._lose_item(Code.TRUNCATED, message, line)

    def _lose_item(self, code: Code, message: str, line: int) -> Slice | None:
        self.lost[code] += 1
        self._say(code, message, line)
        return None

    def _skip_markup(self, start: bytes) -> Slice | None:
        """Skip a comment, declaration or instruction; keep nothing of a DOCTYPE."""
        window, line = self._window, self._window.line
        if start.startswith(b"<!DOCTYPE"):
            window.take(_doctype_end(window))
            self._say(Code.DOCTYPE, "a DOCTYPE was skipped, its content unread", line)
            return None
        mark = start[:3] if start[1:2] == b"!" else start[:2]
        close = _ENDS.get(mark)
        end = window.find(close, len(mark)) if close else -1
        if close is None or end < 0:
            return self._stray_text()
        if start.startswith(b"<![CDATA["):
            return self._stray_text(end + len(close))
        window.take(end + len(close))
        return None

    def _skip_end_tag(self) -> Slice | None:
        end = self._window.find(b">", limit=_TAG_LONGEST)
        if end < 0:
            return self._stray_text()
        tag = self._window.take(end + 1)
        self.ended |= tag[2:-1].strip() in {b"channel", b"rss"}
        return None

    def _element(self) -> Slice | None:
        window = self._window
        tag = window.match(_START_TAG, 0, longest=64) or window.match(
            _START_TAG, 0, longest=_TAG_LONGEST
        )
        if tag is None:
            return self._stray_text()
        name = tag[1]
        if name in {b"rss", b"channel"}:
            self._envelope = self._envelope.opened_by(window.take(len(tag[0])), name)
            return None
        end = len(tag[0]) if tag[0].endswith(b"/>") else self._element_end(name, tag[0])
        if end < 0:
            return self._stray_text(len(tag[0]))
        kind = Kind.TERM if is_term(name, tag[0], self._envelope) else Kind.SITE
        return self._slice(kind, end)

    def _element_end(self, name: bytes, tag: bytes) -> int:
        """End of a channel element: its end tag outside CDATA and comments."""
        close = re.compile(
            rb"<!\[CDATA\[|<!--|<\?|</" + re.escape(name) + rb"\s{0,64}>|<item[\s/>]"
        )
        window, at = self._window, len(tag)
        while found := window.search(close, at, longest=len(name) + 80):
            at, match = found
            if match[0].startswith(b"</"):
                return at + len(match[0])
            if match[0].startswith(b"<item"):
                return -1
            mark = match[0][:3] if match[0][1:2] == b"!" else match[0]
            at = window.find(_ENDS[mark], at + len(match[0]), limit=self._max_item)
            if at < 0:
                return -1
            at += len(_ENDS[mark])
        return -1

    def _stray_text(self, size: int | None = None) -> Slice | None:
        """Leave out what is no markup, up to the next tag, and say so."""
        window, line = self._window, self._window.line
        if size is None:
            size = window.find(b"<", 1)
        text = window.take(size if size > 0 else len(window))
        shown = text[:60].decode("utf-8", "replace")
        self._say(
            Code.STRAY_TEXT, f"text between elements was left out: {shown!r}", line
        )
        return None

    def _say(self, code: Code, message: str, line: int) -> None:
        self._report(Diagnostic(code=code, message=message, part=self._part, line=line))


# A declaration may hold an internal subset, which holds strings and comments.
_DOCTYPE_TOKEN: Final = re.compile(rb"""[\[\]>"']|<!--""")
_DOCTYPE_CLOSE: Final = {b'"': b'"', b"'": b"'", b"<!--": b"-->"}


def _doctype_end(window: Window) -> int:
    at, depth = 9, 0
    while found := window.search(_DOCTYPE_TOKEN, at, longest=4):
        at, match = found
        token = match[0]
        if token == b">" and depth <= 0:
            return at + 1
        depth += {b"[": 1, b"]": -1}.get(token, 0)
        if close := _DOCTYPE_CLOSE.get(token):
            at = window.find(close, at + len(token))
            if at < 0:
                break
            at += len(close)
        else:
            at += len(token)
    return len(window)


class _Head:
    """What stands before the first item, scalars first; terms spill to disk."""

    _ROW = struct.Struct("<BQQI")

    def __init__(self) -> None:
        self._scalars: list[Slice] = []
        self._terms = tempfile.SpooledTemporaryFile(max_size=_SPOOL_MEMORY)  # noqa: SIM115
        self._envelopes: list[Envelope] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._terms.close()

    def add(self, piece: Slice) -> None:
        if piece.kind is Kind.SITE:
            self._scalars.append(piece)
            return
        if not self._envelopes or self._envelopes[-1] is not piece.envelope:
            self._envelopes.append(piece.envelope)
        row = (len(self._envelopes) - 1, piece.offset, piece.line, len(piece.data))
        self._terms.write(self._ROW.pack(*row))
        self._terms.write(piece.data)

    def __iter__(self) -> Iterator[Slice]:
        yield from self._scalars
        terms = self._terms
        terms.seek(0)
        while row := terms.read(self._ROW.size):
            which, offset, line, size = self._ROW.unpack(row)
            data = terms.read(size)
            yield Slice(Kind.TERM, data, offset, line, 0, self._envelopes[which])
