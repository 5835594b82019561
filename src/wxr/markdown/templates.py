"""Text that a template engine or MDX would take for code, before Markdown sees it.

A backslash before a brace is Markdown's, and breaks up the engine's `{{` and `{%`.
Code cannot be escaped, so that is put between the engine's own marks for raw text.
"""

from re import compile as pattern
from typing import Final

from wxr.content.context import Flavour

_TEMPLATE: Final = pattern(r"\{(?=[{%#])|(?<=\{)\{")
_MDX: Final = pattern("[{<]")
_STATEMENT: Final = pattern(r"(?:import|export)(?=[ {*])")
_RAW: Final = ("{% raw %}", "{% endraw %}")
_BRACES: Final = ("{{", "{%", "{#")


def pieces(value: str, flavour: Flavour) -> list[str]:
    """Split text so that each second piece is a character to be escaped."""
    regex = _MDX if flavour.mdx else _TEMPLATE
    parts: list[str] = []
    position = 0
    for found in regex.finditer(value):
        parts += value[position : found.start()], found[0]
        position = found.end()
    return [*parts, value[position:]]


def code(written: str, flavour: Flavour) -> str:
    """Put finished code between marks for raw text, if there is need of it."""
    if not flavour.templates or not any(brace in written for brace in _BRACES):
        return written
    between = "\n" if written.startswith("```") else ""
    return between.join((_RAW[0], written, _RAW[1]))


def address(url: str, flavour: Flavour) -> str:
    """Give an address without braces."""
    if not (flavour.templates or flavour.mdx):
        return url
    return url.replace("{", "%7B").replace("}", "%7D")


def paragraph(written: str, flavour: Flavour) -> str:
    """Give a paragraph that MDX reads as one: no autolink, no statement."""
    if not flavour.mdx:
        return written
    if written[:1] == "<" and written[-1:] == ">" and " " not in written:
        url = written[1:-1]
        return f"[{url}]({url})"
    found = _STATEMENT.match(written)
    return f"&#{ord(written[0])};{written[1:]}" if found else written
