"""Rows into SQLite's tables, while the next are read and rendered.

A thread does it. SQLite lets go of Python's lock for as long as a statement runs, so a
statement takes many rows: one for each would ask for the lock as often.
"""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from itertools import chain
from typing import Final

from wxr.exporters.sql.dialects import SQLITE
from wxr.exporters.sql.rows import Row
from wxr.exporters.sql.statements import TABLE_OF, Names, insert

_MOST_ROWS: Final = 64
"""Rows of a statement; more are no faster."""


class Thread:
    """A thread that does one thing after the other, and never has two to do."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(1, name)
        self._doing: Future[None] | None = None

    def start(self, work: Callable[[], None]) -> None:
        """Begin with something, once what was begun before is done.

        Raises:
            Exception: What came of that.
        """
        self.wait()
        self._doing = self._executor.submit(work)

    def wait(self) -> None:
        """Let it finish.

        Raises:
            Exception: What came of it.
        """
        if self._doing is not None:
            doing, self._doing = self._doing, None
            doing.result()

    def close(self) -> None:
        """End the thread, whatever it is doing."""
        self._executor.shutdown()


class Inserter:
    """Puts rows into the tables of a database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._most_values = database.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)

    def insert(self, table: str, rows: list[Row]) -> None:
        """Put rows into a table.

        Raises:
            UnicodeEncodeError: A text holds what is no character; some of the rows
                may be there.
        """
        at = 0
        while at < len(rows):
            together = rows[at : at + self._portion(table, len(rows) - at)]
            values = tuple(chain.from_iterable(together))
            self._database.execute(_statement(table, len(together)), values)
            at += len(together)

    def _portion(self, table: str, rows: int) -> int:
        """Give a power of two, so that there are few different statements."""
        most = self._most_values // len(TABLE_OF[table].loaded)
        return 1 << (min(rows, most, _MOST_ROWS).bit_length() - 1)


@cache
def _statement(table: str, rows: int) -> str:
    start, values, row = insert(TABLE_OF[table], Names(SQLITE)).partition(" VALUES ")
    return f"{start}{values}{', '.join([row] * rows)}"
