"""Anything that holds exports to parts, and a part to bytes in UTF-8.

A part is one XML document. It can be opened more than once, because the site index
takes a pass of its own; what cannot be read twice (standard input, a pipe) is copied
to a temporary file on its first opening.
"""

import codecs
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import IO, Final, Protocol, TypeAlias

from wxr.errors import ReadError
from wxr.ledger import Input

BLOCK: Final = 1 << 20
"""Bytes per read. Plain reads of 1 MiB beat mmap in memory and cost nothing in time."""

_SNIFF: Final = 4096


class Readable(Protocol):
    """A binary file, as far as we need one."""

    def read(self, size: int, /) -> bytes: ...


Source: TypeAlias = str | os.PathLike[str] | Readable
OnBytes: TypeAlias = Callable[[int], object]
"""Called with the number of bytes of the input that were just read."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document of an export."""

    name: str
    """As the user named it."""
    number: int
    """From 0, in reading order."""
    open: Callable[[], IO[bytes]]
    """Open it from its start; may be called again."""
    size: int | None
    """Bytes, where they are known beforehand."""


def parts(sources: Iterable[Source]) -> list[Part]:
    """Find the parts that the sources hold, in reading order.

    Args:
        sources: Paths of files or folders, `-` for standard input, or binary files.

    Raises:
        ReadError: One is missing, unreadable, or a folder without exports.
    """
    found = [part for source in sources for part in _parts_of(source)]
    return [
        Part(name, number, opener, size)
        for number, (name, opener, size) in enumerate(found)
    ]


_Found: TypeAlias = tuple[str, Callable[[], IO[bytes]], int | None]
"""Name, opener, size."""


def _parts_of(source: Source) -> list[_Found]:
    if not isinstance(source, str | os.PathLike):
        name = str(getattr(source, "name", "<stream>"))
        return [(name, _Spooled(source), None)]
    if source == "-":
        return [("-", _Spooled(sys.stdin.buffer), None)]
    path = Path(source)
    files = _exports_in(path) if path.is_dir() else [path]
    return [_file(file) for file in files]


def _exports_in(folder: Path) -> list[Path]:
    """Numbered parts sort by name; hidden files and other kinds are not exports."""
    try:
        files = sorted(
            file
            for file in folder.iterdir()
            if file.suffix.lower() == ".xml" and not file.name.startswith(".")
        )
    except OSError as error:
        raise ReadError(_why(error), source=str(folder)) from error
    if not files:
        raise ReadError(
            "this folder holds no .xml file; name the export itself, "
            "or the folder it is in",
            source=str(folder),
        )
    return files


def _file(path: Path) -> _Found:
    name = str(path)

    def open_file() -> IO[bytes]:
        try:
            return path.open("rb", buffering=0)
        except OSError as error:
            raise ReadError(_why(error), source=name) from error

    try:
        status = path.stat()
    except OSError as error:
        raise ReadError(_why(error), source=name) from error
    if not S_ISREG(status.st_mode):  # a pipe gives its bytes once
        return name, _Spooled(open_file()), None
    return name, open_file, status.st_size


def _why(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(error, PermissionError):
        return "it may not be read; check its permissions"
    return f"it cannot be read ({reason})"


class _Spooled:
    """Open a stream again and again, by way of a temporary file that has no name."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._copy: IO[bytes] | None = None

    def __call__(self) -> IO[bytes]:
        if self._copy is None:
            self._copy = tempfile.TemporaryFile()  # noqa: SIM115  kept for openings
            while block := self._stream.read(BLOCK):
                self._copy.write(block)
        self._copy.seek(0)
        # A duplicate, so that closing one reading does not close the copy.
        return os.fdopen(os.dup(self._copy.fileno()), "rb", buffering=0)


class PartReader:
    """The bytes of a part in UTF-8, without a byte order mark, counted and hashed.

    Args:
        part: What to read.
        encoding: Overrides what the part says of itself.
        on_bytes: Told of each block that is read.
        hashed: Whether `as_input` is wanted; hashing costs a tenth of reading.

    Raises:
        ReadError: The part cannot be read, or is in an encoding unknown to Python.
    """

    def __init__(
        self,
        part: Part,
        *,
        encoding: str | None = None,
        on_bytes: OnBytes | None = None,
        hashed: bool = False,
    ) -> None:
        self._part = part
        self._file = part.open()
        self._on_bytes = on_bytes
        self._hash = hashlib.sha256() if hashed else None
        self._size = 0
        self._head = self._raw(BLOCK)
        codec, mark = _encoding_of(self._head, encoding, part.name)
        self._head = self._head[mark:]
        self._decoder = (
            None if codec is None else codecs.getincrementaldecoder(codec)("replace")
        )
        self.replaced = 0
        """How many U+FFFD decoding made of bytes that are no text."""

    def read(self, size: int) -> bytes:
        """Give about `size` more bytes of UTF-8; none at the end."""
        while True:
            raw, self._head = self._head or self._raw(size), b""
            if self._decoder is None:
                return raw
            text = self._decoder.decode(raw, final=not raw)
            self.replaced += text.count("\ufffd")
            if text or not raw:
                # Surrogate halves cannot be encoded; UTF-16 may hold them.
                return text.encode("utf-8", "surrogatepass")

    def as_input(self) -> Input:
        """Say what was read, for the report; call it at the end."""
        digest = self._hash.hexdigest() if self._hash else ""
        return Input(path=self._part.name, bytes=self._size, sha256=digest)

    def close(self) -> None:
        """Close the file beneath."""
        self._file.close()

    def _raw(self, size: int) -> bytes:
        try:
            block = self._file.read(size)
        except OSError as error:
            raise ReadError(_why(error), source=self._part.name) from error
        self._size += len(block)
        if self._hash:
            self._hash.update(block)
        if self._on_bytes:
            self._on_bytes(len(block))
        return block


# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, None),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# "<?" in UTF-16 without a mark.
_UNMARKED: Final = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_DECLARED: Final = re.compile(
    rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']"""
)


def _encoding_of(
    head: bytes, override: str | None, name: str
) -> tuple[str | None, int]:
    """Give the codec (None for UTF-8) and the length of the byte order mark."""
    if override is not None:
        codec = _known(override, name)
        mark = next((m for m, _ in _MARKS if head.startswith(m)), b"")
        return codec, len(mark)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec, len(mark)
    for start, codec in _UNMARKED:
        if head.startswith(start):
            return codec, 0
    declared = _DECLARED.match(head[:_SNIFF])
    return (_known(declared[1].decode(), name) if declared else None), 0


def _known(encoding: str, name: str) -> str | None:
    try:
        b"".decode(encoding)  # refuses what is no text encoding, such as rot13
        codec = codecs.lookup(encoding).name
    except LookupError as error:
        reason = (
            f"its encoding '{encoding}' is unknown; name the right one by --encoding"
        )
        raise ReadError(reason, source=name) from error
    # Bytes go through untouched where they are UTF-8: the XML parser checks them.
    return None if codec in {"utf-8", "ascii"} else codec
