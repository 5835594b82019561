"""Files of a folder that was written, read without trusting it.

Whoever could write to the folder could put a link, a pipe or a file without end into
it: nothing is followed, and nothing is read that is larger than it can be.
"""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

NOT_THERE: Final = "is not there"

_ALWAYS_READ: Final = 16 << 20
"""Bytes; a file of this size is read whatever the post's own size."""
_MOST_TIMES: Final = 32
"""Times its source that a file may be as large: escapes and front matter cost room."""
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


class UnreadableError(Exception):
    """A file cannot be compared; the message says why, in a few words."""


def read(folder: Path, path: str, *, source_size: int) -> str:
    """Read a file of the folder as text.

    Args:
        folder: Where it is.
        path: Relative to the folder.
        source_size: Characters of what it was made of; it may be a multiple of that.

    Raises:
        UnreadableError: It is no file of ours, too large, or no text.
    """
    most = max(_ALWAYS_READ, source_size * _MOST_TIMES)
    try:
        with opened(folder, path) as file:
            data = file.read(most + 1)
    except OSError as error:
        raise _unreadable(error) from error
    if len(data) > most:
        raise UnreadableError("is far larger than its post can make it; it is not read")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"line {line} is not UTF-8") from error


def opened(folder: Path, path: str) -> BinaryIO:
    """Open a file of the folder.

    Raises:
        UnreadableError: It is missing, no plain file, or behind a link.
    """
    _refuse_links(folder, path)
    try:
        file = os.fdopen(os.open(folder / path, _FLAGS), "rb")
    except FileNotFoundError as error:
        raise UnreadableError(NOT_THERE) from error
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise UnreadableError("is no plain file")
    return file


def _refuse_links(folder: Path, path: str) -> None:
    place = folder
    for part in path.split("/"):
        place /= part
        if place.is_symlink():
            name = place.relative_to(folder).as_posix()
            raise UnreadableError(f"{name} is a link, which is not followed")


def _unreadable(error: OSError | ValueError) -> UnreadableError:
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableError(f"cannot be read ({reason.lower()})")
