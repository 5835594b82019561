"""The four targets: what each must do with any bytes; it raises where it does not.

Errors that are part of a contract are no findings: bytes may be no export, and no
PHP-serialized value. Anything else that is raised is one.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from lxml import etree

from tests.drip import Drip
from wxr import phpvalue
from wxr.diagnostics import Code, Diagnostic, Severity
from wxr.errors import ReadError
from wxr.exporters.decoded import decoded
from wxr.model import Meta, Post, Record
from wxr.parser import Part, Reading, parse, strict
from wxr.parser.envelope import DEFAULT
from wxr.parser.repair import repair
from wxr.parser.slicer import Kind, Slice, Slicer

Target: TypeAlias = Callable[[bytes], object]

_MAX_ITEM: Final = 1 << 16
_ITEM: Final = re.compile(rb"<item[\s/>]")


def odd_size(data: bytes) -> int:
    """Give a size of chunks that is the same for the same bytes."""
    return 1 + sum(data[:64]) % 64


def slicer(data: bytes) -> None:
    """Slices are the file's own bytes, in its order, and told with their line."""
    slices, said, ended = _sliced(data, len(data) or 1)
    end = 0
    for piece in sorted(slices, key=lambda each: each.offset):
        assert piece.offset >= end, "slices overlap"
        end = piece.offset + len(piece.data)
        assert data[piece.offset : end] == piece.data, "a slice is not the file's"
        assert piece.line == 1 + data.count(b"\n", 0, piece.offset), "a wrong line"
    numbers = [piece.number for piece in slices if piece.kind is Kind.ITEM]
    assert numbers == sorted(set(numbers)), "items are numbered twice"
    dripped = _sliced(data, odd_size(data))
    assert dripped == (slices, said, ended), "chunks change what is cut out"


def _sliced(data: bytes, size: int) -> tuple[list[Slice], list[Diagnostic], bool]:
    said: list[Diagnostic] = []
    found = Slicer(Drip(data, size), "part", said.append, max_item=_MAX_ITEM)
    return list(found), said, found.ended


def repairing(data: bytes) -> None:
    """What is repaired is one well-formed element, and what was done has a name."""
    if not _ITEM.match(data):
        data = b"<item>" + data
    is_whole = strict.is_well_formed(DEFAULT.wrap(data))
    for is_cut in (False, True):
        fixed = repair(data, DEFAULT, is_cut=is_cut)
        if fixed is None:  # nested past all sense
            continue
        if is_cut and not fixed.data:  # in its own start tag: nothing of it arrived
            continue
        document = DEFAULT.wrap(fixed.data)
        channel = etree.fromstring(document, strict.parser())[0][0]
        assert len(channel) == 1, "repair gave more than one element"
        # Of one that breaks off the slicer has said so; of a whole one a tag may be
        # written in another way.
        assert fixed.notes or is_cut or is_whole, "a repair is not named"


def reading(data: bytes) -> None:
    """Nothing raises, chunks of any size give the same, and items are all counted."""
    whole = _read(data, len(data) or 1)
    assert _read(data, odd_size(data)) == whole, "chunks change what is read"
    if whole is None:
        return
    records, said, found = whole
    posts = sum(isinstance(record, Post) for record in records)
    is_lost = any(each.severity is Severity.LOST for each in said)
    assert posts == found or is_lost, "items are lost, and nothing says so"
    assert Code.INTERNAL_ERROR not in {each.code for each in said}


def _read(data: bytes, size: int) -> tuple[list[Record], list[Diagnostic], int] | None:
    """Give records, what was said, and how many items the slicer found."""
    said: list[Diagnostic] = []
    records: list[Record] = []

    part = Part("part", 0, lambda: Drip(data, size), None)
    found = Reading([part], said.append, max_item=_MAX_ITEM)
    try:
        for batch in found:
            for parsed in parse(batch):
                said += parsed.diagnostics
                if parsed.record is not None:
                    records.append(parsed.record)
    except ReadError:
        return None
    return records, said, found.items


def php_value(data: bytes) -> None:
    """A value or the one error; what is decoded is JSON; one more level is no other."""
    text = data.decode("utf-8", "replace")
    for given in (data, text):
        try:
            phpvalue.loads(given)
        except phpvalue.PhpValueError:
            continue
    as_json = decoded(Meta(key="k", value=text), [])
    if as_json is not None:
        json.loads(as_json, parse_constant=_refuse)
    try:
        result = phpvalue.decode(text)
    except phpvalue.PhpValueError:
        return
    if result.fit is not phpvalue.Fit.EXACT:  # what comes after it may change the guess
        return
    size = len(text.encode())
    twice = phpvalue.decode(f's:{size}:"{text}";')
    assert (twice.value, twice.fit) == (text, phpvalue.Fit.EXACT), "text is not kept"
    listed = phpvalue.decode(f"a:1:{{i:0;{text.strip(SPACE)}}}", max_depth=_DEEPER)
    # NaN differs from itself, but not when it is written.
    assert repr(listed.value) == repr([result.value]), "it is another in a list"


_DEEPER: Final = phpvalue.MAX_DEPTH + 1
SPACE: Final = " \t\n\r\0\x0b"


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


TARGETS: Final[Mapping[str, Target]] = {
    "parser": reading,
    "phpvalue": php_value,
    "repair": repairing,
    "slicer": slicer,
}
