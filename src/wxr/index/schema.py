"""The tables of the site index."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

Value: TypeAlias = str | int | None

TABLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "site": (
            "title",
            "link",
            "description",
            "language",
            "base_blog_url",
            "base_site_url",
        ),
        "authors": ("id", "login", "display_name", "first_name", "last_name"),
        "terms": ("id", "taxonomy", "slug", "name", "parent", "description"),
        "items": (
            "part",
            "start",
            "id",
            "type",
            "status",
            "slug",
            "title",
            "link",
            "link_key",
            "parent",
            "menu_order",
            "attachment_url",
            "alt",
            "caption",
            "has_password",
            "public",
            "body",
        ),
        "menu_items": (
            "id",
            "menu",
            "position",
            "parent",
            "label",
            "kind",
            "object",
            "object_id",
            "url",
        ),
        "paths": ("path", "changed", "folded", "numbered", "number"),
    }
)
"""Columns, which have no type: an id of hostile size is kept as text.

`paths.row_id` is that of the item that has the file; `folded` is the path as a
file system sees it that takes `A` for `a`; `numbered` and `number` are set where a
number had to tell files apart.
"""

INDEXES: Final = (
    "CREATE UNIQUE INDEX items_by_place ON items (part, start)",
    "CREATE INDEX items_by_id ON items (id, public DESC)",
    "CREATE INDEX items_by_link ON items (link_key, public DESC)",
    "CREATE INDEX items_by_type ON items (type, id, public DESC)",
    "CREATE INDEX items_by_parent ON items (type, parent, menu_order, id)",
    "CREATE INDEX authors_by_login ON authors (login)",
    "CREATE INDEX terms_by_id ON terms (id)",
    "CREATE INDEX menu_items_by_menu ON menu_items (menu, position, id)",
    "CREATE UNIQUE INDEX paths_by_folded ON paths (folded)",
    "CREATE INDEX paths_by_number ON paths (numbered, number)",
)
"""Made once all rows are there: that is faster than keeping them up to date."""

SCRATCH: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
)
"""The file is made anew by each run and thrown away after it."""

_SQLITE_INTEGER: Final = 1 << 63


def create_statements() -> list[str]:
    """Give the statements that make the empty tables."""
    return [
        f"CREATE TABLE {table} (row_id INTEGER PRIMARY KEY, {', '.join(columns)})"
        for table, columns in TABLES.items()
    ]


def insert_statement(table: str, *, with_row_id: bool = False) -> str:
    """Give the statement that takes one row of a table."""
    columns = ("row_id",) * with_row_id + TABLES[table]
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608


def stored(number: int | None) -> Value:
    """Give a number as SQLite can hold it: past 64 bits, as text."""
    if number is None or -_SQLITE_INTEGER <= number < _SQLITE_INTEGER:
        return number
    return str(number)
