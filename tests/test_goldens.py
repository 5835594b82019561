"""The French blog in every format, as files that a reviewer reads."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import wxr
from tests.conftest import Golden

GOLDEN: Final = Path(__file__).parent / "golden" / "blog-fr"


def _files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def _dump(database: Path) -> Iterator[str]:
    """Give tables and rows as SQL text, but for the insides of the search index."""
    connection = sqlite3.connect(database)
    try:
        made = connection.execute(
            "SELECT type, name, sql FROM sqlite_master "
            "WHERE sql IS NOT NULL AND name NOT LIKE 'search_%' ORDER BY rowid"
        ).fetchall()
        for _, _, sql in made:
            yield f"{sql};\n"
        for kind, name, _ in made:
            if kind == "table" and name != "search":
                yield from _rows(connection, name)
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    values = " || ', ' || ".join(f'quote("{column}")' for column in columns)
    for (row,) in connection.execute(f'SELECT {values} FROM "{table}" ORDER BY rowid'):
        yield f"INSERT INTO {table} VALUES ({row});\n"


@pytest.fixture
def blog(fixtures: Path) -> Path:
    return fixtures / "blog-fr.xml"


def test_markdown(blog: Path, tmp_path: Path, golden: Golden) -> None:
    wxr.convert(blog, tmp_path / "blog", to="markdown")

    made = _files(tmp_path / "blog")
    for path in sorted(made):
        golden(
            (tmp_path / "blog" / path).read_text("utf-8"), GOLDEN / "markdown" / path
        )
    assert made == _files(GOLDEN / "markdown")


def test_json(blog: Path, tmp_path: Path, golden: Golden) -> None:
    wxr.convert(blog, tmp_path / "blog.json", to="json")

    document = json.loads((tmp_path / "blog.json").read_bytes())
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    golden(text, GOLDEN / "blog-fr.json")


def test_sqlite(blog: Path, tmp_path: Path, golden: Golden) -> None:
    wxr.convert(blog, tmp_path / "blog.sqlite", to="sqlite")

    golden("".join(_dump(tmp_path / "blog.sqlite")), GOLDEN / "blog-fr.sql")
