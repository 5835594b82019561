"""What encoding the bytes of a part are in: by its mark, its look, its declaration."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from wxr.errors import ReadError

_SNIFF: Final = 4096


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a part is to be decoded."""

    codec: str | None
    """None for UTF-8, whose bytes go through as they are."""
    mark: int = 0
    """Bytes of the byte order mark, which is no text."""
    is_doubtful: bool = False
    """Whether the bytes may be UTF-8 in spite of what they declare."""


# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, None),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# "<" and one character more, after white space, in a wide encoding without a mark.
_UNMARKED: Final = (
    (re.compile(rb"(?:[\s]\0\0\0){0,64}<\0\0\0[!-~]\0\0\0"), "utf-32-le"),
    (re.compile(rb"(?:\0\0\0[\s]){0,64}\0\0\0<\0\0\0[!-~]"), "utf-32-be"),
    (re.compile(rb"(?:[\s]\0){0,64}<\0[!-~]\0"), "utf-16-le"),
    (re.compile(rb"(?:\0[\s]){0,64}\0<\0[!-~]"), "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']"""
)

# What Python can decode and no file is in.
_NO_ENCODINGS: Final = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)


def encoding_of(head: bytes, override: str | None, name: str) -> Encoding:
    """Tell the encoding of a part by its first bytes, unless it is given.

    Raises:
        ReadError: It is given or declared, and Python does not know it.
    """
    mark, marked = next(
        ((mark, codec) for mark, codec in _MARKS if head.startswith(mark)), (b"", None)
    )
    if override is not None:
        return Encoding(_known(override, name), len(mark))
    if mark:
        return Encoding(marked, len(mark))
    for look, wide in _UNMARKED:
        if look.match(head):
            return Encoding(wide)
    declared = _DECLARED.match(head[:_SNIFF])
    codec = _known(declared[1].decode(), name) if declared else None
    # A declaration that was read byte by byte is not in UTF-16, whatever it says.
    if codec is None or codec.startswith(("utf-16", "utf-32")):
        return Encoding(None)
    return Encoding(codec, is_doubtful=True)


def _known(encoding: str, name: str) -> str | None:
    try:
        # Refuses what Python does not call a text encoding, such as rot13.
        b"<\0<\0".decode(encoding, "replace")
        codec = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        codec = "undefined"
    if codec in _NO_ENCODINGS:
        reason = (
            f"its encoding '{encoding}' is unknown; name the right one by --encoding"
        )
        raise ReadError(reason, source=name)
    # Bytes go through untouched where they are UTF-8: the XML parser checks them.
    return None if codec in {"utf-8", "utf-8-sig", "ascii"} else codec


def is_utf8(block: bytes) -> bool:
    """Say whether a block is UTF-8, but for a character cut off at its end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(block)
    except UnicodeDecodeError:
        return False
    return True


def to_utf8(head: bytes, override: str | None, name: str) -> bytes:
    """Give the first bytes of a part in UTF-8, as far as looking at them needs it.

    Raises:
        ReadError: As for `encoding_of`.
    """
    encoding = encoding_of(head, override, name)
    head = head[encoding.mark :]
    if encoding.codec is None:
        return head
    return head.decode(encoding.codec, "replace").encode("utf-8", "surrogatepass")
