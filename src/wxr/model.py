"""What a WordPress export says, as plain values that know nothing of XML.

Field names are those of the WordPress REST API where it has one. Values stay as
WordPress stored them: an element that is missing is `None`, present and empty is
`""`, and a list is never `None`. Records are frozen, slotted and keyword-only, so
that they can be shared between threads, pickled to other processes and compared.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from re import compile as pattern
from typing import Final, TypeAlias

Extra: TypeAlias = tuple[tuple[str, str], ...]
"""What has no field of its own, in the order met.

A pair is (`{uri}local`, self-contained XML text of the element), or
(`{uri}local/@name`, value) for an unexpected attribute, or (`field`, raw text)
for a value that does not fit its field's type, such as a zero date.
"""

_TAG: Final = pattern(r"<[^<>]*>")
_MAX_OFFSET: Final = timedelta(hours=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """A custom field. Keys may repeat; the order is the file's."""

    key: str | None
    value: str | None
    """Raw, PHP-serialized or not; CR is kept, because serialized lengths count it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRef:
    """An item's mention of a term: a `<category>` element inside an `<item>`."""

    taxonomy: str
    """`category`, `post_tag`, `post_format`, `nav_menu` or any custom taxonomy."""
    slug: str | None
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The blog itself: what the channel says before its first item."""

    title: str | None = None
    link: str | None = None
    description: str | None = None
    language: str | None = None
    pub_date: datetime | None = None
    """When the export was made, UTC."""
    wxr_version: str | None = None
    base_site_url: str | None = None
    base_blog_url: str | None = None
    generator: str | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A user who owns at least one exported item."""

    id: int | None = None
    login: str | None = None
    """What `Post.author` refers to."""
    email: str | None = None
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A category, tag, menu or custom term that the export declares."""

    id: int | None = None
    taxonomy: str
    slug: str | None = None
    name: str | None = None
    """As stored, which is HTML-escaped; `plain(name)` is what a reader sees."""
    parent: str | None = None
    """Slug of the parent (in WXR 1.0 its name)."""
    description: str | None = None
    meta: tuple[Meta, ...] = ()
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment, pingback or trackback, in the order the export gives them."""

    id: int
    type: str = "comment"
    """`comment`, `pingback`, `trackback`, or what a plugin wrote: `review`, `note`."""
    author_name: str | None = None
    author_email: str | None = None
    author_url: str | None = None
    author_ip: str | None = None
    date: datetime | None = None
    """Wall clock of the site, naive."""
    date_gmt: datetime | None = None
    """UTC, aware; None where WordPress wrote its zero date."""
    content: str | None = None
    status: str | None = None
    """`approved`, `hold`, `spam`, `trash`, or the raw value."""
    parent: int | None = None
    """Id of the comment this one answers."""
    user_id: int | None = None
    meta: tuple[Meta, ...] = ()
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Any `<item>`: a post, page, attachment, menu item or custom type."""

    id: int
    """As exported; made up from the file order, negative, where it is missing."""
    type: str | None = None
    """`post`, `page`, `attachment`, `nav_menu_item`, `wp_block`, or any custom type."""
    status: str | None = None
    title: str | None = None
    slug: str | None = None
    link: str | None = None
    guid: str | None = None
    author: str | None = None
    """Login of the author (in WXR 1.0 the display name)."""
    date: datetime | None = None
    """Wall clock of the site, naive."""
    date_gmt: datetime | None = None
    """UTC, aware; None where WordPress wrote its zero date."""
    modified: datetime | None = None
    modified_gmt: datetime | None = None
    pub_date: datetime | None = None
    """The feed's date of publication, UTC, aware."""
    content: str | None = None
    """The body as stored: classic text or blocks, shortcodes unexpanded."""
    excerpt: str | None = None
    comment_status: str | None = None
    ping_status: str | None = None
    parent: int | None = None
    menu_order: int = 0
    password: str | None = None
    sticky: bool = False
    attachment_url: str | None = None
    terms: tuple[TermRef, ...] = ()
    meta: tuple[Meta, ...] = ()
    comments: tuple[Comment, ...] = ()
    extra: Extra = ()

    @property
    def published(self) -> datetime | None:
        """The instant of publication, aware, by the first stamp that can give it.

        In this order: `date_gmt`, `pub_date`, `date` with the offset that
        `modified` and `modified_gmt` show, `modified_gmt`. None where there is none.
        """
        if self.date_gmt is not None:
            return self.date_gmt
        # WordPress writes a made-up pubDate where the GMT stamp is its zero date.
        if self.pub_date is not None and not _has_zero_gmt(self):
            return self.pub_date
        if self.date is not None and (offset := _offset(self)) is not None:
            return (self.date - offset).replace(tzinfo=UTC)
        return self.modified_gmt


Record: TypeAlias = Site | Author | Term | Post


def plain(text: str) -> str:
    """Give what a reader sees of a title or name: no tags, entities decoded once."""
    if "<" in text:
        text = _TAG.sub("", text)
    return unescape(text) if "&" in text else text


def _has_zero_gmt(post: Post) -> bool:
    return any(name == "date_gmt" for name, _ in post.extra)


def _offset(post: Post) -> timedelta | None:
    """The site's offset from UTC, where the modification stamps show a sane one."""
    if post.modified is None or post.modified_gmt is None:
        return None
    offset = post.modified - post.modified_gmt.replace(tzinfo=None)
    sane = abs(offset) <= _MAX_OFFSET and offset % timedelta(minutes=15) == timedelta()
    return offset if sane else None
