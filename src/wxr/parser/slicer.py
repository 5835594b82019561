"""The bytes of a part to slices: channel elements and items, found without parsing.

The slicer only knows where elements of the channel begin and end. So a broken item
breaks nothing else, items can be parsed in parallel, a document type declaration is
never seen by a parser, and memory is a window of the file.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from wxr.diagnostics import Code, Diagnostic, OnDiagnostic
from wxr.parser.doctype import doctype_end
from wxr.parser.envelope import CORE, DEFAULT, is_term
from wxr.parser.extents import Extent, Extents
from wxr.parser.landmarks import (
    BEGINNING,
    ITEM,
    ITEM_AFTER_TAG,
    LONGEST,
    ROOT_OR_INSIDE,
)
from wxr.parser.oversized import pass_over
from wxr.parser.recognize import FAR
from wxr.parser.repair import notices
from wxr.parser.repair.notes import shown
from wxr.parser.repair.root import sound_root
from wxr.parser.repair.tags import is_name
from wxr.parser.slices import Aside, AsideKind, Head, Kind, OnAside, Slice
from wxr.parser.source import Readable
from wxr.parser.window import Window

__all__ = ["MAX_ITEM", "Kind", "Slice", "Slicer"]

MAX_ITEM: Final = 512 << 20
"""Bytes that one slice may have."""

_TAG_LONGEST: Final = 1 << 16
_NOTICE_LONGEST: Final = 1 << 14
_SPACE: Final = b" \t\r\n"
_START_TAG: Final = re.compile(
    rb"""<([^\s<>/!?"'=]++)(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>"""
)
_END_TAG: Final = re.compile(rb"</[^<>]*+>?")
_ROOT_TAG: Final = re.compile(rb"<((?i:rss|channel))(?=[\s/>])[^<>]*+>")
_ENDS: Final = {b"<![": b"]]>", b"<!-": b"-->", b"<?": b"?>"}


def _is_unclosed(mark: bytes, body: bytes) -> bool:
    """Say whether a comment or instruction ends where another one was meant to.

    A comment cannot hold another's start; an instruction may hold anything, but what
    an export is made of stands in none.
    """
    if mark == b"<!-":
        return b"<!--" in body
    return bool(BEGINNING.search(body)) or b"<wp:" in body


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
        self._extents = Extents(self._window, max_item)
        self._part = part
        self._report = report
        self._number = first_number
        self._max_item = max_item
        self._envelope = DEFAULT
        self._began: set[bytes] = set()
        self._undeclared: set[bytes] = set()
        self._is_after_root = False
        self._no_section_until = 0
        self._no_root_until = 0
        self.on_aside: OnAside | None = None
        """Told of what stands between slices, for who writes the export again."""
        self.ended = True
        """Whether the end tag of the channel or the root was seen, where one began."""
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
        head = Head()
        try:
            yield from self._in_order(head)
        finally:
            head.close()

    def _in_order(self, head: Head) -> Iterator[Slice]:
        in_head = True
        for piece in self.in_file_order():
            if in_head and piece.kind is not Kind.ITEM:
                head.add(piece)
                continue
            if in_head:
                in_head = False
                yield from head
            yield piece
        if in_head:
            yield from head

    def in_file_order(self) -> Iterator[Slice]:
        """Give the slices as they stand in the file, each once."""
        window = self._window
        while True:
            if space := window.skip_space():
                self._envelope = self._envelope.with_space(space)
                self._tell(AsideKind.SPACE, space)
            if self._began and (size := self._extents.whole_item()):
                yield self._slice(Kind.ITEM, size, self._next_item())
                continue
            start = window.peek(9)
            if not start:
                return
            if start[0] in _SPACE:
                continue
            piece = self._next(start)
            if piece is not None:
                yield piece

    def _tell(self, kind: AsideKind, data: bytes) -> None:
        if self.on_aside is not None:
            self.on_aside(Aside(kind, data))

    def _next(self, start: bytes) -> Slice | None:
        if ITEM.match(start):
            return self._item()
        if self._is_outside(start):
            return self._junk()
        if start.startswith((b"<!", b"<?")):
            return self._skip_markup(start)
        if start.startswith(b"</"):
            return self._skip_end_tag()
        return self._element()

    def _is_outside(self, start: bytes) -> bool:
        """Say whether what comes stands before the root, or after it."""
        if start.startswith((b"<!--", b"<?xml", b"<!DOCTYPE")):
            return False
        if self._is_after_root:
            return not self._window.match(BEGINNING, 0, longest=LONGEST)
        if self._began or start.lower().startswith((b"<rss", b"<channel")):
            return False
        return self._is_before_root()

    def _is_before_root(self) -> bool:
        """Say whether a root comes before anything that may stand in one.

        How far none does is remembered, so that nothing is looked through twice.
        """
        window = self._window
        if window.offset < self._no_root_until:
            return False
        found = window.search(ROOT_OR_INSIDE, 0, longest=LONGEST, limit=FAR)
        if found is not None and found[1]["root"]:
            return True
        self._no_root_until = window.offset + (found[0] if found else len(window))
        return False

    def _junk(self) -> Slice | None:
        """Pass over what is no part of the export, up to where one begins."""
        line = self._window.line
        text = self._window.skip_to(BEGINNING, longest=LONGEST)
        begin = text.strip()
        if notices.NOTICE.match(begin) or notices.PLAIN_NOTICE.match(begin):
            self._say_notice(text, line)
        else:
            where = "after" if self._is_after_root else "before"
            message = f"text {where} the export was skipped: {shown(text, 60)}"
            self._say(Code.JUNK, message, line)
        return None

    def _item(self) -> Slice | None:
        if not self._began:
            message = "the part begins with an item; it has no header"
            self._say(Code.MISSING_HEADER, message, self._window.line)
            self._began.add(b"item")
        number = self._next_item()
        extent = self._extents.item(self._envelope)
        if extent is None:
            return self._skip_too_large()
        return self._slice(Kind.ITEM, extent.size, number, is_cut=extent.is_cut)

    def _next_item(self) -> int:
        """Count one item more, and give its number."""
        self._is_after_root = False
        self._number += 1
        return self._number - 1

    def _slice(
        self, kind: Kind, size: int, number: int = 0, *, is_cut: bool = False
    ) -> Slice:
        window = self._window
        offset, line = window.offset, window.line
        data = window.take(size)
        if self._undeclared:
            self._tell_undeclared(data, line)
        # The slice says that the part breaks off, so that its end need not be missed.
        self.ended |= is_cut
        return Slice(kind, data, offset, line, number, self._envelope, is_cut)

    def _tell_undeclared(self, data: bytes, line: int) -> None:
        for prefix in [each for each in self._undeclared if b"<%b:" % each in data]:
            if b"xmlns:" + prefix not in data:
                at = data.index(b"<%b:" % prefix)
                message = f"the prefix {shown(prefix)} is not declared"
                line += data.count(b"\n", 0, at)
                self._say(Code.UNDECLARED_PREFIX, message, line)
                self._undeclared.discard(prefix)

    def _skip_too_large(self) -> Slice | None:
        """Pass over an item that is over the cap, holding no more than the cap."""
        line = self._window.line
        size = sum(map(len, pass_over(self._window, self._max_item)))
        message = f"an item of {size:,} bytes is over the cap of {self._max_item:,}"
        self.lost[Code.ITEM_TOO_LARGE] += 1
        self._say(Code.ITEM_TOO_LARGE, message, line)
        return None

    def _skip_markup(self, start: bytes) -> Slice | None:
        """Skip a comment, declaration or instruction; keep nothing of a DOCTYPE."""
        window, line = self._window, self._window.line
        if start.startswith(b"<!DOCTYPE"):
            window.take(doctype_end(window))
            self._say(Code.DOCTYPE, "a DOCTYPE was skipped, its content unread", line)
            return None
        mark = start[:3] if start[1:2] == b"!" else start[:2]
        close = _ENDS.get(mark)
        end = self._extents.find(close, len(mark)) if close else -1
        if close is None or end < 0:
            return self._stray_text()
        if start.startswith(b"<![CDATA["):
            whole = None if self._holds_item(end) else end + len(close)
            return self._stray_text(whole)
        if _is_unclosed(mark, window.between(len(mark), end)):
            return self._stray_text()
        self._tell(AsideKind.MARKUP, window.take(end + len(close)))
        return None

    def _holds_item(self, end: int) -> bool:
        """Say whether a section between elements ends in another item than it began.

        It is remembered, so that many such sections are looked through once.
        """
        window = self._window
        if window.offset < self._no_section_until:
            return True
        item = window.first(ITEM_AFTER_TAG, 0, end)
        if item >= 0:
            self._no_section_until = window.offset + item
        return item >= 0

    def _skip_end_tag(self) -> Slice | None:
        line = self._window.line
        match = self._window.match(_END_TAG, 0, longest=_TAG_LONGEST)
        written = match[0][2:].rstrip(b"> \t\r\n") if match else b""
        if match is None or not is_name(written):
            return self._stray_text()
        tag, name = self._window.take(len(match[0])), written.lower()
        if name not in {b"channel", b"rss"}:
            message = f"{shown(tag)} ends nothing, and was skipped"
            self._say(Code.MISMATCHED_TAG, message, line)
            return None
        self._say_if_renamed(written, name, line)
        self._tell(AsideKind.END, tag.lower())
        self.ended = True
        self._is_after_root = name == b"rss"
        return None

    def _element(self) -> Slice | None:
        window = self._window
        if root := window.match(_ROOT_TAG, 0, longest=_TAG_LONGEST):
            return self._root(root)
        if notice := window.match(notices.NOTICE, 0, longest=_NOTICE_LONGEST):
            self._say_notice(notice[0], window.line)
            window.take(len(notice[0]))
            return None
        tag = window.match(_START_TAG, 0, longest=64) or window.match(
            _START_TAG, 0, longest=_TAG_LONGEST
        )
        if tag is None:
            return self._stray_text()
        is_record = is_term(tag[1], tag[0], self._envelope)
        extent = self._extents.element(tag[1], tag[0], is_record=is_record)
        if not extent.is_closed and not is_record:
            return self._unclosed(tag, extent)
        kind = Kind.TERM if is_record else Kind.SITE
        return self._slice(kind, extent.size, is_cut=extent.is_cut)

    def _root(self, tag: re.Match[bytes]) -> Slice | None:
        name, line = tag[1].lower(), self._window.line
        self._say_if_renamed(tag[1], name, line)
        written = self._window.take(len(tag[0]))
        sound, notes = sound_root(b"<" + name + written[len(name) + 1 :])
        self._tell(AsideKind.ROOT, sound)
        for note in notes:
            self._say(note.code, note.message, line + note.line)
        is_inside = name == b"channel" and self._envelope.is_root
        if name in self._began and not is_inside:
            message = f"a second <{name.decode()}> begins here; it was read too"
            self._say(Code.SECOND_DOCUMENT, message, line)
        self._envelope = self._envelope.opened_by(sound, name)
        self._undeclared = set(CORE - self._envelope.declared)
        self._began.add(name)
        self._is_after_root = self.ended = False
        return None

    def _unclosed(self, tag: re.Match[bytes], extent: Extent) -> Slice | None:
        """Take a scalar without an end tag: its text ends before the next tag."""
        window, size = self._window, len(tag[0])
        less = window.find(b"<", size)
        if extent.is_cut and (less < 0 or window.find(b">", less) < 0):
            return self._slice(Kind.SITE, extent.size, is_cut=True)
        end = less if less >= 0 else extent.size
        if window.between(size, end).strip():
            return self._slice(Kind.SITE, end)
        message = f"{shown(tag[0])} has no end tag, and was skipped"
        self._say(Code.MISMATCHED_TAG, message, window.line)
        window.take(size)
        return None

    def _stray_text(self, size: int | None = None) -> Slice | None:
        """Leave out what is no markup, up to the next tag, and say so."""
        window, line = self._window, self._window.line
        if plain := window.match(notices.PLAIN_NOTICE, 0, longest=_NOTICE_LONGEST):
            self._say_notice(plain[0], line)
            window.take(len(plain[0]))
            return None
        if size is None:
            size = window.find(b"<", 1)
        text = window.take(size if size > 0 else len(window))
        message = f"text between elements was left out: {shown(text, 60)}"
        self._say(Code.STRAY_TEXT, message, line)
        return None

    def _say_if_renamed(self, written: bytes, name: bytes, line: int) -> None:
        if written != name:
            message = f"<{written.decode()}> was read as <{name.decode()}>"
            self._say(Code.WRONG_CASE, message, line)

    def _say_notice(self, text: bytes, line: int) -> None:
        message = f"a message of PHP was skipped: {shown(text, 80)}"
        self._say(Code.PHP_NOTICE, message, line)

    def _say(self, code: Code, message: str, line: int) -> None:
        self._report(Diagnostic(code=code, message=message, part=self._part, line=line))
