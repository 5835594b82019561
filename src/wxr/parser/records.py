"""Elements to records: one pass over the children, a dict from tag to field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from lxml import etree

from wxr.diagnostics import Code
from wxr.model import Author, Comment, Meta, Post, Site, Term, TermRef
from wxr.parser import dates, elements
from wxr.parser.irregular import Element, IrregularError

_CHANNEL: Final = elements.Fields(elements.CHANNEL)
_AUTHOR: Final = elements.Fields(elements.AUTHOR)
_TERM: Final = elements.Fields(elements.TERM)
_POST: Final = elements.Fields(elements.POST)
_COMMENT: Final = elements.Fields(elements.COMMENT)
_META: Final = elements.Fields(elements.META)

# White space around these is a formatter's; in all other text it is the writer's.
_SITE_TOKENS: Final = (
    "link", "language", "pub_date", "wxr_version", "base_site_url", "base_blog_url",
    "generator",
)  # fmt: skip
_AUTHOR_TOKENS: Final = ("login", "email")
_TERM_TOKENS: Final = ("taxonomy", "slug", "parent")
_POST_TOKENS: Final = (
    "type", "status", "slug", "link", "guid", "author", "comment_status",
    "ping_status", "attachment_url", "pub_date", "sticky",
)  # fmt: skip
_COMMENT_TOKENS: Final = (
    "type", "status", "author_email", "author_url", "author_ip",
)  # fmt: skip
_SPACE: Final = " \t\r\n"

_COMMENT_STATUS: Final[Mapping[str, str]] = {"1": "approved", "0": "hold"}
"""The values of `wp:comment_approved` that have a name in WordPress' REST API."""

_COMMENTS_PER_ITEM: Final = 1 << 20
"""For made-up ids: comments of one item do not meet those of the next."""

_LONGEST_NUMBER: Final = 19
"""One digit more than surely fits a database's 64 bits."""


@dataclass(slots=True)
class Oddities:
    """What a record has besides its fields."""

    extra: list[tuple[str, str]] = field(default_factory=list)
    """What has no field, for the record's own `extra`."""
    problems: list[tuple[Code, str, int]] = field(default_factory=list)
    """Code, message, and line in the parsed batch (0 where it is not known)."""


class _Reading:
    """One record while it is read."""

    __slots__ = ("children", "extra", "fields", "meta", "problems", "values")

    def __init__(
        self, children: Iterable[Element], fields: elements.Fields, odd: Oddities
    ) -> None:
        self.children, self.fields = children, fields
        self.extra, self.problems = odd.extra, odd.problems
        self.values: dict[str, Any] = {}
        self.meta: list[Meta] = []

    def report(self, code: Code, message: str, name: str | None = None) -> None:
        """Note a problem at the field's element, which is looked up only now."""
        lines = [child.sourceline for child in self.children
                 if name is None or self.fields[child.tag] == name]  # fmt: skip
        self.problems.append((code, message, (lines[0] if lines else 0) or 0))

    def set_aside(self, name: str, text: str, code: Code) -> None:
        """Keep a text that does not fit its field, and say so."""
        self.extra.append((name, text))
        self.report(code, f"{name} is {text[:40]!r}", name)


def site(scalars: Iterable[Element], odd: Oddities) -> Site:
    """Read the channel's own elements, or some of them."""
    reading = _read(scalars, _CHANNEL, odd)
    _strip(reading, _SITE_TOKENS)
    _convert(reading, "pub_date", dates.rfc_822)
    return Site(**reading.values, extra=tuple(odd.extra))


def author(element: Element, odd: Oddities) -> Author:
    """Read a `wp:author`."""
    reading = _read(element, _AUTHOR, odd)
    _strip(reading, _AUTHOR_TOKENS)
    reading.values["id"] = _integer(reading, "id")
    return Author(**reading.values, extra=tuple(odd.extra))


def term(element: Element, taxonomy: str, odd: Oddities) -> Term:
    """Read a `wp:category`, `wp:tag` or `wp:term`.

    Args:
        element: It.
        taxonomy: What it is of where it does not say so itself.
        odd: Takes what is odd about it.
    """
    reading = _read(element, _TERM, odd)
    _strip(reading, _TERM_TOKENS)
    values = reading.values
    values["id"] = _integer(reading, "id")
    values["taxonomy"] = values.get("taxonomy") or taxonomy
    return Term(**values, meta=tuple(reading.meta), extra=tuple(odd.extra))


def post(element: Element, number: int, odd: Oddities) -> Post:
    """Read an `<item>` with all its terms, metas and comments.

    Args:
        element: It.
        number: Of the item in file order; made-up ids come from it.
        odd: Takes what is odd about it.
    """
    reading = _Reading(element, _POST, odd)
    values, meta = reading.values, reading.meta
    terms: list[TermRef] = []
    comments: list[Comment] = []
    _require_no_text(element)
    for child in element:
        if (tail := child.tail) and not tail.isspace():
            raise IrregularError
        name = _POST[child.tag]
        if name == "meta":
            meta.append(_meta(child, odd))
        elif name == "comments":
            comments.append(_comment(child, number, len(comments), odd))
        elif name == "terms":
            terms.append(_term_ref(child))
        elif name is None:
            comments.extend(_foreign(child, number, len(comments), odd))
        else:
            if len(child) or child.keys():
                _require_regular(child, name)
            if name in values:
                _put_again(reading, name, child.text or "")
            else:
                values[name] = child.text or ""
    _convert_post(reading, number)
    return Post(
        **values,
        terms=_without_doubles(terms),
        meta=tuple(meta),
        comments=tuple(comments),
        extra=tuple(odd.extra),
    )


def _convert_post(reading: _Reading, number: int) -> None:
    values = reading.values
    _strip(reading, _POST_TOKENS)
    _convert(reading, "date", dates.local)
    _convert(reading, "date_gmt", dates.gmt)
    _convert(reading, "modified", dates.local)
    _convert(reading, "modified_gmt", dates.gmt)
    _convert_pub_date(reading)
    values["id"] = _id(reading, made_up=-number)
    values["parent"] = _integer(reading, "parent") or None
    values["menu_order"] = _integer(reading, "menu_order") or 0
    values["sticky"] = _flag(reading, "sticky")
    # WordPress writes it empty; where another program does not, it is kept.
    if description := values.pop("description", None):
        reading.extra.append(("description", description))
    if not values.get("type"):
        reading.report(Code.MISSING_TYPE, "the item has no post type")


def _comment(element: Element, number: int, before: int, outer: Oddities) -> Comment:
    """Read a `wp:comment`; `before` counts those the item had before it."""
    odd = Oddities(problems=outer.problems)
    _require_no_text(element)
    reading = _read(element, _COMMENT, odd)
    values = reading.values
    _strip(reading, _COMMENT_TOKENS)
    _convert(reading, "date", dates.local)
    _convert(reading, "date_gmt", dates.gmt)
    made_up = -(number * _COMMENTS_PER_ITEM + before + 1)
    values["id"] = _id(reading, made_up=made_up)
    values["parent"] = _integer(reading, "parent") or None
    values["user_id"] = _integer(reading, "user_id") or None
    values["type"] = values.get("type") or "comment"
    if status := values.get("status"):
        values["status"] = _COMMENT_STATUS.get(status, status)
    return Comment(**values, meta=tuple(reading.meta), extra=tuple(odd.extra))


def _foreign(
    element: Element, number: int, before: int, odd: Oddities
) -> list[Comment]:
    """Keep an element without a field; look into a wrapper of comments."""
    if not isinstance(element.tag, str):
        return []
    if elements.short_name(element.tag) != "wp:comments":
        odd.extra.append(_whole(element))
        return []
    comments: list[Comment] = []
    for child in element:
        if _POST[child.tag] == "comments":
            comments.append(_comment(child, number, before + len(comments), odd))
        elif isinstance(child.tag, str):
            odd.extra.append(_whole(child))
    return comments


def _meta(element: Element, odd: Oddities) -> Meta:
    key = value = None
    _require_no_text(element)
    for child in element:
        if len(child) or child.keys() or ((tail := child.tail) and not tail.isspace()):
            raise IrregularError
        name = _META[child.tag]
        if name == "key":
            key = child.text or ""
        elif name == "value":
            value = child.text or ""
        elif isinstance(child.tag, str):
            odd.extra.append(_whole(child))
    return Meta(key=key, value=value)


def _term_ref(element: Element) -> TermRef:
    """Read a `<category>`; WXR 1.0 calls the tags' domain `tag`."""
    if len(element) or len(element.keys()) > len(("domain", "nicename")):
        raise IrregularError
    domain = element.get("domain", "").strip(_SPACE) or "category"
    return TermRef(
        taxonomy="post_tag" if domain == "tag" else domain,
        slug=element.get("nicename"),
        name=element.text or "",
    )


def _without_doubles(terms: list[TermRef]) -> tuple[TermRef, ...]:
    """Drop the bare form of each term: WXR 1.0 writes every term twice."""
    full = {(ref.taxonomy, ref.name) for ref in terms if ref.slug is not None}
    return tuple(
        ref
        for ref in terms
        if ref.slug is not None or (ref.taxonomy, ref.name) not in full
    )


def _read(
    children: Iterable[Element], fields: elements.Fields, odd: Oddities
) -> _Reading:
    """Read scalars and metas; what has no field goes to `extra`."""
    reading = _Reading(children, fields, odd)
    values = reading.values
    for child in children:
        if (tail := child.tail) and not tail.isspace():
            raise IrregularError
        name = fields[child.tag]
        if name == "meta":
            reading.meta.append(_meta(child, odd))
        elif name is None:
            if isinstance(child.tag, str):
                odd.extra.append(_whole(child))
        else:
            if len(child) or child.keys():
                _require_regular(child, name)
            if name in values:
                _put_again(reading, name, child.text or "")
            else:
                values[name] = child.text or ""
    return reading


def _require_no_text(element: Element) -> None:
    """Raise where text stands before the first child."""
    if (text := element.text) and not text.isspace():
        raise IrregularError


def _require_regular(element: Element, name: str) -> None:
    """Raise where a leaf has children or attributes, but for a guid's own."""
    if len(element) or name != "guid" or element.keys() != ["isPermaLink"]:
        raise IrregularError


def _put_again(reading: _Reading, name: str, after: str) -> None:
    """Take the last text that is not empty, as WordPress' own streaming reader does."""
    before = reading.values[name]
    if not after or after == before:
        return
    reading.values[name] = after
    if before:
        reading.extra += [(name, before), (name, after)]
        reading.report(Code.REPEATED_ELEMENT, f"{name} is given twice", name)


def _whole(element: Element) -> tuple[str, str]:
    """Give an element as self-contained XML, with the namespaces it uses itself."""
    text = etree.tostring(element, method="c14n", exclusive=True)
    return str(element.tag), text.decode()


def _strip(reading: _Reading, names: Iterable[str]) -> None:
    values = reading.values
    for name in names:
        if text := values.get(name):
            values[name] = text.strip(_SPACE)


def _convert(
    reading: _Reading, name: str, convert: Callable[[str], datetime | None]
) -> None:
    """Turn a stamp into a date; None, with its text kept, where it is none."""
    text = reading.values.get(name)
    if text is None:
        return
    stamp = reading.values[name] = convert(text)
    if stamp is None and (text := text.strip(_SPACE)):
        is_zero = text.startswith(dates.ZERO)
        reading.set_aside(name, text, Code.ZERO_DATE if is_zero else Code.BAD_DATE)


def _convert_pub_date(reading: _Reading) -> None:
    """The feed's date is made up where WordPress has none: then it is no date."""
    values = reading.values
    text = values.get("pub_date")
    if text and values.get("date_gmt") is None and dates.is_made_up(text):
        values["pub_date"] = None
        reading.extra.append(("pub_date", text))
    else:
        _convert(reading, "pub_date", dates.rfc_822)


def _id(reading: _Reading, *, made_up: int) -> int:
    number = _integer(reading, "id")
    if number is not None:
        return number
    reading.report(Code.MISSING_ID, f"no id, so it was given {made_up}")
    return made_up


def _integer(reading: _Reading, name: str) -> int | None:
    """Give the number a field holds; None, with its text kept, where it is none."""
    text: str | None = reading.values.get(name)
    if not text:
        return None
    if _is_number(text) or _is_number((text := text.strip(_SPACE)).removeprefix("-")):
        return int(text)
    if text:
        reading.set_aside(name, text, Code.BAD_NUMBER)
    return None


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < _LONGEST_NUMBER


def _flag(reading: _Reading, name: str) -> bool:
    text = reading.values.get(name)
    if text not in {None, "", "0", "1"}:
        reading.set_aside(name, text, Code.BAD_NUMBER)
    return text == "1"
