"""Where slices lie in an ordinary file, for processes that read them there.

To send an export through pipes takes a twelfth of the time that converting it takes;
to read it once more from the system's cache takes next to none.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Self, TypeAlias

from wxr.errors import ReadError
from wxr.parser.slices import Kind, Slice
from wxr.parser.source import why
from wxr.parser.unchanged import Stamp, changed, require_same, stamp

_OF_A_PROCESS: Final = ("/dev/fd/", "/proc/")
"""Where a name means another file in each process."""

Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """An ordinary file whose bytes are those of a part."""

    path: str
    """Absolute, because processes may stand in other folders."""
    before: int
    """Bytes before the text: a byte order mark."""
    stamp: Stamp

    @classmethod
    def of(cls, path: Path, before: int, status: os.stat_result) -> Self | None:
        """Note a file that is open, by what the system says of it.

        None where other processes would not find it: it has no name any more, or one
        like `/dev/fd/5`, behind which it has no other.
        """
        try:
            whole = str(path.resolve(strict=True))
            found = stamp(os.stat(whole))  # noqa: PTH116  a name
        except OSError:
            return None
        if whole.startswith(_OF_A_PROCESS) or found != stamp(status):
            return None
        return cls(whole, before, found)

    def slices(self, rows: Iterable[Row], name: str) -> tuple[Slice, ...]:
        """Read slices that were noted as rows.

        Raises:
            ReadError: The file is not what it was.
        """
        try:
            with open(self.path, "rb", buffering=0) as file:  # noqa: PTH123  a name
                pieces = tuple(self._read(file, rows, name))
                # What was written meanwhile may be in them.
                require_same(os.fstat(file.fileno()), self.stamp, name)
                return pieces
        except OSError as error:
            raise ReadError(why(error), source=name) from error

    def _read(self, file: BinaryIO, rows: Iterable[Row], name: str) -> Iterator[Slice]:
        for kind, size, offset, *rest in rows:
            file.seek(self.before + offset)
            yield Slice(Kind(kind), _whole(file, size, name), offset, *rest)


def _whole(file: BinaryIO, size: int, name: str) -> bytes:
    """Read so many bytes, however few come at a time."""
    data = file.read(size)
    while len(data) < size:
        more = file.read(size - len(data))
        if not more:
            raise changed(name)
        data += more
    return data


def row(piece: Slice) -> Row:
    """Note a slice, but for its bytes."""
    kind, size = int(piece.kind), len(piece.data)
    place = piece.offset, piece.line, piece.number
    return (kind, size, *place, piece.envelope, piece.is_cut)
