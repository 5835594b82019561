"""A SQLite database, compared row by row with what the export holds.

The rows of a record are made as for writing, numbered as the sink numbers them, and
looked up by their keys.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Final, Self

from wxr.errors import ReadError
from wxr.exporters import Place, Rendered
from wxr.exporters.site import merge_sites
from wxr.exporters.sql.dialects import SQLITE
from wxr.exporters.sql.rows import Row, Rows, rows_of, site_row
from wxr.exporters.sql.schema import SITE, TABLES, Table
from wxr.exporters.sql.written import storable_row
from wxr.ledger import Tally
from wxr.model import Author, Post, Record, Site, Term
from wxr.verification.comparing import shortened
from wxr.verification.folder import NOT_THERE
from wxr.verification.scores import Difference, Finding, Score, Sum

_KINDS: Final = {
    **dict.fromkeys(("authors", "posts", "terms"), "records"),
    "comments": "comments",
}
"""What a row of a table is; rows of all others are just rows."""
_TABLES: Final = {table.name: table for table in TABLES}
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Expected:
    """A record's rows, without keys, and how to call it."""

    name: str
    item: int | None
    rows: Rows
    site: Site | None = None


@dataclass(frozen=True, slots=True)
class SqliteComparer:
    """Compares records with the rows of a database."""

    needs_index: ClassVar[bool] = False

    def render(self, record: Record, place: Place) -> Rendered[Expected]:
        """Give the rows of a record."""
        del place
        if isinstance(record, Site):
            return Rendered(Expected("site", None, {}, record))
        item = record.id if isinstance(record, Post) else None
        return Rendered(Expected(_name(record), item, rows_of(record, [])))

    def sink(self, target: str, *, force: bool) -> "DatabaseSum":
        """Open the database, to read only.

        Raises:
            ReadError: It is none of ours.
        """
        del force
        return DatabaseSum(target)


def _name(record: Author | Term | Post) -> str:
    match record:
        case Post():
            return f"post {record.id}"
        case Term():
            slug = record.slug or record.name or ""
            return f"term {record.taxonomy}/{slug[:_LONGEST_NAME]}"
        case Author():
            return f"author {(record.login or '')[:_LONGEST_NAME]}"


class DatabaseSum:
    """What was found of a database, added up."""

    def __init__(self, target: str) -> None:
        self.sum = Sum()
        self.written = Tally()
        self._target = target
        self._counts: Counter[str] = Counter()
        self._sites: dict[Site, None] = {}
        address = f"{Path(target).absolute().as_uri()}?mode=ro"
        with self._one_line():
            self._database = sqlite3.connect(address, uri=True)
            self._database.text_factory = _text
            self._database.execute("PRAGMA trusted_schema = OFF")
            self._database.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                with self._one_line():
                    self._finish()
        finally:
            self._database.close()

    def write(self, rendered: Rendered[Expected]) -> None:
        """Compare the rows of the next record."""
        expected = rendered.payload
        if expected.site is not None:
            self._sites.setdefault(expected.site)
            return
        with self._one_line():
            self.sum.add(self._compared(expected))

    def _compared(self, expected: Expected) -> Finding:
        found = Finding(item=expected.item, path=expected.name)
        numbered = {
            name: self._numbered(name, expected.rows)
            for name in _TABLES
            if name in expected.rows
        }
        for name, rows in numbered.items():
            self._counts[name] += len(rows)
            found += _differing(_TABLES[name], rows, self._rows(name, rows), found)
        return found

    def _numbered(self, name: str, rows: Rows) -> list[Row]:
        """Give the rows with the keys that they got when they were written."""
        keyed = enumerate(rows[name], self._counts[name] + 1)
        owner = _TABLES[name].owner
        if owner is None:
            return [(key, *row) for key, row in keyed]
        first = self._first(owner, rows)
        return [(key, first + row[0], *row[1:]) for key, row in keyed]

    def _first(self, owner: str, rows: Rows) -> int:
        return self._counts[owner] + 1 if owner in rows else self._counts[owner]

    def _rows(self, name: str, rows: list[Row]) -> Iterator[Row]:
        table = _TABLES[name]
        columns = ", ".join(f'"{column}"' for column in table.loaded)
        key = table.loaded[0]
        return self._database.execute(
            f'SELECT {columns} FROM "{name}"'  # noqa: S608  names of the schema
            f' WHERE "{key}" BETWEEN ? AND ? ORDER BY "{key}"',
            (rows[0][0], rows[-1][0]),
        )

    def _finish(self) -> None:
        columns = ", ".join(f'"{column.name}"' for column in SITE.columns)
        there = self._database.execute(f"SELECT {columns} FROM site")  # noqa: S608
        site = site_row(merge_sites(*(self._sites or (Site(),))))
        found = Finding(item=None, path="site")
        mine = [(1, *site)]
        self.sum.add(_differing(SITE, mine, ((1, *row) for row in there), found))
        for name, table in _TABLES.items():
            self.sum.add_extra(self._extra(name, table.loaded[0]))

    def _extra(self, name: str, key: str) -> Iterator[str]:
        """Name the rows behind the last one; terms that only items name follow."""
        declared = " AND extra IS NOT NULL" if name == "terms" else ""
        rows = self._database.execute(
            f'SELECT "{key}" FROM "{name}" WHERE "{key}" > ?{declared}',  # noqa: S608
            (self._counts[name],),
        )
        return (f"{name}, row {number}" for (number,) in rows)

    @contextmanager
    def _one_line(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            reason = f"cannot be compared as a database of wxr ({error})"
            raise ReadError(reason, source=self._target) from error


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _differing(
    table: Table, mine: list[Row], theirs: Iterator[Row], record: Finding
) -> Finding:
    """Compare rows that have keys with those that stand under these keys."""
    there = {row[0]: row for row in theirs}
    kind = _KINDS.get(table.name, "rows")
    lost = 0
    difference: Difference | None = None
    for row in mine:
        found = there.get(row[0])
        if found is not None and (found == row or found == _storable(table, row)):
            continue
        lost += 1
        difference = difference or _first(table, row, found)
    is_gone = lost and kind == "records" and not there
    return Finding(
        item=record.item,
        path=record.path,
        scores={kind: Score(len(mine), lost)},
        difference=None if is_gone else difference,
        problem=NOT_THERE if is_gone else None,
    )


def _first(table: Table, mine: Row, theirs: Row | None) -> Difference:
    place = f"{table.name}, row {mine[0]}"
    if theirs is None:
        return Difference("fields", place, "no such row")
    names = ("key", *table.loaded) if table is SITE else table.loaded
    name, one, other = next(
        each
        for each in zip(names, _storable(table, mine), theirs, strict=True)
        if each[1] != each[2]
    )
    return Difference(
        "fields",
        f"{place}, {name}: {shortened(repr(one))}",
        shortened(repr(other)),
    )


def _storable(table: Table, row: Row) -> Row:
    """Give a row, its key first, as a database of SQLite holds it."""
    return (row[0], *storable_row(table.name, row[1:], SQLITE, []))
