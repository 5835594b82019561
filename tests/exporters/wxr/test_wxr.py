"""WXR out: what is written reads as what was written, for every reader there is."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from xml.parsers import expat

import pytest
from hypothesis import given, strategies as st
from lxml import etree

import wxr
from tests.exporters.running import export
from tests.exporters.wxr.fitting import fitting
from tests.real import Shared, Written
from tests.strategies import exports, posts
from wxr.diagnostics import Code, Diagnostic
from wxr.exporters.site import merge_sites
from wxr.exporters.wxr import WxrExporter
from wxr.model import Author, Comment, Extra, Meta, Post, Record, Site, Term, TermRef

FIXTURES: Final = Path(__file__).parents[3] / "fixtures"
EXPORTS: Final = sorted(path.name for path in FIXTURES.glob("*.xml"))

SITE: Final = Site(title="Le carnet", link="https://carnet.example", wxr_version="1.2")


def _by_kind(records: list[Record]) -> dict[str, list[Record]]:
    kinds: dict[str, list[Record]] = {}
    for record in records:
        kinds.setdefault(type(record).__name__, []).append(record)
    return kinds


def _read(path: Path) -> list[Record]:
    return list(wxr.read(path, on_diagnostic=lambda _: None))


def _expected(records: list[Record]) -> list[Record]:
    """Give what is to come back: one header, that names its version."""
    sites = [record for record in records if isinstance(record, Site)] or [Site()]
    site = merge_sites(*sites)
    if not re.fullmatch(r"\d+\.\d+", site.wxr_version or ""):
        site = replace(site, wxr_version="1.2")  # no importer takes one without
    others = [record for record in records if not isinstance(record, Site)]
    return [site, *others]


def _assert_reads_equal(written: Written, records: list[Record]) -> None:
    assert written.report.balanced
    expected, found = _expected(records), _read(written.path)
    if written.report.merged:
        expected, found = [*dict.fromkeys(expected)], [*dict.fromkeys(found)]
    assert _by_kind(found) == _by_kind(expected)
    _assert_well_formed(written.path.read_bytes())


def _round_trip(*records: Record) -> list[Record]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.xml"
        export(WxrExporter(), records, path)
        _assert_well_formed(path.read_bytes())
        return _read(path)


def _assert_well_formed(data: bytes) -> None:
    etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    expat.ParserCreate(namespace_separator=" ").Parse(data, True)  # noqa: FBT003


def _written(*records: Record) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.xml"
        export(WxrExporter(), records, path)
        return path.read_bytes().decode()


def _problems(record: Record) -> list[Diagnostic]:
    from wxr.exporters import Place  # noqa: PLC0415

    return WxrExporter().render(record, Place(0, 0)).diagnostics


@pytest.mark.parametrize("name", EXPORTS)
def test_every_fixture_reads_back_equal(name: str, tmp_path: Path) -> None:
    report = wxr.convert(FIXTURES / name, tmp_path / "out.xml", to="wxr")

    _assert_reads_equal(Written(tmp_path / "out.xml", report), _read(FIXTURES / name))


@pytest.mark.real
def test_every_real_export_reads_back_equal(shared_export: Shared) -> None:
    written = shared_export.written("wxr")

    _assert_reads_equal(written, shared_export.records)

    said = {problem.code for problem in written.report.diagnostics}
    assert Code.NOT_CARRIED not in said


@pytest.mark.real
def test_what_wordpress_wrote_is_written_the_same(real: Path, tmp_path: Path) -> None:
    """To the letter, but for white space between elements and the first comments."""
    originals = sorted(real.glob("wordpress-7.1-*.xml"))
    assert originals

    for original in originals:
        wxr.convert(original, tmp_path / "out.xml", to="wxr", force=True)

        # A comparison by pytest would take minutes to show where megabytes differ.
        assert _is_same(_channel(tmp_path / "out.xml"), _channel(original))


def _is_same(written: str, original: str) -> bool:
    return written == original


def _channel(path: Path) -> str:
    text = path.read_bytes().decode()
    pieces = re.split(
        r"(<!\[CDATA\[.*?\]\]>)", text[text.index("<channel>") :], flags=re.DOTALL
    )
    # Every second piece is CDATA; between the others' tags, white space says nothing.
    pieces[::2] = [
        re.sub(r"(?<=>)\s+(?=<|\Z)|\A\s+(?=<)", "", piece) for piece in pieces[::2]
    ]
    return "".join(pieces)


@given(exports)
def test_any_records_read_back_equal(drawn: list[Record]) -> None:
    records = [fitting(record) for record in drawn]

    found = _by_kind(_round_trip(*records))

    expected = _by_kind(records)
    expected["Site"] = [s for s in _expected(records) if isinstance(s, Site)]
    terms = (found.pop("Term", []), expected.pop("Term", []))
    assert found == expected
    # A parent comes before its children.
    assert sorted(map(repr, terms[0])) == sorted(map(repr, terms[1]))


_UNKNOWN: Final = st.sampled_from(
    (
        ("humeur", "<humeur>gaie</humeur>"),
        (
            "{https://geo.example/ns}lieu",
            '<g:lieu xmlns:g="https://geo.example/ns" nom="&lt;Ici>"></g:lieu>',
        ),
        (
            "{http://wordpress.org/export/1.2/}post_mood",
            '<p:post_mood xmlns:p="http://wordpress.org/export/1.2/">]</p:post_mood>',
        ),
    )
)
_UNFIT: Final = st.sampled_from(
    (
        ("date", "hier"),
        ("date_gmt", "0000-00-00 00:00:00"),
        ("modified", "2024-02-30 10:00:00"),
        ("modified_gmt", "]]>"),
        ("pub_date", "Wed, 30 Nov -0001 00:00:00 +0000"),
        ("parent", "l'autre"),
    )
)


@given(posts, st.lists(_UNKNOWN | _UNFIT, max_size=5, unique=True))
def test_what_has_no_field_comes_back_in_its_order(
    post: Post, extra: list[tuple[str, str]]
) -> None:
    without: dict[str, Any] = {
        name: None for name, text in extra if not text.startswith("<")
    }
    fit = fitting(post)
    assert isinstance(fit, Post)
    fit = replace(fit, **without, extra=tuple(extra))

    (_, found) = _round_trip(SITE, fit)

    assert Code.NOT_CARRIED not in {problem.code for problem in _problems(fit)}
    assert found == fit


@pytest.mark.parametrize(
    "extra",
    [
        # Elements that stood twice: the last with text counts.
        (("title", "Avant"), ("title", "Après")),
        (("date", "2024-01-01 00:00:00"), ("date", "2024-03-01 09:30:00")),
        (("description", "Un résumé"),),
        (
            ("{urn:a}b", '<a:b xmlns:a="urn:a"></a:b>'),
            ("pub_date", "Thu, 01 Jan 1970 00:00:00 +0000"),
            ("description", "]]>"),
        ),
        (("item/@lang", "fr"), ("guid/@data-x", '"<&\n'), ("category/@id", "7")),
        (("category/@id", "7"), ("category/@rel", "8"), ("category/@id", "9")),
        (("{http://wordpress.org/export/1.2/}post_id/@n", "1"),),
        (("title/@{http://www.w3.org/XML/1998/namespace}lang", "fr"),),
        (("title/@{urn:a}b", "c"),),
    ],
    ids=repr,
)
def test_oddities_are_carried(extra: Extra) -> None:
    post = Post(
        id=1,
        type="post",
        title="Après",
        guid="https://carnet.example/?p=1",
        date=datetime(2024, 3, 1, 9, 30),  # noqa: DTZ001 - wall clock
        terms=(
            TermRef(taxonomy="category", slug="a", name="A"),
            TermRef(taxonomy="category", slug="b", name="B"),
        ),
        extra=extra,
    )

    (_, found) = _round_trip(SITE, post)

    assert _problems(post) == []
    assert found == post


@pytest.mark.parametrize(
    "pair",
    [
        ("title", "nulle part"),
        ("", ""),
        ("x", "<x>"),
        ("x", "<y></y>"),
        ("x", "<!DOCTYPE x><x></x>"),
        ("x", "<x></x></item><item>"),
        ("item", "<item></item>"),
        (
            "{http://wordpress.org/export/1.0/}comment",
            '<c:comment xmlns:c="http://wordpress.org/export/1.0/"></c:comment>',
        ),
        ("category/@domain", "injected"),
        ("category/@a=''><x", "injected"),
        ("nowhere/@a", "b"),
    ],
    ids=repr,
)
def test_what_no_element_can_hold_is_reported(pair: tuple[str, str]) -> None:
    post = Post(
        id=1,
        type="post",
        title="Un été",
        terms=(TermRef(taxonomy="category", slug="a", name="A"),),
        extra=(pair,),
    )

    (problem,) = _problems(post)

    assert problem.code is Code.NOT_CARRIED
    (_, found) = _round_trip(SITE, post)
    assert found == replace(post, extra=())


def test_the_end_of_a_cdata_section_is_split_as_wordpress_splits_it() -> None:
    post = Post(id=1, type="post", content="a]]>b")

    assert "<![CDATA[a]]]]><![CDATA[>b]]>" in _written(SITE, post)


def test_a_carriage_return_in_a_serialized_value_survives_any_parser() -> None:
    value = 's:4:"a\r\nb";'
    post = Post(id=1, type="post", meta=(Meta(key="k", value=value),))

    text = _written(SITE, post)

    assert "\r" not in text
    root = etree.fromstring(text.encode())
    (found,) = root.iter("{http://wordpress.org/export/1.2/}meta_value")
    assert found.text == value
    assert _round_trip(SITE, post)[1] == post


def test_characters_that_no_xml_holds_are_left_out_and_said() -> None:
    """Before the text is written: what remains must not end the CDATA section."""
    post = Post(id=1, type="post", content="a]]\x00>b\ud800\uffff")

    (problem,) = _problems(post)

    assert (problem.code, problem.count) == (Code.CONTROL_CHARACTER, 3)
    assert _round_trip(SITE, post)[1] == replace(post, content="a]]>b")


def test_a_serialized_value_that_loses_characters_is_a_loss() -> None:
    private = Meta(key="a", value='O:1:"A":1:{s:4:"\x00A\x00b";i:1;}')
    comment = Comment(id=2, meta=(private, Meta(key="b", value="a\x00b")))
    post = Post(id=1, type="post", meta=(private,), comments=(comment,))

    lost, left_out = _problems(post)

    assert (lost.code, lost.count) == (Code.NOT_CARRIED, 2)
    assert (left_out.code, left_out.count) == (Code.CONTROL_CHARACTER, 5)


def test_a_reply_that_wordpress_would_not_hang_is_said() -> None:
    """Its importer takes comments by id, and knows what it has inserted."""
    comments = (
        Comment(id=9, parent=3),
        Comment(id=3),
        Comment(id=4, parent=9),
        Comment(id=5, parent=77),
    )

    (problem,) = _problems(Post(id=1, type="post", comments=comments))

    assert (problem.code, problem.count) == (Code.REPLY_NUMBERED_FIRST, 1)


def test_parents_come_before_their_children() -> None:
    def term(slug: str, parent: str, taxonomy: str = "category") -> Term:
        return Term(taxonomy=taxonomy, slug=slug, name=slug.upper(), parent=parent)

    given_terms = [
        term("c", "b"),
        term("b", "A"),  # by its name, as WXR 1.0 has it
        term("lone", "missing"),
        term("a", ""),
        term("a", "b", "série"),
        term("x", "y"),
        term("y", "x"),
        term("self", "self"),
    ]

    found = _round_trip(SITE, *given_terms)

    slugs = [record.slug for record in found if isinstance(record, Term)]
    assert slugs == ["lone", "a", "b", "c", "a", "self", "x", "y"]


def test_a_tag_with_a_parent_is_written_as_a_term() -> None:
    tag = Term(taxonomy="post_tag", slug="a", name="A", parent="b")

    assert _round_trip(SITE, tag)[1] == tag


def test_an_author_stands_on_one_line_and_the_version_is_there() -> None:
    """WordPress' oldest reader takes lines for elements, and refuses no version."""
    text = _written(Site(), Author(id=1, login="odile"))

    assert re.search(r"^\s*<wp:author>.*</wp:author>$", text, re.MULTILINE)
    assert "<wp:wxr_version>1.2</wp:wxr_version>" in text


def test_comments_are_written_whole() -> None:
    comments = (
        Comment(id=4, status="approved", content="Merci\n", author_name="R&amp;D"),
        Comment(id=5, type="pingback", status="hold", parent=4, author_url="//a?b&c"),
        Comment(id=6, status="spam", meta=(Meta(key=None, value=None),)),
    )
    post = Post(id=1, type="post", comments=comments)

    assert _round_trip(SITE, post)[1] == post
    assert "<wp:comment_approved><![CDATA[1]]>" in _written(SITE, post)
