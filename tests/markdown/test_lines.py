"""Lines written in one pass: the same as by their runs, or not written so at all."""

from typing import Final, TypeAlias
from unittest.mock import patch

from hypothesis import given, settings

from tests.strategies import tokens
from wxr import markdown
from wxr.content.context import Context

_WORDS: Final = (
    *(
        "word",
        "é",
        "* x",
        "_a_",
        "`",
        "[a]",
        "!",
        "1. x",
        "#",
        "a|b",
        "&lt;",
        "&amp;",
    ),
    *(
        "&nbsp;",
        "\u2003",
        " ",
        "  ",
        "\n",
        "\t",
        "\\",
        "http://a.example/x",
        "~",
        "-",
    ),
    *("粗体", "。", "x!", "[", "+", "=", "---", "<br>", "<img src=x.png>", "$x$"),
)
_INLINE: Final = (
    *("strong", "b", "em", "i", "code", "tt", "span", "del", "small", "u", "sup"),
    *("a href='#x'", "span id=x", "a name=x", "em id=x", "u id=y"),
    *("a", 'a href="http://a.example/x|y"', "a href='/p (1' title='t\"'"),
    *("a href='javascript:x'", "a class=x href=y", "cite", "font"),
)
_BLOCKS: Final = (
    *("p", "h2", "div", "blockquote", "ul><li", "ol><li", "figcaption", "details"),
    *("p id=x", "h3 id=x", "ul><li id=x", "table><tr><td id=x", "div id=x"),
    *("table><tr><td", "table><thead><tr><th", "figure", "cite", "em"),
)
_DEEPEST: Final = 2
"""Blocks in blocks, as most bodies have them; lines in them are as deep as drawn."""

_Token: TypeAlias = tuple[str, str]
_OPEN: Final = [
    *(("inline", tag) for tag in _INLINE),
    *(("block", tag) for tag in _BLOCKS),
]
_TOKENS: Final = (
    *[("text", word) for word in _WORDS] * 2,
    *_OPEN,
    *[("end", "")] * len(_OPEN),
)


def _nested(drawn: list[_Token]) -> str:
    """Give a body of blocks, each with lines or blocks in it, closed as they nest."""
    html: list[str] = []
    opened: list[_Token] = []
    for token in drawn:
        kind, text = token
        if kind == "end":
            html += [_closing(opened.pop())] if opened else []
            continue
        if kind == "block":
            while opened and (opened[-1][0] == "inline" or len(opened) == _DEEPEST):
                html.append(_closing(opened.pop()))
        elif not opened:
            opened.append(("block", "p"))
            html.append("<p>")
        html.append(text if kind == "text" else f"<{text}>")
        opened += [] if kind == "text" else [token]
    return "".join([*html, *map(_closing, reversed(opened))])


def _closing(token: _Token) -> str:
    parts = reversed(token[1].split("><"))
    return "".join(f"</{part.split()[0]}>" for part in parts)


BODIES: Final = tokens(_TOKENS, 40).map(_nested)


def _by_runs(html: str) -> tuple[markdown.Converted, markdown.Converted]:
    with (
        patch("wxr.markdown.usual.lines.line", lambda *_: None),
        patch("wxr.markdown.usual.lines.text", lambda *_: None),
    ):
        return markdown.body(html, Context()), markdown.comment(html)


@settings(max_examples=400)
@given(BODIES)
def test_a_line_is_written_as_by_its_runs(html: str) -> None:
    assert (markdown.body(html, Context()), markdown.comment(html)) == _by_runs(html)


@given(tokens((*"ab \n\r\t\xa0.!*_#[>-1é", *_WORDS), 16).map("".join))
def test_text_is_written_as_by_its_runs(text: str) -> None:
    assert markdown.comment(text) == _by_runs(text)[1]
