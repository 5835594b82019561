"""Messages of PHP that were printed into an export while it was written.

WordPress writes an export straight to the output, so a site that displays errors has
them in it: before the declaration, between elements, and since PHP 8.1 (arguments
that are null) right before the CDATA section of a value.
"""

import re
from typing import Final

from wxr.parser.repair.names import NUMBERS

_LEVELS: Final = (
    rb"(?:(?:Recoverable\ fatal|Catchable\ fatal|Fatal|Parse|Core|Compile)\ error"
    rb"|(?:User\ |Core\ |Compile\ )?(?:Notice|Warning|Deprecated|Error)"
    rb"|Strict\ Standards)"
)

NOTICE: Final = re.compile(
    rb"""
    (?:<br\s?/?>\s{0,8})?
    <b>"""
    + _LEVELS
    + rb"""</b>:\s
    # The message, perhaps with a stack trace, but with no tag of an export.
    (?:[^<]|<(?!b>|!|/?(?:item|title)>|/?[a-z]{1,9}:))*+
    (?<=\ in\ )<b>[^<\n]{1,1024}</b>\ on\ line\ <b>\d{1,9}</b>
    (?:<br\s?/?>)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""As PHP prints it with `html_errors`, which is its default on the web."""

_PLAIN: Final = (
    rb"""
    (?:PHP\ )?"""
    + _LEVELS
    + rb""":\s\s?
    [^\n<]{0,8192}?
    \ on\ line\ \d{1,9}\b
    """
)
PLAIN_NOTICE: Final = re.compile(_PLAIN, re.VERBOSE)
"""As PHP prints it without; looked for only where no text can stand."""

_NUMBER: Final = rb"-?\d{1,20}\s*+</"
NUMBER: Final = re.compile(_NUMBER)
"""A number alone, which no text of an author stands before in a leaf of numbers."""

_OF_NUMBERS: Final = "|".join(sorted(each.partition(":")[2] for each in NUMBERS))
_BEFORE_VALUE: Final = re.compile(
    rb"""
    <(?:[A-Za-z_][\w.\-]*+:)?+
    (?:(?P<number>"""
    + _OF_NUMBERS.encode()
    + rb""")|[A-Za-z_][\w.\-]*+)>\s*+
    (?:"""
    + _PLAIN
    + rb"""\s*+)++
    (?:<!\[CDATA\[|(?(number)"""
    + _NUMBER
    + rb"""|(?!)))
    """,
    re.VERBOSE,
)

_CUT_OFF: Final = re.compile(
    rb"(?:<br\s?/?>\s{0,8})?<b>(?:Fatal|Parse)\ error</b>:", re.VERBOSE | re.IGNORECASE
)
_LAST_WORDS: Final = 16384


def match_at(data: bytes, at: int, *, plain: bool) -> re.Match[bytes] | None:
    """Match a notice at a position; a plain one only where no text can stand."""
    return NOTICE.match(data, at) or (PLAIN_NOTICE.match(data, at) if plain else None)


def may_have_notice(data: bytes) -> bool:
    """Say, cheaply, whether a notice may stand in a slice."""
    return b" on line " in data


def has_notice(data: bytes) -> bool:
    """Say whether a notice stands in a slice, be it in CDATA."""
    return may_have_notice(data) and NOTICE.search(data) is not None


def has_plain_notice(data: bytes) -> bool:
    """Say whether a plain notice stands before a value, which XML takes for part of it.

    It may be in CDATA, as text; what repairs the slice tells one from the other.
    """
    return may_have_notice(data) and _BEFORE_VALUE.search(data) is not None


def last_words(data: bytes) -> int | None:
    """Position of the fatal error that an export breaks off with, if it does."""
    match = None
    for each in _CUT_OFF.finditer(data, max(0, len(data) - _LAST_WORDS)):
        match = each
    return match.start() if match else None
