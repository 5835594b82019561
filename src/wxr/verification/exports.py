"""WXR that wxr wrote, read again and compared record by record with the export.

It is read as any export is, and its records are compared as JSON objects. Items stand
there in their order; authors and terms do not, since parents come first.
"""

import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import IO, ClassVar, Final

from wxr.conversion import read
from wxr.errors import ReadError
from wxr.exporters import Place, Rendered
from wxr.exporters.objects import name_of, object_of, to_bytes
from wxr.exporters.site import Sites
from wxr.exporters.wxr import as_carried
from wxr.exporters.wxr.leaves import version
from wxr.exporters.wxr.parts import parts_there
from wxr.model import Post, Record, Site
from wxr.verification.records import (
    Expected,
    RecordsSum,
    field_by_field,
    key_of,
    name_of_object,
    not_there,
    parsed,
    whole,
)
from wxr.verification.scores import Finding

_IN_MEMORY: Final = 1 << 20
"""Bytes of authors and terms that are held before they go to disk."""


@dataclass(frozen=True, slots=True)
class WxrComparer:
    """Compares records with those of an export that wxr wrote."""

    needs_index: ClassVar[bool] = False

    def render(self, record: Record, place: Place) -> Rendered[Expected]:
        """Give a record as it should come back."""
        del place
        if isinstance(record, Site):
            return Rendered(Expected("site", b"", site=record))
        record = as_carried(record)
        comments = len(record.comments) if isinstance(record, Post) else 0
        return Rendered(Expected(name_of(record), _line(record), comments))

    def sink(self, target: str, *, force: bool) -> "WxrSum":
        """Open the file, or its parts.

        Raises:
            ReadError: There is none, or it is no export.
        """
        del force
        return WxrSum(target)


def files_of(target: str) -> list[str]:
    """Name the files of a target: itself, or its numbered parts."""
    return [target] if Path(target).is_file() else parts_there(target)


def _line(record: Record) -> bytes:
    return to_bytes(f'{{"record":"{name_of(record)}",{object_of(record)[1:]}')


class WxrSum(RecordsSum):
    """What was found of an export, added up."""

    def __init__(self, target: str) -> None:
        super().__init__()
        files = files_of(target)
        if not files:
            raise ReadError("is no file of wxr", source=target)
        # What the reader has to say of its own output shows in what is missing.
        self._written = _Written(read(files, on_diagnostic=lambda _: None))
        self._sites = Sites()
        self._declared = _Declared()
        for each in (self._written, self._declared):
            self._to_close.enter_context(closing(each))

    def write(self, rendered: Rendered[Expected]) -> None:
        """Compare the next record; authors and terms at the end."""
        expected = rendered.payload
        if expected.site is not None:
            self._sites.add(expected.site)
        elif expected.name == "post":
            self.sum.add(self.compared(expected, self._written))
        else:
            self._declared.add(expected.data)

    def _finish(self) -> None:
        rest = iter(self._written.next, None)
        self.sum.add_extra(name_of_object(parsed(line)[0]) for line in rest)
        self._compare_declared()
        site = self._sites.merged()
        expected = replace(site, wxr_version=version(site.wxr_version))
        mine, theirs = (_line(as_carried(each)) for each in (expected, self._site()))
        self.sum.add(field_by_field(parsed(mine)[0], parsed(theirs)[0]))

    def _site(self) -> Site:
        return self._written.site or Site()

    def _compare_declared(self) -> None:
        others: dict[object, deque[bytes]] = {}
        for line in self._written.declared():
            if self._declared.take(line):
                self.sum.add(Finding(item=None, path="", scores=_WHOLE))
            else:
                others.setdefault(key_of(parsed(line)[0]), deque()).append(line)
        for line in self._declared.rest():
            mine = parsed(line)[0]
            there = others.get(key_of(mine))
            self.sum.add(
                field_by_field(mine, parsed(there.popleft())[0])
                if there
                else not_there(mine)
            )
        left = (line for lines in others.values() for line in lines)
        self.sum.add_extra(name_of_object(parsed(line)[0]) for line in left)


_WHOLE: Final = whole(Expected("term", b""))


class _Written:
    """The records of an export, its items one after the other."""

    def __init__(self, records: Iterator[Record]) -> None:
        self.site: Site | None = None
        self._records = records
        self._declared = _Declared()
        self._is_repeated = False
        self._recent: deque[bytes] = deque()
        self._at = 0
        """Which item is next."""
        self._end = 0
        """How many were read."""

    def close(self) -> None:
        self._declared.close()

    def tell(self) -> tuple[int, bool]:
        """Say where we are; what is before is not gone back to."""
        while self._end - len(self._recent) < self._at:
            self._recent.popleft()
        return self._at, False

    def go_back(self, place: tuple[int, bool]) -> None:
        self._at = place[0]

    def next(self, size: int = 0) -> bytes | None:
        del size
        if self._at == self._end:
            line = self._read()
            if line is None:
                return None
            self._recent.append(line)
            self._end += 1
        self._at += 1
        return self._recent[self._at - 1 - self._end]

    def declared(self) -> Iterator[bytes]:
        """Give authors and terms, once the items were read."""
        return self._declared.rest()

    def _read(self) -> bytes | None:
        for record in self._records:
            if isinstance(record, Post):
                return _line(record)
            if isinstance(record, Site):
                # Each part has the header of the first.
                self._is_repeated = self.site is not None
                self.site = self.site or record
            elif not self._is_repeated:
                self._declared.add(_line(record))
        return None


class _Declared:
    """Authors and terms on disk, found by what they are."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed below
        self._places: dict[bytes, list[tuple[int, int]]] = {}
        self._size = 0

    def close(self) -> None:
        self._file.close()

    def add(self, data: bytes) -> None:
        self._file.seek(self._size)
        self._file.write(data)
        place = (self._size, len(data))
        self._places.setdefault(_digest(data), []).append(place)
        self._size += len(data)

    def take(self, data: bytes) -> bool:
        """Take one away that is the same; say whether there was one."""
        places = self._places.get(_digest(data))
        if not places:
            return False
        places.pop()
        return True

    def rest(self) -> Iterator[bytes]:
        """Give those that are left, in their order."""
        left = sorted(place for places in self._places.values() for place in places)
        for start, size in left:
            self._file.seek(start)
            yield self._file.read(size)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
