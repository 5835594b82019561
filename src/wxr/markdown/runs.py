"""Runs of text under marks: white space collapsed, trimmed, and moved out of marks.

A run is text, or a piece of finished Markdown, or a break, under marks: emphasis, a
link, a tag. Runs are gathered while a paragraph is walked, and tidied when it ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias


class Kind(IntEnum):
    """What a run holds."""

    TEXT = 0
    MARKDOWN = 1
    BREAK = 2


TEXT: Final = Kind.TEXT
MARKDOWN: Final = Kind.MARKDOWN
BREAK: Final = Kind.BREAK


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A pair of delimiters. Marks are the same only if they are one object."""

    opening: str
    closing: str
    tag: str = ""
    """The element that says the same where CommonMark would not see the mark."""
    is_link: bool = False


EMPHASIS: Final = Mark("*", "*", "em")
STRONG: Final = Mark("**", "**", "strong")
STRIKE: Final = Mark("~~", "~~", "del")

Marks: TypeAlias = tuple[Mark, ...]

Run: TypeAlias = tuple[Kind, str, Marks]
"""Kind, text, and the marks from the outside in."""

SPACE: Final = " \t\n\r\f"
"""What HTML collapses; other white space is text."""


def collapse(value: str) -> str:
    """Make one space of each run of HTML's white space; others stay."""
    for space in "\n\t\r\f":
        if space in value:
            value = value.replace(space, " ")
    # Each turn halves the longest run, and most text has none.
    while "  " in value:
        value = value.replace("  ", " ")
    return value


def tidied(runs: Iterable[Run]) -> list[Run]:
    """Collapse and trim white space, move it out of marks, merge equal neighbours."""
    collapsed = _collapsed(runs)
    if not any(
        run[2] and (run[0] is BREAK or run[1][0].isspace() or run[1][-1].isspace())
        for run in collapsed
    ):
        return collapsed
    split: list[Run] = []
    for run in collapsed:
        if run[2] and run[0] is TEXT:
            split += _split(run)
        else:
            split.append(run)
    _unmark_spaces(split)
    return _merged(split)


def _collapsed(runs: Iterable[Run]) -> list[Run]:
    out: list[Run] = []
    after_space = True
    for kind, value, marks in _merged(runs):
        if kind is TEXT:
            text = collapse(value)
            if after_space and text[:1] == " ":
                text = text[1:]
            if not text:
                continue
            after_space = text[-1] == " "
            out.append((TEXT, text, marks))
            continue
        if kind is BREAK:
            _trim_end(out)
        out.append((kind, value, marks))
        after_space = kind is BREAK
    _trim_end(out)
    while out and out[-1][0] is BREAK:
        out.pop()
        _trim_end(out)
    start = 0
    while start < len(out) and out[start][0] is BREAK:
        start += 1
    return out[start:] if start else out


def _trim_end(out: list[Run]) -> None:
    """Leave out the space at the end, of which there is no more than one."""
    if out and out[-1][0] is TEXT and out[-1][1][-1] == " ":
        _, value, marks = out.pop()
        if len(value) > 1:
            out.append((TEXT, value[:-1], marks))


def _split(run: Run) -> list[Run]:
    """Set the white space at the edges of marked text apart."""
    _, value, marks = run
    core = value.lstrip()
    if not core or (len(core) == len(value) and not value[-1].isspace()):
        return [run]
    lead = len(value) - len(core)
    core = core.rstrip()
    parts = (value[:lead], core, value[lead + len(core) :])
    return [(TEXT, part, marks) for part in parts if part]


def _unmark_spaces(runs: list[Run]) -> None:
    """Leave white space and breaks only the marks that go on on both sides."""
    following: list[Marks] = [()] * (len(runs) + 1)
    for index in range(len(runs) - 1, -1, -1):
        run = runs[index]
        following[index] = following[index + 1] if _is_blank(run) else run[2]
    before: Marks = ()
    for index, run in enumerate(runs):
        if not _is_blank(run):
            before = run[2]
        elif run[2]:
            marks = _common(_common(before, run[2]), following[index])
            runs[index] = (run[0], run[1], marks)


def _is_blank(run: Run) -> bool:
    return run[0] is BREAK or (run[0] is TEXT and run[1].isspace())


def _common(one: Marks, other: Marks) -> Marks:
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine is not theirs:
            break
        length += 1
    return one[:length]


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Make one run of neighbours that are text under the same marks."""
    merged: list[Run] = []
    texts: list[str] = []
    for run in runs:
        if texts and run[0] is TEXT and merged[-1][2] == run[2]:
            texts.append(run[1])
            continue
        if len(texts) > 1:
            merged[-1] = (TEXT, "".join(texts), merged[-1][2])
        merged.append(run)
        texts = [run[1]] if run[0] is TEXT else []
    if len(texts) > 1:
        merged[-1] = (TEXT, "".join(texts), merged[-1][2])
    return merged
