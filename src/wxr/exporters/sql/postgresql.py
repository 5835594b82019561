"""PostgreSQL: everything in one transaction, rows by COPY."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from re import compile as pattern
from typing import Any, Final

import psycopg
from psycopg.conninfo import make_conninfo

from wxr.errors import WriteError
from wxr.exporters.sql.dialects import POSTGRESQL
from wxr.exporters.sql.load import Long
from wxr.exporters.sql.rows import Row
from wxr.exporters.sql.statements import (
    TABLE_OF,
    Names,
    closing,
    create_tables,
    drop_tables,
    joined,
    linking,
    load_start,
)
from wxr.exporters.sql.url import Url

_AT_THE_DOOR: Final = "cannot be opened"
_DEFAULTS: Final = {"connect_timeout": "10", "fallback_application_name": "wxr"}
_MARKS: Final = """
SELECT relname, coalesce(obj_description(pg_class.oid, 'pg_class'), '')
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = coalesce(nullif(%s, ''), current_schema()) AND relname = ANY (%s)
"""
_HAS_SCHEMA: Final = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)"
_ADVICE: Final = {
    "3D000": "create it first: createdb NAME",
    "3F000": "choose one by --schema",
    "42501": "ask its owner for the right to, or choose another --schema",
    "53100": "free some room on the server's disk",
}
"""What to do, by PostgreSQL's codes of errors."""
# libpq hands on no code of why it was not let in.
_NO_ROLE: Final = pattern(r'role ".*" does not exist')
_NO_DATABASE: Final = pattern(r'database ".*" does not exist')
_ADVICE_AT_THE_DOOR: Final = (
    (_NO_ROLE, "name another user in the address, or create it first: createuser NAME"),
    (_NO_DATABASE, "create it first: createdb NAME"),
)


class PostgresqlSession:
    """A connection that makes and loads our tables."""

    def __init__(self, url: Url, names: Names, target: str) -> None:
        self.names = names
        self._target = target
        with self._errors(_AT_THE_DOOR):
            # Made to text first, so that only what libpq knows gets through.
            address = make_conninfo(**_parameters(url))
            self._connection = psycopg.connect(address, autocommit=True)
        try:
            self._require_utf8()
        except WriteError:
            self.close()
            raise

    def start(self, *, replaced: Collection[str]) -> None:
        """Begin, with new tables, which take the place of these of ours."""
        self._begin()
        if replaced:
            self._run(drop_tables(self.names))
        elif self.names.schema and not self._asked(_HAS_SCHEMA, self.names.schema):
            schema = self.names.quoted(self.names.schema)
            self._run([POSTGRESQL.makes_schema.format(schema=schema)])
        self._run(create_tables(self.names))

    def start_adding(self) -> None:
        """Begin, with the tables that are there; nobody else may write to them."""
        self._begin()
        tables = ", ".join(map(self.names.of, TABLE_OF))
        self._run([f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"])

    def load(self, table: str, rows: list[Row]) -> None:
        """Copy rows into a table."""
        copy = load_start(table, self.names).removesuffix(b";\n")
        with (
            self._errors("could not take the rows"),
            self._connection.cursor() as cursor,
            cursor.copy(copy) as into,
        ):
            for together in joined(rows, POSTGRESQL):
                into.write(b"\n".join(together) + b"\n")

    def lengthen(self, long: Long, key: int) -> None:
        """Do nothing: no text is too long for COPY."""

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Give the rows of a query."""
        with self._errors("could not be asked"):
            return self._connection.execute(query.encode()).fetchall()

    def marks(self) -> Mapping[str, str]:
        """Give our tables' names that are taken, with the comments on them."""
        names = {f"{self.names.prefix}{name}": name for name in TABLE_OF}
        with self._errors("could not be asked"):
            rows = self._connection.execute(_MARKS, (self.names.schema, list(names)))
            return {names[name]: mark for name, mark in rows}

    def finish(self) -> None:
        """Add indexes, links and views, and make all of it last."""
        self._run(closing(self.names))

    def finish_adding(self) -> None:
        """Link terms, and make all of it last."""
        self._run(linking(self.names))
        self._run(POSTGRESQL.end)

    def close(self) -> None:
        """Go; what is not committed is rolled back."""
        self._connection.close()

    def _begin(self) -> None:
        self._run(POSTGRESQL.start)

    def _run(self, statements: Any) -> None:  # noqa: ANN401 - any iterable of text
        with self._errors("refused"):
            for statement in statements:
                self._connection.execute(statement.encode())

    def _asked(self, query: bytes | str, value: str) -> bool:
        row = self._connection.execute(query, (value,)).fetchone()
        return bool(row and row[0])

    def _require_utf8(self) -> None:
        encoding = self._connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise WriteError(
                f"the database is in {encoding}, which cannot hold all characters;"
                " create one by: createdb --encoding=UTF8 --template=template0 NAME",
                target=self._target,
            )

    @contextmanager
    def _errors(self, what: str) -> Iterator[None]:
        """Say in one line what PostgreSQL says, and what to do about it."""
        try:
            yield
        except psycopg.Error as error:
            raise WriteError(_reason(error, what), target=self._target) from error


def _parameters(url: Url) -> dict[str, Any]:
    given = {
        "host": ",".join(url.hosts),
        "port": ",".join(url.ports).strip(","),
        "user": url.user,
        "password": url.password,
        "dbname": url.database,
    }
    present = {name: value for name, value in given.items() if value}
    # As in libpq, what stands behind the question mark has the last word.
    return {**_DEFAULTS, **present, **url.options, "client_encoding": "UTF8"}


def _reason(error: psycopg.Error, what: str) -> str:
    said = error.diag.message_primary or str(error).partition("\n")[0]
    advice = _ADVICE.get(error.sqlstate or "")
    if advice is None and what == _AT_THE_DOOR:
        advice = next((do for why, do in _ADVICE_AT_THE_DOOR if why.search(said)), None)
    parts = (f"{what}: {said.strip()}", "nothing was changed", advice)
    return "; ".join(part for part in parts if part)
