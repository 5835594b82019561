"""Bodies read without a parser: the same Markdown as by the parser, or left to it."""

from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings

import wxr
from tests.markdown.test_lines import BODIES
from tests.real import Shared
from tests.strategies import tokens
from wxr import markdown
from wxr.content.context import Context
from wxr.content.scope import Scope
from wxr.markdown import usual
from wxr.markdown.usual import Reading
from wxr.markdown.writer import Writer

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"

_TAGS: Final = (
    *("<p>", "</p>", '<p class="x">', "<P>", "</P>", "<br />", "<br>", "<hr />"),
    *("<div>", "</div>", '<div data-lang="php">', "<figure>", "</figure>", "<center>"),
    *("<figcaption>", "</figcaption>", "<h2>", "</h2>", "<h3 id=x>", "</h3>"),
    *(
        "<ul>",
        "</ul>",
        "<ol>",
        "</ol>",
        "<ol start=3>",
        "<li>",
        "</li>",
        "<li value=2>",
    ),
    *("<blockquote>", "</blockquote>", "<cite>", "</cite>", "<pre>", "</pre>"),
    *("<pre>\n<code class='language-c'>", "</code></pre>", "<code>", "</code>"),
    *("<table>", "<thead>", "<tr>", "<th>", "</th>", "</tr>", "</thead>", "<tbody>"),
    *("<td>", "</td>", '<td class="has-text-align-right">', "</tbody>", "</table>"),
    *("<strong>", "</strong>", "<b>", "</b>", "<em>", "</em>", "<i>", "</i>", "<del>"),
    *("</del>", "<span>", "<span style='x'>", "</span>", "<sup>", "</sup>", "<u>"),
    *('<a href="https://a.example/?x=1&amp;y=2&z">', "<a>", "</a>", '<a href="#x">'),
    *('<a href="/p" title="t &quot;q&quot;">', '<a class="x" href="y">', '<a id="x">'),
    *('<img src="/i.png" alt="a">', '<img src="/i.png" class="wp-image-1"/>', "<img>"),
    *("<!--more-->", "<!-- more -->", "<!-- x -->", "<script>", "</script>", "<video>"),
    *("<textarea>", "</textarea>", "<details>", "</details>", "<select>", "</select>"),
    *(
        "<a href='javascript:x'>",
        "<i title='a>b'>",
        "<svg>",
        "</svg>",
        "<table\nb>",
        "<TABLE>",
        "<Div>",
        "<math\n>",
        "<dl>",
        "</dl>",
    ),
)
_WORDS: Final = (
    *(
        "word",
        "é",
        "粗体",
        "。",
        " ",
        "\n",
        "\n\n",
        "\xa0",
        "&nbsp;",
        "&amp;",
        "&lt;b&gt;",
    ),
    *(
        "&#8217;",
        "&#1;",
        "&copy",
        "&amp;copy",
        "&",
        "<",
        ">",
        "a < b",
        "* x",
        "1. ",
        "# ",
    ),
    *(
        "+++ ",
        "![a]",
        "&#038;",
        "_a_",
        "~",
        "`",
        "\\",
        "[a]",
        "[x] ",
        "!",
        "|",
        "---",
        "=",
        "http://a.example/x",
    ),
    *("\r", "\t", "[gallery]", "x!", "&#x41;", "&notin;", "&am", "p;", "\0"),
)
_SOUP = tokens((*_TAGS, *_WORDS), 16).map("".join)


def _ways(html: str) -> tuple[markdown.Converted, markdown.Converted]:
    return markdown.body(html, Context()), markdown.comment(html)


def _by_parser(html: str) -> tuple[markdown.Converted, markdown.Converted]:
    with patch("wxr.markdown.usual.read", lambda html, _: Reading([html])):
        return _ways(html)


@settings(max_examples=400)
@given(BODIES)
def test_a_body_is_written_as_by_the_parser(html: str) -> None:
    assert _ways(html) == _by_parser(html)


@settings(max_examples=600)
@given(_SOUP)
@example('<p>a</p><div><a href="x"></div><p>b</p>')  # the link goes on in what follows
@example("<p>a</p><table><p>b</p><tr><td>c</td></tr></table><p>d</p>")
@example("<b><p>a</b></p><table><tr><td>b</td></tr></table>")
@example("<p>a</p><textarea><p>b</p></textarea><p>c</p>")
@example("<p wxr-finished>0</p><p>a</p><video><p>b</p></video>")
@example("<p>a</p><!-- <p>b</p> --><p>c</p>")
@example("<p>a</p><div><video></video><p WXR-FINISHED>0</p></div>")
@example("<p WXR-Finished>0</p><xmp><p>secret</p></xmp>")
@example("<p>" + "<b><i>" * 250 + "x</p>")
@example("<p>" + "<span>" * 300 + "<b>x</b>" + "</span>" * 300 + "</p>")
@example("<p>+++ </p><ul><li>+++ </li></ul>")
@example("<figure>![a]<figcaption>c</figcaption></figure>")
@example('<table\nb="1"><!--more--><tr><td>a</td></tr></table>')
@example('<TABLE b="1"><!--more--><tr><td>a</td></tr></TABLE>')
@example("<table/><!--more--><tr><td>a</td></tr></table>")
@example('<math\nx="1"><section><p>a</p></section></math>')
@example("<p>\ud800a</p>")
@example("<p>it&#039;s &#038; <a href='/?a&#038;b'>c</a></p>")
@example("<b><i>x")
@example("<p>a <span>")
def test_soup_is_written_as_by_the_parser(html: str) -> None:
    assert _ways(html) == _by_parser(html)


def test_real_bodies_are_written_as_by_the_parser(shared_export: Shared) -> None:
    for record in shared_export.records:
        if isinstance(record, wxr.Post) and record.content:
            assert _ways(record.content) == _by_parser(record.content)


@pytest.mark.parametrize(
    "html",
    [
        "<p>text</p>\n<p>a <strong>mark</strong>, a\u00a0<a href='/x'>link</a></p>",
        '<h2 class="wp-block-heading">Head</h2><ul><li>a<ul><li>b</li></ul></li></ul>',
        "<blockquote class='x'><p>q</p><cite>who</cite></blockquote><hr/>",
        "<figure><img src='/i.png' alt='a'/><figcaption>c</figcaption></figure>",
        "<pre class='x'><code lang='php'>a &amp;&amp; b</code></pre>",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        "text <!--more--> text",
        "<p>text</p>\n<p><!--more--></p>",
        "<p>it&#039;s</p>",
    ],
)
def test_what_editors_write_takes_no_parser(html: str) -> None:
    assert usual.read(html, Writer(Scope())).is_whole


def test_most_of_a_body_is_read_without_what_is_left() -> None:
    html = "<p>a</p><video src='/v'></video><p>b</p>"
    assert usual.read(html, Writer(Scope())).html == (
        "<p wxr-finished>0</p><video src='/v'></video><p wxr-finished>1</p>"
    )
