"""Exports with one defect each: what is kept, what is said of it, and on which line.

The files stand beside the project. Each is a small export of three items with one
defect, or of another kind altogether; `00-ok.xml` is the whole one, and what every
other one must give but for the field that its defect is in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest

import wxr
from wxr.diagnostics import Code, Diagnostic, Severity
from wxr.errors import ReadError
from wxr.ledger import Report
from wxr.model import Comment, Meta, Post, TermRef

Said = set[tuple[Code, int | None, int | None]]
"""Code, line and item."""


@dataclass(frozen=True, slots=True)
class Defect:
    """What one broken export must give."""

    said: Said = field(default_factory=set)
    fields: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    """What is otherwise than in the whole export, by the number of the item."""
    exit_code: int = 0
    repeats: int = 1
    """How often the whole export is in it."""


def _term(slug: str) -> dict[int, dict[str, Any]]:
    return {2: {"terms": (TermRef(taxonomy="category", slug=slug, name="A"),)}}


_COMMENT: Final = Comment(
    id=1,
    author_name="x",
    author_url="http://x.test/?a=1&b=2",
    content="hi",
    status="approved",
)
_CUT: Final = {"id": -3, "type": None, "status": None, "date": None}
_CUT_SAID: Final[Said] = {
    (Code.TRUNCATED, 29, -3),
    (Code.MISSING_ID, 29, -3),
    (Code.MISSING_TYPE, 29, -3),
}
_DURATION: Final = (
    "{http://www.itunes.com/dtds/podcast-1.0.dtd}duration",
    (
        '<itunes:duration xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">3'
        "</itunes:duration>"
    ),
)

DEFECTS: Final[Mapping[str, Defect]] = {
    "00-ok.xml": Defect(),
    "01-bom.xml": Defect(),
    "02-leading-newline.xml": Defect(),
    "03-php-notice.xml": Defect({(Code.PHP_NOTICE, 1, None)}),
    "03b-php-notice-plain.xml": Defect({(Code.PHP_NOTICE, 1, None)}),
    "03c-php-notice-mid.xml": Defect({(Code.PHP_NOTICE, 18, None)}),
    "04-ctrl-bs.xml": Defect({(Code.CONTROL_CHARACTER, 22, 2)}, {2: {"content": "ab"}}),
    "04-ctrl-esc.xml": Defect(
        {(Code.CONTROL_CHARACTER, 22, 2)}, {2: {"content": "ab"}}
    ),
    "04-ctrl-ff.xml": Defect(
        {(Code.CONTROL_CHARACTER, 22, 2)}, {2: {"content": "a\nb"}}
    ),
    "04-ctrl-nul.xml": Defect(
        {(Code.CONTROL_CHARACTER, 22, 2)}, {2: {"content": "ab"}}
    ),
    "04-ctrl-vt.xml": Defect(
        {(Code.CONTROL_CHARACTER, 22, 2)}, {2: {"content": "a\nb"}}
    ),
    "05-entity-title.xml": Defect(
        {(Code.NAMED_ENTITY, 19, 2)}, {2: {"title": "A\xa0B…2"}}
    ),
    "06-raw-amp-url.xml": Defect(
        {(Code.BARE_AMPERSAND, 28, 2)}, {2: {"comments": (_COMMENT,)}}
    ),
    "06b-raw-amp-space.xml": Defect(
        {(Code.BARE_AMPERSAND, 19, 2)}, {2: {"title": "A & B 2"}}
    ),
    "07-cdata-nested.xml": Defect(
        {(Code.CDATA_END, 22, 2)},
        {2: {"content": "x <![CDATA[ y ]]> z <b>w</b>"}},
    ),
    "08-latin1-bytes.xml": Defect(
        {(Code.INVALID_BYTES, 22, 2)}, {2: {"content": "café x"}}
    ),
    "09-latin1-declared.xml": Defect(fields={2: {"content": "café"}}),
    "09b-cp1252-declared.xml": Defect(fields={2: {"content": "“café”"}}),
    "09c-latin1-declared-but-utf8.xml": Defect(
        {(Code.WRONG_ENCODING, None, None)}, {2: {"content": "café"}}
    ),
    "10-utf16.xml": Defect(fields={2: {"content": "café"}}),
    "11-trunc-item.xml": Defect(_CUT_SAID, {3: _CUT}, exit_code=3),
    "11b-trunc-cdata.xml": Defect(
        _CUT_SAID, {3: {**_CUT, "content": "<p>c<", "excerpt": None}}, exit_code=3
    ),
    "11c-trunc-fatal.xml": Defect(
        {*_CUT_SAID, (Code.PHP_NOTICE, 33, -3)},
        {3: {**_CUT, "content": "<p>c<", "excerpt": None}},
        exit_code=3,
    ),
    "11d-trunc-no-footer.xml": Defect({(Code.TRUNCATED, 40, None)}, exit_code=3),
    "13-doctype.xml": Defect({(Code.DOCTYPE, 2, None)}),
    "13b-doctype-entity.xml": Defect(
        {(Code.DOCTYPE, 2, None), (Code.UNKNOWN_ENTITY, 20, 2)},
        {2: {"title": "&e;&x;2"}},
        exit_code=3,
    ),
    "13c-doctype-nbsp.xml": Defect(
        {(Code.DOCTYPE, 2, None), (Code.NAMED_ENTITY, 20, 2)},
        {2: {"title": "A\xa0B2"}},
    ),
    "14-undeclared-prefix.xml": Defect(
        {(Code.UNDECLARED_PREFIX, 7, None), (Code.UNDECLARED_PREFIX, 29, 2)},
        {2: {"extra": (_DURATION,)}},
    ),
    "14b-undeclared-wp.xml": Defect({(Code.UNDECLARED_PREFIX, 5, None)}),
    "14c-undeclared-excerpt.xml": Defect({(Code.UNDECLARED_PREFIX, 12, None)}),
    "15-no-postid.xml": Defect({(Code.MISSING_ID, 18, -2)}, {2: {"id": -2}}),
    "15b-dup-postid.xml": Defect(fields={2: {"id": 1}}),
    "16-gzip.xml.gz": Defect(),
    "16b-gzip-named-xml.xml": Defect(),
    "17-trailing-garbage.xml": Defect({(Code.JUNK, 43, None)}),
    "17b-trailing-text.xml": Defect({(Code.JUNK, 43, None)}),
    "18-ns13.xml": Defect({(Code.UNEXPECTED_VERSION, 5, None)}),
    "18b-https.xml": Defect(),
    "18c-renamed-prefix.xml": Defect(),
    "18d-ns-noslash.xml": Defect(),
    "19-charref-ctrl.xml": Defect(
        {(Code.BAD_REFERENCE, 19, 2)}, {2: {"title": "A\nB2"}}
    ),
    "20-fffe.xml": Defect(
        {(Code.CONTROL_CHARACTER, 22, 2)}, {2: {"content": "a\ufffd\ufffdb"}}
    ),
    "20b-surrogate.xml": Defect(
        {(Code.INVALID_BYTES, 22, 2)}, {2: {"content": "a😀b"}}
    ),
    "21-concat.xml": Defect({(Code.SECOND_DOCUMENT, 43, None)}, repeats=2),
    "21b-two-channels.xml": Defect({(Code.SECOND_DOCUMENT, 19, None)}),
    "22-html-not-cdata.xml": Defect(
        {(Code.MISSING_CDATA, 11, 1)}, {1: {"content": "<p>c <b>d</b></p>"}}
    ),
    "22b-html-not-cdata-br.xml": Defect(
        {(Code.MISSING_CDATA, 11, 1)}, {1: {"content": "<p>c<br>d</p>"}}
    ),
    "23-attr-amp.xml": Defect({(Code.BARE_AMPERSAND, 28, 2)}, _term("a&b")),
    "23b-attr-lt.xml": Defect({(Code.BARE_LESS_THAN, 28, 2)}, _term("a<b")),
    "23c-attr-quote.xml": Defect({(Code.BROKEN_ATTRIBUTE, 28, 2)}, _term('a"b')),
    "24-deep.xml": Defect(fields={2: {"extra": (("x", "<x>" * 300 + "</x>" * 300),)}}),
    "25-crlf.xml": Defect(),
    "26-missing-close.xml": Defect({(Code.MISMATCHED_TAG, 15, 1)}),
    "26b-missing-item-close.xml": Defect({(Code.MISMATCHED_TAG, 7, 1)}),
    "27-decl-late.xml": Defect(),
    "28-no-decl.xml": Defect(),
    "29-xml11.xml": Defect(),
    "30-meta-markup.xml": Defect(
        {(Code.MISSING_CDATA, 28, 2)},
        {2: {"meta": (Meta(key="k", value='<a href="x">y</a> z'),)}},
    ),
    "35-crcr.xml": Defect(),
    "36-billion.xml": Defect(
        {(Code.DOCTYPE, 2, None), (Code.UNKNOWN_ENTITY, 20, 2)},
        {2: {"title": "&j;2"}},
        exit_code=3,
    ),
}

REFUSED: Final = {
    "31-empty.xml": "empty",
    "32-html.html": "web page",
    "33-rss-feed.xml": "RSS feed",
}
"""What is no export, and what the error must call it."""

OTHERS: Final = {"34-item-order.xml", "README.md"}


def _read(path: Path) -> tuple[list[Post], list[Diagnostic]]:
    said: list[Diagnostic] = []
    found = list(wxr.read(path, on_diagnostic=said.append))
    return [record for record in found if isinstance(record, Post)], said


def _converted(path: Path, folder: Path) -> Report:
    return wxr.convert(path, folder / "out.jsonl", to="jsonl")


def test_every_broken_export_is_listed(shared: Path) -> None:
    names = {path.name for path in (shared / "broken").iterdir()}

    assert names == {*DEFECTS, *REFUSED, *OTHERS}


@pytest.mark.parametrize("name", DEFECTS)
def test_all_but_the_defect_is_as_in_the_whole_export(name: str, shared: Path) -> None:
    defect = DEFECTS[name]
    whole, _ = _read(shared / "broken" / "00-ok.xml")
    expected = [
        replace(post, **defect.fields.get(number, {}))
        for number, post in enumerate(whole, start=1)
    ]

    posts, said = _read(shared / "broken" / name)

    assert posts == expected * defect.repeats
    assert {(each.code, each.line, each.item) for each in said} == defect.said


@pytest.mark.parametrize("name", DEFECTS)
def test_sums_come_out_and_the_exit_code_is_right(
    name: str, shared: Path, tmp_path: Path
) -> None:
    defect = DEFECTS[name]

    report = _converted(shared / "broken" / name, tmp_path)

    assert report.balanced
    assert report.exit_code == defect.exit_code
    assert report.written.items.total() == 3
    assert report.merged.items.total() == 3 * (defect.repeats - 1)


@pytest.mark.parametrize(("name", "kind"), REFUSED.items())
def test_what_is_no_export_is_refused_by_name(
    name: str, kind: str, shared: Path, tmp_path: Path
) -> None:
    with pytest.raises(ReadError, match=kind):
        _converted(shared / "broken" / name, tmp_path)


def test_elements_may_come_in_any_order(shared: Path, tmp_path: Path) -> None:
    path = shared / "broken" / "34-item-order.xml"
    ((post,), said) = _read(path)

    assert (post.id, post.title, post.meta) == (7, "A", (Meta(key="k", value="v"),))
    assert (said, _converted(path, tmp_path).exit_code) == ([], 0)


# --- real exports that are not well-formed

ILL_FORMED: Final[Mapping[str, tuple[list[int], Said]]] = {
    "ghost-sample": ([204, 4, 14, 15, 5, 135], {(Code.BARE_AMPERSAND, 109, 5)}),
    "ghost-squarespace-sample": (
        [204, 4, 5, 135, 135, 146],
        {
            (Code.BARE_AMPERSAND, 33, 204),
            (Code.NAMED_ENTITY, 33, 204),
            (Code.BARE_AMPERSAND, 122, 5),
        },
    ),
    "jekyll-old-wordpresscom": (
        [1, 2, 3],
        {(Code.UNDECLARED_PREFIX, line, None) for line in (49, 50)},
    ),
    "nikola-unicode": (
        [1, 3],
        {(Code.UNDECLARED_PREFIX, line, None) for line in (51, 52)},
    ),
    "wpi-crazy-cdata": ([1], {(Code.CDATA_END, 18, 1)}),
    # The line is that of the start tag whose end tag is missing.
    "wpi-malformed": ([], {(Code.MISMATCHED_TAG, 27, None)}),
    "wpi-namespace-attacks": (
        [-1, 2, 3, 4, 666, 7, 8, 9, 10],
        {
            (Code.MISSING_ID, 14, -1),
            (Code.REPEATED_ELEMENT, 66, 666),
            (Code.BAD_NAMESPACE, 83, 8),
            (Code.BAD_NAMESPACE, 92, 9),
            (Code.BAD_NAMESPACE, 108, 10),
        },
    ),
    "wpi-namespace-edge": (
        [999, 2, 3, 4, -5, 6],
        {
            (Code.REPEATED_ELEMENT, 48, 999),
            (Code.BAD_NAMESPACE, 84, 4),
            (Code.MISSING_ID, 94, -5),
        },
    ),
}
"""Their items, and all that was repaired or lost."""


@pytest.mark.parametrize("name", ILL_FORMED)
def test_ill_formed_real_exports_give_all_items(
    name: str, real: Path, tmp_path: Path
) -> None:
    ids, repaired = ILL_FORMED[name]
    path = real / f"{name}.xml"

    posts, said = _read(path)
    report = _converted(path, tmp_path)

    assert [post.id for post in posts] == ids
    assert repaired == {
        (each.code, each.line, each.item)
        for each in said
        if each.severity is not Severity.INFO
    }
    assert (report.balanced, report.exit_code) == (True, 0)


def test_every_ill_formed_real_export_is_listed(real: Path) -> None:
    rows = (real / "MANIFEST.tsv").read_text("utf-8").splitlines()
    header, *body = [row.split("\t") for row in rows]
    column = header.index("well_formed")

    assert {Path(row[0]).stem for row in body if row[column] != "yes"} == {*ILL_FORMED}


def test_unescaped_ends_of_cdata_are_read_as_wordpress_regexes_do(real: Path) -> None:
    ((post,), _) = _read(real / "wpi-crazy-cdata.xml")

    assert post.content == "Content with nested <![CDATA[ tags ]]> :)"
    assert [(meta.key, meta.value) for meta in post.meta] == [
        ("Plain string", "Foo"),
        ("Closing CDATA", "]]>"),
        (
            "Alot of CDATA",
            "This has <![CDATA[ opening and ]]> closing <![CDATA[ tags like this: ]]>",
        ),
    ]


def test_namespaces_are_those_of_the_innermost_tag(real: Path) -> None:
    records = list(wxr.read(real / "wpi-namespace-edge.xml"))
    authors = {each.login: each for each in records if isinstance(each, wxr.Author)}
    terms = {each.id for each in records if isinstance(each, wxr.Term)}
    posts = {each.title: each for each in records if isinstance(each, Post)}

    assert authors["real_user"].email == "real@example.com"
    assert "version_conflict" in authors
    assert "fake_ns_user" not in authors
    assert {100, 102} <= terms
    assert 101 not in terms
    assert [meta.key for meta in posts["Mixed Namespaces"].meta] == ["normal_key"]
    assert posts["Unicode Namespace"].id == 4
    assert posts["Hijacked Namespace"].type is None
    bomb = posts["Namespace Bomb"].content
    assert bomb is not None
    assert bomb.startswith("&lol1;")


def test_a_plugin_that_left_a_constant_in_the_namespace_is_read(real: Path) -> None:
    posts, said = _read(real / "learnpress-dummy.xml")

    assert {each.code for each in said} >= {Code.UNKNOWN_NAMESPACE}
    assert posts[0].id == 1511
    assert all(post.id > 0 for post in posts)
