"""Any PHP-serialized value, read with care: lengths in it may be wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, TypeAlias

from wxr.errors import WxrError

TAG: Final = "$php"
"""The key by which a map says that it stands for what Python and JSON do not have."""

Value: TypeAlias = (
    "bool | int | float | str | list[Value] | dict[int | str, Value] | None"
)
"""What `loads` gives.

An array whose keys are 0, 1, 2, … is a list, any other a dict in its order, whose keys
are ints and strings as in PHP. Maps with the key `$php` are: `object` (`class`,
`properties`), `custom` (`class`, `data`), `enum` (`class`, `case`), `reference`
(`slot`), and `array` (`items`, a list of pairs) for an array that has that key itself.
"""


class PhpValueError(WxrError):
    """The text is no PHP-serialized value, breaks off, or exceeds a cap."""

    def __init__(self, reason: str, *, offset: int) -> None:
        super().__init__(f"no PHP-serialized value: {reason} at byte {offset}")
        self.reason, self.offset = reason, offset


class Fit(IntEnum):
    """How well the lengths and counts in a value fitted."""

    EXACT = 0
    LINE_ENDS = 1
    """A length fits if some line ends are CR LF, which XML has folded to LF."""
    GUESSED = 2
    """A length or count is wrong; the end was told by what comes after it."""


SPACE: Final = " \t\n\r\0\x0b"
"""What PHP's `trim` takes away."""

_NUMBER: Final = rb"\d{1,10}"
_STRING: Final = re.compile(rb'([sS]):(%b):"' % _NUMBER)
_INT_KEY: Final = re.compile(rb"i:([+-]?\d{1,20});")
_ARRAY: Final = re.compile(rb"a:(%b):\{" % _NUMBER)
_OBJECT: Final = re.compile(rb'O:%b:"([^"]{0,1000})":(%b):\{' % (_NUMBER, _NUMBER))
_CUSTOM: Final = re.compile(rb'C:%b:"([^"]{0,1000})":(%b):\{' % (_NUMBER, _NUMBER))
_ENUM: Final = re.compile(rb'E:%b:"([^":]{1,1000}):([^":]{1,1000})";' % _NUMBER)
_REFERENCE: Final = re.compile(rb"[rR]:(%b);" % _NUMBER)
_SCALAR: Final = re.compile(
    rb"""(?P<null>N);
    | b:(?P<bool>[01]);
    | i:(?P<int>[+-]?\d{1,20});
    | d:(?P<float>[-+]?(?:INF|NAN|[\d.][\d.eE+-]{0,400}));""",
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(rb"\\([0-9A-Fa-f]{2})")
# PHP makes these keys ints: no sign but minus, no leading nought, no "-0".
_INT_LIKE: Final = re.compile(r"(?:0|-?[1-9][0-9]{0,18})\Z")
_INT_RANGE: Final = range(-(1 << 63), 1 << 63)

# What may come after the end of a string, by where the string stands.
_AFTER_ALL: Final = re.compile(rb"\Z")
_AFTER_KEY: Final = re.compile(rb'N;|[bidrR]:[-+\dIN]|[sSEOC]:\d{1,10}:"|a:\d{1,10}:\{')
_AFTER_VALUE: Final = re.compile(rb'\}|i:[+-]?\d{1,20};|[sS]:\d{1,10}:"')

_SCALARS: Final[Mapping[str, Callable[[bytes], Value]]] = {
    "null": lambda _: None,
    "bool": lambda text: text == b"1",
    "int": int,
    "float": float,
}


@dataclass(slots=True)
class _Open:
    """An array or object whose end is still to come."""

    count: int
    class_name: str | None = None
    items: dict[int | str, Value] = field(default_factory=dict)
    key: int | str = 0
    is_waiting: bool = False
    """Whether the key has been read and its value not."""
    met: int = 0

    def put(self, value: Value) -> None:
        self.items[self.key] = value
        self.is_waiting = False
        self.met += 1

    def closed(self) -> Value:
        if self.class_name is not None:
            properties = _without_marks(self.items)
            return {TAG: "object", "class": self.class_name, "properties": properties}
        if TAG in self.items:
            return {TAG: "array", "items": [[k, v] for k, v in self.items.items()]}
        if all(key == place for place, key in enumerate(self.items)):
            return list(self.items.values())
        return self.items


def _without_marks(items: dict[int | str, Value]) -> dict[int | str, Value]:
    """Give private and protected properties their bare names, if none is then double.

    PHP writes class and name, or `*` and name, with a NUL before each.
    """
    short = [key.rpartition("\0")[2] if isinstance(key, str) else key for key in items]
    if len(set(short)) < len(items):
        return items
    return dict(zip(short, items.values(), strict=True))


class Reader:
    """Reads one value. A stack stands in for recursion: depth costs no frames."""

    def __init__(self, data: bytes, max_depth: int, max_elements: int) -> None:
        self._data = data
        self._at = 0
        self._depth = max_depth
        self._elements = max_elements
        # Bytes that may be looked at to make lengths fit. Honest strings do not
        # overlap and stay below it; past it ends are guessed, which is linear.
        self._patience = 4 * len(data) + 1024
        self.fit = Fit.EXACT
        """How well the lengths fitted, once it is read."""

    def read(self) -> Value:
        """Give the value.

        Raises:
            PhpValueError: There is none, it breaks off, or it exceeds a cap.
        """
        stack: list[_Open] = []
        while True:
            if stack and not stack[-1].is_waiting:
                if self._data[self._at : self._at + 1] != b"}":
                    self._read_key(stack[-1])
                    continue
                value = self._close(stack.pop())
            elif opened := self._opening():
                self._push(stack, opened)
                continue
            else:
                value = self._value(_AFTER_VALUE if stack else _AFTER_ALL)
            if not stack:
                break
            stack[-1].put(value)
        if self._at < len(self._data):
            raise self._error("something follows the end")
        return value

    def _error(self, reason: str) -> PhpValueError:
        return PhpValueError(reason, offset=self._at)

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        match = pattern.match(self._data, self._at)
        if match:
            self._at = match.end()
        return match

    def _close(self, opened: _Open) -> Value:
        self._at += 1
        if opened.met != opened.count:
            self.fit = Fit.GUESSED
        return opened.closed()

    def _push(self, stack: list[_Open], opened: _Open) -> None:
        if len(stack) >= self._depth:
            raise self._error(f"nested deeper than {self._depth}")
        stack.append(opened)

    def _opening(self) -> _Open | None:
        """Read the start of an array or object, where one stands here."""
        if match := self._match(_ARRAY):
            return _Open(int(match[1]))
        if match := self._match(_OBJECT):
            return _Open(int(match[2]), class_name=_text(match[1]))
        return None

    def _read_key(self, opened: _Open) -> None:
        key = self._key()
        is_property = opened.class_name is not None
        opened.key = key if is_property or isinstance(key, int) else php_key(key)
        opened.is_waiting = True

    def _key(self) -> int | str:
        self._elements -= 1
        if self._elements < 0:
            raise self._error("more elements than the cap allows")
        if match := self._match(_INT_KEY):
            return int(match[1])
        match = self._match(_STRING)
        if match is None:
            raise self._error("a key is missing")
        return self._string(match, _AFTER_KEY)

    def _value(self, after: re.Pattern[bytes]) -> Value:
        if match := self._match(_STRING):
            return self._string(match, after)
        if match := self._match(_SCALAR):
            return self._scalar(match)
        if match := self._match(_REFERENCE):
            return {TAG: "reference", "slot": int(match[1])}
        if match := self._match(_ENUM):
            return {TAG: "enum", "class": _text(match[1]), "case": _text(match[2])}
        if match := self._match(_CUSTOM):
            return self._custom(match)
        raise self._error("a value is missing")

    def _scalar(self, match: re.Match[bytes]) -> Value:
        kind = match.lastgroup or ""
        try:
            return _SCALARS[kind](match[kind])
        except ValueError as error:  # 1.2.3
            raise self._error("a number is none") from error

    def _custom(self, match: re.Match[bytes]) -> Value:
        end = self._at + int(match[2])
        if self._data[end : end + 1] != b"}":
            raise self._error("a custom object's length does not fit")
        data = _text(self._data[self._at : end])
        self._at = end + 1
        return {TAG: "custom", "class": _text(match[1]), "data": data}

    def _string(self, match: re.Match[bytes], after: re.Pattern[bytes]) -> str:
        start, size = match.end(), int(match[2])
        is_escaped = match[1] == b"S"
        end = self._escaped_end(start, size) if is_escaped else start + size
        if self._data[end : end + 2] != b'";':
            end = self._found_end(start, size, after)
        text = self._data[start:end]
        self._at = end + 2
        if is_escaped:
            text = _ESCAPE.sub(lambda hexes: bytes.fromhex(hexes[1].decode()), text)
        return _text(text)

    def _escaped_end(self, start: int, size: int) -> int:
        """Where a string ends in which a backslash and two hex digits are one byte."""
        at, end = start, start + size
        self._patience -= min(end, len(self._data)) - start
        if self._patience < 0:
            return end
        while (mark := self._data.find(b"\\", at, end)) >= 0:
            at = mark + 3
            end += 2
        return end

    def _found_end(self, start: int, size: int, after: re.Pattern[bytes]) -> int:
        """Where a string ends whose length does not fit."""
        end = self._end_by_line_ends(start, size, after)
        if end >= 0:
            self.fit = max(self.fit, Fit.LINE_ENDS)
            return end
        end = self._data.find(b'";', start)
        while end >= 0 and not after.match(self._data, end + 2):
            end = self._data.find(b'";', end + 1)
        if end < 0:
            raise self._error("a string does not end")
        self.fit = Fit.GUESSED
        return end

    def _end_by_line_ends(self, start: int, size: int, after: re.Pattern[bytes]) -> int:
        """Where it ends if any of its line ends count two; -1 where nowhere."""
        data, last = self._data, min(start + size, len(self._data))
        at = start + size // 2
        self._patience -= max(0, last - start)
        if self._patience < 0 or at > last:
            return -1
        lines = data.count(b"\n", start, at)
        while (end := data.find(b'";', at, last + 2)) >= 0:
            lines += data.count(b"\n", at, end)
            if end - start + lines >= size and after.match(data, end + 2):
                return end
            at = end + 1
        return -1


def _text(data: bytes) -> str:
    """Decode; a wrong length can cut a character in two."""
    return data.decode("utf-8", "replace")


def php_key(key: str) -> int | str:
    """Give the key of an array that PHP makes of a text."""
    if _INT_LIKE.match(key) and int(key) in _INT_RANGE:
        return int(key)
    return key
