"""Terms with each parent before its children, as WordPress writes them."""

from array import array
from collections.abc import Iterator
from typing import Final

NONE: Final = 0
"""The key of no term."""


class Terms:
    """The keys of terms: small, because a site can have a million of them."""

    def __init__(self) -> None:
        self._slugs, self._names = array("Q"), array("Q")
        self._parents = array("Q")

    def add(self, slug: int, name: int, parent: int) -> None:
        """Take the keys of the next term: its own two, and its parent's."""
        self._slugs.append(slug)
        self._names.append(name)
        self._parents.append(parent)

    def parents_first(self) -> Iterator[int]:
        """Give the places of all terms, in their order but for what waits for a parent.

        A parent is named by its slug, in WXR 1.0 by its name. What is its own
        ancestor comes last.
        """
        declared = {*self._slugs, *self._names} - {NONE}
        waiting: dict[int, list[int]] = {}
        given: set[int] = set()
        for place, parent in enumerate(self._parents):
            is_to_come = parent in declared and parent not in given
            if is_to_come and parent not in (self._slugs[place], self._names[place]):
                waiting.setdefault(parent, []).append(place)
            else:
                yield from self._released(place, waiting, given)
        yield from sorted(place for places in waiting.values() for place in places)

    def _released(
        self, place: int, waiting: dict[int, list[int]], given: set[int]
    ) -> Iterator[int]:
        """Give a term, and then those that waited for it."""
        ready = [place]
        while ready:
            place = ready.pop()
            yield place
            keys = {self._slugs[place], self._names[place]}
            given |= keys
            children = [child for key in keys for child in waiting.pop(key, ())]
            ready += sorted(children, reverse=True)
