"""How far an item or a header element reaches, found without parsing.

An item ends at its end tag outside CDATA. Where that is missing it ends before the
next item or the channel's end; where the part breaks off, with the part. An `<ITEM>`
is none to XML, but to whoever wrote it by hand: tags of items count in any case.
"""

import re
import sys
from dataclasses import dataclass
from typing import Final

from wxr.parser import strict
from wxr.parser.envelope import Envelope
from wxr.parser.landmarks import (
    IN_DAMAGE,
    ITEM,
    ITEM_END,
    LONGEST,
    OUTER,
    SPACE,
    end_in_damage,
)
from wxr.parser.window import Window

_EMPTY_ITEM: Final = re.compile(rb"<(?i:item)\s*(?:[^<>/\"']|\"[^\"]*+\"|'[^']*+')*+/>")
_ITEM_BEGINS: Final = re.compile(rb"<(?i:item)")
_EDGE: Final = re.compile(rb"</?+(?i:item)")
_CDATA: Final = b"<![CDATA["
_ENDS: Final = {b"<![": b"]]>", b"<!-": b"-->", b"<?": b"?>"}
# What an item can hold that may hide an end tag; and what cannot stand in an item.
_BOUNDARY: Final = re.compile(rb"<!\[CDATA\[|<!--|<\?|" + OUTER)
_OPENS: Final = re.compile(rb"<([^\s<>/]++)[^<>]*+>\s*+\Z")
_CLOSES: Final = re.compile(rb"\s*+(?:</([^\s<>/]++)|<!\[CDATA\[)")
_NOT_IN_INSTRUCTION: Final = re.compile(rb"\]\]>|(?i:</item)|<wp:|</wp:")
_TAG_LONGEST: Final = 4096
_PATIENCE: Final = 4 << 20
"""Bytes that searches for missing end tags may read in vain, all in all."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far something reaches from the start of the window."""

    size: int
    is_closed: bool = True
    is_cut: bool = False
    """Whether the part breaks off in it."""


class Extents:
    """Finds where things end that begin at the start of a window."""

    def __init__(self, window: Window, max_item: int) -> None:
        self._window, self._max_item = window, max_item
        self._damaged_until = 0
        self._known_end = 0
        self._lacks: dict[bytes, int] = {}
        self._last_end = sys.maxsize
        self._in_vain = 0
        self._instructions_end = -1
        self._no_instruction_until = -1

    def whole_item(self) -> int:
        """Length of the item at the start of the window, if it is whole beyond doubt.

        Nearly all are: between plain tags, they hold neither another such tag nor a
        section that is open at their end. 0 where more has to be looked at, or read.
        """
        window = self._window
        if window.offset < max(self._damaged_until, self._known_end):
            return 0
        data, start = window.held
        edge = (
            _EDGE.search(data, start + 6) if data.startswith(b"<item>", start) else None
        )
        if edge is None or not data.startswith(b"</item>", edge.start()):
            return 0
        found = edge.start() - start
        if self._is_open(_CDATA, b"]]>", found) or self._is_open(
            b"<!--", b"-->", found
        ):
            return 0
        size = found + 7
        return size if size <= self._max_item else 0

    def item(self, envelope: Envelope) -> Extent | None:
        """Give the extent of an item; None where it is over the cap."""
        window = self._window
        if empty := window.match(_EMPTY_ITEM, 0, longest=64):
            return Extent(len(empty[0]))
        if window.offset < self._damaged_until:
            return self._in_damage()
        end = self._known_end - window.offset
        if end <= 0:
            end = self._item_end()
        if end > self._max_item or (end < 0 and len(window) > self._max_item):
            return None
        if end < 0:
            return self._without_end()
        if window.first(_ITEM_BEGINS, 5, end) >= 0:
            return self._with_another(end, envelope)
        return Extent(end)

    def _item_end(self) -> int:
        """Length of the item at the start of the window; -1 where it has no end."""
        found = self._end_tag(5)
        if found is None:
            return -1
        at, tag = found
        if self._is_open(_CDATA, b"]]>", at) or self._is_open(b"<!--", b"-->", at):
            return self._item_end_exactly(at + len(tag[0]))
        return at + len(tag[0])

    def _end_tag(self, at: int) -> tuple[int, re.Match[bytes]] | None:
        """First end tag of an item; where the rest of a part has none, sought once."""
        window = self._window
        if window.offset + at >= self._last_end:
            return None
        found = window.search(ITEM_END, at, longest=LONGEST, limit=self._max_item)
        if found is None and len(window) <= self._max_item:  # all has been searched
            self._last_end = window.offset + at
        return found

    def _is_open(self, start: bytes, end: bytes, found: int) -> bool:
        """Say whether the last such section before a position is still open there."""
        last = self._window.rfind(start, 0, found)
        return last >= 0 and not self._window.holds(end, last + len(start), found)

    def _item_end_exactly(self, otherwise: int) -> int:
        """The same, by way of every section; where one never ends, `otherwise`."""
        at = 5
        while boundary := self._boundary(at):
            at, match = boundary
            if ITEM_END.match(match[0]):
                return at + len(match[0])
            at += len(match[0])
        return otherwise

    def _boundary(self, at: int) -> tuple[int, re.Match[bytes]] | None:
        """First tag outside sections that cannot stand in an item."""
        window = self._window
        while found := window.search(_BOUNDARY, at, longest=LONGEST):
            at, match = found
            mark = match[0][:3] if match[0][1:2] == b"!" else match[0]
            if mark not in _ENDS:
                return found
            if mark == b"<?":
                end = self._instruction_end(at + len(mark))
            else:
                end = self._section_end(mark, at + len(match[0]))
            if end < 0 and mark == b"<![":
                return None
            at = at + len(match[0]) if end < 0 else end + len(_ENDS[mark])
        return None

    def _instruction_end(self, at: int) -> int:
        """Where an instruction ends; -1 where what is damage only looks like one.

        Damage ends at the next `?>` of the part, be that in another item. Both that
        and what shows it are remembered, so that many cost no more than one.
        """
        window = self._window
        if window.offset + at <= self._no_instruction_until:
            return -1
        end = self._instructions_end - window.offset
        if end < at:
            end = self.find(b"?>", at)
        if end < 0:
            return -1
        self._instructions_end = window.offset + end
        other = window.first(_NOT_IN_INSTRUCTION, at, end)
        if other < 0:
            return end
        self._no_instruction_until = window.offset + other
        return -1

    def _section_end(self, mark: bytes, at: int) -> int:
        return self.find(_ENDS[mark], at)

    def find(self, needle: bytes, at: int) -> int:
        """Find as the window does; what the rest of a part lacks is sought once."""
        window = self._window
        if window.offset + at >= self._lacks.get(needle, sys.maxsize):
            return -1
        found = window.find(needle, at, limit=self._max_item)
        if found < 0 and len(window) <= self._max_item:  # all has been searched
            self._lacks[needle] = window.offset + at
        return found

    def _with_another(self, end: int, envelope: Envelope) -> Extent:
        """The extent where another item's start tag stands before the end tag."""
        first = self._boundary(5)
        if first is not None and first[0] + len(first[1][0]) < end:
            # Sections are told apart from here on as they were, so the end stays.
            self._known_end = self._window.offset + end
            return Extent(first[0], is_closed=False)
        if self._holds_as_text(end) or strict.is_well_formed(
            envelope.wrap(self._window.peek(end))
        ):
            return Extent(end)
        self._damaged_until = self._window.offset + end
        return self._in_damage()

    def _holds_as_text(self, end: int) -> bool:
        """Say whether each section that holds `<item` ends where its element ends."""
        window, at = self._window, 5
        while (at := window.first(_ITEM_BEGINS, at, end)) >= 0:
            start = window.rfind(_CDATA, 0, at)
            close = window.find(b"]]>", at)
            if start < 0 or not 0 <= close < end:
                return False
            opens = _OPENS.search(window.between(max(0, start - _TAG_LONGEST), start))
            closes = _CLOSES.match(window.between(close + 3, close + _TAG_LONGEST))
            if closes is None or (
                closes[1] and (opens is None or opens[1] != closes[1])
            ):
                return False
            at = close
        return True

    def _in_damage(self) -> Extent:
        """Cut at every start and end of an item: its sections are not to be trusted."""
        window = self._window
        end = self._damaged_until - window.offset
        found = window.search(IN_DAMAGE, 5, longest=LONGEST)
        if found is None or found[0] >= end:
            return Extent(end, is_closed=False, is_cut=not window.has(end + 1))
        return Extent(end_in_damage(*found), is_closed=found[1][0].startswith(b"</"))

    def _without_end(self) -> Extent:
        """The extent where no end tag of an item follows at all."""
        window = self._window
        if boundary := self._boundary(5):
            return Extent(boundary[0], is_closed=False)
        window.has(self._max_item)
        self._damaged_until = window.offset + len(window)
        return self._in_damage()

    def element(self, name: bytes, tag: bytes, *, is_record: bool) -> Extent:
        """Give the extent of a header element: to its end tag outside sections."""
        size = len(tag)
        if tag.endswith(b"/>"):
            return Extent(size)
        if self._in_vain > _PATIENCE:
            return Extent(size, is_closed=False)
        window, at = self._window, size
        pattern = _closing(name, is_record=is_record)
        while found := window.search(pattern, at, longest=len(name) + LONGEST):
            at, match = found
            if match["own"]:
                return Extent(at + len(match[0]))
            mark = match[0][:3] if match[0][1:2] == b"!" else match[0]
            if mark not in _ENDS:
                self._in_vain += at
                return Extent(at, is_closed=False)
            end = self._section_end(mark, at + len(match[0]))
            if end < 0 or window.first(_ITEM_BEGINS, at, end) >= 0:
                item = window.search(ITEM, at, longest=LONGEST)
                if item and (end < 0 or not self._holds_as_text(end)):
                    return Extent(item[0], is_closed=False)
            if end < 0:
                break
            at = end + len(_ENDS[mark])
        self._in_vain += len(window)
        return Extent(len(window), is_closed=False, is_cut=True)


def _closing(name: bytes, *, is_record: bool) -> re.Pattern[bytes]:
    """Give a pattern of what ends a header element, properly or not."""
    prefix = name.rpartition(b":")[0]
    another = b"<" + re.escape(prefix + b":" if prefix else b"")
    stop = b"|" + another + rb"(?i:author|wp_author|category|tag|term)(?=[\s/>])"
    return re.compile(
        rb"(?P<own></" + re.escape(name) + SPACE + rb">)|<!\[CDATA\[|<!--|<\?|" + OUTER
        + (stop if is_record else b"")
    )  # fmt: skip
