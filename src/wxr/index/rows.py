"""Records to rows of the site index."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from wxr.index.links import link_key
from wxr.index.schema import Value, stored
from wxr.model import Author, Post, Record, Site, Term

Row: TypeAlias = tuple[str, tuple[Value, ...]]
"""A table's name, and a value for each of its columns."""

_MENU_ITEM: Final = "nav_menu_item"
_MENU: Final = "nav_menu"
_PATTERN: Final = "wp_block"
_KEYS: Final = frozenset(
    {
        "_menu_item_menu_item_parent",
        "_menu_item_object",
        "_menu_item_object_id",
        "_menu_item_type",
        "_menu_item_url",
        "_wp_attachment_image_alt",
    }
)
_MOST_DIGITS: Final = 18


def rows_of(record: Record, part: int, start: int, *, public: bool) -> list[Row]:
    """Give what the index keeps of a record.

    Args:
        record: Any record.
        part: Number of the part it is in.
        start: Its offset in that part.
        public: Whether an item gets a file of its own.
    """
    match record:
        case Post():
            return _post(record, part, start, public=public)
        case Author():
            return [_author(record)]
        case Term():
            return [_term(record)]
        case Site():
            return [_site(record)]


def _site(site: Site) -> Row:
    return "site", (
        site.title,
        site.link,
        site.description,
        site.language,
        site.base_blog_url,
        site.base_site_url,
    )


def _author(author: Author) -> Row:
    return "authors", (
        stored(author.id),
        author.login,
        author.display_name,
        author.first_name,
        author.last_name,
    )


def _term(term: Term) -> Row:
    return "terms", (
        stored(term.id),
        term.taxonomy,
        term.slug,
        term.name,
        term.parent,
        term.description,
    )


def _post(post: Post, part: int, start: int, *, public: bool) -> list[Row]:
    meta = _meta(post)
    rows = [_item(post, part, start, meta, public=public)]
    if post.type == _MENU_ITEM and post.status == "publish":
        rows += _menu_items(post, meta)
    return rows


def _item(
    post: Post, part: int, start: int, meta: Mapping[str, str], *, public: bool
) -> Row:
    is_attachment = post.type == "attachment"
    return "items", (
        part,
        start,
        stored(post.id),
        post.type,
        post.status,
        post.slug,
        post.title,
        post.link,
        link_key(post.link) if post.link else None,
        stored(post.parent),
        stored(post.menu_order),
        # WordPress falls back on the guid, which for an attachment is its first URL.
        (post.attachment_url or post.guid) if is_attachment else post.attachment_url,
        meta.get("_wp_attachment_image_alt") if is_attachment else None,
        post.excerpt if is_attachment else None,
        int(bool(post.password)),
        int(public),
        post.content if post.type == _PATTERN else None,
    )


def _menu_items(post: Post, meta: Mapping[str, str]) -> list[Row]:
    """Give one row per menu that the item is in; WordPress puts it in one."""
    return [
        (
            "menu_items",
            (
                stored(post.id),
                ref.slug or ref.name,
                stored(post.menu_order),
                _number(meta.get("_menu_item_menu_item_parent")) or None,
                post.title,
                meta.get("_menu_item_type"),
                meta.get("_menu_item_object"),
                _number(meta.get("_menu_item_object_id")),
                meta.get("_menu_item_url"),
            ),
        )
        for ref in post.terms
        if ref.taxonomy == _MENU
    ]


def _meta(post: Post) -> dict[str, str]:
    # Of a repeated key WordPress takes the first.
    found: dict[str, str] = {}
    for meta in post.meta:
        if meta.key and meta.value is not None and meta.key in _KEYS:
            found.setdefault(meta.key, meta.value)
    return found


def _number(text: str | None) -> int | None:
    digits = (text or "").strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return int(digits) if is_number else None
