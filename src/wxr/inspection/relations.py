"""What items are to each other: parents, featured images, slugs. Kept on disk.

Whether a parent is there is known when all items were seen, and they may be millions.
"""

import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self

from wxr.inspection.facts import Facts

_PENDING: Final = 1000
_SCHEMA: Final = """
PRAGMA synchronous = OFF;
CREATE TABLE items (id INTEGER PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE named (what TEXT, item INTEGER, other INTEGER);
CREATE TABLE slugs (slug TEXT, item INTEGER);
BEGIN;
"""
_MISSING: Final = """
SELECT what, item FROM named
WHERE other NOT IN (SELECT id FROM items) AND other != item
"""
_OWN: Final = "SELECT 'parent is the item itself', item FROM named WHERE other = item"
_DOUBLE: Final = """
SELECT 'slug that another item has', item FROM slugs
WHERE slug IN (SELECT slug FROM slugs GROUP BY slug HAVING count(DISTINCT item) > 1)
"""


class Relations:
    """Items and what they name, in a temporary file that SQLite removes itself."""

    def __init__(self) -> None:
        self._disk = sqlite3.connect("", isolation_level=None)
        self._disk.executescript(_SCHEMA)
        self._pending: list[Facts] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._disk.close()

    def add(self, facts: Facts) -> None:
        """Take what one item is and names."""
        self._pending.append(facts)
        if len(self._pending) >= _PENDING:
            self._flush()

    def oddities(self) -> Iterator[tuple[str, int]]:
        """Yield each item that names what is not there, or is named as another is."""
        self._flush()
        self._disk.execute("CREATE INDEX by_slug ON slugs (slug)")
        for query in (_MISSING, _OWN, _DOUBLE):
            yield from self._disk.execute(query)

    def _flush(self) -> None:
        self._disk.executemany(
            "INSERT OR IGNORE INTO items VALUES (?)",
            [(each.item,) for each in self._pending],
        )
        named = [
            (what, each.item, other)
            for each in self._pending
            for what, other in (
                ("parent that is not in the export", each.parent),
                ("featured image that is not in the export", each.thumbnail),
            )
            if other is not None
        ]
        self._disk.executemany("INSERT INTO named VALUES (?, ?, ?)", named)
        self._disk.executemany(
            "INSERT INTO slugs VALUES (?, ?)",
            [(each.slug, each.item) for each in self._pending if each.slug],
        )
        self._pending.clear()
