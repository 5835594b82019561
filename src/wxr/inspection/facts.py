"""What an inspection wants to know of one record: small, and pure, so it may travel."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from wxr.inspection.bodies import blocks_of, hosts_of, kind_of, shortcodes_of
from wxr.inspection.shapes import shape_of
from wxr.ledger import NO_TYPE
from wxr.model import Comment, Meta, Post, Record, Site, Term
from wxr.threads import arrange
from wxr.transforms import NOT_FILES, NOT_FILES_BEGIN

NONE: Final = "none"
"""The name under which is counted what has no name: no status, no author."""

_LONGEST_TITLE: Final = 80
_FIRST_YEAR: Final = 1990  # the web's first; nothing was published on it before
_DAY: Final = timedelta(days=1)
_QUARTER: Final = timedelta(minutes=15)
_OFFSETS: Final = (timedelta(hours=-12), timedelta(hours=14))


class Table(StrEnum):
    """What is counted, each by its names."""

    TYPE = "type"
    STATUS = "status"
    TYPE_STATUS = "type and status"
    """With a NUL between."""
    YEAR = "year"
    AUTHOR = "author"
    COMMENT_TYPE = "comment type"
    COMMENT_STATUS = "comment status"
    TAXONOMY = "taxonomy"
    """Declared terms."""
    TERM = "term"
    """Uses, by `taxonomy:slug`."""
    TERM_USE = "term use"
    """Uses, by taxonomy."""
    BODY = "body"
    BLOCK = "block"
    SHORTCODE = "shortcode"
    META = "meta"
    MEDIA_HOST = "media host"
    LINK_HOST = "link host"
    ODDITY = "oddity"


@dataclass(slots=True)
class Facts:
    """What one record adds to the inspection."""

    site: Site | None = None
    item: int | None = None
    title: str = ""
    counts: Counter[tuple[Table, str]] = field(default_factory=Counter)
    shapes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Of custom fields, by key and shape."""
    comments: int = 0
    depth: int = -1
    """Of the deepest reply: 0 where nothing is answered, -1 without comments."""
    parent: int | None = None
    thumbnail: int | None = None
    slug: str | None = None
    """What has to be unique among items: type, parent, slug."""
    published: datetime | None = None
    offsets: list[tuple[datetime, timedelta]] = field(default_factory=list)
    """Instants, and what the site's wall clock was ahead of UTC by then."""


def facts_of(record: Record) -> Facts:
    """Give what an inspection wants to know of a record."""
    match record:
        case Site():
            return Facts(site=record)
        case Post():
            return _of_post(record)
        case Term(taxonomy=taxonomy, meta=meta):
            facts = Facts()
            facts.counts[Table.TAXONOMY, taxonomy] += 1
            _add_meta(facts, meta)
            return facts
        case _:
            return Facts()


def _of_post(post: Post) -> Facts:
    facts = Facts(
        item=post.id,
        title=(post.title or post.slug or "")[:_LONGEST_TITLE],
        comments=len(post.comments),
        parent=post.parent,
        thumbnail=_thumbnail(post),
        published=post.published if post.status == "publish" else None,
    )
    if post.slug:
        facts.slug = f"{post.type}\0{post.parent or 0}\0{post.slug}"
    facts.counts.update(_kinds(post))
    facts.counts.update(_words(post))
    facts.counts.update(_date_oddities(post))
    _add_comments(facts, post.comments)
    _add_meta(facts, post.meta)
    stamps = [(post.date, post.date_gmt), (post.modified, post.modified_gmt)]
    stamps += [(comment.date, comment.date_gmt) for comment in post.comments]
    _add_offsets(facts, stamps)
    return facts


def _kinds(post: Post) -> Iterator[tuple[Table, str]]:
    kind, status = post.type or NO_TYPE, post.status or NONE
    yield Table.TYPE, kind
    yield Table.STATUS, status
    yield Table.TYPE_STATUS, f"{kind}\0{status}"
    if _is_text(kind):
        yield Table.AUTHOR, post.author or NONE
        stamp = post.date or post.published
        yield Table.YEAR, f"{stamp.year:04}" if stamp else NONE
    for term in post.terms:
        yield Table.TERM, f"{term.taxonomy}:{term.slug or term.name or ''}"
        yield Table.TERM_USE, term.taxonomy


def _is_text(kind: str) -> bool:
    return kind not in NOT_FILES and not kind.startswith(NOT_FILES_BEGIN)


def _words(post: Post) -> Iterator[tuple[Table, str]]:
    content = post.content or ""
    if _is_text(post.type or NO_TYPE):
        yield Table.BODY, kind_of(content)
    for name in blocks_of(content):
        yield Table.BLOCK, name
    for name in shortcodes_of(content):
        yield Table.SHORTCODE, name
    for is_media, host in hosts_of(content, post.attachment_url):
        yield (Table.MEDIA_HOST if is_media else Table.LINK_HOST), host


def _date_oddities(post: Post) -> Iterator[tuple[Table, str]]:
    published, date = post.published, post.date
    if published is None and date is None:
        yield Table.ODDITY, "no date at all"
    elif post.date_gmt is None and post.status == "publish":
        yield Table.ODDITY, "published, but no date in GMT"
    if date is not None and date.year < _FIRST_YEAR:
        yield Table.ODDITY, f"date before {_FIRST_YEAR}"
    if (
        post.modified_gmt is not None
        and post.date_gmt is not None
        and post.status == "publish"
        and post.date_gmt - post.modified_gmt > _DAY
    ):
        yield Table.ODDITY, "modified before it was published"


def _add_comments(facts: Facts, comments: tuple[Comment, ...]) -> None:
    for comment in comments:
        facts.counts[Table.COMMENT_TYPE, comment.type] += 1
        facts.counts[Table.COMMENT_STATUS, comment.status or NONE] += 1
        _add_meta(facts, comment.meta)
    for placed in arrange(comments):
        facts.depth = max(facts.depth, placed.depth)
        if placed.broken is not None:
            facts.counts[Table.ODDITY, str(placed.broken)] += 1


def _add_meta(facts: Facts, meta: tuple[Meta, ...]) -> None:
    for each in meta:
        key = each.key or ""
        facts.counts[Table.META, key] += 1
        facts.shapes[key, shape_of(each.value)] += 1


def _add_offsets(
    facts: Facts, stamps: list[tuple[datetime | None, datetime | None]]
) -> None:
    for local, instant in stamps:
        if local is None or instant is None:
            continue
        offset = local - instant.replace(tzinfo=None)
        if _OFFSETS[0] <= offset <= _OFFSETS[1] and not offset % _QUARTER:
            facts.offsets.append((instant, offset))
        else:
            facts.counts[Table.ODDITY, "local time and GMT do not fit"] += 1


def _thumbnail(post: Post) -> int | None:
    for meta in post.meta:
        value = (meta.value or "").strip()
        if meta.key == "_thumbnail_id" and value.isascii() and value.isdigit():
            return int(value[:18]) or None
    return None
