"""SQLite: one file with all tables, indexes, views and a full-text index."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Final, Self, TypeAlias

from wxr.diagnostics import Diagnostic
from wxr.errors import WriteError
from wxr.exporters import Place, Rendered
from wxr.exporters.files import STDOUT, Draft
from wxr.exporters.site import Sites
from wxr.exporters.sql.dialects import SQLITE
from wxr.exporters.sql.filling import Inserter, Thread
from wxr.exporters.sql.load import Load, Loader
from wxr.exporters.sql.rows import Row, rows_of, site_row, size_of
from wxr.exporters.sql.schema import SITE, TABLES, VERSION, VIEWS
from wxr.exporters.sql.search import Search
from wxr.exporters.sql.statements import (
    Names,
    create_indexes,
    create_table,
    create_view,
    linking,
)
from wxr.exporters.sql.written import storable_row
from wxr.ledger import NO_TYPE, Tally
from wxr.model import Record, Site

Payload: TypeAlias = Load | Site
"""Rows, or the site itself: the sink merges several to one."""

_SETTINGS: Final = (
    "PRAGMA page_size = 8192",
    # It would overwrite what is freed, and nothing here ever is.
    "PRAGMA secure_delete = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    # A draft that was cut off is thrown away; what is whole is synced as a file.
    "PRAGMA synchronous = OFF",
)

_NAMES: Final = Names(SQLITE)

_ITEMS: Final = "SELECT coalesce(nullif(type, ''), ?), count(*) FROM posts GROUP BY 1"
_COMMENTS: Final = "SELECT type, count(*) FROM comments GROUP BY type"
_AUTHORS: Final = "SELECT count(*) FROM authors"
# What only items name is no record of the export's.
_TERMS: Final = "SELECT count(*) FROM terms WHERE extra IS NOT NULL"

_META: Final = """
SELECT 'post', count(*) FROM post_meta
UNION ALL SELECT 'comment', count(*) FROM comment_meta
UNION ALL SELECT 'term', count(*) FROM term_meta
"""

_REASONS: Final = {
    sqlite3.SQLITE_FULL: "the disk is full; free some room or choose another --out",
    sqlite3.SQLITE_IOERR: "the disk failed or is full; choose another --out",
    sqlite3.SQLITE_READONLY: "you may not write here; choose another --out",
}


@dataclass(frozen=True, slots=True)
class SqliteExporter:
    """Load every record into one SQLite file."""

    needs_index: ClassVar[bool] = False

    def render(self, record: Record, place: Place) -> Rendered[Payload]:  # noqa: ARG002 - rows are the same in any place
        """Turn a record into rows without keys; the sink numbers them."""
        if isinstance(record, Site):
            return Rendered(record)
        found: list[Diagnostic] = []
        rows = rows_of(record, found)
        return Rendered(Load(rows, size_of(record)), Tally.of(record), found)

    def sink(self, target: str, *, force: bool) -> "SqliteSink":
        """Open the database.

        Raises:
            WriteError: The target exists and `force` is not given, it is not
                writable, or it is standard output.
        """
        return SqliteSink(target, force=force)


class SqliteSink:
    """A database that is loaded in one transaction, beside its final name."""

    def __init__(self, target: str, *, force: bool) -> None:
        if target == STDOUT:
            reason = "a database cannot go to standard output; name a file with --out"
            raise WriteError(reason, target=target)
        self._target = target
        self._draft = Draft(target, force=force)
        self._database = sqlite3.connect(
            self._draft.path,
            isolation_level=None,
            check_same_thread=False,  # two threads take turns
        )
        self._thread = Thread("wxr-sqlite")
        self._inserter = Inserter(self._database)
        self._search = Search(self._database)
        self._loader = Loader(self._insert)
        self._sites = Sites()
        self._tally = Tally()
        self.diagnostics: list[Diagnostic] = []
        """What the database could not hold, or cannot do."""

    def __enter__(self) -> Self:
        try:
            self._start()
        except sqlite3.Error as error:
            self._discard()
            raise _write_error(error, self._target) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._finish()
                tally = _counted(self._draft.path)
                self._draft.commit()
                self._tally = tally
        except sqlite3.Error as problem:
            raise _write_error(problem, self._target) from problem
        finally:
            self._discard()

    def write(self, rendered: Rendered[Payload]) -> None:
        """Take the rows of the next record.

        Raises:
            WriteError: The disk is full, or fails.
        """
        if isinstance(rendered.payload, Site):
            self._sites.add(rendered.payload)
            return
        try:
            self._loader.add(rendered.payload)
        except sqlite3.Error as error:
            raise _write_error(error, self._target) from error

    @property
    def written(self) -> Tally:
        """What the finished database holds, counted in it."""
        return self._tally

    def _start(self) -> None:
        for setting in _SETTINGS:
            self._database.execute(setting)
        self._database.execute("BEGIN")
        for table in (SITE, *TABLES):
            self._database.execute(create_table(table, _NAMES))
        self.diagnostics += self._search.create()

    def _insert(self, rows: Mapping[str, list[Row]]) -> None:
        posts, comments = (
            self._loader.last_key(table) - len(rows.get(table, ()))
            for table in ("posts", "comments")
        )
        self._thread.start(partial(self._fill, rows, posts, comments))

    def _fill(self, rows: Mapping[str, list[Row]], posts: int, comments: int) -> None:
        for table, their in rows.items():
            self._insert_into(table, their)
        self._search.add(posts, comments)

    def _insert_into(self, table: str, rows: list[Row]) -> None:
        try:
            self._inserter.insert(table, rows)
        except UnicodeEncodeError:
            self._database.execute(
                f'DELETE FROM "{table}" WHERE rowid >= ?',  # noqa: S608 - a name of the schema
                rows[0][:1],
            )
            self._inserter.insert(table, [self._storable(table, row) for row in rows])

    def _storable(self, table: str, row: Row) -> Row:
        return storable_row(table, row, SQLITE, self.diagnostics)

    def _finish(self) -> None:
        self._loader.flush()
        self._thread.wait()
        self._search.finish()
        site = self._sites.merged()
        row = self._storable(SITE.name, site_row(site))
        self._inserter.insert(SITE.name, [row])
        for statement in create_indexes(_NAMES):
            self._database.execute(statement)
        for view in VIEWS:
            self._database.execute(create_view(view, _NAMES))
        for statement in linking(_NAMES):
            self._database.execute(statement)
        self._database.execute(f"PRAGMA user_version = {VERSION}")
        self._database.execute("COMMIT")
        self._database.close()

    def _discard(self) -> None:
        self._thread.close()
        self._database.close()
        self._draft.discard()


def _counted(path: Path) -> Tally:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        return Tally(
            items=Counter(dict(database.execute(_ITEMS, (NO_TYPE,)))),
            comments=Counter(dict(database.execute(_COMMENTS))),
            authors=database.execute(_AUTHORS).fetchone()[0],
            terms=database.execute(_TERMS).fetchone()[0],
            meta=Counter(dict(database.execute(_META))),
        )


def _write_error(error: sqlite3.Error, target: str) -> WriteError:
    # The lowest byte is the kind of error, the others say more about it.
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    reason = _REASONS.get(kind, f"SQLite could not write it: {error}")
    return WriteError(reason, target=target)
