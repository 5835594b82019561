"""The text of a leaf to the value of its field: one function per kind of field.

Each gives the value, None where the text is empty, or raises `ValueError` where the
text does not fit; the text is then kept in `extra`.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias

from wxr.diagnostics import Code
from wxr.parser import dates

Convert: TypeAlias = Callable[[str], Any]

_LONGEST_NUMBER: Final = 18
"""Digits that surely fit a database's 64 bits."""
_LEAST: Final = -(1 << 63)
_MOST: Final = (1 << 63) - 1

_COMMENT_STATUS: Final[Mapping[str, str]] = {"1": "approved", "0": "hold"}
"""The values of `wp:comment_approved` that have a name in WordPress' REST API."""


def number(text: str) -> int | None:
    """Read a whole number, as PHP writes it."""
    if text.isdecimal() and text.isascii() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    text = text.strip()
    if not text:
        return None
    digits = text.removeprefix("-")
    is_number = digits.isdecimal() and digits.isascii()
    # WordPress.com wrote the largest of 64 bits for parents that it did not know.
    if (
        is_number
        and len(digits) <= _LONGEST_NUMBER + 1
        and _LEAST <= int(text) <= _MOST
    ):
        return int(text)
    raise ValueError(text)


def reference(text: str) -> int | None:
    """Read an id that may be 0, which is none."""
    return None if text == "0" else number(text) or None


def flag(text: str) -> bool:
    """Read `0` or `1`."""
    text = text.strip()
    if text not in {"", "0", "1"}:
        raise ValueError(text)
    return text == "1"


@lru_cache(maxsize=256)
def comment_type(text: str) -> str:
    """Read a comment's type, which WordPress left empty for comments until 5.5."""
    return text.strip() or "comment"


@lru_cache(maxsize=256)
def comment_status(text: str) -> str:
    """Read `wp:comment_approved`."""
    text = text.strip()
    return _COMMENT_STATUS.get(text, text)


@lru_cache(maxsize=256)
def taxonomy(text: str) -> str:
    """Read a taxonomy; WXR 1.0 calls the tags' one `tag`."""
    text = text.strip()
    return "post_tag" if text == "tag" else text or "category"


# White space around a token is a formatter's; in all other text it is the writer's.
token: Final[Convert] = str.strip
verbatim: Final[Convert] = str

_NUMBERS: Final = frozenset({"id", "menu_order", "parent", "sticky", "user_id"})


def misfit(name: str, text: str) -> Code:
    """Say what kind of problem it is that a text does not fit its field."""
    if name in _NUMBERS:
        return Code.BAD_NUMBER
    return Code.ZERO_DATE if dates.is_zero(text) else Code.BAD_DATE


SITE: Final[Mapping[str, Convert]] = {
    "title": verbatim,
    "link": token,
    "description": verbatim,
    "language": token,
    "pub_date": dates.rfc_822,
    "wxr_version": token,
    "base_site_url": token,
    "base_blog_url": token,
    "generator": token,
}

AUTHOR: Final[Mapping[str, Convert]] = {
    "id": number,
    "login": token,
    "email": token,
    "display_name": verbatim,
    "first_name": verbatim,
    "last_name": verbatim,
}

TERM: Final[Mapping[str, Convert]] = {
    "id": number,
    "taxonomy": token,
    "slug": token,
    "name": verbatim,
    "parent": token,
    "description": verbatim,
}

POST: Final[Mapping[str, Convert]] = {
    "id": number,
    "type": token,
    "status": token,
    "title": verbatim,
    "slug": token,
    "link": token,
    "guid": token,
    "author": token,
    "date": dates.local,
    "date_gmt": dates.gmt,
    "modified": dates.local,
    "modified_gmt": dates.gmt,
    "pub_date": dates.rfc_822,
    "content": verbatim,
    "excerpt": verbatim,
    "comment_status": token,
    "ping_status": token,
    "parent": reference,
    "menu_order": number,
    "password": verbatim,
    "sticky": flag,
    "attachment_url": token,
    "description": verbatim,
}

COMMENT: Final[Mapping[str, Convert]] = {
    "id": number,
    "type": comment_type,
    "author_name": verbatim,
    "author_email": token,
    "author_url": token,
    "author_ip": token,
    "date": dates.local,
    "date_gmt": dates.gmt,
    "content": verbatim,
    "status": comment_status,
    "parent": reference,
    "user_id": reference,
}
