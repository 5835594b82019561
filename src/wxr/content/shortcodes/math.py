"""`[latex]…[/latex]` and `$latex …$`, formulas in TeX."""

from html import escape, unescape
from re import Match, compile as pattern
from typing import Final

from wxr.content.scope import Attributes, Scope, tag

_INLINE: Final = pattern(r"\$latex[ \t\n]((?:[^$\\<]|\\[^\n])*)\$")


def expand(
    _name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str:
    """Give the formula as an element that the rules of Markdown know."""
    return formula(unescape(content or attributes.get("0", "")))


def formula(text: str, *, is_block: bool = False) -> str:
    """Give a formula's element."""
    kind = "block" if is_block else None
    return tag("wxr-math", escape(" ".join(text.split())), kind=kind)


def inline(html: str) -> str:
    """Replace WordPress.com's `$latex …$` in HTML."""
    return _INLINE.sub(_formula, html) if "$latex" in html else html


def _formula(found: Match[str]) -> str:
    text = unescape(found[1])
    # `&s=2&fg=ff0000` at the end says how the image was to look.
    return formula(_LOOKS.sub("", text))


_LOOKS: Final = pattern(r"(?:&(?:s|fg|bg)=[\w-]*)+\s*\Z")
