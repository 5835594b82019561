"""Counting names that strangers chose, in bounded memory."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_NAMES: Final = 5000
_MOST_EXAMPLES: Final = 3
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Count:
    """How often one name was met."""

    name: str
    count: int
    examples: tuple[int, ...] = ()
    """Ids of the first items that have it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """All names of one kind, the most frequent first."""

    total: int = 0
    """What all names count together, those that are not listed too."""
    entries: tuple[Count, ...] = ()
    others: int = 0
    """What the names count that came after there were too many to list."""


NOTHING: Final = Counts()


class Counting:
    """Counts while they grow: the first names are kept, later ones only add up.

    Args:
        examples: Whether the items that have a name are of interest.
        most: How many names are kept.
    """

    def __init__(self, *, examples: bool = False, most: int = MOST_NAMES) -> None:
        self._counter: Counter[str] = Counter()
        self._examples: dict[str, tuple[int, ...]] | None = {} if examples else None
        self._most = most
        self._others = 0

    def add(self, name: str, number: int = 1, item: int | None = None) -> None:
        """Count a name, met in an item."""
        name = name[:_LONGEST]
        if name not in self._counter and len(self._counter) >= self._most:
            self._others += number
            return
        self._counter[name] += number
        if self._examples is not None and item is not None:
            known = self._examples.get(name, ())
            if item not in known and len(known) < _MOST_EXAMPLES:
                self._examples[name] = (*known, item)

    def counted(self, *, by_name: bool = False) -> Counts:
        """Give what was counted so far, most frequent first, or in the names' order."""
        listed = sorted(
            self._counter.items(),
            key=lambda entry: entry[0] if by_name else (-entry[1], entry[0]),
        )
        examples = self._examples or {}
        return Counts(
            self._counter.total() + self._others,
            tuple(Count(name, count, examples.get(name, ())) for name, count in listed),
            self._others,
        )


def of(names: Iterable[tuple[str, int]]) -> Counts:
    """Count names that are few."""
    counting = Counting()
    for name, number in names:
        counting.add(name, number)
    return counting.counted()
