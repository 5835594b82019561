"""The names of files, as the index keeps them: each taken once, whatever its case."""

import sqlite3
from types import TracebackType
from typing import Self

from wxr.index.look_up import SiteIndex
from wxr.index.schema import SCRATCH, insert_statement


class PathTable:
    """The table of paths, open for writing before any reader is.

    Use as a context; leaving it without an error keeps what was written.
    """

    def __init__(self, path: str) -> None:
        self._database = sqlite3.connect(path)
        for statement in (*SCRATCH, "DELETE FROM paths"):
            self._database.execute(statement)
        insert = insert_statement("paths", with_row_id=True)
        self._insert = insert.replace("INSERT", "INSERT OR IGNORE", 1)
        self.index = SiteIndex(self._database)
        """The items that want paths, to be read while paths are given."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._database.commit()
        self._database.close()

    def take(
        self,
        item: int,
        path: str,
        folded: str,
        *,
        changed: bool,
        numbered: str | None = None,
        number: int | None = None,
    ) -> bool:
        """Give a path to the item of that row, unless another has taken it.

        Args:
            item: Its row in the index.
            path: Relative to the target.
            folded: The same as a file system sees it that takes `A` for `a`.
            changed: Whether the slug says otherwise.
            numbered: What the path is folded, but for its number.
            number: What tells it from others.
        """
        row = (item, path, int(changed), folded, numbered, number)
        return self._database.execute(self._insert, row).rowcount == 1

    def last_number(self, numbered: str) -> int:
        """Give the highest number that a path took; 1 where none needed one."""
        row = self._database.execute(
            "SELECT max(number) FROM paths WHERE numbered = ?", (numbered,)
        ).fetchone()
        return row[0] or 1
