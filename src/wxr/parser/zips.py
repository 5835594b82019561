"""Members of zip archives: listed, capped, read as streams, never extracted.

Names in an archive name its members in messages and order them, and that is all:
nothing is written under them.
"""

import bz2
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Final, TypeAlias, cast

from wxr.errors import ReadError
from wxr.parser.archives import (
    ZIP,
    Codec,
    Inflate,
    Meter,
    Opener,
    Stored,
    Stream,
    Unpacked,
)

FileOpener: TypeAlias = Callable[[], IO[bytes]]
"""Opens a file in which one can seek."""

_LONGEST_DIRECTORY: Final = 16 << 20
_LONGEST_NAME: Final = 300
_METHODS: Final[Mapping[int, Callable[[], Codec]]] = MappingProxyType(
    {
        zipfile.ZIP_STORED: Stored,
        zipfile.ZIP_DEFLATED: lambda: Inflate(-zlib.MAX_WBITS),
        zipfile.ZIP_BZIP2: bz2.BZ2Decompressor,
    }
)


def is_zip(head: bytes) -> bool:
    """Say whether a file is a zip archive, by its first bytes."""
    return head.startswith(ZIP)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip archive."""

    name: str
    """`archive!member`, without characters that a terminal might obey."""
    size: int
    """As the archive has it."""
    open: Opener


def members(opener: FileOpener, name: str, meter: Meter) -> list[Member]:
    """Give the files in a zip archive, hidden ones left out, in the archive's order.

    Raises:
        ReadError: It is damaged, encrypted, or holds more than the limits allow.
    """
    with closing(opener()) as file:
        try:
            directory = cast("IO[bytes]", _Directory(file, name))
            listed = zipfile.ZipFile(directory).infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            reason = str(error).lower()
            raise ReadError(
                f"its list of files cannot be read ({reason}), perhaps because it was "
                "not fetched to its end; fetch it again",
                source=name,
            ) from error
    if len(listed) > meter.limits.members:
        raise ReadError(
            f"it holds {len(listed):,} files, which is over the cap of "
            f"{meter.limits.members:,}; unpack it and name the exports, or raise "
            "--max-members",
            source=name,
        )
    return [_member(info, opener, name, meter) for info in listed if _is_file(info)]


def _is_file(info: zipfile.ZipInfo) -> bool:
    pieces = info.filename.replace("\\", "/").split("/")
    is_hidden = pieces[-1].startswith(".") or "__MACOSX" in pieces
    return bool(pieces[-1]) and not is_hidden


def _member(
    info: zipfile.ZipInfo, opener: FileOpener, name: str, meter: Meter
) -> Member:
    shown = "".join(each if each.isprintable() else "?" for each in info.filename)
    full = f"{name}!{shown[:_LONGEST_NAME]}"
    if info.flag_bits & 1:
        raise ReadError("it is encrypted; unpack it with its password", source=full)
    codec = _METHODS.get(info.compress_type)

    def open_member() -> Stream:
        if codec is None:
            raise ReadError(
                f"it is packed by method {info.compress_type}, which wxr does not "
                "know; unpack it and name the exports",
                source=full,
            )
        data = _Section(opener(), info.header_offset, info.compress_size, full)
        return Unpacked(data, codec, name=full, meter=meter, checksum=info.CRC)

    return Member(full, info.file_size, open_member)


class _Directory:
    """An archive's file for `zipfile`, which reads its list of files in one piece."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name
        self.seek, self.tell = file.seek, file.tell

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if size > _LONGEST_DIRECTORY:
            raise ReadError("its list of files is far too long", source=self._name)
        return self._file.read(size)

    def close(self) -> None:
        """Leave the file to whoever opened it."""


class _Section:
    """The compressed bytes of one member."""

    _HEADER: Final = 30

    def __init__(self, file: IO[bytes], offset: int, size: int, name: str) -> None:
        self._file, self._left = file, size
        try:
            is_there = self._skip_header(offset)
        except (OSError, ValueError, OverflowError):
            is_there = False
        if not is_there:
            file.close()
            raise ReadError("the archive is damaged here", source=name)

    def _skip_header(self, offset: int) -> bool:
        """Go to the first byte of the data; False where no member begins."""
        self._file.seek(offset)
        header = self._file.read(self._HEADER)
        if len(header) < self._HEADER or not header.startswith(ZIP[0]):
            return False
        lengths = (header[26:28], header[28:30])
        skipped = sum(int.from_bytes(each, "little") for each in lengths)
        self._file.seek(skipped, io.SEEK_CUR)
        return True

    def read(self, size: int, /) -> bytes:
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()
