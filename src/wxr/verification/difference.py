"""How far two sequences are apart: what one lost, and what it has besides.

What is equal at both ends is set aside first; what is between is compared by Myers'
algorithm, which takes as long as the two differ. Past a bound only the number of each
element is compared: a hostile file shall cost no more than its size.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

_MOST_EDITS: Final = 600
_MOST_STEPS: Final = 4_000_000

Items: TypeAlias = Sequence[object]


@dataclass(frozen=True, slots=True)
class Distance:
    """What is between two sequences."""

    lost: int = 0
    """How many elements of the first the second does not have, in their order."""
    added: int = 0
    """How many the second has besides."""
    first: int | None = None
    """Where they first differ; None where they are equal."""


def distance(source: Items, written: Items) -> Distance:
    """Compare two sequences."""
    if source == written:
        return Distance()
    start = _common(source, written)
    end = _common_end(source, written, start)
    before = source[start : len(source) - end]
    after = written[start : len(written) - end]
    lost, added = _between(before, after)
    return Distance(lost, added, start)


def _common(one: Items, other: Items) -> int:
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def _common_end(one: Items, other: Items, start: int) -> int:
    most = min(len(one), len(other)) - start
    length = 0
    while length < most and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def _between(one: Items, other: Items) -> tuple[int, int]:
    if not one or not other:
        return len(one), len(other)
    edits = _edits(one, other)
    if edits is None:
        mine, theirs = Counter(one), Counter(other)
        return (mine - theirs).total(), (theirs - mine).total()
    lost = (edits + len(one) - len(other)) // 2
    return lost, edits - lost


def _edits(one: Items, other: Items) -> int | None:
    """Give the least number of removals and insertions; None past the bound."""
    furthest = {1: 0}
    steps = 0
    for edits in range(_MOST_EDITS + 1):
        for diagonal in range(-edits, edits + 1, 2):
            x = start = _entry(furthest, diagonal, edits)
            y = x - diagonal
            while x < len(one) and 0 <= y < len(other) and one[x] == other[y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= len(one) and y >= len(other):
                return edits
            steps += x - start + 1
        if steps > _MOST_STEPS:
            return None
    return None


def _entry(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    """Give where a path of so many edits enters a diagonal: by the better neighbour."""
    below = furthest.get(diagonal - 1, -1)
    above = furthest.get(diagonal + 1, -1)
    if diagonal == -edits or (diagonal != edits and below < above):
        return above
    return below + 1
