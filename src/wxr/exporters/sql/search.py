"""Full-text search over titles, contents and comments, by SQLite's FTS5.

The index holds words only: what was found is read from the tables, through a view.
"""

import sqlite3
from typing import Final

from wxr.diagnostics import Code, Diagnostic
from wxr.exporters.sql.full_text import (
    SQLITE_NUMBERS,
    SQLITE_SETTINGS,
    SQLITE_TABLE,
    SQLITE_TEXTS,
)

_TOGETHER: Final = 2
"""Batches of rows: each statement ends with writing down the words of its rows."""
_WITHOUT: Final = (
    "this Python's SQLite has no FTS5: the database has no table `search`, and is"
    " complete otherwise"
)
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
    """The table `search`."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._is_there = False
        self._waiting = 0
        self._first = (0, 0)

    def create(self) -> list[Diagnostic]:
        """Make the table, empty; report a SQLite that cannot."""
        self._is_there = self._has_made_table()
        if not self._is_there:
            return [Diagnostic(code=Code.NO_FULL_TEXT, message=_WITHOUT)]
        for statement in (SQLITE_NUMBERS, SQLITE_TEXTS, *SQLITE_SETTINGS):
            self._database.execute(statement)
        return []

    def add(self, posts: int, comments: int) -> None:
        """Add the posts and comments past these row ids, now or with the next."""
        if not self._waiting:
            self._first = (posts, comments)
        self._waiting += 1
        if self._waiting == _TOGETHER:
            self.finish()

    def finish(self) -> None:
        """Add what waits."""
        if self._is_there and self._waiting:
            self._database.execute(_NUMBER, self._first)
            self._database.execute(_FILL, (sum(self._first),))
        self._waiting = 0

    def _has_made_table(self) -> bool:
        try:
            self._database.execute(SQLITE_TABLE)
        except sqlite3.OperationalError as error:
            if "no such module" in str(error):
                return False
            raise
        return True
