"""The bytes of a part in UTF-8."""

import codecs
import hashlib
import os
from io import FileIO

from wxr.diagnostics import Code, Diagnostic, OnDiagnostic
from wxr.errors import ReadError
from wxr.ledger import Input
from wxr.parser.encodings import Encoding, encoding_of, is_utf8
from wxr.parser.origin import Origin
from wxr.parser.source import BLOCK, OnBytes, Part, why


class PartReader:
    """The bytes of a part in UTF-8, without a byte order mark, counted and hashed.

    Args:
        part: What to read.
        encoding: Overrides what the part says of itself.
        on_bytes: Told of each block that is read.
        hashed: Whether `as_input` is wanted; hashing costs a tenth of reading.

    Raises:
        ReadError: The part cannot be read, is in an encoding unknown to Python, or
            unpacks to more than the limits allow.
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
        self._packed = 0
        self._replaced = 0
        self._misdeclared: str | None = None
        try:
            self._head = self._first()
            found = encoding_of(self._head, encoding, part.name)
            self.origin = self._origin(found)
            """Where the bytes lie, if they go through as they are."""
        except ReadError:
            self.close()
            raise
        self.mark = self._head[: found.mark] if found.codec is None else b""
        """The byte order mark of a part in UTF-8."""
        self._head = self._head[found.mark :]
        self._codec = found.codec
        self._is_doubtful = found.is_doubtful
        self._decoder = (
            codecs.getincrementaldecoder(found.codec)("replace")
            if found.codec
            else None
        )

    def _origin(self, found: Encoding) -> Origin | None:
        file, path = self._file, self._part.path
        if path is None or not isinstance(file, FileIO) or found.codec is not None:
            return None
        return Origin.of(path, found.mark, os.fstat(file.fileno()))

    def read(self, size: int) -> bytes:
        """Give about `size` more bytes of UTF-8; none at the end."""
        while True:
            raw, self._head = self._head or self._raw(size), b""
            if self._decoder is None or self._is_as_utf8(raw):
                return raw
            text = self._decoder.decode(raw, final=not raw)
            self._replaced += text.count("\ufffd")
            if text or not raw:
                # Surrogate halves cannot be encoded; UTF-16 may hold them.
                return text.encode("utf-8", "surrogatepass")

    def _is_as_utf8(self, raw: bytes) -> bool:
        """Say whether bytes in a declared encoding of one byte each are UTF-8 as well.

        The first that are not ASCII decide for all: text in one byte each is hardly
        ever UTF-8 by chance, while files are often saved anew under their old
        declaration.
        """
        if not self._is_doubtful:
            return False
        if raw.isascii():
            return bool(raw)
        self._is_doubtful = False
        if not is_utf8(raw):
            return False
        self._misdeclared, self._decoder = self._codec, None
        return True

    def report(self, on_diagnostic: OnDiagnostic) -> None:
        """Say what was wrong with the bytes; call it at the end."""
        damage = getattr(self._file, "damage", None)
        found = (
            (Code.ARCHIVE_DAMAGED, damage),
            (
                Code.BAD_ENCODING,
                f"{self._replaced} characters could not be decoded"
                if self._replaced
                else None,
            ),
            (
                Code.WRONG_ENCODING,
                f"it declares {self._misdeclared}, and is UTF-8"
                if self._misdeclared
                else None,
            ),
        )
        for code, message in found:
            if message:
                on_diagnostic(
                    Diagnostic(code=code, message=message, part=self._part.name)
                )

    def as_input(self) -> Input:
        """Say what was read, for the report; call it at the end."""
        digest = self._hash.hexdigest() if self._hash else ""
        return Input(path=self._part.name, bytes=self._size, sha256=digest)

    def close(self) -> None:
        """Close the file beneath."""
        self._file.close()

    def _first(self) -> bytes:
        """Give a whole block, however few bytes the file gives at a time."""
        head = bytearray()
        while len(head) < BLOCK and (more := self._raw(BLOCK - len(head))):
            head += more
        return bytes(head)

    def _raw(self, size: int) -> bytes:
        try:
            block = self._file.read(size)
        except OSError as error:
            raise ReadError(why(error), source=self._part.name) from error
        self._size += len(block)
        if self._hash:
            self._hash.update(block)
        if self._on_bytes:
            self._on_bytes(self._moved(len(block)))
        return block

    def _moved(self, given: int) -> int:
        """How many bytes of the input were read for so many of the part."""
        packed = getattr(self._file, "packed", None)
        if packed is None:
            return given
        moved, self._packed = packed - self._packed, packed
        return int(moved)
