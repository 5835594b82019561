"""Numbered parts as a target: `blog.001.xml`, `blog.002.xml` and so on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from wxr.errors import WriteError
from wxr.exporters.files import Draft, commit_all, write_error

MARK: Final = b'<!-- generator="wxr" -->'
"""By it, what wxr wrote is known again."""
_LOOK: Final = 1000
_MOST: Final = 999
"""Numbers have three digits: by them, readers know the parts of one export."""


def part_name(target: str, number: int) -> str:
    """Give the name of a part of a target."""
    path = Path(target)
    return str(path.with_name(f"{path.stem}.{number:03}{path.suffix or '.xml'}"))


def parts_there(target: str) -> list[str]:
    """Give the parts of a target that there are, whoever wrote them."""
    path = Path(target)
    suffix = re.escape(path.suffix or ".xml")
    name = re.compile(rf"{re.escape(path.stem)}\.[0-9]{{3}}{suffix}")
    found: list[str] = []
    with suppress(OSError):  # a folder that is not there is said where one is made
        found = [str(p) for p in path.parent.iterdir() if name.fullmatch(p.name)]
    return sorted(found)


def _require_name_of_a_file(target: str) -> None:
    """Refuse `/dev/null` or a folder, beside which parts would be left."""
    with suppress(OSError):  # what cannot be looked up is said where a part is made
        if Path(target).exists() and not Path(target).is_file():
            reason = "is no ordinary file; name one, whose parts are numbered"
            raise WriteError(reason, target=target)


def _is_ours(name: str) -> bool:
    try:
        with Path(name).open("rb") as file:
            return MARK in file.read(_LOOK)
    except OSError as error:
        raise write_error(error, name) from error


class Parts:
    """Drafts that get their names together, once all are whole."""

    def __init__(self, target: str, *, force: bool) -> None:
        """Look whether there is room for the parts.

        Raises:
            WriteError: There are parts of this name that `force` was not given for,
                or that another program wrote; the target is a folder or device, or
                no file can be made there.
        """
        _require_name_of_a_file(target)
        self._target = target
        self._there = parts_there(target)
        for name in self._there:
            if not force:
                reason = "exists already; give --force to replace parts of this name"
                raise WriteError(reason, target=name)
            if not _is_ours(name):
                reason = "wxr did not write this part; move it, or choose another --out"
                raise WriteError(reason, target=name)
        self._drafts = [self._draft(1)]
        self._number = 0

    @property
    def folder(self) -> str:
        """Where the drafts lie."""
        return str(self._drafts[0].path.parent)

    @contextmanager
    def next(self) -> Iterator[BinaryIO]:
        """Open the next part for writing.

        Raises:
            WriteError: There are too many.
        """
        self._number += 1
        if self._number > _MOST:
            reason = f"there would be more than {_MOST} parts; give a larger --split"
            raise WriteError(reason, target=self._target)
        if self._number > len(self._drafts):
            self._drafts.append(self._draft(self._number))
        with self._drafts[-1].open() as file:
            yield file

    def commit(self) -> None:
        """Give all parts their names, and remove those of an earlier run.

        What was there and is not replaced would be read as part of this export.
        """
        commit_all(self._drafts)
        written = {draft.target for draft in self._drafts}
        for name in self._there:
            if name not in written:
                Path(name).unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove what was not committed."""
        for draft in self._drafts:
            draft.discard()

    def _draft(self, number: int) -> Draft:
        return Draft(part_name(self._target, number), force=True)
