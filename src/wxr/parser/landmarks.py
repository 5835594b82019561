"""Tags by which an export is found and cut before anything is parsed, in any case."""

import re
from typing import Final

MOST_SPACE: Final = 64
"""White space that a landmark may hold; tags with more in them are damage."""
SPACE: Final = rb"\s{0,%d}" % MOST_SPACE
LONGEST: Final = MOST_SPACE + 16
"""Bytes that any landmark looks at: its own, the most space, and what must follow."""

_ITEM: Final = rb"<(?i:item)(?=[\s/>])"
_ITEM_END: Final = rb"</(?i:item)" + SPACE + rb">"
_ITEM_AFTER_TAG: Final = rb">" + SPACE + _ITEM
_ROOT: Final = rb"<(?i:rss|channel)(?=[\s/>])"
_PROLOG: Final = rb"<\?xml\s|<!DOCTYPE"

ITEM: Final = re.compile(_ITEM)
"""What begins the tag of an item."""
ITEM_END: Final = re.compile(_ITEM_END)
"""The end tag of an item."""
ITEM_AFTER_TAG: Final = re.compile(_ITEM_AFTER_TAG)
"""What begins an item right behind a tag, and hardly ever in a text."""
IN_DAMAGE: Final = re.compile(_ITEM_END + rb"|" + _ITEM_AFTER_TAG)
"""What ends an item of which nothing else can be trusted."""
OUTER: Final = _ITEM + rb"|</(?i:item|channel|rss)" + SPACE + rb">"
"""What cannot stand in an item, for patterns that look for more."""
ROOT_OR_ITEM: Final = re.compile(_ROOT + rb"|" + _ITEM)
"""What an export certainly has begun with."""
BEGINNING: Final = re.compile(_PROLOG + rb"|" + ROOT_OR_ITEM.pattern)
"""What a part may begin with, or begin again with after its root's end."""
ROOT_OR_INSIDE: Final = re.compile(
    rb"(?P<root>" + _PROLOG + rb"|" + _ROOT + rb")|" + _ITEM + rb"|<wp:"
)
"""Whichever comes first: what a root begins with, or what stands in one."""


def end_in_damage(at: int, match: re.Match[bytes]) -> int:
    """Where an item ends by a match of `IN_DAMAGE` at a position."""
    is_end = match[0].startswith(b"</")
    return at + (len(match[0]) if is_end else match[0].rindex(b"<"))
