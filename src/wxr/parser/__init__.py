"""WXR bytes to records: source, slicer, batches, records.

    source ──bytes──► slicer ──slices──► batches ──► records

`PartBatches` is the serial half, which knows where things are; `parse` is the half
that runs anywhere, which knows what they mean.
"""

from collections import Counter
from collections.abc import Iterator

from wxr.diagnostics import Code, Diagnostic, OnDiagnostic
from wxr.ledger import Input
from wxr.parser.archives import Limits
from wxr.parser.batches import Parsed, parse
from wxr.parser.gathering import Batch, Travelling, gather
from wxr.parser.originals import refuse_originals
from wxr.parser.reader import PartReader
from wxr.parser.recognize import require_export
from wxr.parser.slicer import MAX_ITEM, Kind, Slicer
from wxr.parser.source import (
    OnBytes,
    Part,
    Readable,
    Source,
    Sources,
    in_a_list,
    parts,
)

__all__ = [
    "MAX_ITEM",
    "Batch",
    "Kind",
    "Limits",
    "OnBytes",
    "Parsed",
    "Part",
    "Reading",
    "Source",
    "Sources",
    "Travelling",
    "in_a_list",
    "parse",
    "parts",
    "refuse_originals",
]


class Reading:
    """The batches of several parts, with what only the end of a part can tell."""

    def __init__(
        self,
        parts: list[Part],
        on_diagnostic: OnDiagnostic,
        *,
        encoding: str | None = None,
        on_bytes: OnBytes | None = None,
        hashed: bool = False,
        max_item: int = MAX_ITEM,
        fix_mojibake: bool = False,
    ) -> None:
        self._parts = parts
        self._report = on_diagnostic
        self._encoding = encoding
        self._on_bytes = on_bytes
        self._hashed = hashed
        self._max_item = max_item
        self._fix_mojibake = fix_mojibake
        self._next_number = 1
        self.inputs: list[Input] = []
        """The parts read to their end."""
        self.lost: Counter[Code] = Counter()
        """Items that were seen but could not be cut out, by reason."""

    @property
    def items(self) -> int:
        """How many items the slicer found in the parts read to their end."""
        return self._next_number - 1

    def __iter__(self) -> Iterator[Batch]:
        """Give the batches, each part opened when its turn comes.

        Raises:
            ReadError: A part cannot be read, or is no export.
        """
        for part in self._parts:
            yield from self._batches_of(part)

    def _batches_of(self, part: Part) -> Iterator[Batch]:
        reader = PartReader(
            part,
            encoding=self._encoding,
            on_bytes=self._on_bytes,
            hashed=self._hashed,
        )
        try:
            slicer = Slicer(
                _Checked(reader, part.name),
                part.name,
                self._report,
                first_number=self._next_number,
                max_item=self._max_item,
            )
            yield from self._gathered(slicer, part, reader)
        finally:
            reader.close()
        self._next_number = slicer.next_number
        self.lost.update(slicer.lost)
        self.inputs.append(reader.as_input())
        self._report_end(part, reader, slicer)

    def _gathered(
        self,
        slicer: Slicer,
        part: Part,
        reader: PartReader,
    ) -> Iterator[Batch]:
        fix, origin = self._fix_mojibake, reader.origin
        return gather(slicer, part.name, part.number, fix_mojibake=fix, origin=origin)

    def _report_end(self, part: Part, reader: PartReader, slicer: Slicer) -> None:
        reader.report(self._report)
        if not slicer.ended:
            self._report(
                Diagnostic(
                    code=Code.TRUNCATED,
                    message="the export ends before its </channel> and </rss>; "
                    "items may be missing from its end",
                    part=part.name,
                    line=slicer.line,
                )
            )


class _Checked:
    """A reader whose first bytes are looked at before any other."""

    def __init__(self, reader: Readable, name: str) -> None:
        self._reader, self._name = reader, name
        self._held = bytearray()
        self._is_first = True

    def read(self, size: int) -> bytes:
        if not self._is_first:
            return self._reader.read(size)
        self._is_first = False
        require_export(self._ahead, self._name)
        first, self._held = bytes(self._held), bytearray()
        return first

    def _ahead(self, size: int) -> bytes:
        held = self._held
        while len(held) < size and (block := self._reader.read(size - len(held))):
            held += block
        return bytes(held[:size])
