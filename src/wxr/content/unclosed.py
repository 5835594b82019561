"""Scripts and frames that close themselves, as XHTML had it: `<iframe src="…" />`.

HTML knows no such thing: to a browser they go on to their closing tag, and all the
rest of the post would be in them and show nothing. Nor does it know the CDATA that some
program put around a whole body: it would be a comment up to the next tag's end.
"""

from re import DOTALL, IGNORECASE, Match, compile as pattern
from typing import Final

_CLOSES_ITSELF: Final = pattern(r"<(script|iframe)\s[^<>]*/>(?!\s*</\1)", IGNORECASE)
_SECTION: Final = pattern(r"\s*<!\[CDATA\[(.*)\]\]>\s*", DOTALL)


def closed(content: str) -> str:
    """Give each of them the closing tag that was meant."""
    if "<![CDATA[" in content and (inside := _SECTION.fullmatch(content)):
        content = inside[1]
    return _CLOSES_ITSELF.sub(_closed, content) if "/>" in content else content


def _closed(found: Match[str]) -> str:
    return f"{found[0]}</{found[1]}>"
