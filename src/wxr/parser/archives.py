"""Compressed streams to plain ones: told by their magic, and capped."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

from wxr.errors import ReadError


@dataclass(frozen=True, slots=True)
class Limits:
    """What archives may unpack to, so that none fills memory, disk or a night."""

    size: int = 64 << 30
    """Bytes of all parts together."""
    ratio: int = 200
    """Times its own size that a part may have; those below `FREE` bytes may more."""
    members: int = 10_000
    """Members of one archive."""


FREE: Final = 64 << 20
"""Bytes below which a ratio is not looked at: what repeats itself packs well."""

_CHUNK: Final = 1 << 14
_MEMORY: Final = 128 << 20
"""What unpacking xz may take; `xz -9` needs half of it."""


class Stream(Protocol):
    """A binary file that is read from its start to its end."""

    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


Opener: TypeAlias = Callable[[], Stream]


class Codec(Protocol):
    """One compressed stream, as `bz2` and `lzma` have it."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Inflate:
    """zlib in the manner of the others, which gives what comes before damage."""

    def __init__(self, bits: int) -> None:
        self._inflate = zlib.decompressobj(bits)
        self._broken: zlib.error | None = None

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    @property
    def needs_input(self) -> bool:
        return not self._inflate.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inflate.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if self._broken:
            raise self._broken
        data = self._inflate.unconsumed_tail + data
        before = self._inflate.copy()
        try:
            return self._inflate.decompress(data, max_length)
        except zlib.error as error:
            self._broken = error
            return _until_broken(before, data)


def _until_broken(inflate: "zlib._Decompress", data: bytes) -> bytes:
    """Unpack byte by byte; a call that fails gives nothing of what it has done."""
    given = bytearray()
    try:
        for at in range(len(data)):
            given += inflate.decompress(data[at : at + 1])
    except zlib.error:
        pass
    return bytes(given)


class Stored:
    """No compression at all, as zip has it for what does not get smaller."""

    eof = False
    needs_input = True
    unused_data = b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        del max_length
        return data


@dataclass(frozen=True, slots=True)
class _Packing:
    """A way of compressing one stream."""

    name: str
    magic: bytes
    codec: Callable[[], Codec]


_PACKINGS: Final = (
    _Packing("gzip", b"\x1f\x8b", lambda: Inflate(zlib.MAX_WBITS | 16)),
    _Packing("bzip2", b"BZh", bz2.BZ2Decompressor),
    _Packing("xz", b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(memlimit=_MEMORY)),
)
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_BROKEN: Final = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


@dataclass(slots=True)
class Meter:
    """What all parts have unpacked to, each counted once however often it is read."""

    limits: Limits
    _given: dict[str, int] = field(default_factory=dict)
    _total: int = 0

    def count(self, name: str, *, given: int, packed: int) -> None:
        """Take what a part has given so far, and of how much.

        Raises:
            ReadError: That is more than the limits allow.
        """
        more = given - self._given.get(name, 0)
        if more > 0:
            self._given[name] = given
            self._total += more
        if self._total > self.limits.size:
            raise ReadError(
                f"the export unpacks to more than {self.limits.size:,} bytes; if it "
                "is meant to, raise --max-size",
                source=name,
            )
        if given > FREE and given > packed * self.limits.ratio:
            raise ReadError(
                f"it unpacks to more than {self.limits.ratio:,} times its size, as "
                "archives do that are made to fill memory; if you trust it, raise "
                "--max-ratio",
                source=name,
            )


class Unpacked:
    """The bytes of a compressed stream, as they are asked for."""

    def __init__(
        self,
        file: Stream,
        codec: Callable[[], Codec],
        *,
        name: str,
        meter: Meter,
        checksum: int | None = None,
        magic: bytes = b"",
    ) -> None:
        self._file, self._name, self._meter = file, name, meter
        self._make, self._codec, self._magic = codec, codec(), magic
        self._expected, self._checksum = checksum, 0
        self._given = 0
        self._ended = False
        self.packed = 0
        """Bytes read of the compressed stream."""
        self.damage: str | None = None
        """What is wrong with it; known once it was read to its end."""

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes; none at the end, and past what is damaged.

        Raises:
            ReadError: Limits are exceeded, or not even its start can be unpacked.
        """
        while not self._ended:
            if self._codec.eof:
                self._begin_next()
                continue
            data = self._file.read(_CHUNK) if self._codec.needs_input else b""
            self.packed += len(data)
            if block := self._unpack(data, size, is_last=self._codec.needs_input):
                return block
        return b""

    def close(self) -> None:
        """Close the file beneath."""
        self._file.close()

    def _unpack(self, data: bytes, size: int, *, is_last: bool) -> bytes:
        try:
            block = self._codec.decompress(data, size)
        except _BROKEN as error:
            self._end(f"the archive is damaged ({error}), and was read up to there")
            return b""
        if block:
            self._given += len(block)
            self._meter.count(self._name, given=self._given, packed=self.packed)
            if self._expected is not None:
                self._checksum = zlib.crc32(block, self._checksum)
        elif is_last and not data and not self._codec.eof:
            self._end(self._broken_off())
        return block

    def _broken_off(self) -> str | None:
        if isinstance(self._codec, Stored):
            return self._wrong_checksum()
        return "the archive breaks off, and was read up to there"

    def _wrong_checksum(self) -> str | None:
        if self._expected is None or self._expected == self._checksum:
            return None
        return "the archive's checksum is wrong: some of the text may be, too"

    def _begin_next(self) -> None:
        """Go on with what follows a stream's end: gzip files may be joined."""
        rest = self._codec.unused_data
        if len(rest) < len(self._magic):
            more = self._file.read(_CHUNK)
            self.packed += len(more)
            rest += more
        if not self._magic or not rest.strip(b"\0"):
            self._end(self._wrong_checksum())
        elif rest.startswith(self._magic):
            self._codec = self._make()
            self._file = _Again(rest, self._file)
            self.packed -= len(rest)  # which is read again
        else:
            self._end("the archive is followed by something else, which was not read")

    def _end(self, damage: str | None) -> None:
        self._ended = True
        self.damage = damage
        if damage and not self._given:
            raise ReadError(
                f"it cannot be unpacked: {damage}; fetch it again", source=self._name
            )


class _Again:
    """A stream with bytes put back before it."""

    def __init__(self, first: bytes, file: Stream) -> None:
        self.first: bytes = first
        self.file: Stream = file
        # One on top of the other would get deeper with each of many tiny streams.
        if isinstance(file, _Again):
            self.first, self.file = first + file.first, file.file

    def read(self, size: int, /) -> bytes:
        if self.first:
            data, self.first = self.first[:size], self.first[size:]
            return data
        return self.file.read(size)

    def close(self) -> None:
        self.file.close()


def unpacker(head: bytes, opener: Opener, name: str, meter: Meter) -> Opener | None:
    """Give what opens a compressed stream unpacked; None where it is none."""
    for packing in _PACKINGS:
        if head.startswith(packing.magic):
            return lambda: Unpacked(
                opener(), packing.codec, name=name, meter=meter, magic=packing.magic
            )
    return None
