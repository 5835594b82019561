"""Tags and references that are written as editors write them.

What browsers might read another way is `Unusual`: then their algorithm has the word.
"""

from collections.abc import Mapping
from html import unescape
from html.entities import html5
from re import Match, compile as pattern
from types import MappingProxyType
from typing import Final, TypeAlias

Attributes: TypeAlias = Mapping[str, str]

_ATTRIBUTE: Final = (
    r"""[ \t\n\f]++([a-z][a-z0-9_:.-]*+)(?:=(?:"([^"<>]*+)"|'([^'<>]*+)'))?+"""
)
NONE: Final[Attributes] = MappingProxyType({})
"""The attributes of a tag without any."""

_EACH: Final = pattern(_ATTRIBUTE)
_ALL: Final = pattern(rf"(?:{_ATTRIBUTE})*+[ \t\n\f]*+/?")
# Numbers that stand for nothing, or nothing that can be shown.
_ODD_NUMBER: Final = pattern(
    r"&#(?!0*+(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6]|1[3-9]\d|[2-9]\d\d|[1-9]\d{3}|[1-5]\d{4}"
    r"|12[89]\d{3})(?!\d))"
)
# In an attribute, a reference without `;` depends on what follows it.
_LOOSE: Final = pattern(r"&(?:[A-Za-z][A-Za-z0-9]*+(?![;=])|#[0-9]*+(?!;))")
_REFERENCE: Final = pattern(r"&(?:#[0-9]+|[A-Za-z][A-Za-z0-9]*+);")


class Unusual(Exception):  # noqa: N818  no error: the long way is taken
    """A fragment has something that takes a parser."""


def name_of(tag: str) -> str:
    """Give the name of an opening tag."""
    return tag.partition(" ")[0]


def attributes_of(tag: str) -> Attributes:
    """Read the attributes of a tag; of two with one name, browsers take the first."""
    start = tag.find(" ")
    if start < 0:
        return NONE
    if not _ALL.fullmatch(tag, start):
        raise Unusual
    found: dict[str, str] = {}
    for key, double, single in _EACH.findall(tag, start):
        if key not in found:
            value = double or single
            found[key] = _value(value) if "&" in value else value
    return found


def _value(text: str) -> str:
    if _LOOSE.search(text) or _ODD_NUMBER.search(text):
        raise Unusual
    return _REFERENCE.sub(_meant, text)


def _meant(found: Match[str]) -> str:
    name = found[0][1:]
    return unescape(found[0]) if name[0] == "#" else html5.get(name, found[0])


def text_of(html: str) -> str:
    """Give the text that HTML without tags shows."""
    if "&" not in html:
        return html
    if "&#" in html and _ODD_NUMBER.search(html):
        raise Unusual
    return unescape(html)
