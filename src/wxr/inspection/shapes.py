"""The shape of a custom field's value: what it is, without what it says."""

import json
import re
from collections.abc import Callable
from typing import Final

from wxr.phpvalue import Fit, PhpValueError, Value, decode, is_serialized

_LARGEST: Final = 1 << 18
"""Bytes past which a value is not decoded only to name its shape."""
_MOST_KEYS: Final = 4
_LONGEST_KEY: Final = 24
_URL: Final = re.compile(r"https?://\S{1,2000}\Z", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?\Z")
_NUMBER: Final = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?\Z")
_MARKUP: Final = re.compile(r"<[a-zA-Z/!]")


def shape_of(value: str | None) -> str:
    """Name the shape of a value: `number`, `php list of 3`, `json map: id, …`."""
    if value is None or not value:
        return "empty"
    if len(value) > _LARGEST:
        return "large"
    if is_serialized(value):
        return _php(value)
    if value[0] in "[{" and value[-1] in "]}":
        return _json(value)
    return next((name for is_one, name in _LOOKS if is_one(value)), "text")


_LOOKS: Final[tuple[tuple[Callable[[str], object], str], ...]] = (
    (_NUMBER.match, "number"),
    (_DATE.match, "date"),
    (_URL.match, "url"),
    (_MARKUP.search, "html"),
)


def _php(value: str) -> str:
    try:
        decoded = decode(value, max_elements=10_000)
    except PhpValueError:
        return "php, damaged"
    inner = decoded.value
    if isinstance(inner, str) and is_serialized(inner):
        return "php, serialized twice"
    damage = ", lengths wrong" if decoded.fit is not Fit.EXACT else ""
    return f"php {_name(inner)}{damage}"


def _json(value: str) -> str:
    try:
        return f"json {_name(json.loads(value))}"
    except (ValueError, RecursionError):
        return "text"


def _name(value: Value) -> str:  # noqa: PLR0911  one for each kind
    match value:
        case {"$php": "object", "class": str(name)}:
            return f"object {name[:_LONGEST_KEY]}"
        case {"$php": str(kind)}:
            return kind
        case dict():
            return f"map: {_keys(value)}"
        case list():
            return f"list of {len(value)}" if value else "empty list"
        case str():
            return "text"
        case None:
            return "null"
        case _:
            return type(value).__name__


def _keys(value: dict[int | str, Value]) -> str:
    if all(isinstance(key, int) or key.isdigit() for key in value):
        return "numbers"
    keys = [str(key)[:_LONGEST_KEY] for key in value]
    shown = ", ".join(keys[:_MOST_KEYS])
    return f"{shown}, …" if len(keys) > _MOST_KEYS else shown
