"""Rows on their way to a database: numbered in the order of the file, in batches."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from wxr.exporters.sql.rows import Row, Rows
from wxr.exporters.sql.schema import TABLES

OWNERS: Final = {table.name: table.owner for table in TABLES}
"""Of each table the one whose rows own its rows."""

_MOST_ROWS: Final = 2000
_MOST_CHARACTERS: Final = 1 << 20
"""What is gathered first: to start a statement costs more than a row does."""


@dataclass(frozen=True, slots=True)
class Long:
    """A text that is too long for one statement, and NULL in its row."""

    table: str
    position: int
    """Of its row among those of the same record."""
    column: str
    pieces: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """The rows of one record."""

    rows: Rows
    size: int
    """About how many characters they hold."""
    long: list[Long] = field(default_factory=list)


class Loader:
    """Numbers rows, and hands them on in batches."""

    def __init__(
        self,
        insert: Callable[[Mapping[str, list[Row]]], None],
        lengthen: Callable[[Long, int], None] | None = None,
    ) -> None:
        """Make it.

        Args:
            insert: Takes rows by table, owners first; they are its own from then on.
            lengthen: Takes a long text and the key of its row, which is inserted.
        """
        self._insert = insert
        self._lengthen = lengthen
        self._pending: dict[str, list[Row]] = {name: [] for name in OWNERS}
        self._rows = 0
        self._size = 0
        self._counts: Counter[str] = Counter()

    def start_after(self, keys: Mapping[str, int]) -> None:
        """Number on from rows that are there already, by table."""
        self._counts.update(keys)

    def add(self, load: Load) -> None:
        """Take the rows of the next record."""
        for table, rows in load.rows.items():
            self._pending[table].extend(self._numbered(table, load.rows))
            self._counts[table] += len(rows)
            self._rows += len(rows)
        self._size += load.size
        full = self._rows >= _MOST_ROWS or self._size >= _MOST_CHARACTERS
        if full or load.long:
            self.flush()
        for long in load.long:
            self._add_long(long, load.rows)

    def flush(self) -> None:
        """Hand on what was gathered."""
        pending, self._pending = self._pending, {name: [] for name in OWNERS}
        self._insert({table: rows for table, rows in pending.items() if rows})
        self._rows = self._size = 0

    def last_key(self, table: str) -> int:
        """Give the key of a table's last row, handed on or pending."""
        return self._counts[table]

    def _add_long(self, long: Long, rows: Rows) -> None:
        first = self._counts[long.table] - len(rows[long.table]) + 1
        if self._lengthen is not None:
            self._lengthen(long, first + long.position)

    def _numbered(self, table: str, rows: Rows) -> Iterable[Row]:
        keyed = enumerate(rows[table], self._counts[table] + 1)
        owner = OWNERS[table]
        if owner is None:
            return [(key, *row) for key, row in keyed]
        # The owners of this record were counted just before.
        first = self._counts[owner] - len(rows[owner]) + 1
        return [(key, first + row[0], *row[1:]) for key, row in keyed]
