"""Searches that never look at the same bytes twice for the same thing."""

import re


class Finder:
    """Finds in one slice, going forward only.

    A damaged slice may open ten thousand sections that never end. Each search for an
    end that is not there would read to the end of the slice; here what was found
    last, or not found, answers all questions from before it.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._found: dict[bytes, tuple[int, int]] = {}
        self._matched: dict[re.Pattern[bytes], tuple[int, re.Match[bytes] | None]] = {}

    def find(self, needle: bytes, at: int) -> int:
        """Position of the needle from `at` on; -1 where there is none."""
        since, found = self._found.get(needle, (0, -2))
        if found >= at >= since or (found == -1 and at >= since):
            return found
        found = self.data.find(needle, at)
        self._found[needle] = (at, found)
        return found

    def search(self, pattern: re.Pattern[bytes], at: int) -> re.Match[bytes] | None:
        """First match of a pattern from `at` on."""
        known = self._matched.get(pattern)
        if known is not None and at >= known[0]:
            match = known[1]
            if match is None or match.start() >= at:
                return match
        match = pattern.search(self.data, at)
        self._matched[pattern] = (at, match)
        return match
