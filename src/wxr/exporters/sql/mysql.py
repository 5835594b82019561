"""MySQL and MariaDB: rows in one transaction, tables put in place by one rename.

To make a table ends a transaction there. So tables are made under other names, loaded
in one transaction, and all renamed by one statement, which is atomic; whatever goes
wrong before it leaves what was there as it was.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

import pymysql
from pymysql.err import Error

from wxr.errors import WriteError, standing
from wxr.exporters.files import MAYBE
from wxr.exporters.sql.dialects import MYSQL
from wxr.exporters.sql.literals import mysql_text
from wxr.exporters.sql.load import Long
from wxr.exporters.sql.rows import Row
from wxr.exporters.sql.statements import (
    LARGEST,
    TABLE_OF,
    Names,
    create_indexes,
    create_tables,
    create_views,
    drop_tables,
    joined,
    linking,
    load_start,
    long_text,
)
from wxr.exporters.sql.url import Url

_DRAFT: Final = "wxr_new_"
"""Begins the names of tables while they are loaded."""
_OLD: Final = "wxr_old_"
"""Begins the names of tables that are about to go."""

_LONGEST_LOCK: Final = 64
"""Characters that the name of a lock may have."""
_AROUND_ROWS: Final = 1 << 12
"""Bytes that a statement has besides its rows, with room to spare."""
_PORT: Final = 3306
_PATIENCE: Final = 10
"""Seconds that a connection may take."""
_OPTIONS: Final[Mapping[str, type]] = {
    "connect_timeout": int,
    "read_default_file": str,
    "read_default_group": str,
    "read_timeout": int,
    "ssl_ca": str,
    "ssl_cert": str,
    "ssl_key": str,
    "ssl_verify_cert": bool,
    "ssl_verify_identity": bool,
    "unix_socket": str,
    "write_timeout": int,
}
"""What may stand behind the question mark, under PyMySQL's names."""
_IGNORED: Final = frozenset({"charset"})
"""What often stands there, and is always the same here."""

_MARKS: Final = """
SELECT table_name, table_comment FROM information_schema.tables
WHERE table_schema = database() AND table_name IN ({names})
"""
_TELLING: Final = "authors"
"""The table whose name no other's ends with: what is before it is the prefix."""
# An underscore stands for any letter, unless one says otherwise.
_DRAFTS: Final = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = database() AND table_comment LIKE 'wxr schema %'
  AND table_name LIKE 'wxr|_new|_%authors' ESCAPE '|'
"""
_PACKET: Final = "raise max_allowed_packet on the server, in its [mysqld] section"
_NULL_KEY: Final = 1048
"""What the server says of a text that it could not put together."""
_TOO_LARGE: Final = "a text is larger than max_allowed_packet"
_ADVICE: Final = {
    _NULL_KEY: _PACKET,
    1021: "free some room on the server's disk",
    1046: "name a database at the end of the address",
    1049: "create it first: CREATE DATABASE NAME",
    1114: "free some room on the server's disk",
    1153: _PACKET,
    1301: _PACKET,
}
"""What to do, by the server's numbers of errors."""


class MysqlSession:
    """A connection that makes and loads our tables."""

    def __init__(self, url: Url, names: Names, target: str) -> None:
        self._target = target
        self._final = names
        self.names = names
        self._url = url
        self._parameters = _parameters(url, target)
        self._connection = self._connected()
        self._packet = self._asked_for_packet()
        self._is_finished = True
        self._replaced: Collection[str] = ()

    def start(self, *, replaced: Collection[str]) -> None:
        """Make new tables under other names, and begin."""
        self._lock()
        self._drop_left_behind()
        self._replaced = replaced
        self.names = _drafts(self._final.prefix)
        self._is_finished = False
        self._run(create_tables(self.names))
        self._run(MYSQL.before_rows)

    def start_adding(self) -> None:
        """Begin, with the tables that are there."""
        self._lock()
        self._drop_left_behind()
        self._run(MYSQL.before_rows)

    def load(self, table: str, rows: list[Row]) -> None:
        """Insert rows, as many as go into one statement at a time."""
        start = load_start(table, self.names)
        between = MYSQL.between_rows.encode()
        end = MYSQL.load_end.strip().encode()
        self._run(
            start + between.join(together) + end
            for together in joined(
                rows, MYSQL, min(LARGEST, self._packet - _AROUND_ROWS)
            )
        )

    def lengthen(self, long: Long, key: int) -> None:
        """Put a long text into its row."""
        self._run(long_text(long.table, long.column, key, long.pieces, self.names))

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Give the rows of a query."""
        with self._errors("could not be asked"), self._connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    def marks(self) -> Mapping[str, str]:
        """Give our tables' names that are taken, with the comments on them."""
        self._run(MYSQL.start)
        names = {f"{self._final.prefix}{name}": name for name in TABLE_OF}
        quoted = ", ".join(f"'{name}'" for name in names)
        return {
            names[name]: mark for name, mark in self.ask(_MARKS.format(names=quoted))
        }

    def finish(self) -> None:
        """Add indexes and links, and put all tables in their places at once."""
        self._run(MYSQL.after_rows)
        self._run(create_indexes(self.names))
        self._run(linking(self.names))
        self._run(map(self.names.filled, MYSQL.search))
        old = Names(MYSQL, prefix=f"{_OLD}{self._final.prefix}")
        self._run(drop_tables(old))
        moves = (
            *_moved(self._replaced, self._final, old),
            *_moved(TABLE_OF, self.names, self._final),
        )
        with standing(MAYBE):
            self._put_in_place(moves, old)

    def _put_in_place(self, moves: Iterable[str], old: Names) -> None:
        self._run([f"RENAME TABLE {', '.join(moves)}"])
        self._is_finished, self.names = True, self._final
        self._run(f"DROP VIEW IF EXISTS {self.names.of(name)}" for name in _VIEWS)
        self._run(create_views(self.names))
        self._run(drop_tables(old))

    def finish_adding(self) -> None:
        """Link terms, and make all of it last."""
        self._run(linking(self.names))
        self._run(MYSQL.after_rows)

    def close(self) -> None:
        """Undo what was not finished, and go."""
        if not self._is_finished and not self._has_undone():
            # The connection was lost, and with it the rows; the tables were not. What
            # the server still does there, such as an index, would keep them.
            with suppress(WriteError):
                lost: int = self._connection.thread_id()  # type: ignore[no-untyped-call]
                self._connection = self._connected()
                self._end(lost)
                self._has_undone()
        with suppress(Error, OSError):
            self._connection.close()

    def _end(self, connection: int) -> None:
        with suppress(WriteError):  # it has ended already
            self._run([f"KILL {connection}"])

    def _has_undone(self) -> bool:
        try:
            self._run(["ROLLBACK", *drop_tables(self.names)])
        except WriteError:
            return False
        return True

    def _connected(self) -> "pymysql.Connection[Any]":
        with self._errors("cannot be opened"):
            return pymysql.connect(**self._parameters)

    def _lock(self) -> None:
        """Keep another run out of these tables until this connection ends."""
        name = self._lock_of(self._final.prefix)
        if self.ask(f"SELECT get_lock({name}, 0)") != [(1,)]:
            raise WriteError(
                "another run of wxr is loading these tables; wait for its end",
                target=self._target,
            )

    def _lock_of(self, prefix: str) -> str:
        name = f"wxr:{self._url.database}:{prefix}"
        return mysql_text(name[:_LONGEST_LOCK])

    def _drop_left_behind(self) -> None:
        """Drop the drafts of runs that could not even say goodbye."""
        self._run(drop_tables(_drafts(self._final.prefix)))
        for (name,) in self.ask(_DRAFTS):
            prefix = name.removeprefix(_DRAFT).removesuffix(_TELLING)
            lock = self._lock_of(prefix)
            # Held while they go: another run of that prefix may be about to begin.
            if self.ask(f"SELECT get_lock({lock}, 0)") == [(1,)]:
                self._run(drop_tables(_drafts(prefix)))
                self.ask(f"SELECT release_lock({lock})")

    def _asked_for_packet(self) -> int:
        """Give how large a statement may be."""
        ((size,),) = self.ask("SELECT @@max_allowed_packet")
        return int(size)

    def _run(self, statements: Iterable[str | bytes]) -> None:
        with self._errors("refused"):
            for statement in statements:
                # The server would hang up, and not say why.
                if len(statement) >= self._packet:
                    raise Error(1153, _TOO_LARGE)
                self._connection.query(statement)

    @contextmanager
    def _errors(self, what: str) -> Iterator[None]:
        """Say in one line what the server says, and what to do about it."""
        try:
            yield
        # RuntimeError: the driver lacks what the server's way to log in needs.
        except (Error, OSError, RuntimeError) as error:
            raise WriteError(_reason(error, what), target=self._target) from error


_VIEWS: Final = ("comment_threads", "pingbacks")


def _drafts(prefix: str) -> Names:
    return Names(MYSQL, prefix=f"{_DRAFT}{prefix}")


def _moved(tables: Iterable[str], source: Names, target: Names) -> Iterator[str]:
    return (f"{source.of(table)} TO {target.of(table)}" for table in tables)


def _parameters(url: Url, target: str) -> dict[str, Any]:
    unknown = sorted(set(url.options) - set(_OPTIONS) - _IGNORED)
    if unknown:
        known = ", ".join(_OPTIONS)
        raise WriteError(
            f"'{unknown[0]}' is no option here; there are: {known}", target=target
        )
    if len(url.hosts) > 1:
        raise WriteError("has more than one host", target=target)
    given = {
        "host": url.hosts[0] if url.hosts else None,
        "port": int(url.ports[0]) if url.ports and url.ports[0] else None,
        "user": url.user,
        # Where the server's own clients look for it.
        "password": url.password or os.environ.get("MYSQL_PWD"),
        "database": url.database,
    }
    present = {name: value for name, value in given.items() if value}
    options = {name: _option(name, text, target) for name, text in _known(url)}
    defaults = {"port": _PORT, "connect_timeout": _PATIENCE}
    return {
        **defaults,
        **present,
        **options,
        "charset": "utf8mb4",
        "autocommit": True,
    }


def _known(url: Url) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in url.options.items() if name in _OPTIONS)


def _option(name: str, text: str, target: str) -> object:
    kind = _OPTIONS[name]
    if kind is bool:
        return text.lower() in {"1", "true", "yes"}
    if kind is int and not text.isdecimal():
        raise WriteError(f"'{name}' wants a number", target=target)
    return kind(text)


def _reason(error: Exception, what: str) -> str:
    number, said, *_ = (*error.args, None, None)
    if not isinstance(number, int):
        number, said = None, str(error)
    if number == _NULL_KEY:
        said = _TOO_LARGE
    first = str(said).partition("\n")[0].strip() or "the connection was lost"
    parts = (f"{what}: {first}", "nothing was changed", _ADVICE.get(number or 0))
    return "; ".join(part for part in parts if part)
