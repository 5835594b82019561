"""Document type declarations, which are passed over unread."""

import re
from typing import Final

from wxr.parser.landmarks import LONGEST, ROOT_OR_ITEM
from wxr.parser.window import Window

# A declaration may hold an internal subset, which holds strings and comments.
_TOKEN: Final = re.compile(rb"""[\[\]>"']|<!--""")
_CLOSE: Final = {b'"': b'"', b"'": b"'", b"<!--": b"-->"}


def doctype_end(window: Window) -> int:
    """Give the length of the declaration at the start of a window.

    One that does not end must not take the export with it.
    """
    begin = window.search(ROOT_OR_ITEM, 9, longest=LONGEST)
    end = _own_end(window)
    return min(begin[0], end) if begin else end


def _own_end(window: Window) -> int:
    at, depth = 9, 0
    while found := window.search(_TOKEN, at, longest=4):
        at, match = found
        token = match[0]
        if token == b">" and depth <= 0:
            return at + 1
        depth += {b"[": 1, b"]": -1}.get(token, 0)
        if close := _CLOSE.get(token):
            at = window.find(close, at + len(token))
            if at < 0:
                break
            at += len(close)
        else:
            at += len(token)
    return len(window)
