"""JSON in both forms: complete, in order, and readable by anyone."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import given

from tests.exporters.json.reading import read_document, read_lines
from tests.exporters.running import export, tally_of
from tests.strategies import exports
from wxr.diagnostics import Code
from wxr.exporters import Place
from wxr.exporters.json import JsonExporter, JsonLinesExporter
from wxr.exporters.site import merge_sites
from wxr.model import Author, Comment, Meta, Post, Record, Site, Term, TermRef

POST = Post(
    id=7,
    type="post",
    date=datetime(2024, 3, 1, 9, 30),  # noqa: DTZ001 - wall clock
    date_gmt=datetime(2024, 3, 1, 8, 30, tzinfo=UTC),
    terms=(TermRef(taxonomy="category", slug="a", name="A"),),
    comments=(Comment(id=1, author_name="Zoé"),),
    extra=(("{urn:example}rating", "<r>5</r>"),),
)
SITE = Site(title="Le carnet", link="https://carnet.example")


def _document(records: list[Record], tmp_path: Path) -> dict[str, Any]:
    export(JsonExporter(), records, tmp_path / "out.json")
    document = json.loads((tmp_path / "out.json").read_bytes())
    assert isinstance(document, dict)
    return document


def _in_document_order(records: list[Record]) -> list[Record]:
    sites = [record for record in records if isinstance(record, Site)] or [Site()]
    return [
        merge_sites(*sites),
        *(record for record in records if isinstance(record, Author)),
        *(record for record in records if isinstance(record, Term)),
        *(record for record in records if isinstance(record, Post)),
    ]


@given(exports)
def test_lines_read_back_equal_and_in_order(records: list[Record]) -> None:
    with TemporaryDirectory() as folder:
        target = Path(folder, "out.jsonl")

        written = export(JsonLinesExporter(), records, target)

        assert read_lines(target.read_bytes()) == records
        assert written == tally_of(records)


@given(exports)
def test_a_document_reads_back_equal_whatever_the_order(records: list[Record]) -> None:
    """Several parts bring authors and terms after posts; they still come first."""
    with TemporaryDirectory() as folder:
        target = Path(folder, "out.json")

        written = export(JsonExporter(), records, target)

        assert read_document(target.read_bytes()) == _in_document_order(records)
        assert written == tally_of(records)
        assert list(Path(folder).iterdir()) == [target]


def test_keys_are_the_models_in_its_order(tmp_path: Path) -> None:
    document = _document([SITE, Author(), Term(taxonomy="category"), POST], tmp_path)

    assert list(document) == ["format", "version", "site", "authors", "terms", "posts"]
    for found, model in (
        (document["site"], Site),
        (document["authors"][0], Author),
        (document["terms"][0], Term),
        (document["posts"][0], Post),
        (document["posts"][0]["comments"][0], Comment),
        (document["posts"][0]["terms"][0], TermRef),
    ):
        assert list(found) == [field.name for field in fields(model)]


def test_a_line_says_first_what_it_is(tmp_path: Path) -> None:
    records: list[Record] = [SITE, Author(), Term(taxonomy="category"), POST]

    export(JsonLinesExporter(), records, tmp_path / "out.jsonl")

    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert [next(iter(json.loads(line).items())) for line in lines] == [
        ("record", "site"),
        ("record", "author"),
        ("record", "term"),
        ("record", "post"),
    ]


def test_local_times_have_no_offset_and_instants_a_z(tmp_path: Path) -> None:
    post = _document([POST], tmp_path)["posts"][0]

    assert post["date"] == "2024-03-01T09:30:00"
    assert post["date_gmt"] == "2024-03-01T08:30:00Z"
    assert post["modified"] is None


def test_text_is_utf_8_and_not_escaped(tmp_path: Path) -> None:
    export(JsonExporter(), [POST], tmp_path / "out.json")

    assert "Zoé".encode() in (tmp_path / "out.json").read_bytes()


def test_an_export_without_posts_is_a_whole_document(tmp_path: Path) -> None:
    document = _document([SITE], tmp_path)

    assert document["site"]["title"] == "Le carnet"
    assert (document["authors"], document["terms"], document["posts"]) == ([], [], [])


def test_a_lone_surrogate_is_escaped(tmp_path: Path) -> None:
    """No XML can hold one; a library user's record might."""
    post = Post(id=1, title="half \ud83d of one")

    assert _document([post], tmp_path)["posts"][0]["title"] == post.title


def test_a_later_site_fills_only_what_is_absent(tmp_path: Path) -> None:
    later = Site(title="Another", language="fr", extra=(("{urn:x}a", "<a/>"),))

    site = _document([SITE, POST, later], tmp_path)["site"]

    assert site["title"] == "Le carnet"
    assert site["language"] == "fr"
    assert site["extra"] == [["{urn:x}a", "<a/>"]]


def test_the_extra_of_one_site_stays_as_it_is() -> None:
    pair = ("{urn:x}a", "<a/>")
    first = Site(extra=(pair, pair))

    assert merge_sites(first) == first
    assert merge_sites(first, first) == first


META: Final = (
    Meta(key="map", value='a:2:{s:5:"width";i:1600;i:3;d:NAN;}'),
    Meta(key="json", value=' {"a":\n [1]}'),
    Meta(key="null", value="N;"),
    Meta(key="plain", value="12"),
    Meta(key="broken", value="a:1:{i:0;"),
)


def test_what_fields_say_stands_beside_them_on_demand() -> None:
    post = Post(id=3, meta=META, comments=(Comment(id=4, meta=META),))
    decoded = [
        {"width": 1600, "3": {"$php": "float", "value": "NAN"}},
        {"a": [1]},
        None,
        "absent",
        "absent",
    ]

    rendered = JsonLinesExporter(decode_meta=True).render(post, Place(0, 0))

    line = json.loads(rendered.payload)
    for metas in (line["meta"], line["comments"][0]["meta"]):
        assert [Meta(key=m["key"], value=m["value"]) for m in metas] == list(META)
        assert [meta.get("decoded", "absent") for meta in metas] == decoded
    assert {(each.code, each.item) for each in rendered.diagnostics} == {
        (Code.META_NOT_DECODED, 3)
    }


def test_fields_are_left_as_stored_without_it() -> None:
    rendered = JsonLinesExporter().render(Post(id=3, meta=META), Place(0, 0))

    metas = json.loads(rendered.payload)["meta"]
    assert all(meta.keys() == {"key", "value"} for meta in metas)
    assert rendered.diagnostics == []


@given(exports)
def test_decoded_fields_change_nothing_else(records: list[Record]) -> None:
    for record in records:
        plain = JsonLinesExporter().render(record, Place(0, 0))
        decoded = JsonLinesExporter(decode_meta=True).render(record, Place(0, 0))

        assert read_lines(decoded.payload) == read_lines(plain.payload)
        assert decoded.tally == plain.tally


@pytest.mark.parametrize("exporter", [JsonExporter(), JsonLinesExporter()])
def test_a_dash_means_standard_output(
    exporter: JsonExporter | JsonLinesExporter,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    read = read_document if isinstance(exporter, JsonExporter) else read_lines
    records: list[Record] = [SITE, POST]

    export(exporter, records, "-")

    assert read(capfdbinary.readouterr().out) == records


def test_a_failed_run_leaves_no_half_document_on_standard_output(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    with pytest.raises(KeyboardInterrupt), JsonExporter().sink("-", force=False):
        raise KeyboardInterrupt

    assert capfdbinary.readouterr().out == b""
