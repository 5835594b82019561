"""Rows into a database: numbered in the order of the file, inserted in batches."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wxr.exporters.sql.dialects import SQLITE, insert
from wxr.exporters.sql.rows import Row, Rows
from wxr.exporters.sql.schema import TABLES
from wxr.exporters.sql.search import Search

_INSERTS: Final = {table.name: insert(table, SQLITE) for table in TABLES}
_OWNERS: Final = {table.name: table.owner for table in TABLES}

_MOST_ROWS: Final = 2000
_MOST_CHARACTERS: Final = 1 << 20
"""What is gathered first: to start a statement costs more than a row does."""


@dataclass(frozen=True, slots=True)
class Load:
    """The rows of one record."""

    rows: Rows
    size: int
    """About how many characters they hold."""


class Loader:
    """Numbers rows and inserts them."""

    def __init__(self, database: sqlite3.Connection, search: Search) -> None:
        self._database = database
        self._search = search
        self._pending: dict[str, list[Row]] = {name: [] for name in _INSERTS}
        self._rows = 0
        self._size = 0
        self._counts: Counter[str] = Counter()

    def add(self, load: Load) -> None:
        """Take the rows of the next record."""
        for table, rows in load.rows.items():
            self._pending[table].extend(self._numbered(table, load.rows))
            self._counts[table] += len(rows)
            self._rows += len(rows)
        self._size += load.size
        if self._rows >= _MOST_ROWS or self._size >= _MOST_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Insert what was gathered, and let it be added to the search."""
        self._search.wait()
        for table, rows in self._pending.items():
            if rows:
                self._insert(table, rows)
        self._search.add(self._row_before("posts"), self._row_before("comments"))
        for rows in self._pending.values():
            rows.clear()
        self._rows = self._size = 0

    def _row_before(self, table: str) -> int:
        """Give the last row that was there before those now pending."""
        return self._counts[table] - len(self._pending[table])

    def _numbered(self, table: str, rows: Rows) -> Iterable[Row]:
        keyed = enumerate(rows[table], self._counts[table] + 1)
        owner = _OWNERS[table]
        if owner is None:
            return [(key, *row) for key, row in keyed]
        # The owners of this record were counted just before.
        first = self._counts[owner] - len(rows[owner]) + 1
        return [(key, first + row[0], *row[1:]) for key, row in keyed]

    def _insert(self, table: str, rows: list[Row]) -> None:
        try:
            self._database.executemany(_INSERTS[table], rows)
        except UnicodeEncodeError:
            self._database.execute(
                f'DELETE FROM "{table}" WHERE rowid >= ?',  # noqa: S608 - a name of the schema
                rows[0][:1],
            )
            self._database.executemany(_INSERTS[table], map(encodable, rows))


def encodable(row: Row) -> Row:
    """Give a row whose text has no lone surrogates, which are no characters."""
    return tuple(
        value.encode(errors="backslashreplace").decode()
        if isinstance(value, str)
        else value
        for value in row
    )
