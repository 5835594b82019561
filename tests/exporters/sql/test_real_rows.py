"""Real exports in every database and by every script: the rows are the records.

Several exports are loaded together, as parts of one site, because a server needs longer
to make tables than to take what one of them holds.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

import wxr
from tests import real as real_files
from tests.exporters.json.reading import read_lines
from tests.exporters.sql.databases import Engine, ServerEngine, Sqlite, check_rows
from wxr.model import Record

_GROUPS: Final = 4
_SMALL: Final = ("a8c-gutenberg-test-data", "a8c-jetpack-shortcodes")

every_group = pytest.mark.parametrize(
    "group",
    [-1, *(pytest.param(number, marks=pytest.mark.slow) for number in range(_GROUPS))],
)


@pytest.fixture
def parts(group: int, real: Path) -> list[Path]:
    """Give the exports of a group; the one before the first is small."""
    if group < 0:
        return [real / f"wordpress-7.1-{name}.xml" for name in _SMALL]
    return sorted(real.glob("*.xml"))[group::_GROUPS]


def _records(parts: Sequence[Path], folder: Path) -> list[Record]:
    """Give what is to be found, doubles merged, by way of another format."""
    wxr.convert(list(parts), folder / "out.jsonl", to="jsonl")
    return read_lines((folder / "out.jsonl").read_bytes())


@every_group
def test_rows_in_sqlite(parts: list[Path], sqlite: Sqlite, tmp_path: Path) -> None:
    report = wxr.convert(parts, sqlite.path, to="sqlite")

    assert report.balanced
    with sqlite.connected() as ask:
        check_rows(_records(parts, tmp_path), ask, sqlite)


@every_group
def test_rows_on_a_server(
    parts: list[Path], server: ServerEngine, tmp_path: Path
) -> None:
    report = wxr.convert(parts, server.url, to=server.dialect)

    assert report.balanced
    with server.connected() as ask:
        check_rows(_records(parts, tmp_path), ask, server)


@every_group
def test_rows_of_a_script(parts: list[Path], engine: Engine, tmp_path: Path) -> None:
    script = tmp_path / "out.sql"
    options = {"dialect": engine.dialect}
    report = wxr.convert(parts, script, to="sql", options=options)

    assert report.balanced
    engine.replay(script.read_bytes())
    with engine.connected() as ask:
        check_rows(_records(parts, tmp_path), ask, engine)


def test_all_real_exports_are_in_a_group() -> None:
    found = real_files.exports()

    assert sorted(path for n in range(_GROUPS) for path in found[n::_GROUPS]) == found
