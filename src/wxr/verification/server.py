"""The tables of a server's database, to be compared.

Times are asked for as the text that SQLite has, and JSON as text, so that values are
those of a row that is to be written.
"""

from collections.abc import Iterator
from typing import Final

from wxr.errors import ReadError
from wxr.exporters.sql.rows import Row
from wxr.exporters.sql.schema import SITE, Column, Kind, Table
from wxr.exporters.sql.server import is_ours, named, open_session
from wxr.exporters.sql.statements import TABLE_OF
from wxr.exporters.sql.url import parse_url, without_secrets

_MYSQL_TIME: Final = "date_format({}, '%Y-%m-%d %H:%i:%s')"
_POSTGRESQL_TIME: Final = "to_char({}, 'YYYY-MM-DD HH24:MI:SS')"
_AS_TEXT: Final = {
    "mysql": {Kind.LOCAL_TIME: _MYSQL_TIME, Kind.INSTANT: _MYSQL_TIME},
    "postgresql": {
        Kind.LOCAL_TIME: _POSTGRESQL_TIME,
        Kind.INSTANT: _POSTGRESQL_TIME.format("{} AT TIME ZONE 'UTC'"),
        Kind.JSON: "{}::text",
    },
}
"""By format: how columns are asked for whose values are no text and no number."""


class ServerTables:
    """See `wxr.verification.database.Tables`."""

    def __init__(self, target: str, to: str, *, schema: str, prefix: str) -> None:
        """Connect.

        Raises:
            OptionError: Schema or prefix are no names.
            WriteError: It cannot be reached.
            ReadError: It has no tables of ours.
        """
        self._names = named(to, schema, prefix)
        self.dialect = self._names.dialect
        self._target = without_secrets(target)
        self._session = open_session(parse_url(target, to), self._names, self._target)
        try:
            self._require_tables()
        except BaseException:
            self._session.close()
            raise

    def site(self) -> Iterator[Row]:
        """Give the rows of `site`."""
        return self._selected(SITE, "")

    def rows(self, table: Table, first: int, last: int) -> Iterator[Row]:
        """Give rows by their keys, with the values that they were loaded with."""
        key = self._names.quoted(table.loaded[0])
        return self._selected(table, f" WHERE {key} BETWEEN {first} AND {last}")

    def keys_after(self, table: Table, last: int) -> Iterator[int]:
        """Give the keys of rows behind the last one; terms only if declared."""
        key = self._names.quoted(table.loaded[0])
        declared = " AND extra IS NOT NULL" if table.name == "terms" else ""
        query = (
            f"SELECT {key} FROM {self._names.of(table.name)}"  # noqa: S608  names of the schema
            f" WHERE {key} > {last}{declared}"
        )
        return (number for (number,) in self._session.ask(query))

    def close(self) -> None:
        """Let go of the database."""
        self._session.close()

    def _selected(self, table: Table, condition: str) -> Iterator[Row]:
        columns = (column for column in table.columns if not column.is_derived)
        listed = ", ".join(map(self._asked_for, columns))
        query = f"SELECT {listed} FROM {self._names.of(table.name)}{condition}"  # noqa: S608
        yield from self._session.ask(query)

    def _asked_for(self, column: Column) -> str:
        form = _AS_TEXT[self.dialect.name].get(column.kind, "{}")
        return form.format(self._names.quoted(column.name))

    def _require_tables(self) -> None:
        found = self._session.marks()
        missing = [name for name in TABLE_OF if not is_ours(found.get(name, ""))]
        if missing:
            raise ReadError(
                f"has no table {self._names.prefix}{missing[0]} that wxr made; name"
                " schema and prefix as they were when it was loaded",
                source=self._target,
            )
