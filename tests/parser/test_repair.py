"""Damaged items: what each kind of damage becomes, and that it costs nothing else."""

import re
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import example, given, strategies as st
from lxml import etree

import wxr
from tests.parser.exports import export, item, only_post, records
from wxr.diagnostics import Code, Severity
from wxr.model import Comment, Meta, Post, TermRef
from wxr.parser.envelope import DEFAULT
from wxr.parser.repair import repair
from wxr.parser.repair.walk import Walk


class Damage(NamedTuple):
    """What stands in an item, and what must come of it."""

    what: str
    inside: str
    fields: dict[str, Any]
    codes: list[Code]


NOTICE: Final = (
    "<br />\n<b>Deprecated</b>:  htmlspecialchars(): Passing null in "
    "<b>/srv/blog/export.php</b> on line <b>12</b><br />\n"
)

DAMAGES: Final = (
    Damage(
        "a bare ampersand",
        "<title>Sel & poivre &amp; ail</title>",
        {"title": "Sel & poivre & ail"},
        [Code.BARE_AMPERSAND],
    ),
    Damage(
        "a bare less-than",
        "<title>Moi <3 toi & <moi@ici.example></title>",
        {"title": "Moi <3 toi & <moi@ici.example>"},
        [Code.BARE_LESS_THAN, Code.BARE_AMPERSAND],
    ),
    Damage(
        "entities of HTML",
        "<title>1&nbsp;&mdash;&NotEqualTilde;&lt;&AMP;</title>",
        {"title": "1\xa0—≂̸<&"},
        [Code.NAMED_ENTITY],
    ),
    Damage(
        "an entity that adds a line",
        "<title>a&NewLine;b</title><slug>&</slug>",
        {"title": "a\nb"},
        [Code.NAMED_ENTITY, Code.BARE_AMPERSAND],
    ),
    Damage(
        "an entity nobody knows",
        "<title>&inconnue; &x</title>",
        {"title": "&inconnue; &x"},
        [Code.UNKNOWN_ENTITY, Code.BARE_AMPERSAND],
    ),
    Damage(
        "references to what XML cannot hold",
        "<title>a&#12;b&#0;c&#xFFFF;d&#x110000;e&#xD800;f&#65;</title>",
        {"title": "a\nbc\ufffdd\ufffde\ufffdfA"},
        [Code.BAD_REFERENCE],
    ),
    Damage(
        "references to the halves of a character",
        "<title>&#xD83D;&#xDE00;&#55357;&#56832;&#55000;&#56832;</title>",
        {"title": "😀😀훘\ufffd"},
        [Code.BAD_REFERENCE],
    ),
    Damage(
        "control characters in names of tags",
        "<ti\x01tle>A</title\x08><wp:post\x00\x1f_name>b</wp:post_name>"
        "<content:encoded><![CDATA[<st\x01rong>]]></content:encoded>",
        {"title": "A", "slug": "b", "content": "<strong>"},
        [Code.CONTROL_CHARACTER],
    ),
    Damage(
        "control characters in CDATA",
        "<content:encoded><![CDATA[page\f\v un\x08e\x1b]]></content:encoded>",
        {"content": "page\n\n une"},
        [Code.CONTROL_CHARACTER],
    ),
    Damage(
        "control characters in text and between",
        "\x00<title>a\x01</title><wp:status>draft</wp:status>\x03",
        {"title": "a", "status": "draft"},
        [Code.CONTROL_CHARACTER],
    ),
    Damage(
        "an attribute with everything in it",
        '<category domain="category" nicename="a&b<c"d\'"><![CDATA[A]]></category>',
        {"terms": (TermRef(taxonomy="category", slug="a&b<c\"d'", name="A"),)},
        [Code.BROKEN_ATTRIBUTE, Code.BARE_AMPERSAND, Code.BARE_LESS_THAN],
    ),
    Damage(
        "attributes without quotes or value",
        "<category checked domain=post_tag nicename='a'>A</category>",
        {
            "terms": (TermRef(taxonomy="post_tag", slug="a", name="A"),),
            "extra": (("category/@checked", ""),),
        },
        [Code.BROKEN_ATTRIBUTE],
    ),
    Damage(
        "an attribute whose quote is missing",
        '<category domain="category" nicename="a><![CDATA[A]]></category>',
        {"terms": (TermRef(taxonomy="category", slug="a", name="A"),)},
        [Code.BROKEN_ATTRIBUTE],
    ),
    Damage(
        "an attribute given twice",
        '<guid isPermaLink="false" isPermaLink="true">g</guid>',
        {"guid": "g"},
        [Code.LOST_ATTRIBUTE],
    ),
    Damage(
        "a no-break space in a tag",
        '<guid\xa0isPermaLink="false">g</guid><title>&</title>',
        {"guid": "g", "title": "&"},
        [Code.BROKEN_ATTRIBUTE, Code.BARE_AMPERSAND],
    ),
    Damage(
        "the end of CDATA inside CDATA",
        "<content:encoded><![CDATA[a]]>b]]> c <b>d</b>]]>\n</content:encoded>",
        {"content": "a]]>b]]> c <b>d</b>\n"},
        [Code.CDATA_END],
    ),
    Damage(
        "the end of CDATA in text",
        "<title>a]]>b</title>",
        {"title": "a]]>b"},
        [Code.CDATA_END],
    ),
    Damage(
        "sections that are split as they should be",
        "<content:encoded><![CDATA[a]]]]><![CDATA[>b]]> <![CDATA[c]]>"
        "</content:encoded><title>&</title>",
        {"content": "a]]>b c", "title": "&"},
        [Code.BARE_AMPERSAND],
    ),
    Damage(
        "a section without its end",
        "<content:encoded><![CDATA[a <p>b</content:encoded>\n"
        "<title><![CDATA[T]]></title>",
        {"content": "a <p>b", "title": "T"},
        [Code.CDATA_END],
    ),
    Damage(
        "a section that only text follows",
        "<title><![CDATA[a]]> <3</title>",
        {"title": "a <3"},
        [Code.BARE_LESS_THAN],
    ),
    Damage(
        "HTML without CDATA, ill-formed",
        "<content:encoded><p>un<br>deux &amp; <!-- x --> trois</content:encoded>",
        {"content": "<p>un<br>deux &amp; <!-- x --> trois"},
        [Code.MISSING_CDATA],
    ),
    Damage(
        "WXR's own tags as text of a value",
        "<title>&</title><wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>"
        "<![CDATA[<wp:meta_value>x</wp:meta_value>]]></wp:meta_value></wp:postmeta>",
        {"meta": (Meta(key="k", value="<wp:meta_value>x</wp:meta_value>"),)},
        [Code.BARE_AMPERSAND],
    ),
    Damage(
        "a notice between elements",
        f"<title>T</title>\n{NOTICE}<wp:status>draft</wp:status>",
        {"title": "T", "status": "draft"},
        [Code.PHP_NOTICE],
    ),
    Damage(
        "a notice before a section",
        f"<wp:post_name>{NOTICE}<![CDATA[nom]]></wp:post_name><title>{NOTICE}"
        "<![CDATA[T]]></title>",
        {"slug": "nom", "title": "T"},
        [Code.PHP_NOTICE],
    ),
    Damage(
        "a notice inside and after a value",
        f"<title>un{NOTICE}deux</title><excerpt:encoded><![CDATA[x]]>{NOTICE}"
        "</excerpt:encoded>",
        {"title": "un\ndeux", "excerpt": "x\n"},
        [Code.PHP_NOTICE],
    ),
    Damage(
        "a notice of a server that writes no HTML",
        "<title>\nWarning: trim() in /srv/x.php on line 3\n<![CDATA[T & U]]></title>"
        "<link>&</link>",
        {"title": "T & U", "link": "&"},
        [Code.PHP_NOTICE, Code.BARE_AMPERSAND],
    ),
    Damage(
        "plain notices before values, which XML does not mind",
        "<title>\nPHP Notice:  x in /srv/x.php on line 3\n<![CDATA[T & U]]></title>"
        "<wp:menu_order>\nWarning: y in /srv/x.php on line 4\n7</wp:menu_order>",
        {"title": "T & U", "menu_order": 7},
        [Code.PHP_NOTICE],
    ),
    Damage(
        "plain notices that the writer wrote",
        "<content:encoded><![CDATA[<wp:post_id>\nWarning: y in x.php on line 4\n7"
        "</wp:post_id>]]></content:encoded>"
        "<title>Warning: y in x.php on line 4</title>",
        {
            "content": "<wp:post_id>\nWarning: y in x.php on line 4\n7</wp:post_id>",
            "title": "Warning: y in x.php on line 4",
        },
        [],
    ),
    Damage(
        "what the writer wrote before a number",
        "<title>Notice: Delays on line 7 2024</title>"
        "<wp:post_name>Warning: x on line 3 12</wp:post_name>"
        "<wp:comment><wp:comment_id>1</wp:comment_id>"
        "<wp:comment_author>Error: seat on line 4 12</wp:comment_author></wp:comment>",
        {
            "title": "Notice: Delays on line 7 2024",
            "slug": "Warning: x on line 3 12",
            "comments": (Comment(id=1, author_name="Error: seat on line 4 12"),),
        },
        [],
    ),
    Damage(
        "what the writer wrote before a number, and a message before another",
        "<title>Notice: Delays on line 7 2024</title>"
        "<wp:is_sticky>Warning: x in x.php on line 3 1</wp:is_sticky>",
        {"title": "Notice: Delays on line 7 2024", "sticky": True},
        [Code.PHP_NOTICE],
    ),
    Damage(
        "a notice that the writer wrote",
        "<content:encoded><![CDATA["
        f"{NOTICE}]]></content:encoded><title>Warning: x on line 3 & 4</title>",
        {"content": NOTICE, "title": "Warning: x on line 3 & 4"},
        [Code.BARE_AMPERSAND],
    ),
    Damage(
        "what is left out between the brackets that would end a section",
        f"<title>un]]{NOTICE.strip()}>deux</title>",
        {"title": "un]]>deux"},
        [Code.PHP_NOTICE],
    ),
    Damage(
        "a leaf without its end tag",
        "<title>T\n\n<wp:status>draft\n<wp:post_name><![CDATA[nom]]>\n<link>l</link>",
        {"title": "T", "status": "draft", "slug": "nom", "link": "l"},
        [Code.MISMATCHED_TAG],
    ),
    Damage(
        "metas without their end tags",
        "<wp:postmeta><wp:meta_key>a</wp:meta_key><wp:meta_value><![CDATA[1]]>\n"
        "<wp:postmeta><wp:meta_key>b<wp:meta_value>2</wp:meta_value></wp:postmeta>\n"
        "<wp:postmeta><wp:meta_key>c</wp:meta_key>\n<wp:status>draft</wp:status>",
        {
            "meta": (
                Meta(key="a", value="1"),
                Meta(key="b", value="2"),
                Meta(key="c", value=None),
            ),
            "status": "draft",
        },
        [Code.MISMATCHED_TAG],
    ),
    Damage(
        "a comment without its end tag",
        "<wp:comment><wp:comment_id>1</wp:comment_id>\n"
        "<wp:comment><wp:comment_id>2</wp:comment_id></wp:comment>",
        {"comments": (Comment(id=1), Comment(id=2))},
        [Code.MISMATCHED_TAG],
    ),
    Damage(
        "end tags that end nothing",
        "</wp:post><title>T</title></b>",
        {"title": "T"},
        [Code.MISMATCHED_TAG],
    ),
    Damage(
        "tags that overlap",
        "<x:a><x:b>t</x:a></x:b><title>T</title>",
        {
            "title": "T",
            "extra": (
                (
                    "{urn:unknown:x}a",
                    '<x:a xmlns:x="urn:unknown:x"><x:b>t</x:b></x:a>',
                ),
            ),
        },
        [Code.UNDECLARED_PREFIX, Code.MISMATCHED_TAG],
    ),
    Damage(
        "known and unknown prefixes that nothing declares",
        '<media:content url="u" xlink:href="v"/><title>T</title>',
        {
            "title": "T",
            "extra": (
                (
                    "{http://search.yahoo.com/mrss/}content",
                    (
                        '<media:content xmlns:media="http://search.yahoo.com/mrss/" '
                        'xmlns:xlink="http://www.w3.org/1999/xlink" url="u" '
                        'xlink:href="v"></media:content>'
                    ),
                ),
            ),
        },
        [Code.UNDECLARED_PREFIX],
    ),
    Damage(
        "namespaces that XML forbids",
        '<a:x xmlns:a="http://пример.example/ a" xmlns:1="u" xmlns:xmlns="v"/>',
        {
            "extra": (
                (
                    "{http://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.example/%20a}x",
                    (
                        '<a:x xmlns:a="http://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80'
                        '.example/%20a"></a:x>'
                    ),
                ),
            )
        },
        [Code.BAD_NAMESPACE],
    ),
    Damage(
        "a prefix that is bound to something else here",
        '<a xmlns:wp="http://ailleurs.example/"><wp:status>x</wp:status></a>'
        "<wp:status>draft</wp:status><title>&</title>",
        {
            "status": "draft",
            "extra": (
                (
                    "a",
                    (
                        '<a><wp:status xmlns:wp="http://ailleurs.example/">x</wp:status>'
                        "</a>"
                    ),
                ),
            ),
        },
        [Code.BARE_AMPERSAND],
    ),
    Damage(
        "comments that XML forbids",
        "<!-- a -- b --><title>T</title><!-- c",
        {"title": "T"},
        [Code.BARE_LESS_THAN],
    ),
)


@pytest.mark.parametrize("damage", DAMAGES, ids=[each.what for each in DAMAGES])
def test_damage_is_repaired_and_named(damage: Damage, tmp_path: Path) -> None:
    post, said = only_post(damage.inside, tmp_path)
    repairs = [each for each in said if each.severity is not Severity.INFO]

    got = {name: getattr(post, name) for name in damage.fields}
    assert got == damage.fields
    assert {each.code for each in repairs} >= set(damage.codes)
    assert {each.item for each in said} <= {1}


@pytest.mark.parametrize("damage", DAMAGES, ids=[each.what for each in DAMAGES])
def test_what_comes_after_damage_keeps_its_line(damage: Damage, tmp_path: Path) -> None:
    bad_date = "<wp:post_date>jamais</wp:post_date>"
    text = export(item(f"{damage.inside}\n{bad_date}"))
    lines = text.split("\n")

    _, said = records(text, tmp_path)

    (line,) = [each.line for each in said if each.code is Code.BAD_DATE]
    assert bad_date in lines[(line or 0) - 1]


def test_each_kind_is_told_once_with_its_first_line_and_count(tmp_path: Path) -> None:
    _, said = only_post("<title>\na & b</title>\n<link>& &</link>", tmp_path)

    (problem,) = said
    assert (problem.code, problem.count) == (Code.BARE_AMPERSAND, 3)
    assert (problem.line, problem.item) == (14, 1)


# --- bytes


def _with_bytes(data: bytes, folder: Path) -> tuple[Post, list[wxr.Diagnostic]]:
    text = export(item("<content:encoded><![CDATA[@]]></content:encoded>")).encode()
    found, said = records(text.replace(b"@", data), folder)
    (post,) = [record for record in found if isinstance(record, Post)]
    return post, said


@pytest.mark.parametrize(
    ("data", "content", "code"),
    [
        pytest.param(b"caf\xe9 \x93x\x94", "café “x”", Code.INVALID_BYTES, id="cp1252"),
        pytest.param(
            "déjà ".encode() + b"vu \xe0 l'\xe9t\xe9",
            "déjà vu à l'été",
            Code.INVALID_BYTES,
            id="mixed",
        ),
        pytest.param(b"x\x81y", "x\ufffdy", Code.BAD_ENCODING, id="no character"),
        pytest.param(
            b"fin" + "…".encode()[:2],
            "fin\ufffd",
            Code.BAD_ENCODING,
            id="cut by a column",
        ),
        pytest.param(
            b"\xabcaf\xe9\xbb", "«café»", Code.INVALID_BYTES, id="not cut, but cp1252"
        ),
        pytest.param(
            b"\xed\xa0\xbd\xed\xb8\x80", "😀", Code.INVALID_BYTES, id="cesu-8"
        ),
        pytest.param(b"a\xed\xa0\xbdb", "a\ufffdb", Code.BAD_ENCODING, id="one half"),
        pytest.param(b"\xc0\xaf", "À¯", Code.INVALID_BYTES, id="overlong"),
        pytest.param(
            b"\xef\xbf\xbe", "\ufffd", Code.CONTROL_CHARACTER, id="noncharacter"
        ),
    ],
)
def test_bytes_that_are_no_text_are_read_run_by_run(
    data: bytes, content: str, code: Code, tmp_path: Path
) -> None:
    post, said = _with_bytes(data, tmp_path)

    assert post.content == content
    assert [(each.code, each.line, each.item) for each in said] == [(code, 13, 1)]


SERIALIZED: Final = 'O:1:"A":1:{s:4:"\0A\0b";s:3:"\f\x1b\r";}'


def test_serialized_values_keep_the_characters_that_they_count(tmp_path: Path) -> None:
    inside = (
        "<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA["
        f"{SERIALIZED}]]></wp:meta_value></wp:postmeta>"
        "<wp:postmeta><wp:meta_key>t</wp:meta_key><wp:meta_value>a\0b\r\n"
        "</wp:meta_value></wp:postmeta>"
    )

    post, said = only_post(inside, tmp_path)

    assert [meta.value for meta in post.meta] == [SERIALIZED, "ab\r\n"]
    assert [(each.code, each.count) for each in said] == [(Code.CONTROL_CHARACTER, 5)]


def test_stand_ins_are_never_characters_of_the_export(tmp_path: Path) -> None:
    taken = "".join(map(chr, [*range(0xFDD0, 0xFDF0), *range(0xF0000, 0xF0020)]))
    more = "".join(map(chr, range(0x100000, 0x100020)))

    for text in (taken, taken + more):
        post, _ = only_post(f"<title>{text}\0\f</title>", tmp_path)
        assert post.title is not None
        assert post.title.startswith(text)
        assert len(post.title) == len(text) + 1


# --- bounds


def test_nesting_that_nobody_writes_is_refused_with_its_line(tmp_path: Path) -> None:
    deep = "<a>" * 2100 + "</a>" * 2100
    text = export(item(), item(deep, number=2), item(number=3))

    found, said = records(text, tmp_path)

    assert [post.id for post in found if isinstance(post, Post)] == [1, 3]
    (problem,) = said
    assert (problem.code, problem.item) == (Code.MALFORMED, 2)


# --- properties

DAMAGED_TEXT: Final = st.lists(
    st.sampled_from([*"ab<>&;\"'/=!-[]? \n\0\f\x1b", "]]>", "<![CDATA["])
).map("".join)
MARKUP: Final = st.lists(
    st.sampled_from(
        [
            "<title>", "</title>", "<wp:postmeta>", "</wp:postmeta>", "<wp:meta_key>",
            "</wp:meta_key>", "<wp:meta_value>", "</wp:meta_value>", "<![CDATA[", "]]>",
            "<wp:comment>", "</wp:comment>", "<b>", "</b>", "<br>", "<br/>", "<!--",
            "-->", "<?php", "?>", "&amp;", "&", "<", ">", '"', "x", " ", "\n", "<x:y>",
            '<category domain="', '" nicename="', '">', "</category>", "\0", "&#0;",
            '<a xmlns:wp="u">', "</a>", NOTICE, "&nbsp;", "\udce9", "<wp:category>",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


def _parses(data: bytes) -> etree._Element:
    return etree.fromstring(DEFAULT.wrap(data), etree.XMLParser(huge_tree=True))


@given(MARKUP)
@example("<a xmlns='x'><wp:comment></a>")
@example('<category domain="<category domain="')
@example("<title><![CDATA[<title>]]>")
@example("<\0 ")
@example("<?php<title>?>")
@example("<?XML <b>?>")
@example("<!-- a <!-- b --><title>t</title>")
@example("<× a·='b' ·='c'>")
def test_any_item_is_well_formed_after_repair(inside: str) -> None:
    data = f"<item>{inside}</item>".encode("utf-8", "surrogateescape")
    for is_cut in (False, True):
        repaired = repair(data, DEFAULT, is_cut=is_cut)
        assert repaired is not None
        channel = _parses(repaired.data)[0][0]
        assert len(channel) == 1


@given(MARKUP)
@example("<\0 ")
@example("<×>")
@example("<?php<title>?>")
def test_repair_of_what_is_repaired_changes_nothing(inside: str) -> None:
    data = f"<item>{inside}</item>".encode("utf-8", "surrogateescape")
    once = repair(data, DEFAULT)
    assert once is not None

    twice = repair(once.data, DEFAULT)

    assert twice is not None
    assert etree.tostring(_parses(twice.data)) == etree.tostring(_parses(once.data))


@given(DAMAGED_TEXT)
def test_no_letter_of_a_value_is_lost(text: str) -> None:
    data = f"<item><content:encoded>{text}</content:encoded></item>".encode()
    repaired = repair(data, DEFAULT)
    assert repaired is not None

    whole = "".join(map(str, _parses(repaired.data).itertext()))

    assert re.sub("[^ab]", "", whole) == re.sub("[^ab]", "", text)


_PIECES: Final = (
    "<wp:comment>",
    "</wp:comment>",
    "<wp:comment_id>1</wp:comment_id>",
    "<wp:comment_author><![CDATA[A ] b]]></wp:comment_author>",
    "<wp:comment_content><![CDATA[one]]>two]]></wp:comment_content>",
    "<wp:postmeta>",
    "<wp:meta_key>k</wp:meta_key>",
    "<wp:meta_value><![CDATA[v]]></wp:meta_value>",
    "</wp:postmeta>",
    "<title>plain</title>",
    "<title>salt & pepper</title>",
    "<title>&eacute;</title>",
    "<other:name>of a plugin</other:name>",
    "<zz:title>undeclared</zz:title>",
    "<link>open",
    "<guid isPermaLink='false'>g</guid>",
    "<b>Notice</b>: x in <b>a.php</b> on line <b>1</b>",
    "\n\t",
    "stray",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=14))
@example(["<wp:comment>", "<title>plain</title>", "<wp:comment_id>1</wp:comment_id>"])
@example(["<wp:zz>", "<zz:title>undeclared</zz:title>", "<title>plain</title>"])
def test_sound_leaves_are_copied_as_they_would_be_read(pieces: list[str]) -> None:
    data = f"<item>{''.join(pieces)}</item>".encode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Walk, "_past_sound_leaves", lambda _, at: at)
        slowly = repair(data, DEFAULT)

    assert repair(data, DEFAULT) == slowly


@pytest.mark.parametrize(
    ("uri", "namespace"),
    [
        ('urn:y"d', "urn:y%22d"),
        ("http://пример.example/", "http://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80"),
        ("com-a;b:feed:1", "urn:unknown:com-a%3Bb%3Afeed%3A1"),
        ("http://www.w3.org/2000/xmlns/", "urn:unknown:http%3A%2F%2Fwww.w3.org"),
    ],
)
def test_a_namespace_that_is_none_costs_nothing(
    uri: str, namespace: str, tmp_path: Path
) -> None:
    inside = f"<title>a</title><x:y xmlns:x='{uri}'>1</x:y>"

    post, _ = only_post(inside, tmp_path)

    assert post.title == "a"
    ((name, _),) = post.extra
    assert name.startswith("{" + namespace)


def test_a_prefix_beyond_ascii_costs_nothing(tmp_path: Path) -> None:
    inside = "<title>a</title><wÿp:slug>b</wÿp:slug>"

    post, _ = only_post(inside, tmp_path)

    assert post.title == "a"
    assert post.extra[0][0] == "{urn:unknown:w%C3%BFp}slug"


def test_a_notice_takes_no_element_with_it(tmp_path: Path) -> None:
    inside = (
        "<b>Warning</b>: x <title>a & b</title>\n"
        "<br /><b>Notice</b>: y in <b>f</b> on line <b>3</b><br />"
    )

    post, _ = only_post(inside, tmp_path)

    assert post.title == "a & b"


@pytest.mark.parametrize(
    "text",
    [
        export(item("<wp:postmeta></wp:postmCDATA[words]]></wp:postmeta>")),
        export("</wp:postmCDATA[words]]>", item()),
    ],
)
def test_text_behind_a_slash_is_no_end_tag_and_a_loss(
    text: str, tmp_path: Path
) -> None:
    _, said = records(text, tmp_path)

    lost = [each.message for each in said if each.severity is Severity.LOST]
    assert any("words" in message for message in lost)
