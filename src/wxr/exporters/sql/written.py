"""Rows to the text of a dialect: pure, so it runs in any process.

The keys of a row are numbers that only the sink knows; they come before all else, so
the rest of a row is written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from re import Match, compile as pattern
from typing import Final

from wxr.diagnostics import Code, Diagnostic
from wxr.exporters.decoded import nesting
from wxr.exporters.sql.dialects import Dialect, LongText
from wxr.exporters.sql.load import OWNERS, Load, Long
from wxr.exporters.sql.rows import Row, Rows
from wxr.exporters.sql.schema import SITE, Column, Kind
from wxr.exporters.sql.statements import TABLE_OF

_OWNED: Final = {name: int(owner is not None) for name, owner in OWNERS.items()}
_LOADED: Final = {
    name: tuple(column for column in table.columns if not column.is_derived)
    for name, table in TABLE_OF.items()
}
_HAS_DECODED: Final = frozenset(
    name for name, columns in _LOADED.items() if columns[-1].name == "decoded"
)
"""Tables whose last column is what a custom field says, as JSON."""


def written(rows: Rows, dialect: Dialect, found: list[Diagnostic]) -> Load:
    """Give rows whose values are text; report what no text of the database holds."""
    writer = _Writer(dialect, found)
    texts = {table: writer.rows_of(table, their) for table, their in rows.items()}
    size = sum(len(row[-1]) for their in texts.values() for row in their)
    return Load(texts, size, writer.long)


def written_site(row: Row, dialect: Dialect, found: list[Diagnostic]) -> bytes:
    """Give the row of `site` as text; none of its columns is a key."""
    return _Writer(dialect, found).text_of(SITE.name, row)


def storable_row(
    table: str, row: Row, dialect: Dialect, found: list[Diagnostic]
) -> Row:
    r"""Write characters that a database cannot hold as `\u0000`, or whichever it is."""
    odd = pattern(f"[{dialect.unstorable}]")
    storable = tuple(
        odd.sub(_ESCAPES[column.kind is Kind.JSON], value)
        if isinstance(value, str)
        else value
        for column, value in zip(_columns(table, row), row, strict=True)
    )
    if storable != row:
        found.append(_unstorable(table))
    return storable


def stored_row(table: str, row: Row, dialect: Dialect, found: list[Diagnostic]) -> Row:
    """Give a row as a database holds it, its long texts too."""
    writer = _Writer(dialect, found)
    return storable_row(table, writer.fitting(table, row), dialect, found)


def _columns(table: str, row: Row) -> tuple[Column, ...]:
    """Give the columns of a row, which may lack its keys."""
    return _LOADED[table][-len(row) :]


def _escape(match: Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _escape_in_json(match: Match[str]) -> str:
    # A backslash there means itself when it is doubled; a half pair is no JSON.
    return f"\\{_escape(match)}"


_ESCAPES: Final = (_escape, _escape_in_json)


@dataclass(slots=True)
class _Writer:
    """Writes the rows of one record."""

    dialect: Dialect
    found: list[Diagnostic]
    long: list[Long] = field(default_factory=list)

    def rows_of(self, table: str, rows: list[Row]) -> list[Row]:
        owned = _OWNED[table]
        return [
            (*row[:owned], self.row_of(table, row[owned:], position))
            for position, row in enumerate(rows)
        ]

    def row_of(self, table: str, row: Row, position: int) -> bytes:
        form, row = self.dialect.long_text, self.fitting(table, row)
        if form is not None and any(_is_long(value, form) for value in row):
            row = tuple(self._shortened(table, row, position, form))
        return self.text_of(table, row)

    def fitting(self, table: str, row: Row) -> Row:
        """Leave out JSON that the database would refuse; the value itself is there."""
        depth = self.dialect.json_depth
        if depth is None or table not in _HAS_DECODED or row[-1] is None:
            return row
        if nesting(row[-1], depth) <= depth:
            return row
        self.found.append(_too_deep(depth))
        return (*row[:-1], None)

    def text_of(self, table: str, row: Row) -> bytes:
        try:
            text = self.dialect.between_values.join(map(self.dialect.value, row))
            if "\0" not in text:
                return text.encode()
        except UnicodeEncodeError:
            pass
        return self._spelled(table, row)

    def _spelled(self, table: str, row: Row) -> bytes:
        storable = storable_row(table, row, self.dialect, self.found)
        text = self.dialect.between_values.join(map(self.dialect.value, storable))
        return text.encode()

    def _shortened(
        self, table: str, row: Row, position: int, form: LongText
    ) -> Iterator[object]:
        storable = storable_row(table, row, self.dialect, self.found)
        for column, text in zip(_columns(table, row), storable, strict=True):
            if not _is_long(text, form):
                yield text
                continue
            pieces = tuple(
                self.dialect.text(text[start : start + form.piece]).encode()
                for start in range(0, len(text), form.piece)
            )
            self.long.append(Long(table, position, column.name, pieces))
            yield None


def _is_long(value: object, form: LongText) -> bool:
    return isinstance(value, str) and len(value) > form.longest


def _too_deep(depth: int) -> Diagnostic:
    """Report JSON that a database does not take."""
    return Diagnostic(
        code=Code.META_NOT_DECODED,
        message=f"a custom field: nested deeper than {depth}, which is as deep"
        " as the database takes JSON",
    )


def _unstorable(table: str) -> Diagnostic:
    """Report a character that a database cannot hold."""
    return Diagnostic(
        code=Code.UNSTORABLE_CHARACTER,
        message=f"a row of {table} has a character that the database cannot hold;"
        " it was written as its escape",
    )
