import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import wxr
from tests.parser.exports import HEAD, export, item, only_post, posts, records
from wxr.diagnostics import Code
from wxr.model import Meta, TermRef

WP = "http://wordpress.org/export/1.2/"


def codes(said: list[wxr.Diagnostic]) -> list[Code]:
    return [problem.code for problem in said]


def test_every_element_of_an_item_has_a_field(tmp_path: Path) -> None:
    post, said = only_post(
        """<title><![CDATA[Été &amp; <em>hiver</em>]]></title>
        <link>https://carnet.example/?p=7&#038;x=1</link>
        <pubDate>Fri, 01 Mar 2024 08:30:00 +0000</pubDate>
        <dc:creator><![CDATA[claire]]></dc:creator>
        <guid isPermaLink="false">https://carnet.example/?p=7</guid>
        <description></description>
        <content:encoded><![CDATA[ texte\n\n]]></content:encoded>
        <excerpt:encoded><![CDATA[]]></excerpt:encoded>
        <wp:post_date><![CDATA[2024-03-01 09:30:00]]></wp:post_date>
        <wp:post_date_gmt><![CDATA[2024-03-01 08:30:00]]></wp:post_date_gmt>
        <wp:post_modified><![CDATA[2024-03-02 10:00:00]]></wp:post_modified>
        <wp:post_modified_gmt><![CDATA[2024-03-02 09:00:00]]></wp:post_modified_gmt>
        <wp:comment_status><![CDATA[closed]]></wp:comment_status>
        <wp:ping_status><![CDATA[open]]></wp:ping_status>
        <wp:post_name><![CDATA[ete]]></wp:post_name>
        <wp:status><![CDATA[publish]]></wp:status>
        <wp:post_parent>3</wp:post_parent>
        <wp:menu_order>-2</wp:menu_order>
        <wp:post_password><![CDATA[secret ]]></wp:post_password>
        <wp:is_sticky>1</wp:is_sticky>
        <wp:attachment_url><![CDATA[https://carnet.example/a.pdf]]></wp:attachment_url>
        <category domain="category" nicename="vie"><![CDATA[La vie]]></category>
        <wp:postmeta><wp:meta_key>k</wp:meta_key>
        <wp:meta_value><![CDATA[ v ]]></wp:meta_value></wp:postmeta>""",
        tmp_path,
    )

    assert said == []
    assert post == wxr.Post(
        id=1,
        type="post",
        status="publish",
        title="Été &amp; <em>hiver</em>",
        slug="ete",
        link="https://carnet.example/?p=7&x=1",
        guid="https://carnet.example/?p=7",
        author="claire",
        date=datetime(2024, 3, 1, 9, 30),  # noqa: DTZ001  a wall clock
        date_gmt=datetime(2024, 3, 1, 8, 30, tzinfo=UTC),
        modified=datetime(2024, 3, 2, 10),  # noqa: DTZ001
        modified_gmt=datetime(2024, 3, 2, 9, tzinfo=UTC),
        pub_date=datetime(2024, 3, 1, 8, 30, tzinfo=UTC),
        content=" texte\n\n",
        excerpt="",
        comment_status="closed",
        ping_status="open",
        parent=3,
        menu_order=-2,
        password="secret ",
        sticky=True,
        attachment_url="https://carnet.example/a.pdf",
        terms=(TermRef(taxonomy="category", slug="vie", name="La vie"),),
        meta=(Meta(key="k", value=" v "),),
    )


def test_what_is_missing_is_none_and_what_is_empty_is_empty(tmp_path: Path) -> None:
    post, said = only_post("<wp:post_name></wp:post_name>", tmp_path)

    assert said == []
    assert (post.slug, post.title, post.parent) == ("", None, None)
    assert (post.menu_order, post.sticky, post.terms) == (0, False, ())


def test_every_element_of_a_comment_has_a_field(tmp_path: Path) -> None:
    post, said = only_post(
        """<wp:comment>
        <wp:comment_id>9</wp:comment_id>
        <wp:comment_author><![CDATA[Léa &amp; Cie]]></wp:comment_author>
        <wp:comment_author_email>lea@courrier.example\n</wp:comment_author_email>
        <wp:comment_author_url>https://lea.example/?a=1&amp;b=2</wp:comment_author_url>
        <wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>
        <wp:comment_date>2024-03-01 10:00:00</wp:comment_date>
        <wp:comment_date_gmt>2024-03-01 09:00:00</wp:comment_date_gmt>
        <wp:comment_content><![CDATA[Oui]]></wp:comment_content>
        <wp:comment_approved>0</wp:comment_approved>
        <wp:comment_type></wp:comment_type>
        <wp:comment_parent>8</wp:comment_parent>
        <wp:comment_user_id>0</wp:comment_user_id>
        <wp:commentmeta><wp:meta_key>rating</wp:meta_key>
        <wp:meta_value>5</wp:meta_value></wp:commentmeta>
        </wp:comment>""",
        tmp_path,
    )

    assert said == []
    assert post.comments == (
        wxr.Comment(
            id=9,
            type="comment",
            author_name="Léa &amp; Cie",
            author_email="lea@courrier.example",
            author_url="https://lea.example/?a=1&b=2",
            author_ip="192.0.2.7",
            date=datetime(2024, 3, 1, 10),  # noqa: DTZ001  a wall clock
            date_gmt=datetime(2024, 3, 1, 9, tzinfo=UTC),
            content="Oui",
            status="hold",
            parent=8,
            user_id=None,
            meta=(Meta(key="rating", value="5"),),
        ),
    )


@pytest.mark.parametrize(
    ("raw", "status"),
    [("1", "approved"), ("0", "hold"), ("spam", "spam"), ("post-trashed",) * 2],
)
def test_a_comment_status_has_its_name_in_the_rest_api(
    raw: str, status: str, tmp_path: Path
) -> None:
    post, _ = only_post(
        "<wp:comment><wp:comment_id>1</wp:comment_id>"
        f"<wp:comment_approved>{raw}</wp:comment_approved></wp:comment>",
        tmp_path,
    )

    assert post.comments[0].status == status


def test_terms_of_every_kind_are_read(tmp_path: Path) -> None:
    head = HEAD + (
        "<wp:author><wp:author_id>4</wp:author_id>"
        "<wp:author_login>claire</wp:author_login></wp:author>\n"
        "<wp:category><wp:term_id>1</wp:term_id>"
        "<wp:category_nicename>vie</wp:category_nicename>"
        "<wp:category_parent>tout</wp:category_parent>"
        "<wp:cat_name><![CDATA[La vie]]></wp:cat_name>"
        "<wp:category_description><![CDATA[D]]></wp:category_description>"
        "<wp:termmeta><wp:meta_key>m</wp:meta_key><wp:meta_value>1</wp:meta_value>"
        "</wp:termmeta></wp:category>\n"
        "<wp:tag><wp:tag_slug>t</wp:tag_slug><wp:tag_name>T</wp:tag_name></wp:tag>\n"
        "<wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy>"
        "<wp:term_slug>haut</wp:term_slug><wp:term_name>Haut</wp:term_name></wp:term>\n"
        "<generator>https://wordpress.org/?v=6.7</generator>\n"
    )
    found, said = records(export(head=head), tmp_path)

    assert said == []
    assert found == [
        wxr.Site(
            title="Carnet",
            wxr_version="1.2",
            generator="https://wordpress.org/?v=6.7",
        ),
        wxr.Author(id=4, login="claire"),
        wxr.Term(
            id=1,
            taxonomy="category",
            slug="vie",
            name="La vie",
            parent="tout",
            description="D",
            meta=(Meta(key="m", value="1"),),
        ),
        wxr.Term(taxonomy="post_tag", slug="t", name="T"),
        wxr.Term(taxonomy="nav_menu", slug="haut", name="Haut"),
    ]


def test_the_doubled_categories_of_wxr_1_0_are_one(tmp_path: Path) -> None:
    post, said = only_post(
        """<category><![CDATA[Vie]]></category>
        <category domain="category" nicename="vie"><![CDATA[Vie]]></category>
        <category domain="tag"><![CDATA[mer]]></category>
        <category domain="tag" nicename="mer"><![CDATA[mer]]></category>
        <category><![CDATA[Seule]]></category>""",
        tmp_path,
    )

    assert said == []
    assert post.terms == (
        TermRef(taxonomy="category", slug="vie", name="Vie"),
        TermRef(taxonomy="post_tag", slug="mer", name="mer"),
        TermRef(taxonomy="category", slug=None, name="Seule"),
    )


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3"])
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("slash", ["/", ""])
def test_any_spelling_of_the_namespace_is_wordpress_own(
    version: str, scheme: str, slash: str, tmp_path: Path
) -> None:
    uri = f"{scheme}://wordpress.org/export/{version}"
    head = HEAD.replace(f'"{WP}excerpt/"', f'"{uri}/excerpt{slash}"').replace(
        f'"{WP}"', f'"{uri}{slash}"'
    )
    inside = "<excerpt:encoded><![CDATA[bref]]></excerpt:encoded>"

    (post,) = posts(export(item(inside, number=5), head=head), tmp_path)

    assert (post.id, post.type, post.excerpt, post.extra) == (5, "post", "bref", ())


def test_a_hijacked_prefix_is_not_wordpress_own(tmp_path: Path) -> None:
    post, said = only_post(
        '<wp:status xmlns:wp="https://other.example/">publish</wp:status>', tmp_path
    )

    assert said == []
    assert post.status is None
    assert post.extra == (
        (
            "{https://other.example/}status",
            '<wp:status xmlns:wp="https://other.example/">publish</wp:status>',
        ),
    )


def test_what_has_no_field_is_kept_whole(tmp_path: Path) -> None:
    post, said = only_post(
        '<wp:mood level="2">gai<wp:x/></wp:mood>\n'
        '<wp:status kind="a">publish</wp:status>',
        tmp_path,
    )

    assert said == []
    assert post.status == "publish"
    assert set(post.extra) == {
        (
            f"{{{WP}}}mood",
            f'<wp:mood xmlns:wp="{WP}" level="2">gai<wp:x></wp:x></wp:mood>',
        ),
        (f"{{{WP}}}status/@kind", "a"),
    }


def test_html_that_was_not_put_in_cdata_is_kept_as_it_was_written(
    tmp_path: Path,
) -> None:
    post, said = only_post(
        "<content:encoded>Un <b>mot</b> &amp; <i>un</i> <u>autre</u><br/>"
        "</content:encoded>",
        tmp_path,
    )

    assert [problem.code for problem in said] == [Code.MISSING_CDATA]
    assert post.content == "Un <b>mot</b> &amp; <i>un</i> <u>autre</u><br/>"


def test_language_marks_in_a_title_are_kept(tmp_path: Path) -> None:
    """They are XML comments where the title is not in CDATA (qTranslate)."""
    post, said = only_post(
        "<title><!--:fr-->Été<!--:--><!--:en-->R&amp;D<!--:--></title>", tmp_path
    )

    assert said == []
    assert post.title == "<!--:fr-->Été<!--:--><!--:en-->R&D<!--:-->"


def test_split_cdata_is_joined(tmp_path: Path) -> None:
    post, _ = only_post(
        "<content:encoded><![CDATA[a]]]]><![CDATA[>b]]>\n \n<![CDATA[c]]>"
        "</content:encoded>",
        tmp_path,
    )

    assert post.content == "a]]>b\n \nc"


@pytest.mark.parametrize(
    "text",
    [
        "\n <![CDATA[a]]>\n",
        " ",
        " <![CDATA[ ]]> ",
        "<![CDATA[a]]> <![CDATA[b]]>",
        "\n&#32;",
    ],
)
def test_white_space_of_a_text_is_the_writers_own(text: str, tmp_path: Path) -> None:
    post, said = only_post(f"<content:encoded>{text}</content:encoded>", tmp_path)

    assert said == []
    assert post.content == re.sub(r"<!\[CDATA\[|\]\]>", "", text.replace("&#32;", " "))


def test_text_between_elements_is_left_out_and_said(tmp_path: Path) -> None:
    post, said = only_post(
        "<wp:status>publish</wp:status>\nWarning: x\n<wp:post_name>a</wp:post_name>",
        tmp_path,
    )

    assert (post.status, post.slug) == ("publish", "a")
    assert codes(said) == [Code.STRAY_TEXT]
    assert (said[0].item, said[0].line) == (1, 13)


@pytest.mark.parametrize(
    ("inside", "code", "name"),
    [
        ("<wp:post_date>2019-02-30 10:00:00</wp:post_date>", Code.BAD_DATE, "date"),
        ("<wp:menu_order>1e3</wp:menu_order>", Code.BAD_NUMBER, "menu_order"),
        ("<wp:post_parent>1_0</wp:post_parent>", Code.BAD_NUMBER, "parent"),
        (
            "<wp:post_parent>9223372036854775808</wp:post_parent>",
            Code.BAD_NUMBER,
            "parent",
        ),
        ("<wp:is_sticky>yes</wp:is_sticky>", Code.BAD_NUMBER, "sticky"),
        (
            "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>",
            Code.ZERO_DATE,
            "date_gmt",
        ),
    ],
)
def test_a_value_that_does_not_fit_keeps_its_text(
    inside: str, code: Code, name: str, tmp_path: Path
) -> None:
    post, said = only_post(f"<wp:ping_status/>\n{inside}", tmp_path)

    text = inside.partition(">")[2].partition("<")[0]
    assert post.extra == ((name, text),)
    assert not getattr(post, name)
    assert [(d.code, d.line, d.item) for d in said] == [(code, 14, 1)]


def test_the_largest_number_of_a_database_is_one(tmp_path: Path) -> None:
    parent = "<wp:post_parent>9223372036854775807</wp:post_parent>"

    post, said = only_post(parent, tmp_path)

    assert post.parent == 2**63 - 1
    assert said == []


def test_an_item_without_an_id_is_given_one_from_its_place(tmp_path: Path) -> None:
    bare = "<item><title>x</title><wp:comment/></item>\n"
    found, said = records(export(item(), bare, bare), tmp_path)

    assert [post.id for post in found if isinstance(post, wxr.Post)] == [1, -2, -3]
    assert codes(said).count(Code.MISSING_ID) == 4
    comments = [
        c.id for post in found if isinstance(post, wxr.Post) for c in post.comments
    ]
    assert len(set(comments)) == 2
    assert all(number < 0 for number in comments)


def test_the_last_text_of_a_repeated_element_is_taken(tmp_path: Path) -> None:
    post, said = only_post(
        "<title>un</title><title>deux</title><title></title>", tmp_path
    )

    assert post.title == "deux"
    assert post.extra == (("title", "un"), ("title", "deux"))
    assert codes(said) == [Code.REPEATED_ELEMENT]


def test_a_wrapper_of_comments_is_looked_into(tmp_path: Path) -> None:
    post, said = only_post(
        "<wp:comments><wp:comment><wp:comment_id>3</wp:comment_id></wp:comment>"
        "</wp:comments>",
        tmp_path,
    )

    assert said == []
    assert [comment.id for comment in post.comments] == [3]


def test_carriage_returns_stay_in_meta_values_only(tmp_path: Path) -> None:
    """Serialized lengths count them; everywhere else a line end is LF."""
    post, _ = only_post(
        "<content:encoded><![CDATA[a\r\nb\rc]]></content:encoded>"
        "<wp:postmeta><wp:meta_key>k</wp:meta_key>"
        '<wp:meta_value><![CDATA[s:4:"a\r\nb";]]></wp:meta_value></wp:postmeta>',
        tmp_path,
    )

    assert post.content == "a\nb\nc"
    assert post.meta[0].value == 's:4:"a\r\nb";'


def test_carriage_returns_of_the_files_own_markup_say_nothing(tmp_path: Path) -> None:
    text = export(
        item(
            "<wp:postmeta><wp:meta_key>k</wp:meta_key>\n"
            "<wp:meta_value><![CDATA[a\nb]]></wp:meta_value></wp:postmeta>"
        )
    )

    (post,) = posts(text.replace("\n", "\r\n"), tmp_path)

    assert post.meta[0].value == "a\nb"


def test_an_item_of_a_default_namespace_is_read(tmp_path: Path) -> None:
    inside = (
        f'<item xmlns="{WP}"><title>T</title><post_id>8</post_id>'
        '<category domain="category" nicename="c">C</category></item>'
    )

    (post,) = posts(export(inside), tmp_path)

    assert (post.id, post.title) == (8, "T")
    assert post.terms == (TermRef(taxonomy="category", slug="c", name="C"),)


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ({"date_gmt": "a", "pub_date": "b"}, "a"),
        ({"pub_date": "b", "modified_gmt": "c"}, "b"),
        ({"modified_gmt": "c"}, "c"),
        ({}, None),
    ],
)
def test_the_instant_is_the_first_stamp_that_can_give_it(
    post: dict[str, str], expected: str | None
) -> None:
    stamps = {
        name: datetime(2024, 1, 1 + ord(v) % 9, tzinfo=UTC) for name, v in post.items()
    }

    given = wxr.Post(id=1, **stamps)  # type: ignore[arg-type]

    named = {v: stamps[name] for name, v in post.items()}
    assert given.published == (named[expected] if expected else None)


def test_a_wall_clock_takes_the_offset_that_the_modification_shows() -> None:
    post = wxr.Post(
        id=1,
        date=datetime(2024, 7, 1, 12),  # noqa: DTZ001
        modified=datetime(2024, 7, 2, 12),  # noqa: DTZ001
        modified_gmt=datetime(2024, 7, 2, 10, tzinfo=UTC),
    )

    assert post.published == datetime(2024, 7, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("R&amp;D", "R&D"),
        ("<em>Été</em> à <b>Paris</b>", "Été à Paris"),
        ("&amp;amp;", "&amp;"),
        ("1 < 2", "1 < 2"),
        ("« mot »", "« mot »"),
    ],
)
def test_plain_is_what_a_reader_sees(stored: str, shown: str) -> None:
    assert wxr.plain(stored) == shown


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("<wp:wxr_version>1.2</wp:wxr_version>", []),
        ("", [Code.MISSING_VERSION]),
        ("<wp:wxr_version>abc</wp:wxr_version>", [Code.UNEXPECTED_VERSION]),
    ],
)
def test_a_version_that_wordpress_never_wrote_is_said(
    version: str, said: list[Code], tmp_path: Path
) -> None:
    head = HEAD.replace("<wp:wxr_version>1.2</wp:wxr_version>", version)

    _, met = records(export(item(), head=head), tmp_path)

    assert codes(met) == said


def test_an_attribute_that_a_term_should_not_have_is_kept(tmp_path: Path) -> None:
    inside = '<category domain="category" nicname="a">A</category>'

    post, _ = only_post(inside, tmp_path)

    assert post.terms == (TermRef(taxonomy="category", slug=None, name="A"),)
    assert post.extra == (("category/@nicname", "a"),)


def test_a_meta_with_two_values_keeps_both_and_says_so(tmp_path: Path) -> None:
    inside = (
        "<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>a</wp:meta_value>"
        "<wp:meta_value></wp:meta_value><wp:meta_value>b</wp:meta_value></wp:postmeta>"
    )

    post, said = only_post(inside, tmp_path)

    assert post.meta == (Meta(key="k", value="b"),)
    assert post.extra == (("value", "a"), ("value", "b"))
    assert Code.REPEATED_ELEMENT in {each.code for each in said}


@pytest.mark.parametrize(
    "stray",
    [
        "<wp:author>stray<wp:author_login>a</wp:author_login></wp:author>",
        "<wp:tag>stray<wp:tag_slug>a</wp:tag_slug></wp:tag>",
        item("<wp:comments>stray<wp:comment></wp:comment></wp:comments>"),
        item("<wp:comments><wp:comment></wp:comment>stray</wp:comments>"),
    ],
)
def test_text_between_the_elements_of_any_record_is_reported(
    stray: str, tmp_path: Path
) -> None:
    _, said = records(export(stray), tmp_path)

    (problem,) = [each for each in said if each.code is Code.STRAY_TEXT]
    assert "stray" in problem.message


@pytest.mark.parametrize("more", ["", "&"])
def test_text_in_a_term_that_says_it_is_another_thing_is_reported(
    more: str, tmp_path: Path
) -> None:
    term = f'<wp:term xmlns:wp="urn:x">3{more}<wp:term_id>1</wp:term_id></wp:term>\n'

    found, said = records(export(term, item()), tmp_path)

    assert [type(each) for each in found] == [wxr.Site, wxr.Post]
    (problem,) = said
    assert (problem.code, problem.line) == (Code.MALFORMED, 11)
