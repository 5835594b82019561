"""Facts of a source against facts of what was written: scores, and where they part."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from wxr.verification.difference import Distance, distance
from wxr.verification.facts import KINDS, Facts, Link, Place
from wxr.verification.scores import Difference, Score

_BEFORE: Final = 4
_AFTER: Final = 8
"""Words that are shown around the first that differs."""
_LONGEST: Final = 160
_NOTHING: Final = "nothing"


def compare(
    source: Facts, written: Facts
) -> tuple[dict[str, Score], Difference | None]:
    """Give the score of each kind, and the first difference there is."""
    scores: dict[str, Score] = {}
    difference: Difference | None = None
    for kind in KINDS:
        mine = _all(source, kind)
        theirs = _wanted(source, written) if kind == "links" else _all(written, kind)
        found = distance(mine, theirs)
        scores[kind] = Score.of(len(mine), found)
        if difference is None and found.first is not None:
            line = written.line_of(kind, found.first)
            difference = _difference(kind, mine, theirs, found.first, line)
    return scores, difference


def lost(source: Facts) -> dict[str, Score]:
    """Give the scores of a page of which nothing is left."""
    totals = {kind: len(_all(source, kind)) for kind in KINDS}
    return {kind: Score.of(n, Distance(lost=n)) for kind, n in totals.items()}


def _all(facts: Facts, kind: str) -> Sequence[object]:
    found: Sequence[object] = getattr(facts, kind)
    return found


def _wanted(source: Facts, written: Facts) -> list[Link]:
    """Leave out addresses that became links by being written, such as of embeds."""
    if not written.optional:
        return written.links
    wanted = Counter(source.links)
    wanted.subtract(written.links)
    kept: list[Link] = []
    optional = set(written.optional)
    for number, link in enumerate(written.links):
        if number in optional and wanted[link] < 0:
            wanted[link] += 1
        else:
            kept.append(link)
    return kept


def _difference(
    kind: str,
    source: Sequence[object],
    written: Sequence[object],
    first: int,
    line: int | None,
) -> Difference:
    show = _some_words if kind == "words" else _one
    return Difference(kind, show(source, first), show(written, first), line)


def _some_words(words: Sequence[object], first: int) -> str:
    start = max(first - _BEFORE, 0)
    shown = " ".join(map(str, words[start : first + _AFTER]))
    before = "… " if start else ""
    after = " …" if first + _AFTER < len(words) else ""
    return shortened(f"{before}{shown}{after}") or _NOTHING


def _one(found: Sequence[object], first: int) -> str:
    if first >= len(found):
        return _NOTHING
    one = found[first]
    if isinstance(one, Place):
        return f"comment {one.number}" if one.number else f"a reply, level {one.depth}"
    parts = one if isinstance(one, tuple) else (one,)
    return shortened(" ".join(str(part) for part in parts)) or _NOTHING


def shortened(text: str) -> str:
    """Give a text on one line that is not too long to be shown."""
    line = " ".join(text[: _LONGEST * 2].split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
