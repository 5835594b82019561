"""JSON and JSON Lines, compared record by record with what the export holds.

Each record is rendered as for writing and held against the next object of the file:
where the bytes are the same, nothing is parsed. Where they are not, the two are told
apart field by field, and looked for a little further on if they are not the same record
at all. The files are read as wxr lays them out, an object a line.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, BinaryIO, ClassVar, Final, Self

from wxr.errors import ReadError
from wxr.exporters import Place, Rendered
from wxr.exporters.objects import name_of, object_of, to_bytes
from wxr.exporters.site import merge_sites
from wxr.ledger import Tally
from wxr.model import Post, Record, Site
from wxr.verification.comparing import shortened
from wxr.verification.folder import NOT_THERE
from wxr.verification.scores import Difference, Finding, Score, Sum

_AHEAD: Final = 64
"""Objects that are looked through for a record that is not where it should be."""
_ALWAYS_READ: Final = 16 << 20
"""Bytes; a line of this size is read whatever its record's own size."""
_MOST_TIMES: Final = 8
"""Times its record that a line may be as long; escapes are six letters at most."""
_CHUNK: Final = 1 << 20
_ENDS: Final = frozenset({b"", b",", b"],", b"]}"})
"""What follows an object on its line."""
_HEADS: Final = {b'"authors":[': "author", b'"terms":[': "term", b'"posts":[': "post"}
_START: Final = b'{"format":"wxr-json","version":1,"site":'
_DECODED: Final = frozenset({"key", "value", "decoded"})


def _without_decoded(found: dict[str, Any]) -> dict[str, Any]:
    """Give a custom field as stored; what it says is made of that."""
    if found.keys() == _DECODED:
        del found["decoded"]
    return found


_DECODER: Final = json.JSONDecoder(object_hook=_without_decoded)


@dataclass(frozen=True, slots=True)
class Expected:
    """A record as it should stand in the file."""

    name: str
    data: bytes
    comments: int = 0
    site: Site | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonComparer:
    """Compares records with the objects of a file."""

    needs_index: ClassVar[bool] = False
    lines: bool
    """Whether each line is a record, or the file is one document."""

    def render(self, record: Record, place: Place) -> Rendered[Expected]:
        """Give the object of a record."""
        del place
        name, text = name_of(record), object_of(record)
        if self.lines:
            text = f'{{"record":"{name}",{text[1:]}'
        site = record if isinstance(record, Site) and not self.lines else None
        comments = len(record.comments) if isinstance(record, Post) else 0
        return Rendered(Expected(name, to_bytes(text), comments, site))

    def sink(self, target: str, *, force: bool) -> "JsonSum":
        """Open the file.

        Raises:
            ReadError: It is not what it should be.
        """
        del force
        return JsonSum(target, self)


class _Objects:
    """The objects of a file from a place on, one after the other."""

    def __init__(self, target: str, comparer: JsonComparer, start: int) -> None:
        self._target = target
        self._in_list = not comparer.lines
        self._file: BinaryIO = open(target, "rb")  # noqa: PTH123, SIM115  closed below
        self._file.seek(start)
        self._is_last = False

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def tell(self) -> tuple[int, bool]:
        """Say where we are."""
        return self._file.tell(), self._is_last

    def go_back(self, place: tuple[int, bool]) -> None:
        """Go where we were."""
        self._file.seek(place[0])
        self._is_last = place[1]

    def next(self, size: int = 0) -> bytes | None:
        """Give the next object with what follows it on its line; None at the end.

        Args:
            size: Bytes of what should stand here.

        Raises:
            ReadError: The line is so much longer that it is not read.
        """
        if self._is_last:
            return None
        line = read_line(self._file, self._target, size).rstrip(b"\n")
        # The last object of a list has the end of the list behind it.
        self._is_last = self._in_list and not line.endswith(b"},")
        return line or None


def read_line(file: BinaryIO, target: str, size: int = 0) -> bytes:
    """Read a line, unless it is far longer than what should stand there.

    Raises:
        ReadError: It is.
    """
    most = max(_ALWAYS_READ, size * _MOST_TIMES)
    line = file.readline(most)
    if len(line) >= most:
        reason = f"the line at byte {file.tell() - len(line)} is longer than any record"
        raise ReadError(reason, source=target)
    return line


def _parsed(line: bytes) -> tuple[Any, bytes]:
    """Give the value on a line, and what follows it."""
    try:
        text = line.decode()
        value, end = _DECODER.raw_decode(text)
        return value, text[end:].encode()
    except (ValueError, RecursionError):
        return None, line


class JsonSum:
    """What was found of a file, added up."""

    def __init__(self, target: str, comparer: JsonComparer) -> None:
        self.sum = Sum()
        self.written = Tally()
        self._target, self._comparer = target, comparer
        self._sites: dict[Site, None] = {}
        starts = {"": 0} if comparer.lines else self._starts()
        self._objects = {
            name: _Objects(target, comparer, start) for name, start in starts.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            for objects in self._objects.values():
                objects.close()

    def write(self, rendered: Rendered[Expected]) -> None:
        """Compare the next record."""
        expected = rendered.payload
        if expected.site is not None:
            self._sites.setdefault(expected.site)
            return
        objects = self._objects["" if self._comparer.lines else expected.name]
        self.sum.add(self._compared(expected, objects))

    def _compared(self, expected: Expected, objects: _Objects) -> Finding:
        before = objects.tell()
        line = objects.next(len(expected.data))
        if line is not None and _is_same(line, expected.data):
            return Finding(item=None, path="", scores=_whole(expected))
        mine = _parsed(expected.data)[0]
        theirs = _parsed(line)[0] if line is not None else None
        if _key(mine) == _key(theirs):
            return _field_by_field(mine, theirs)
        objects.go_back(before)
        return self._further_on(mine, expected.data, objects)

    def _further_on(
        self, mine: Mapping[str, Any], data: bytes, objects: _Objects
    ) -> Finding:
        """Look for a record behind others that should not be there."""
        before = objects.tell()
        passed: list[str] = []
        for _ in range(_AHEAD):
            line = objects.next(len(data))
            if line is None:
                break
            theirs = mine if _is_same(line, data) else _parsed(line)[0]
            if _key(theirs) == _key(mine):
                self.sum.add_extra(passed)
                return _field_by_field(mine, theirs)
            passed.append(_name(theirs))
        objects.go_back(before)
        return Finding(
            item=_id(mine), path=_name(mine), scores=_lost(mine), problem=NOT_THERE
        )

    def _finish(self) -> None:
        if not self._comparer.lines:
            self.sum.add(self._compared_site())
        for objects in self._objects.values():
            rest = iter(objects.next, None)
            self.sum.add_extra(_name(_parsed(line)[0]) for line in rest)

    def _compared_site(self) -> Finding:
        """Compare the head of a document, which several headers share."""
        mine = json.loads(object_of(merge_sites(*(self._sites or (Site(),)))))
        with open(self._target, "rb") as file:  # noqa: PTH123
            head = read_line(file, self._target)
        return _field_by_field(
            {"record": "site", **mine}, _parsed(head.removeprefix(_START))[0]
        )

    def _starts(self) -> dict[str, int]:
        """Find where the lists of a document start.

        Raises:
            ReadError: It has no such lists, or not on lines of their own.
        """
        starts: dict[str, int] = {}
        with open(self._target, "rb") as file:  # noqa: PTH123
            is_ours = file.read(len(_START)) == _START
            nowhere = os.fstat(file.fileno()).st_size
            for head in _heads(file) if is_ours else ():
                # An empty list ends where it starts: nothing stands there.
                is_empty = not head.endswith(b"[\n")
                starts[_HEADS[head[: head.index(b"[") + 1]]] = (
                    nowhere if is_empty else file.tell()
                )
        if len(starts) != len(_HEADS):
            reason = "is not laid out as wxr writes JSON; convert again to compare"
            raise ReadError(reason, source=self._target)
        return starts


def _heads(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines on which lists start, and stop behind each."""
    at_start = False
    while chunk := file.readline(_CHUNK):
        if at_start and chunk.startswith(tuple(_HEADS)):
            yield chunk
        at_start = chunk.endswith(b"\n")


def _is_same(line: bytes, data: bytes) -> bool:
    return line.startswith(data) and line[len(data) :] in _ENDS


def _whole(expected: Expected) -> dict[str, Score]:
    return {"records": Score(1), "comments": Score(expected.comments)}


def _lost(mine: Mapping[str, Any]) -> dict[str, Score]:
    return {"records": Score(1, 1), "comments": _comments_lost(mine, {})}


def _comments_lost(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Score:
    total = len(mine.get("comments") or ())
    there = theirs.get("comments")
    kept = len(there) if isinstance(there, list) else 0
    return Score(total, max(total - kept, 0), max(kept - total, 0))


def _key(value: object) -> tuple[object, ...] | None:
    """Tell records apart by what tells WordPress' own apart."""
    if not isinstance(value, dict):
        return None
    name = str(value.get("record", ""))
    if "login" in value:
        return name, "author", str(value.get("login"))
    if "taxonomy" in value:
        slug = value.get("slug") or value.get("name")
        return name, "term", str(value.get("taxonomy")), str(slug)
    return name, "record", str(value.get("id"))


def _id(value: Mapping[str, Any]) -> int | None:
    id_ = value.get("id")
    return id_ if isinstance(id_, int) and "content" in value else None


def _name(value: object) -> str:
    key = _key(value)
    if key is None:
        return "a line that is no record"
    kind = "post" if key[1] == "record" else key[1]
    return shortened(f"{kind} {'/'.join(map(str, key[2:]))}")


def _field_by_field(mine: Mapping[str, Any], theirs: object) -> Finding:
    """Compare two objects of one record."""
    there = theirs if isinstance(theirs, dict) else {}
    differing = list(_differing(mine, there))
    score = Score(1, 1 if differing else 0)
    path = "site" if mine.get("record") == "site" else _name(mine)
    return Finding(
        item=_id(mine),
        path=path,
        scores={"records": score, "comments": _comments_lost(mine, there)},
        difference=next(iter(differing), None),
    )


def _differing(
    mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in {**mine, **theirs}:
        one, other = mine.get(name), theirs.get(name)
        if (one != other or type(one) is not type(other)) and name != "record":
            yield _difference(name, one, other)


def _difference(name: str, one: object, other: object) -> Difference:
    """Name the field; in a list, the first member that differs."""
    if isinstance(one, list) and isinstance(other, list):
        at = next(
            (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
            min(len(one), len(other)),
        )
        one, other = one[at : at + 1], other[at : at + 1]
        name = f"{name}[{at}]"
    return Difference("fields", f"{name}: {_from(one, other)}", _from(other, one))


def _from(value: object, other: object) -> str:
    """Show a value from a little before where it differs from another."""
    mine, theirs = (
        json.dumps(each, ensure_ascii=False, default=str) for each in (value, other)
    )
    pairs = zip(mine, theirs, strict=False)
    at = next((n for n, (a, b) in enumerate(pairs) if a != b), 0)
    start = max(at - 30, 0)
    return shortened(f"{'… ' if start else ''}{mine[start : start + 200]}")
