"""Databases of servers: rows equal to the records, all of them or none."""

import gc
import os
import re
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from time import monotonic
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

import wxr
from tests.exporters.running import export, tally_of
from tests.exporters.sql.databases import (
    Ask,
    Mariadb,
    Postgresql,
    ServerEngine,
    check_rows,
    check_tables,
)
from tests.exporters.sql.sites import Parts, every_site_of_fixtures, together
from tests.strategies import exports
from wxr.errors import OptionError, WriteError
from wxr.exporters import AnyExporter, exporter_class
from wxr.exporters.sql.dialects import MARK
from wxr.exporters.sql.statements import Names, drop_tables
from wxr.model import Author, Comment, Meta, Post, Record

FIXTURES: Final = Path(__file__).parents[3] / "fixtures"
BLOG: Final = FIXTURES / "blog-fr.xml"
PATIENCE: Final = 60

few = settings(
    max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _exporter(server: ServerEngine, **options: object) -> AnyExporter:
    return exporter_class(server.dialect)(**options)


def _load(records: list[Record], server: ServerEngine, *, force: bool = False) -> None:
    written = export(_exporter(server), records, server.url, force=force)

    assert written == tally_of(records)


def _titles(ask: Ask, table: str = "posts") -> list[Any]:
    return [title for (title,) in ask(f"SELECT title FROM {table} ORDER BY row_id")]


def _tables(server: ServerEngine) -> set[str]:
    query = (
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_schema IN ('public', 'blog')"
    )
    with server.connected() as ask:
        return {name for (name,) in ask(query)}


@few
@given(records=exports)
def test_rows_are_the_records(records: list[Record], server: ServerEngine) -> None:
    _load(records, server, force=True)

    with server.connected() as ask:
        check_rows(records, ask, server)


@every_site_of_fixtures
def test_every_fixture_comes_back(
    parts: list[Path], server: ServerEngine, tmp_path: Path
) -> None:
    def hold(site: Parts) -> None:
        report = wxr.convert(site.parts, server.url, to=server.dialect, force=True)

        assert report.balanced
        with server.connected() as ask:
            check_tables(site.tables, ask, server)

    together(parts, tmp_path, hold)


def test_long_texts_and_many_rows_come_back(server: ServerEngine) -> None:
    text = "une ligne; avec \\ et 'guillemets' et 🙂\n" * 20_000
    posts: list[Record] = [
        Post(id=number, content=text[: 1 << number], comments=(Comment(id=number),) * 9)
        for number in range(20)
    ]
    _load([*posts * 4, Post(id=9, content=text)], server)

    with server.connected() as ask:
        check_rows([*posts * 4, Post(id=9, content=text)], ask, server)


def test_tables_that_are_there_are_refused_and_stay(server: ServerEngine) -> None:
    _load([Post(id=1, title="first")], server)

    with pytest.raises(WriteError, match=r"--force .* --append"):
        _load([Post(id=2, title="second")], server)

    with server.connected() as ask:
        assert _titles(ask) == ["first"]


def test_force_replaces_tables_and_views(server: ServerEngine) -> None:
    _load([Post(id=1, title="first")], server)

    _load([Post(id=2, title="second", comments=(Comment(id=1),))], server, force=True)

    with server.connected() as ask:
        assert _titles(ask) == ["second"]
        assert ask("SELECT count(*) FROM comment_threads") == [(1,)]


def test_force_replaces_what_is_left_of_our_tables(server: ServerEngine) -> None:
    """An older version of wxr may have made fewer."""
    _load([Post(id=1, title="first")], server)
    with server.connected() as ask:
        for view in ("comment_threads", "pingbacks"):
            ask(f"DROP VIEW {view}")
        ask("DROP TABLE comment_places")

    _load([Post(id=2, title="second")], server, force=True)

    with server.connected() as ask:
        assert _titles(ask) == ["second"]


def test_append_adds_behind_what_is_there(server: ServerEngine) -> None:
    first, second = (
        Post(id=1, title=title, comments=(Comment(id=5, content=title),))
        for title in ("first", "second")
    )
    _load([first, Author(login="a")], server)

    more = export(_exporter(server, append=True), [second], server.url)

    assert more == tally_of([second])
    with server.connected() as ask:
        assert _titles(ask) == ["first", "second"]
        assert ask("SELECT row_id, post_row_id FROM comments ORDER BY row_id") == [
            (1, 1),
            (2, 2),
        ]
        assert ask("SELECT count(*) FROM comment_threads") == [(2,)]


def test_append_makes_tables_where_there_are_none(server: ServerEngine) -> None:
    export(_exporter(server, append=True), [Post(id=1, title="a")], server.url)

    with server.connected() as ask:
        assert _titles(ask) == ["a"]


def test_append_and_force_do_not_go_together(server: ServerEngine) -> None:
    with pytest.raises(OptionError, match="--force"):
        export(_exporter(server, append=True), [], server.url, force=True)


@pytest.mark.parametrize("force", [False, True])
def test_a_table_that_wxr_did_not_make_is_never_replaced(
    server: ServerEngine, *, force: bool
) -> None:
    with server.connected() as ask:
        ask("CREATE TABLE posts (title VARCHAR(20))")

    with pytest.raises(WriteError, match=r"posts that wxr did not make"):
        _load([], server, force=force)

    with server.connected() as ask:
        assert ask("SELECT title FROM posts") == []


def test_tables_go_where_they_are_told(server: ServerEngine) -> None:
    _load([Post(id=1, title="here")], server)

    exporter = _exporter(server, **{server.elsewhere: "elsewhere"})
    export(exporter, [Post(id=1, title="there")], server.url)

    there = {"schema": "elsewhere.posts", "prefix": "elsewhereposts"}
    with server.connected() as ask:
        assert _titles(ask) == ["here"]
        assert _titles(ask, there[server.elsewhere]) == ["there"]


@pytest.mark.parametrize("name", ["", "1a", "a" * 25, 'a"; DROP', "é"])
def test_what_is_no_name_is_refused(name: str, server: ServerEngine) -> None:
    if not name:
        return
    with pytest.raises(OptionError, match="letters, digits"):
        export(_exporter(server, prefix=name), [], server.url)


def _killed(server: ServerEngine) -> Iterator[Record]:
    yield Post(id=1, title="x" * 3_000_000)
    server.kill_clients()
    yield Post(id=2, title="y" * 3_000_000)


@pytest.mark.parametrize("force", [False, True])
def test_a_connection_that_is_lost_leaves_what_was_there(
    server: ServerEngine, *, force: bool
) -> None:
    if force:
        _load([Post(id=1, title="before")], server)

    with pytest.raises(WriteError) as caught:
        export(_exporter(server), _killed(server), server.url, force=force)

    assert "nothing was changed" in str(caught.value)
    assert "\n" not in str(caught.value)
    tables = _tables(server)
    assert bool(tables) == force
    assert {name for name in tables if name.startswith("wxr_")} == set()
    with server.connected() as ask:
        assert not force or _titles(ask) == ["before"]


def test_the_next_run_drops_what_killed_ones_left(mariadb: Mariadb) -> None:
    """But not the drafts of a run that lives, nor tables that are not ours."""

    def left_behind(prefix: str) -> list[str]:
        return [f"wxr_new_{prefix}{name}" for name in ("site", "authors", "posts")]

    with mariadb.connected() as ask:
        for name in left_behind("") + left_behind("dead_") + left_behind("live_"):
            ask(f"CREATE TABLE {name} (row_id INT) COMMENT '{MARK}'")
        ask("CREATE TABLE wxr_new_their_authors (row_id INT)")
        ask("SELECT get_lock('wxr:blog:live_', 0)")

        _load([Post(id=1, title="a")], mariadb)

        kept = ask("SHOW TABLES LIKE 'wxr|_%'".replace("|", "\\"))
    assert sorted(name for (name,) in kept) == sorted(
        [*left_behind("live_"), "wxr_new_their_authors"]
    )


def test_drafts_are_dropped_under_the_lock_of_their_prefix(
    mariadb: Mariadb, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run of it cannot begin while they go, and can once they are gone."""
    lock = "SELECT is_free_lock('wxr:blog:dead_')"
    free: list[int] = []
    with mariadb.connected() as ask:
        ask(f"CREATE TABLE wxr_new_dead_authors (row_id INT) COMMENT '{MARK}'")

        def watched(names: Names) -> Iterator[str]:
            if names.prefix == "wxr_new_dead_":
                free.extend(number for (number,) in ask(lock))
            return drop_tables(names)

        monkeypatch.setattr("wxr.exporters.sql.mysql.drop_tables", watched)
        exporter = _exporter(mariadb)
        with exporter.sink(mariadb.url, force=False):
            free.extend(number for (number,) in ask(lock))

    assert free == [0, 1]


_BUSY: Final = {
    "mysql": (
        "mysql.create_indexes",
        "SELECT benchmark(1000000000000, md5('a')) FROM wxr_new_posts",
    ),
    "postgresql": ("postgresql.closing", "SELECT pg_sleep(300) FROM posts"),
}
"""What makes statements for the end of a run, and one that takes long."""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no timer that interrupts")
def test_an_interrupt_while_the_server_is_busy_ends_at_once_and_leaves_nothing(
    server: ServerEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, statement = _BUSY[server.dialect]
    monkeypatch.setattr(f"wxr.exporters.sql.{name}", lambda _: [statement])
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    began = monotonic()
    try:
        signal.setitimer(signal.ITIMER_REAL, 1)
        with pytest.raises(KeyboardInterrupt):
            export(_exporter(server), [Post(id=1)], server.url)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert monotonic() - began < PATIENCE
    assert _tables(server) == set()


def test_an_error_elsewhere_leaves_nothing(server: ServerEngine) -> None:
    def failing() -> Iterator[Record]:
        yield Post(id=1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(_exporter(server), failing(), server.url)

    _load([Post(id=1)], server)


def test_terms_are_linked_as_in_sqlite(server: ServerEngine, tmp_path: Path) -> None:
    wxr.convert(FIXTURES / "types.xml", server.url, to=server.dialect)
    wxr.convert(FIXTURES / "types.xml", tmp_path / "out.sqlite", to="sqlite")

    query = (
        "SELECT refs.row_id, terms.row_id, terms.taxonomy, terms.slug, terms.name"
        " FROM post_terms AS refs JOIN terms ON terms.row_id = refs.term_row_id"
        " ORDER BY refs.row_id"
    )
    with (
        server.connected() as ask,
        closing(sqlite3.connect(tmp_path / "out.sqlite")) as sqlite,
    ):
        assert ask(query) == sqlite.execute(query).fetchall()
        assert ask(query)


def test_words_are_found_without_their_accents(
    postgresql: Postgresql, mariadb: Mariadb
) -> None:
    for server in (postgresql, mariadb):
        wxr.convert(BLOG, server.url, to=server.dialect)

    with postgresql.connected() as ask:
        found = ask(
            "SELECT post_row_id, comment_row_id FROM search"
            " WHERE words @@ websearch_to_tsquery('simple', 'cafe')"
        )
        assert found == [(5, None)]
    with mariadb.connected() as ask:
        query = "SELECT row_id FROM posts WHERE MATCH (title, content) AGAINST ('cafe')"
        assert ask(query) == [(5,)]


def test_more_words_than_an_index_can_hold_are_no_error(
    postgresql: Postgresql,
) -> None:
    """The worst there is: letters of four bytes, in compounds that are words thrice."""
    letters = [chr(0x20000 + number) for number in range(100)]
    words = ("".join(word) for word in product(letters, repeat=3))
    text = " ".join(f"{one}-{other}" for one, other in zip(words, words, strict=False))
    posts: list[Record] = [
        Post(id=1, content=text, comments=(Comment(id=1, content=text),)),
        Post(id=2, content=" ".join(f"w{number}" for number in range(1_000_000))),
    ]

    _load(posts, postgresql)

    with postgresql.connected() as ask:
        check_rows(posts, ask, postgresql)
        found = "SELECT post_row_id FROM search WHERE words @@ '{}'::tsquery"
        assert ask(found.format(text[:3])) == [(1,), (1,)]
        assert ask(found.format("w9999")) == [(2,)]


@pytest.fixture
def small_packets(mariadb: Mariadb) -> Iterator[Mariadb]:
    """Give a server that takes statements of one mebibyte."""
    with mariadb.connected() as ask:
        ((before,),) = ask("SELECT @@GLOBAL.max_allowed_packet")
        ask(f"SET GLOBAL max_allowed_packet = {1 << 20}")
        yield mariadb
        ask(f"SET GLOBAL max_allowed_packet = {before}")


def test_statements_are_no_larger_than_the_server_takes(small_packets: Mariadb) -> None:
    posts: list[Record] = [Post(id=n, content="été " * 30_000) for n in range(1, 21)]
    posts.append(Post(id=21, content="word " * 180_000))

    _load(posts, small_packets)

    with small_packets.connected() as ask:
        check_rows(posts, ask, small_packets)


def test_a_text_that_no_statement_holds_is_said_and_nothing_stays(
    small_packets: Mariadb,
) -> None:
    words = " ".join(f"w{number}" for number in range(1_000_000))

    with pytest.raises(WriteError, match=r"raise max_allowed_packet") as caught:
        _load([Post(id=1, content=words)], small_packets)

    assert "\n" not in str(caught.value)
    with small_packets.connected() as ask:
        assert ask("SHOW TABLES") == []


def test_a_script_ends_at_a_text_that_the_server_does_not_take(
    small_packets: Mariadb, tmp_path: Path
) -> None:
    text = " ".join(f"w{number}" for number in range(1_000_000))
    script = tmp_path / "blog.sql"
    export(exporter_class("sql")(dialect="mysql"), [Post(id=1, content=text)], script)

    with pytest.raises(AssertionError, match="'row_id' cannot be null"):
        small_packets.replay(script.read_bytes())


@pytest.mark.parametrize(
    ("to", "url", "expected"),
    [
        ("postgresql", "postgresql://a:geheim@/absent?host={}", "createuser NAME"),
        ("postgresql", "postgresql://wxr@/absent?host={}", "createdb NAME"),
        ("postgresql", "postgresql://a:geheim@h:65536/x", "no port 65536"),
        ("mysql", "mysql://a:geheim@127.0.0.1:99999/x", "no port 99999"),
        ("mysql", "mysql://a:geheim@127.0.0.1:0/x", "no port 0"),
        ("postgresql", "postgresql://a:geheim@/x?host=/nowhere", "No such file"),
        ("postgresql", "postgresql://a:ge/heim@localhost/x", "%2F"),
        ("postgresql", "postgresql://a@127.0.0.1:1/x?password=geheim", "refused"),
        ("postgresql", "postgresql://a:geheim@127.0.0.1:1/x?row_factory=1", "row_fac"),
        ("mysql", "mysql://a:geh@eim@127.0.0.1:1/x", "refused"),
        ("mysql", "mysql://root:geheim@/x?unix_socket=/nowhere", "No such file"),
        ("mysql", "mysql://a:geheim@h:12x/x", "HOST:PORT/"),
        ("mysql", "mysql://a:geheim@h/x?nope=1", "no option here"),
        ("mysql", "postgresql://a:geheim@h/x", "is no address"),
        ("mysql", "geheim", "is no address"),
    ],
)
# PyMySQL leaves a socket that it could not connect to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_is_wrong_with_an_address_is_one_line_without_secrets(
    to: str, url: str, expected: str, postgresql: Postgresql
) -> None:
    with pytest.raises(WriteError, match=expected) as caught:
        export(exporter_class(to)(), [], url.format(postgresql.server.folder))

    message = str(caught.value)
    assert "\n" not in message
    assert "geheim" not in message.replace("geheim: is no", "")
    del caught
    gc.collect()  # so that the socket is met here, and not in another test


def test_a_database_that_is_not_there_is_one_line(mariadb: Mariadb) -> None:
    url = mariadb.url.replace("/blog", "/absent")

    with pytest.raises(WriteError, match=r"Unknown database 'absent'.*CREATE DATABASE"):
        export(_exporter(mariadb), [], url)


def test_the_report_and_messages_name_no_password(postgresql: Postgresql) -> None:
    url = postgresql.url.replace("wxr@", "wxr:geheim@")

    report = wxr.convert(BLOG, url, to="postgresql")

    assert "geheim" not in str(report.as_dict())
    assert report.target.startswith("postgresql://wxr:***@/postgres")


def test_a_database_in_another_encoding_is_refused(postgresql: Postgresql) -> None:
    with postgresql.connected() as ask:
        ask(
            "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
            " TEMPLATE template0",
        )

    with pytest.raises(WriteError, match="LATIN1, which cannot hold all characters"):
        _load_at(postgresql, postgresql.url.replace("/postgres?", "/latin?"))

    with postgresql.connected() as ask:
        ask("DROP DATABASE latin")


def _load_at(server: ServerEngine, url: str) -> None:
    export(_exporter(server), [Post(id=1, meta=(Meta(key="k", value="v"),))], url)


@pytest.mark.parametrize(
    ("to", "driver"), [("postgresql", "psycopg"), ("mysql", "pymysql")]
)
def test_without_its_driver_a_format_says_what_to_install(
    to: str, driver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [driver, f"wxr.exporters.sql.{to}"]:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, driver, None)

    with pytest.raises(WriteError, match=rf"pip install 'wxr-migrate\[{to}\]'"):
        export(exporter_class(to)(), [], f"{to}://me@localhost/blog")


_PAGE: Final = Path(__file__).parents[3] / "docs" / "questions.md"
_ANSWERED: Final = re.compile(r"```sql\n(.*?);\n```\n\n```text\n(.*?)```", re.DOTALL)


def test_servers_answer_the_questions_of_the_page_alike(server: ServerEngine) -> None:
    """But for full text, and for how a year is cut out of a date."""
    wxr.convert(BLOG, server.url, to=server.dialect)
    questions = _ANSWERED.findall(_PAGE.read_text("utf-8"))

    with server.connected() as ask:
        for query, answer in questions[:9]:
            rows = ask(query.replace("substr(date, 1, 4)", "extract(year FROM date)"))
            assert "".join("|".join(map(str, row)) + "\n" for row in rows) == answer
    assert len(questions) == 10
