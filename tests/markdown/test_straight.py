"""Lines written in one pass: the same as by their runs, or not written so at all."""

from unittest.mock import patch

from hypothesis import given, settings, strategies as st

from wxr import markdown
from wxr.content.context import Context

_WORDS = st.sampled_from(
    [
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
    ]
)
_INLINE = st.sampled_from(
    [
        *("strong", "b", "em", "i", "code", "tt", "span", "del", "small", "u", "sup"),
        *("a href='#x'", "span id=x", "a name=x", "em id=x", "u id=y"),
        *("a", 'a href="http://a.example/x|y"', "a href='/p (1' title='t\"'"),
        *("a href='javascript:x'", "a class=x href=y", "cite", "font"),
    ]
)
_BLOCK = st.sampled_from(
    [
        *("p", "h2", "div", "blockquote", "ul><li", "ol><li", "figcaption", "details"),
        *("p id=x", "h3 id=x", "ul><li id=x", "table><tr><td id=x", "div id=x"),
        *("table><tr><td", "table><thead><tr><th", "figure", "cite", "em"),
    ]
)


def _element(tag: str, inside: list[str]) -> str:
    closing = "".join(f"</{part.split()[0]}>" for part in reversed(tag.split("><")))
    return f"<{tag}>{''.join(inside)}{closing}"


_PHRASES = st.recursive(
    _WORDS, lambda inside: st.builds(_element, _INLINE, st.lists(inside, max_size=3))
)
_LINES = st.builds(_element, _BLOCK, st.lists(_PHRASES, max_size=5))
BODIES = st.lists(
    _LINES | st.builds(_element, _BLOCK, st.lists(_LINES | _PHRASES, max_size=3)),
    max_size=4,
).map("".join)


def _by_runs(html: str) -> tuple[markdown.Converted, markdown.Converted]:
    with (
        patch("wxr.markdown.straight.line", lambda *_: None),
        patch("wxr.markdown.straight.lines", lambda _: None),
    ):
        return markdown.body(html, Context()), markdown.comment(html)


@settings(max_examples=400)
@given(BODIES)
def test_a_line_is_written_as_by_its_runs(html: str) -> None:
    assert (markdown.body(html, Context()), markdown.comment(html)) == _by_runs(html)


@given(st.lists(st.sampled_from("ab \n\r\t\xa0.!*_#[>-1é") | _WORDS).map("".join))
def test_text_is_written_as_by_its_runs(text: str) -> None:
    assert markdown.comment(text) == _by_runs(text)[1]
