"""End tags, held back until it is known that nothing follows them."""

import re
from collections.abc import Sequence
from typing import Final

_HELD: Final = 1 << 20
"""Bytes of white space and comments that are held; past it they are written."""
_END_TAG: Final = re.compile(rb"</(rss|channel)[ \t\r\n]*+>")


class Tail:
    """What comes from an end tag on, which may be the last."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._ends: list[int] = []
        """Which of the pieces are end tags."""
        self._size = 0

    def end(self, tag: bytes) -> None:
        """Hold an end tag."""
        self._ends.append(len(self._pieces))
        self._pieces.append(tag)

    def taken(self, data: bytes) -> bytes:
        """Hold what follows an end tag; gives what can be written now."""
        if not self._ends:
            return data
        self._pieces.append(data)
        self._size += len(data)
        return self.reopened() if self._size > _HELD else b""

    def reopened(self) -> bytes:
        """Give what was held but for the end tags: they were not the last."""
        ends = frozenset(self._ends)
        held = [each for at, each in enumerate(self._pieces) if at not in ends]
        self._pieces, self._ends, self._size = [], [], 0
        return b"".join(held)

    def closing(self, opened: Sequence[bytes]) -> bytes:
        """Give what ends a document: as it came, if that closes what was opened."""
        tags = [_END_TAG.fullmatch(self._pieces[at]) for at in self._ends]
        names = [match[1] if match else b"" for match in tags]
        if names == list(reversed(opened)):
            return b"".join(self._pieces)
        ends = b"\n".join(b"</%b>" % name for name in reversed(opened))
        held = self.reopened()
        return (b"" if held.isspace() else held) + ends + b"\n"
