"""A sliding window over a part's bytes: find, look, take, never parse."""

import re
from typing import Final

from wxr.parser.source import BLOCK, Readable

_SHOWN: Final = 200
_NOT_SPACE: Final = re.compile(rb"[^ \t\r\n]")


class Window:
    """Bytes from `start` on, as many as were needed so far.

    Positions that methods take and give are relative to the window's start, so that
    they stay true while more is read. Each reading at least doubles what is held:
    a node of any size costs linear time.
    """

    def __init__(self, reader: Readable) -> None:
        self._reader = reader
        self._data = b""
        self._start = 0
        self._ended = False
        self.offset = 0
        """Byte offset of the start in the decoded part."""
        self.line = 1
        """1-based line of the start."""

    def __len__(self) -> int:
        """How many bytes are held."""
        return len(self._data) - self._start

    def more(self) -> bool:
        """Read on; False at the end of the part."""
        if self._ended:
            return False
        block = self._reader.read(max(BLOCK, len(self)))
        self._ended = not block
        self._data = self._data[self._start :] + block
        self._start = 0
        return not self._ended

    def has(self, size: int) -> bool:
        """Say whether so many bytes follow, reading on if need be."""
        while len(self) < size:
            if not self.more():
                return False
        return True

    def peek(self, size: int) -> bytes:
        """Give the first bytes without taking them; fewer at the end."""
        self.has(size)
        return self._data[self._start : self._start + size]

    def find(self, needle: bytes, at: int = 0, *, limit: int | None = None) -> int:
        """Position of the needle from `at` on; -1 where there is none.

        With a limit, also -1 once more than so many bytes are held.
        """
        while True:
            found = self._data.find(needle, self._start + at)
            if found >= 0:
                return found - self._start
            # The needle may straddle the edge of what is held.
            at = max(at, len(self) - len(needle) + 1)
            if (limit is not None and len(self) > limit) or not self.more():
                return -1

    def rfind(self, needle: bytes, at: int, end: int) -> int:
        """Last position of the needle between two positions; -1 where none is."""
        start = self._start
        found = self._data.rfind(needle, start + at, start + end)
        return found - start if found >= 0 else -1

    def holds(self, needle: bytes, at: int, end: int) -> bool:
        """Say whether the needle stands between two positions."""
        return self._data.find(needle, self._start + at, self._start + end) >= 0

    def first(self, pattern: re.Pattern[bytes], at: int, end: int) -> int:
        """First position of a pattern between two positions; -1 where none is."""
        match = pattern.search(self._data, self._start + at, self._start + end)
        return match.start() - self._start if match else -1

    @property
    def held(self) -> tuple[bytes, int]:
        """What is held, and where in it the window starts."""
        return self._data, self._start

    def between(self, at: int, end: int) -> bytes:
        """Give the bytes between two positions, without taking them."""
        return self._data[self._start + at : self._start + end]

    def search(
        self,
        pattern: re.Pattern[bytes],
        at: int,
        *,
        longest: int,
        limit: int | None = None,
    ) -> tuple[int, re.Match[bytes]] | None:
        """First match of a pattern that is at most `longest` bytes long.

        With a limit, also None once more than so many bytes are held without one.
        """
        while True:
            match = pattern.search(self._data, self._start + at)
            # A match at the edge may be cut short: decide when more is known.
            if match and len(self._data) - match.start() >= longest:
                return match.start() - self._start, match
            at = max(at, match.start() - self._start if match else len(self) - longest)
            if match is None and limit is not None and len(self) > limit:
                return None
            if not self.more():
                match = pattern.search(self._data, self._start + at)
                return (match.start() - self._start, match) if match else None

    def match(
        self, pattern: re.Pattern[bytes], at: int, *, longest: int
    ) -> re.Match[bytes] | None:
        """Match of a pattern at one position, with `longest` bytes to see it by."""
        self.has(at + longest)
        return pattern.match(self._data, self._start + at)

    def take(self, size: int) -> bytes:
        """Take bytes off the start."""
        data = self._data[self._start : self._start + size]
        self._start += len(data)
        self.offset += len(data)
        self.line += data.count(b"\n")
        return data

    def skip_to(self, pattern: re.Pattern[bytes], *, longest: int) -> bytes:
        """Take what stands before a pattern's match, or all; gives its beginning.

        What is passed over is not held, however much it is.
        """
        shown = b""
        while True:
            match = pattern.search(self._data, self._start)
            if match and len(self._data) - match.start() >= longest:
                return (shown + self.take(match.start() - self._start))[:_SHOWN]
            if match:
                shown = (shown + self.take(match.start() - self._start))[:_SHOWN]
            else:
                shown = (shown + self.take(max(0, len(self) - longest)))[:_SHOWN]
            if not self.more():
                match = pattern.search(self._data, self._start)
                end = match.start() - self._start if match else len(self)
                return (shown + self.take(end))[:_SHOWN]

    def skip_space(self) -> bytes:
        """Take the white space at the start; of very much, some at a time."""
        taken = b""
        while True:
            match = _NOT_SPACE.search(self._data, self._start)
            end = match.start() if match else len(self._data)
            taken += self.take(end - self._start)
            if match or len(taken) >= BLOCK or not self.more():
                return taken
