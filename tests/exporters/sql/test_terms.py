"""Links from items' terms to declared ones, by the rules and in linear time."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import Final

import pytest

from wxr.exporters.sql.dialects import SQLITE
from wxr.exporters.sql.schema import TABLES
from wxr.exporters.sql.statements import Names, create_indexes, create_table, linking

NAMES: Final = Names(SQLITE)


def _linked(
    connection: sqlite3.Connection,
    terms: Iterable[tuple[str | None, str | None]],
    refs: Iterable[tuple[str | None, str | None]],
) -> list[int | None]:
    """Link mentions to declared terms, both as slug and name; give the row ids."""
    for table in TABLES:
        connection.execute(create_table(table, NAMES))
    for statement in create_indexes(NAMES):
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO terms (taxonomy, slug, name, extra) VALUES ('t', ?, ?, '[]')",
        terms,
    )
    connection.executemany(
        "INSERT INTO post_terms (taxonomy, slug, name) VALUES ('t', ?, ?)", refs
    )
    for statement in linking(NAMES):
        connection.execute(statement)
    rows = connection.execute("SELECT term_row_id FROM post_terms ORDER BY row_id")
    return [row_id for (row_id,) in rows]


@pytest.mark.parametrize(
    ("terms", "ref", "expected"),
    [
        ([("a", "A")], ("a", "A"), 1),
        ([("a", "A")], ("a", "another name"), 1),
        ([("a", "A"), ("a", "A")], ("a", "A"), 1),
        ([("b", "A"), ("a", "A")], ("a", "A"), 2),
        # No slug on one side: the name decides.
        ([("a", "A")], (None, "A"), 1),
        ([("a", "A")], ("", "A"), 1),
        ([("a", "A"), ("", "A")], ("", "A"), 2),
        ([("", "A")], ("a", "A"), 1),
        ([(None, "A")], ("a", "A"), 1),
        # Not declared: a new row.
        ([("b", "A")], ("a", "A"), 2),
        ([("a", None)], ("b", None), 2),
        ([], (None, "A"), 1),
        # No term at all.
        ([("", "")], ("", ""), None),
        ([(None, None)], (None, None), None),
    ],
)
def test_a_mention_is_linked(
    terms: list[tuple[str | None, str | None]],
    ref: tuple[str | None, str | None],
    expected: int | None,
) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert _linked(connection, terms, [ref]) == [expected]


def test_a_declared_term_is_preferred_to_one_that_is_not() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        links = _linked(connection, [("b", "A")], [("a", "A"), (None, "A")])

    assert links == [2, 1]


def _steps(count: int, *, terms: str, refs: str) -> int:
    """Count SQLite's steps, in hundreds, for terms and mentions of one name each."""
    steps = 0

    def count_steps() -> None:
        nonlocal steps
        steps += 1

    with closing(sqlite3.connect(":memory:")) as connection:
        connection.set_progress_handler(count_steps, 100)
        _linked(
            connection,
            [(terms.format(number), "same") for number in range(count)],
            [(refs.format(number), "same") for number in range(count)],
        )
    return steps


@pytest.mark.parametrize("terms", ["", "same", "term-{}"])
@pytest.mark.parametrize("refs", ["", "same", "ref-{}"])
def test_many_terms_of_one_name_take_linear_time(terms: str, refs: str) -> None:
    once, twice = (_steps(count, terms=terms, refs=refs) for count in (500, 1000))

    assert twice < 2.5 * once
