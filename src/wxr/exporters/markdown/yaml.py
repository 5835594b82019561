"""Values as YAML that parsers of YAML 1.1 and 1.2 read the same.

A JSON string is a double-quoted YAML scalar, so the quoting is `json`'s; what YAML
finds special beside that is written as an escape. Only words that no version takes
for anything but a string stand unquoted.
"""

import json.encoder
from collections.abc import Iterable
from functools import lru_cache
from re import ASCII, Match, compile as pattern
from typing import Final, TypeAlias

Scalar: TypeAlias = str | int | bool | None

# Letters first: no number, date or sexagesimal of YAML 1.1 begins so.
_WORD: Final = pattern(r"[A-Za-z][A-Za-z0-9_-]*", ASCII)
_NO_STRINGS: Final = frozenset(
    {"false", "n", "no", "null", "off", "on", "true", "y", "yes"}
)
"""Words that one version or the other takes for a boolean or null."""

# DEL, C1 (with NEL), line separators, BOM, lone surrogates, noncharacters: parsers
# refuse them, take them for line ends, or drop them, unless they are escaped.
_SPECIAL: Final = pattern("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")

json_string: Final = json.encoder.encode_basestring
"""Gives a string as JSON. `json.dumps` makes an encoder for each."""

_LONGEST_KEY: Final = 120
"""Characters; past 1,024 a parser takes a key only in its explicit form."""


def scalar(value: Scalar) -> str:
    """Give a value as a YAML scalar, on one line."""
    if isinstance(value, str):
        return text(value)
    return str(value) if type(value) is int else json.dumps(value)


def text(value: str) -> str:
    """Give a string: plain where that is safe beyond doubt, else quoted."""
    if _WORD.fullmatch(value) and value.casefold() not in _NO_STRINGS:
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """Give a string as a double-quoted scalar."""
    line = json_string(value)
    return (
        line if line.isascii() and "\x7f" not in line else _SPECIAL.sub(_escape, line)
    )


def pair(key: str, value: Scalar, indent: str = "") -> str:
    """Give a line, or two, of a mapping."""
    if isinstance(value, str):
        return f"{_key(key, indent)} {text(value)}\n"
    return f"{_key(key, indent)} {scalar(value)}\n"


def sequence(key: str, values: Iterable[Scalar], indent: str = "") -> str:
    """Give a key and below it a list of scalars, which must not be empty."""
    lines = "".join(f"{indent}  - {scalar(value)}\n" for value in values)
    return f"{_key(key, indent)}\n{lines}"


def mapping_item(pairs: Iterable[tuple[str, Scalar]], indent: str = "") -> str:
    """Give an item of a list that is a mapping; one without pairs is `{}`."""
    lines = [pair(key, value, f"{indent}  ") for key, value in pairs]
    if not lines:
        return f"{indent}- {{}}\n"
    return f"{indent}- {''.join(lines)[len(indent) + 2 :]}"


def opening(key: str, indent: str = "") -> str:
    """Give the line of a key under which a list or mapping follows."""
    return f"{_key(key, indent)}\n"


def _key(key: str, indent: str) -> str:
    if len(key) > _LONGEST_KEY:
        return f"{indent}? {text(key)}\n{indent}:"
    return f"{indent}{_short_key(key)}:"


@lru_cache(maxsize=256)
def _short_key(key: str) -> str:
    """Give a key, which nearly every item has as well."""
    return text(key)


def _escape(match: Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
