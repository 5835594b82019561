"""A batch of slices to records."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby, islice
from typing import Final, TypeAlias

from lxml import etree

from wxr.diagnostics import Code, Diagnostic
from wxr.ledger import UNKNOWN, Tally
from wxr.model import Post, Record
from wxr.parser import (
    carriage,
    elements,
    mending,
    mojibake,
    records,
    strict,
    usual,
)
from wxr.parser.gathering import Batch
from wxr.parser.irregular import Element, IrregularError, regularize
from wxr.parser.mending import Mending
from wxr.parser.repair import repair
from wxr.parser.repair.notices import has_notice, has_plain_notice
from wxr.parser.slices import Kind, Slice

_ReadUsual: TypeAlias = Callable[[bytes], Post | None]


@dataclass(slots=True)
class Parsed:
    """What became of one slice."""

    slice: Slice
    record: Record | None
    """None where it failed; `diagnostics` then says why."""
    diagnostics: list[Diagnostic]
    reason: Code | None = None
    """Why it failed."""
    mended: Mending = field(default_factory=lambda: mending.NONE)
    """What was repaired to read it; a site is read from several slices."""

    @property
    def read(self) -> Tally:
        """What was read, counted at the parser."""
        if self.record is None:
            return tally_of_failed(self.slice)
        return Tally.of(self.record)


def parse(batch: Batch, *, outline: bool = False) -> Iterator[Parsed]:
    """Read the records of a batch; what is malformed is repaired, or fails, alone.

    Args:
        batch: It.
        outline: Whether the outline of an item is enough, and nothing need be said of
            what is only reported.
    """
    read = _outlined if outline else usual.post
    looks = batch.fix_mojibake or not outline
    found = mojibake.examined(batch.slices, fix=batch.fix_mojibake) if looks else {}
    if not found:
        yield from _records(batch, read)
        return
    batch = replace(batch, slices=mojibake.now(batch.slices, found))
    for parsed in _records(batch, read):
        item = parsed.record.id if isinstance(parsed.record, Post) else None
        for each in mojibake.take(parsed.slice, found):
            parsed.diagnostics += each.diagnostics(batch.part, item)
        yield parsed


def _records(batch: Batch, read: _ReadUsual) -> Iterator[Parsed]:
    others: list[Slice] = []
    for piece in batch.slices:
        record = _usual(piece, read)
        if record is None:
            others.append(piece)
            continue
        if others:
            yield from _parsed_strictly(batch, others)
            others = []
        yield Parsed(piece, record, [])
    if others:
        yield from _parsed_strictly(batch, others)


def _usual(piece: Slice, read: _ReadUsual) -> Post | None:
    if piece.kind is Kind.ITEM and usual.are_names_usual(piece.envelope):
        return read(piece.data)
    return None


def _outlined(data: bytes) -> Post | None:
    from wxr.parser import outlines  # noqa: PLC0415  its patterns are large

    return outlines.post(data)


def _parsed_strictly(batch: Batch, slices: Sequence[Slice]) -> Iterator[Parsed]:
    """Parse slices strictly in one call.

    Where that fails, or where the children are not exactly the slices, each slice is
    parsed for itself.
    """
    if (parsed := _channel(slices)) is not None:
        yield from _read(batch, slices, *parsed)
        return
    units = list(_units(slices))
    for unit in units:
        # One alone was just tried.
        if len(units) > 1 and (parsed := _channel(unit)) is not None:
            yield from _read(batch, unit, *parsed)
        else:
            yield from _mended(batch, unit)


def _mended(batch: Batch, unit: Sequence[Slice]) -> Iterator[Parsed]:
    """Repair what makes one record, and parse it strictly again."""
    sound, mended, parsed = [], {}, None
    for piece in unit:
        fixed = repair(piece.data, piece.envelope, is_cut=piece.is_cut)
        whole = replace(piece, data=fixed.data) if fixed else piece
        if fixed is None or (parsed := _channel([whole])) is None:
            yield _failed(batch, piece, _error(piece))
        else:
            sound.append(whole)
            mended[piece.offset] = fixed, piece
    if len(sound) > 1:
        parsed = _channel(sound)
    if sound and parsed:
        yield from _read(batch, sound, *parsed, mended=mended)


def _units(slices: Iterable[Slice]) -> Iterator[list[Slice]]:
    """Group what makes one record: a run of scalars is a site, others stand alone."""
    for is_site, run in groupby(slices, key=lambda piece: piece.kind is Kind.SITE):
        if is_site:
            yield list(run)
        else:
            yield from ([piece] for piece in run)


def _channel(slices: Sequence[Slice]) -> tuple[Element, str | None] | None:
    """Give the parsed channel and the mark of its CRs.

    None where the slices are malformed, or where one of them is not one element: an
    unclosed `<?php` in one item can swallow the next without an error.
    """
    if not slices:
        return None
    data, mark = _document(slices)
    try:
        channel = etree.fromstring(data, strict.parser())
    except etree.XMLSyntaxError:
        return None
    for _ in range(slices[0].envelope.depth - 1):
        channel = channel[-1]
    are_slices = len(channel) == len(slices) and all(
        _record_of(element) == "item"
        for piece, element in zip(slices, channel, strict=True)
        if piece.kind is Kind.ITEM
    )
    return (channel, mark) if are_slices else None


def are_sound(slices: Sequence[Slice]) -> bool:
    """Say whether slices are well-formed together, each of them one element."""
    return not slices or _channel(slices) is not None


def _document(slices: Sequence[Slice]) -> tuple[bytes, str | None]:
    envelope = slices[0].envelope
    # A line for each, so that a line of the document tells its slice.
    data = b"\n".join([piece.data for piece in slices])
    mark = None
    # Where the file's own markup has CRs, those in values say nothing.
    if not envelope.has_carriage_returns:
        data, mark = carriage.mark(data)
    return envelope.wrap(data), mark


def _error(piece: Slice) -> tuple[str, int]:
    """Say what is wrong with one slice, and on which line of the part."""
    try:
        etree.fromstring(_document([piece])[0], strict.parser())
    except etree.XMLSyntaxError as error:
        # The envelope is one line, so lines count from the slice's own first.
        reason = (error.msg or "not well-formed").partition(", line ")[0]
        return reason, piece.line + max(0, (error.lineno or 1) - 1)
    return "its tags do not match", piece.line


def _failed(batch: Batch, piece: Slice, error: tuple[str, int]) -> Parsed:
    reason, line = error
    what = {Kind.ITEM: "an item", Kind.TERM: "an author or term"}.get(
        piece.kind, "a header element"
    )
    code = Code.TRUNCATED if piece.is_cut else Code.MALFORMED
    problem = Diagnostic(
        code=code,
        message=f"{what} is malformed and was not read: {reason}",
        part=batch.part,
        line=line,
        item=_stated_id(piece),
    )
    return Parsed(piece, None, [problem], code)


_STATED_ID: Final = re.compile(rb"post_id>\s*(?:<!\[CDATA\[)?\s*(-?\d{1,18})\b")
# A slice is XML, or the JSON that was made of it.
_AUTHOR_BEGINS: Final = re.compile(
    rb"<[^\s>]*(?i:author)[\s>]|\s*\{\s*\"record\"\s*:\s*\"author\""
)


def _stated_id(piece: Slice) -> int | None:
    """Find the id of a malformed item, to name it by."""
    match = _STATED_ID.search(piece.data) if piece.kind is Kind.ITEM else None
    return int(match[1]) if match else None


def tally_of_failed(piece: Slice) -> Tally:
    """Count a slice of which there is no record."""
    if piece.kind is Kind.ITEM:
        return Tally(items=Counter({UNKNOWN: 1}))
    if piece.kind is Kind.SITE:
        return Tally()
    is_author = _AUTHOR_BEGINS.match(piece.data)
    return Tally(authors=1) if is_author else Tally(terms=1)


def _read(
    batch: Batch,
    slices: Sequence[Slice],
    channel: Element,
    mark: str | None,
    *,
    mended: Mending = mending.NONE,
) -> Iterator[Parsed]:
    children = iter(channel)
    lines = _Lines(slices)
    for unit in _units(slices):
        own = list(islice(children, len(unit)))
        if not mended and any(has_plain_notice(piece.data) for piece in unit):
            yield from _mended(batch, unit)
            continue
        if mark is not None:
            for element in own:
                carriage.restore(element, mark)
        if mended:
            mending.restore(unit, own, mended)
        odd = records.Oddities()
        try:
            record = _record(unit[0], own, odd)
        except IrregularError:
            if not mended and any(has_notice(piece.data) for piece in unit):
                yield from _mended(batch, unit)
                continue
            odd = _made_regular(own)
            try:
                record = _record(unit[0], own, odd)
            except IrregularError:  # its own tag says that it is nothing of WXR's
                why = "text stands where none can"
                yield from (_failed(batch, each, (why, each.line)) for each in unit)
                continue
        if mended:
            record = mending.with_raw_metas(record, unit[0], mended)
        yield _parsed(batch, unit, record, odd, lines, mended=mended)


def _made_regular(own: Iterable[Element]) -> records.Oddities:
    odd = records.Oddities()
    for element in own:
        found = regularize(element)
        odd.extra.extend(found.extra)
        odd.problems.extend(
            (
                Code.STRAY_TEXT,
                f"text between elements was left out: {text[:60]!r}",
                line,
            )
            for text, line in found.strays
        )
        odd.problems.extend(
            (Code.MISSING_CDATA, f"HTML in {name} is not in CDATA", line)
            for name, line in found.flattened
        )
        odd.problems.extend(
            (Code.WRONG_CASE, f"<{name}> was read as <{usual}>", line)
            for name, usual, line in found.renamed
        )
    return odd


def _parsed(
    batch: Batch,
    unit: Sequence[Slice],
    record: Record,
    odd: records.Oddities,
    lines: "_Lines",
    *,
    mended: Mending,
) -> Parsed:
    piece = unit[0]
    item = record.id if isinstance(record, Post) else None
    diagnostics = mending.said(batch.part, unit, item, mended) if mended else []
    diagnostics += [
        Diagnostic(
            code=code,
            message=message,
            part=batch.part,
            line=lines.in_part(piece, line),
            item=item,
        )
        for code, message, line in odd.problems
    ]
    original = mended[piece.offset][1] if mended else piece
    return Parsed(original, record, diagnostics, mended=mended)


def _record(piece: Slice, own: Sequence[Element], odd: records.Oddities) -> Record:
    if piece.kind is not Kind.SITE and elements.usual_tag(str(own[0].tag)):
        raise IrregularError
    if piece.kind is Kind.ITEM:
        return records.post(own[0], piece.number, odd)
    if piece.kind is Kind.SITE:
        return records.site(own, odd)
    name = _record_of(own[0])
    if name == "author":
        return records.author(own[0], odd)
    return records.term(own[0], elements.TAXONOMIES.get(name, ""), odd)


_RECORDS: Final[elements.Fields[None]] = elements.Fields(elements.RECORDS)


def _record_of(element: Element) -> str:
    tag = element.tag
    usual = elements.usual_tag(tag) if isinstance(tag, str) else None
    return _RECORDS[usual or tag][0]


class _Lines:
    """Lines of a batch's document to lines of the part; worked out when asked for."""

    def __init__(self, slices: Sequence[Slice]) -> None:
        self._slices = slices
        self._firsts: list[int] = []

    def in_part(self, piece: Slice, line: int) -> int:
        """Give the line of the part for a line of the document; 0 is unknown."""
        if not line:
            return piece.line
        if not self._firsts:
            lines = (each.data.count(b"\n") + 1 for each in self._slices)
            self._firsts = [*accumulate(lines, initial=1)][:-1]
        which = bisect_right(self._firsts, line) - 1
        return self._slices[which].line + line - self._firsts[which]
