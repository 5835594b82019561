"""How a database writes the schema: a dialect is data, and its functions are here."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wxr.exporters.sql.schema import Column, Index, Kind, Table, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What differs from one database to the next."""

    name: str
    types: Mapping[Kind, str]
    quote: str
    """Stands on both sides of a name."""
    placeholder: str
    """Stands for a value in a statement."""
    table_suffix: str = ""
    """Ends a CREATE TABLE."""


def create_table(table: Table, dialect: Dialect) -> str:
    """Give the statement that makes a table."""
    columns = ", ".join(_column(column, dialect) for column in table.columns)
    return (
        f"CREATE TABLE {_name(table.name, dialect)} ({columns}){dialect.table_suffix}"
    )


def create_index(index: Index, dialect: Dialect) -> str:
    """Give the statement that makes an index."""
    name, table = _name(index.name, dialect), _name(index.table, dialect)
    return f"CREATE INDEX {name} ON {table} ({_names(index.columns, dialect)})"


def create_view(view: View, dialect: Dialect) -> str:
    """Give the statement that makes a view."""
    return f"CREATE VIEW {_name(view.name, dialect)} AS {view.query.strip()}"


def insert(table: Table, dialect: Dialect) -> str:
    """Give the statement that puts a row into a table, its values bound."""
    values = ", ".join([dialect.placeholder] * len(table.loaded))
    columns = _names(table.loaded, dialect)
    return f"INSERT INTO {_name(table.name, dialect)} ({columns}) VALUES ({values})"  # noqa: S608 - names are the schema's, values are bound


def _column(column: Column, dialect: Dialect) -> str:
    definition = f"{_name(column.name, dialect)} {dialect.types[column.kind]}"
    if column.table is None:
        return definition
    table, key = _name(column.table, dialect), _name("row_id", dialect)
    return f"{definition} REFERENCES {table} ({key})"


def _names(names: tuple[str, ...], dialect: Dialect) -> str:
    return ", ".join(_name(name, dialect) for name in names)


def _name(name: str, dialect: Dialect) -> str:
    # `key`, `date` and others are words of SQL, so every name is quoted.
    return f"{dialect.quote}{name}{dialect.quote}"


SQLITE: Final = Dialect(
    name="sqlite",
    types=MappingProxyType(
        {
            Kind.KEY: "INTEGER PRIMARY KEY",
            Kind.ROW: "INTEGER",
            Kind.INTEGER: "INTEGER",
            Kind.TEXT: "TEXT",
            Kind.NAME: "TEXT",
            Kind.BOOLEAN: "INTEGER",
            Kind.LOCAL_TIME: "TEXT",
            Kind.INSTANT: "TEXT",
            Kind.JSON: "TEXT",
        }
    ),
    quote='"',
    placeholder="?",
)
