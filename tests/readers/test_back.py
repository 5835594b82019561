"""What wxr wrote reads back equal, and converts as the export itself would."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import given

import wxr
from tests.exporters.running import export
from tests.real import Shared, Written
from tests.strategies import exports
from wxr.exporters import exporter_class
from wxr.exporters.site import merge_sites
from wxr.inspection import inspect
from wxr.model import Post, Record, Site

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
EXPORTS: Final = sorted(path.name for path in FIXTURES.glob("*.xml"))
BLOG: Final = FIXTURES / "blog-fr.xml"

every_format = pytest.mark.parametrize("to", ["json", "jsonl", "sqlite"])


def _read(path: Path) -> list[Record]:
    return list(wxr.read(path, on_diagnostic=lambda _: None))


def _sorted(records: list[Record], *, merged: bool = False) -> list[list[Record]]:
    """Give the records by kind, as documents hold them; a site that is there."""
    if merged:
        records = list(dict.fromkeys(records))
    sites = [record for record in records if isinstance(record, Site)] or [Site()]
    kinds: dict[str, list[Record]] = {"Site": [merge_sites(*sites)]}
    for record in records:
        if not isinstance(record, Site):
            kinds.setdefault(type(record).__name__, []).append(record)
    return [kinds[name] for name in sorted(kinds)]


def _assert_reads_back(written: Written, records: list[Record]) -> None:
    seen: list[wxr.Diagnostic] = []

    found = list(wxr.read(written.path, on_diagnostic=seen.append))

    merged = bool(written.report.merged)
    assert _sorted(found, merged=merged) == _sorted(records, merged=merged)
    assert seen == []


@every_format
@pytest.mark.parametrize("name", EXPORTS)
def test_every_fixture_reads_back_equal(name: str, to: str, tmp_path: Path) -> None:
    report = wxr.convert(FIXTURES / name, tmp_path / "out", to=to)

    _assert_reads_back(Written(tmp_path / "out", report), _read(FIXTURES / name))


@pytest.mark.real
@every_format
def test_every_real_export_reads_back_equal(shared_export: Shared, to: str) -> None:
    _assert_reads_back(shared_export.written(to), shared_export.records)


@every_format
@given(drawn=exports.filter(bool))
def test_any_records_read_back_equal(drawn: list[Record], to: str) -> None:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        export(exporter_class(to)(), drawn, target)

        assert _sorted(_read(target)) == _sorted(drawn)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@every_format
def test_markdown_of_it_is_that_of_the_export(to: str, tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "back", to=to)

    wxr.convert(BLOG, tmp_path / "one", to="markdown")
    report = wxr.convert(tmp_path / "back", tmp_path / "other", to="markdown")

    assert _files(tmp_path / "other") == _files(tmp_path / "one")
    assert report.balanced
    assert report.exit_code == 0
    assert report.inputs[0].bytes == (tmp_path / "back").stat().st_size
    assert len(report.inputs[0].sha256) == 64


@every_format
@pytest.mark.parametrize("again", ["json", "jsonl", "wxr"])
def test_it_converts_to_what_the_export_converts_to(
    to: str, again: str, tmp_path: Path
) -> None:
    wxr.convert(BLOG, tmp_path / "back", to=to)
    wxr.convert(BLOG, tmp_path / "one", to=again)

    report = wxr.convert(tmp_path / "back", tmp_path / "other", to=again)

    assert report.balanced
    assert (tmp_path / "other").read_bytes() == (tmp_path / "one").read_bytes()


@every_format
def test_in_several_processes_it_is_the_same(
    to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wxr.conversion._LEAST_FOR_PROCESSES", 0)
    monkeypatch.setattr("wxr.conversion._LEAST_PER_JOB", 1)
    wxr.convert(BLOG, tmp_path / "back", to=to)

    wxr.convert(tmp_path / "back", tmp_path / "one", to="jsonl")
    wxr.convert(tmp_path / "back", tmp_path / "two", to="jsonl", jobs=2)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@every_format
def test_it_can_be_inspected(to: str, tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "back", to=to)

    found, expected = inspect(tmp_path / "back"), inspect(BLOG)

    assert found.survey.as_dict() == expected.survey.as_dict()


@every_format
def test_it_is_known_in_folders_and_archives(to: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    wxr.convert(BLOG, folder / "blog.anything", to=to)
    shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    subprocess.run(["gzip", "-k", folder / "blog.anything"], check=True)
    (folder / "blog.anything.gz").rename(tmp_path / "blog.gz")

    expected = _sorted(_read(BLOG))
    for source in (folder, tmp_path / "packed.zip", tmp_path / "blog.gz"):
        assert _sorted(_read(source)) == expected


@every_format
def test_it_goes_together_with_an_export(to: str, tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "back", to=to)
    sources = [tmp_path / "back", FIXTURES / "pingbacks.xml"]

    report = wxr.convert(sources, tmp_path / "out.jsonl", to="jsonl")

    items = sum(isinstance(r, Post) for path in sources for r in _read(path))
    assert report.balanced
    assert report.read.items.total() == items


def test_json_and_json_lines_of_one_export_are_merged(tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "a.json", to="json")
    wxr.convert(BLOG, tmp_path / "a.jsonl", to="jsonl")

    report = wxr.convert(
        [tmp_path / "a.json", tmp_path / "a.jsonl"], tmp_path / "o", to="jsonl"
    )

    assert report.balanced
    assert report.merged.items == report.written.items


def _indented(path: Path) -> str:
    return json.dumps(json.loads(path.read_bytes()), indent=4, ensure_ascii=False)


def _on_one_line(path: Path) -> str:
    return json.dumps(json.loads(path.read_bytes()), ensure_ascii=True)


def _carriage_returns(path: Path) -> str:
    return path.read_text("utf-8").replace("\n", "\r\n")


def _marked(path: Path) -> str:
    return "\ufeff" + path.read_text("utf-8")


@pytest.mark.parametrize(
    "laid_out", [_indented, _on_one_line, _carriage_returns, _marked]
)
@pytest.mark.parametrize("name", ["blog-fr.xml", "hostile.xml", "empty-channel.xml"])
def test_a_document_laid_out_anew_is_read_too(
    name: str, laid_out: Callable[[Path], str], tmp_path: Path
) -> None:
    wxr.convert(FIXTURES / name, tmp_path / "a.json", to="json")
    again = tmp_path / "b.json"
    again.write_text(laid_out(tmp_path / "a.json"), "utf-8", newline="")
    seen: list[wxr.Diagnostic] = []

    found = list(wxr.read(again, on_diagnostic=seen.append))

    assert _sorted(found) == _sorted(_read(FIXTURES / name))
    assert seen == []


@pytest.mark.parametrize("indent", [None, 2])
def test_a_sequence_of_objects_is_read_too(indent: int | None, tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "a.jsonl", to="jsonl")
    lines = (tmp_path / "a.jsonl").read_text("utf-8").split("\n")[:-1]
    objects: list[Any] = [json.loads(line) for line in lines]
    text = "\n".join(json.dumps(each, indent=indent) for each in objects)
    (tmp_path / "b.jsonl").write_text(text)

    assert _read(tmp_path / "b.jsonl") == _read(BLOG)
