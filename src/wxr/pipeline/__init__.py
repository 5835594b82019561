"""One pass over an export: batches in, payloads out, everything entered in a ledger.

        in order               anywhere                    in order
reading ──batches──► [ parse ► rules ► render ] ──outcomes──► identity ► sink
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final, TypeAlias, TypeVar

from wxr.diagnostics import Code, Diagnostic
from wxr.engines import Engine, serial
from wxr.exporters import AnyExporter, Place, Rendered, Sink
from wxr.filtered import Name, names_met
from wxr.identity import Seen, Verdict, fingerprint
from wxr.ledger import UNKNOWN, Ledger, Tally
from wxr.model import Post
from wxr.parser import Batch, Kind, Parsed, Reading, Travelling
from wxr.pipeline.outcomes import Outcome, Outcomes, failed
from wxr.readers import parse
from wxr.redaction import Redaction
from wxr.transforms import Rules

Done = TypeVar("Done")
"""What becomes of one record."""

_DOUBLES: Final = {
    Kind.ITEM: (Code.DUPLICATE_ID, "another item has this id; both are kept"),
    Kind.TERM: (
        Code.DUPLICATE_TERM,
        "declared before with other values; both are kept",
    ),
}


_NOTHING: Final = Tally()

Engines: TypeAlias = Engine[Batch, Outcomes]
"""What runs a `Work`."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is done to a batch, in any process. Pickles, and keeps no state."""

    rules: Rules
    exporter: AnyExporter
    redaction: Redaction | None = None
    outline: bool = False
    """Whether the exporter asks no more of an item than its outline."""
    names: frozenset[Name] = frozenset()
    """What filters were given, to learn of each whether some item has it."""

    def __call__(self, batch: Batch | Travelling) -> Outcomes:
        """Read, judge and render the records of a batch, in order.

        Raises:
            ReadError: It travelled, and its file is not what it was.
        """
        if isinstance(batch, Travelling):
            batch = batch.arrived()
        return Outcomes(each_alone(self._outcomes, batch, failed))

    def _outcomes(self, batch: Batch) -> list[Outcome]:
        records = parse(batch, outline=self.outline)
        return [self._outcome(batch, parsed) for parsed in records]

    def _outcome(self, batch: Batch, parsed: Parsed) -> Outcome:
        piece, record = parsed.slice, parsed.record
        outcome = Outcome(
            kind=piece.kind,
            part=batch.part,
            line=piece.line,
            read=parsed.read,
            diagnostics=parsed.diagnostics,
            failed=str(parsed.reason) if parsed.reason else None,
        )
        if record is None:
            return outcome
        outcome.item = record.id if isinstance(record, Post) else None
        outcome.mark = fingerprint(record, piece.data)
        outcome.named = names_met(self.names, record)
        kept = self.rules(record)
        outcome.withheld = kept.withheld
        if kept.record is not None:
            place = Place(batch.number, piece.offset)
            shown = self.redaction(kept.record) if self.redaction else kept.record
            outcome.rendered = self.exporter.render(shown, place)
        if outcome.rendered is not None and (met := outcome.rendered.diagnostics):
            outcome.rendered.diagnostics = [*map(outcome.placed, met)]
        return outcome


def each_alone(
    work: Callable[[Batch], list[Done]],
    batch: Batch,
    after_fault: Callable[[Batch, str], list[Done]],
) -> list[Done]:
    """Do a batch's work so that a fault of ours costs one item and no other.

    Here, and nowhere else, any exception is caught: at the item's edge.
    """
    try:
        return work(batch)
    except Exception:  # noqa: BLE001  met again below, by the one that has it
        return [each for p in split(batch) for each in _alone(work, p, after_fault)]


def _alone(
    work: Callable[[Batch], list[Done]],
    batch: Batch,
    after_fault: Callable[[Batch, str], list[Done]],
) -> list[Done]:
    try:
        return work(batch)
    except Exception as error:  # noqa: BLE001  reported with type and line
        return after_fault(batch, f"{type(error).__name__}: {error}")


def split(batch: Batch) -> Iterator[Batch]:
    """Give what makes one record as a batch: a run of scalars, or one slice."""
    runs = groupby(batch.slices, key=lambda p: p.kind if p.kind is Kind.SITE else p)
    return (replace(batch, slices=tuple(run)) for _, run in runs)


def run(
    reading: Reading,
    work: Work,
    sink: Sink[Any],
    ledger: Ledger,
    *,
    engine: Engines = serial,
) -> None:
    """Take everything from the reading to the sink, and enter it in the ledger.

    Raises:
        WxrError: Source or sink gave up.
    """
    seen = Seen()
    try:
        for outcomes in engine(work, reading):
            _settle(outcomes, seen, sink, ledger)
    finally:
        seen.close()
    enter_lost(reading, ledger)


def _settle(outcomes: Outcomes, seen: Seen, sink: Sink[Any], ledger: Ledger) -> None:
    if not seen.take_new(outcomes.keys):
        _settle_each(outcomes, seen, sink, ledger)
        return
    ledger.take(outcomes.sums)
    for problem in outcomes.problems:
        ledger.problems.add(problem)
    # What they hold is counted with the last of them, so they are counted themselves.
    last = len(outcomes.payloads)
    if last != outcomes.rendered:
        rendered = f"{outcomes.rendered} records were rendered"
        ledger.problems.add(_unequal(rendered, f"{last} written"))
    for number, payload in enumerate(outcomes.payloads, 1):
        tally = outcomes.sums.written if number == last else _NOTHING
        sink.write(Rendered(payload, tally))


def _settle_each(
    outcomes: Iterable[Outcome], seen: Seen, sink: Sink[Any], ledger: Ledger
) -> None:
    for outcome in outcomes:
        ledger.read.add(outcome.read)
        ledger.named |= outcome.named
        verdict = seen.judge(outcome.mark) if outcome.mark else Verdict.NEW
        if verdict is Verdict.SAME:
            ledger.merged.add(outcome.read)
            continue
        for problem in outcome.diagnostics:
            ledger.problems.add(problem)
        if outcome.failed is not None:
            ledger.fail(outcome.failed, outcome.read)
            continue
        if verdict is Verdict.DIFFERENT:
            ledger.problems.add(_double(outcome))
        ledger.withhold(outcome.withheld)
        if outcome.rendered is not None:
            for problem in outcome.rendered.diagnostics:
                ledger.problems.add(problem)
            sink.write(outcome.rendered)


def _double(outcome: Outcome) -> Diagnostic:
    code, message = _DOUBLES[outcome.kind]
    return outcome.placed(Diagnostic(code=code, message=message))


def enter_lost(reading: Reading, ledger: Ledger) -> None:
    """Enter what the slicer saw and could not cut out, and hold its count against ours.

    The slicer counted the items too: a number that differs is a fault of wxr.
    """
    for code, number in reading.lost.items():
        tally = Tally()
        tally.items[UNKNOWN] = number
        ledger.read.add(tally)
        ledger.fail(str(code), tally)
    if reading.items != ledger.read.items.total():
        found = f"{reading.items} items were found"
        read = f"{ledger.read.items.total()} read"
        ledger.problems.add(_unequal(found, read))


def _unequal(before: str, after: str) -> Diagnostic:
    message = f"{before}, but {after}; please report it"
    return Diagnostic(code=Code.INTERNAL_ERROR, message=message)
