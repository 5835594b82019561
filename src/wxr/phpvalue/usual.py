"""What WordPress serializes all day: arrays of texts, numbers, flags and null.

Their lengths fit, so that they are read from length to length, three times as fast as
with care. Whatever is not like that is left to `wxr.phpvalue.reader`, and what comes
out here is what would come out there.
"""

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Final, TypeAlias

from wxr.phpvalue.reader import TAG, Value, php_key

_DIGITS_OF_LENGTH: Final = 10
_DIGITS_OF_INT: Final = 18
"""Of a number that fits 64 bits, whatever its digits are."""
_MOST_LEVELS: Final = 64
# Most elements are a word with a text or a number.
_PAIR: Final = re.compile(
    r's:(\d{1,10}):"([^"]*+)";(?:s:(\d{1,10}):"([^"]*+)"|i:(-?\d{1,18}));'
)
_FLOAT: Final = re.compile(r"-?\d{1,20}(?:\.\d{1,40})?(?:[eE][-+]?\d{1,3})?;")

_Read: TypeAlias = tuple[Value, int]
"""A value, and where it ends."""
_Element: TypeAlias = tuple[int | str, Value, int]
"""A key, its value, and where that ends."""


class UnusualError(Exception):
    """This is no such array; it may be a value all the same."""


def read_array(data: bytes, levels: int) -> Value:
    """Read an array from its first byte to its last.

    Args:
        data: What PHP wrote.
        levels: How deep arrays may stand in one another.

    Raises:
        UnusualError: It is to be read with care.
    """
    # One character a byte, so that lengths count; most values are ASCII anyway.
    text = data.decode("latin-1")
    try:
        value, end = _array(text, 0, min(levels, _MOST_LEVELS))
    except (IndexError, KeyError, ValueError) as error:
        raise UnusualError from error
    if end != len(text):
        raise UnusualError
    return value


def _array(text: str, at: int, levels: int) -> _Read:
    count, at = _number(text, at + 2, ":{", _DIGITS_OF_LENGTH)
    if not levels:
        raise UnusualError
    items: dict[int | str, Value] = {}
    for _ in range(count):
        key, value, at = _pair(text, at) or _element(text, at, levels)
        items[key] = value
    if text[at] != "}" or TAG in items:
        raise UnusualError
    return _list_or_dict(items), at + 1


def _pair(text: str, at: int) -> _Element | None:
    """Read a key and its value at once, where both are simple."""
    match = _PAIR.match(text, at)
    if match is None:
        return None
    size, key, length, found, number = match.groups()
    value = _text(found) if number is None else int(number)
    if int(size) != len(key) or (number is None and int(length) != len(found)):
        return None
    return _key_of(_text(key)), value, match.end()


def _element(text: str, at: int, levels: int) -> _Element:
    key, at = _KEYS[text[at : at + 2]](text, at)
    value, at = _VALUES[text[at : at + 2]](text, at, levels - 1)
    return key, value, at


def _list_or_dict(items: dict[int | str, Value]) -> Value:
    if not items or (0 in items and list(items) == list(range(len(items)))):
        return list(items.values())
    return items


def _string(text: str, at: int, _: int = 0) -> tuple[str, int]:
    size, start = _number(text, at + 2, ':"', _DIGITS_OF_LENGTH)
    end = start + size
    if text[end : end + 2] != '";':
        raise UnusualError
    return _text(text[start:end]), end + 2


def _key(text: str, at: int) -> tuple[int | str, int]:
    found, end = _string(text, at)
    return _key_of(found), end


def _key_of(text: str) -> int | str:
    return php_key(text) if text.isdecimal() or text.startswith("-") else text


def _text(found: str) -> str:
    return (
        found if found.isascii() else found.encode("latin-1").decode(errors="replace")
    )


def _integer(text: str, at: int, _: int = 0) -> tuple[int, int]:
    if text[at + 2] == "-":
        number, end = _number(text, at + 3, ";", _DIGITS_OF_INT)
        return -number, end
    return _number(text, at + 2, ";", _DIGITS_OF_INT)


def _number(text: str, at: int, after: str, most: int) -> tuple[int, int]:
    end = text.index(after, at, at + most + len(after))
    digits = text[at:end]
    # `int` takes more than digits.
    if not digits.isdecimal():
        raise UnusualError
    return int(digits), end + len(after)


def _float(text: str, at: int, _: int) -> _Read:
    match = _FLOAT.match(text, at + 2)
    number = float(match[0][:-1]) if match else float("inf")
    if match is None or not isfinite(number):
        raise UnusualError
    return number, match.end()


def _flag(text: str, at: int, _: int) -> _Read:
    return {"b:0;": False, "b:1;": True}[text[at : at + 4]], at + 4


def _null(_: str, at: int, __: int) -> _Read:
    return None, at + 2


_KEYS: Final[Mapping[str, Callable[[str, int], tuple[int | str, int]]]] = {
    "i:": _integer,
    "s:": _key,
}
_VALUES: Final[Mapping[str, Callable[[str, int, int], _Read]]] = {
    "N;": _null,
    "a:": _array,
    "b:": _flag,
    "d:": _float,
    "i:": _integer,
    "s:": _string,
}
"""How a value is read, by how it begins."""
