"""What the value of a custom field says, as JSON text to stand beside it as stored.

PHP-serialized values and JSON become JSON; what is neither has no second form. One
level is undone, as WordPress' `get_post_meta` does: a value that was serialized twice
is a text here. What JSON has no word for is a map with the key `$php`, as
`wxr.phpvalue` gives it; here `float` (`value`: `INF`, `-INF` or `NAN`) joins in.
"""

import json
import re
from collections.abc import Iterable
from math import isfinite
from typing import Any, Final

from wxr import phpvalue
from wxr.diagnostics import Code, Diagnostic
from wxr.model import Meta
from wxr.phpvalue import TAG, Fit, PhpValueError, Value

MAX_SIZE: Final = 4 << 20
"""Characters past which a value is left as it is."""
MAX_DEPTH: Final = 64
"""Levels past which a value is left as it is; readers of JSON have limits too."""
MAX_ELEMENTS: Final = 200_000

_LONGEST_KEY: Final = 60
_MAY_BE: Final = re.compile(r"[\s\0]|[A-Za-z][:;]|[\[{]")
"""How what is serialized or JSON begins."""
_ENDS: Final = {"[": "]", "{": "}"}
_SPACE: Final = " \t\r\n"
_BRACKETS: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""Brackets, and texts with what looks like one."""
_STEPS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}
_ENCODE: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":")
).encode


class _LeftError(Exception):
    """A value is left as it is; the message says why."""


def decoded(meta: Meta, found: list[Diagnostic], item: int | None = None) -> str | None:
    """Give a value as JSON text on one line; None where it has no such form.

    Args:
        meta: The custom field.
        found: Takes what could not be decoded, or had to be guessed.
        item: Id of the item that it belongs to.
    """
    value = meta.value
    # This runs for every custom field, and most are short and plain.
    if value is None or not _MAY_BE.match(value):
        return None
    try:
        if phpvalue.is_serialized(value):
            return _from_php(value, meta.key, found, item)
        return _from_json(value) if _looks_like_json(value) else None
    except _LeftError as why:
        found.append(_said(Code.META_NOT_DECODED, meta.key, str(why), item))
        return None


def _said(code: Code, key: str | None, why: str, item: int | None) -> Diagnostic:
    name = "without a key" if key is None else repr(key[:_LONGEST_KEY])
    return Diagnostic(code=code, message=f"custom field {name}: {why}", item=item)


def _looks_like_json(value: str) -> bool:
    text = value.strip(_SPACE)
    return text[-1:] == _ENDS.get(text[:1], "-")


def _require_size(value: str) -> None:
    if len(value) > MAX_SIZE:
        raise _LeftError(f"over {MAX_SIZE:,} characters")


def _from_php(
    value: str, key: str | None, found: list[Diagnostic], item: int | None
) -> str:
    _require_size(value)
    try:
        result = phpvalue.decode(
            value, max_depth=MAX_DEPTH, max_elements=MAX_ELEMENTS, max_size=4 * MAX_SIZE
        )
    except PhpValueError as error:
        raise _LeftError(str(error)) from error
    if result.fit is Fit.GUESSED:
        why = "lengths in it are wrong; where its texts end was guessed"
        found.append(_said(Code.META_GUESSED, key, why, item))
    return _ENCODE(result.value if result.is_plain else _plain(result.value))


def _plain(value: Value) -> Any:  # noqa: ANN401  whatever JSON has
    """Give a decoded value without what JSON lacks. As deep as `MAX_DEPTH` at most."""
    match value:
        case float() if not isfinite(value):
            name = "NAN" if value != value else "INF" if value > 0 else "-INF"  # noqa: PLR0124  only NaN differs from itself
            return {TAG: "float", "value": name}
        case list():
            return [_plain(each) for each in value]
        case dict():
            return _members(value.items())
        case _:
            return value


def _members(items: Iterable[tuple[int | str, Value]]) -> Any:  # noqa: ANN401
    """Give a map; as pairs, where an int and a text are one name in JSON."""
    pairs = [(key, _plain(each)) for key, each in items]
    members = {str(key): each for key, each in pairs}
    if len(members) < len(pairs):
        return {TAG: "array", "items": [list(pair) for pair in pairs]}
    return members


def _from_json(value: str) -> str | None:
    """Give JSON on one line. What only begins and ends like JSON is text."""
    _require_size(value)
    if nesting(value) > MAX_DEPTH:
        raise _LeftError(f"nested deeper than {MAX_DEPTH}")
    try:
        # A number like 1e999 is read as infinite, which the encoder refuses.
        return _ENCODE(json.loads(value))
    except ValueError:
        return None


def nesting(text: str, limit: int = MAX_DEPTH) -> int:
    """Give how many brackets are open at once, without reading the JSON.

    Where there are no more than `limit` in all, their number is enough to know.
    """
    most = text.count("[") + text.count("{")
    if most <= limit:
        return most
    open_now = deepest = 0
    for mark in _BRACKETS.finditer(text):
        open_now += _STEPS.get(mark[0], 0)
        deepest = max(deepest, open_now)
    return deepest
