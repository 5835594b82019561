"""Every fixture, in every format: the sums come out, and the formats agree."""

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

import wxr
from wxr.diagnostics import Severity
from wxr.exporters import FORMATS, SERVERS
from wxr.ledger import Report

FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
EXPORTS: Final = sorted(path.name for path in FIXTURES.glob("*.xml"))

LOST: Final = {
    "dates.xml": {"bad-date"},
    "doctype.xml": {"unknown-entity"},
    "truncated.xml": {"truncated"},
}
"""The fixtures that lose something, and what for."""

Counts: TypeAlias = Counter[tuple[Any, ...]]

every_fixture = pytest.mark.parametrize("name", EXPORTS)
every_format = pytest.mark.parametrize("to", sorted(FORMATS.keys() - SERVERS))


@every_format
@every_fixture
def test_fixture_converts_and_sums_come_out(name: str, to: str, tmp_path: Path) -> None:
    report = wxr.convert(FIXTURES / name, tmp_path / "out", to=to)

    lost = {
        str(problem.code)
        for problem in report.diagnostics
        if problem.severity is Severity.LOST
    }
    assert lost == LOST.get(name, set())
    assert report.balanced
    assert report.exit_code == (3 if lost else 0)
    _require_custom_fields(report, FIXTURES / name, to)


def _require_custom_fields(report: Report, source: Path, to: str) -> None:
    """Archives hold them all; for readers none is written, and the report says so."""
    expected: Counter[str] = Counter()
    for record in wxr.read(source):
        if isinstance(record, wxr.Post):
            expected["post"] += len(record.meta)
            expected["comment"] += sum(len(each.meta) for each in record.comments)
        elif isinstance(record, wxr.Term):
            expected["term"] += len(record.meta)

    assert report.read.meta == expected
    ends = [report.merged.meta, *(each.meta for each in report.withheld.values())]
    if to == "markdown":
        assert not report.written.meta
    else:
        ends.append(report.written.meta)
        assert not report.withheld
    assert sum(ends, Counter()) == +expected


@every_fixture
def test_json_lines_and_sqlite_agree(name: str, tmp_path: Path) -> None:
    lines = wxr.convert(FIXTURES / name, tmp_path / "out.jsonl", to="jsonl")
    tables = wxr.convert(FIXTURES / name, tmp_path / "out.sqlite", to="sqlite")

    assert lines.written.as_dict() == tables.written.as_dict()
    assert _of_lines(tmp_path / "out.jsonl") == _of_tables(tmp_path / "out.sqlite")


@pytest.mark.parametrize("to", ["json", "jsonl", "sqlite", "wxr"])
def test_archives_withhold_nothing(to: str, tmp_path: Path) -> None:
    report = wxr.convert(FIXTURES / "privacy.xml", tmp_path / "out", to=to)

    assert report.withheld == {}
    assert report.written.as_dict() == report.read.as_dict()


def test_markdown_holds_nothing_private(tmp_path: Path) -> None:
    report = wxr.convert(FIXTURES / "privacy.xml", tmp_path / "out", to="markdown")

    text = "".join(
        path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()
    )
    assert "Tout le monde peut lire ceci." in text
    assert "SECRET" not in text
    assert "josette@" not in text
    assert "192.0.2." not in text
    items = {rule: sum(kept.items.values()) for rule, kept in report.withheld.items()}
    assert items == {
        "comment-status:hold": 0,
        "comment-status:post-trashed": 0,
        "comment-status:spam": 0,
        "comment-status:trash": 0,
        "comment-type:note": 0,
        "comment-type:order_note": 0,
        "password": 1,
        "status:draft": 2,
        "status:future": 1,
        "status:pending": 1,
        "status:private": 1,
        "status:trash": 1,
        "status:wc-processing": 1,
    }


def test_markdown_stays_inside_its_folder(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "c" / "out"
    target.mkdir(parents=True)

    for name in ("slugs.xml", "hostile.xml"):
        wxr.convert(FIXTURES / name, target / name, to="markdown")

    outside = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and target not in path.parents
    ]
    assert outside == []
    assert list(target.rglob("*.md"))


def _of_lines(path: Path) -> Counts:
    counts: Counts = Counter()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            _count_record(counts, record)
    return counts


def _count_record(counts: Counts, record: dict[str, Any]) -> None:
    kind = record["record"]
    if kind == "post":
        counts["post", record["type"], record["status"]] += 1
        counts["meta",] += len(record["meta"])
        counts["ref",] += len(record["terms"])
        for comment in record["comments"]:
            counts["comment", comment["type"], comment["status"]] += 1
            counts["comment meta",] += len(comment["meta"])
    elif kind == "term":
        counts["term meta",] += len(record["meta"])
    elif kind == "author":
        counts["author",] += 1


_QUERIES: Final = {
    "post": "SELECT type, status, count(*) FROM posts GROUP BY type, status",
    "comment": "SELECT type, status, count(*) FROM comments GROUP BY type, status",
    "author": "SELECT count(*) FROM authors",
    "meta": "SELECT count(*) FROM post_meta",
    "ref": "SELECT count(*) FROM post_terms",
    "comment meta": "SELECT count(*) FROM comment_meta",
    "term meta": "SELECT count(*) FROM term_meta",
}


def _of_tables(path: Path) -> Counts:
    counts: Counts = Counter()
    connection = sqlite3.connect(path)
    try:
        for kind, query in _QUERIES.items():
            for *keys, number in connection.execute(query):
                counts[kind, *keys] += number
    finally:
        connection.close()
    return counts
