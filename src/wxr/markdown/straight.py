"""Runs of text, plain marks, links and code, as most lines are, written in one pass.

A line in which marks must be judged together is written the long way, in `inline`. Both
ways give the same Markdown where this one gives any; a test holds them against each
other.
"""

from collections.abc import Sequence
from typing import Final

from wxr.markdown.places import BREAKS, Place, break_in, escaped
from wxr.markdown.runs import (
    BREAK,
    EMPHASIS,
    STRONG,
    TEXT,
    Marks,
    Run,
    collapse,
)

_STARS: Final = ((STRONG, EMPHASIS), (EMPHASIS, STRONG))


def line(runs: Sequence[Run], place: Place) -> str | None:
    """Give the Markdown of runs; None where it takes more than one pass."""
    out: list[str] = []
    text = ""
    for kind, value, marks in runs:
        if kind is TEXT and not marks:
            text = f"{text}{value}" if text else value
            continue
        if kind is BREAK:
            if marks or not _broken(out, text, place):
                return None
        elif not _added(out, text, place) or not _put(
            out, text, (kind, value, marks), place
        ):
            return None
        text = ""
    return _ended(out, text, place)


def lines(texts: Sequence[str]) -> str | None:
    """Give a paragraph of lines of text; None where it takes more than one pass."""
    out: list[str] = []
    for text in texts[:-1]:
        if not _broken(out, text, Place.BLOCK):
            return None
    return _ended(out, texts[-1], Place.BLOCK)


def _put(out: list[str], text: str, run: Run, place: Place) -> bool:
    """Add a run that is more than text, unless it and what is before it are one.

    Marks must be judged together there, and `!` would make an image of a link.
    """
    piece = _piece(run, place)
    if not piece or (out and not text and out[-1] not in BREAKS):
        return False
    if out and piece[0] == "[" and out[-1][-1] == "!":
        return False
    out.append(piece)
    return True


def _piece(run: Run, place: Place) -> str:
    """Give a run under marks that CommonMark is sure to see; else nothing."""
    kind, value, marks = run
    if kind is not TEXT:
        is_edged = marks or value[0].isspace() or value[-1].isspace()
        return "" if is_edged else value
    text = collapse(value)
    mark = marks[0]
    if len(marks) > 1:
        return _starred(text, marks, place)
    if mark.is_link:
        if not text or text[0].isspace() or text[-1].isspace():
            return ""
    # CommonMark sees a mark beside a letter, whatever is on its other side.
    elif not (mark.tag and text[:1].isalnum() and text[-1:].isalnum()):
        return ""
    written = escaped(text, place, in_link=mark.is_link, at_start=False)
    return f"{mark.opening}{written}{mark.closing}"


def _starred(text: str, marks: Marks, place: Place) -> str:
    """Give strong emphasis, whose marks are one run of stars."""
    if marks not in _STARS or not (text[:1].isalnum() and text[-1:].isalnum()):
        return ""
    return f"***{escaped(text, place, in_link=False, at_start=False)}***"


def _added(out: list[str], text: str, place: Place, *, is_last: bool = False) -> bool:
    """Add text, without the space that a line begins or ends with."""
    text = collapse(text)
    at_start = not out or out[-1] in BREAKS
    if at_start and text[:1] == " ":
        text = text[1:]
    if is_last and text[-1:] == " ":
        text = text[:-1]
    if not text:
        return True
    # White space that is text needs a name at the edges of a paragraph.
    if (not out and text[0].isspace()) or (is_last and text[-1].isspace()):
        return False
    if text[0] == "[" and out and out[-1][-1] == "!":
        return False
    out.append(escaped(text, place, in_link=False, at_start=at_start))
    return True


def _broken(out: list[str], text: str, place: Place) -> bool:
    """End a line within the paragraph, which must not be its first."""
    if not _added(out, text, place, is_last=True) or not out:
        return False
    out.append(break_in(place))
    return True


def _ended(out: list[str], text: str, place: Place) -> str | None:
    """End the paragraph, whose last line must not be empty."""
    if not _added(out, text, place, is_last=True):
        return None
    return None if out and out[-1] in BREAKS else "".join(out)
