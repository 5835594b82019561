"""Our SQLite file to slices: each record as the JSON it would be.

Rows of what hangs on a record are read along with it, in the order of its key, so
memory is that of the largest record. A database of a stranger's is no program here:
only tables are read, and only those of our schema.
"""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Final, TypeAlias

from wxr.diagnostics import Code, Diagnostic, OnDiagnostic
from wxr.errors import ReadError
from wxr.exporters.sql.schema import SITE, TABLES, VERSION, Kind as ColumnKind, Table
from wxr.ledger import Input
from wxr.parser import Kind, OnBytes, Part, temporary
from wxr.parser.envelope import DEFAULT
from wxr.parser.slices import Slice
from wxr.parser.source import BLOCK, why

_Row: TypeAlias = dict[str, Any]

_TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {table.name: table for table in (SITE, *TABLES)}
)
_RECORDS: Final = (
    ("site", "site", Kind.SITE),
    ("authors", "author", Kind.TERM),
    ("terms", "term", Kind.TERM),
    ("posts", "post", Kind.ITEM),
)
"""Tables, what their rows are, in the order in which they are read."""
_OWNED: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "terms": {"meta": "term_meta"},
        "posts": {"terms": "post_terms", "meta": "post_meta", "comments": "comments"},
        "comments": {"meta": "comment_meta"},
    }
)
"""By table: its records' lists, and the tables those are in."""
_KEY: Final = "row_id"
# Everything that can be done about a file that may lie.
_SETTINGS: Final = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA query_only = ON",
)


@dataclass(frozen=True, slots=True)
class Database:
    """A database that is open for reading."""

    connection: sqlite3.Connection
    given: Input
    """What is said of it in the report."""


@contextmanager
def opened(part: Part, on_bytes: OnBytes | None, *, hashed: bool) -> Iterator[Database]:
    """Open a part that is an SQLite file; one in an archive is copied out first.

    Raises:
        ReadError: It cannot be read, or wxr did not write it.
    """
    with ExitStack() as stack:
        file = stack.enter_context(closing(part.open()))
        path = getattr(file, "name", None)
        copy: IO[bytes] | None = None
        if not isinstance(path, str) or not Path(path).is_file():
            copy = stack.enter_context(_temporary_file())
            path = copy.name
        given = _read_through(part, file, copy, on_bytes, hashed=hashed)
        uri = f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1"
        with _one_line(part.name):
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            stack.enter_context(closing(connection))
            _prepare(connection, part.name)
            yield Database(connection, given)


def _temporary_file() -> AbstractContextManager[IO[bytes]]:
    with temporary.temporary_files():
        return tempfile.NamedTemporaryFile(suffix=".sqlite", buffering=0)


def _read_through(
    part: Part,
    file: Any,  # noqa: ANN401  what the part opens
    copy: IO[bytes] | None,
    on_bytes: OnBytes | None,
    *,
    hashed: bool,
) -> Input:
    """Read all bytes once: for the report, and for a copy where one is needed."""
    digest, size = hashlib.sha256(), 0
    try:
        while (hashed or copy) and (block := file.read(BLOCK)):
            size += len(block)
            if hashed:
                digest.update(block)
            if copy is not None:
                temporary.write(copy, block)
            if on_bytes:
                on_bytes(len(block))
    except OSError as error:
        raise ReadError(why(error), source=part.name) from error
    return Input(
        path=part.name, bytes=size, sha256=digest.hexdigest() if hashed else ""
    )


@contextmanager
def _one_line(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ReadError(f"the database is damaged ({error})", source=name) from error


def _prepare(connection: sqlite3.Connection, name: str) -> None:
    connection.row_factory = sqlite3.Row
    connection.text_factory = _text
    for setting in _SETTINGS:
        connection.execute(setting)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    found = {
        table: {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        if table in _TABLES
    }
    wanted = {table: set(_columns(table)) for table in _read_tables()}
    if not 1 <= version <= VERSION or any(
        not columns <= found.get(table, set()) for table, columns in wanted.items()
    ):
        reason = "it is an SQLite database, but not one that this wxr wrote"
        raise ReadError(reason, source=name)


def _text(data: bytes) -> str:
    # What is no UTF-8 becomes halves of surrogates, which are replaced, and said.
    return data.decode("utf-8", "surrogateescape")


def _read_tables() -> Iterator[str]:
    yield from (table for table, _, _ in _RECORDS)
    yield from (table for owned in _OWNED.values() for table in owned.values())


def _columns(table: str) -> list[str]:
    """Give the columns that hold what a record says, and a row's key and owner."""
    return [
        column.name
        for column in _TABLES[table].columns
        if not column.is_derived and not column.name.startswith("decoded")
    ]


class Rows:
    """The slices of a database: site, authors, terms, posts. Iterate once."""

    def __init__(self, database: Database, part: str, first_number: int) -> None:
        self._connection = database.connection
        self._part = part
        self._orphans = 0
        self.next_number = first_number

    def __iter__(self) -> Iterator[Slice]:
        """Give a slice for each record; its line is the number of its row."""
        with _one_line(self._part):
            for table, name, kind in _RECORDS:
                where = "WHERE extra IS NOT NULL" if table == "terms" else ""
                for key, row in self._records(table, where):
                    yield self._slice(kind, {"record": name, **row}, key)

    def report(self, on_diagnostic: OnDiagnostic) -> None:
        """Say what was left out, at the end."""
        if self._orphans:
            message = f"{self._orphans:,} rows hang on no record, and were left out"
            on_diagnostic(
                Diagnostic(code=Code.NOT_CARRIED, message=message, part=self._part)
            )

    def _records(self, table: str, where: str = "") -> Iterator[tuple[int, _Row]]:
        """Give the rows of a table by key, each with the lists that hang on it."""
        order = "" if table == "site" else f"ORDER BY {_KEY}"
        owned = {
            field: _Owned(self._owned(of_table), self)
            for field, of_table in _OWNED.get(table, {}).items()
        }
        for row in self._select(table, f"{where} {order}"):
            key = row.pop(_KEY, 1)
            lists = {field: each.of(key) for field, each in owned.items()}
            yield key, _as_json(table, row) | lists
        for each in owned.values():
            each.finish()

    def _owned(self, table: str) -> Iterator[tuple[int, _Row]]:
        """Give the rows of a table that hang on those of another, by their owners."""
        owner = next(c.name for c in _TABLES[table].columns if c.table)
        lists = {
            field: _Owned(self._owned(of_table), self)
            for field, of_table in _OWNED.get(table, {}).items()
        }
        order = f"ORDER BY {owner}, {_KEY}"
        for row in self._select(table, order):
            key, of = row.pop(_KEY), row.pop(owner)
            found = {field: each.of(key) for field, each in lists.items()}
            yield of, _as_json(table, row) | found
        for each in lists.values():
            each.finish()

    def _select(self, table: str, rest: str) -> Iterator[_Row]:
        names = ", ".join(f'"{name}"' for name in _columns(table))
        query = f'SELECT {names} FROM "{table}" {rest}'  # noqa: S608  names of our schema
        for row in self._connection.execute(query):
            yield dict(row)

    def orphan(self) -> None:
        """Count a row whose owner is not there."""
        self._orphans += 1

    def _slice(self, kind: Kind, row: _Row, key: int) -> Slice:
        number = 0
        if kind is Kind.ITEM:
            number, self.next_number = self.next_number, self.next_number + 1
        data = json.dumps(row, default=_no_json).encode()
        return Slice(kind, data, key, key, number, DEFAULT)


class _Owned:
    """The rows that hang on others, read along with them."""

    def __init__(self, rows: Iterator[tuple[int, _Row]], parent: Rows) -> None:
        self._rows, self._parent = rows, parent
        self._next = next(rows, None)

    def of(self, owner: int) -> list[_Row]:
        """Give the rows of an owner; owners are asked for by rising keys."""
        found = []
        while self._next is not None and not _is_after(self._next[0], owner):
            if self._next[0] == owner:
                found.append(self._next[1])
            else:
                self._parent.orphan()
            self._next = next(self._rows, None)
        return found

    def finish(self) -> None:
        """Count what hangs on owners that never came."""
        while self._next is not None:
            self._parent.orphan()
            self._next = next(self._rows, None)


def _is_after(key: object, owner: int) -> bool:
    """Say whether a key comes later; SQLite puts what is no number last."""
    return key is not None and (not isinstance(key, int | float) or key > owner)


def _as_json(table: str, row: _Row) -> _Row:
    """Give the values of a row as JSON has them."""
    for column in _TABLES[table].columns:
        convert = _CONVERTS.get(column.kind)
        if convert and column.name in row:
            row[column.name] = convert(row[column.name])
    return row


def _flag(value: object) -> object:
    return bool(value) if value in (0, 1) else value


def _local_time(value: object) -> object:
    return value.replace(" ", "T", 1) if isinstance(value, str) else value


def _instant(value: object) -> object:
    return f"{_local_time(value)}Z" if isinstance(value, str) else value


def _extra(value: object) -> object:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return value  # text is no list, and is refused as such


_CONVERTS: Final[Mapping[ColumnKind, Callable[[object], object]]] = MappingProxyType(
    {
        ColumnKind.BOOLEAN: _flag,
        ColumnKind.LOCAL_TIME: _local_time,
        ColumnKind.INSTANT: _instant,
        ColumnKind.JSON: _extra,
    }
)
"""From what a column holds to what stands in JSON; what is neither stays as it is."""


def _no_json(value: object) -> list[str]:
    """Stand for bytes, which no column of ours holds: no check lets a list pass."""
    return [repr(value)[:40]]
