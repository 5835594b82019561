"""Statements, made from the schema and a dialect."""

from dataclasses import fields
from types import MappingProxyType

import pytest

from wxr.exporters.sql.dialects import (
    SQLITE,
    Dialect,
    create_index,
    create_table,
    insert,
)
from wxr.exporters.sql.schema import INDEXES, SITE, TABLES, Index, Kind
from wxr.model import Author, Comment, Post, Site, Term

BY_NAME = {table.name: table for table in (SITE, *TABLES)}

OTHER = Dialect(
    name="other",
    types=MappingProxyType({kind: kind.name for kind in Kind}),
    quote="`",
    placeholder="%s",
    table_suffix=" CHARACTER SET utf8mb4",
)


@pytest.mark.parametrize(
    ("table", "model"),
    [
        ("site", Site),
        ("authors", Author),
        ("terms", Term),
        ("posts", Post),
        ("comments", Comment),
    ],
)
def test_columns_are_the_fields_of_the_model(table: str, model: type) -> None:
    names = [
        column.name
        for column in BY_NAME[table].columns
        if not column.name.endswith("row_id")
    ]

    assert names == [
        field.name
        for field in fields(model)
        if field.name not in {"terms", "meta", "comments"}
    ]


def test_a_dialect_is_data() -> None:
    table = BY_NAME["post_terms"]

    assert create_table(table, SQLITE) == (
        'CREATE TABLE "post_terms" ("row_id" INTEGER PRIMARY KEY, '
        '"post_row_id" INTEGER REFERENCES "posts" ("row_id"), "taxonomy" TEXT, '
        '"slug" TEXT, "name" TEXT, '
        '"term_row_id" INTEGER REFERENCES "terms" ("row_id"))'
    )
    assert create_table(table, OTHER) == (
        "CREATE TABLE `post_terms` (`row_id` KEY, "
        "`post_row_id` ROW REFERENCES `posts` (`row_id`), `taxonomy` NAME, "
        "`slug` NAME, `name` NAME, "
        "`term_row_id` ROW REFERENCES `terms` (`row_id`)) CHARACTER SET utf8mb4"
    )


def test_a_row_is_inserted_without_what_is_filled_later() -> None:
    table = BY_NAME["post_terms"]

    assert insert(table, SQLITE) == (
        'INSERT INTO "post_terms" ("row_id", "post_row_id", "taxonomy", "slug", '
        '"name") VALUES (?, ?, ?, ?, ?)'
    )
    assert insert(table, OTHER) == (
        "INSERT INTO `post_terms` (`row_id`, `post_row_id`, `taxonomy`, `slug`, "
        "`name`) VALUES (%s, %s, %s, %s, %s)"
    )


def test_an_index_is_named_for_what_it_is_on() -> None:
    index = Index("terms", ("taxonomy", "slug"))

    assert create_index(index, SQLITE) == (
        'CREATE INDEX "terms_by_taxonomy_slug" ON "terms" ("taxonomy", "slug")'
    )


def test_every_reference_and_index_is_to_a_table_that_is_there() -> None:
    made: set[str] = set()
    for table in TABLES:
        made.add(table.name)
        assert {column.table for column in table.columns} - {None} <= made
    for index in INDEXES:
        names = {column.name for column in BY_NAME[index.table].columns}
        assert set(index.columns) <= names
