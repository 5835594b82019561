"""Scripts, replayed by each system's own client: the rows are the records."""

import json
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

import wxr
from tests.exporters.running import export
from tests.exporters.sql.databases import (
    Engine,
    Mariadb,
    Postgresql,
    check_rows,
    check_tables,
)
from tests.exporters.sql.sites import (
    Parts,
    every_site_of_fixtures,
    site_of,
    together,
)
from tests.strategies import exports
from wxr.diagnostics import Code
from wxr.errors import UnknownFormatError
from wxr.exporters import Place
from wxr.exporters.sql.script import ScriptExporter
from wxr.model import Meta, Post, Record, Site

FIXTURES: Final = Path(__file__).parents[3] / "fixtures"

# What clients and servers read as more than itself, in any of the dialects.
_PIECES: Final = st.sampled_from(
    [
        *"'\"`\\\n\r\0\t\x1a;#%?xé🙂\ufeff\u2028",
        *("--", "/*", "*/", "\\.", "\\q", "\\N", ":a", "$$", "%s", "\n\\.\n", "\n/\n"),
        *("\n.quit\n", "\nDELIMITER //\n", "\nsource x\n", "\ngo\n", "\\'"),
    ]
)
texts: Final = st.lists(_PIECES, max_size=8).map("".join) | st.text(max_size=20)

few = settings(
    max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _script(records: list[Record], engine: Engine, folder: Path) -> bytes:
    target = folder / "out.sql"
    export(ScriptExporter(engine.dialect), records, target, force=True)
    return target.read_bytes()


def _check(records: list[Record], engine: Engine, folder: Path) -> None:
    engine.replay(_script(records, engine, folder))
    with engine.connected() as ask:
        check_rows(records, ask, engine)


@few
@given(records=exports)
def test_rows_are_the_records(
    records: list[Record], engine: Engine, tmp_path: Path
) -> None:
    _check(records, engine, tmp_path)


_ALL: Final = ["".join(chr(code) for code in range(0x250)), "\r\n", "\n\r", "\r", ""]


@few
@given(values=st.lists(texts, min_size=40, max_size=80))
@example(values=_ALL)
def test_any_text_comes_back(values: list[str], engine: Engine, tmp_path: Path) -> None:
    metas = tuple(Meta(key="k", value=value) for value in values)

    _check([Post(id=1, meta=metas)], engine, tmp_path)


@pytest.mark.parametrize("setting", ["on", "off"])
@few
@given(values=st.lists(texts, min_size=40, max_size=80))
def test_postgresql_may_escape_by_backslash_or_not(
    values: list[str], setting: str, postgresql: Postgresql, tmp_path: Path
) -> None:
    postgresql.setting = f"standard_conforming_strings = {setting}"
    metas = tuple(Meta(key="k", value=value) for value in values)

    _check([Post(id=1, meta=metas)], postgresql, tmp_path)


@pytest.mark.parametrize("mode", ["", "NO_BACKSLASH_ESCAPES,ANSI_QUOTES"])
@settings(few, max_examples=2)
@given(values=st.lists(texts, min_size=40, max_size=80))
def test_mysql_may_escape_by_backslash_or_not(
    values: list[str], mode: str, mariadb: Mariadb, tmp_path: Path
) -> None:
    """What the script sets for itself is left out, to show that it needs none of it."""
    mariadb.setting = mode
    records: list[Record] = [
        Post(id=1, meta=tuple(Meta(key="k", value=value) for value in values))
    ]
    script = _script(records, mariadb, tmp_path)

    mariadb.replay(
        b"".join(
            line
            for line in script.splitlines(keepends=True)
            if not line.startswith(b"SET SESSION sql_mode")
        )
    )

    with mariadb.connected() as ask:
        check_rows(records, ask, mariadb)


def test_a_text_past_any_limit_of_a_statement_comes_back(
    engine: Engine, tmp_path: Path
) -> None:
    """The usual `max_allowed_packet` is 16 MiB; hexadecimal takes twice the room."""
    lines = "une ligne; avec \\ et 'guillemets' et 🙂\n" * 200_000
    post = Post(
        id=1, content=lines, title="é" * 200_000, extra=(("x", lines[:300_000]),)
    )

    _check([post, Post(id=2, content="après")], engine, tmp_path)


def test_a_name_past_any_limit_of_an_index_comes_back(
    engine: Engine, tmp_path: Path
) -> None:
    name = "".join(chr(0x4E00 + number % 20_000) for number in range(0, 90_000, 7))
    records: list[Record] = [
        Post(id=1, type=name, slug=name, meta=(Meta(key=name, value=""),))
    ]

    _check(records, engine, tmp_path)


def test_json_deeper_than_a_database_takes_it_is_left_as_stored(
    engine: Engine, tmp_path: Path
) -> None:
    deep, shallow = ("[" * depth + "]" * depth for depth in (32, 31))
    wide = f"[{', '.join(['[]'] * 40)}]"
    metas = tuple(Meta(key="a", value=value) for value in (deep, shallow, wide))

    _check([Post(id=1, meta=metas)], engine, tmp_path)
    found = ScriptExporter("mysql").render(Post(id=1, meta=metas), Place(0, 0))
    assert [problem.code for problem in found.diagnostics] == [Code.META_NOT_DECODED]


def test_half_a_surrogate_pair_is_spelled_in_json_too(
    engine: Engine, tmp_path: Path
) -> None:
    half = Post(
        id=1, extra=(("x", "\ud83d"),), meta=(Meta(key="a", value='["\\ud83d"]'),)
    )
    engine.replay(_script([half], engine, tmp_path))

    with engine.connected() as ask:
        for query in ("SELECT extra FROM posts", "SELECT decoded FROM post_meta"):
            ((text,),) = ask(query)
            value = json.loads(text) if isinstance(text, str) else text
            assert "\\ud83d" in str(value[0])


def test_what_a_database_cannot_hold_is_spelled_out_and_reported() -> None:
    posts = [Post(id=1, title="a\0b"), Post(id=2, title="\ud83d")]

    for dialect, expected in (("postgresql", [1, 1]), ("mysql", [0, 1])):
        rendered = [ScriptExporter(dialect).render(post, Place(0, 0)) for post in posts]
        found = [[problem.code for problem in each.diagnostics] for each in rendered]
        assert found == [[Code.UNSTORABLE_CHARACTER] * number for number in expected]


def test_the_site_may_hold_what_a_database_cannot(tmp_path: Path) -> None:
    exporter = ScriptExporter("postgresql")

    with exporter.sink(str(tmp_path / "out.sql"), force=False) as sink:
        rendered = exporter.render(Site(title="a\0b"), Place(0, 0))
        sink.write(rendered)

    assert [problem.code for problem in sink.diagnostics] == [Code.UNSTORABLE_CHARACTER]
    assert "a\\\\u0000b" in (tmp_path / "out.sql").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.xml")), ids=lambda p: p.stem)
def test_every_fixture_comes_back_from_sqlite(
    path: Path, sqlite: Engine, tmp_path: Path
) -> None:
    _require_to_come_back(site_of([path], tmp_path), sqlite, tmp_path)


@every_site_of_fixtures
def test_every_fixture_comes_back_from_a_server(
    parts: list[Path], server: Engine, tmp_path: Path
) -> None:
    together(
        parts, tmp_path, lambda site: _require_to_come_back(site, server, tmp_path)
    )


def test_a_fixture_that_does_not_come_back_is_named(tmp_path: Path) -> None:
    parts = [FIXTURES / "blog-fr.xml", FIXTURES / "threads.xml"]

    def hold(site: Parts) -> None:
        assert parts[1] not in site.parts

    with pytest.raises(AssertionError) as caught:
        together(parts, tmp_path, hold)

    assert "threads.xml" in caught.value.__notes__[0]


def _require_to_come_back(site: Parts, engine: Engine, folder: Path) -> None:
    script = folder / "out.sql"
    options = {"dialect": engine.dialect}
    report = wxr.convert(site.parts, script, to="sql", options=options, force=True)

    assert report.balanced
    engine.replay(script.read_bytes())
    with engine.connected() as ask:
        check_tables(site.tables, ask, engine)


def test_a_dialect_that_is_none_is_an_error_that_names_them() -> None:
    with pytest.raises(UnknownFormatError, match="mysql, postgresql, sqlite"):
        ScriptExporter("oracle")
