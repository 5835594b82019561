"""What was seen before: identical doubles are merged, other doubles are reported.

Exports come in parts that repeat their header, and people export twice. What has the
same bytes is the same; what only has the same id is kept beside the other, because
nobody but the user can say which of them is meant.
"""

import hashlib
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from wxr.model import Author, Post, Record, Site, Term

if TYPE_CHECKING:
    import sqlite3

_IN_MEMORY: Final = 50_000
"""Keys held in memory; past it they go to a temporary file (about 100 bytes each)."""


class Verdict(Enum):
    """What is known of a record."""

    NEW = "new"
    SAME = "same"
    """Seen before, byte for byte."""
    DIFFERENT = "different"
    """Another record has this identity."""


class Fingerprint(NamedTuple):
    """Who a record is, and what its bytes are; small, so that it travels."""

    identity: bytes | None
    """None where it has none of its own: nothing is like it but its double."""
    digest: bytes

    @property
    def keys(self) -> tuple[bytes, ...]:
        """What is to be known of it from now on."""
        if self.identity is None:
            return (self.digest,)
        return self.digest, self.identity


def fingerprint(record: Record, data: bytes) -> Fingerprint | None:
    """Tell a record by its identity and by the bytes it was read from."""
    if isinstance(record, Site):
        return None
    name = _name(record)
    identity = None if name is None else _hash(name.encode("utf-8", "replace"))
    return Fingerprint(identity, _hash(data))


def _name(record: Post | Author | Term) -> str | None:
    match record:
        case Post(id=number):
            # A made-up id says nothing.
            return f"post {number}" if number > 0 else None
        case Author(login=login):
            return f"author {login}"
        case Term(taxonomy=taxonomy, slug=slug, name=label):
            return f"term {taxonomy}\0{slug or label}"


def _hash(data: bytes) -> bytes:
    """Sixteen bytes; SHA-1 is the fastest that is long enough, and is no secret."""
    return hashlib.sha1(data, usedforsecurity=False).digest()[:16]


class Seen:
    """Fingerprints met so far: a set that moves to disk when it grows."""

    def __init__(self, *, in_memory: int = _IN_MEMORY) -> None:
        self._keys: set[bytes] = set()
        self._limit = in_memory
        self._disk: sqlite3.Connection | None = None

    def judge(self, mark: Fingerprint) -> Verdict:
        """Say whether this was met before, and remember it."""
        if not self._is_new(mark.digest):
            return Verdict.SAME
        if mark.identity is not None and not self._is_new(mark.identity):
            return Verdict.DIFFERENT
        return Verdict.NEW

    def take_new(self, keys: Sequence[bytes]) -> bool:
        """Remember the keys of many records if none was met before, and say so.

        Where one was, nothing is remembered: each is to be judged for itself.
        """
        new = set(keys)
        if not new:
            return True
        if len(new) < len(keys) or not self._keys.isdisjoint(new):
            return False
        if self._disk is not None:
            return _insert_all(self._disk, keys)
        self._keys |= new
        if len(self._keys) >= self._limit:
            self._move_to_disk()
        return True

    def _is_new(self, key: bytes) -> bool:
        if key in self._keys:
            return False
        if self._disk is not None and not _insert(self._disk, key):
            return False
        if self._disk is None:
            self._keys.add(key)
            if len(self._keys) >= self._limit:
                self._move_to_disk()
        return True

    def _move_to_disk(self) -> None:
        import sqlite3  # noqa: PLC0415  a driver, only for exports of this size

        # An empty name is a temporary file that SQLite removes itself.
        self._disk = sqlite3.connect("", isolation_level=None)
        self._disk.execute("PRAGMA synchronous = OFF")
        self._disk.execute("CREATE TABLE seen (key BLOB PRIMARY KEY) WITHOUT ROWID")
        self._disk.execute("BEGIN")
        rows = ((key,) for key in sorted(self._keys))
        self._disk.executemany("INSERT INTO seen VALUES (?)", rows)
        self._keys.clear()

    def close(self) -> None:
        """Let the temporary file go."""
        if self._disk is not None:
            self._disk.close()


def _insert(disk: "sqlite3.Connection", key: bytes) -> bool:
    cursor = disk.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,))
    return cursor.rowcount > 0


def _insert_all(disk: "sqlite3.Connection", keys: Sequence[bytes]) -> bool:
    disk.execute("SAVEPOINT many")
    rows = ((key,) for key in keys)
    cursor = disk.executemany("INSERT OR IGNORE INTO seen VALUES (?)", rows)
    are_new = cursor.rowcount == len(keys)
    if not are_new:
        disk.execute("ROLLBACK TO many")
    disk.execute("RELEASE many")
    return are_new
