"""Runs an exporter by hand, without the pipeline."""

from collections.abc import Iterable
from pathlib import Path

from wxr.exporters import AnyExporter, Place
from wxr.ledger import Tally
from wxr.model import Record


def export(
    exporter: AnyExporter,
    records: Iterable[Record],
    target: Path | str,
    *,
    force: bool = False,
) -> Tally:
    """Render the records, write them to the target, and say what stands there."""
    with exporter.sink(str(target), force=force) as sink:
        for offset, record in enumerate(records):
            rendered = exporter.render(record, Place(0, offset))
            if rendered is not None:
                sink.write(rendered)
    return sink.written


def tally_of(records: Iterable[Record]) -> Tally:
    """Count the records."""
    tally = Tally()
    for record in records:
        tally.add(Tally.of(record))
    return tally
