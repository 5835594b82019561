"""The outline of an item as WordPress writes it: what other pages must know of it.

The pass that makes the site index reads every item and uses little of it. So here the
template of `usual` is matched to its end, as strictly, but nothing is made of what no
index keeps: bodies, dates, terms, comments, and custom fields of all but attachments.
An item that is damaged anywhere is left to those who read it whole, and what they give
is what an outline would say.
"""

import re
from typing import Final

from wxr.model import Post
from wxr.parser import elements, usual, values
from wxr.parser.making import make_post
from wxr.parser.usual import IN_COMMENT, IN_ITEM, PLAIN, SPACE

_KEPT: Final = (
    *("title", "link", "dc:creator", "wp:post_id", "wp:post_name", "wp:status"),
    *("wp:post_parent", "wp:menu_order", "wp:post_type", "wp:post_password"),
    *("wp:attachment_url", "guid", "excerpt:encoded"),
)
_READ_WHOLE: Final = frozenset({"nav_menu_item", "wp_block"})
"""Types of which the index keeps more: terms and custom fields, a body."""
_WITH_META: Final = "attachment"
"""The type of which it keeps custom fields, too."""

_REFERENCE: Final = "&(?:amp|lt|gt|quot|#03[89]);"
"""Those that WordPress writes."""


def _text(but: str) -> str:
    """Text that is well-formed beyond doubt, without some signs."""
    plain = rf"[^&<{but}]*+"
    return f"{plain}(?:{_REFERENCE}{plain})*+"


_IN_LEAF: Final = _text(r"\]")
_IN_ATTRIBUTE: Final = _text(r'"\t\n')
_CDATA: Final = rf"<!\[CDATA\[{PLAIN}(?:\](?!\]>){PLAIN})*+\]\]>"
_EITHER: Final = f"(?:{_CDATA}|{_IN_LEAF})"
_TERM: Final = (
    f'{SPACE}<category domain="{_IN_ATTRIBUTE}" nicename="{_IN_ATTRIBUTE}">'
    f"{_CDATA}</category>"
)


def _passed(name: str) -> str:
    """A leaf that may be missing, and of which nothing is kept."""
    return f"(?:{SPACE}{usual.start_tag(name)}{_EITHER}</{name}>)?+"


def _meta(name: str) -> str:
    return (
        f"{SPACE}<{name}>"
        f"{SPACE}<wp:meta_key>{_EITHER}</wp:meta_key>"
        f"{SPACE}<wp:meta_value>{_CDATA}</wp:meta_value>"
        f"{SPACE}</{name}>"
    )


def _each(pattern: str) -> str:
    return f"(?:{pattern})*+"


_COMMENT: Final = (
    f"{SPACE}<wp:comment>{''.join(map(_passed, IN_COMMENT))}"
    f"{_each(_meta('wp:commentmeta'))}{SPACE}</wp:comment>"
)
_ITEM: Final = re.compile(
    "<item>"
    + "".join(usual.leaf(name) if name in _KEPT else _passed(name) for name in IN_ITEM)
)
_TERMS: Final = re.compile(_each(_TERM))
_METAS: Final = re.compile(_each(_meta("wp:postmeta")))
_REST: Final = re.compile(f"{_each(_COMMENT)}{SPACE}</item>")
_LEAVES: Final = usual.leaves_of(
    [name for name in IN_ITEM if name in _KEPT], elements.POST, values.POST
)


def post(data: bytes) -> Post | None:
    """Outline an item whose names are usual, or read it whole; None as for `usual`."""
    try:
        text = usual.decoded(data)
        match = _ITEM.match(text)
        outline = _post(text, match) if match else None
    except ValueError:  # of UTF-8, of a number, or unusual
        return None
    return outline or usual.post(data)


def _post(text: str, match: re.Match[str]) -> Post | None:
    found = usual.found_in(match, _LEAVES)
    kind = found.get("type")
    if not kind or kind in _READ_WHOLE or found.get("id") is None:
        return None
    if found.get("menu_order", 0) is None:
        found["menu_order"] = 0
    at = _past(_TERMS, text, match.end())
    if kind == _WITH_META:
        found["meta"], at = usual.post_metas(text, at)
    else:
        at = _past(_METAS, text, at)
    return make_post(**found) if _REST.fullmatch(text, at) else None


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Give where a pattern ends that may match nothing."""
    match = pattern.match(text, at)
    return match.end() if match else at
