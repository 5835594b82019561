"""The tables of a SQLite database, to be compared."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wxr.errors import ReadError
from wxr.exporters.sql.dialects import SQLITE
from wxr.exporters.sql.rows import Row
from wxr.exporters.sql.schema import SITE, Table


class SqliteTables:
    """See `wxr.verification.database.Tables`."""

    dialect = SQLITE

    def __init__(self, target: str) -> None:
        """Open the file, to read only.

        Raises:
            ReadError: It is no database.
        """
        self._target = target
        address = f"{Path(target).absolute().as_uri()}?mode=ro"
        with self._one_line():
            self._database = sqlite3.connect(address, uri=True)
            self._database.text_factory = _text
            self._database.execute("PRAGMA trusted_schema = OFF")
            self._database.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    def site(self) -> Iterator[Row]:
        """Give the rows of `site`."""
        return self._asked(f"SELECT {_listed(SITE)} FROM site")  # noqa: S608  names of the schema

    def rows(self, table: Table, first: int, last: int) -> Iterator[Row]:
        """Give rows by their keys, with the values that they were loaded with."""
        return self._asked(
            f'SELECT {_listed(table)} FROM "{table.name}"'  # noqa: S608
            f' WHERE "{table.loaded[0]}" BETWEEN ? AND ?',
            first,
            last,
        )

    def keys_after(self, table: Table, last: int) -> Iterator[int]:
        """Give the keys of rows behind the last one; terms only if declared."""
        key = table.loaded[0]
        declared = " AND extra IS NOT NULL" if table.name == "terms" else ""
        query = f'SELECT "{key}" FROM "{table.name}" WHERE "{key}" > ?{declared}'  # noqa: S608
        return (number for (number,) in self._asked(query, last))

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _asked(self, query: str, *values: int) -> Iterator[Row]:
        with self._one_line():
            yield from self._database.execute(query, values)

    @contextmanager
    def _one_line(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            reason = f"cannot be compared as a database of wxr ({error})"
            raise ReadError(reason, source=self._target) from error


def _listed(table: Table) -> str:
    return ", ".join(f'"{column}"' for column in table.loaded)


def _text(data: bytes) -> str:
    return data.decode(errors="replace")
