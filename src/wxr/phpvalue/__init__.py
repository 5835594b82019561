"""PHP-serialized values, read as data only: no class is looked up, nothing is run.

WordPress stores arrays and objects in custom fields as PHP's `serialize` writes them.
Lengths in it count bytes, and are often wrong by the time we see them: XML folds CR LF
to LF, people replace host names in exports, charsets are converted. So a string whose
length does not fit is ended where the structure says that it ends, and `Decoded.fit`
tells. The raw text stays with whoever holds it; nothing here changes it.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from wxr.phpvalue.reader import SPACE, TAG, Fit, PhpValueError, Reader, Value
from wxr.phpvalue.usual import UnusualError, read_array

__all__ = [
    "MAX_DEPTH",
    "MAX_ELEMENTS",
    "MAX_SIZE",
    "TAG",
    "Decoded",
    "Fit",
    "PhpValueError",
    "Value",
    "decode",
    "is_serialized",
    "loads",
]

MAX_DEPTH: Final = 128
MAX_ELEMENTS: Final = 1_000_000
MAX_SIZE: Final = 64 << 20

_LEAST: Final = len("i:0;N;")
"""Bytes that an element takes at least."""
_SCALAR_LOOK: Final = re.compile(r"N;|b:[01];|i:[+-]?\d{1,20};|d:[-+\d.EeINFA]{1,400};")
_STRING_LOOK: Final = re.compile(r'[sS]:\d+:"')
_OTHER_LOOK: Final = re.compile(r"[aOCE]:\d+:")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A value, and how far it is to be trusted."""

    value: Value
    fit: Fit
    is_plain: bool = field(default=False, compare=False)
    """Whether it is known to hold only what JSON has too."""


def loads(text: str | bytes) -> Value:
    """Decode a PHP-serialized value; one level, where it was serialized twice.

    Raises:
        PhpValueError: It is none, breaks off, or exceeds a cap; nothing else.
    """
    return decode(text).value


def decode(
    text: str | bytes,
    *,
    max_depth: int = MAX_DEPTH,
    max_elements: int = MAX_ELEMENTS,
    max_size: int = MAX_SIZE,
) -> Decoded:
    """Decode as `loads` does, and tell how well lengths fitted. Takes linear time.

    Raises:
        PhpValueError: As for `loads`.
    """
    if len(text) > max_size:
        raise PhpValueError(f"over the cap of {max_size:,} bytes", offset=0)
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    data = data.strip(SPACE.encode())
    if data.startswith(b"a:") and len(data) <= max_elements * _LEAST:
        try:
            return Decoded(read_array(data, max_depth), Fit.EXACT, is_plain=True)
        except UnusualError:
            pass  # read with care, below
    reader = Reader(data, max_depth, max_elements)
    return Decoded(reader.read(), reader.fit)


def is_serialized(text: str) -> bool:
    """Say whether a value looks serialized, much as WordPress' function of this name.

    WordPress serializes a string that does once more: decode it level by level.
    """
    text = text.strip(SPACE)
    if _STRING_LOOK.match(text):
        return text.endswith('";')
    if _OTHER_LOOK.match(text):
        return text.endswith((";", "}"))
    return _SCALAR_LOOK.fullmatch(text) is not None
