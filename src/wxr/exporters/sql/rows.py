"""Records to rows: pure, so it runs in any process.

Rows have no keys yet, as only the sink knows how many rows there are. Where a row
names its owner, it gives the owner's position among the same record's rows.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, TypeAlias, TypeVar

from wxr import threads
from wxr.diagnostics import Code, Diagnostic
from wxr.exporters.decoded import decoded
from wxr.exporters.objects import array_of
from wxr.model import Author, Comment, Extra, Meta, Post, Site, Term

Row: TypeAlias = tuple[Any, ...]
"""Values in the order of a table's columns, the key left out."""
Rows: TypeAlias = dict[str, list[Row]]
"""Rows by table: owners first, and tables without rows left out."""

_Numbered = TypeVar("_Numbered", Author, Comment, Post, Term)

_LEAST: Final = -(1 << 63)
_MOST: Final = (1 << 63) - 1
_ONLY: Final = 0
"""Position of a record's own row: it has one."""


def rows_of(record: Author | Term | Post, found: list[Diagnostic]) -> Rows:
    """Give the rows of a record, and report what no column holds."""
    match record:
        case Post():
            return _post(record, found)
        case Term():
            return _term(_fitting(record, ("id",), found), found)
        case Author():
            return _author(_fitting(record, ("id",), found))


def size_of(record: Author | Term | Post) -> int:
    """Give about how many characters a record's rows hold."""
    match record:
        case Post():
            return (
                _length(record.content)
                # A value may be there twice: as stored, and decoded.
                + sum(2 * _length(meta.value) for meta in record.meta)
                + sum(_length(comment.content) for comment in record.comments)
            )
        case Term():
            return _length(record.description)
        case Author():
            return 0


def _length(text: str | None) -> int:
    return 0 if text is None else len(text)


def site_row(site: Site) -> Row:
    """Give the one row of `site`."""
    return (
        site.title,
        site.link,
        site.description,
        site.language,
        _stamp(site.pub_date),
        site.wxr_version,
        site.base_site_url,
        site.base_blog_url,
        site.generator,
        array_of(site.extra),
    )


def _author(author: Author) -> Rows:
    row = (
        author.id,
        author.login,
        author.email,
        author.display_name,
        author.first_name,
        author.last_name,
        array_of(author.extra),
    )
    return {"authors": [row]}


def _term(term: Term, found: list[Diagnostic]) -> Rows:
    row = (
        term.id,
        term.taxonomy,
        term.slug,
        term.name,
        term.parent,
        term.description,
        array_of(term.extra),
    )
    metas = _meta(term.meta, _ONLY, found)
    return _without_empty({"terms": [row], "term_meta": metas})


def _post(post: Post, found: list[Diagnostic]) -> Rows:
    comments = [
        _fitting(comment, ("id", "parent", "user_id"), found, post.id)
        for comment in post.comments
    ]
    fitting = _fitting(post, ("id", "parent", "menu_order"), found)
    return _without_empty(
        {
            "posts": [_post_row(fitting)],
            "post_terms": [
                (_ONLY, ref.taxonomy, ref.slug, ref.name) for ref in post.terms
            ],
            "post_meta": _meta(post.meta, _ONLY, found, post.id),
            "comments": [_comment(comment) for comment in comments],
            "comment_meta": [
                row
                for position, comment in enumerate(comments)
                for row in _meta(comment.meta, position, found, post.id)
            ],
            "comment_places": _places(post, found),
        }
    )


def _post_row(post: Post) -> Row:
    return (
        post.id,
        post.type,
        post.status,
        post.title,
        post.slug,
        post.link,
        post.guid,
        post.author,
        _stamp(post.date),
        _stamp(post.date_gmt),
        _stamp(post.modified),
        _stamp(post.modified_gmt),
        _stamp(post.pub_date),
        post.content,
        post.excerpt,
        post.comment_status,
        post.ping_status,
        post.parent,
        post.menu_order,
        post.password,
        post.sticky,
        post.attachment_url,
        array_of(post.extra),
    )


def _comment(comment: Comment) -> Row:
    return (
        _ONLY,
        comment.id,
        comment.type,
        comment.author_name,
        comment.author_email,
        comment.author_url,
        comment.author_ip,
        _stamp(comment.date),
        _stamp(comment.date_gmt),
        comment.content,
        comment.status,
        comment.parent,
        comment.user_id,
        array_of(comment.extra),
    )


def _meta(
    metas: Iterable[Meta],
    owner: int,
    found: list[Diagnostic],
    item: int | None = None,
) -> list[Row]:
    return [(owner, meta.key, meta.value, decoded(meta, found, item)) for meta in metas]


def _places(post: Post, found: list[Diagnostic]) -> list[Row]:
    """Place the comments in their threads, in the order of their rows."""
    if not post.comments:
        return []
    placed = threads.arrange(post.comments)
    found += threads.problems(post.comments, placed, item=post.id)
    return [
        (place.root, place.depth, place.path)
        for place in sorted(placed, key=attrgetter("index"))
    ]


def _stamp(date: datetime | None) -> str | None:
    # 19 characters leave the offset out: an instant is always in UTC.
    return None if date is None else date.isoformat(" ")[:19]


def _without_empty(rows: Rows) -> Rows:
    return {table: found for table, found in rows.items() if found}


def _fitting(
    record: _Numbered,
    names: tuple[str, ...],
    found: list[Diagnostic],
    item: int | None = None,
) -> _Numbered:
    """Move numbers that 64 bits cannot hold to `extra`, as text."""
    large = [name for name in names if not _fits(getattr(record, name))]
    if not large:
        return record
    kept: Extra = tuple((name, str(getattr(record, name))) for name in large)
    found.extend(_too_large(name, text, item) for name, text in kept)
    absent: dict[str, Any] = dict.fromkeys(large)
    return replace(record, **absent, extra=(*record.extra, *kept))


def _fits(number: int | None) -> bool:
    return number is None or _LEAST <= number <= _MOST


def _too_large(name: str, number: str, item: int | None) -> Diagnostic:
    return Diagnostic(
        code=Code.BAD_NUMBER,
        message=f"{name} does not fit 64 bits: {number[:40]}",
        item=item,
    )
