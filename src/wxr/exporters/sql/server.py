"""Databases of a server: the exporters, and the sink that they share.

What a server is told is in `postgresql` and `mysql`, which are imported with their
drivers when a sink is opened: rows are rendered without either.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from re import compile as pattern
from types import TracebackType
from typing import Any, ClassVar, Final, Protocol, Self, TypeAlias

from wxr.diagnostics import Diagnostic
from wxr.errors import OptionError, WriteError
from wxr.exporters import Place, Rendered
from wxr.exporters.site import Sites
from wxr.exporters.sql.dialects import DIALECTS, MARK
from wxr.exporters.sql.load import Load, Loader, Long
from wxr.exporters.sql.rows import Row, rows_of, site_row
from wxr.exporters.sql.schema import SITE, TABLES
from wxr.exporters.sql.statements import TABLE_OF, Names
from wxr.exporters.sql.url import Url, parse_url, without_secrets
from wxr.exporters.sql.written import written, written_site
from wxr.ledger import NO_TYPE, Tally
from wxr.model import Record, Site

Payload: TypeAlias = Load | Site
"""Rows, or the site itself: the sink merges several to one."""

_NAME: Final = pattern(r"[A-Za-z_][A-Za-z0-9_]{0,23}")
_SESSIONS: Final = {
    "mysql": "wxr.exporters.sql.mysql:MysqlSession",
    "postgresql": "wxr.exporters.sql.postgresql:PostgresqlSession",
}


Answer: TypeAlias = list[tuple[Any, ...]]
"""What a query gives."""


class Session(Protocol):
    """A connection that loads rows, all or none."""

    names: Names
    """What the tables are called while they are loaded."""

    def start(self, *, replaced: Collection[str]) -> None:
        """Begin, with new tables, which take the place of these of ours."""
        ...

    def start_adding(self) -> None:
        """Begin, with the tables that are there."""
        ...

    def load(self, table: str, rows: list[Row]) -> None:
        """Take rows whose values are in the dialect's form."""
        ...

    def lengthen(self, long: Long, key: int) -> None:
        """Put a long text into its row."""
        ...

    def ask(self, query: str) -> Answer:
        """Give the rows of a query."""
        ...

    def marks(self) -> Mapping[str, str]:
        """Give our tables' names that are taken, with the comments on them."""
        ...

    def finish(self) -> None:
        """Add indexes, links and views, and make all of it last."""
        ...

    def finish_adding(self) -> None:
        """Link terms, and make all of it last."""
        ...

    def close(self) -> None:
        """Undo what was not finished, and go."""
        ...


@dataclass(frozen=True, slots=True)
class PostgresqlExporter:
    """Load every record into a schema of a PostgreSQL database."""

    schema: str = ""
    """Where the tables go; made where it is missing. Without it: `search_path`."""
    prefix: str = ""
    """Begins every table's name."""
    append: bool = False
    """Add to the tables that are there."""
    needs_index: ClassVar[bool] = False

    def render(self, record: Record, place: Place) -> Rendered[Payload]:  # noqa: ARG002 - rows are the same in any place
        """Write a record's rows without their keys; the sink numbers them."""
        return rendered(record, "postgresql")

    def replaces(self, target: str) -> list[str]:  # noqa: ARG002 - an address
        """Say that no file is replaced, whatever the address looks like."""
        return []

    def sink(self, target: str, *, force: bool) -> "ServerSink":
        """Open the database whose address is given.

        Raises:
            WriteError: It cannot be reached, or its tables are there and neither
                `force` nor `append` is given.
            OptionError: Schema or prefix are no names, or `append` goes with `force`.
        """
        names = named("postgresql", self.schema, self.prefix)
        return ServerSink(target, names, force=force, append=self.append)


@dataclass(frozen=True, slots=True)
class MysqlExporter:
    """Load every record into a MySQL or MariaDB database."""

    prefix: str = ""
    """Begins every table's name."""
    append: bool = False
    """Add to the tables that are there."""
    needs_index: ClassVar[bool] = False

    def render(self, record: Record, place: Place) -> Rendered[Payload]:  # noqa: ARG002 - rows are the same in any place
        """Write a record's rows without their keys; the sink numbers them."""
        return rendered(record, "mysql")

    def replaces(self, target: str) -> list[str]:  # noqa: ARG002 - an address
        """Say that no file is replaced, whatever the address looks like."""
        return []

    def sink(self, target: str, *, force: bool) -> "ServerSink":
        """Open the database whose address is given.

        Raises:
            WriteError: As for PostgreSQL.
            OptionError: As for PostgreSQL.
        """
        names = named("mysql", "", self.prefix)
        return ServerSink(target, names, force=force, append=self.append)


def rendered(record: Record, dialect: str) -> Rendered[Payload]:
    """Write a record's rows in the words of a dialect."""
    if isinstance(record, Site):
        return Rendered(record)
    found: list[Diagnostic] = []
    load = written(rows_of(record, found), DIALECTS[dialect], found)
    return Rendered(load, Tally.of(record), found)


def named(dialect: str, schema: str, prefix: str) -> Names:
    """Say what tables are called.

    Raises:
        OptionError: Schema or prefix are no plain names, or not for this dialect.
    """
    for option, name in (("schema", schema), ("prefix", prefix)):
        if name and not _NAME.fullmatch(name):
            reason = "wants up to 24 letters, digits and _, and no digit first"
            raise OptionError(reason, option=option)
        # SQLite's full text knows its tables by their own names.
        if name and dialect not in _TAKES[option]:
            raise OptionError(f"is not for {dialect}", option=option)
    return Names(DIALECTS[dialect], schema, prefix)


_TAKES: Final = {"schema": ("postgresql",), "prefix": ("mysql", "postgresql")}


class ServerSink:
    """Tables of a server's database, loaded in one transaction."""

    def __init__(self, target: str, names: Names, *, force: bool, append: bool) -> None:
        if force and append:
            raise OptionError(
                "adds to tables, and --force replaces them", option="append"
            )
        self._names = names
        self._target = without_secrets(target)
        self._force, self._append = force, append
        url = parse_url(target, names.dialect.name)
        self._session = open_session(url, names, self._target)
        self._loader = Loader(self._insert, self._session.lengthen)
        self._sites = Sites()
        self._first: dict[str, int] = {}
        self._tally = Tally()
        self.diagnostics: list[Diagnostic] = []
        """What the site's row could not hold."""

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._session.close()
            raise
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
        finally:
            self._session.close()

    def write(self, rendered: Rendered[Payload]) -> None:
        """Take the rows of the next record.

        Raises:
            WriteError: The server refuses them, is full, or is gone.
        """
        if isinstance(rendered.payload, Site):
            self._sites.add(rendered.payload)
        else:
            self._loader.add(rendered.payload)

    @property
    def written(self) -> Tally:
        """What the database holds of this run, counted in it."""
        return self._tally

    def _start(self) -> None:
        taken = self._session.marks()
        self._refuse_tables_of_others(taken)
        if taken and self._append:
            self._add_to(taken)
        elif taken and not self._force:
            raise WriteError(
                "the tables are there already; give --force to replace them, --append"
                f" to add to them, or {_ELSEWHERE[self._names.dialect.name]}",
                target=self._target,
            )
        else:
            self._session.start(replaced=taken)

    def _add_to(self, taken: Mapping[str, str]) -> None:
        missing = [name for name in TABLE_OF if name not in taken]
        other = {mark for mark in taken.values() if mark != MARK}
        if missing or other:
            raise WriteError(
                "the tables there are those of another version of wxr, or not all of"
                " them; --force replaces them",
                target=self._target,
            )
        self._session.start_adding()
        for table in TABLES:
            key = table.columns[0].name
            query = f"SELECT coalesce(max({key}), 0) FROM {self._names.of(table.name)}"  # noqa: S608 - names are the schema's
            ((self._first[table.name],),) = self._session.ask(query)
        self._loader.start_after(self._first)

    def _refuse_tables_of_others(self, taken: Mapping[str, str]) -> None:
        of_others = [name for name, mark in taken.items() if not is_ours(mark)]
        if of_others:
            raise WriteError(
                f"it has a table {self._names.prefix}{of_others[0]} that wxr did not"
                f" make; {_ELSEWHERE[self._names.dialect.name]}",
                target=self._target,
            )

    def _insert(self, rows: Mapping[str, list[Row]]) -> None:
        for table, their in rows.items():
            self._session.load(table, their)

    def _finish(self) -> None:
        self._loader.flush()
        site = self._sites.merged()
        row = written_site(site_row(site), self._names.dialect, self.diagnostics)
        self._session.load(SITE.name, [(row,)])
        if self._first:
            self._session.finish_adding()
        else:
            self._session.finish()
        self._tally = self._counted()

    def _counted(self) -> Tally:
        """Count what was loaded, in the database."""

        def rows(columns: str, table: str, condition: str = "true") -> Answer:
            first = self._first.get(table, 0)
            return self._session.ask(
                f"SELECT {columns}, count(*) FROM {self._names.of(table)}"  # noqa: S608 - all of it is ours
                f" WHERE row_id > {first} AND {condition} GROUP BY 1"
            )

        kind = f"coalesce(nullif(type, ''), '{NO_TYPE}')"
        tally = Tally()
        tally.items.update(dict(rows(kind, "posts")))
        tally.comments.update(dict(rows("type", "comments")))
        tally.authors = sum(number for _, number in rows("1", "authors"))
        # What only items name is no record of the export's.
        declared = rows("1", "terms", "extra IS NOT NULL")
        tally.terms = sum(number for _, number in declared)
        for owner in ("post", "comment", "term"):
            found = rows("1", f"{owner}_meta")
            tally.meta[owner] = sum(number for _, number in found)
        return tally


_ELSEWHERE: Final = {
    "mysql": "choose other names by --prefix",
    "postgresql": "choose another --schema",
}


def is_ours(mark: str) -> bool:
    """Say whether the comment on a table is one of ours."""
    return mark.startswith(MARK.rstrip("0123456789"))


def open_session(url: Url, names: Names, target: str) -> Session:
    """Connect.

    Raises:
        WriteError: The driver is not installed, or the server cannot be reached.
    """
    dialect = names.dialect.name
    module, _, name = _SESSIONS[dialect].partition(":")
    try:
        session = getattr(import_module(module), name)
    except ImportError as error:
        reason = (
            "needs a driver that is not installed here; install it by:"
            f" pip install 'wxr-migrate[{dialect}]'"
        )
        raise WriteError(reason, target=target) from error
    return session(url, names, target)  # type: ignore[no-any-return]
