"""Statements, made from the schema and a dialect."""

from dataclasses import fields
from typing import Final

import pytest

from wxr.exporters.sql.dialects import DIALECTS, MYSQL, POSTGRESQL, SQLITE, Dialect
from wxr.exporters.sql.schema import INDEXES, SITE, TABLES, VIEWS, Index, Kind
from wxr.exporters.sql.statements import (
    Names,
    create_index,
    create_indexes,
    create_table,
    create_view,
    insert,
)
from wxr.model import Author, Comment, Post, Site, Term

BY_NAME = {table.name: table for table in (SITE, *TABLES)}

PLAIN: Final = Names(SQLITE)
IN_SCHEMA: Final = Names(POSTGRESQL, "blog")
WITH_PREFIX: Final = Names(MYSQL, prefix="b_")


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


def test_each_dialect_writes_the_same_table() -> None:
    table = BY_NAME["comment_places"]

    assert create_table(table, PLAIN) == (
        'CREATE TABLE "comment_places" ('
        '"comment_row_id" INTEGER PRIMARY KEY REFERENCES "comments" ("row_id"), '
        '"root_row_id" INTEGER REFERENCES "comments" ("row_id"), '
        '"depth" INTEGER, "path" TEXT)'
    )
    assert create_table(table, IN_SCHEMA) == (
        'CREATE TABLE "blog"."comment_places" ("comment_row_id" BIGINT PRIMARY KEY, '
        '"root_row_id" BIGINT, "depth" BIGINT, "path" TEXT COLLATE "C")'
    )
    assert create_table(table, WITH_PREFIX) == (
        "CREATE TABLE `b_comment_places` (`comment_row_id` BIGINT PRIMARY KEY, "
        "`root_row_id` BIGINT, `depth` BIGINT, "
        "`path` LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, "
        "FOREIGN KEY (`comment_row_id`) REFERENCES `b_comments` (`row_id`), "
        "FOREIGN KEY (`root_row_id`) REFERENCES `b_comments` (`row_id`))"
        " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
        " COMMENT = 'wxr schema 1'"
    )


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_each_dialect_has_a_type_for_each_kind(dialect: Dialect) -> None:
    assert set(dialect.types) == set(Kind)


def test_a_row_is_inserted_without_what_is_filled_later() -> None:
    assert insert(BY_NAME["post_terms"], PLAIN) == (
        'INSERT INTO "post_terms" ("row_id", "post_row_id", "taxonomy", "slug", '
        '"name") VALUES (?, ?, ?, ?, ?)'
    )


def test_an_index_is_named_for_what_it_is_on() -> None:
    index = Index("terms", ("taxonomy", "slug"))

    assert create_index(index, PLAIN) == (
        'CREATE INDEX "terms_by_taxonomy_slug" ON "terms" ("taxonomy", "slug")'
    )
    assert create_index(index, WITH_PREFIX) == (
        "ADD INDEX `terms_by_taxonomy_slug` (`taxonomy`(191), `slug`(191))"
    )


def test_an_index_of_postgresql_gives_way_to_what_it_cannot_hold() -> None:
    statement = create_index(Index("posts", ("slug",)), IN_SCHEMA)

    assert 'ON "blog"."posts" ("slug")' in statement
    assert 'ON "blog"."posts" (left("slug", 200))' in statement


def test_indexes_of_mysql_are_made_table_by_table() -> None:
    statements = list(create_indexes(WITH_PREFIX))

    assert len(statements) == len({index.table for index in INDEXES})


def test_a_view_asks_the_tables_as_they_are_called() -> None:
    (view,) = (view for view in VIEWS if view.name == "comment_threads")

    assert "JOIN `b_comments` AS comments" in create_view(view, WITH_PREFIX)


def test_every_reference_and_index_is_to_a_table_that_is_there() -> None:
    made: set[str] = set()
    for table in TABLES:
        made.add(table.name)
        assert {column.table for column in table.columns} - {None} <= made
    for index in INDEXES:
        names = {column.name for column in BY_NAME[index.table].columns}
        assert set(index.columns) <= names
