"""Comments: all of them, in threads, after their number and in the site's language."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from re import findall, match
from time import process_time
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from lxml.html import fragment_fromstring
from markdown_it import MarkdownIt

from tests.conftest import Golden
from tests.exporters.markdown.pages import NOON, SITE, blog, item, said
from wxr.diagnostics import Code
from wxr.exporters.markdown.comments import DEEPEST, web_address
from wxr.exporters.markdown.words import LANGUAGES, words_for
from wxr.model import Comment
from wxr.threads import thread

GOLDEN: Final = Path(__file__).parent / "golden"
NBSP: Final = "\N{NO-BREAK SPACE}"


def section(folder: Path, *comments: Comment, language: str = "fr-FR") -> str:
    """Give the section below a post of these comments."""
    post = item(title="Titre", content="", comments=comments)
    page = blog(folder, post, site=replace(SITE, language=language)).page()
    return page.split("\n---\n", 1)[1]


def rendered(markdown: str) -> str:
    parser = MarkdownIt("commonmark", {"maxNesting": 1000})
    return str(parser.render(markdown))


def test_threads_and_pings_are_one_numbered_list(
    tmp_path: Path, golden: Golden
) -> None:
    comments = (
        said(1, date=NOON, author_url="https://ana.example/?a=1&amp;b=2"),
        said(2, 1, date=NOON, content="Un.\n\nDeux :\n<ul><li>a</li><li>b</li></ul>"),
        said(3, 2, date=NOON + timedelta(days=1)),
        said(4, 1, date=NOON + timedelta(days=2), content="<pre>x\n\n  y</pre>"),
        said(5, date=NOON, content=""),
        said(
            6, type="pingback", author_name="Une page", author_url="http://p.example/"
        ),
        said(7, type="trackback", author_name="", author_url="http://t.example/x"),
        said(8, 6, content="Merci !"),
        said(9, type="pingback", author_name="Sans adresse", author_url="http://"),
    )
    post = item(
        title="L’été &amp; *moi*",
        comments=comments,
        comment_status="closed",
        content="Corps.",
    )

    page = blog(tmp_path, post).page()

    golden(page, GOLDEN / "threads.md")
    golden(rendered(page.split("\n---\n", 1)[1]), GOLDEN / "threads.html")


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fr-FR", f"## 1 réflexion sur «{NBSP}Titre{NBSP}»"),
        ("fr_CA", f"## 1 réflexion sur «{NBSP}Titre{NBSP}»"),
        ("FR", f"## 1 réflexion sur «{NBSP}Titre{NBSP}»"),
        ("en-US", "## 1 comment on “Titre”"),
        ("", "## 1 comment on “Titre”"),
        ("sv-SE", "## 1 comment on “Titre”"),
        ("de-DE", "## 1 Kommentar zu „Titre“"),
        ("ja", "## 「Titre」への1件のコメント"),
    ],
)
def test_heading_is_in_the_language_of_the_site(
    tmp_path: Path, language: str, heading: str
) -> None:
    assert section(tmp_path, said(1), language=language).startswith(f"\n{heading}\n")


@pytest.mark.parametrize(
    ("language", "number", "heading"),
    [
        ("fr", 0, "0 réflexion"),
        ("fr", 2, "2 réflexions"),
        ("en", 0, "0 comments"),
        ("en", 1, "1 comment"),
        ("pl", 1, "1 komentarz"),
        ("pl", 3, "3 komentarze"),
        ("pl", 13, "13 komentarzy"),
        ("pl", 22, "22 komentarze"),
        ("ja", 2, "2件のコメント"),
    ],
)
def test_number_takes_the_form_the_language_wants(
    language: str, number: int, heading: str
) -> None:
    assert words_for(language).heading(number, "") == heading


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_language_has_all_its_forms(language: str) -> None:
    words = words_for(language)

    for number in range(120):
        assert str(number) in words.heading(number, "T")
        assert "T" in words.heading(number, "T")
    for month in range(1, 13):
        moment = words.moment(datetime(2012, month, 7, 9, 5))  # noqa: DTZ001
        assert all(part in moment for part in ("2012", "7", "09:05"))
    assert words.answers.format(name="Ana") != words.answers


@pytest.mark.parametrize(
    ("language", "moment"),
    [
        ("fr", "1 mai 2012 à 09:30"),
        ("en", "May 1, 2012 at 09:30"),
        ("de", "1. Mai 2012 um 09:30 Uhr"),
        ("es", "1 de mayo de 2012 a las 09:30"),
        ("ja", "2012年5月1日 09:30"),
    ],
)
def test_moment_is_worded(language: str, moment: str) -> None:
    stamp = datetime(2012, 5, 1, 9, 30, 59)  # noqa: DTZ001

    assert words_for(language).moment(stamp) == moment


def test_post_without_comments_has_no_section(tmp_path: Path) -> None:
    page = blog(tmp_path, item(content="A", comment_status="closed")).page()

    assert page.endswith("---\n\nA\n")


def test_comment_without_name_or_date_is_anonymous(tmp_path: Path) -> None:
    text = section(tmp_path, said(1, author_name=" ", content="A"))

    assert "1. **Anonyme**\n\n   A\n" in text


@pytest.mark.parametrize("comments", ["section", "data"])
def test_links_to_the_site_lead_to_its_files(tmp_path: Path, comments: str) -> None:
    there = item(
        2, type="page", slug="la-bas", link="https://carnet.example/la-bas/", content=""
    )
    text = (
        '<a href="https://carnet.example/la-bas/#comment-7">là-bas</a>'
        ' <a href="https://ailleurs.example/la-bas/">ailleurs</a>'
    )
    post = item(1, content="", comments=(said(1, content=text),))
    files = blog(tmp_path, post, there, comments=comments).render(1).payload

    page = files[-1][1].decode()

    assert "[là-bas](../pages/la-bas.md) [ailleurs](https://ailleurs.example" in page


def test_instant_is_shown_as_utc_where_the_local_date_is_missing(
    tmp_path: Path,
) -> None:
    text = section(tmp_path, said(1, date_gmt=datetime(2012, 5, 1, 9, tzinfo=UTC)))

    assert "**Auteur 1**, 1 mai 2012 à 09:00 UTC\n" in text


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://a.example", "http://a.example"),
        (" HTTPS://a.example/?x=1&amp;y ", "HTTPS://a.example/?x=1&y"),
        ("http://", None),
        ("javascript:alert(1)", None),
        ("//a.example", None),
        ("ana@a.example", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_linked(
    url: str | None, address: str | None
) -> None:
    assert web_address(url) == address


def test_nobodys_address_is_shown(tmp_path: Path) -> None:
    comment = said(
        1,
        author_email="ana@a.example",
        author_ip="192.0.2.7",
        author_name="ana@a.example",
        author_url="mailto:ana@a.example",
    )
    for comments in ("section", "data"):
        files = blog(tmp_path, item(comments=(comment,)), comments=comments).render(1)
        text = b"".join(data for _, data in files.payload).decode()
        assert "@" not in text
        assert "192.0.2" not in text


def test_orphans_and_circles_are_shown_and_reported(tmp_path: Path) -> None:
    post = item(comments=(said(1, 99), said(2, 3), said(3, 2)))
    made = blog(tmp_path, post)

    assert "\n1. **Auteur 1**" in made.page()
    assert "\n2. **Auteur 2**" in made.page()
    assert [(each.code, each.item) for each in made.render(1).diagnostics] == [
        (Code.COMMENT_ORPHAN, 1),
        (Code.COMMENT_CYCLE, 1),
    ]


def test_reply_below_the_deepest_level_says_whom_it_answers(tmp_path: Path) -> None:
    chain = [said(n, n - 1 or None) for n in range(1, DEEPEST + 5)]

    text = section(tmp_path, *chain)

    html = rendered(text)
    assert html.count("<ul>") == DEEPEST
    assert findall(r"En réponse à Auteur (\d+)", text) == [
        str(n) for n in range(DEEPEST + 1, DEEPEST + 4)
    ]


@pytest.mark.parametrize("step", [0, 1], ids=["flat", "chain"])
def test_many_comments_take_little_time_and_room(tmp_path: Path, step: int) -> None:
    count = 5000
    comments = [said(n, (n - 1) * step or None) for n in range(1, count + 1)]
    began = process_time()

    text = section(tmp_path, *comments)

    assert process_time() - began < 60
    assert text.count("**Auteur") == count
    assert len(text) < count * 400


parents = st.none() | st.integers(1, 9)
names = st.text("*_[]()<>`!#\\&;~| ab1.-\n", max_size=8)
anyone = st.builds(
    said,
    st.integers(1, 9),
    parents,
    type=st.sampled_from(["comment", "pingback", "trackback"]),
    author_name=names,
    content=st.sampled_from(
        [
            "",
            "- a",
            "1. a",
            "<ul><li>a</li></ul>",
            "<ol><li>a<li>b</ol>",
            "```",
            "    x",
        ]
    )
    | st.text("*_[]()<>`!#\\&;~|ab1.-+=\n ", max_size=30),
)


@given(comments=st.lists(anyone, min_size=1, max_size=15))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_nesting_in_the_page_is_that_of_the_threads(
    tmp_path: Path, comments: list[Comment]
) -> None:
    """Each comment gets a mark that is no markup, and is looked for in the HTML."""
    marked = [
        replace(each, author_name=f"zz{n}zz{each.author_name}")
        for n, each in enumerate(comments)
    ]
    html = rendered(section(tmp_path, *marked))

    assert f"<h2>{len(comments)} réflexion" in html
    threads = thread(marked)
    expected = [
        (place.index, place.depth) for place in threads.comments + threads.pings
    ]
    assert levels(html) == expected


def levels(html: str) -> list[tuple[int, int]]:
    """Give the number in each mark, and how many items its own lies in."""
    document = fragment_fromstring(html, create_parent=True)
    return [
        (int(mark[1]), int(text.getparent().xpath("count(ancestor-or-self::li)")) - 1)
        for text in document.xpath(".//text()")
        if (mark := match(r"(?:.*: )?zz(\d+)zz", text))
    ]


def test_data_is_a_file_beside_the_post(tmp_path: Path) -> None:
    comments = (
        said(1, date=NOON, author_url="https://ana.example"),
        said(2, 1, content="<b>A</b>", date_gmt=datetime(2012, 5, 2, 10, tzinfo=UTC)),
        said(3, type="pingback"),
    )
    post = item(comments=comments, comment_status="closed")

    rendered = blog(tmp_path, post, comments="data").render(1)

    (_, page), (path, data) = rendered.payload
    assert b"Texte" not in page
    assert path == "posts/billet-1.comments.json"
    found = json.loads(data)
    assert (found["post"], found["count"], found["closed"]) == (1, 3, True)
    assert found["comments"] == [
        {
            "id": 1,
            "type": "comment",
            "parent": None,
            "depth": 0,
            "author": "Auteur 1",
            "url": "https://ana.example",
            "date": "2012-05-01T12:00:00",
            "date_gmt": None,
            "content": "Texte 1",
        },
        {
            "id": 2,
            "type": "comment",
            "parent": 1,
            "depth": 1,
            "author": "Auteur 2",
            "url": None,
            "date": None,
            "date_gmt": "2012-05-02T10:00:00Z",
            "content": "**A**",
        },
    ]
    assert [each["id"] for each in found["pings"]] == [3]
    assert rendered.tally.comments == {"comment": 2, "pingback": 1}


def test_none_leaves_comments_out_of_page_and_count(tmp_path: Path) -> None:
    rendered = blog(tmp_path, item(comments=(said(1),)), comments="none").render(1)

    assert len(rendered.payload) == 1
    assert b"Texte" not in rendered.payload[0][1]
    assert not rendered.tally.comments
