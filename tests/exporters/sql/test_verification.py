"""Databases of servers, compared with the export that was loaded into them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

import wxr
from tests.exporters.running import export
from tests.exporters.sql.databases import Postgresql, ServerEngine
from wxr.cli import main
from wxr.errors import ReadError, WxrError
from wxr.exporters import exporter_class
from wxr.exporters.json import JsonLinesExporter
from wxr.model import Comment, Meta, Post, Record, Site
from wxr.verification import verify
from wxr.verification.database import is_same_json

FIXTURES: Final = Path(__file__).parents[3] / "fixtures"
BLOG: Final = FIXTURES / "blog-fr.xml"
TELLING: Final = ("blog-fr.xml", "dates.xml", "hostile.xml", "meta.xml", "threads.xml")


@pytest.mark.parametrize("name", TELLING)
def test_what_was_loaded_is_whole(name: str, server: ServerEngine) -> None:
    wxr.convert(FIXTURES / name, server.url, to=server.dialect)

    found = verify(FIXTURES / name, server.url)

    assert found.format == server.dialect
    assert found.findings == ()
    assert found.extras == ()
    assert all(score.is_whole for score in found.scores.values())


def test_what_no_database_holds_is_no_difference(
    server: ServerEngine, tmp_path: Path
) -> None:
    deep = "a:1:{i:0;" * 40 + "N;" + "}" * 40
    records: list[Record] = [
        Post(
            id=1,
            title="\0 \ud800",
            content="\\ 'x' " * 100_000,
            meta=(Meta(key="deep", value=deep), Meta(key="j", value='{"b":1,"a":2}')),
            comments=(Comment(id=1, content="🙂"),),
        )
    ]
    source = tmp_path / "in.jsonl"
    export(JsonLinesExporter(), records, source)
    wxr.convert(source, server.url, to=server.dialect)

    found = verify(source, server.url)

    assert found.findings == ()
    assert found.is_whole


def test_differences_are_named(server: ServerEngine) -> None:
    wxr.convert(BLOG, server.url, to=server.dialect)
    with server.connected() as ask:
        ask("UPDATE posts SET title = 'X' WHERE title LIKE 'Lecture%'")
        ask("UPDATE comments SET date = '2001-02-03 04:05:06' WHERE row_id = 2")
        ask("DELETE FROM post_meta WHERE row_id = 1")

    found = verify(BLOG, server.url)

    shown = {
        finding.difference.source.partition(":")[0]
        for finding in found.findings
        if finding.difference
    }
    assert shown == {"posts, row 3, title", "post_meta, row 1"}
    assert found.scores["comments"].lost == 1
    assert found.scores["rows"].lost == 1
    assert found.exit_code == 3


@pytest.mark.parametrize(
    "changed", ['{"b":2.0,"a":true}', '{"a":1,"b":2}', '{"a":true,"b":2.0}']
)
def test_json_is_the_same_to_the_letter_where_it_is_kept_so(
    changed: str, tmp_path: Path
) -> None:
    text = 'a:2:{s:1:"a";b:1;s:1:"b";i:2;}'
    source, target = tmp_path / "in.jsonl", tmp_path / "out.db"
    post = Post(id=1, meta=(Meta(key="k", value=text),))
    export(JsonLinesExporter(), [Site(), post], source)
    wxr.convert(source, target, to="sqlite")
    assert verify(source, str(target)).is_whole
    with closing(sqlite3.connect(target)) as database, database:
        database.execute("UPDATE post_meta SET decoded = ?", (changed,))

    (finding,) = verify(source, str(target)).findings

    assert finding.difference is not None
    assert finding.difference.source.startswith("post_meta, row 1, decoded")


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ('{"b": 2, "a": true, "c": 1.8446744073709552e19}', True),
        ('{"b": 2.0, "a": true, "c": 18446744073709551616}', False),
        ('{"b": 2, "a": 1, "c": 18446744073709551616}', False),
        ('{"b": 2', False),
        (None, False),
    ],
)
def test_json_that_mysql_writes_anew_is_the_same_value(
    other: object, *, is_same: bool
) -> None:
    mine = '{"a":true,"b":2,"c":18446744073709551616}'

    assert is_same_json(mine, other) is is_same


def test_rows_behind_the_last_are_named(server: ServerEngine) -> None:
    wxr.convert(BLOG, server.url, to=server.dialect)
    export(exporter_class(server.dialect)(append=True), [Post(id=9)], server.url)

    found = verify(BLOG, server.url)

    assert [name.partition(",")[0] for name in found.extras] == ["posts"]
    assert found.exit_code == 0


def test_the_command_finds_tables_where_it_is_told(server: ServerEngine) -> None:
    elsewhere = (f"--{server.elsewhere}", "elsewhere")
    loaded = _run(
        *("convert", BLOG, "--to", server.dialect, "--out", server.url),
        *("--verify", "--quiet", *elsewhere),
    )

    assert loaded == (0, "")
    assert _run("verify", BLOG, "--against", server.url, *elsewhere)[0] == 0
    status, said = _run("verify", BLOG, "--against", server.url)
    assert status == 1
    assert "has no table site that wxr made; name schema and prefix" in said


def _run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*map(str, arguments)])
    return result.exit_code, result.stderr


def test_no_message_shows_a_password(postgresql: Postgresql) -> None:
    wxr.convert(BLOG, postgresql.url, to="postgresql")
    url = postgresql.url.replace("wxr@", "wxr:geheim@")

    found = verify(BLOG, url)

    assert "geheim" not in str(found.as_dict())
    for wrong in (url.replace("/postgres?", "/absent?"), f"{url}&nope=1"):
        with pytest.raises(WxrError) as caught:
            verify(BLOG, wrong)
        assert "geheim" not in str(caught.value)
        assert "\n" not in str(caught.value)


def test_tables_of_others_are_not_compared(server: ServerEngine) -> None:
    with server.connected() as ask:
        ask("CREATE TABLE posts (title VARCHAR(20))")

    with pytest.raises(ReadError, match="has no table site that wxr made"):
        verify(BLOG, server.url)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", "mysql", "--schema", "s"), "--schema is for"),
        (("--to", "sqlite", "--prefix", "p"), "--prefix is for"),
        (("--to", "mysql", "--prefix", "1"), "--prefix: wants up to 24 letters"),
    ],
)
def test_names_that_a_database_lacks_are_wrong_usage(
    options: tuple[str, ...], said: str
) -> None:
    status, message = _run("verify", BLOG, "--against", "mysql://a@h/b", *options)

    assert status == 2
    assert said in message


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", "sql"), "replay the script into a database, and verify"),
        (("--to", "mysql", "--append"), "not for --append"),
        (("--to", "json", "--redact"), "--redact changes it"),
    ],
)
def test_what_cannot_be_verified_is_refused_before_the_work(
    options: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    out = ("--out", tmp_path / "out", "--verify")

    status, message = _run("convert", BLOG, *options, *out)

    assert status == 2
    assert said in message
    assert not (tmp_path / "out").exists()
