"""Full-text search over titles, contents and comments, by SQLite's FTS5.

The index holds words only. Their text is read from the tables, through a view in
which a comment's number is that of its row, made negative: posts and comments share
one index, and each is found by its own key.
"""

import logging
import sqlite3
from typing import Final

_LOG: Final = logging.getLogger(__name__)

_HASH_SIZE: Final = 8 << 20
"""Bytes of words gathered before they are written: fewer merges, half the time."""

_SOURCE: Final = """
CREATE VIEW search_texts AS
SELECT row_id AS number, row_id AS post_row_id, NULL AS comment_row_id,
       title, author, content
FROM posts
UNION ALL
SELECT -row_id, post_row_id, row_id, NULL, author_name, content
FROM comments
"""
# So that the view finds a comment by its negative number without reading them all.
_NUMBERS: Final = "CREATE INDEX comments_by_search_number ON comments (-row_id)"

# `remove_diacritics 2` finds été by ete, and is right for letters with two marks.
_TABLE: Final = """
CREATE VIRTUAL TABLE search USING fts5(
    post_row_id UNINDEXED, comment_row_id UNINDEXED, title, author, content,
    content = 'search_texts', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
)
"""

# Numbers must rise: FTS5 writes out what it has gathered whenever one falls.
_FILL: Final = (
    """
    INSERT INTO search (rowid, author, content)
    SELECT -row_id, author_name, content FROM comments ORDER BY row_id DESC
    """,
    """
    INSERT INTO search (rowid, title, author, content)
    SELECT row_id, title, author, content FROM posts ORDER BY row_id
    """,
)


def add_search(database: sqlite3.Connection) -> None:
    """Make and fill the table `search`; say so where this SQLite cannot."""
    if not _made_table(database):
        _LOG.warning(
            "this Python's SQLite has no FTS5: the database has no table `search`,"
            " and is complete otherwise"
        )
        return
    database.execute(_SOURCE)
    database.execute(_NUMBERS)
    database.execute(
        "INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (_HASH_SIZE,)
    )
    for statement in _FILL:
        database.execute(statement)


def _made_table(database: sqlite3.Connection) -> bool:
    try:
        database.execute(_TABLE)
    except sqlite3.OperationalError as error:
        if "no such module" in str(error):
            return False
        raise
    return True
