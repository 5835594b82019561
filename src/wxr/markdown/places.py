"""Where text stands, and how it is escaped and broken there."""

from enum import Enum
from re import compile as pattern
from typing import Final

from wxr.markdown import escape


class Place(Enum):
    """Where a paragraph stands; it decides how a line is broken."""

    BLOCK = "block"
    LINE = "line"
    CELL = "cell"


BREAKS: Final = ("\\\n", "<br>")
_URL: Final = pattern(r"https?://[^\s<>\x00-\x1f\x7f]*[^\s<>\x00-\x1f\x7f.,;:!?)]")


def escaped(value: str, place: Place, *, in_link: bool, at_start: bool) -> str:
    """Give a run of text; only what has not been written yet is known of its line."""
    if at_start and value.startswith("http") and _is_address(value):
        return f"<{value}>"
    written = escape.text(value, in_link=in_link, in_cell=place is Place.CELL)
    if at_start and place is Place.BLOCK:
        return escape.line_start(written)
    return written


def break_in(place: Place) -> str:
    """Give a line break within a paragraph."""
    return BREAKS[place is not Place.BLOCK]


def _is_address(value: str) -> bool:
    """Whether a line is an address, such as of an embed, and nothing else."""
    return (
        _URL.fullmatch(value) is not None
        # Renderers differ on entities here, and a `|` would end a table's cell.
        and "|" not in value
        and not escape.has_entity(value)
    )
