"""Items exactly as WordPress writes them, read without an XML parser.

WordPress writes every item by one template, and most exports hold nothing else. Such
an item is read by the patterns of that template, in half the time that a parser and a
walk over its tree take. They match only what is well-formed beyond doubt: the known
elements in the template's order, text without markup, CDATA that ends where it should,
UTF-8 of characters that XML allows. All else, and all that needs a word to the user,
is left to the parser. So the two give the same records; the tests hold them against
each other.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

from wxr.model import Comment, Meta, Post, TermRef
from wxr.parser import dates, elements, values
from wxr.parser.envelope import Envelope
from wxr.parser.making import make_comment, make_post

Leaves: TypeAlias = tuple[tuple[str, values.Convert], ...]
"""Fields and what converts their text, in the order of a pattern's groups."""

# The template of export.php; what it gained over the years may be missing.
IN_ITEM: Final = (
    *("title", "link", "pubDate", "dc:creator", "guid", "description"),
    *("content:encoded", "excerpt:encoded", "wp:post_id"),
    *("wp:post_date", "wp:post_date_gmt", "wp:post_modified", "wp:post_modified_gmt"),
    *("wp:comment_status", "wp:ping_status", "wp:post_name", "wp:status"),
    *("wp:post_parent", "wp:menu_order", "wp:post_type", "wp:post_password"),
    *("wp:is_sticky", "wp:attachment_url"),
)
IN_COMMENT: Final = (
    *("wp:comment_id", "wp:comment_author", "wp:comment_author_email"),
    *("wp:comment_author_url", "wp:comment_author_IP"),
    *("wp:comment_date", "wp:comment_date_gmt", "wp:comment_content"),
    *("wp:comment_approved", "wp:comment_type", "wp:comment_parent"),
    "wp:comment_user_id",
)

# No pattern looks for control characters: an item that has any is not matched at all.
_CONTROLS: Final = bytes({*range(0x20)} - {*b"\t\n"})  # with CR, which a parser folds
SPACE: Final = r"[ \t\n]*+"
PLAIN: Final = r"[^\]]*+"
_CDATA: Final = rf"<!\[CDATA\[({PLAIN}(?:\](?!\]>){PLAIN})*+)\]\]>"
_TEXT: Final = r"([^<\]]*+)"
_ATTRIBUTE: Final = r'"([^"<\t\n]*+)"'


def leaf(name: str) -> str:
    """A leaf that may be missing; its text is one of two groups."""
    return f"(?:{SPACE}{start_tag(name)}(?:{_CDATA}|{_TEXT})</{name}>)?+"


def start_tag(name: str) -> str:
    """Give the pattern of a leaf's start tag; a guid has an attribute."""
    attribute = ' isPermaLink="(?:true|false)"' if name == "guid" else ""
    return f"<{name}{attribute}>"


def _meta(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"{SPACE}<{name}>"
        rf"{SPACE}<wp:meta_key>(?:{_CDATA}|{_TEXT})</wp:meta_key>"
        rf"{SPACE}<wp:meta_value>{_CDATA}</wp:meta_value>"
        rf"{SPACE}</{name}>"
    )


_ITEM: Final = re.compile("<item>" + "".join(map(leaf, IN_ITEM)))
_ITEM_END: Final = re.compile(rf"{SPACE}</item>\Z")
_TERM: Final = re.compile(
    rf"{SPACE}<category domain={_ATTRIBUTE} nicename={_ATTRIBUTE}>{_CDATA}</category>"
)
_COMMENT: Final = re.compile(rf"{SPACE}<wp:comment>" + "".join(map(leaf, IN_COMMENT)))
_COMMENT_END: Final = re.compile(rf"{SPACE}</wp:comment>")
_POST_META: Final = _meta("wp:postmeta")
_COMMENT_META: Final = _meta("wp:commentmeta")


def leaves_of(
    names: Sequence[str],
    fields: Mapping[str, str],
    converts: Mapping[str, values.Convert],
) -> Leaves:
    return tuple((fields[name], converts[fields[name]]) for name in names)


_POST_LEAVES: Final = leaves_of(IN_ITEM, elements.POST, values.POST)
_COMMENT_LEAVES: Final = leaves_of(IN_COMMENT, elements.COMMENT, values.COMMENT)

_REFERENCE: Final = re.compile("&(?:#([0-9]{2,7})|(amp|lt|gt|quot|apos));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LAST_BEFORE_SURROGATES: Final = 0xD7FF
_USUAL_NAMES: Final = {
    "wp": "wp:post_id",
    "dc": "dc:creator",
    "content": "content:encoded",
    "excerpt": "excerpt:encoded",
}


class _UnusualError(ValueError):
    """It is not as WordPress writes it; caught here."""


@lru_cache(maxsize=64)
def are_names_usual(envelope: Envelope) -> bool:
    """Say whether the usual prefixes are bound as usual in an envelope."""
    bindings = envelope.bindings
    return b"" not in bindings and all(
        elements.short_name(_expanded(bindings[prefix.encode()], name)) == name
        for prefix, name in _USUAL_NAMES.items()
    )


def _expanded(uri: bytes, name: str) -> str:
    return f"{{{uri.decode('utf-8', 'replace')}}}{name.partition(':')[2]}"


def post(data: bytes) -> Post | None:
    """Read an item whose names are usual; None where anything else is not."""
    try:
        text = decoded(data)
        match = _ITEM.match(text)
        return _post(text, match) if match else None
    except ValueError:  # of UTF-8, of a number, of a date, or unusual
        return None


def decoded(data: bytes) -> str:
    """Decode an item.

    Raises:
        ValueError: It is not UTF-8, or has what are no characters of XML.
    """
    if len(data.translate(None, _CONTROLS)) < len(data):
        raise _UnusualError
    text = data.decode()
    if not text.isascii() and ("\ufffe" in text or "\uffff" in text):
        raise _UnusualError
    return text


def _post(text: str, match: re.Match[str]) -> Post:
    found = found_in(match, _POST_LEAVES)
    if not found.get("type") or _needs_a_word(found):
        raise _UnusualError
    if found.get("menu_order", 0) is None:
        found["menu_order"] = 0
    terms, at = _terms(text, match.end())
    meta, at = post_metas(text, at)
    comments, at = _comments(text, at)
    _past(_ITEM_END, text, at)
    return make_post(**found, terms=terms, meta=meta, comments=comments)


def _needs_a_word(found: dict[str, Any]) -> bool:
    """Say whether the parser would report or set aside what was found."""
    stamp = found.get("pub_date")
    return (
        found.get("id") is None
        or bool(found.pop("description", None))
        or (stamp is not None and dates.is_made_up(stamp))
    )


def _terms(text: str, at: int) -> tuple[tuple[TermRef, ...], int]:
    terms = []
    while match := _TERM.match(text, at):
        domain, slug, name = match.groups()
        taxonomy = values.taxonomy(_unescaped(domain))
        terms.append(TermRef(taxonomy=taxonomy, slug=_unescaped(slug), name=name))
        at = match.end()
    return tuple(terms), at


def post_metas(text: str, at: int) -> tuple[tuple[Meta, ...], int]:
    """Read an item's custom fields from a position on; gives where they end, too."""
    return _metas(_POST_META, text, at)


def _metas(
    pattern: re.Pattern[str], text: str, at: int
) -> tuple[tuple[Meta, ...], int]:
    metas = []
    while match := pattern.match(text, at):
        key, plain, value = match.groups()
        metas.append(Meta(key=_unescaped(plain) if key is None else key, value=value))
        at = match.end()
    return tuple(metas), at


def _comments(text: str, at: int) -> tuple[tuple[Comment, ...], int]:
    comments = []
    while match := _COMMENT.match(text, at):
        found = found_in(match, _COMMENT_LEAVES)
        if found.get("id") is None:
            raise _UnusualError
        meta, at = _metas(_COMMENT_META, text, match.end())
        at = _past(_COMMENT_END, text, at)
        comments.append(make_comment(**found, meta=meta))
    return tuple(comments), at


def found_in(match: re.Match[str], leaves: Leaves) -> dict[str, Any]:
    """Give the fields of a match's leaves, without those that are missing."""
    found: dict[str, Any] = {}
    groups = iter(match.groups())
    for (name, convert), cdata, text in zip(leaves, groups, groups, strict=True):
        if cdata is not None:
            found[name] = convert(cdata)
        elif text is not None:
            found[name] = convert(_unescaped(text) if "&" in text else text)
    return found


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    if match is None:
        raise _UnusualError
    return match.end()


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    unescaped, count = _REFERENCE.subn(_character, text)
    if count != text.count("&"):
        raise _UnusualError
    return unescaped


def _character(reference: re.Match[str]) -> str:
    number, name = reference.groups()
    if name is not None:
        return _NAMED[name]
    if not ord(" ") <= int(number) <= _LAST_BEFORE_SURROGATES:
        raise _UnusualError
    return chr(int(number))
