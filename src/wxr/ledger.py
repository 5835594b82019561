"""What was read, written, merged, withheld and failed: the receipt of a run.

The two ends are counted independently: `read` at slicer and parser, `written` by
the sink after its commit. Neither is computed from the other, so that the balance
`read = written + merged + withheld + failed` means something.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from wxr.diagnostics import Code, Diagnostic, Severity
from wxr.model import Author, Comment, Post, Record, Site, Term

UNKNOWN: Final = "unknown"
"""The type under which an item that could not be read is counted."""
NO_TYPE: Final = "none"
"""The type under which an item is counted that does not say its type."""
_MAX_ENTRIES: Final = 100
"""Entries per code and part; past it a code is only counted."""


@dataclass(slots=True)
class Tally:
    """How many of each kind: items by post type, comments by comment type."""

    items: Counter[str] = field(default_factory=Counter)
    comments: Counter[str] = field(default_factory=Counter)
    authors: int = 0
    terms: int = 0

    @classmethod
    def of(cls, record: Record) -> Self:
        """Count one record and what hangs on it; a site counts for nothing."""
        match record:
            case Post():
                tally = cls.of_comments(record.comments)
                tally.items[record.type or NO_TYPE] = 1
                return tally
            case Author():
                return cls(authors=1)
            case Term():
                return cls(terms=1)
            case Site():
                return cls()

    @classmethod
    def of_comments(cls, comments: Iterable[Comment]) -> Self:
        """Count comments by their type."""
        return cls(comments=Counter(comment.type for comment in comments))

    def add(self, other: "Tally") -> None:
        """Add another tally to this one, in place."""
        self.items.update(other.items)
        self.comments.update(other.comments)
        self.authors += other.authors
        self.terms += other.terms

    def __bool__(self) -> bool:
        """Say whether anything was counted."""
        return bool(self.items or self.comments or self.authors or self.terms)

    def as_dict(self) -> dict[str, Any]:
        """Give the shape of the report: every kind, types in alphabetical order."""
        return {
            "items": dict(sorted(self.items.items())),
            "comments": dict(sorted(self.comments.items())),
            "authors": self.authors,
            "terms": self.terms,
        }

    def as_sparse_dict(self) -> dict[str, Any]:
        """Give `withheld` and `failed` entries: numbers of items and comments only."""
        counts = {
            "items": self.items.total(),
            "comments": self.comments.total(),
            "authors": self.authors,
            "terms": self.terms,
        }
        return {kind: number for kind, number in counts.items() if number}


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

    def __iter__(self) -> "Iterable[Diagnostic]":  # type: ignore[override]
        return iter(self._entries.values())
