"""A batch of slices to the bytes that are written of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from wxr.diagnostics import Code, Diagnostic
from wxr.ledger import Tally
from wxr.model import Post, Site
from wxr.parser import Batch, Kind, Parsed, mojibake, parse
from wxr.parser.mending import Mending
from wxr.parser.repair import repair
from wxr.parser.repair.names import in_usual_case
from wxr.parser.slices import Slice
from wxr.pipeline import each_alone
from wxr.pipeline.outcomes import failed

LEFT: Final = frozenset(
    {
        Code.BAD_DATE,
        Code.BAD_NUMBER,
        Code.MISSING_CDATA,
        Code.MISSING_ID,
        Code.MISSING_TYPE,
        Code.MISSING_VERSION,
        Code.REPEATED_ELEMENT,
        Code.STRAY_TEXT,
        Code.UNEXPECTED_VERSION,
        Code.WRONG_CASE,
        Code.ZERO_DATE,
    }
)
"""What a record says that XML does not mind: to mend it would be to guess. It is
written as it stands, so nothing was done and nothing is lost."""


@dataclass(slots=True)
class Cleaned:
    """What is written of the slices that make one record."""

    slices: list[Slice]
    """As they were; without those that failed."""
    data: list[bytes]
    """What is written of each."""
    read: Tally
    has_version: bool = False
    """Whether it is a header that says its version."""
    failed: Code | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def fail(self, part: str) -> None:
        """Say that what would be written is not well-formed where it would stand."""
        self.failed = Code.MALFORMED
        line = self.slices[0].line
        message = "it could not be repaired, and was left out"
        self.diagnostics.append(
            Diagnostic(code=Code.MALFORMED, message=message, part=part, line=line)
        )


def clean(batch: Batch) -> Iterator[Cleaned]:
    """Repair what is damaged in a batch, and leave the rest as it is."""
    found = mojibake.examined(batch.slices, fix=True) if batch.fix_mojibake else {}
    slices = mojibake.now(batch.slices, found)
    batch = replace(batch, slices=slices, fix_mojibake=False)
    parsed = each_alone(_parsed, batch, _after_fault)
    for each in parsed:
        each.diagnostics += _repaired(batch.part, each, found)
    lost = {each.slice.offset for each in parsed if each.record is None}
    units = {unit[0].offset: unit for unit in _units(batch.slices, lost)}
    for each in parsed:
        if each.record is None:
            yield Cleaned(
                [], [], each.read, failed=each.reason, diagnostics=each.diagnostics
            )
        else:
            yield _cleaned(each, units[each.slice.offset])


def _cleaned(parsed: Parsed, unit: list[Slice]) -> Cleaned:
    """Take what was repaired to read a record, and what says the same to importers."""
    data = [_mended(piece, parsed.mended) for piece in unit]
    done = {
        note.code
        for piece in unit
        if piece.offset in parsed.mended
        for note in parsed.mended[piece.offset][0].notes
    }
    codes = {problem.code for problem in parsed.diagnostics}
    for code in (each for each in _BETTER if each in codes - done):
        better = _BETTER[code](unit, data)
        if better and _says_the_same(better, unit, parsed, without=code):
            data = better
            done.add(code)
    return Cleaned(
        unit,
        data,
        parsed.read,
        has_version=isinstance(parsed.record, Site) and bool(parsed.record.wxr_version),
        diagnostics=[
            problem
            for problem in parsed.diagnostics
            if problem.code not in LEFT or problem.code in done
        ],
    )


def _repaired(
    part: str, parsed: Parsed, found: dict[int, mojibake.Examined]
) -> Iterator[Diagnostic]:
    """Say what mojibake was repaired; what is left, parsing has said."""
    item = parsed.record.id if isinstance(parsed.record, Post) else None
    for each in mojibake.take(parsed.slice, found):
        yield from replace(each, left=None).diagnostics(part, item)


def _mended(piece: Slice, mended: Mending) -> bytes:
    if piece.offset not in mended:
        return piece.data
    fixed = mended[piece.offset][0]
    return fixed.stand_ins.legal(fixed.data) if fixed.stand_ins else fixed.data


def _in_usual_case(_: Sequence[Slice], data: Sequence[bytes]) -> list[bytes] | None:
    """Write names as WordPress does: its importer knows no others."""
    return [*map(in_usual_case, data)]


def _in_cdata(unit: Sequence[Slice], data: Sequence[bytes]) -> list[bytes] | None:
    """Put markup that stands in values in CDATA.

    WordPress' importer reads the text of a value and none of the elements in it.
    """
    fixed = [
        repair(each, piece.envelope) for piece, each in zip(unit, data, strict=True)
    ]
    better = [each.data for each in fixed if each]
    return better if len(better) == len(unit) else None


_BETTER: Final = {
    Code.WRONG_CASE: _in_usual_case,
    Code.MISSING_CDATA: _in_cdata,
}
"""Ways to write what XML does not mind so that WordPress' importer reads all of it."""


def _says_the_same(
    data: Sequence[bytes], unit: Sequence[Slice], parsed: Parsed, *, without: Code
) -> bool:
    """Say whether what would be written makes the same record, and no such problem."""
    again = list(parse(_rewritten(unit, data)))
    if len(again) != 1 or again[0].record != parsed.record:
        return False
    return all(problem.code is not without for problem in again[0].diagnostics)


def _rewritten(unit: Sequence[Slice], data: Sequence[bytes]) -> Batch:
    slices = [replace(piece, data=each) for piece, each in zip(unit, data, strict=True)]
    return Batch("", 0, tuple(slices))


def _parsed(batch: Batch) -> list[Parsed]:
    return list(parse(batch))


def _after_fault(batch: Batch, why: str) -> list[Parsed]:
    return [
        Parsed(piece, None, outcome.diagnostics, Code.INTERNAL_ERROR)
        for piece, outcome in zip(batch.slices, failed(batch, why), strict=True)
    ]


def _units(slices: Sequence[Slice], lost: set[int]) -> Iterator[list[Slice]]:
    """Group what makes one record: a run of scalars, without those that failed."""
    for is_site, run in groupby(slices, key=lambda piece: piece.kind is Kind.SITE):
        left = [piece for piece in run if piece.offset not in lost]
        if is_site and left:
            yield left
        elif not is_site:
            yield from ([piece] for piece in left)
