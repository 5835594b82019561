"""Text that was UTF-8, read as Windows-1252 and encoded again: `cafÃ©`, `itâ€™s`.

Databases hold it after a move from one character set to another, and WordPress exports
what it finds. It is looked for in the bytes of slices, before anything is parsed:
neither markup nor its lines change, and whoever reads the slice reads it repaired.

`runs` knows what mojibake is; here it is found and repaired field by field.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from re import Pattern, compile as pattern
from typing import Final

from wxr import phpvalue
from wxr.diagnostics import Code, Diagnostic
from wxr.parser.mojibake.runs import is_suspect, repaired
from wxr.parser.slices import Kind, Slice

_CDATA: Final = "<![CDATA["
_OUTSIDE: Final[Pattern[str]] = pattern("[^<>]+")
_SERIALIZED: Final[Pattern[str]] = pattern(r"\s*+[aOCEsS]:\d+:")
_AROUND: Final = 12
_LONGEST: Final = 24


@dataclass(slots=True)
class Found:
    """The mojibake of one slice that was repaired, or that was not."""

    count: int
    """Runs of characters."""
    sample: str
    """The first, with what stands around it."""
    line: int
    """Of the first, from 0, in the slice."""


@dataclass(slots=True)
class Examined:
    """A slice, and its mojibake."""

    slice: Slice
    """As it is now."""
    repaired: Found | None = None
    left: Found | None = None

    def add(
        self, count: int, sample: str, place: tuple[str, int], *, is_repaired: bool
    ) -> None:
        """Take the mojibake of one more field; its place is a text and a position."""
        found = self.repaired if is_repaired else self.left
        if found is not None:
            found.count += count
            return
        text, at = place
        # Lines are counted once, or many fields would be quadratic.
        found = Found(count, sample, text.count("\n", 0, at))
        if is_repaired:
            self.repaired = found
        else:
            self.left = found

    def diagnostics(self, part: str, item: int | None) -> Iterator[Diagnostic]:
        """Say what was found."""
        for code, found, what in (
            (Code.MOJIBAKE_REPAIRED, self.repaired, "became"),
            (Code.MOJIBAKE, self.left, "is probably"),
        ):
            if found is not None:
                meant, _ = repaired(found.sample)
                yield Diagnostic(
                    code=code,
                    message=f"{found.sample!r} {what} {meant!r}",
                    part=part,
                    line=self.slice.line + found.line,
                    item=item,
                    count=found.count,
                )


def examined(slices: Sequence[Slice], *, fix: bool) -> dict[int, Examined]:
    """Find the mojibake of slices, by their offset, and repair it if asked to."""
    suspects = [piece for piece in slices if is_suspect(piece.data)]
    found = (examine(piece, fix=fix) for piece in suspects)
    return {each.slice.offset: each for each in found if each.repaired or each.left}


def now(slices: Sequence[Slice], found: Mapping[int, Examined]) -> tuple[Slice, ...]:
    """Give slices as they are after what was found in them."""
    return tuple(
        found[piece.offset].slice if piece.offset in found else piece
        for piece in slices
    )


def take(piece: Slice, found: dict[int, Examined]) -> list[Examined]:
    """Take what was found in a record that begins with a slice.

    A site is made of several slices.
    """
    is_site = piece.kind is Kind.SITE
    offsets = [
        offset
        for offset, each in found.items()
        if (each.slice.kind is Kind.SITE if is_site else offset == piece.offset)
    ]
    return [found.pop(offset) for offset in offsets]


def examine(piece: Slice, *, fix: bool) -> Examined:
    """Find the mojibake of a slice, and repair it if asked to.

    Serialized values state the lengths of their strings, so in them it is repaired
    only where the lengths fit afterwards.
    """
    # Bytes that are no text are repaired elsewhere; here they must come out again.
    text = piece.data.decode("utf-8", "surrogateescape")
    found = Examined(piece)
    pieces: list[str] = []
    at = 0
    for start, end in _fields(text):
        field = text[start:end]
        better, cases = repaired(field)
        if not cases:
            continue
        is_repaired = fix and _fits(field, better)
        first = cases[0]
        begin = max(0, first.start() - _AROUND)
        sample = field[begin : first.start() + _LONGEST].strip()
        place = text, start + first.start()
        found.add(len(cases), sample, place, is_repaired=is_repaired)
        if is_repaired:
            pieces += [text[at:start], better]
            at = end
    if pieces:
        data = "".join([*pieces, text[at:]]).encode("utf-8", "surrogateescape")
        found.slice = replace(piece, data=data)
    return found


def _fields(text: str) -> Iterator[tuple[int, int]]:
    """Give where texts stand: in CDATA, between tags, and in tags themselves."""
    at = 0
    while at < len(text):
        begin = text.find(_CDATA, at)
        outside = begin if begin >= 0 else len(text)
        yield from (match.span() for match in _OUTSIDE.finditer(text, at, outside))
        if begin < 0:
            return
        begin += len(_CDATA)
        end = text.find("]]>", begin)
        at = end if end >= 0 else len(text)
        yield begin, at


def _fits(field: str, better: str) -> bool:
    """Say whether a field may be repaired: the lengths in it, if any, must be true."""
    if not _SERIALIZED.match(field):
        return True
    try:
        return phpvalue.decode(better).fit is phpvalue.Fit.EXACT
    except phpvalue.PhpValueError:
        return False
