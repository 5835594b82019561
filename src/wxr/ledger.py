"""What was read, written, merged, withheld and failed: the receipt of a run.

The two ends are counted independently: `read` at slicer and parser, `written` by
the sink after its commit. Neither is computed from the other, so that the balance
`read = written + merged + withheld + failed` means something.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Self

from wxr.diagnostics import Code, Diagnostic, Severity
from wxr.model import Author, Comment, Post, Record, Site, Term

UNKNOWN: Final = "unknown"
"""The type under which an item that could not be read is counted."""
NO_TYPE: Final = "none"
"""The type under which an item is counted that does not say its type."""
_MAX_ENTRIES: Final = 100
"""Entries per code and part; past it a code is only counted."""


def _none() -> Counter[str]:
    # `Counter()` first asks what it shall count, at five times the price.
    return Counter.__new__(Counter)


@dataclass(slots=True)
class Tally:
    """How many of each kind: items by post type, comments by comment type."""

    items: Counter[str] = field(default_factory=_none)
    comments: Counter[str] = field(default_factory=_none)
    authors: int = 0
    terms: int = 0
    meta: Counter[str] = field(default_factory=_none)
    """Custom fields, by what they belong to: `post`, `comment` or `term`."""

    @classmethod
    def of(cls, record: Record) -> Self:
        """Count one record and what hangs on it; a site counts for nothing."""
        tally = cls.without_meta(record)
        tally.meta = count_meta(record)
        return tally

    @classmethod
    def without_meta(cls, record: Record) -> Self:
        """Count the same, but for custom fields."""
        tally = cls()
        match record:
            case Post():
                tally.items[record.type or NO_TYPE] = 1
                for comment in record.comments:
                    tally.comments[comment.type] += 1
            case Author():
                tally.authors = 1
            case Term():
                tally.terms = 1
            case Site():
                pass
        return tally

    @classmethod
    def of_comments(cls, comments: Iterable[Comment]) -> Self:
        """Count comments by their type, and their custom fields."""
        tally = cls()
        for comment in comments:
            tally.comments[comment.type] += 1
            if comment.meta:
                tally.meta["comment"] += len(comment.meta)
        return tally

    def add(self, other: "Tally") -> None:
        """Add another tally to this one, in place."""
        # Not `Counter.update`: this runs for every record, and most have one kind.
        for kind, number in other.items.items():
            self.items[kind] += number
        for kind, number in other.comments.items():
            self.comments[kind] += number
        for owner, number in other.meta.items():
            self.meta[owner] += number
        self.authors += other.authors
        self.terms += other.terms

    def __bool__(self) -> bool:
        """Say whether anything was counted."""
        return any(self.as_dict().values())

    def as_dict(self) -> dict[str, Any]:
        """Give the shape of the report: every kind, types in alphabetical order."""
        return {
            "items": _sorted_without_zeros(self.items),
            "comments": _sorted_without_zeros(self.comments),
            "authors": self.authors,
            "terms": self.terms,
            "meta": _sorted_without_zeros(self.meta),
        }


def count_meta(record: Record) -> Counter[str]:
    """Count the custom fields of a record, by what they belong to."""
    found = _none()
    if isinstance(record, Post):
        for comment in record.comments:
            if comment.meta:
                found["comment"] += len(comment.meta)
    if isinstance(record, Post | Term) and record.meta:
        found["post" if isinstance(record, Post) else "term"] = len(record.meta)
    return found


class Problems:
    """Diagnostics with repeats folded: one entry per code and item, capped per part."""

    def __init__(self) -> None:
        self._entries: dict[tuple[object, ...], Diagnostic] = {}
        self._per_part: Counter[tuple[Code, str | None]] = Counter()
        self.counts: Counter[Severity] = Counter()
        """How many problems of each severity, repeats included."""

    def add(self, problem: Diagnostic) -> None:
        """Take one problem; the first of its code and item gives line and message."""
        self.counts[problem.severity] += problem.count
        key = self._key(problem)
        first = self._entries.get(key)
        if first is None:
            self._per_part[problem.code, problem.part] += 1
            self._entries[key] = problem
        else:
            self._entries[key] = _with_count(first, first.count + problem.count)

    def _key(self, problem: Diagnostic) -> tuple[object, ...]:
        # Line stands in where no id is known, or two id-less items would fold into one.
        where = problem.item if problem.item is not None else ("line", problem.line)
        key = (problem.code, problem.part, where)
        if key in self._entries:
            return key
        full = self._per_part[problem.code, problem.part] >= _MAX_ENTRIES
        return (problem.code, problem.part, "more") if full else key

    def __iter__(self) -> Iterator[Diagnostic]:
        """Give the entries in the order their first case was met."""
        return iter(self._entries.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One part that was read."""

    path: str
    """As the user named it; `archive!member` in an archive."""
    bytes: int
    sha256: str


class Ledger:
    """The account of one run while it is open."""

    def __init__(self) -> None:
        self.read = Tally()
        self.written = Tally()
        self.merged = Tally()
        self.withheld: dict[str, Tally] = {}
        self.failed: dict[str, Tally] = {}
        self.problems = Problems()
        self.named: set[tuple[str, str]] = set()
        """Filters, and the names they were given that some item has."""

    def take(self, sums: "Ledger") -> None:
        """Add what was read in another process, and what became of it there."""
        self.read.add(sums.read)
        self.withhold(sums.withheld)
        _add_each(self.failed, sums.failed)
        self.named |= sums.named

    def withhold(self, withheld: Mapping[str, Tally]) -> None:
        """Count what rules left out, by rule."""
        _add_each(self.withheld, withheld)

    def fail(self, reason: str, tally: Tally) -> None:
        """Count what could not be carried over, by reason."""
        _add_each(self.failed, {reason: tally})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The receipt of a finished run: what went in, and where each of it ended."""

    version: str
    """Of wxr."""
    inputs: tuple[Input, ...]
    format: str
    target: str
    read: Tally
    written: Tally
    merged: Tally
    withheld: Mapping[str, Tally]
    """By rule: `status:draft`, `password`, `type:attachment`, …"""
    failed: Mapping[str, Tally]
    """By reason, which is the code of a diagnostic."""
    diagnostics: tuple[Diagnostic, ...]
    severities: Mapping[Severity, int]
    """How many problems of each severity, those past the cap of entries included."""
    strict: bool = False
    redacted: bool = False
    """Whether pseudonyms stand for what is private."""

    @property
    def balanced(self) -> bool:
        """Whether everything read is written, merged, withheld or failed."""
        ends = Tally()
        for tally in (
            self.written,
            self.merged,
            *self.withheld.values(),
            *self.failed.values(),
        ):
            ends.add(tally)
        return ends.as_dict() == self.read.as_dict()

    @property
    def exit_code(self) -> int:
        """0, or 3 where something was lost (or repaired, where `strict`)."""
        lost = self.severities.get(Severity.LOST, 0) or self.failed
        repaired = self.strict and self.severities.get(Severity.REPAIRED, 0)
        return 3 if lost or repaired or not self.balanced else 0

    def as_dict(self) -> dict[str, Any]:
        """Give the report as the JSON object that `--report` writes."""
        return {
            "tool": "wxr",
            "version": self.version,
            "inputs": [asdict(part) for part in self.inputs],
            "format": self.format,
            "target": self.target,
            "read": self.read.as_dict(),
            "written": self.written.as_dict(),
            "merged": self.merged.as_dict(),
            "withheld": _each_as_dict(self.withheld),
            "failed": _each_as_dict(self.failed),
            "balanced": self.balanced,
            "diagnostics": [_diagnostic_as_dict(entry) for entry in self.diagnostics],
        }


def _sorted_without_zeros(counts: Counter[str]) -> dict[str, int]:
    return {kind: number for kind, number in sorted(counts.items()) if number}


def _with_count(problem: Diagnostic, count: int) -> Diagnostic:
    return replace(problem, count=count)


def _add_each(sums: dict[str, Tally], more: Mapping[str, Tally]) -> None:
    for name, tally in more.items():
        sums.setdefault(name, Tally()).add(tally)


def _each_as_dict(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    return {name: tally.as_dict() for name, tally in sorted(tallies.items())}


def _diagnostic_as_dict(problem: Diagnostic) -> dict[str, Any]:
    return {
        "code": str(problem.code),
        "severity": str(problem.severity),
        "part": problem.part,
        "line": problem.line,
        "item": problem.item,
        "message": problem.message,
        "count": problem.count,
    }
