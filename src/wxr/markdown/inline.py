"""Runs of text with marks to one paragraph of Markdown, so that it renders as meant.

A run is text, or a piece of finished Markdown, under marks: emphasis, a link, a tag.
Marks are written when the paragraph is whole, because only then is it known whether
CommonMark would see them: spaces move out of them, equal neighbours merge, and what
its flanking rules refuse is written as a tag.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from re import compile as pattern
from string import punctuation
from typing import Final, NamedTuple, TypeAlias
from unicodedata import category

from wxr.markdown import escape


class Kind(Enum):
    """What a run holds."""

    TEXT = "text"
    MARKDOWN = "markdown"
    BREAK = "break"


class Place(Enum):
    """Where a paragraph stands; it decides how a line is broken."""

    BLOCK = "block"
    LINE = "line"
    CELL = "cell"


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A pair of delimiters. Marks are the same only if they are one object."""

    opening: str
    closing: str
    tag: str = ""
    """The element that says the same where CommonMark would not see the mark."""
    is_link: bool = False

    @property
    def is_flanked(self) -> bool:
        """Whether CommonMark decides by the neighbours if this is a delimiter."""
        return self.tag != ""


EMPHASIS: Final = Mark("*", "*", "em")
STRONG: Final = Mark("**", "**", "strong")
STRIKE: Final = Mark("~~", "~~", "del")

Marks: TypeAlias = tuple[Mark, ...]


class Run(NamedTuple):
    """Text, or finished Markdown, or a break, under marks from the outside in."""

    kind: Kind
    text: str
    marks: Marks = ()


_SPACES: Final = pattern(r"[ \t\n\r\f]+")
_ASCII_SPACE: Final = " \t\n\r\f"
_URL: Final = pattern(r"https?://[^\s<>\x00-\x1f\x7f]*[^\s<>\x00-\x1f\x7f.,;:!?)]")
_BREAKS: Final = {Place.BLOCK: "\\\n", Place.LINE: "<br>", Place.CELL: "<br>"}


def collapse(value: str) -> str:
    """Make one space of each run of HTML's white space; others stay."""
    if "\n" in value or "  " in value or "\t" in value or "\r" in value:
        return _SPACES.sub(" ", value)
    return value


def paragraph(runs: Sequence[Run], place: Place = Place.BLOCK) -> str:
    """Give the Markdown of a paragraph; empty where there is nothing to show."""
    if len(runs) == 1 and runs[0].kind is Kind.TEXT and not runs[0].marks:
        # Most paragraphs are this.
        value = collapse(runs[0].text).strip(_ASCII_SPACE)
        return _edged(_plain(value, place), value, value)
    tidy = _tidied(runs)
    if not tidy:
        return ""
    first, last = tidy[0].text, tidy[-1].text
    return _edged(_written(tidy, place), first, last)


def _plain(value: str, place: Place) -> str:
    if _is_address(value):
        return f"<{value}>"
    written = escape.text(value, in_cell=place is Place.CELL)
    return escape.line_start(written) if place is Place.BLOCK else written


def _is_address(value: str) -> bool:
    """Whether a line is an address, such as of an embed, and nothing else."""
    return (
        value.startswith("http")
        and _URL.fullmatch(value) is not None
        # Renderers differ on entities here, and a `|` would end a table's cell.
        and "|" not in value
        and not escape.has_entity(value)
    )


def _edged(written: str, first: str, last: str) -> str:
    """Name the spaces at the edges that renderers strip though they are text."""
    if first[:1].isspace() and first[0] not in _ASCII_SPACE:
        core = written.lstrip()
        written = _named(written[: len(written) - len(core)]) + core
    if last[-1:].isspace() and last[-1] not in _ASCII_SPACE:
        core = written.rstrip()
        written = core + _named(written[len(core) :])
    return written


def _named(spaces: str) -> str:
    return "".join(
        "&nbsp;" if space == "\xa0" else f"&#{ord(space)};" for space in spaces
    )


# --- white space and marks


def _tidied(runs: Iterable[Run]) -> list[Run]:
    """Collapse and trim white space, move it out of marks, merge equal neighbours."""
    spaced = _collapsed(_merged(runs))
    split: list[Run] = []
    for run in spaced:
        if run.kind is Kind.TEXT and run.marks:
            split += _split(run)
        else:
            split.append(run)
    _unmark_spaces(split)
    return list(_merged(split))


def _merged(runs: Iterable[Run]) -> list[Run]:
    merged: list[Run] = []
    texts: list[str] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and last.kind is run.kind is Kind.TEXT and last.marks == run.marks:
            texts.append(run.text)
            continue
        if len(texts) > 1 and last:
            merged[-1] = last._replace(text="".join(texts))
        merged.append(run)
        texts = [run.text]
    if len(texts) > 1:
        merged[-1] = merged[-1]._replace(text="".join(texts))
    return merged


def _collapsed(runs: Iterable[Run]) -> list[Run]:
    out: list[Run] = []
    after_space = True
    for run in runs:
        if run.kind is Kind.TEXT:
            value = collapse(run.text)
            if after_space and value[:1] == " ":
                value = value[1:]
            if not value:
                continue
            after_space = value[-1] == " "
            out.append(run._replace(text=value))
            continue
        if run.kind is Kind.BREAK:
            _trim_end(out)
        out.append(run)
        after_space = run.kind is Kind.BREAK
    while out and (out[-1].kind is Kind.BREAK or out[-1].text.isspace()):
        if out[-1].kind is Kind.TEXT and out[-1].text != " ":
            break
        out.pop()
    _trim_end(out)
    start = 0
    while start < len(out) and out[start].kind is Kind.BREAK:
        start += 1
    return out[start:]


def _trim_end(out: list[Run]) -> None:
    if out and out[-1].kind is Kind.TEXT and out[-1].text[-1] == " ":
        value = out[-1].text[:-1]
        if value:
            out[-1] = out[-1]._replace(text=value)
        else:
            out.pop()


def _split(run: Run) -> list[Run]:
    """Set the white space at the edges of marked text apart."""
    value = run.text
    if not value[0].isspace() and not value[-1].isspace():
        return [run]
    core = value.lstrip()
    if not core:
        return [run]
    lead = len(value) - len(core)
    core = core.rstrip()
    parts = (value[:lead], core, value[lead + len(core) :])
    return [run._replace(text=part) for part in parts if part]


def _unmark_spaces(runs: list[Run]) -> None:
    """Leave white space and breaks only the marks that go on on both sides."""
    before: Marks = ()
    following: list[Marks] = [()] * (len(runs) + 1)
    for index in range(len(runs) - 1, -1, -1):
        run = runs[index]
        following[index] = following[index + 1] if _is_blank(run) else run.marks
    for index, run in enumerate(runs):
        if not _is_blank(run):
            before = run.marks
        elif run.marks:
            marks = _common(_common(before, run.marks), following[index])
            runs[index] = run._replace(marks=marks)


def _is_blank(run: Run) -> bool:
    return run.kind is Kind.BREAK or (run.kind is Kind.TEXT and run.text.isspace())


def _common(one: Marks, other: Marks) -> Marks:
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine is not theirs:
            break
        length += 1
    return one[:length]


# --- writing


@dataclass(slots=True)
class _Region:
    """Where one mark holds."""

    mark: Mark
    as_tag: bool = False

    def opening(self) -> str:
        return f"<{self.mark.tag}>" if self.as_tag else self.mark.opening

    def closing(self) -> str:
        return f"</{self.mark.tag}>" if self.as_tag else self.mark.closing


_Boundary: TypeAlias = tuple[list[_Region], list[_Region]]


def _written(runs: list[Run], place: Place) -> str:
    boundaries = _boundaries(runs)
    for index, (closing, opening) in enumerate(boundaries):
        if closing or opening:
            before = _last_letter(runs[index - 1], place) if index else ""
            after = _first_letter(runs[index], place) if index < len(runs) else ""
            _judge(closing, opening, before, after)
    out: list[str] = []
    links = 0
    at_line_start = True
    for run, (closing, opening) in zip(
        (*runs, Run(Kind.MARKDOWN, "")), boundaries, strict=True
    ):
        out += [region.closing() for region in closing]
        links -= sum(region.mark.is_link for region in closing)
        starts_link = opening[0].mark.is_link if opening else run.text[:1] == "["
        # "!" before a link's bracket would make an image of it.
        if starts_link and out and out[-1][-1:] == "!":
            out[-1] = out[-1][:-1] + "\\!"
        if opening:
            out += [region.opening() for region in opening]
            links += sum(region.mark.is_link for region in opening)
            at_line_start = False
        if run.kind is Kind.BREAK:
            out.append(_BREAKS[place])
            at_line_start = True
            continue
        if run.kind is Kind.TEXT:
            out.append(_text(run.text, place, links > 0, at_line_start))
        else:
            out.append(run.text)
        at_line_start = False
    return "".join(out)


def _text(value: str, place: Place, in_link: bool, at_line_start: bool) -> str:  # noqa: FBT001
    if at_line_start and _is_address(value):
        return f"<{value}>"
    written = escape.text(value, in_link=in_link, in_cell=place is Place.CELL)
    if at_line_start and place is Place.BLOCK:
        return escape.line_start(written)
    return written


def _boundaries(runs: list[Run]) -> list[_Boundary]:
    """Give what closes and opens before each run, and after the last."""
    boundaries: list[_Boundary] = []
    regions: list[_Region] = []
    for marks in (*(run.marks for run in runs), ()):
        kept = 0
        while kept < min(len(regions), len(marks)) and (
            regions[kept].mark is marks[kept]
        ):
            kept += 1
        closing = regions[kept:][::-1]
        opening = [_Region(mark) for mark in marks[kept:]]
        regions = regions[:kept] + opening
        boundaries.append((closing, opening))
    return boundaries


def _judge(
    closing: list[_Region], opening: list[_Region], before: str, after: str
) -> None:
    """Turn into tags the marks that CommonMark would not see here.

    A delimiter opens if no space follows, and no punctuation unless a space or
    punctuation precedes it; it closes by the same rule the other way round.
    """
    regions = [*closing, *opening]
    letters = [region.closing()[0] for region in closing]
    letters += [region.opening()[0] for region in opening]
    for index, region in enumerate(regions):
        if not region.mark.is_flanked or region.as_tag:
            continue
        first = last = index
        while first > 0 and letters[first - 1] == letters[index]:
            first -= 1
        while last + 1 < len(letters) and letters[last + 1] == letters[index]:
            last += 1
        left = letters[first - 1] if first else before
        right = letters[last + 1] if last + 1 < len(letters) else after
        is_opening = index >= len(closing)
        # One run of stars cannot both close and open.
        if is_opening and first < len(closing):
            region.as_tag = True
        elif is_opening:
            region.as_tag = not _flanks(left, right)
        elif not _flanks(right, left):
            region.as_tag = True


def _flanks(outside: str, inside: str) -> bool:
    if not inside or inside.isspace():
        return False
    # CommonMark 0.31 counts symbols as punctuation, earlier ones only ASCII's: a
    # symbol is taken for whichever is worse.
    if inside.isalnum() or category(inside)[0] not in "PS":
        return True
    return (
        not outside
        or outside in _ASCII_SPACE
        or outside in punctuation
        or category(outside)[0] == "P"
        or category(outside) == "Zs"
    )


def _first_letter(run: Run, place: Place) -> str:
    return run.text[:1] if run.kind is not Kind.BREAK else _BREAKS[place][0]


def _last_letter(run: Run, place: Place) -> str:
    return run.text[-1:] if run.kind is not Kind.BREAK else _BREAKS[place][-1]
