"""Slices to batches of about a quarter of a mebibyte, which are parsed in one call."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

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

    @property
    def size(self) -> int:
        """Bytes of all slices."""
        return sum(len(piece.data) for piece in self.slices)


def gather(
    slices: Iterable[Slice], part: str, number: int, *, fix_mojibake: bool = False
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
            yield Batch(part, number, tuple(pending), fix_mojibake)
            pending, size = [], 0
        pending.append(piece)
        size += len(piece.data)
    if pending:
        yield Batch(part, number, tuple(pending), fix_mojibake)
