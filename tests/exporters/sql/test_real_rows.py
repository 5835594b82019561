"""Real exports in every database and by every script: the rows are the records."""

from pathlib import Path
from typing import Final

import pytest

import wxr
from tests import real as real_files
from tests.exporters.sql.databases import Engine, ServerEngine, Sqlite, check_tables
from tests.exporters.sql.sites import Parts, site_of

_GROUPS: Final = 4
_SMALL: Final = ("a8c-gutenberg-test-data", "a8c-jetpack-shortcodes")


def _grouped() -> list[list[Path]]:
    """Give the exports by group; the first group is small."""
    found = real_files.exports()
    small = [real_files.REAL / f"wordpress-7.1-{name}.xml" for name in _SMALL]
    others = [path for path in found if path not in small]
    return [small, *(others[number::_GROUPS] for number in range(_GROUPS))]


@pytest.fixture(
    scope="session",
    params=[0, *(pytest.param(n + 1, marks=pytest.mark.slow) for n in range(_GROUPS))],
)
def site(
    request: pytest.FixtureRequest, real: Path, tmp_path_factory: pytest.TempPathFactory
) -> Parts:
    """Give the site of a group."""
    del real
    return site_of(_grouped()[request.param], tmp_path_factory.mktemp("site"))


def test_rows_in_sqlite(site: Parts, sqlite: Sqlite) -> None:
    report = wxr.convert(site.parts, sqlite.path, to="sqlite")

    assert report.balanced
    with sqlite.connected() as ask:
        check_tables(site.tables, ask, sqlite)


def test_rows_on_a_server(site: Parts, server: ServerEngine) -> None:
    report = wxr.convert(site.parts, server.url, to=server.dialect)

    assert report.balanced
    with server.connected() as ask:
        check_tables(site.tables, ask, server)


def test_rows_of_a_script(site: Parts, engine: Engine, tmp_path: Path) -> None:
    script = tmp_path / "out.sql"
    options = {"dialect": engine.dialect}
    report = wxr.convert(site.parts, script, to="sql", options=options)

    assert report.balanced
    engine.replay(script.read_bytes())
    with engine.connected() as ask:
        check_tables(site.tables, ask, engine)


def test_all_real_exports_are_in_a_group() -> None:
    found = real_files.exports()

    assert sorted(path for group in _grouped() for path in group) == found
