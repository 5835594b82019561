"""JSON, JSON Lines and SQLite: whole as written; what is changed is named by field."""

import json
import sqlite3
from pathlib import Path
from typing import Final

import pytest

import wxr
from wxr.errors import WxrError
from wxr.verification import verify

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
BLOG: Final = FIXTURES / "blog-fr.xml"
EXPORTS: Final = sorted(path.name for path in FIXTURES.glob("*.xml"))
UNREAD: Final = {"malformed-item.xml"}

every_format = pytest.mark.parametrize("to", ["json", "jsonl", "sqlite"])


def _written(to: str, folder: Path, name: str = "blog-fr.xml") -> Path:
    target = folder / f"out.{to}"
    wxr.convert(FIXTURES / name, target, to=to)
    return target


@every_format
@pytest.mark.parametrize("name", EXPORTS)
def test_what_was_written_is_whole(name: str, to: str, tmp_path: Path) -> None:
    target = _written(to, tmp_path, name)

    found = verify(FIXTURES / name, str(target))

    assert found.format == to
    assert found.findings == ()
    assert found.extras == ()
    assert all(score.is_whole for score in found.scores.values())


@pytest.mark.parametrize("to", ["json", "jsonl"])
def test_decoded_custom_fields_are_no_difference(to: str, tmp_path: Path) -> None:
    target = tmp_path / f"out.{to}"
    wxr.convert(FIXTURES / "meta.xml", target, to=to, options={"decode_meta": True})

    assert verify(FIXTURES / "meta.xml", str(target)).findings == ()


@every_format
def test_a_changed_field_is_named(to: str, tmp_path: Path) -> None:
    target = _written(to, tmp_path)
    if to == "sqlite":
        with sqlite3.connect(target) as database:
            database.execute("UPDATE posts SET title = 'X' WHERE title LIKE 'Lecture%'")
    else:
        text = target.read_text("utf-8")
        target.write_text(text.replace('"title":"Lecture', '"title":"X'), "utf-8")

    found = verify(BLOG, str(target))

    (finding,) = found.findings
    assert finding.difference is not None
    assert "title: " in finding.difference.source
    assert "X" in finding.difference.written
    assert finding.scores["records"].lost == 1
    assert found.exit_code == 3


@every_format
def test_a_lost_record_is_named_and_the_rest_is_found(to: str, tmp_path: Path) -> None:
    target = _written(to, tmp_path)
    if to == "sqlite":
        with sqlite3.connect(target) as database:
            (key,) = database.execute("SELECT max(row_id) FROM posts").fetchone()
            database.execute("DELETE FROM posts WHERE row_id = ?", (key,))
    else:
        lines = target.read_text("utf-8").splitlines(keepends=True)
        post = next(n for n, line in enumerate(lines) if '"title":"Lecture' in line)
        target.write_text("".join(lines[:post] + lines[post + 1 :]), "utf-8")

    found = verify(BLOG, str(target))

    assert found.missing == 1
    assert [finding.problem for finding in found.findings] == ["is not there"]
    assert found.exit_code == 3


@pytest.mark.parametrize("to", ["json", "jsonl"])
def test_a_record_nobody_asked_for_is_named(to: str, tmp_path: Path) -> None:
    target = _written(to, tmp_path)
    lines = target.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if '"title":"Lecture' in line)
    other = json.loads(lines[at].rstrip(",\n")) | {"id": 99_999}
    line = f"{json.dumps(other, ensure_ascii=False)}{',' if to == 'json' else ''}\n"
    target.write_text("".join([*lines[:at], line, *lines[at:]]), "utf-8")

    found = verify(BLOG, str(target))

    assert found.extras == ("post 99999",)
    assert not found.is_whole
    assert found.exit_code == 0


def test_what_is_no_database_is_an_error_in_one_line(tmp_path: Path) -> None:
    target = tmp_path / "blog.db"
    target.write_bytes(b"SQLite format 3\0" + b"\0" * 100)

    with pytest.raises(WxrError) as caught:
        verify(BLOG, str(target))

    assert "\n" not in str(caught.value)
