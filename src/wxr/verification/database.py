"""A database, compared row by row with what the export holds.

The rows of a record are made as for writing, numbered as the sink numbers them, and
looked up by their keys, those of some records at a time.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol, TypeAlias

from wxr.exporters import Place, Rendered
from wxr.exporters.site import Sites
from wxr.exporters.sql.dialects import Dialect
from wxr.exporters.sql.rows import Row, Rows, rows_of, site_row, size_of
from wxr.exporters.sql.schema import SITE, TABLES, Column, Kind, Table
from wxr.exporters.sql.written import stored_row
from wxr.model import Author, Post, Record, Site, Term
from wxr.verification.comparing import shortened
from wxr.verification.folder import NOT_THERE
from wxr.verification.scores import Difference, Finding, Score
from wxr.verification.summing import TargetSum

_KINDS: Final = {
    **dict.fromkeys(("authors", "posts", "terms"), "records"),
    "comments": "comments",
}
"""What a row of a table is; rows of all others are just rows."""
_TABLES: Final = {table.name: table for table in TABLES}
_LONGEST_NAME: Final = 60
_MOST_RECORDS: Final = 200
_MOST_CHARACTERS: Final = 1 << 20
"""What is looked up at once: to ask costs more than to read a row."""

There: TypeAlias = Mapping[int, Row]
"""Rows that were found, by their keys."""


class Tables(Protocol):
    """The tables of a database, to read only."""

    dialect: Dialect

    def site(self) -> Iterable[Row]:
        """Give the rows of `site`."""
        ...

    def rows(self, table: Table, first: int, last: int) -> Iterable[Row]:
        """Give rows by their keys, with the values that they were loaded with."""
        ...

    def keys_after(self, table: Table, last: int) -> Iterable[int]:
        """Give the keys of rows behind the last one; terms only if declared."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


@dataclass(frozen=True, slots=True)
class Expected:
    """A record's rows, without keys, and how to call it."""

    name: str
    item: int | None
    rows: Rows
    size: int = 0
    site: Site | None = None


@dataclass(frozen=True, slots=True)
class DatabaseComparer:
    """Compares records with the rows of a database."""

    needs_index: ClassVar[bool] = False
    opened: Callable[[str], Tables]
    """Opens a database by its name or address."""

    def render(self, record: Record, place: Place) -> Rendered[Expected]:
        """Give the rows of a record."""
        del place
        if isinstance(record, Site):
            return Rendered(Expected("site", None, {}, site=record))
        item = record.id if isinstance(record, Post) else None
        rows = rows_of(record, [])
        return Rendered(Expected(_name(record), item, rows, size_of(record)))

    def sink(self, target: str, *, force: bool) -> "DatabaseSum":
        """Open the database, to read only.

        Raises:
            WxrError: It is none of ours.
        """
        del force
        return DatabaseSum(self.opened(target))


def _name(record: Author | Term | Post) -> str:
    match record:
        case Post():
            return f"post {record.id}"
        case Term():
            slug = record.slug or record.name or ""
            return f"term {record.taxonomy}/{slug[:_LONGEST_NAME]}"
        case Author():
            return f"author {(record.login or '')[:_LONGEST_NAME]}"


class DatabaseSum(TargetSum[Expected]):
    """What was found of a database, added up."""

    def __init__(self, tables: Tables) -> None:
        super().__init__()
        self._tables = self._to_close.enter_context(closing(tables))
        self._counts: Counter[str] = Counter()
        self._sites = Sites()
        self._waiting: list[Expected] = []
        self._size = 0

    def write(self, rendered: Rendered[Expected]) -> None:
        """Compare the rows of the next record, now or with those of the next."""
        expected = rendered.payload
        if expected.site is not None:
            self._sites.add(expected.site)
            return
        self._waiting.append(expected)
        self._size += expected.size
        if len(self._waiting) >= _MOST_RECORDS or self._size >= _MOST_CHARACTERS:
            self._compare()

    def _compare(self) -> None:
        numbered = [
            (each, {name: self._numbered(name, each.rows) for name in each.rows})
            for each in self._waiting
        ]
        there = {name: self._there(name, numbered) for name in _TABLES}
        for each, rows in numbered:
            self.sum.add(self._compared(each, rows, there))
        self._waiting, self._size = [], 0

    def _compared(
        self, expected: Expected, rows: Rows, there: Mapping[str, There]
    ) -> Finding:
        found = Finding(item=expected.item, path=expected.name)
        for name, table in _TABLES.items():
            if name in rows:
                found += self._differing(table, rows[name], there[name], found)
        return found

    def _there(self, name: str, numbered: Iterable[tuple[Expected, Rows]]) -> There:
        """Look up rows that there should be."""
        keys = [row[0] for _, rows in numbered for row in rows.get(name, ())]
        if not keys:
            return {}
        found = self._tables.rows(_TABLES[name], keys[0], keys[-1])
        return {row[0]: row for row in found}

    def _numbered(self, name: str, rows: Rows) -> list[Row]:
        """Give the rows with the keys that they got when they were written."""
        keyed = enumerate(rows[name], self._counts[name] + 1)
        self._counts[name] += len(rows[name])
        owner = _TABLES[name].owner
        if owner is None:
            return [(key, *row) for key, row in keyed]
        # The owners of this record were counted just before.
        first = self._counts[owner] - len(rows[owner]) + 1
        return [(key, first + row[0], *row[1:]) for key, row in keyed]

    def _finish(self) -> None:
        self._compare()
        site = site_row(self._sites.merged())
        found = Finding(item=None, path="site")
        there = dict(enumerate(((1, *row) for row in self._tables.site()), start=1))
        self.sum.add(self._differing(SITE, [(1, *site)], there, found))
        for name, table in _TABLES.items():
            keys = self._tables.keys_after(table, self._counts[name])
            self.sum.add_extra(f"{name}, row {key}" for key in keys)

    def _differing(
        self, table: Table, mine: list[Row], theirs: There, record: Finding
    ) -> Finding:
        """Compare rows that have keys with those that stand under these keys."""
        kind = _KINDS.get(table.name, "rows")
        lost = 0
        difference: Difference | None = None
        for row in mine:
            found = theirs.get(row[0])
            if found is not None and (found == row or self._is_same(table, row, found)):
                continue
            lost += 1
            difference = difference or self._first(table, row, found)
        is_gone = kind == "records" and not any(row[0] in theirs for row in mine)
        return Finding(
            item=record.item,
            path=record.path,
            scores={kind: Score(len(mine), lost)},
            difference=None if is_gone else difference,
            problem=NOT_THERE if is_gone else None,
        )

    def _is_same(self, table: Table, mine: Row, theirs: Row) -> bool:
        return next(self._differences(table, mine, theirs), None) is None

    def _differences(
        self, table: Table, mine: Row, theirs: Row
    ) -> Iterator[tuple[str, object, object]]:
        """Give each column that differs from what a database holds of a row."""
        dialect = self._tables.dialect
        stored = (mine[0], *stored_row(table.name, mine[1:], dialect, []))
        columns = [column for column in table.columns if not column.is_derived]
        if table is SITE:
            columns.insert(0, _SITE_KEY)
        for column, one, other in zip(columns, stored, theirs, strict=True):
            may_differ = column.kind is Kind.JSON and dialect.rewrites_json
            if one != other and not (may_differ and is_same_json(one, other)):
                yield column.name, one, other

    def _first(self, table: Table, mine: Row, theirs: Row | None) -> Difference:
        place = f"{table.name}, row {mine[0]}"
        if theirs is None:
            return Difference("fields", place, "no such row")
        name, one, other = next(self._differences(table, mine, theirs))
        return Difference(
            "fields",
            f"{place}, {name}: {shortened(repr(one))}",
            shortened(repr(other)),
        )


_SITE_KEY: Final = Column("key", Kind.KEY)


_LEAST: Final = -(1 << 63)
_MOST: Final = (1 << 64) - 1
"""What MySQL keeps as a whole number."""


def is_same_json(one: object, other: object) -> bool:
    """Say whether two texts are one value, types and all, as MySQL writes it."""
    if isinstance(one, str) and isinstance(other, str):
        with suppress(ValueError, RecursionError):
            return _canonical(one) == _canonical(other)
    return False


def _canonical(text: str) -> str:
    """Write JSON in one way. Python alone would take `true` for 1, and 1 for 1.0."""
    return json.dumps(json.loads(text, parse_int=_number), sort_keys=True)


def _number(text: str) -> int | float:
    number = int(text)
    return number if _LEAST <= number <= _MOST else float(text)
