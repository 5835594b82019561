"""Full-text search over titles, contents and comments, by SQLite's FTS5.

The index holds words only: what was found is read from the tables, through a view.
It takes as long to fill as all tables together. So a thread does that while the next
rows are read and rendered; each of its statements covers many rows, and SQLite runs
outside of Python's lock.
"""

import logging
import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

_LOG: Final = logging.getLogger(__name__)

_HASH_SIZE: Final = 2 << 20
"""Bytes of words gathered before they are written: more means fewer merges."""

# `remove_diacritics 2` finds été by ete, and is right for letters with two marks.
_TABLE: Final = """
CREATE VIRTUAL TABLE search USING fts5(
    post_row_id UNINDEXED, comment_row_id UNINDEXED, title, author, content,
    content = 'search_texts', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
)
"""
# FTS5 wants one rising number for what lies in two tables.
_NUMBERS: Final = """
CREATE TABLE search_numbers (
    number INTEGER PRIMARY KEY,
    post_row_id INTEGER REFERENCES posts (row_id),
    comment_row_id INTEGER REFERENCES comments (row_id)
)
"""
_TEXTS: Final = """
CREATE VIEW search_texts AS
SELECT numbers.number, numbers.post_row_id, numbers.comment_row_id,
       posts.title,
       coalesce(posts.author, comments.author_name) AS author,
       coalesce(posts.content, comments.content) AS content
FROM search_numbers AS numbers
LEFT JOIN posts
    ON posts.row_id = numbers.post_row_id AND numbers.comment_row_id IS NULL
LEFT JOIN comments ON comments.row_id = numbers.comment_row_id
"""

_NUMBER: Final = """
INSERT INTO search_numbers (post_row_id, comment_row_id)
SELECT row_id, NULL FROM posts WHERE row_id > ?
UNION ALL
SELECT post_row_id, row_id FROM comments WHERE row_id > ?
"""
_FILL: Final = """
INSERT INTO search (rowid, title, author, content)
SELECT number, title, author, content FROM search_texts
WHERE number > ? ORDER BY number
"""


class Search:
    """The table `search`, and the thread that fills it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, "wxr-search")
        self._filling: Future[None] | None = None
        self._is_there = False

    def create(self) -> None:
        """Make the table, empty; say so where this SQLite cannot."""
        self._is_there = self._has_made_table()
        if not self._is_there:
            _LOG.warning(
                "this Python's SQLite has no FTS5: the database has no table `search`,"
                " and is complete otherwise"
            )
            return
        self._database.execute(_NUMBERS)
        self._database.execute(_TEXTS)
        self._database.execute(
            "INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (_HASH_SIZE,)
        )

    def add(self, posts: int, comments: int) -> None:
        """Start to add the posts and comments past these row ids.

        The database must be left alone until `wait` returns.
        """
        if self._is_there:
            self._filling = self._thread.submit(self._fill, posts, comments)

    def wait(self) -> None:
        """Let the thread finish what was started."""
        if self._filling is not None:
            filling, self._filling = self._filling, None
            filling.result()

    def close(self) -> None:
        """End the thread, whatever it is doing."""
        self._thread.shutdown()

    def _fill(self, posts: int, comments: int) -> None:
        self._database.execute(_NUMBER, (posts, comments))
        self._database.execute(_FILL, (posts + comments,))

    def _has_made_table(self) -> bool:
        try:
            self._database.execute(_TABLE)
        except sqlite3.OperationalError as error:
            if "no such module" in str(error):
                return False
            raise
        return True
