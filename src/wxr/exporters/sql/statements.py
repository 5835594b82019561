"""Statements in the words of a dialect: tables, indexes, views, and rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from wxr.exporters.sql.dialects import Dialect
from wxr.exporters.sql.rows import Row
from wxr.exporters.sql.schema import (
    INDEXES,
    SITE,
    TABLES,
    VIEWS,
    Column,
    Index,
    Kind,
    Table,
    View,
)
from wxr.exporters.sql.terms import LINKS

TABLE_OF: Final = {table.name: table for table in (SITE, *TABLES)}
"""Every table by its name."""

VIEW_NAMES: Final = ("search", *(view.name for view in VIEWS))
"""Every view; `search` is one in PostgreSQL only."""

LARGEST: Final = 1 << 22
"""Bytes of rows in one statement: no more than any server takes, or client holds."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the tables of a run are called in their database."""

    dialect: Dialect
    schema: str = ""
    prefix: str = ""

    def of(self, name: str) -> str:
        """Give the full name of a table or view, quoted."""
        quoted = self.quoted(self.prefix + name)
        return f"{self.quoted(self.schema)}.{quoted}" if self.schema else quoted

    def quoted(self, name: str) -> str:
        """Quote a name: `key`, `date` and others are words of SQL."""
        mark = self.dialect.quote
        return f"{mark}{name.replace(mark, mark * 2)}{mark}"

    def listed(self, names: Iterable[str]) -> str:
        """Give names of columns with commas between them."""
        return ", ".join(map(self.quoted, names))

    def filled(self, template: str) -> str:
        """Put the names of tables where a template has them in braces."""
        return template.strip().format_map(_ByName(self))


class _ByName(dict[str, str]):
    """What stands for `{…}` in a template: the name of a table, mostly."""

    def __init__(self, names: Names) -> None:
        super().__init__(nulls_first=names.dialect.nulls_first)
        self._names = names

    def __missing__(self, name: str) -> str:
        return self._names.of(name)


def opening(names: Names) -> Iterator[str]:
    """Give the statements before the first row."""
    dialect = names.dialect
    yield from map(names.filled, dialect.start)
    if names.schema:
        yield dialect.makes_schema.format(schema=names.quoted(names.schema))
    yield from create_tables(names)
    yield from map(names.filled, dialect.before_rows)


def closing(names: Names) -> Iterator[str]:
    """Give the statements after the last row."""
    dialect = names.dialect
    yield from map(names.filled, dialect.after_rows)
    yield from create_indexes(names)
    yield from linking(names)
    for table in TABLES:
        yield from _references(dialect.late_reference, table, names)
    yield from create_views(names)
    yield from map(names.filled, (*dialect.search, *dialect.end))


def linking(names: Names) -> Iterator[str]:
    """Give the statements that link items' terms to the rows of `terms`."""
    yield from map(names.filled, names.dialect.before_links)
    yield from map(names.filled, LINKS)


def create_tables(names: Names) -> Iterator[str]:
    """Give the statements that make all tables, and mark them as ours."""
    for table in TABLE_OF.values():
        yield create_table(table, names)
        if names.dialect.mark:
            yield names.dialect.mark.format(table=names.of(table.name))


def drop_tables(names: Names) -> Iterator[str]:
    """Give the statements that remove our views and tables, where they are."""
    for view in VIEW_NAMES:
        yield f"DROP VIEW IF EXISTS {names.of(view)}"
    for table in reversed(TABLE_OF):
        yield f"DROP TABLE IF EXISTS {names.of(table)}"


def create_views(names: Names) -> Iterator[str]:
    """Give the statements that make the views."""
    for view in VIEWS:
        yield create_view(view, names)


def create_table(table: Table, names: Names) -> str:
    """Give the statement that makes a table."""
    parts = [_column(column, names) for column in table.columns]
    parts += _references(names.dialect.table_reference, table, names)
    suffix = names.dialect.table_suffix
    return f"CREATE TABLE {names.of(table.name)} ({', '.join(parts)}){suffix}"


def create_indexes(names: Names) -> Iterator[str]:
    """Give the statements that make the indexes."""
    together = names.dialect.indexes
    for table, indexes in groupby(INDEXES, key=attrgetter("table")):
        statements = [create_index(index, names) for index in indexes]
        if together:
            parts = ", ".join(statements)
            yield together.format(table=names.of(table), parts=parts)
        else:
            yield from statements


def create_index(index: Index, names: Names) -> str:
    """Give what makes an index: a statement, or a part of one."""
    kinds = {column.name: column.kind for column in TABLE_OF[index.table].columns}
    are_names = [kinds[name] is Kind.NAME for name in index.columns]
    columns = [names.quoted(name) for name in index.columns]
    part = names.dialect.name_part
    # Where an index belongs to its table, its name need not tell whose it is.
    prefix = "" if names.dialect.indexes else names.prefix
    return names.dialect.index.format(
        name=names.quoted(prefix + index.name),
        table=names.of(index.table),
        columns=", ".join(
            column + part * is_name
            for column, is_name in zip(columns, are_names, strict=True)
        ),
        shortened=", ".join(
            f"left({column}, 200)" if is_name else column
            for column, is_name in zip(columns, are_names, strict=True)
        ),
    )


def create_view(view: View, names: Names) -> str:
    """Give the statement that makes a view."""
    return f"CREATE VIEW {names.of(view.name)} AS {names.filled(view.query)}"


def insert(table: Table, names: Names) -> str:
    """Give the statement that puts a row into a table, its values bound."""
    values = ", ".join("?" * len(table.loaded))
    columns = names.listed(table.loaded)
    return f"INSERT INTO {names.of(table.name)} ({columns}) VALUES ({values})"  # noqa: S608 - names are the schema's, values are bound


def load_start(table: str, names: Names) -> bytes:
    """Give what stands before rows that are loaded into a table."""
    columns = names.listed(TABLE_OF[table].loaded)
    start = names.dialect.load_start
    return start.format(table=names.of(table), columns=columns).encode()


def joined(
    rows: Iterable[Row], dialect: Dialect, largest: int = LARGEST
) -> Iterator[list[bytes]]:
    """Put each row's keys before its values, and give rows for one statement each."""
    between = dialect.between_values.encode()
    forms = [between.join([b"%d"] * keys + [b"%b"]) for keys in range(3)]
    together: list[bytes] = []
    size = 0
    for row in rows:
        line = forms[len(row) - 1] % row
        if together and size + len(line) > largest:
            yield together
            together, size = [], 0
        together.append(line)
        size += len(line)
    if together:
        yield together


def long_text(
    table: str, column: str, key: int, pieces: Sequence[bytes], names: Names
) -> Iterator[bytes]:
    """Give the statements that put a long text into its row, piece by piece."""
    form = names.dialect.long_text
    if form is None:
        return
    given = {
        "table": names.of(table),
        "column": names.quoted(column),
        "key": str(key),
        "literal": "\0",
    }
    for template, piece in _with_pieces(form.first, form.more, pieces):
        yield template.format_map(given).encode().replace(b"\0", piece)
    if form.last:
        yield form.last.format_map(given).encode()


def _with_pieces(
    first: str, more: str, pieces: Sequence[bytes]
) -> Iterator[tuple[str, bytes]]:
    for number, piece in enumerate(pieces):
        yield (more if number else first), piece


def _column(column: Column, names: Names) -> str:
    definition = f"{names.quoted(column.name)} {names.dialect.types[column.kind]}"
    if column.table is None:
        return definition
    return definition + names.dialect.reference.format(
        table=names.of(column.table), key=names.quoted("row_id")
    )


def _references(template: str, table: Table, names: Names) -> Iterator[str]:
    for column in table.columns:
        if template and column.table is not None:
            yield template.format(
                owner=names.of(table.name),
                column=names.quoted(column.name),
                table=names.of(column.table),
                key=names.quoted("row_id"),
            )
