"""Rows into the file of the site index."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wxr.index.rows import Row
from wxr.index.schema import (
    INDEXES,
    SCRATCH,
    TABLES,
    Value,
    create_statements,
    insert_statement,
)

_BATCH: Final = 1000
"""Rows held back per table: enough to be quick, little enough to be small."""


class IndexWriter:
    """A new index, being filled."""

    def __init__(self, path: str) -> None:
        Path(path).unlink(missing_ok=True)
        self._database = sqlite3.connect(path)
        self._waiting: dict[str, list[tuple[Value, ...]]] = {}
        for statement in (*SCRATCH, *create_statements()):
            self._database.execute(statement)

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows, in the order of the export."""
        for table, values in rows:
            waiting = self._waiting.setdefault(table, [])
            waiting.append(values)
            if len(waiting) >= _BATCH:
                self._flush(table)

    def finish(self) -> None:
        """Write what waits, make the indexes and close the file."""
        for table in TABLES:
            self._flush(table)
        for statement in INDEXES:
            self._database.execute(statement)
        self._database.commit()
        self._database.close()

    def abandon(self) -> None:
        """Close the file as it is; it is of no use."""
        self._database.close()

    def _flush(self, table: str) -> None:
        waiting = self._waiting.pop(table, [])
        self._database.executemany(insert_statement(table), waiting)
