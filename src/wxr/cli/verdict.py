"""A verification as text, for the person who wants to delete the old blog."""

from collections.abc import Iterator
from typing import Final

from wxr.cli.text import printable
from wxr.verification import Finding, Score, Verification
from wxr.verification.scores import PLACE, Scores

_ORDER: Final = (
    *("words", "links", "images", "code", "headings", "shortcodes", "front matter"),
    *("records", "comments", "rows"),
)
_MOST_EXTRAS: Final = 5


def verdict(found: Verification) -> str:
    """Say what differs post by post, then the scores, then the one line that counts."""
    return "\n".join(printable(line) for line in _lines(found))


def in_one_line(found: Verification) -> str:
    """Say whether all is there."""
    what = "post" if found.format == "markdown" else "record"
    compared = _number(found.compared - (found.format == "markdown"), what)
    if found.is_whole:
        return f"whole     {compared} compared with {found.target}; nothing differs"
    parts = [
        f"{_number(found.differing, 'differ', 'differs', 'differ')}",
        *([f"{found.missing:,} missing"] if found.missing else []),
        *([f"{_number(found.extra, 'extra')}"] if found.extra else []),
        *([f"{found.unread:,} unreadable in the export"] if found.unread else []),
    ]
    title = "NOT WHOLE" if found.has_lost else "added    "
    return printable(
        f"{title} {compared} compared with {found.target}: {', '.join(parts)}"
    )


def _lines(found: Verification) -> Iterator[str]:
    for finding in found.findings:
        yield from _finding(finding)
    if found.differing > len(found.findings):
        yield f"… and {found.differing - len(found.findings):,} more"
    for name in found.extras[:_MOST_EXTRAS]:
        yield f"{name}: stands there, but the export does not give it"
    if found.extra > _MOST_EXTRAS:
        yield f"… and {found.extra - _MOST_EXTRAS:,} more that it does not give"
    yield from _totals(found.scores)
    yield in_one_line(found)


def _finding(finding: Finding) -> Iterator[str]:
    item = f" (item {finding.item})" if finding.item is not None else ""
    problem = [finding.problem] if finding.problem else []
    scores = [_share(name, score) for name, score in _ordered(finding.scores)]
    said = "; ".join([*problem, *(score for score in scores if score)])
    yield f"{finding.path}{item}: {said or _moved(finding)}"
    if (difference := finding.difference) is not None:
        line = f", line {difference.line}" if difference.line else ""
        yield f"  {difference.kind}{line}"
        yield f"    source   {difference.source}"
        yield f"    written  {difference.written}"


def _moved(finding: Finding) -> str:
    is_file = finding.difference is not None and finding.difference.kind == PLACE
    return "stands at another place, where no link leads" if is_file else "moved"


def _totals(scores: Scores) -> Iterator[str]:
    for name, score in _ordered(scores):
        if score.total or score.added:
            added = f"; {score.added:,} added" if score.added else ""
            share = f"{score.percent:.2f} %"
            yield f"{name:<13} {score.kept:,} of {score.total:,} ({share}){added}"


def _share(name: str, score: Score) -> str:
    if score.is_whole:
        return ""
    lost = f"{score.lost:,} of {score.total:,} lost" if score.lost else ""
    added = f"{score.added:,} added" if score.added else ""
    counts = ", ".join(part for part in (lost, added) if part)
    return f"{name} {score.percent:.2f} % ({counts})"


def _ordered(scores: Scores) -> list[tuple[str, Score]]:
    return [(name, scores[name]) for name in _ORDER if name in scores]


def _number(number: int, one: str, *forms: str) -> str:
    """Give a number with its noun, or with the form of a verb that belongs to it."""
    single, many = forms or (one, one if one == "extra" else f"{one}s")
    return f"{number:,} {single if number == 1 else many}"
