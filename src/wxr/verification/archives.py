"""JSON and JSON Lines, compared record by record with what the export holds.

Each record is rendered as for writing and held against the next object of the file.
The files are read as wxr lays them out, an object a line.
"""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO, ClassVar, Final

from wxr.errors import ReadError
from wxr.exporters import Place, Rendered
from wxr.exporters.objects import name_of, object_of, to_bytes
from wxr.exporters.site import Sites
from wxr.model import Post, Record, Site
from wxr.verification.records import (
    Expected,
    RecordsSum,
    field_by_field,
    name_of_object,
    parsed,
)
from wxr.verification.scores import Finding

_ALWAYS_READ: Final = 16 << 20
"""Bytes; a line of this size is read whatever its record's own size."""
_MOST_TIMES: Final = 8
"""Times its record that a line may be as long; escapes are six letters at most."""
_CHUNK: Final = 1 << 20
_HEADS: Final = {b'"authors":[': "author", b'"terms":[': "term", b'"posts":[': "post"}
_START: Final = b'{"format":"wxr-json","version":1,"site":'


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


class JsonSum(RecordsSum):
    """What was found of a file, added up."""

    def __init__(self, target: str, comparer: JsonComparer) -> None:
        super().__init__()
        self._target, self._comparer = target, comparer
        self._sites = Sites()
        starts = {"": 0} if comparer.lines else self._starts()
        self._objects = {
            name: self._to_close.enter_context(
                closing(_Objects(target, comparer, start))
            )
            for name, start in starts.items()
        }

    def write(self, rendered: Rendered[Expected]) -> None:
        """Compare the next record."""
        expected = rendered.payload
        if expected.site is not None:
            self._sites.add(expected.site)
            return
        objects = self._objects["" if self._comparer.lines else expected.name]
        self.sum.add(self.compared(expected, objects))

    def _finish(self) -> None:
        if not self._comparer.lines:
            self.sum.add(self._compared_site())
        for objects in self._objects.values():
            rest = iter(objects.next, None)
            self.sum.add_extra(name_of_object(parsed(line)[0]) for line in rest)

    def _compared_site(self) -> Finding:
        """Compare the head of a document, which several headers share."""
        mine = json.loads(object_of(self._sites.merged()))
        with open(self._target, "rb") as file:  # noqa: PTH123
            head = read_line(file, self._target)
        return field_by_field(
            {"record": "site", **mine}, parsed(head.removeprefix(_START))[0]
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
