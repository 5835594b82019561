"""The site index, open for reading: whatever a page must know of other pages."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from weakref import finalize

from wxr.content.context import Attachment
from wxr.index.links import host_of, target_of
from wxr.index.schema import TABLES, stored
from wxr.model import Author, Site, Term

_OPEN_AT_ONCE: Final = 4

_MOST_NAMES: Final = 1000
"""Of authors, that are kept once they are found: each of their items asks for it."""

_DISPLAY_NAME: Final = (
    "SELECT display_name FROM authors"
    " WHERE login = ? AND display_name > '' ORDER BY row_id"
)
_ENTRY: Final = """
    SELECT items.row_id, part, start, id, type, status, slug, title, link, parent,
           attachment_url, alt, caption, has_password, public, paths.path, paths.changed
    FROM items LEFT JOIN paths ON paths.row_id = items.row_id
"""
_LINKED: Final = """
    SELECT id, type, attachment_url, paths.path
    FROM items LEFT JOIN paths ON paths.row_id = items.row_id
"""
_ATTACHMENT: Final = """
    SELECT id, attachment_url, alt, caption, title
    FROM items WHERE type = 'attachment'
"""
_BY_LINK: Final = f"{_LINKED} WHERE link_key = ? ORDER BY public DESC, items.row_id"
_BY_ID: Final = f"{_LINKED} WHERE id = ? ORDER BY public DESC, items.row_id"
_ATTACHMENT_BY_ID: Final = f"{_ATTACHMENT} AND id = ? ORDER BY public DESC, row_id"
_ATTACHMENTS_OF: Final = f"{_ATTACHMENT} AND parent = ? ORDER BY menu_order, id, row_id"
_MENU_ENTRY: Final = """
    SELECT id, menu, position, parent, label, kind, object, object_id, url
    FROM menu_items ORDER BY menu, position, id, row_id
"""


class Entry(NamedTuple):
    """An item as the index knows it."""

    row: int
    part: int
    start: int
    id: int
    type: str | None
    status: str | None
    slug: str | None
    title: str | None
    link: str | None
    parent: int | None
    attachment_url: str | None
    alt: str | None
    caption: str | None
    has_password: bool
    public: bool
    """Whether it gets a file of its own."""
    path: str | None
    """Of that file, relative to the target."""
    changed: bool | None
    """Whether the file could not be called as the slug says."""


class MenuEntry(NamedTuple):
    """An entry of a navigation menu."""

    id: int
    menu: str | None
    """Slug of the menu."""
    position: int
    parent: int | None
    """Id of the menu entry it stands under."""
    label: str | None
    kind: str | None
    """`post_type`, `taxonomy`, `custom` or `post_type_archive`."""
    object: str | None
    """The post type or taxonomy."""
    object_id: int | None
    """Id of the item or term."""
    url: str | None
    """Of a `custom` entry."""


class Destination(NamedTuple):
    """The item an internal link leads to."""

    id: int
    type: str | None
    attachment_url: str | None
    path: str | None
    """Of its file, relative to the target."""
    fragment: str


def open_index(path: str) -> "SiteIndex":
    """Give the index of a path, opened once per process."""
    # A connection must not be carried into a forked process, and must not outlive its
    # file: hence what tells them apart is in the key.
    found = os.stat(path)  # noqa: PTH116  each page asks, and a Path asks more
    return _open(path, os.getpid(), found.st_ino, found.st_mtime_ns)


def close_indexes() -> None:
    """Let go of the indexes that this process has open."""
    _open.cache_clear()


@lru_cache(maxsize=_OPEN_AT_ONCE)
def _open(path: str, *_which: int) -> "SiteIndex":
    # Nobody changes a finished index, so SQLite need not look after that.
    address = f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1"
    return SiteIndex(sqlite3.connect(address, uri=True))


class SiteIndex:
    """Look-ups in a finished index. Ids repeat in real exports: the first one counts.

    Implements `wxr.content.context.Library` but for `address`, which depends on where
    the asking page is.

    Args:
        database: Where the index is; closed when the index is forgotten.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._names: dict[str, str | None] = {}
        finalize(self, database.close)

    @cached_property
    def site(self) -> Site:
        """The site, as its headers describe it: of each thing what the first one says.

        The parts of an export have a header each, and not all of them say all.
        """
        columns = TABLES["site"]
        values: dict[str, Any] = dict.fromkeys(columns)
        for row in self._database.execute(
            f"SELECT {', '.join(columns)} FROM site ORDER BY row_id"  # noqa: S608
        ):
            for column, value in zip(columns, row, strict=True):
                values[column] = value if values[column] is None else values[column]
        return Site(**values)

    def entry_at(self, part: int, start: int) -> Entry | None:
        """Find the item that stands at a place of the export."""
        return self._entry("WHERE part = ? AND start = ?", part, start)

    def entry(self, id_: int) -> Entry | None:
        """Find an item by its id; one that gets a file comes before others."""
        return self._entry("WHERE id = ? ORDER BY public DESC, items.row_id", id_)

    def page(self, id_: int) -> Entry | None:
        """Find a page by its id."""
        return self._entry(
            "WHERE type = 'page' AND id = ? ORDER BY public DESC, items.row_id", id_
        )

    def attachment(self, id_: int) -> Attachment | None:
        """Find an attachment by its id."""
        row = self._first(_ATTACHMENT_BY_ID, id_)
        return _attachment(*row) if row is not None else None

    def attachments(self, parent: int) -> Sequence[Attachment]:
        """Give the attachments of a post, by menu order and then id."""
        rows = self._database.execute(_ATTACHMENTS_OF, (stored(parent),))
        return [_attachment(*row) for row in rows]

    def pattern(self, id_: int) -> str | None:
        """Find the body of a synced pattern; WordPress shows only published ones."""
        row = self._first(
            "SELECT body FROM items WHERE type = 'wp_block' AND id = ?"
            " AND status = 'publish' AND NOT has_password ORDER BY public DESC, row_id",
            id_,
        )
        return row[0] if row is not None else None

    def destination(self, url: str) -> Destination | None:
        """Find the item a link of the site leads to, in whatever way it is written."""
        target = target_of(url, base=self._base, hosts=self._hosts)
        if target is None:
            return None
        row = self._first(_BY_LINK, target.key)
        if row is None and target.item is not None:
            row = self._first(_BY_ID, target.item)
        return None if row is None else Destination._make((*row, target.fragment))

    def display_name(self, login: str) -> str | None:
        """Find the name under which an author wants to be read."""
        if login not in self._names:
            row = self._first(_DISPLAY_NAME, login)
            if len(self._names) >= _MOST_NAMES:
                self._names.clear()
            self._names[login] = row[0] if row is not None else None
        return self._names[login]

    def term(self, id_: int) -> Term | None:
        """Find a term by its id."""
        row = self._first(
            "SELECT taxonomy, slug, name FROM terms WHERE id = ? ORDER BY row_id", id_
        )
        if row is None:
            return None
        taxonomy, slug, name = row
        return Term(id=id_, taxonomy=taxonomy, slug=slug, name=name)

    def public_entries(self) -> Iterator[Entry]:
        """Yield the items that get a file, in the order of the export."""
        return self._entries("WHERE public ORDER BY items.row_id")

    def authors(self) -> Iterator[Author]:
        """Yield the authors, in the order of the export, without their e-mails."""
        for row in self._database.execute(
            "SELECT id, login, display_name, first_name, last_name FROM authors"
            " ORDER BY row_id"
        ):
            id_, login, display, first, last = row
            yield Author(
                id=id_,
                login=login,
                display_name=display,
                first_name=first,
                last_name=last,
            )

    def terms(self) -> Iterator[Term]:
        """Yield the terms, those of a taxonomy together, in the order of the export."""
        for row in self._database.execute(
            "SELECT id, taxonomy, slug, name, parent, description FROM terms"
            " ORDER BY taxonomy, row_id"
        ):
            id_, taxonomy, slug, name, parent, description = row
            yield Term(
                id=id_,
                taxonomy=taxonomy,
                slug=slug,
                name=name,
                parent=parent,
                description=description,
            )

    def menu_entries(self) -> Iterator[MenuEntry]:
        """Yield the entries of the menus, those of a menu together and in its order."""
        return (MenuEntry(*row) for row in self._database.execute(_MENU_ENTRY))

    @cached_property
    def _base(self) -> str:
        return self.site.base_blog_url or self.site.link or ""

    @cached_property
    def _hosts(self) -> frozenset[str]:
        site = self.site
        hosts = map(host_of, (site.base_blog_url, site.link, site.base_site_url))
        return frozenset(host for host in hosts if host)

    def _entry(self, where: str, *values: str | int) -> Entry | None:
        row = self._first(f"{_ENTRY} {where}", *values)
        return Entry(*row) if row is not None else None

    def _entries(self, where: str) -> Iterator[Entry]:
        return (Entry(*row) for row in self._database.execute(f"{_ENTRY} {where}"))

    def _first(self, statement: str, *values: str | int) -> tuple[Any, ...] | None:
        bound = [stored(each) if isinstance(each, int) else each for each in values]
        found: tuple[Any, ...] | None = self._database.execute(
            f"{statement} LIMIT 1", bound
        ).fetchone()
        return found


def _attachment(
    id_: int, url: str | None, alt: str | None, caption: str | None, title: str | None
) -> Attachment:
    return Attachment(id_, url or "", alt or "", caption or "", title or "")
