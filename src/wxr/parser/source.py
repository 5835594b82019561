"""Anything that holds exports to parts: files, archives, folders, standard input.

A part is one XML document. It can be opened more than once, because the site index
takes a pass of its own; what cannot be read twice (standard input, a pipe) is copied
to a temporary file first.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import IO, Final, Protocol, TypeAlias

from wxr.diagnostics import Code, Diagnostic, OnDiagnostic
from wxr.errors import ReadError
from wxr.parser import temporary
from wxr.parser.archives import Limits, Meter, Opener, unpacker
from wxr.parser.encodings import to_utf8
from wxr.parser.numbering import in_order, missing, natural
from wxr.parser.recognize import Ahead, require_export
from wxr.parser.unchanged import Unchanged, stamp
from wxr.parser.zips import FileOpener, is_zip, members

BLOCK: Final = 1 << 18
"""Bytes per read. Plain reads beat mmap in memory and cost nothing in time."""

_MAGIC: Final = 8
_CLAIMS: Final = (".xml", ".gz", ".bz2", ".xz", ".zip")
"""Endings by which a file claims to hold an export."""


class Readable(Protocol):
    """A binary file, as far as we need one."""

    def read(self, size: int, /) -> bytes: ...


Source: TypeAlias = str | os.PathLike[str] | Readable
Sources: TypeAlias = Source | Iterable[Source]
OnBytes: TypeAlias = Callable[[int], object]
"""Called with the number of bytes of the input that were just read."""
Require: TypeAlias = Callable[[Ahead, str], object]
"""Called with what gives a part's first bytes, and its name; raises if it is none."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document of an export."""

    name: str
    """As the user named it; `archive!member` in an archive."""
    number: int
    """From 0, in reading order."""
    open: Opener
    """Open it from its start; may be called again."""
    size: int | None
    """Bytes, where they are known beforehand."""
    path: Path | None = None
    """Where the bytes lie as they are, in an ordinary file."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What may be a part."""

    name: str
    open: Opener
    size: int | None = None
    path: Path | None = None


def parts(
    sources: Sources,
    on_diagnostic: OnDiagnostic | None = None,
    *,
    limits: Limits | None = None,
    encoding: str | None = None,
    require: Require = require_export,
) -> list[Part]:
    """Find the parts that the sources hold, in reading order.

    Parts of one split export come by their number, others as they are given. What in
    a folder or an archive is no export is skipped and reported, and so is a number
    that is not there.

    Args:
        sources: Path of a file, archive or folder, `-` for standard input, a binary
            file, or several. What they are is told by their bytes, not their names.
        on_diagnostic: Called with what was skipped or is missing.
        limits: What archives may unpack to.
        encoding: Overrides what parts say of themselves.
        require: Looks at the first bytes of what is in a folder or an archive, as many
            as it wants, and raises `ReadError` where it is no part.

    Raises:
        ReadError: One is missing, unreadable, encrypted, or holds no export.
    """
    meter = Meter(limits or Limits())
    finder = _Finder(on_diagnostic or _ignore, meter, encoding, require)
    found = [each for source in in_a_list(sources) for each in finder.parts_of(source)]
    finder.report_gaps(found)
    order = in_order(each.name for each in found)
    return [
        Part(each.name, number, each.open, each.size, each.path)
        for number, each in enumerate(found[place] for place in order)
    ]


def in_a_list(sources: Sources) -> list[Source]:
    """Give the sources one by one, whether one was named or several."""
    is_one = isinstance(sources, str | os.PathLike) or hasattr(sources, "read")
    return [sources] if is_one else [*sources]  # type: ignore[list-item, misc]


def _ignore(problem: Diagnostic) -> None:
    """For callers who do not ask."""


class _Finder:
    """Looks for parts in one set of sources."""

    def __init__(
        self,
        report: OnDiagnostic,
        meter: Meter,
        encoding: str | None,
        require: Require,
    ) -> None:
        self._report, self._meter, self._encoding = report, meter, encoding
        self._require = require
        self._unreadable: list[str] = []

    def parts_of(self, source: Source) -> list[_Found]:
        """Give what one source holds."""
        if not isinstance(source, str | os.PathLike):
            name = str(getattr(source, "name", "<stream>"))
            return self._opened(name, _Spooled(source, name), None)
        if source == "-":
            return self._opened("-", _Spooled(sys.stdin.buffer, "-"), None)
        if not os.fspath(source):
            # `Path` would take it for the folder one is in.
            raise ReadError("the name of an export is empty; name one", source='""')
        path = Path(source)
        return self._in_folder(path) if path.is_dir() else self._file(path)

    def report_gaps(self, found: Iterable[_Found]) -> None:
        """Say which numbers of split exports are not there."""
        names = [*(each.name for each in found), *self._unreadable]
        for name, numbers in missing(names):
            message = f"this export is split, and of its parts there is no {numbers}"
            self._say(Code.PART_MISSING, message, name)

    def _file(self, path: Path) -> list[_Found]:
        name = str(path)
        try:
            status = path.stat()
            if not S_ISREG(status.st_mode):  # a pipe gives its bytes once
                with path.open("rb", buffering=0) as pipe:
                    return self._opened(name, _Spooled(pipe, name), None)
        except OSError as error:
            raise ReadError(why(error), source=name) from error
        whole_path = path.absolute()

        def open_file() -> IO[bytes]:
            try:
                return Unchanged(whole_path, stamp(status), name)
            except OSError as error:
                raise ReadError(why(error), source=name) from error

        return self._opened(name, open_file, status.st_size, path)

    def _opened(
        self,
        name: str,
        opener: FileOpener,
        size: int | None,
        path: Path | None = None,
    ) -> list[_Found]:
        """Give the parts in a file: itself, or those in it where it is an archive."""
        head = _first_bytes(opener, _MAGIC, name)
        if is_zip(head):
            return self._in_archive(name, opener)
        unpacked = unpacker(head, opener, name, self._meter)
        if unpacked:
            return [_Found(name, unpacked)]
        return [_Found(name, opener, size, path)]

    def _in_archive(self, name: str, opener: FileOpener) -> list[_Found]:
        listed = sorted(
            members(opener, name, self._meter), key=lambda each: natural(each.name)
        )
        found = [_Found(each.name, each.open, each.size) for each in listed]
        return self._exports(name, found, "this archive holds no export")

    def _in_folder(self, folder: Path) -> list[_Found]:
        found = [each for file in files_in(folder) for each in self._in_file(file)]
        return self._exports(
            str(folder),
            found,
            "this folder holds no export; name the folder it is in, or itself",
        )

    def _in_file(self, file: Path) -> list[_Found]:
        """Give what a file of a folder holds; nothing, and a word, where it cannot."""
        try:
            return self._file(file)
        except ReadError as error:
            self._skip(str(file), error.reason)
            return []

    def _exports(self, name: str, found: list[_Found], none: str) -> list[_Found]:
        exports = [each for each in found if self._is_export(each)]
        if not exports:
            raise ReadError(none, source=name)
        return exports

    def _is_export(self, found: _Found) -> bool:
        def ahead(size: int) -> bytes:
            head = _first_bytes(found.open, size, found.name)
            return to_utf8(head, self._encoding, found.name)

        try:
            self._require(ahead, found.name)
        except ReadError as error:
            self._skip(found.name, error.reason)
            return False
        return True

    def _skip(self, name: str, reason: str) -> None:
        """Say that a file is not read: a loss, where its name promised an export."""
        if name.lower().endswith(_CLAIMS):
            self._unreadable.append(name)
            self._say(Code.PART_UNREADABLE, f"it was not read: {reason}", name)
        else:
            self._say(Code.FILE_SKIPPED, f"it was skipped: {reason}", name)

    def _say(self, code: Code, message: str, name: str) -> None:
        self._report(Diagnostic(code=code, message=message, part=name))


def files_in(folder: Path) -> Iterator[Path]:
    """Give the files of a folder: not hidden ones, nor links that lead out of it."""
    try:
        inside = sorted(folder.iterdir(), key=lambda path: natural(path.name))
        home = folder.resolve()
        for path in inside:
            is_ours = path.resolve().is_relative_to(home)
            if path.is_file() and is_ours and not path.name.startswith("."):
                yield path
    except OSError as error:
        raise ReadError(why(error), source=str(folder)) from error


def _first_bytes(opener: Opener, size: int, name: str) -> bytes:
    """Give the first bytes of a file; fewer where it is shorter."""
    head = b""
    with closing(opener()) as file:
        try:
            while len(head) < size and (block := file.read(size - len(head))):
                head += block
        except OSError as error:
            raise ReadError(why(error), source=name) from error
    return head


def why(error: OSError) -> str:
    """Say in a few words why a file cannot be read, and what to do."""
    reason = (error.strerror or str(error)).lower()
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(error, PermissionError):
        return "it may not be read; check its permissions"
    return f"it cannot be read ({reason})"


class _Spooled:
    """Open a stream again and again, by way of a temporary file that has no name."""

    def __init__(self, stream: Readable, name: str) -> None:
        self._stream, self._name = stream, name
        self._copy: IO[bytes] | None = None

    def __call__(self) -> IO[bytes]:
        if self._copy is None:
            self._copy = self._copied()
        self._copy.seek(0)
        # A duplicate, so that closing one reading does not close the copy.
        return os.fdopen(os.dup(self._copy.fileno()), "rb", buffering=0)

    def _copied(self) -> IO[bytes]:
        with temporary.temporary_files():
            # Unbuffered, so that closing it has nothing left to write, and to fail at.
            copy: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        try:
            while block := self._block():
                temporary.write(copy, block)
        except BaseException:
            copy.close()
            raise
        return copy

    def _block(self) -> bytes:
        try:
            return self._stream.read(BLOCK)
        except OSError as error:
            raise ReadError(why(error), source=self._name) from error

    def __del__(self) -> None:
        """Let the copy go with the last part that opens it."""
        if self._copy is not None:
            self._copy.close()
