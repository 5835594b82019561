"""What can be read besides WXR: our own JSON, JSON Lines and SQLite, back to records.

Each is told by its bytes, not by its name. The serial half cuts a part into slices,
one record each, as JSON; the half that runs anywhere makes records of them. So they
give what the parser gives, and go the same way from there.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Final

from wxr import parser
from wxr.diagnostics import Code, Diagnostic, OnDiagnostic
from wxr.errors import ReadError
from wxr.parser import Batch, Kind, Limits, Parsed, Part, Sources
from wxr.parser.encodings import to_utf8
from wxr.parser.gathering import gather
from wxr.parser.reader import PartReader
from wxr.parser.recognize import Ahead, require_export
from wxr.parser.source import why
from wxr.readers.lines import Lines, is_ours
from wxr.readers.objects import Objects, read

__all__ = ["Kind", "Objects", "Parsed", "Reading", "parse", "parts"]

_LOOK: Final = 1 << 10
_SQLITE: Final = b"SQLite format 3\0"
_NO_MOJIBAKE: Final = (
    "mojibake is repaired in exports of WordPress, not in what wxr made of one; read"
    " the export again, or leave out --fix-mojibake"
)


def parts(
    sources: Sources,
    on_diagnostic: OnDiagnostic | None = None,
    *,
    limits: Limits | None = None,
    encoding: str | None = None,
) -> list[Part]:
    """Find the parts that the sources hold, exports or what wxr made of exports.

    See `wxr.parser.parts`.
    """
    return parser.parts(
        sources, on_diagnostic, limits=limits, encoding=encoding, require=_require
    )


def _require(ahead: Ahead, name: str) -> None:
    head = ahead(_LOOK)
    if not is_ours(head) and not head.startswith(_SQLITE):
        require_export(ahead, name)


def parse(batch: Batch, *, outline: bool = False) -> Iterator[Parsed]:
    """Read the records of a batch, whatever it was cut from.

    See `wxr.parser.parse`.
    """
    if isinstance(batch, Objects):
        return read(batch)
    return parser.parse(batch, outline=outline)


class Reading(parser.Reading):
    """The batches of several parts, each read as what it is.

    See `wxr.parser.Reading`.
    """

    def _batches_of(self, part: Part) -> Iterator[Batch]:
        head = _first_bytes(part)
        is_database = head.startswith(_SQLITE)
        if not is_database and not is_ours(to_utf8(head, self._encoding, part.name)):
            return super()._batches_of(part)
        if self._fix_mojibake:
            # It is looked for in the markup of exports; here it would stay, unsaid.
            raise ReadError(_NO_MOJIBAKE, source=part.name)
        return (self._batches_of_rows if is_database else self._batches_of_lines)(part)

    def _batches_of_rows(self, part: Part) -> Iterator[Batch]:
        from wxr.readers import sqlite  # noqa: PLC0415  a driver

        with sqlite.opened(part, self._on_bytes, hashed=self._hashed) as database:
            rows = sqlite.Rows(database, part.name, self._next_number)
            yield from _objects(gather(rows, part.name, part.number))
            rows.report(self._report)
        self._next_number = rows.next_number
        self.inputs.append(database.given)

    def _batches_of_lines(self, part: Part) -> Iterator[Batch]:
        reader = PartReader(
            part,
            encoding=self._encoding,
            on_bytes=self._on_bytes,
            hashed=self._hashed,
        )
        with closing(reader):
            lines = Lines(
                reader,
                part.name,
                self._report,
                first_number=self._next_number,
                max_item=self._max_item,
            )
            yield from _objects(gather(lines, part.name, part.number))
        self._next_number = lines.next_number
        self.lost.update(lines.lost)
        self.inputs.append(reader.as_input())
        reader.report(self._report)
        if not lines.ended:
            self._report(_truncated(part.name, lines.line))


def _objects(batches: Iterator[Batch]) -> Iterator[Batch]:
    return (Objects(each.part, each.number, each.slices) for each in batches)


def _truncated(part: str, line: int) -> Diagnostic:
    message = "the document breaks off; records may be missing from its end"
    return Diagnostic(code=Code.TRUNCATED, message=message, part=part, line=line)


def _first_bytes(part: Part) -> bytes:
    with closing(part.open()) as file:
        try:
            head: bytes = file.read(_LOOK)
        except OSError as error:
            raise ReadError(why(error), source=part.name) from error
    return head
