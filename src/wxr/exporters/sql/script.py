"""SQL scripts: statements that a database's own client replays into the same rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from wxr.diagnostics import Diagnostic
from wxr.errors import UnknownFormatError
from wxr.exporters import Place, Rendered
from wxr.exporters.files import open_output
from wxr.exporters.sinks import FileSink
from wxr.exporters.site import Sites
from wxr.exporters.sql.dialects import DIALECTS
from wxr.exporters.sql.load import Loader, Long
from wxr.exporters.sql.rows import Row, site_row
from wxr.exporters.sql.schema import SITE
from wxr.exporters.sql.server import Payload, named, rendered
from wxr.exporters.sql.statements import (
    Names,
    closing,
    joined,
    load_start,
    long_text,
    opening,
)
from wxr.exporters.sql.written import written_site
from wxr.model import Record, Site


@dataclass(frozen=True, slots=True)
class ScriptExporter:
    """Write every record as statements of one dialect."""

    dialect: str = "sqlite"
    schema: str = ""
    """Before every name of a table, in PostgreSQL."""
    prefix: str = ""
    """Begins every name of a table."""
    needs_index: ClassVar[bool] = False

    def __post_init__(self) -> None:
        """Refuse what is no dialect, or no name.

        Raises:
            UnknownFormatError: It is none.
            OptionError: Schema or prefix are no names, or not for this dialect.
        """
        if self.dialect not in DIALECTS:
            raise UnknownFormatError(self.dialect, sorted(DIALECTS))
        named(self.dialect, self.schema, self.prefix)

    def render(self, record: Record, place: Place) -> Rendered[Payload]:  # noqa: ARG002 - rows are the same in any place
        """Write a record's rows without their keys; the sink numbers them."""
        return rendered(record, self.dialect)

    def sink(self, target: str, *, force: bool) -> "ScriptSink":
        """Open the file, or standard output for `-`.

        Raises:
            WriteError: The target exists and `force` is not given, or it is not
                writable.
        """
        names = named(self.dialect, self.schema, self.prefix)
        return ScriptSink(target, force=force, names=names)


class ScriptSink(FileSink[Payload]):
    """A script that is written as the rows come."""

    def __init__(self, target: str, *, force: bool, names: Names) -> None:
        super().__init__(target)
        self._names = names
        self._dialect = names.dialect
        self._output = open_output(target, force=force)
        self._to_close.callback(self._output.discard)
        self._loader = Loader(self._insert, self._lengthen)
        self._sites = Sites()
        self.diagnostics: list[Diagnostic] = []
        """What the site's row could not hold."""

    def __enter__(self) -> Self:
        self._write(f"-- A WordPress export, as wxr wrote it for {self._dialect.name}.")
        self._write(f"\n-- Replay it: {self._dialect.note}\n\n")
        for line in self._dialect.script_start:
            self._write(line)
        for statement in opening(self._names):
            self._write(f"{statement};\n")
        return self

    def _take(self, payload: Payload) -> None:
        if isinstance(payload, Site):
            self._sites.add(payload)
        else:
            self._loader.add(payload)

    def _commit(self) -> None:
        self._finish()
        self._output.commit()

    def _finish(self) -> None:
        self._loader.flush()
        site = self._sites.merged()
        row = written_site(site_row(site), self._dialect, self.diagnostics)
        self._insert({SITE.name: [(row,)]})
        for statement in closing(self._names):
            self._write(f"{statement};\n")

    def _insert(self, rows: Mapping[str, list[Row]]) -> None:
        between, end = self._dialect.between_rows.encode(), self._dialect.load_end
        for table, their in rows.items():
            for together in joined(their, self._dialect):
                self._output.file.write(load_start(table, self._names))
                self._output.file.write(between.join(together))
                self._write(end)

    def _lengthen(self, long: Long, key: int) -> None:
        for statement in long_text(
            long.table, long.column, key, long.pieces, self._names
        ):
            self._output.file.write(statement)
            self._write(";\n")

    def _write(self, text: str) -> None:
        self._output.file.write(text.encode())
