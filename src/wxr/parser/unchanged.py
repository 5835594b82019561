"""An ordinary file that is, with every read, what it was when it was found."""

import os
from io import FileIO
from pathlib import Path
from typing import TypeAlias

from wxr.errors import ReadError

Stamp: TypeAlias = tuple[int, ...]
"""What is another once a file is another, or was written to."""


def stamp(status: os.stat_result) -> Stamp:
    """Give the stamp of a file by what the system says of it."""
    return status.st_ino, status.st_size, status.st_mtime_ns


def require_same(found: os.stat_result, before: Stamp, name: str) -> None:
    """Raise where a file is not what it was.

    Raises:
        ReadError: What was read of it need not be of one moment.
    """
    if stamp(found) != before:
        raise changed(name)


def changed(name: str) -> ReadError:
    """Give the error that says a file is not what it was."""
    return ReadError("it changed while it was read; read it again", source=name)


class Unchanged(FileIO):
    """A file that must not change from when it was found to when it is closed.

    With every read, because nobody reads an archive to its end, it is looked up by its
    name, because that is how other processes open it: so a run ends the same way,
    however many of them read. It costs two microseconds.

    Args:
        path: Where it is.
        before: What it was.
        name: What the user calls it.
    """

    def __init__(self, path: Path, before: Stamp, name: str) -> None:
        super().__init__(os.fspath(path), "rb")
        self._path, self._before, self._called = path, before, name
        try:
            require_same(os.fstat(self.fileno()), before, name)
        except ReadError:
            self.close()
            raise

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as files do.

        Raises:
            ReadError: It is not what it was.
        """
        data = super().read(size)
        try:
            require_same(self._path.stat(), self._before, self._called)
        except FileNotFoundError as error:
            raise changed(self._called) from error
        return data
