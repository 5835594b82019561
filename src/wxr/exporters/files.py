"""One file as a target: written beside its final name, and renamed when whole."""

import errno
import os
import secrets
import stat
import sys
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from wxr.errors import WriteError, standing

STDOUT: Final = "-"
"""The target that means standard output."""

MAYBE: Final = "what is new may stand at the target already"
"""What is true of an interrupt while names change."""

BUFFER_SIZE: Final = 1 << 18
"""Bytes gathered before the system is asked to write; payloads are mostly small."""

_LONGEST_STEM: Final = 40
"""Characters of the target's name in its draft's: both must fit 255 bytes."""

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_FOR_ITS_OWNER: Final = 0o600

_ADVICE: Final[Mapping[int, str]] = MappingProxyType(
    {
        errno.EACCES: "you may not write here; choose another --out",
        errno.EDQUOT: "the disk quota is used up; free some room or choose another"
        " --out",
        errno.EFBIG: "the file system cannot hold so large a file; choose another"
        " --out",
        errno.EISDIR: "is a folder; give the name of a file",
        errno.ELOOP: "is a link that leads to itself; choose another --out",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
        errno.ENOENT: "its folder does not exist; make it first, or choose another"
        " --out",
        errno.ENOSPC: "the disk is full; free some room or choose another --out",
        errno.ENOTDIR: "its folder is not a folder; choose another --out",
        errno.EPERM: "you may not write here; choose another --out",
        errno.EPIPE: "the program that reads the output has gone away",
        errno.EROFS: "the file system is read-only; choose another --out",
    }
)


def write_error(error: OSError, target: str) -> WriteError:
    """Say in one line why a target cannot be written, and what to do about it."""
    reason = _ADVICE.get(error.errno or 0, f"cannot be written: {error.strerror}")
    return WriteError(reason, target=target)


class Draft:
    """A file that gets its final name only when it is whole.

    It is made beside the target, because a rename is atomic only within one file
    system, and for its owner's eyes only: exports hold e-mails and passwords. A
    target that is a symbolic link stays one; what it points to is replaced.
    """

    def __init__(self, target: str, *, force: bool) -> None:
        """Make the draft.

        Raises:
            WriteError: The target exists, is not empty and `force` is not given, or
                it cannot be written.
        """
        self.target = target
        self._force = force
        self._final = Path(os.path.realpath(target))
        self.path: Final = _beside(self._final)
        """Where to write."""
        # Before there is anything to remove: a signal can come right after it is made.
        self._removal = weakref.finalize(self, _remove, self.path)
        try:
            self._check_final()
            os.close(os.open(self.path, _NEW, _FOR_ITS_OWNER))
        except OSError as error:
            raise write_error(error, target) from error

    def open(self) -> BinaryIO:
        """Open the draft for writing, and for reading back."""
        return self.path.open("w+b", buffering=BUFFER_SIZE)

    def commit(self) -> None:
        """Put the draft in the target's place, once it is safely on the disk.

        Raises:
            WriteError: It cannot be put there.
        """
        commit_all([self])

    def discard(self) -> None:
        """Remove what a commit did not rename, and the journal SQLite may have left."""
        self._removal()

    def settle(self) -> None:
        """Bring the draft safely to the disk; what can fail of a commit fails here.

        Raises:
            OSError: The disk is full, or fails.
            WriteError: The target is there meanwhile.
        """
        _to_disk(self.path, os.O_RDWR)
        self._check_final()

    def rename(self) -> None:
        """Give a settled draft its name."""
        self.path.replace(self._final)
        # Some file systems cannot do this for a folder; the file itself is safe.
        with suppress(OSError):
            _to_disk(self._final.parent, os.O_RDONLY)

    def _check_final(self) -> None:
        try:
            # Not what it resolves to: /dev/stdout leads to a pipe that has no name.
            found = os.stat(self.target)  # noqa: PTH116  a name, as it was given
        except FileNotFoundError:
            return
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(found.st_mode):
            reason = "is no ordinary file; for standard output, give --out -"
            raise WriteError(reason, target=self.target)
        if found.st_size and not self._force:
            reason = "exists already; give --force to replace it"
            raise WriteError(reason, target=self.target)


def commit_all(drafts: Sequence[Draft]) -> None:
    """Put drafts in the places of their targets, once all are safely on the disk.

    What is left then are renames, which do not fail for want of room. Where one fails
    all the same, those before it have been done.

    Raises:
        WriteError: One cannot be put there; the message names it.
    """
    for draft in drafts:
        with _errors_of(draft):
            draft.settle()
    with standing(MAYBE):
        for draft in drafts:
            with _errors_of(draft):
                draft.rename()


@contextmanager
def _errors_of(draft: Draft) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise write_error(error, draft.target) from error


class FileOutput:
    """A draft that is written in order, as bytes."""

    def __init__(self, target: str, *, force: bool) -> None:
        self._draft = Draft(target, force=force)
        self.file: Final = self._draft.open()
        """Where to write."""

    def commit(self) -> None:
        """Close the file and give it its final name."""
        self.file.close()
        self._draft.commit()

    @property
    def folder(self) -> str:
        """Where the draft lies: spools beside it use no other disk's room."""
        return str(self._draft.path.parent)

    def discard(self) -> None:
        """Close the file, and remove it unless it was committed."""
        # Closing writes what is buffered, which fails again on a full disk.
        with suppress(OSError):
            self.file.close()
        self._draft.discard()


class StandardOutput:
    """Standard output in the place of a file: what is written is out."""

    def __init__(self) -> None:
        self.file: Final[BinaryIO] = sys.stdout.buffer
        """Where to write."""

    def commit(self) -> None:
        """Hand on what is buffered."""
        self.file.flush()

    def discard(self) -> None:
        """Do nothing: what is out cannot be called back."""


def open_output(target: str, *, force: bool) -> FileOutput | StandardOutput:
    """Open a file, or standard output for `-`.

    Raises:
        WriteError: As for `Draft`.
    """
    return StandardOutput() if target == STDOUT else FileOutput(target, force=force)


def _beside(final: Path) -> Path:
    """Give a hidden name that nobody can guess."""
    token = secrets.token_hex(8)
    return final.parent / f".{final.name[:_LONGEST_STEM]}.{token}.part"


def _remove(draft: Path) -> None:
    for path in (draft, Path(f"{draft}-journal")):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _to_disk(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
