"""Records as JSON objects: names and order are the model's, absent is null.

The text is put together here, not by way of dicts: that takes three quarters of the
time, and an archive is mostly this. Every text goes through `json.encoder`'s own
quoting, so nothing in a record can end a string.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime
from json.encoder import encode_basestring as _quoted
from re import compile as pattern
from typing import Final, TypeAlias

from wxr.diagnostics import Diagnostic
from wxr.exporters.decoded import decoded
from wxr.model import (
    Author,
    Comment,
    Extra,
    Meta,
    Post,
    Record,
    Site,
    Term,
    TermRef,
)

OfMeta: TypeAlias = Callable[[Meta], str]
"""Gives a custom field as an object."""

_SURROGATE: Final = pattern("[\ud800-\udfff]")


def object_of(record: Record, of_meta: OfMeta | None = None) -> str:
    """Give a record as a JSON object on one line.

    Args:
        record: The record.
        of_meta: Gives the objects of its custom fields; as stored, without it.
    """
    match record:
        case Post():
            return _post(record, of_meta or _meta)
        case Term():
            return _term(record, of_meta or _meta)
        case Author():
            return _author(record)
        case Site():
            return _site(record)


def with_decoded(found: list[Diagnostic], item: int | None = None) -> OfMeta:
    """Let custom fields have a third member, `decoded`, where they have such a form.

    Args:
        found: Takes what could not be decoded, or had to be guessed.
        item: Id of the item that they belong to.
    """

    def of_meta(meta: Meta) -> str:
        plain, text = _meta(meta), decoded(meta, found, item)
        # Not null where there is none: a field may well say null.
        return plain if text is None else f'{plain[:-1]},"decoded":{text}}}'

    return of_meta


def array_of(extra: Extra) -> str:
    """Give `extra` as a JSON list of `[name, xml]`."""
    if not extra:
        return "[]"
    return _list(f"[{_quoted(name)},{_quoted(xml)}]" for name, xml in extra)


def name_of(record: Record) -> str:
    """Say what a record is: `site`, `author`, `term` or `post`."""
    return type(record).__name__.lower()


def to_bytes(text: str) -> bytes:
    """Give JSON text as UTF-8; what is no character becomes an escape."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode()


def _template(model: type) -> str:
    """Give an object with all fields of a model, each with a place for its value."""
    members = ",".join(f'"{field.name}":%s' for field in fields(model))
    return f"{{{members}}}"


_POST: Final = _template(Post)
_COMMENT: Final = _template(Comment)
_TERM_REF: Final = _template(TermRef)
_META: Final = _template(Meta)
_TERM: Final = _template(Term)
_AUTHOR: Final = _template(Author)
_SITE: Final = _template(Site)


def _post(post: Post, of_meta: OfMeta) -> str:
    return _POST % (
        post.id,
        _text(post.type),
        _text(post.status),
        _text(post.title),
        _text(post.slug),
        _text(post.link),
        _text(post.guid),
        _text(post.author),
        _local(post.date),
        _utc(post.date_gmt),
        _local(post.modified),
        _utc(post.modified_gmt),
        _utc(post.pub_date),
        _text(post.content),
        _text(post.excerpt),
        _text(post.comment_status),
        _text(post.ping_status),
        _number(post.parent),
        post.menu_order,
        _text(post.password),
        "true" if post.sticky else "false",
        _text(post.attachment_url),
        _list(map(_term_ref, post.terms)),
        _list(map(of_meta, post.meta)),
        _list(_comment(comment, of_meta) for comment in post.comments),
        array_of(post.extra),
    )


def _comment(comment: Comment, of_meta: OfMeta) -> str:
    return _COMMENT % (
        comment.id,
        _text(comment.type),
        _text(comment.author_name),
        _text(comment.author_email),
        _text(comment.author_url),
        _text(comment.author_ip),
        _local(comment.date),
        _utc(comment.date_gmt),
        _text(comment.content),
        _text(comment.status),
        _number(comment.parent),
        _number(comment.user_id),
        _list(map(of_meta, comment.meta)),
        array_of(comment.extra),
    )


def _term_ref(ref: TermRef) -> str:
    return _TERM_REF % (_text(ref.taxonomy), _text(ref.slug), _text(ref.name))


def _meta(meta: Meta) -> str:
    return _META % (_text(meta.key), _text(meta.value))


def _term(term: Term, of_meta: OfMeta) -> str:
    return _TERM % (
        _number(term.id),
        _text(term.taxonomy),
        _text(term.slug),
        _text(term.name),
        _text(term.parent),
        _text(term.description),
        _list(map(of_meta, term.meta)),
        array_of(term.extra),
    )


def _author(author: Author) -> str:
    return _AUTHOR % (
        _number(author.id),
        _text(author.login),
        _text(author.email),
        _text(author.display_name),
        _text(author.first_name),
        _text(author.last_name),
        array_of(author.extra),
    )


def _site(site: Site) -> str:
    return _SITE % (
        _text(site.title),
        _text(site.link),
        _text(site.description),
        _text(site.language),
        _utc(site.pub_date),
        _text(site.wxr_version),
        _text(site.base_site_url),
        _text(site.base_blog_url),
        _text(site.generator),
        array_of(site.extra),
    )


def _text(text: str | None) -> str:
    return "null" if text is None else _quoted(text)


def _number(number: int | None) -> str:
    return "null" if number is None else str(number)


def _local(date: datetime | None) -> str:
    return "null" if date is None else f'"{date.isoformat()}"'


def _utc(date: datetime | None) -> str:
    if date is None:
        return "null"
    return f'"{date.isoformat().removesuffix("+00:00")}Z"'


def _list(objects: Iterable[str]) -> str:
    return f"[{','.join(objects)}]"
