"""Written Markdown to the tree that its readers see, by a parser that is not ours.

The parser is markdown-it-py: CommonMark, and with it the tables, strikethrough and
task lists of GitHub, footnotes, and formulas where the source has some.
"""

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from wxr.content.tree import Node, parse
from wxr.verification.facts import LINE, Place

TOO_DEEP: Final = "nests deeper than can be read"

_DEEPEST: Final = 250
"""Comments nest to forty levels of two blocks each. The parser's own limit, 20, drops
what is deeper without a word, and far more than this is more than its stack holds."""
_LEVELS: Final = 2
"""How many of the parser's levels one of a list is: the list, and its item."""
_REPLY: Final = "+"
_PLACED: Final = frozenset({"inline", "fence", "code_block", "html_block"})


def tree_of(markdown: str, *, with_math: bool, lines_above: int = 0) -> Node | None:
    """Give the tree of a text; comments in it name the lines of the file.

    Raises:
        RecursionError: It nests deeper than any file that wxr writes.
    """
    tokens = tokens_of(markdown, with_math=with_math)
    return tree_from(tokens, with_math=with_math, lines_above=lines_above)


def tokens_of(markdown: str, *, with_math: bool = False) -> list[Token]:
    """Give what the parser makes of a text.

    Raises:
        RecursionError: It nests deeper than any file that wxr writes.
    """
    return _parser(with_math=with_math).parse(markdown)


def tree_from(
    tokens: list[Token], *, with_math: bool, lines_above: int = 0
) -> Node | None:
    """Give the tree of what the parser made of a text; see `tree_of`."""
    parser = _parser(with_math=with_math)
    placed = _placed(tokens, lines_above)
    return parse(str(parser.renderer.render(placed, parser.options, {})))


def places_of_comments(tokens: Sequence[Token]) -> list[Place]:
    """Give where each comment stands, by the marks of the list below the last heading.

    Lists within a comment have other marks than the replies to it.
    """
    headings = [
        number
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0
    ]
    below = tokens[headings[-1] :] if headings else ()
    items = (token for token in below if token.type == "list_item_open")
    return [
        Place(token.level // _LEVELS, token.info)
        for token in items
        if token.markup == _REPLY or (token.level == 1 and token.info)
    ]


class _Parser(MarkdownIt):
    """Leaves addresses as they are written, since they are compared."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  the parser's own name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


@cache
def _parser(*, with_math: bool) -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(tasklists_plugin)
    if with_math:
        # As GitHub reads them: what costs $5 or $6 is no formula.
        parser.use(
            dollarmath_plugin,
            allow_space=False,
            allow_digits=False,
            allow_labels=False,
            renderer=_formula,
        )
    return parser


def _formula(tex: str, _options: dict[str, Any]) -> str:
    return escape(tex)


def _placed(tokens: list[Token], lines_above: int) -> list[Token]:
    """Name the line before each piece of text, and mark addresses made links."""
    placed: list[Token] = []
    for token in tokens:
        if token.map is not None and token.type in _PLACED:
            line = token.map[0] + lines_above + 1
            placed.append(Token("html_block", "", 0, content=f"<!--{LINE}{line}-->"))
        for child in token.children or ():
            if child.type == "link_open" and child.markup == "autolink":
                child.attrSet("data-wxr-auto", "")
        placed.append(token)
    return placed
