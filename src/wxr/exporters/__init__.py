"""Records to a target: the contract of an exporter, and the table of formats.

An exporter has two halves. `render` is pure: the same record gives the same payload
in any process, so it runs wherever there is a core. `sink` alone owns files and
connections; it takes payloads in order, in one process, and is atomic: a killed run
leaves the old target or a resumable one, never half a file under its final name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from types import TracebackType
from typing import (
    Any,
    ClassVar,
    Final,
    Generic,
    NamedTuple,
    Protocol,
    Self,
    TypeAlias,
    TypeVar,
    runtime_checkable,
)

from wxr.diagnostics import Diagnostic
from wxr.errors import UnknownFormatError
from wxr.ledger import Tally
from wxr.model import Record

Payload = TypeVar("Payload")


class Place(NamedTuple):
    """Where a record stands in the export; unique, and the same in every pass."""

    part: int
    """Number of the part, from 0, in the order they are read."""
    offset: int
    """Byte offset of the record's slice in its decoded part."""


@dataclass(slots=True)
class Rendered(Generic[Payload]):
    """What `render` hands to the sink, with the exporter's own count of it."""

    payload: Payload
    tally: Tally = field(default_factory=Tally)
    """What the payload holds, counted by the exporter as it wrote it."""
    diagnostics: list[Diagnostic] = field(default_factory=list)


class Sink(Protocol[Payload]):
    """A target that is open. Leaving the context without an error commits it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit; or, where an error ended the run, leave the target as it was."""
        ...

    def write(self, rendered: Rendered[Payload]) -> None:
        """Take the next payload, in the order of the export."""
        ...

    @property
    def written(self) -> Tally:
        """What stands at the target; counted at or after the commit."""
        ...


@runtime_checkable
class Reporting(Protocol):
    """A sink that may have met what no `render` could know of."""

    diagnostics: list[Diagnostic]
    """What it met; complete once the context is left."""


class Exporter(Protocol[Payload]):
    """One output format. Instances hold options only, so they pickle."""

    needs_index: ClassVar[bool]
    """Whether `render` reads the site index; `prepare` is then called before it."""

    def render(self, record: Record, place: Place) -> Rendered[Payload] | None:
        """Turn a record into what the sink takes; None where it has nothing to write.

        Pure: no state, no I/O but reading the site index.
        """
        ...

    def sink(self, target: str, *, force: bool) -> Sink[Payload]:
        """Open the target: a path, or `-` for standard output where that makes sense.

        Raises:
            WriteError: The target exists and `force` is not given, or it is not
                writable.
        """
        ...


AnyExporter: TypeAlias = Exporter[Any]

FORMATS: Final[dict[str, str]] = {
    "json": "wxr.exporters.json:JsonExporter",
    "jsonl": "wxr.exporters.json:JsonLinesExporter",
    "markdown": "wxr.exporters.markdown:MarkdownExporter",
    "mysql": "wxr.exporters.sql.server:MysqlExporter",
    "postgresql": "wxr.exporters.sql.server:PostgresqlExporter",
    "sql": "wxr.exporters.sql.script:ScriptExporter",
    "sqlite": "wxr.exporters.sql.sqlite:SqliteExporter",
    "wxr": "wxr.exporters.wxr:WxrExporter",
}
"""Format names and where their exporters are, imported on use."""
SERVERS: Final = frozenset({"mysql", "postgresql"})
"""Formats whose target is the address of a database."""


def exporter_class(name: str) -> Callable[..., AnyExporter]:
    """Find the exporter of a format.

    Raises:
        UnknownFormatError: No format has this name.
    """
    if name not in FORMATS:
        raise UnknownFormatError(name, sorted(FORMATS))
    module, _, attribute = FORMATS[name].partition(":")
    return getattr(import_module(module), attribute)  # type: ignore[no-any-return]


def replaced_by(exporter: AnyExporter, target: str) -> list[str]:
    """Name the files that a run to a target may replace.

    An exporter that writes files of other names than its target's says so itself, by
    a method `replaces`.
    """
    replaces: Callable[[str], list[str]] | None = getattr(exporter, "replaces", None)
    return [target] if replaces is None else replaces(target)


__all__ = [
    "FORMATS",
    "SERVERS",
    "AnyExporter",
    "Exporter",
    "Payload",
    "Place",
    "Rendered",
    "Reporting",
    "Sink",
    "exporter_class",
    "replaced_by",
]
