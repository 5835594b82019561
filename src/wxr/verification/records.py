"""Records as JSON objects, compared with those of a file, one after the other.

Where the bytes are the same, nothing is parsed. Where they are not, the two are told
apart field by field, and looked for a little further on if they are not the same record
at all.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from wxr.model import Site
from wxr.verification.comparing import shortened
from wxr.verification.folder import NOT_THERE
from wxr.verification.scores import Difference, Finding, Score
from wxr.verification.summing import TargetSum

_AHEAD: Final = 64
"""Objects that are looked through for a record that is not where it should be."""
_ENDS: Final = frozenset({b"", b",", b"],", b"]}"})
"""What follows an object on its line."""
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


class Objects(Protocol):
    """The objects of a file, one after the other."""

    def tell(self) -> tuple[int, bool]:
        """Say where we are."""
        ...

    def go_back(self, place: tuple[int, bool]) -> None:
        """Go where we were, which is where we last said."""
        ...

    def next(self, size: int = 0) -> bytes | None:
        """Give the next object; None at the end.

        Args:
            size: Bytes of what should stand here.
        """
        ...


def parsed(line: bytes) -> tuple[Any, bytes]:
    """Give the value on a line, and what follows it."""
    try:
        text = line.decode()
        value, end = _DECODER.raw_decode(text)
        return value, text[end:].encode()
    except (ValueError, RecursionError):
        return None, line


class RecordsSum(TargetSum[Expected]):
    """What was found of records, added up."""

    def compared(self, expected: Expected, objects: Objects) -> Finding:
        """Hold a record against the next object, or one a little further on."""
        before = objects.tell()
        line = objects.next(len(expected.data))
        if line is not None and _is_same(line, expected.data):
            return Finding(item=None, path="", scores=whole(expected))
        mine = parsed(expected.data)[0]
        theirs = parsed(line)[0] if line is not None else None
        if key_of(mine) == key_of(theirs):
            return field_by_field(mine, theirs)
        objects.go_back(before)
        return self._further_on(mine, expected.data, objects)

    def _further_on(
        self, mine: Mapping[str, Any], data: bytes, objects: Objects
    ) -> Finding:
        """Look for a record behind others that should not be there."""
        before = objects.tell()
        passed: list[str] = []
        for _ in range(_AHEAD):
            line = objects.next(len(data))
            if line is None:
                break
            theirs = mine if _is_same(line, data) else parsed(line)[0]
            if key_of(theirs) == key_of(mine):
                self.sum.add_extra(passed)
                return field_by_field(mine, theirs)
            passed.append(name_of_object(theirs))
        objects.go_back(before)
        return not_there(mine)


def _is_same(line: bytes, data: bytes) -> bool:
    return line.startswith(data) and line[len(data) :] in _ENDS


def whole(expected: Expected) -> dict[str, Score]:
    """Give the scores of a record that is there as it should be."""
    return {"records": Score(1), "comments": Score(expected.comments)}


def _lost(mine: Mapping[str, Any]) -> dict[str, Score]:
    return {"records": Score(1, 1), "comments": _comments_lost(mine, {})}


def _comments_lost(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Score:
    total = len(mine.get("comments") or ())
    there = theirs.get("comments")
    kept = len(there) if isinstance(there, list) else 0
    return Score(total, max(total - kept, 0), max(kept - total, 0))


def key_of(value: object) -> tuple[object, ...] | None:
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


def not_there(mine: Mapping[str, Any]) -> Finding:
    """Say that a record is gone."""
    path, scores = name_of_object(mine), _lost(mine)
    return Finding(item=_id(mine), path=path, scores=scores, problem=NOT_THERE)


def _id(value: Mapping[str, Any]) -> int | None:
    id_ = value.get("id")
    return id_ if isinstance(id_, int) and "content" in value else None


def name_of_object(value: object) -> str:
    """Say how a record is called where it differs."""
    key = key_of(value)
    if key is None:
        return "a line that is no record"
    kind = "post" if key[1] == "record" else key[1]
    return shortened(f"{kind} {'/'.join(map(str, key[2:]))}")


def field_by_field(mine: Mapping[str, Any], theirs: object) -> Finding:
    """Compare two objects of one record."""
    there = theirs if isinstance(theirs, dict) else {}
    differing = list(_differing(mine, there))
    score = Score(1, 1 if differing else 0)
    path = "site" if mine.get("record") == "site" else name_of_object(mine)
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
