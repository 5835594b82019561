"""SQLite: rows equal to the records, and what only a database can answer."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given

import wxr
from tests.exporters.running import export, tally_of
from tests.strategies import exports
from wxr.diagnostics import Code
from wxr.exporters import Place
from wxr.exporters.site import merge_sites
from wxr.exporters.sql import full_text, search
from wxr.exporters.sql.sqlite import SqliteExporter
from wxr.model import Author, Comment, Meta, Post, Record, Site, Term, TermRef

_OWN_TABLES = {"terms", "meta", "comments"}


@contextmanager
def database(records: list[Record]) -> Iterator[sqlite3.Connection]:
    """Give a database that holds the records."""
    with TemporaryDirectory() as folder:
        target = Path(folder, "out.sqlite")
        written = export(SqliteExporter(), records, target)
        assert written == tally_of(records)
        with closing(sqlite3.connect(target)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection


def _rows(
    connection: sqlite3.Connection, query: str, *values: object
) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(query, values)]


def _stored(value: object) -> object:
    """Give a field's value as a column has it."""
    if isinstance(value, datetime):
        return value.isoformat(" ")[:19]
    if isinstance(value, tuple):
        return [list(pair) for pair in value]
    return value


def _expected(record: Record | Comment) -> dict[str, Any]:
    return {
        field.name: _stored(getattr(record, field.name))
        for field in fields(record)
        if field.name not in _OWN_TABLES
    }


def _found(row: sqlite3.Row) -> dict[str, Any]:
    values = {name: row[name] for name in row.keys() if not name.endswith("row_id")}  # noqa: SIM118 - a Row is not a mapping
    return values | {"extra": json.loads(values["extra"])}


def _metas(record: Post | Term | Comment) -> list[tuple[str | None, str | None]]:
    return [(meta.key, meta.value) for meta in record.meta]


def _of(records: list[Record], kind: type) -> list[Any]:
    return [record for record in records if isinstance(record, kind)]


@given(exports)
def test_any_records_are_in_a_sound_database(records: list[Record]) -> None:
    """All that holds of any records is asked of one database: to make it takes most."""
    with database(records) as connection:
        _require_equal_fields(records, connection)
        _require_rows_of_their_record(records, connection)
        _require_soundness(connection)
        _require_one_term_for_each_mention(connection)
        _require_one_place_for_each_comment(connection)


def _require_equal_fields(
    records: list[Record], connection: sqlite3.Connection
) -> None:
    posts = _of(records, Post)
    comments = [comment for post in posts for comment in post.comments]
    for table, expected in (
        ("site", [merge_sites(*(_of(records, Site) or [Site()]))]),
        ("authors", _of(records, Author)),
        ("posts", posts),
        ("comments", comments),
    ):
        rows = connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
        assert [_found(row) for row in rows] == list(map(_expected, expected))
    rows = connection.execute("SELECT * FROM terms WHERE extra IS NOT NULL").fetchall()
    assert [_found(row) for row in rows] == list(map(_expected, _of(records, Term)))


def _require_rows_of_their_record(
    records: list[Record], connection: sqlite3.Connection
) -> None:
    posts = _of(records, Post)
    comments = [(row, c) for row, post in enumerate(posts, 1) for c in post.comments]
    assert _rows(
        connection,
        "SELECT post_row_id, taxonomy, slug, name FROM post_terms ORDER BY row_id",
    ) == [
        (row, ref.taxonomy, ref.slug, ref.name)
        for row, post in enumerate(posts, 1)
        for ref in post.terms
    ]
    assert _rows(connection, "SELECT post_row_id FROM comments ORDER BY row_id") == [
        (row,) for row, _ in comments
    ]
    for table, owner, owners in (
        ("post_meta", "post_row_id", posts),
        ("term_meta", "term_row_id", _of(records, Term)),
        ("comment_meta", "comment_row_id", [comment for _, comment in comments]),
    ):
        query = f"SELECT {owner}, key, value FROM {table} ORDER BY row_id"
        assert _rows(connection, query) == [
            (row, *meta)
            for row, record in enumerate(owners, 1)
            for meta in _metas(record)
        ]


def test_serialized_values_stand_beside_what_they_say() -> None:
    metas = (
        Meta(key="map", value='a:1:{s:5:"width";i:1600;}'),
        Meta(key="json", value='{"id": [1]}'),
        Meta(key="null", value="N;"),
        Meta(key="plain", value="12"),
        Meta(key="absent", value=None),
    )
    post = Post(id=1, meta=metas, comments=(Comment(id=2, meta=metas),))
    with database([Term(taxonomy="category", meta=metas), post]) as connection:
        for table in ("term_meta", "post_meta", "comment_meta"):
            query = f"SELECT value, decoded FROM {table} ORDER BY row_id"
            assert _rows(connection, query) == [
                ('a:1:{s:5:"width";i:1600;}', '{"width":1600}'),
                ('{"id": [1]}', '{"id":[1]}'),
                ("N;", "null"),
                ("12", None),
                (None, None),
            ]
        query = "SELECT json_extract(decoded, '$.width') FROM post_meta WHERE key = ?"
        assert _rows(connection, query, "map") == [(1600,)]


def test_what_cannot_be_decoded_is_reported_with_its_item() -> None:
    post = Post(id=1, meta=(Meta(key="k", value="a:1:{i:0;"),))

    rendered = SqliteExporter().render(post, Place(0, 0))

    assert [(each.code, each.item) for each in rendered.diagnostics] == [
        (Code.META_NOT_DECODED, 1)
    ]


def _require_soundness(connection: sqlite3.Connection) -> None:
    assert _rows(connection, "PRAGMA integrity_check") == [("ok",)]
    assert _rows(connection, "PRAGMA foreign_key_check") == []
    assert _rows(connection, "PRAGMA user_version") == [(1,)]
    connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")


def _require_one_term_for_each_mention(connection: sqlite3.Connection) -> None:
    """By slug where both have one, else by name; a row is made for what is left."""
    pairs = _rows(
        connection,
        """
        SELECT refs.taxonomy = terms.taxonomy, refs.slug, terms.slug,
               refs.name, terms.name, terms.id, terms.extra
        FROM post_terms AS refs
        LEFT JOIN terms ON terms.row_id = refs.term_row_id
        """,
    )

    for same_taxonomy, slug, term_slug, name, term_name, id_, extra in pairs:
        if not slug and not name:
            assert same_taxonomy is None
            continue
        assert same_taxonomy
        assert slug == term_slug if slug and term_slug else name == term_name
        assert extra is not None or id_ is None


def _require_one_place_for_each_comment(connection: sqlite3.Connection) -> None:
    rows = _rows(
        connection,
        """
        SELECT count(*), count(DISTINCT comment_row_id), count(root_row_id),
               count(depth), count(path)
        FROM comment_threads
        """,
    )
    numbers = _rows(connection, "SELECT count(*) FROM comments")

    assert rows == [numbers[0] * 5]


def _comment(number: int, **values: Any) -> Comment:  # noqa: ANN401 - any field
    return replace(
        Comment(id=number, date_gmt=datetime(2024, 1, 1, 0, 0, number, tzinfo=UTC)),
        **values,
    )


def test_threads_have_depth_root_and_an_order() -> None:
    comments = (
        _comment(4, parent=2),
        _comment(1),
        _comment(2, parent=1),
        _comment(3),
        _comment(5, parent=99),
        _comment(6, parent=7),
        _comment(7, parent=6),
    )
    posts: list[Record] = [
        Post(id=8, comments=(_comment(9),)),
        Post(id=1, comments=comments),
    ]

    with database(posts) as connection:
        rows = _rows(
            connection,
            """
            SELECT comments.id, roots.id, depth, path, comment_threads.post_row_id
            FROM comment_threads
            JOIN comments ON comments.row_id = comment_row_id
            JOIN comments AS roots ON roots.row_id = root_row_id
            WHERE comment_threads.post_row_id = 2
            ORDER BY path
            """,
        )

    assert rows == [
        (1, 1, 0, "1", 2),
        (2, 1, 1, "1/1", 2),
        (4, 1, 2, "1/1/1", 2),
        (3, 3, 0, "2", 2),
        (5, 5, 0, "3", 2),
        (6, 6, 0, "4", 2),
        (7, 6, 1, "4/1", 2),
    ]


def test_orphans_and_circles_are_reported() -> None:
    post = Post(id=1, comments=(_comment(5, parent=99), _comment(6, parent=6)))

    found = SqliteExporter().render(post, Place(0, 0)).diagnostics

    assert Counter(problem.code for problem in found) == Counter(
        [Code.COMMENT_ORPHAN, Code.COMMENT_CYCLE]
    )
    assert {problem.item for problem in found} == {1}


def test_pingbacks_stand_beside_their_post() -> None:
    comments = (
        _comment(1),
        _comment(
            2, type="pingback", author_name="A page", author_url="http://a.example"
        ),
        _comment(3, type="trackback"),
    )
    post = Post(id=7, title="Un", link="https://blog.example/un", comments=comments)

    with database([post]) as connection:
        rows = _rows(
            connection,
            """
            SELECT type, author_name, author_url, post_title, post_link FROM pingbacks
            """,
        )

    assert rows == [
        ("pingback", "A page", "http://a.example", "Un", "https://blog.example/un"),
        ("trackback", None, None, "Un", "https://blog.example/un"),
    ]


def test_a_term_that_only_items_name_gets_a_row_and_is_not_counted() -> None:
    refs = (
        TermRef(taxonomy="category", slug="a", name="A"),
        TermRef(taxonomy="post_tag", slug="a", name="first said"),
        TermRef(taxonomy="post_tag", slug="a", name="said again"),
        TermRef(taxonomy="post_tag", slug=None, name="nameless"),
    )
    records: list[Record] = [
        Post(id=1, terms=refs),
        Term(id=5, taxonomy="category", slug="a", name="A"),
    ]

    with database(records) as connection:
        terms = _rows(connection, "SELECT row_id, id, taxonomy, slug, name FROM terms")
        links = _rows(connection, "SELECT term_row_id FROM post_terms ORDER BY row_id")

    assert terms == [
        (1, 5, "category", "a", "A"),
        (2, None, "post_tag", "a", "first said"),
        (3, None, "post_tag", None, "nameless"),
    ]
    assert links == [(1,), (2,), (2,), (3,)]


def test_ids_that_repeat_are_kept() -> None:
    with database([Post(id=1, title="a"), Post(id=1, title="b")]) as connection:
        rows = _rows(connection, "SELECT row_id, id, title FROM posts")

    assert rows == [(1, 1, "a"), (2, 1, "b")]


def test_a_number_that_does_not_fit_is_kept_as_text_and_reported() -> None:
    post = Post(id=2**63, parent=-(2**80), comments=(Comment(id=10**30),))

    found = SqliteExporter().render(post, Place(0, 0)).diagnostics
    with database([post]) as connection:
        rows = _rows(connection, "SELECT id, parent, extra FROM posts")
        comments = _rows(connection, "SELECT id, extra FROM comments")

    assert rows == [(None, None, f'[["id","{2**63}"],["parent","-{2**80}"]]')]
    assert comments == [(None, f'[["id","{10**30}"]]')]
    assert [problem.code for problem in found] == [Code.BAD_NUMBER] * 3


def test_a_lone_surrogate_is_spelled_out() -> None:
    """SQLite holds UTF-8; no XML gives such text, a library user's record might."""
    records: list[Record] = [
        Site(title="\ud800"),
        Post(id=1, title="fine"),
        Post(id=2, title="half \ud83d of one", meta=(Meta(key="\udfff", value=None),)),
    ]

    with database(records) as connection:
        titles = _rows(connection, "SELECT title FROM posts ORDER BY row_id")
        keys = _rows(connection, "SELECT key FROM post_meta")

    assert titles == [("fine",), ("half \\ud83d of one",)]
    assert keys == [("\\udfff",)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ete", [(1, None)]),
        ("ÉTÉ", [(1, None)]),
        ('"plage de sable"', [(1, None)]),
        ("merci", [(1, 1)]),
        ("author: zoe", [(1, 2)]),
        ("title: vietnam", [(2, None)]),
        ("absent", []),
    ],
)
def test_search_folds_accents_and_finds_posts_and_comments(
    words: str, expected: list[tuple[int, int | None]]
) -> None:
    posts: list[Record] = [
        Post(
            id=10,
            title="Un été",
            content="<p>La plage de sable.</p>",
            comments=(
                _comment(1, content="Merci !"),
                _comment(2, author_name="Zoé", content="Oui."),
            ),
        ),
        Post(id=11, title="Việt Nam, Vietnam"),
    ]

    with database(posts) as connection:
        rows = _rows(
            connection,
            "SELECT post_row_id, comment_row_id FROM search WHERE search MATCH ?",
            words,
        )

    assert rows == expected


def test_search_shows_where_it_found() -> None:
    with database([Post(id=1, content="Un café noir.")]) as connection:
        rows = _rows(
            connection,
            """
            SELECT snippet(search, -1, '[', ']', '…', 5) FROM search
            WHERE search MATCH ?
            """,
            "cafe",
        )

    assert rows == [("Un [café] noir.",)]


def test_without_fts5_the_rest_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fixtures: Path
) -> None:
    absent = full_text.SQLITE_TABLE.replace("fts5", "fts_absent")
    monkeypatch.setattr(search, "SQLITE_TABLE", absent)

    report = wxr.convert(fixtures / "blog-fr.xml", tmp_path / "out.sqlite", to="sqlite")

    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as connection:
        names = _rows(
            connection, "SELECT name FROM sqlite_master WHERE name GLOB 'search*'"
        )
    assert names == []
    assert Code.NO_FULL_TEXT in {problem.code for problem in report.diagnostics}
    assert report.exit_code == 0


def test_more_rows_than_a_batch_are_numbered_on() -> None:
    posts: list[Record] = [
        Post(
            id=number, comments=(Comment(id=number, meta=(Meta(key="k", value="v"),)),)
        )
        for number in range(3000)
    ]

    with database(posts) as connection:
        rows = _rows(
            connection,
            """
            SELECT count(*) FROM comment_meta AS meta
            JOIN comments ON comments.row_id = meta.comment_row_id
            JOIN posts ON posts.row_id = comments.post_row_id
            WHERE posts.id = comments.id AND meta.row_id = posts.row_id
            """,
        )

    assert rows == [(3000,)]
