"""Slices: the bytes of one element of the channel, and where they stand."""

import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

from wxr.parser.envelope import Envelope
from wxr.parser.temporary import temporary_files

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


class AsideKind(IntEnum):
    """What stands between slices and is kept when an export is written again."""

    SPACE = 0
    MARKUP = 1
    """A comment, an instruction or the XML declaration."""
    ROOT = 2
    """The start tag of a root or channel, made sound."""
    END = 3
    """The end tag of a root or channel."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands between slices."""

    kind: AsideKind
    data: bytes


OnAside: TypeAlias = Callable[[Aside], object]
"""Told of what stands between slices, in the order of the file."""


class Head:
    """What stands before the first item, scalars first; terms spill to disk."""

    _ROW = struct.Struct("<BQQI?")

    def __init__(self) -> None:
        self._scalars: list[Slice] = []
        self._terms = tempfile.SpooledTemporaryFile(max_size=_SPOOL_MEMORY)  # noqa: SIM115
        self._envelopes: list[Envelope] = []

    def add(self, piece: Slice) -> None:
        """Take one slice."""
        if piece.kind is Kind.SITE:
            self._scalars.append(piece)
            return
        if not self._envelopes or self._envelopes[-1] is not piece.envelope:
            self._envelopes.append(piece.envelope)
        which, size = len(self._envelopes) - 1, len(piece.data)
        row = (which, piece.offset, piece.line, size, piece.is_cut)
        with temporary_files():
            self._terms.write(self._ROW.pack(*row))
            self._terms.write(piece.data)

    def __iter__(self) -> Iterator[Slice]:
        """Give them all, once."""
        yield from self._scalars
        terms = self._terms
        with temporary_files():
            terms.seek(0)
        while row := terms.read(self._ROW.size):
            which, offset, line, size, is_cut = self._ROW.unpack(row)
            data, envelope = terms.read(size), self._envelopes[which]
            yield Slice(Kind.TERM, data, offset, line, 0, envelope, is_cut)
        self.close()

    def close(self) -> None:
        """Let go of what is on disk."""
        # Closing writes what is buffered, which fails again on a full disk.
        with suppress(OSError):
            self._terms.close()
