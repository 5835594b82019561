"""What became of the records of a batch, and its sums.

Most batches hold nothing that was met before, so their sums are all that is entered in
the ledger. One by one, outcomes travel between processes as rows of plain values, which
cost a tenth of what objects cost, and are seldom looked at.
"""

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from wxr.diagnostics import Code, Diagnostic
from wxr.exporters import Rendered
from wxr.filtered import Name
from wxr.identity import Fingerprint
from wxr.ledger import Ledger, Tally
from wxr.parser import Batch, Kind
from wxr.parser.batches import tally_of_failed

_Counts: TypeAlias = tuple[tuple[str, int], ...]
_TallyRow: TypeAlias = tuple[_Counts, _Counts, int, int, _Counts]


class _State(NamedTuple):
    """What travels of the outcomes of a batch."""

    sums: Ledger
    problems: list[Diagnostic]
    payloads: list[Any]
    rendered: int
    keys: list[bytes]
    rows: bytes


class _Row(NamedTuple):
    """All of an outcome but its payload, as plain values; it travels as a tuple."""

    kind: int
    part: str
    line: int
    read: _TallyRow
    item: int | None
    diagnostics: Sequence[Diagnostic]
    failed: str | None
    withheld: list[tuple[str, _TallyRow]]
    mark: tuple[bytes | None, bytes] | None
    rendered: tuple[_TallyRow, list[Diagnostic]] | None
    named: frozenset[Name]


@dataclass(slots=True)
class Outcome:
    """What became of one record on its way to the sink."""

    kind: Kind
    part: str
    line: int
    read: Tally
    item: int | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    failed: str | None = None
    """The reason, where it could not be read or rendered."""
    withheld: dict[str, Tally] = field(default_factory=dict)
    mark: Fingerprint | None = None
    rendered: Rendered[Any] | None = None
    named: frozenset[Name] = frozenset()
    """The names given to filters that it has."""

    def placed(self, problem: Diagnostic) -> Diagnostic:
        """Say where the record stands that a problem was found with."""
        return replace(
            problem,
            part=problem.part or self.part,
            line=problem.line or self.line,
            item=problem.item if problem.item is not None else self.item,
        )


class Outcomes:
    """The outcomes of a batch: summed, and one by one."""

    __slots__ = ("_each", "_rows", "keys", "payloads", "problems", "rendered", "sums")

    def __init__(self, each: Iterable[Outcome]) -> None:
        self.sums = Ledger()
        self.problems: list[Diagnostic] = []
        self.payloads: list[Any] = []
        self.rendered = 0
        """How many payloads there have to be."""
        self.keys: list[bytes] = []
        """What is known of all records once they are met; see `wxr.identity`."""
        self._each = [*each]
        self._rows = b""
        for outcome in self._each:
            self._add(outcome)

    def _add(self, outcome: Outcome) -> None:
        self.sums.read.add(outcome.read)
        self.sums.named |= outcome.named
        self.problems += outcome.diagnostics
        if outcome.mark is not None:
            self.keys += outcome.mark.keys
        if outcome.failed is not None:
            self.sums.fail(outcome.failed, outcome.read)
            return
        self.sums.withhold(outcome.withheld)
        if outcome.rendered is not None:
            self.problems += outcome.rendered.diagnostics
            self.payloads.append(outcome.rendered.payload)
            self.rendered += 1
            self.sums.written.add(outcome.rendered.tally)

    def __iter__(self) -> Iterator[Outcome]:
        """Give them one by one."""
        return self._unpacked() if self._rows else iter(self._each)

    def __getstate__(self) -> _State:
        """Give what travels."""
        return _State(
            sums=self.sums,
            problems=self.problems,
            payloads=self.payloads,
            rendered=self.rendered,
            keys=self.keys,
            # To name the class of each costs more than what is in it.
            rows=self._rows or pickle.dumps([tuple(_row(each)) for each in self._each]),
        )

    def __setstate__(self, state: _State) -> None:
        """Take what travelled."""
        self.sums, self.problems, self.keys = state.sums, state.problems, state.keys
        self.payloads, self.rendered = state.payloads, state.rendered
        self._each, self._rows = [], state.rows

    def _unpacked(self) -> Iterator[Outcome]:
        payloads = iter(self.payloads)
        rows = pickle.loads(self._rows)  # noqa: S301  our own, from a process of ours
        return (_outcome(_Row(*row), payloads) for row in rows)


def _row(outcome: Outcome) -> _Row:
    mark, rendered = outcome.mark, outcome.rendered
    return _Row(
        kind=int(outcome.kind),
        part=outcome.part,
        line=outcome.line,
        read=_counts(outcome.read),
        item=outcome.item,
        diagnostics=outcome.diagnostics or (),
        failed=outcome.failed,
        withheld=[(rule, _counts(tally)) for rule, tally in outcome.withheld.items()],
        mark=None if mark is None else (mark.identity, mark.digest),
        rendered=None
        if rendered is None
        else (_counts(rendered.tally), rendered.diagnostics),
        named=outcome.named,
    )


def _outcome(row: _Row, payloads: Iterator[Any]) -> Outcome:
    return Outcome(
        kind=Kind(row.kind),
        part=row.part,
        line=row.line,
        read=_tally(row.read),
        item=row.item,
        diagnostics=[*row.diagnostics],
        failed=row.failed,
        withheld={rule: _tally(counts) for rule, counts in row.withheld},
        mark=None if row.mark is None else Fingerprint(*row.mark),
        rendered=None if row.rendered is None else _rendered(payloads, *row.rendered),
        named=row.named,
    )


def _rendered(
    payloads: Iterator[Any], counts: _TallyRow, problems: list[Diagnostic]
) -> Rendered[Any]:
    return Rendered(next(payloads), _tally(counts), problems)


def _counts(tally: Tally) -> _TallyRow:
    return (
        tuple(tally.items.items()),
        tuple(tally.comments.items()),
        tally.authors,
        tally.terms,
        tuple(tally.meta.items()),
    )


def _tally(counts: _TallyRow) -> Tally:
    items, comments, authors, terms, meta = counts
    return Tally(
        Counter(dict(items)),
        Counter(dict(comments)),
        authors,
        terms,
        Counter(dict(meta)),
    )


def failed(batch: Batch, why: str) -> list[Outcome]:
    """Give the outcomes of slices that a fault of ours, or a dead worker, cost."""
    return [
        Outcome(
            kind=piece.kind,
            part=batch.part,
            line=piece.line,
            read=tally_of_failed(piece),
            failed=str(Code.INTERNAL_ERROR),
            diagnostics=[
                Diagnostic(
                    code=Code.INTERNAL_ERROR,
                    message=f"a fault of wxr made this fail ({why[:200]}); "
                    "please report it",
                    part=batch.part,
                    line=piece.line,
                )
            ],
        )
        for piece in batch.slices
    ]
