"""Temporary files: where they find no room, neither export nor target is to blame."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from wxr.errors import WriteError


@contextmanager
def temporary_files() -> Iterator[None]:
    """Say of what fails inside that it was a temporary file, and where those lie.

    Raises:
        WriteError: One cannot be made, or there is no room for it.
    """
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise WriteError(
            f"temporary files cannot be written here ({reason}); free some room, or "
            "name another folder by TMPDIR",
            target=tempfile.tempdir or "TMPDIR",
        ) from error


def write(file: IO[bytes], block: bytes) -> None:
    """Write all of a block to an unbuffered file, however little it takes at a time.

    Raises:
        WriteError: There is no room for it.
    """
    rest = memoryview(block)
    with temporary_files():
        while rest:
            rest = rest[file.write(rest) :]
