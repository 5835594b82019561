"""How databases write one schema and its values: a dialect is data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wxr.exporters.sql.full_text import MYSQL_SEARCH, POSTGRESQL_SEARCH, SQLITE_SEARCH
from wxr.exporters.sql.literals import (
    copied_text,
    copied_value,
    mysql_text,
    mysql_value,
    sqlite_text,
    sqlite_value,
)
from wxr.exporters.sql.schema import VERSION, Kind

MARK: Final = f"wxr schema {VERSION}"
"""The comment on a table that says it is ours, where a database has such comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText:
    """How a text is written that is too long for one statement: piece by piece.

    Its column is NULL until then. Templates take `table`, `column`, `key`, `literal`.
    """

    longest: int
    """Characters past which a text is long."""
    piece: int
    """Characters of a piece."""
    first: str
    more: str
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What differs from one database to the next.

    Templates name tables as `{posts}`, and take what their comments say.
    """

    name: str
    types: Mapping[Kind, str]
    quote: str = '"'
    """Stands on both sides of a name."""
    value: Callable[[object], str]
    """Writes a value of a row."""
    text: Callable[[str], str]
    """Writes a text by itself."""
    between_values: str
    between_rows: str
    load_start: str
    """Stands before rows; takes `table` and `columns`."""
    load_end: str
    """Stands after them."""
    long_text: LongText | None = None
    unstorable: str
    """The characters that no text may hold, as between the brackets of a pattern."""
    json_depth: int | None = None
    """Levels of JSON that it takes."""
    rewrites_json: bool = False
    """Whether it gives JSON back in its own order and spacing."""
    table_suffix: str = ""
    """Ends a CREATE TABLE."""
    reference: str = ""
    """In a column that names a row of another table; takes `table` and `key`."""
    table_reference: str = ""
    """The same, after the columns; takes `column` too."""
    late_reference: str = ""
    """The same, as a statement once the rows are there; takes `owner` too."""
    index: str = "CREATE INDEX {name} ON {table} ({columns})"
    """May take `shortened`: the columns, of names only the beginning."""
    indexes: str = ""
    """Makes all indexes of a table at once, from `parts`; without it each is made."""
    makes_schema: str = ""
    """Makes the schema that tables are to be in; takes `schema`."""
    name_part: str = ""
    """Behind a name's column in an index that cannot hold names of any length."""
    nulls_first: str = ""
    """Behind a column that sorts, where NULL does not come first by itself."""
    start: tuple[str, ...]
    """Statements before the tables are made."""
    before_rows: tuple[str, ...] = ()
    after_rows: tuple[str, ...] = ()
    before_links: tuple[str, ...] = ()
    """Statements before terms are linked, once the indexes are there."""
    search: tuple[str, ...] = ()
    """Statements that add full text."""
    end: tuple[str, ...] = ()
    """Statements that make all of it last."""
    mark: str = ""
    """Says of a table that it is ours, so that it may be replaced; takes `table`."""
    note: str
    """How a script is replayed; takes nothing."""
    script_start: tuple[str, ...] = ()
    """What a script's client must be told first."""


_UPDATE: Final = "UPDATE {table} SET {column} = "
_ROW: Final = " WHERE row_id = {key}"

SQLITE: Final = Dialect(
    name="sqlite",
    types=MappingProxyType(
        {
            Kind.KEY: "INTEGER PRIMARY KEY",
            Kind.ROW: "INTEGER",
            Kind.INTEGER: "INTEGER",
            Kind.TEXT: "TEXT",
            Kind.NAME: "TEXT",
            Kind.PATH: "TEXT",
            Kind.BOOLEAN: "INTEGER",
            Kind.LOCAL_TIME: "TEXT",
            Kind.INSTANT: "TEXT",
            Kind.JSON: "TEXT",
        }
    ),
    value=sqlite_value,
    text=sqlite_text,
    between_values=",",
    between_rows="),\n(",
    load_start="INSERT INTO {table} ({columns}) VALUES\n(",
    load_end=");\n",
    # A statement may have a billion bytes, and hexadecimal takes eight a character.
    long_text=LongText(
        longest=1 << 24,
        piece=1 << 26,
        first=_UPDATE + "{literal}" + _ROW,
        more=_UPDATE + "{column} || {literal}" + _ROW,
    ),
    unstorable="\ud800-\udfff",
    reference=" REFERENCES {table} ({key})",
    start=("BEGIN",),
    # Full text comes last: where a SQLite lacks FTS5, all else is there.
    end=(f"PRAGMA user_version = {VERSION}", "COMMIT", *SQLITE_SEARCH),
    note="sqlite3 blog.sqlite < blog.sql",
    # Without it the client goes on behind an error, and keeps what came of it.
    script_start=(".bail on\n", "PRAGMA encoding = 'UTF-8';\n"),
)

POSTGRESQL: Final = Dialect(
    name="postgresql",
    types=MappingProxyType(
        {
            Kind.KEY: "BIGINT PRIMARY KEY",
            Kind.ROW: "BIGINT",
            Kind.INTEGER: "BIGINT",
            Kind.TEXT: "TEXT",
            # Names and paths sort by their characters, as they do in SQLite.
            Kind.NAME: 'TEXT COLLATE "C"',
            Kind.PATH: 'TEXT COLLATE "C"',
            Kind.BOOLEAN: "BOOLEAN",
            Kind.LOCAL_TIME: "TIMESTAMP(0)",
            Kind.INSTANT: "TIMESTAMPTZ(0)",
            # JSONB has no room for NUL, and forgets the order of keys.
            Kind.JSON: "JSON",
        }
    ),
    value=copied_value,
    text=copied_text,
    between_values="\t",
    between_rows="\n",
    load_start="COPY {table} ({columns}) FROM stdin;\n",
    load_end="\n\\.\n",
    unstorable="\x00\ud800-\udfff",
    # To check each row as it comes takes longer than to check all together.
    late_reference=(
        "ALTER TABLE {owner} ADD FOREIGN KEY ({column}) REFERENCES {table} ({key})"
    ),
    # A row of an index ends at 2,700 bytes, and a name may be longer.
    index=(
        "DO $$ BEGIN CREATE INDEX {name} ON {table} ({columns});\n"
        "EXCEPTION WHEN program_limit_exceeded THEN\n"
        "CREATE INDEX {name} ON {table} ({shortened}); END $$"
    ),
    makes_schema="CREATE SCHEMA IF NOT EXISTS {schema}",
    nulls_first=" NULLS FIRST",
    start=(
        "BEGIN",
        "SET LOCAL client_encoding = 'UTF8'",
        "SET LOCAL TIME ZONE 'UTC'",
        # Else each word that is too long for an index is a line on the screen.
        "SET LOCAL client_min_messages = warning",
        "SET LOCAL statement_timeout = 0",
        "SET LOCAL idle_in_transaction_session_timeout = 0",
    ),
    before_links=("ANALYZE {terms}", "ANALYZE {post_terms}"),
    search=POSTGRESQL_SEARCH,
    end=("COMMIT",),
    mark=f"COMMENT ON TABLE {{table}} IS '{MARK}'",
    note="psql -v ON_ERROR_STOP=1 DATABASE < blog.sql",
    script_start=("\\set ON_ERROR_STOP 1\n",),
)

_MYSQL_NAME: Final = "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"

MYSQL: Final = Dialect(
    name="mysql",
    types=MappingProxyType(
        {
            Kind.KEY: "BIGINT PRIMARY KEY",
            Kind.ROW: "BIGINT",
            Kind.INTEGER: "BIGINT",
            Kind.TEXT: "LONGTEXT",
            Kind.NAME: _MYSQL_NAME,
            Kind.PATH: _MYSQL_NAME,
            Kind.BOOLEAN: "BOOLEAN",
            Kind.LOCAL_TIME: "DATETIME",
            # A TIMESTAMP ends in 2038.
            Kind.INSTANT: "DATETIME",
            Kind.JSON: "JSON",
        }
    ),
    quote="`",
    value=mysql_value,
    text=mysql_text,
    between_values=",",
    between_rows="),\n(",
    load_start="INSERT INTO {table} ({columns}) VALUES\n(",
    load_end=");\n",
    # A row of fifteen texts stays below 16 MiB, the usual `max_allowed_packet`.
    long_text=LongText(
        longest=1 << 17,
        piece=1 << 18,
        first="SET @wxr_text = {literal}",
        more="SET @wxr_text = CONCAT(@wxr_text, {literal})",
        # It is NULL where it grew past `max_allowed_packet`, and a key cannot be.
        last=_UPDATE + "@wxr_text, row_id = IF(@wxr_text IS NULL, NULL, row_id)" + _ROW,
    ),
    unstorable="\ud800-\udfff",
    # MariaDB's limit; MySQL's is 100.
    json_depth=31,
    # MySQL does; MariaDB keeps the text.
    rewrites_json=True,
    table_suffix=(
        " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
        f" COMMENT = '{MARK}'"
    ),
    table_reference="FOREIGN KEY ({column}) REFERENCES {table} ({key})",
    # Each statement on its own would rebuild the table.
    index="ADD INDEX {name} ({columns})",
    indexes="ALTER TABLE {table} {parts}",
    name_part="(191)",
    start=(
        "SET NAMES utf8mb4",
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
        "SET SESSION time_zone = '+00:00'",
    ),
    before_rows=("START TRANSACTION",),
    after_rows=("COMMIT",),
    search=MYSQL_SEARCH,
    note="mariadb DATABASE < blog.sql, or mysql DATABASE < blog.sql",
)

DIALECTS: Final[Mapping[str, Dialect]] = MappingProxyType(
    {dialect.name: dialect for dialect in (MYSQL, POSTGRESQL, SQLITE)}
)
"""Each by its name."""
