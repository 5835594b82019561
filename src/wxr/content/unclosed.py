"""Scripts and frames that close themselves, as XHTML had it: `<iframe src="…" />`.

HTML knows no such thing: to a browser they go on to their closing tag, and all the
rest of the post would be in them and show nothing.
"""

from re import IGNORECASE, Match, compile as pattern
from typing import Final

_CLOSES_ITSELF: Final = pattern(r"<(script|iframe)\s[^<>]*/>(?!\s*</\1)", IGNORECASE)


def closed(content: str) -> str:
    """Give each of them the closing tag that was meant."""
    return _CLOSES_ITSELF.sub(_closed, content) if "/>" in content else content


def _closed(found: Match[str]) -> str:
    return f"{found[0]}</{found[1]}>"
