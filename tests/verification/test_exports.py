"""WXR that was written: whole as it is; what is changed is named by field."""

import re
from pathlib import Path
from typing import Final

import pytest

import wxr
from tests.exporters.running import export
from tests.real import Shared
from wxr.errors import WxrError
from wxr.exporters.wxr import WxrExporter
from wxr.model import Author, Post, Record, Site, Term
from wxr.verification import Verification, verify

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
BLOG: Final = FIXTURES / "blog-fr.xml"
EXPORTS: Final = sorted(path.name for path in FIXTURES.glob("*.xml"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Give the French blog as it was written."""
    target = tmp_path / "out.xml"
    wxr.convert(BLOG, target, to="wxr")
    return target


def _replaced(target: Path, old: str, new: str) -> Verification:
    text = target.read_text("utf-8")
    assert old in text
    target.write_text(text.replace(old, new), "utf-8")
    return verify(BLOG, str(target))


def _is_whole(found: Verification) -> bool:
    return not found.findings and not found.extras and found.is_whole


@pytest.mark.parametrize("name", EXPORTS)
def test_what_was_written_is_whole(name: str, tmp_path: Path) -> None:
    target = tmp_path / "out.xml"
    wxr.convert(FIXTURES / name, target, to="wxr")

    found = verify(FIXTURES / name, str(target))

    assert found.format == "wxr"
    assert found.findings == ()
    assert found.extras == ()
    assert all(score.is_whole for score in found.scores.values())


@pytest.mark.real
def test_what_was_written_of_real_exports_is_whole(shared_export: Shared) -> None:
    target = shared_export.written("wxr").path

    found = verify(shared_export.export, str(target))

    assert found.findings == ()
    assert found.extras == ()


def test_parts_are_compared_as_one(tmp_path: Path) -> None:
    target = tmp_path / "out.xml"
    wxr.convert(BLOG, target, to="wxr", options={"split": 9_000})
    assert len(list(tmp_path.iterdir())) > 1

    assert _is_whole(verify(BLOG, str(target)))

    (tmp_path / "out.002.xml").unlink()
    assert verify(BLOG, str(target)).missing


def test_terms_may_stand_in_another_order(tmp_path: Path) -> None:
    """Parents are written first; a difference is one all the same."""
    source, target = tmp_path / "in.jsonl", tmp_path / "out.xml"
    child = Term(taxonomy="category", slug="child", parent="parent", id=1)
    parent = Term(taxonomy="category", slug="parent", name="Above", id=2)
    wxr_records: list[Record] = [Site(), child, parent, Post(id=1)]
    _as_lines(wxr_records, source)
    export(WxrExporter(), wxr_records, target)
    assert target.read_text("utf-8").index("Above") < target.read_text().index("child")

    assert _is_whole(verify(source, str(target)))

    target.write_text(target.read_text("utf-8").replace("Above", "Below"), "utf-8")
    (finding,) = verify(source, str(target)).findings
    assert finding.path == "term category/parent"
    assert finding.difference is not None
    assert finding.difference.source == 'name: "Above"'


def _as_lines(records: list[Record], path: Path) -> None:
    from wxr.exporters import exporter_class  # noqa: PLC0415

    export(exporter_class("jsonl")(), records, path)


def test_what_no_xml_holds_is_no_difference(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.xml"
    records: list[Record] = [Site(), Author(login="a\0b"), Post(id=1, title="a\x01b")]
    _as_lines(records, source)
    wxr.convert(source, target, to="wxr")

    assert _is_whole(verify(source, str(target)))


@pytest.mark.parametrize(
    ("old", "new", "path", "field"),
    [
        ("quel bonheur", "bonheur", "post 52", "comments[0]"),
        ("<title><![CDATA[Lecture", "<title><![CDATA[X", "post 52", "title"),
        ("<language>fr", "<language>en", "site", "language"),
    ],
)
def test_a_changed_field_is_named(
    old: str, new: str, path: str, field: str, target: Path
) -> None:
    found = _replaced(target, old, new)

    (finding,) = found.findings
    assert finding.path == path
    assert finding.difference is not None
    assert finding.difference.source.startswith(f"{field}: ")
    assert found.exit_code == 3


def test_a_lost_record_is_named_and_the_rest_is_found(target: Path) -> None:
    items = re.findall(r"\t<item>.*?</item>\n", target.read_text("utf-8"), re.DOTALL)

    found = _replaced(target, items[1], "")

    assert found.missing == 1
    assert [finding.problem for finding in found.findings] == ["is not there"]


def test_records_nobody_asked_for_are_named(target: Path) -> None:
    old = "\t<wp:author>"
    new = "\t<wp:author><wp:author_login>x</wp:author_login></wp:author>\n\t<wp:author>"
    text = target.read_text("utf-8")
    item = text[text.index("\t<item>") : text.index("</item>")]
    other = re.sub(r"post_id>\d+", "post_id>99999", item)

    _replaced(target, item, f"{other}</item>\n{item}")
    found = _replaced(target, old, new)

    assert found.extras == ("post 99999", "author x")
    assert found.exit_code == 0


def test_what_is_no_export_is_an_error_in_one_line(tmp_path: Path) -> None:
    target = tmp_path / "blog.xml"
    target.write_bytes(b"<?xml version='1.0'?><html/>")

    with pytest.raises(WxrError) as caught:
        verify(BLOG, str(target))

    assert "\n" not in str(caught.value)


def test_a_script_is_to_be_replayed_and_its_database_verified(tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "blog.sql", to="sql", options={"dialect": "mysql"})

    with pytest.raises(WxrError, match="replay it into a database, and verify against"):
        verify(BLOG, str(tmp_path / "blog.sql"))
