"""Runs under marks to one paragraph of Markdown, so that it renders as meant.

Marks are written when the paragraph is whole, because only then is it known whether
CommonMark would see them: what its flanking rules refuse is written as a tag.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import punctuation
from typing import Final, TypeAlias
from unicodedata import category

from wxr.markdown.places import Place, break_in, escaped
from wxr.markdown.runs import BREAK, SPACE, TEXT, Mark, Marks, Run, tidied

# A blank among named spaces is at no edge.
_NAMES: Final = {"\xa0": "&nbsp;", " ": " "}


def paragraph(runs: Sequence[Run], place: Place = Place.BLOCK) -> str:
    """Give the Markdown of a paragraph; empty where there is nothing to show."""
    tidy = tidied(runs)
    if not tidy:
        return ""
    return _edged(_written(tidy, place), tidy[0][1], tidy[-1][1])


def _edged(written: str, first: str, last: str) -> str:
    """Name the spaces at the edges that renderers strip though they are text."""
    if count := len(first) - len(first.lstrip()):
        written = _named(written[:count]) + written[count:]
    # What is nothing but white space at both ends is named already.
    if (count := len(last) - len(last.rstrip())) and written[-1:].isspace():
        written = written[:-count] + _named(written[-count:])
    return written


def _named(spaces: str) -> str:
    return "".join(_NAMES.get(space) or f"&#{ord(space)};" for space in spaces)


@dataclass(slots=True)
class _Region:
    """Where one mark holds."""

    mark: Mark
    as_tag: bool = False

    def opening(self) -> str:
        return f"<{self.mark.tag}>" if self.as_tag else self.mark.opening

    def closing(self) -> str:
        return f"</{self.mark.tag}>" if self.as_tag else self.mark.closing


_Boundary: TypeAlias = tuple[Sequence[_Region], Sequence[_Region]]
"""What closes and what opens, in the order of writing."""

_NOTHING: Final[_Boundary] = ((), ())
_MOST_JUDGEMENTS: Final = 4


def _written(runs: list[Run], place: Place) -> str:
    boundaries = _boundaries(runs)
    line_break = break_in(place)
    tags = 0
    for _ in range(_MOST_JUDGEMENTS):
        # A mark that became a tag is another neighbour for the marks beside it.
        found = _judge_all(runs, boundaries, line_break)
        if found == tags:
            break
        tags = found
    out: list[str] = []
    links = 0
    at_start = True
    for (kind, value, _), (closing, opening) in zip(runs, boundaries, strict=False):
        for region in closing:
            out.append(region.closing())
            links -= region.mark.is_link
        # "!" before a link's bracket would make an image of it.
        if out and out[-1][-1:] == "!" and _starts_link(value, opening):
            out[-1] = out[-1][:-1] + "\\!"
        for region in opening:
            out.append(region.opening())
            links += region.mark.is_link
            at_start = False
        if kind is TEXT:
            out.append(escaped(value, place, in_link=links > 0, at_start=at_start))
        else:
            out.append(line_break if kind is BREAK else value)
        at_start = kind is BREAK
    out += [region.closing() for region in boundaries[-1][0]]
    return "".join(out)


def _starts_link(value: str, opening: Sequence[_Region]) -> bool:
    return opening[0].mark.is_link if opening else value[:1] == "["


def _boundaries(runs: list[Run]) -> list[_Boundary]:
    """Give what closes and opens before each run, and after the last."""
    boundaries: list[_Boundary] = []
    regions: list[_Region] = []
    before: Marks = ()
    for _, _, marks in runs:
        if marks == before:
            boundaries.append(_NOTHING)
            continue
        kept = 0
        for mine, theirs in zip(before, marks, strict=False):
            if mine is not theirs:
                break
            kept += 1
        closing = regions[kept:][::-1]
        opening = [_Region(mark) for mark in marks[kept:]]
        regions[kept:] = opening
        boundaries.append((closing, opening))
        before = marks
    boundaries.append((regions[::-1], ()))
    return boundaries


def _judge_all(runs: list[Run], boundaries: list[_Boundary], line_break: str) -> int:
    """Turn into tags the marks that CommonMark would not see; give their number."""
    before = ""
    for index, (closing, opening) in enumerate(boundaries):
        kind, value, _ = runs[index] if index < len(runs) else (TEXT, "", ())
        value = line_break if kind is BREAK else value
        if closing or opening:
            if len(closing) + len(opening) == 1:
                _judge_one(closing, opening, before, value[:1])
            else:
                _judge(closing, opening, before, value[:1])
            if opening and len(opening) < len(runs[index][2]):
                _judge_inner(opening, runs[index][2], before, value[:1])
        before = value[-1:]
    return sum(region.as_tag for _, opening in boundaries for region in opening)


def _judge_one(
    closing: Sequence[_Region], opening: Sequence[_Region], before: str, after: str
) -> None:
    """Judge a mark that stands alone, as most do."""
    region = closing[0] if closing else opening[0]
    if region.mark.tag:
        sides = (after, before) if closing else (before, after)
        region.as_tag = region.as_tag or not _flanks(*sides)


def _judge(
    closing: Sequence[_Region], opening: Sequence[_Region], before: str, after: str
) -> None:
    """Turn into tags the marks that CommonMark would not see here.

    A delimiter opens if no space follows, and no punctuation unless a space or
    punctuation precedes it; it closes by the same rule the other way round.
    """
    letters = [region.closing()[0] for region in closing]
    letters += [region.opening()[0] for region in opening]
    for index, region in enumerate((*closing, *opening)):
        if not region.mark.tag or region.as_tag:
            continue
        first = last = index
        while first > 0 and letters[first - 1] == letters[index]:
            first -= 1
        while last + 1 < len(letters) and letters[last + 1] == letters[index]:
            last += 1
        left = letters[first - 1] if first else before
        right = letters[last + 1] if last + 1 < len(letters) else after
        if index < len(closing):
            region.as_tag = not _flanks(right, left)
        else:
            # One run of stars cannot both close and open.
            region.as_tag = first < len(closing) or not _flanks(left, right)


def _judge_inner(
    opening: Sequence[_Region], marks: Marks, before: str, after: str
) -> None:
    """Turn into a tag the mark that would close the one it stands in.

    Stars between two letters, or between punctuation, can close as well as open, and
    what can close does so first.
    """
    around = marks[: len(marks) - len(opening)]
    letters = {mark.opening[0] for mark in around if mark.tag}
    for number, region in enumerate(opening):
        if not region.mark.tag or region.mark.opening[0] not in letters:
            continue
        left = opening[number - 1].opening()[-1] if number else before
        inner = opening[number + 1 :]
        if _flanks(inner[0].opening()[0] if inner else after, left):
            # What opens beside it would stand beside a tag.
            for each in opening:
                each.as_tag = bool(each.mark.tag)
            return


def _flanks(outside: str, inside: str) -> bool:
    if inside.isalnum():
        return True
    if not inside or inside.isspace():
        return False
    # CommonMark 0.31 counts symbols as punctuation, earlier ones only ASCII's: a
    # symbol is taken for whichever is worse.
    if category(inside)[0] not in "PS":
        return True
    return (
        not outside
        or outside in SPACE
        or outside in punctuation
        or category(outside)[0] == "P"
        or category(outside) == "Zs"
    )
