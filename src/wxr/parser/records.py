"""Elements to records: one pass over the children, a dict from tag to field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from wxr.diagnostics import Code
from wxr.model import Author, Comment, Meta, Post, Site, Term, TermRef
from wxr.parser import dates, elements, values
from wxr.parser.irregular import Element, IrregularError, whole
from wxr.parser.making import make_comment, make_post

_Fields: TypeAlias = elements.Fields[values.Convert]

_SITE: Final[_Fields] = elements.Fields(elements.CHANNEL, values.SITE)
_AUTHOR: Final[_Fields] = elements.Fields(elements.AUTHOR, values.AUTHOR)
_TERM: Final[_Fields] = elements.Fields(elements.TERM, values.TERM)
_POST: Final[_Fields] = elements.Fields(elements.POST, values.POST)
_COMMENT: Final[_Fields] = elements.Fields(elements.COMMENT, values.COMMENT)
_META: Final[_Fields] = elements.Fields(elements.META)


_COMMENTS_PER_ITEM: Final = 1 << 20
"""For made-up ids: comments of one item do not meet those of the next."""


@dataclass(slots=True)
class Oddities:
    """What a record has besides its fields."""

    extra: list[tuple[str, str]] = field(default_factory=list)
    """What has no field, for the record's own `extra`."""
    problems: list[tuple[Code, str, int]] = field(default_factory=list)
    """Code, message, and line in the parsed batch (0 where it is not known)."""

    def report(self, code: Code, message: str, element: Element) -> None:
        """Note a problem at an element."""
        self.problems.append((code, message, element.sourceline or 0))


_VERSIONS: Final = frozenset({"1.0", "1.1", "1.2"})


def site(scalars: Sequence[Element], odd: Oddities) -> Site:
    """Read the channel's own elements, or some of them."""
    found, _ = _read(scalars, _SITE, odd)
    if "title" in found or "link" in found:  # not a late `generator` alone
        _look_at_version(found.get("wxr_version"), scalars, odd)
    return Site(**found, extra=tuple(odd.extra))


def _look_at_version(
    version: str | None, scalars: Sequence[Element], odd: Oddities
) -> None:
    if not version:
        odd.report(Code.MISSING_VERSION, "the header names no WXR version", scalars[0])
    elif version not in _VERSIONS:
        (element, *_) = (e for e in scalars if _SITE[e.tag][0] == "wxr_version")
        message = f"the WXR version is {version[:20]!r}"
        odd.report(Code.UNEXPECTED_VERSION, message, element)


def author(element: Element, odd: Oddities) -> Author:
    """Read a `wp:author`."""
    _require_no_text(element)
    found, _ = _read(element, _AUTHOR, odd)
    return Author(**found, extra=tuple(odd.extra))


def term(element: Element, taxonomy: str, odd: Oddities) -> Term:
    """Read a `wp:category`, `wp:tag` or `wp:term`.

    Args:
        element: It.
        taxonomy: What it is of where it does not say so itself.
        odd: Takes what is odd about it.
    """
    _require_no_text(element)
    found, meta = _read(element, _TERM, odd)
    found["taxonomy"] = found.get("taxonomy") or taxonomy
    return Term(**found, meta=tuple(meta), extra=tuple(odd.extra))


def post(element: Element, number: int, odd: Oddities) -> Post:
    """Read an `<item>` with all its terms, metas and comments.

    Args:
        element: It.
        number: Of the item in file order; made-up ids come from it.
        odd: Takes what is odd about it.
    """
    found: dict[str, Any] = {}
    terms: list[TermRef] = []
    meta: list[Meta] = []
    comments: list[Comment] = []
    _require_no_text(element)
    for child in element:
        if (tail := child.tail) and not tail.isspace():
            raise IrregularError
        name, convert = _POST[child.tag]
        if convert is not None and name not in found:
            if len(child) or child.keys():
                _require_regular(child, name)
            try:
                found[name] = convert(child.text or "")
            except ValueError:
                found[name] = None
                _set_aside(child, name, odd)
        elif name == "meta":
            meta.append(_meta(child, odd))
        elif name == "comments":
            comments.append(_comment(child, number, len(comments), odd))
        elif name == "terms":
            terms.append(_term_ref(child))
        elif convert is not None:
            _read_again(child, found, _POST, odd)
        else:
            comments.extend(_foreign(child, number, len(comments), odd))
    _complete_post(element, found, number, odd)
    return make_post(
        **found,
        terms=_without_doubles(terms),
        meta=tuple(meta),
        comments=tuple(comments),
        extra=tuple(odd.extra),
    )


def _complete_post(
    element: Element, found: dict[str, Any], number: int, odd: Oddities
) -> None:
    if found.get("id") is None:
        found["id"] = _made_up_id(element, -number, odd)
    # The feed's date is made up where WordPress has none.
    if (stamp := found.get("pub_date")) and dates.is_made_up(stamp):
        _drop_made_up_date(element, found, odd)
    # WordPress writes it empty; where another program does not, it is kept.
    if description := found.pop("description", None):
        odd.extra.append(("description", description))
    if found.get("menu_order", 0) is None:
        found["menu_order"] = 0
    if found.get("sticky", False) is None:
        found["sticky"] = False
    if not found.get("type"):
        odd.report(Code.MISSING_TYPE, "the item has no post type", element)


def _drop_made_up_date(element: Element, found: dict[str, Any], odd: Oddities) -> None:
    if found.get("date_gmt") is None:
        texts = [c.text or "" for c in element if _POST[c.tag][0] == "pub_date"]
        odd.extra.append(("pub_date", texts[-1]))
        found["pub_date"] = None


def _comment(element: Element, number: int, before: int, outer: Oddities) -> Comment:
    """Read a `wp:comment`; `before` counts those the item had before it."""
    odd = Oddities(problems=outer.problems)
    _require_no_text(element)
    found, meta = _read(element, _COMMENT, odd)
    if found.get("id") is None:
        made_up = -(number * _COMMENTS_PER_ITEM + before + 1)
        found["id"] = _made_up_id(element, made_up, odd)
    return make_comment(**found, meta=tuple(meta), extra=tuple(odd.extra))


def _read(
    children: Iterable[Element], fields: _Fields, odd: Oddities
) -> tuple[dict[str, Any], list[Meta]]:
    """Read scalars and metas; what has no field goes to `extra`."""
    found: dict[str, Any] = {}
    meta: list[Meta] = []
    for child in children:
        if (tail := child.tail) and not tail.isspace():
            raise IrregularError
        name, convert = fields[child.tag]
        if convert is not None and name not in found:
            if len(child) or child.keys():
                _require_regular(child, name)
            try:
                found[name] = convert(child.text or "")
            except ValueError:
                found[name] = None
                _set_aside(child, name, odd)
        elif name == "meta":
            meta.append(_meta(child, odd))
        elif convert is not None:
            _read_again(child, found, fields, odd)
        elif isinstance(child.tag, str):
            odd.extra.append(_whole(child))
    return found, meta


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
    _require_no_text(element)
    for child in element:
        if (tail := child.tail) and not tail.isspace():
            raise IrregularError
        if _POST[child.tag][0] == "comments":
            comments.append(_comment(child, number, before + len(comments), odd))
        elif isinstance(child.tag, str):
            odd.extra.append(_whole(child))
    return comments


def _meta(element: Element, odd: Oddities) -> Meta:
    key = value = None
    _require_no_text(element)
    for child in element:
        name, _ = _META[child.tag]
        is_odd = (len(child) or child.keys()) and name
        if is_odd or ((tail := child.tail) and not tail.isspace()):
            raise IrregularError
        if name == "key":
            key = child.text or "" if key is None else _last(key, child, name, odd)
        elif name == "value":
            text = child.text or ""
            value = text if value is None else _last(value, child, name, odd)
        elif isinstance(child.tag, str):
            odd.extra.append(_whole(child))
    return Meta(key=key, value=value)


def _last(before: str, element: Element, name: str, odd: Oddities) -> str:
    """Take the last text that is not empty, as for fields; the other is in `extra`."""
    text = element.text or ""
    if not (text and before) or text == before:
        return text or before
    odd.extra += [(name, before), (name, text)]
    odd.report(Code.REPEATED_ELEMENT, f"the {name} of a meta is given twice", element)
    return text


def _term_ref(element: Element) -> TermRef:
    """Read a `<category>`."""
    if len(element) or not _TERM_REF_KEYS.issuperset(element.keys()):
        raise IrregularError
    return TermRef(
        taxonomy=values.taxonomy(element.get("domain", "")),
        slug=element.get("nicename"),
        name=element.text or "",
    )


_TERM_REF_KEYS: Final = frozenset({"domain", "nicename"})


def _without_doubles(terms: list[TermRef]) -> tuple[TermRef, ...]:
    """Drop the bare form of each term: WXR 1.0 writes every term twice."""
    if all(ref.slug is not None for ref in terms):
        return tuple(terms)
    full = {(ref.taxonomy, ref.name) for ref in terms if ref.slug is not None}
    return tuple(
        ref
        for ref in terms
        if ref.slug is not None or (ref.taxonomy, ref.name) not in full
    )


def _read_again(
    element: Element, found: dict[str, Any], fields: _Fields, odd: Oddities
) -> None:
    """Take the last text that is not empty, as WordPress' own streaming reader does."""
    name, convert = fields[element.tag]
    if convert is None or not element.text:
        return
    try:
        again = convert(element.text)
    except ValueError:
        _set_aside(element, name, odd)
        return
    before = found[name]
    found[name] = again
    if before and before != again:
        odd.extra += [(name, str(before)), (name, element.text)]
        odd.report(Code.REPEATED_ELEMENT, f"{name} is given twice", element)


def _set_aside(element: Element, name: str, odd: Oddities) -> None:
    """Keep a text that does not fit its field, and say so."""
    text = (element.text or "").strip()
    odd.extra.append((name, text))
    odd.report(values.misfit(name, text), f"{name} is {text[:40]!r}", element)


def _made_up_id(element: Element, made_up: int, odd: Oddities) -> int:
    odd.report(Code.MISSING_ID, f"no id, so it was given {made_up}", element)
    return made_up


def _whole(element: Element) -> tuple[str, str]:
    """Give an element as self-contained XML, with the namespaces it uses itself."""
    tag = str(element.tag)
    if elements.usual_tag(tag):
        raise IrregularError
    return tag, whole(element)


def _require_no_text(element: Element) -> None:
    """Raise where text stands before the first child."""
    if (text := element.text) and not text.isspace():
        raise IrregularError


def _require_regular(element: Element, name: str) -> None:
    """Raise where a leaf has children or attributes, but for a guid's own."""
    if len(element) or name != "guid" or element.keys() != ["isPermaLink"]:
        raise IrregularError
