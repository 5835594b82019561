"""Which element lands in which field, for every dialect of WXR.

A new WordPress element is one line here and a field in the model. What has no line
is kept in `extra`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, TypeVar

_NAMESPACES: Final = (
    # Real exports mix http with https, any version, and lose the last slash.
    (re.compile(r"https?://wordpress\.org/export/\d+\.\d+/excerpt/?"), "excerpt:"),
    (re.compile(r"https?://wordpress\.org/export/\d+\.\d+/?"), "wp:"),
    (re.compile(r"https?://purl\.org/rss/1\.0/modules/content/?"), "content:"),
    (re.compile(r"https?://purl\.org/dc/elements/1\.1/?"), "dc:"),
)


def short_name(tag: str) -> str:
    """Map `{https://wordpress.org/export/1.2/}post_id` to `wp:post_id`.

    A name without a namespace and a foreign one come back as they are.
    """
    uri, closing, local = tag.removeprefix("{").rpartition("}")
    if not closing:
        return local
    for pattern, prefix in _NAMESPACES:
        if pattern.fullmatch(uri):
            return prefix + local
    return tag


def local_name(tag: str) -> str:
    """Map to the short name as WordPress writes it, whatever the default namespace.

    Where WXR is the default namespace, RSS' own elements stand in it too: `wp:title`
    is `title`.
    """
    name = short_name(tag)
    bare = name.removeprefix("wp:")
    return bare if bare in _RSS else name


_RSS: Final = frozenset(
    {"item", "title", "link", "guid", "description", "language", "pubDate", "generator"}
)


Value = TypeVar("Value")


class Fields(dict[Any, tuple[str, Value | None]]):
    """From lxml's tags to fields and what converts them; learns a file's spellings.

    A tag without a field gives ("", None); so do comments and processing
    instructions, whose tags are functions.

    Args:
        table: Element names to fields.
        values: Fields to what converts their text; others hold elements.
    """

    def __init__(
        self, table: Mapping[str, str], values: Mapping[str, Value] | None = None
    ) -> None:
        super().__init__()
        self._table = table
        self._values = values or {}

    def __missing__(self, tag: object) -> tuple[str, Value | None]:
        """Look a spelling up once."""
        name = self._table.get(local_name(tag), "") if isinstance(tag, str) else ""
        field = (name, self._values.get(name))
        # A hostile file can have a million names; they are not worth keeping.
        if len(self) < _MOST_SPELLINGS:
            self[tag] = field
        return field


_MOST_SPELLINGS: Final = 1000

CHANNEL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "title",
        "link": "link",
        "description": "description",
        "language": "language",
        "pubDate": "pub_date",
        "generator": "generator",
        "wp:wxr_version": "wxr_version",
        "wp:base_site_url": "base_site_url",
        "wp:base_blog_url": "base_blog_url",
    }
)

RECORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "item": "item",
        "wp:author": "author",
        "wp:wp_author": "author",  # so called in one widely copied test file
        "wp:category": "category",
        "wp:tag": "tag",
        "wp:term": "term",
    }
)

AUTHOR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "wp:author_id": "id",
        "wp:author_login": "login",
        "wp:author_email": "email",
        "wp:author_display_name": "display_name",
        "wp:author_first_name": "first_name",
        "wp:author_last_name": "last_name",
    }
)

TERM: Final[Mapping[str, str]] = MappingProxyType(
    {
        "wp:term_id": "id",
        "wp:term_taxonomy": "taxonomy",
        "wp:term_slug": "slug",
        "wp:term_parent": "parent",
        "wp:term_name": "name",
        "wp:term_description": "description",
        "wp:category_nicename": "slug",
        "wp:category_parent": "parent",
        "wp:cat_name": "name",
        "wp:category_description": "description",
        "wp:tag_slug": "slug",
        "wp:tag_name": "name",
        "wp:tag_description": "description",
        "wp:termmeta": "meta",
    }
)

TAXONOMIES: Final[Mapping[str, str]] = MappingProxyType(
    {"category": "category", "tag": "post_tag"}
)
"""What the elements are of that do not say their taxonomy."""

POST: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "title",
        "link": "link",
        "pubDate": "pub_date",
        "dc:creator": "author",
        "guid": "guid",
        "description": "description",  # WordPress writes it empty; it has no field
        "content:encoded": "content",
        "excerpt:encoded": "excerpt",
        "wp:post_id": "id",
        "wp:post_date": "date",
        "wp:post_date_gmt": "date_gmt",
        "wp:post_modified": "modified",
        "wp:post_modified_gmt": "modified_gmt",
        "wp:comment_status": "comment_status",
        "wp:ping_status": "ping_status",
        "wp:post_name": "slug",
        "wp:status": "status",
        "wp:post_parent": "parent",
        "wp:menu_order": "menu_order",
        "wp:post_type": "type",
        "wp:post_password": "password",
        "wp:is_sticky": "sticky",
        "wp:attachment_url": "attachment_url",
        "category": "terms",
        "wp:category": "terms",  # where WXR is the default namespace
        "wp:postmeta": "meta",
        "wp:comment": "comments",
    }
)

COMMENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "wp:comment_id": "id",
        "wp:comment_author": "author_name",
        "wp:comment_author_email": "author_email",
        "wp:comment_author_url": "author_url",
        "wp:comment_author_IP": "author_ip",
        "wp:comment_date": "date",
        "wp:comment_date_gmt": "date_gmt",
        "wp:comment_content": "content",
        "wp:comment_approved": "status",
        "wp:comment_type": "type",
        "wp:comment_parent": "parent",
        "wp:comment_user_id": "user_id",
        "wp:commentmeta": "meta",
    }
)

META: Final[Mapping[str, str]] = MappingProxyType(
    {"wp:meta_key": "key", "wp:meta_value": "value"}
)

KNOWN: Final = frozenset().union(
    CHANNEL, RECORDS, AUTHOR, TERM, POST, COMMENT, META, {"wp:comments"}
)
"""Every element that has a field, by its short name."""

_BY_LOWER: Final = {name.lower(): name for name in KNOWN}


@lru_cache(maxsize=_MOST_SPELLINGS)
def usual_tag(tag: str) -> str | None:
    """Give the tag that one was meant for that differs from it in case alone.

    XML tells `<Title>` from `<title>`; people who write exports by hand do not.
    """
    name = local_name(tag)
    usual = _BY_LOWER.get(name.lower())
    if usual is None or name == usual:
        return None
    return tag[: tag.rfind("}") + 1] + usual.rpartition(":")[2]
