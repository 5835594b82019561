"""What is in an export, before anyone moves it: counts, oddities, damage.

It goes the way of a conversion, with an exporter that writes nothing: so what is
counted here is what a conversion reads, and what is wrong here is wrong there.
"""

from dataclasses import dataclass
from typing import Any

from wxr import _version
from wxr.inspection.counts import Count, Counts
from wxr.inspection.survey import Discussed, Field, Survey, Surveyor, Taxonomy
from wxr.inspection.zones import Zone, Zones
from wxr.ledger import Input, Ledger, Report
from wxr.parser import MAX_ITEM, Limits, OnBytes, Sources
from wxr.pipeline import Work, run
from wxr.readers import Reading, parts
from wxr.transforms import Rules

__all__ = [
    "Count",
    "Counts",
    "Discussed",
    "Field",
    "Inspection",
    "Survey",
    "Taxonomy",
    "Zone",
    "Zones",
    "inspect",
]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is in an export."""

    survey: Survey
    """What its records say."""
    receipt: Report
    """What was read, and every problem that a conversion of it would report."""

    def as_dict(self) -> dict[str, Any]:
        """Give the object that `wxr inspect --json` prints."""
        receipt = self.receipt.as_dict()
        return {
            "tool": "wxr",
            "version": _version.VERSION,
            "inputs": receipt["inputs"],
            "read": receipt["read"],
            "merged": receipt["merged"],
            "failed": receipt["failed"],
            **self.survey.as_dict(),
            "diagnostics": receipt["diagnostics"],
        }


def inspect(
    source: Sources,
    *,
    encoding: str | None = None,
    max_item: int = MAX_ITEM,
    limits: Limits | None = None,
    on_bytes: OnBytes | None = None,
) -> Inspection:
    """Read an export and say what is in it. Nothing is written.

    Args:
        source: A path, `-` for standard input, a folder, an archive, a binary file,
            or several parts of one site.
        encoding: Overrides what the export says of itself.
        max_item: Bytes past which an item is refused (and reported).
        limits: What compressed exports may unpack to.
        on_bytes: Told of the bytes of input as they are read.

    Raises:
        ReadError: A source is missing, unreadable or no export.
    """
    ledger = Ledger()
    add = ledger.problems.add
    reading = Reading(
        parts(source, add, limits=limits, encoding=encoding),
        add,
        encoding=encoding,
        on_bytes=on_bytes,
        hashed=True,
        max_item=max_item,
    )
    surveyor = Surveyor()
    with surveyor.sink("", force=False) as sink:
        run(reading, Work(Rules(), surveyor), sink, ledger)
    ledger.written = sink.written
    return Inspection(sink.survey, _receipt(ledger, reading.inputs))


def _receipt(ledger: Ledger, inputs: list[Input]) -> Report:
    return Report(
        version=_version.VERSION,
        inputs=tuple(inputs),
        format="",
        target="",
        read=ledger.read,
        written=ledger.written,
        merged=ledger.merged,
        withheld=ledger.withheld,
        failed=ledger.failed,
        diagnostics=tuple(ledger.problems),
        severities=ledger.problems.counts,
    )
