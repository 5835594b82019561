"""The first pass: everything into the index, and a full disk in one line."""

import sqlite3
from pathlib import Path

import pytest

from wxr.errors import WriteError
from wxr.exporters import Place
from wxr.exporters.index import IndexExporter
from wxr.exporters.markdown import MarkdownExporter
from wxr.index import PathTable, close_indexes, open_index
from wxr.model import Author, Post, Record, Site

RECORDS: tuple[Record, ...] = (
    Site(title="Le carnet"),
    Author(login="ana"),
    Post(id=1, status="publish"),
    Post(id=2, status="draft"),
)


def rule_against(post: Post) -> str | None:
    return None if post.status == "publish" else "status"


EXPORTER = IndexExporter(rule_against=rule_against)


class Full:
    """A database without room."""

    def executemany(self, *_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def execute(self, *_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def close(self) -> None:
        pass


def test_items_are_public_where_no_rule_is_against_them(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"

    with EXPORTER.sink(str(path), force=False) as sink:
        for number, record in enumerate(RECORDS):
            sink.write(EXPORTER.render(record, Place(0, number)))

    found = [entry.id for entry in open_index(str(path)).public_entries()]
    close_indexes()
    assert found == [1]
    assert not sink.written


def test_error_of_the_run_leaves_the_index_unfinished(tmp_path: Path) -> None:
    sink = EXPORTER.sink(str(tmp_path / "index.sqlite"), force=False)

    with pytest.raises(KeyboardInterrupt), sink:
        raise KeyboardInterrupt


def test_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = EXPORTER.sink(str(tmp_path / "index.sqlite"), force=False)
    sink.write(EXPORTER.render(RECORDS[2], Place(0, 0)))
    sink._writer.abandon()
    monkeypatch.setattr(sink._writer, "_database", Full())

    with pytest.raises(WriteError, match="room for temporary files"), sink:
        pass


def test_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="cannot be written"):
        EXPORTER.sink(str(tmp_path / "missing" / "index.sqlite"), force=False)


def test_full_disk_while_paths_are_given_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "index.sqlite"
    with EXPORTER.sink(str(path), force=False) as sink:
        sink.write(EXPORTER.render(RECORDS[2], Place(0, 0)))

    def full(*_: object, **__: object) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(PathTable, "take", full)
    with pytest.raises(WriteError, match="room for temporary files"):
        MarkdownExporter().prepare(str(path))
