"""Items over the cap: passed over to their end, without being held.

What a section of one holds is text, even if it says `</item>`. But a section may lack
its own end, and then the next item must not go with it.
"""

import re
from collections.abc import Iterator
from typing import Final

from wxr.parser.landmarks import IN_DAMAGE, LONGEST, SPACE, end_in_damage
from wxr.parser.window import Window

_ITEM_BEGINS: Final = rb"(?i:<item>" + SPACE + rb"<[a-z]|</channel)"
_IN_SECTION: Final = rb"|>" + SPACE + rb"(?=" + _ITEM_BEGINS + rb")"
"""What no text of an author's is likely to say: how an item begins, behind a tag."""
_CDATA: Final = b"<![CDATA["
_COMMENT: Final = b"<!--"
_OUTSIDE: Final = re.compile(rb"<!\[CDATA\[|<!--|" + IN_DAMAGE.pattern)
_INSIDE: Final = {
    _CDATA: re.compile(rb"\]\]>" + _IN_SECTION),
    _COMMENT: re.compile(rb"-->" + _IN_SECTION),
}
_ENDS: Final = (b"]]>", b"-->")
_LONGEST: Final = 2 * LONGEST
"""Bytes that these look at: space behind one tag, and behind the next."""


def pass_over(window: Window, limit: int) -> Iterator[bytes]:
    """Take the item at the start of a window, piece by piece, off it.

    Args:
        window: Where it stands.
        limit: Bytes that may be held.
    """
    section = b""
    while True:
        pattern = _INSIDE[section] if section else _OUTSIDE
        found = window.search(pattern, 0, longest=_LONGEST, limit=limit)
        if found is None:
            # What is looked for may straddle what is let go and what comes next.
            yield window.take(max(0, len(window) - _LONGEST))
            if not window.more():
                yield window.take(len(window))
                return
            continue
        at, match = found
        if match[0] in _INSIDE:
            section = match[0]
            yield window.take(at + len(section))
        elif match[0] in _ENDS:
            section = b""
            yield window.take(at + len(match[0]))
        else:
            end = match.end() - match.start()
            yield window.take(at + end if section else end_in_damage(at, match))
            return
