"""Files into a folder, which shows all of a run or nothing of it.

Files are gathered in a hidden folder. Where the target is new, that folder lies beside
it and gets its name at the end. Where it exists, the hidden folder lies in it, and the
files are moved to their places one by one; `.wxr-manifest.json` first lists both what
was there and what will be, so that a run that is killed can be run again.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, TypeAlias

from wxr.errors import WriteError, standing
from wxr.exporters.files import MAYBE, STDOUT, write_error
from wxr.exporters.markdown.manifest import MANIFEST, Manifest
from wxr.exporters.sinks import FileSink

File: TypeAlias = tuple[str, bytes]
"""A path relative to the target, with `/`, and what the file holds."""
Files: TypeAlias = tuple[File, ...]
Last: TypeAlias = Callable[[], Iterable[tuple[str, Iterable[bytes]]]]
"""Gives the files that are written once all others are there, in pieces."""

_PARTLY: Final = "some files are new, others of before; run it again with --force"
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the files are gathered, and where they belong."""

    target: Path
    staging: Path
    is_new: bool


class FolderSink(FileSink[Files]):
    """A folder of files, being filled.

    Args:
        target: The folder.
        force: Replace and remove what an earlier run wrote there.
        last: Gives the files that are written at the end.
        when_done: Called when the folder is closed, whatever became of it.

    Raises:
        WriteError: The folder holds something and `force` is not given, or it cannot
            be written.
    """

    def __init__(
        self,
        target: str,
        *,
        force: bool,
        last: Last,
        when_done: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(target)
        self._last = last
        self._made: set[str] = set()
        self._to_close.callback(when_done)
        try:
            self._place = _place(target, force=force)
            self._earlier = Manifest.read(self._place.target)
        except OSError as error:
            raise write_error(error, target) from error

    def __enter__(self) -> Self:
        self._to_close.callback(self._clear)
        try:
            self._place.staging.mkdir()
            self._files = Manifest.start(self._place.staging)
        except OSError as error:
            self._to_close.close()
            raise write_error(error, self._target) from error
        except BaseException:  # a signal, right after the folder was made
            self._to_close.close()
            raise
        self._to_close.callback(self._files.close)
        return self

    def _take(self, payload: Files) -> None:
        for path, data in payload:
            _write_at_once(self._place_for(path), data)
            self._files.add(path)

    def _place_for(self, path: str) -> str:
        """Give where a file is gathered, in a folder that is there."""
        if not self._place.is_new:
            self._check(path)
        place = f"{self._place.staging}/{path}"
        folder = place.rpartition("/")[0]
        if folder not in self._made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return place

    def _check(self, path: str) -> None:
        """Refuse to write over what is not ours, or through a link."""
        target = self._place.target
        _refuse_links(target, path, self._target)
        if path not in self._earlier and os.path.lexists(target / path):
            reason = f"{path} is there and was not written by wxr; move it away"
            raise WriteError(reason, target=self._target)

    def _clear(self) -> None:
        """Remove what was gathered; where it became the target, it is not there."""
        shutil.rmtree(self._place.staging, ignore_errors=True)

    def _commit(self) -> None:
        for path, pieces in self._last():
            with open(self._place_for(path), "xb") as file:  # noqa: PTH123  a name, not a Path
                file.writelines(pieces)
            self._files.add(path)
        self._files.finish()
        if self._place.is_new:
            with standing(MAYBE):
                self._place.staging.rename(self._place.target)
        else:
            with standing(_PARTLY):
                self._move_in()

    def _move_in(self) -> None:
        """Put the files in their places, and take away what is no longer written."""
        target, staging = self._place.target, self._place.staging
        files = Manifest.read(staging)
        Manifest.replace(target, self._earlier | files)
        for path in sorted(files):
            _refuse_links(target, path, self._target)
            final = target / path
            final.parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(final)
        for path in sorted(self._earlier - files):
            _remove(target, path, self._target)
        (staging / MANIFEST).replace(target / MANIFEST)


def _place(target: str, *, force: bool) -> _Place:
    """Say where the files are gathered, if they may come to the target at all."""
    if target == STDOUT:
        reason = "a folder cannot go to standard output; name one with --out"
        raise WriteError(reason, target=target)
    folder = Path(os.path.realpath(target))
    token = secrets.token_hex(4)
    if not _is_there(folder):
        # What is left of a name must fit 255 bytes with the rest.
        name = os.fsdecode(os.fsencode(folder.name)[:100])
        folder.parent.stat()  # one that is not there is better met now than later
        return _Place(folder, folder.parent / f".{name}.{token}.part", is_new=True)
    if not folder.is_dir():
        raise WriteError("exists and is no folder; choose another", target=target)
    if not force and any(folder.iterdir()):
        reason = "is not empty; give --force to replace what wxr wrote there"
        raise WriteError(reason, target=target)
    return _Place(folder, folder / f".wxr-{token}.part", is_new=False)


def _is_there(folder: Path) -> bool:
    """Look for a target; a name that can never be one is met now, not at the end."""
    try:
        folder.lstat()
    except FileNotFoundError:
        return False
    return True


def _write_at_once(place: str, data: bytes) -> None:
    """Write a file. There are many, and a file object asks much of the system."""
    descriptor = os.open(place, _NEW, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)


def _refuse_links(target: Path, path: str, name: str) -> None:
    """Refuse a path that leads through a link: it may lead out of the target."""
    folder = target
    for part in path.split("/")[:-1]:
        folder /= part
        if folder.is_symlink():
            reason = f"{folder.relative_to(target)} is a link; remove it"
            raise WriteError(reason, target=name)


def _remove(target: Path, path: str, name: str) -> None:
    """Remove a file of an earlier run, and the folders that it leaves empty."""
    _refuse_links(target, path, name)
    (target / path).unlink(missing_ok=True)
    with suppress(OSError):
        for folder in (target / path).parents:
            if folder == target:
                return
            folder.rmdir()
