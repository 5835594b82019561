"""Bodies as trees: the one module that knows the HTML parser.

Bodies are what browsers show, so they are parsed as browsers do, by the WHATWG
algorithm (selectolax over lexbor). A node has `tag`, `attributes`, `first_child`,
`next`, `parent`; a text node has the tag `-text` and `text_content`.
"""

from re import ASCII, compile as pattern
from typing import Final, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

Node: TypeAlias = LexborNode


def names(text: str) -> frozenset[str]:
    """Give the tags that a text names, one after the other."""
    return frozenset(text.split())


TEXT: Final = "-text"
COMMENT: Final = "-comment"

_MAX_DEPTH: Final = 256
_MAX_FORMATTING: Final = 24
_TAG: Final = pattern(
    r"<(?:!--(?s:.*?)(?:-->|\Z)|(/?)([A-Za-z][^\s/>]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    ASCII,
)
_VOID: Final = names(
    "area base br col embed hr img input link meta param source track wbr p li dd "
    "dt option"
)
_FORMATTING: Final = names("a b big code em font i nobr s small strike strong tt u")


def parse(html: str) -> Node | None:
    """Parse a fragment; give its `body`, whose children are the fragment's."""
    if html.count("<") > _MAX_DEPTH:
        html = _flattened(html)
    # An explicit body keeps leading <style> and <script> where the author put them.
    # NUL would end the text for some parsers; browsers ignore it in a body.
    return LexborHTMLParser(f"<body>{html}").body


def _flattened(html: str) -> str:
    """Leave out the tags that nest deeper than any page shows, but not their text.

    A parser looks through all open elements at each tag, and opens all unclosed
    formatting again in each paragraph: hostile depth would cost it the square, or
    all memory. Browsers, too, stop nesting at a depth of 512.
    """
    kept: list[str] = []
    depth = formatting = position = 0
    deepest = False
    for match in _TAG.finditer(html):
        closing, name = match[1], (match[2] or "").lower()
        if not name or name in _VOID:
            continue
        step = -1 if closing else 1
        is_formatting = name in _FORMATTING
        depth = max(depth + step, 0)
        if is_formatting:
            formatting = max(formatting + step, 0)
        if step == 1 and (
            depth > _MAX_DEPTH or (is_formatting and formatting > _MAX_FORMATTING)
        ):
            deepest = True
            kept.append(html[position : match.start()])
            position = match.end()
    return "".join((*kept, html[position:])) if deepest else html
