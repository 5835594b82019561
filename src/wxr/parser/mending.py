"""What repair leaves to do once a slice is parsed, and what is said of it."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from wxr.diagnostics import Code, Diagnostic
from wxr.model import Record
from wxr.parser.irregular import Element
from wxr.parser.repair import Repaired
from wxr.parser.slices import Slice

Mending: TypeAlias = Mapping[int, tuple[Repaired, Slice]]
"""By offset: how a slice was repaired, and as it was."""

NONE: Final[Mending] = MappingProxyType({})
"""For slices that were whole."""


def restore(unit: Iterable[Slice], own: Iterable[Element], mended: Mending) -> None:
    """Put control characters right below the elements of slices, in place."""
    for piece, element in zip(unit, own, strict=True):
        if stand_ins := mended[piece.offset][0].stand_ins:
            stand_ins.restore(element)


def with_raw_metas(record: Record, piece: Slice, mended: Mending) -> Record:
    """Give a record whose serialized metas hold what an XML tree cannot."""
    stand_ins = mended[piece.offset][0].stand_ins
    return stand_ins.in_metas(record) if stand_ins else record


def said(
    part: str, unit: Sequence[Slice], item: int | None, mended: Mending
) -> list[Diagnostic]:
    """Give what was repaired, with lines of the part."""
    cut = [_truncated(part, piece, item) for piece in unit if piece.is_cut]
    return cut + [
        Diagnostic(
            code=note.code,
            message=note.message,
            part=part,
            line=piece.line + note.line,
            item=item,
            count=note.count,
        )
        for piece in unit
        for note in mended[piece.offset][0].notes
    ]


def _truncated(part: str, piece: Slice, item: int | None) -> Diagnostic:
    message = "the export breaks off in this element, which keeps what arrived of it"
    return Diagnostic(
        code=Code.TRUNCATED, message=message, part=part, line=piece.line, item=item
    )
