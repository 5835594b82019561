"""Where slices lie in an ordinary file, for processes that read them there.

To send an export through pipes takes a twelfth of the time that converting it takes;
to read it once more from the system's cache takes next to none.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias

from wxr.errors import ReadError
from wxr.parser.slices import Kind, Slice
from wxr.parser.source import why

Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """An ordinary file whose bytes are those of a part."""

    path: str
    """Absolute, because processes may stand in other folders."""
    before: int
    """Bytes before the text: a byte order mark."""
    stamp: tuple[int, ...]
    """What is another once the file is."""

    @classmethod
    def of(cls, path: Path, before: int, status: os.stat_result) -> Self:
        """Note a file that is open, by what the system says of it."""
        return cls(str(path.absolute()), before, _stamp(status))

    def slices(self, rows: Iterable[Row], name: str) -> tuple[Slice, ...]:
        """Read slices that were noted as rows.

        Raises:
            ReadError: The file is not what it was.
        """
        try:
            with open(self.path, "rb", buffering=0) as file:  # noqa: PTH123  a name
                if _stamp(os.fstat(file.fileno())) != self.stamp:
                    raise ReadError("it changed while it was read", source=name)
                pieces = []
                for kind, size, offset, *rest in rows:
                    file.seek(self.before + offset)
                    data = file.read(size)
                    pieces.append(Slice(Kind(kind), data, offset, *rest))
                return tuple(pieces)
        except OSError as error:
            raise ReadError(why(error), source=name) from error


def row(piece: Slice) -> Row:
    """Note a slice, but for its bytes."""
    kind, size = int(piece.kind), len(piece.data)
    place = piece.offset, piece.line, piece.number
    return (kind, size, *place, piece.envelope, piece.is_cut)


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
