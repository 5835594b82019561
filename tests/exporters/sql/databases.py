"""Databases to load and to ask: rows come back as the same values from each."""

import json
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

import psycopg
import pymysql
from psycopg.types.json import set_json_loads

from tests.servers import Server, program
from wxr.exporters.decoded import decoded
from wxr.exporters.site import merge_sites
from wxr.exporters.sql.schema import Kind
from wxr.exporters.sql.statements import TABLE_OF
from wxr.model import Author, Comment, Meta, Post, Record, Site, Term

Rows: TypeAlias = list[dict[str, Any]]
Ask: TypeAlias = Callable[[str], list[tuple[Any, ...]]]
"""Gives the rows of a query."""

_AS_IT_IS: Final = {
    *(Kind.KEY, Kind.ROW, Kind.INTEGER, Kind.TEXT, Kind.NAME, Kind.PATH),
}
"""What any database gives back as the value that was stored."""
_OWN_TABLES: Final = {"terms", "meta", "comments"}


class ServerEngine(Protocol):
    """A database system with a server."""

    dialect: str
    quote: str
    elsewhere: str

    @property
    def url(self) -> str:
        """Give the address of an empty database."""
        ...

    def kill_clients(self) -> None:
        """End every connection but one's own."""
        ...

    def connected(self) -> Any:  # noqa: ANN401 - a context that gives an `Ask`
        """Open the database."""
        ...


class Engine(Protocol):
    """A database system."""

    dialect: str
    quote: str

    def replay(self, script: bytes) -> None:
        """Run a script by the system's own client, in an empty database."""
        ...

    def connected(self) -> Any:  # noqa: ANN401 - a context that gives an `Ask`
        """Open what was replayed."""
        ...


@dataclass
class Sqlite:
    """SQLite, by its shell."""

    folder: Path
    dialect: str = "sqlite"
    quote: str = '"'

    @property
    def path(self) -> Path:
        return self.folder / "replayed.sqlite"

    def replay(self, script: bytes) -> None:
        self.path.unlink(missing_ok=True)
        _client("sqlite3", str(self.path), script=script)

    @contextmanager
    def connected(self) -> Iterator[Ask]:
        with closing(sqlite3.connect(self.path)) as connection:
            yield lambda query: connection.execute(query).fetchall()


@dataclass
class Postgresql:
    """PostgreSQL, by `psql`."""

    server: Server
    dialect: str = "postgresql"
    quote: str = '"'
    setting: str = "standard_conforming_strings = on"
    elsewhere: str = "schema"
    """The option that puts tables where others have none of their own."""

    @property
    def url(self) -> str:
        return f"postgresql://{self.server.user}@/postgres?host={self.server.folder}"

    def kill_clients(self) -> None:
        """End every connection but this one, as a server's administrator may."""
        with self.connected() as ask:
            ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'wxr'"
            )

    def empty(self) -> None:
        with self._connection() as connection:
            connection.execute("DROP SCHEMA IF EXISTS elsewhere CASCADE")
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
            connection.execute(f"ALTER ROLE wxr SET {self.setting}")

    def replay(self, script: bytes) -> None:
        self.empty()
        _client(
            *("psql", "-qXv", "ON_ERROR_STOP=1", "-U", self.server.user),
            *("-h", str(self.server.folder), "postgres"),
            script=script,
        )

    @contextmanager
    def connected(self) -> Iterator[Ask]:
        with self._connection() as connection:
            set_json_loads(_as_text, connection)

            def ask(query: str) -> list[tuple[Any, ...]]:
                cursor = connection.execute(query.encode())
                return cursor.fetchall() if cursor.description else []

            yield ask

    def _connection(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.server.folder),
            user=self.server.user,
            dbname="postgres",
            autocommit=True,
        )


@dataclass
class Mariadb:
    """MariaDB, by `mariadb`."""

    server: Server
    dialect: str = "mysql"
    quote: str = "`"
    setting: str = "STRICT_ALL_TABLES"
    elsewhere: str = "prefix"
    """The option that puts tables where others have none of their own."""

    @property
    def url(self) -> str:
        return f"mysql://root@/blog?unix_socket={self.server.folder}/socket"

    def kill_clients(self) -> None:
        """End every connection but this one, as a server's administrator may."""
        with self._connection() as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM information_schema.processlist"
                " WHERE id <> connection_id() AND user = 'root'"
            )
            for (number,) in cursor.fetchall():
                cursor.execute(f"KILL {number}")

    def empty(self) -> None:
        with self._connection() as connection, connection.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS blog")
            cursor.execute("CREATE DATABASE blog CHARACTER SET latin1")
            cursor.execute(f"SET GLOBAL sql_mode = '{self.setting}'")

    def replay(self, script: bytes) -> None:
        self.empty()
        socket = self.server.folder / "socket"
        _client(
            *("mariadb", "--no-defaults", f"-S{socket}", "-uroot", "blog"),
            script=script,
        )

    @contextmanager
    def connected(self) -> Iterator[Ask]:
        with self._connection() as connection, connection.cursor() as cursor:

            def ask(query: str) -> list[tuple[Any, ...]]:
                cursor.execute("USE blog")
                cursor.execute(query)
                return list(cursor.fetchall())

            yield ask

    def _connection(self) -> pymysql.Connection:
        return pymysql.connect(
            unix_socket=str(self.server.folder / "socket"),
            user="root",
            charset="utf8mb4",
            autocommit=True,
        )


def _as_text(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode()


def _client(name: str, *arguments: str, script: bytes) -> None:
    done = subprocess.run(
        [program(name) or name, *arguments],
        input=script,
        capture_output=True,
        check=False,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""


def check_rows(
    records: Sequence[Record], ask: Ask, engine: Engine | ServerEngine
) -> None:
    """Hold every row in a database against the records, field by field."""
    check_tables(tables_of(records), ask, engine)


def check_tables(
    tables: Mapping[str, Rows], ask: Ask, engine: Engine | ServerEngine
) -> None:
    """Hold every row in a database against those that are expected."""
    for table, expected in tables.items():
        found = _read(table, ask, engine)
        assert found == [_spelled(row, engine.dialect) for row in expected]


def _read(table: str, ask: Ask, engine: Engine | ServerEngine) -> Rows:
    columns = [c for c in TABLE_OF[table].columns if c.name != "term_row_id"]
    if table == "term_meta":  # there it is the owner
        columns = list(TABLE_OF[table].columns)
    names = ", ".join(f"{engine.quote}{c.name}{engine.quote}" for c in columns)
    where = " WHERE extra IS NOT NULL" if table == "terms" else ""
    order = "" if table == "site" else f" ORDER BY {columns[0].name}"
    found = ask(f"SELECT {names} FROM {table}{where}{order}")
    keys = [column.name for column in columns]
    rows = [dict(zip(keys, row, strict=True)) for row in found]
    for column in columns:
        if column.kind not in _AS_IT_IS:
            for row in rows:
                row[column.name] = _plain(row[column.name], column.kind)
    return rows


def _plain(value: object, kind: Kind) -> object:
    if isinstance(value, datetime):
        in_utc = value if value.tzinfo is None else value.astimezone(UTC)
        return in_utc.isoformat(" ")[:19]
    if kind is Kind.JSON and isinstance(value, str):
        return json.loads(value)
    return value


def tables_of(records: Sequence[Record]) -> dict[str, Rows]:
    """Give the rows that a database has to hold, by table."""
    posts = [record for record in records if isinstance(record, Post)]
    terms = [record for record in records if isinstance(record, Term)]
    authors = [record for record in records if isinstance(record, Author)]
    sites = [record for record in records if isinstance(record, Site)]
    comments = [(row, c) for row, post in enumerate(posts, 1) for c in post.comments]
    return {
        "site": [_fields(merge_sites(*(sites or [Site()])))],
        "authors": _numbered(map(_fields, authors)),
        "terms": _numbered(map(_fields, terms)),
        "term_meta": _metas(terms, "term_row_id"),
        "posts": _numbered(map(_fields, posts)),
        "post_terms": _numbered(
            {"post_row_id": row, **_fields(ref)}
            for row, post in enumerate(posts, 1)
            for ref in post.terms
        ),
        "post_meta": _metas(posts, "post_row_id"),
        "comments": _numbered(
            {"post_row_id": row, **_fields(comment)} for row, comment in comments
        ),
        "comment_meta": _metas([comment for _, comment in comments], "comment_row_id"),
    }


def _fields(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record
    return {
        field.name: _stored(getattr(record, field.name))
        for field in fields(record)
        if field.name not in _OWN_TABLES
    }


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(" ")[:19]
    if isinstance(value, tuple):
        return [list(pair) for pair in value]
    return value


def _metas(owners: Sequence[Post | Term | Comment], name: str) -> Rows:
    return _numbered(
        {name: row, **_meta(meta)}
        for row, owner in enumerate(owners, 1)
        for meta in owner.meta
    )


def _meta(meta: Meta) -> dict[str, Any]:
    text = decoded(meta, [])
    says = None if text is None else json.loads(text)
    return {"key": meta.key, "value": meta.value, "decoded": says}


def _depth(value: object) -> int:
    match value:
        case dict():
            return 1 + max(map(_depth, value.values()), default=0)
        case list():
            return 1 + max(map(_depth, value), default=0)
        case _:
            return 0


def _numbered(rows: Any) -> Rows:  # noqa: ANN401 - dicts
    return [{"row_id": number, **row} for number, row in enumerate(rows, 1)]


def _spelled(row: dict[str, Any], dialect: str) -> dict[str, Any]:
    """Spell NUL as PostgreSQL gets it; leave out JSON deeper than MariaDB takes it."""
    if dialect == "mysql" and _depth(row.get("decoded")) > 31:
        row = row | {"decoded": None}
    if dialect != "postgresql":
        return row
    spelled = {
        name: value.replace("\0", "\\u0000")
        for name, value in row.items()
        if isinstance(value, str) and "\0" in value
    }
    return row | spelled if spelled else row
