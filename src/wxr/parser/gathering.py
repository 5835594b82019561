"""Slices to batches of about a quarter of a mebibyte, which are parsed in one call."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from wxr.parser.origin import Origin, Row, row
from wxr.parser.slices import Slice

BATCH_SIZE: Final = 1 << 18
"""Bytes after which a batch is closed; it may hold one item more."""
_MOST_SLICES: Final = 1000


@dataclass(frozen=True, slots=True)
class Batch:
    """Slices of one part that are parsed in one call."""

    part: str
    """Name of the part."""
    number: int
    """Number of the part."""
    slices: tuple[Slice, ...]
    fix_mojibake: bool = False
    """Whether text that was encoded twice is to be repaired, not only reported."""
    origin: Origin | None = None
    """Where the slices lie as they are."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel without the bytes, where they lie in a file."""
        cls, fix = type(self), self.fix_mojibake
        if self.origin is None:
            return cls, (self.part, self.number, self.slices, fix)
        rows = tuple(map(row, self.slices))
        return Travelling, (self.part, self.number, rows, fix, self.origin)

    @property
    def size(self) -> int:
        """Bytes of all slices."""
        return sum(len(piece.data) for piece in self.slices)


@dataclass(frozen=True, slots=True)
class Travelling:
    """A batch in another process, before its bytes are read."""

    part: str
    number: int
    rows: tuple[Row, ...]
    fix_mojibake: bool
    origin: Origin

    def arrived(self) -> Batch:
        """Read the bytes.

        Raises:
            ReadError: The file is not what it was.
        """
        slices = self.origin.slices(self.rows, self.part)
        return Batch(self.part, self.number, slices, self.fix_mojibake)


def gather(
    slices: Iterable[Slice],
    part: str,
    number: int,
    *,
    fix_mojibake: bool = False,
    origin: Origin | None = None,
) -> Iterator[Batch]:
    """Gather slices that stand in one envelope."""
    pending: list[Slice] = []
    size = 0
    for piece in slices:
        if pending and (
            size >= BATCH_SIZE
            or len(pending) >= _MOST_SLICES
            or piece.envelope is not pending[0].envelope
        ):
            yield Batch(part, number, tuple(pending), fix_mojibake, origin)
            pending, size = [], 0
        pending.append(piece)
        size += len(piece.data)
    if pending:
        yield Batch(part, number, tuple(pending), fix_mojibake, origin)
