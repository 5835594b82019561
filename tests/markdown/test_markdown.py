"""From stored bodies to Markdown: the case files, and what holds for any text."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from tests.cases import Case, cases
from tests.strategies import tokens
from wxr.content.context import Flavour
from wxr.markdown import Context, body, comment, inline, link

HERE = Path(__file__).parent
CASES = cases(HERE / "cases")
COMMENTS = cases(HERE / "comments")
MARKUP = st.text(alphabet="#*_-+>=~`|[]()!<&;:\\.1a \n$\xa0é^\"'{}x/", max_size=24)


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    assert body(case.input, Context()).markdown == case.expected


@pytest.mark.parametrize("case", COMMENTS, ids=[case.title for case in COMMENTS])
def test_comment(case: Case) -> None:
    assert comment(case.input).markdown == case.expected


def test_a_link_is_only_text_where_its_address_is_not_of_the_web() -> None:
    assert link("Ana [x]", "javascript:alert(1)") == r"Ana \[x\]"
    assert link("Ana [x]", "http://a.example/(") == r"[Ana \[x\]](http://a.example/%28)"
    assert link("", "https://a.example/") == "[https://a.example/](https://a.example/)"


def test_inline_text_is_text() -> None:
    assert inline("a *b* [c] <d> !") == r"a \*b\* \[c\] \<d> \!"


def reader() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": 1000})
    return markdown.enable(["table", "strikethrough"])


READER = reader()
APART = re.compile(
    r"<(?=/?(?:p|br|li|[ou]l|h\d|t[dhr]|d[dlt]|blockquote|summary|pre|figcaption)\b)"
)


def words(html: str) -> list[str]:
    """Give the words that a reader of the page sees."""
    root = LexborHTMLParser(f"<body>{APART.sub(' <', html)}").body
    return (root.text(separator="") if root else "").split()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


PLACES = (
    "<p>{}</p>",
    "<p>a<br>{}<br>b</p>",
    "<ul><li>{}</li><li>b</li></ul>",
    "<ol><li>{}<ul><li>{}</li></ul></li></ol>",
    "<h2>{}</h2>",
    "<table><tr><th>{}</th><th>b</th></tr><tr><td>{}</td><td>c</td></tr></table>",
    '<p>x <a href="http://a.example/(_*">{}</a> y</p>',
    '<p>x<a href="/b">{}</a>y</p>',
    "<p>x <em>{}</em> y</p>",
    "<p>x<em>{}</em>y</p>",
    "<p><b>{}</b>{}<i>{}</i></p>",
    "<p><b>a<i>{}</i></b><del>{}</del><i>c<b>{}</b></i></p>",
    "<blockquote><p>{}</p>{}</blockquote>",
    "<p>{}<code>{}</code>{}</p>",
    "<pre>{}</pre>",
    "<figure><img src=a.png alt=''><figcaption>{}</figcaption></figure>",
    "<details><summary>{}</summary><p>{}</p></details>",
    "<dl><dt>{}</dt><dd>{}</dd></dl>",
)

every_place = pytest.mark.parametrize("place", PLACES)


def block(html: str) -> str:
    """Give a body that gets no automatic paragraphs."""
    return f"<!-- wp:html -->{html}<!-- /wp:html -->"


@every_place
@given(text=MARKUP)
@settings(max_examples=80, deadline=None)
def test_text_survives(place: str, text: str) -> None:
    """Whatever looks like Markdown in a text is still that text when read back."""
    html = place.replace("{}", escaped(text))

    markdown = body(block(html), Context()).markdown

    assert words(READER.render(markdown)) == words(html), markdown


@given(text=MARKUP)
@settings(max_examples=80, deadline=None)
def test_marks_survive(text: str) -> None:
    """What is emphasized is emphasized when read back, in a tag or by stars."""
    html = f"<p>a<b>{escaped(text)}</b>c <em>{escaped(text)}</em>, d</p>"

    rendered = READER.render(body(block(html), Context()).markdown)

    for tag in ("strong", "em"):
        found = LexborHTMLParser(rendered).css(tag)
        assert [node.text().split() for node in found] in ([text.split()], [])
        assert bool(found) == bool(text.split())


@every_place
@given(text=MARKUP)
@settings(max_examples=40, deadline=None)
@example(text="\xa0 1")
def test_fixed_point(place: str, text: str) -> None:
    """Markdown read back and converted again is the same Markdown."""
    once = body(block(place.replace("{}", escaped(text))), Context()).markdown

    again = body(block(READER.render(once)), Context()).markdown

    # A space is named only at the edges of what was a paragraph then.
    assert again.replace("&nbsp;", "\xa0") == once.replace("&nbsp;", "\xa0")


WORDS = st.one_of(
    st.sampled_from(
        ("word", "two words", " b ", "c, d.", "x*y", "1. e", "- f", "end!")
    ),
    st.text(alphabet="#*_-+>~`|[]()!&:\\.1a b", min_size=1, max_size=6).map(escaped),
)
WRAPPED = (
    *("<b>{}</b>", "<em>{}</em>", "<del>{}</del>", "<sub>{}</sub>"),
    *('<a href="/u_(x)">{}</a>', "<code>{}</code>", "{}<br>{}", "{}{}", "{} {}"),
)
CONTAINERS = (
    *("<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li><li>{}</li></ul>", "{}<p>{}</p>"),
    *("<ol><li><p>{}</p>{}</li></ol>", "<blockquote>{}<p>{}</p></blockquote>"),
    *("<table><tr><td>{}</td><td>{}</td></tr></table>", "<ul><li>{}{}</li></ul>"),
    *("<pre>{}\n{}</pre>", "<hr>{}", "<ul><li></li><li>{}</li></ul>", "<p></p>{}"),
)


def nested(
    inner: st.SearchStrategy[str], shapes: tuple[str, ...]
) -> st.SearchStrategy[str]:
    parts = st.tuples(st.sampled_from(shapes), inner, inner)
    return parts.map(
        lambda part: part[0].replace("{}", part[1], 1).replace("{}", part[2])
    )


LINES = st.recursive(WORDS, lambda inner: nested(inner, WRAPPED), max_leaves=6)
PAGES = st.recursive(LINES, lambda inner: nested(inner, CONTAINERS), max_leaves=5)


@given(html=PAGES)
@example(html="<h2>word<hr>word</h2>")
@example(html="<h2><pre>word\n<b>word</b></pre></h2>")
@settings(max_examples=300, deadline=None)
def test_words_survive_in_any_structure(html: str) -> None:
    markdown = body(block(html), Context()).markdown

    assert "".join(words(READER.render(markdown))) == "".join(words(html)), markdown


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td rowspan=2>word</td><td>w</td></tr><tr><td>w</td></tr></table>",
        "<pre>word\n<b>word</b></pre>",
        "<pre class='wp-block-verse'> word\n<b>word</b></pre>",
        "<ul><li>word<table><tr><td rowspan=2>word</td></tr></table></li></ul>",
    ],
)
def test_words_survive_where_no_html_may_be_kept(html: str) -> None:
    markdown = body(block(html), Context(flavour=Flavour(raw_html=False))).markdown

    assert "".join(words(READER.render(markdown))) == "".join(words(html))
    assert "<" not in markdown


SOUP_TAGS = (
    "<p> </p> <b> </b> <i> <a href=x> </a> <ul> </ul> <ol> <li> </li> <table> "
    "<tr> <td> </td> </table> <pre> </pre> <blockquote> </blockquote> <div> "
    "</div> <h1> </h1> <br> <hr> <img src=a> <details> <summary> </details> "
    "<svg> </svg> <script> </script> <!-- --> a **b** [c] [/c] [caption] "
    "[/caption] <!--more--> <figure> <figcaption> </figure> <cite> <code> "
    "</code> <iframe> </iframe> <select> <template> <style> \n \n\n"
)
SOUP = tokens(SOUP_TAGS.split(" "), 40).map("".join)


@given(html=SOUP)
@settings(max_examples=300, deadline=None)
def test_any_soup_is_converted(html: str) -> None:
    assert isinstance(body(html, Context()).markdown, str)


@pytest.mark.unmeasured  # their size is the point
@pytest.mark.parametrize(
    "tag", ["div", "span", "blockquote", "ul><li", "b", "b id=x", "table><tr><td", "h2"]
)
def test_depth_costs_no_more_than_size(tag: str) -> None:
    markdown = body(block(f"<{tag}>" * 100_000 + "end"), Context()).markdown

    assert "end" in markdown


def test_depth_of_blocks_and_shortcodes() -> None:
    deep = "<!-- wp:group -->" * 20_000 + "a" + "[caption]" * 20_000

    assert "a" in body(deep, Context()).markdown


def test_a_ragged_table_is_not_filled_beyond_measure() -> None:
    rows = "<tr>" + "<td>a" * 3_000 + "<tr><td>b" * 3_000

    assert len(body(block(f"<table>{rows}</table>"), Context()).markdown) < 200_000


@pytest.mark.unmeasured  # their size is the point
@pytest.mark.parametrize(
    "piece",
    [
        "<span>a</span>",
        "<li>a</li>",
        "<b>a</b> ",
        "a<br>",
        '<sup data-fn="x">1</sup>',
        "[ref]a[/ref]",
        "<tr><td>a",
        "[a",
        "<p><b>",
        "<details>a",
        "`` ",
        "<!-- x ",
        "<p>a</p>",
        "<p>a <b>b</b> <span>c</span> <img src=x></p>",
        "<p>a</p><video>",
        "<p>a<u>b</u></p>c<h2></h2>",
        "<div><p>a</p></div><div><h2></h2></div>",
        "<ul><li>a</li></ul>",
        "<blockquote>",
        "<a href='&'",
        "<p a='b' ",
        "&",
        "_ ",
        "~ [a] ",
    ],
)
def test_width_costs_no_more_than_size(piece: str) -> None:
    few = min(_seconds(block(piece * 1_000)) for _ in range(2))

    assert _seconds(block(piece * 8_000)) < 3 * 8 * few + 0.5


@pytest.mark.unmeasured  # their size is the point
@pytest.mark.parametrize("html", ["<p>{}</p>", "<p>" + "<span>" * 9 + "{}"])
def test_a_long_line_costs_no_more_than_size(html: str) -> None:
    few = min(_seconds(html.format("x <b>a</b> " * 5_000)) for _ in range(2))

    assert _seconds(html.format("x <b>a</b> " * 40_000)) < 3 * 8 * few + 0.5


@pytest.mark.unmeasured  # their size is the point
def test_depth_around_links_costs_no_more_than_size() -> None:
    def line(n: int) -> str:
        return f"<p>{'<span>' * n}{'<a href=x>y</a> ' * n}{'</span>' * n}</p>"

    few = min(_seconds(line(500)) for _ in range(2))

    assert _seconds(line(4_000)) < 3 * 8 * few + 0.5


def test_comments_that_do_not_end_in_their_line_cost_no_more_than_size() -> None:
    few = min(_seconds("<!-- x " * 1_000 + "\n") for _ in range(2))

    assert _seconds("<!-- x " * 8_000 + "\n") < 3 * 8 * few + 0.5


def _seconds(html: str) -> float:
    since = time.process_time()
    body(html, Context())
    return time.process_time() - since
