"""Statuses in a finished index: what an attachment is, its post tells."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from wxr.index.look_up import SiteIndex, open_index


@dataclass(frozen=True, slots=True)
class Statuses:
    """Tells the status of an item by its id, in any process."""

    path: str
    """Of the index."""
    inherited: str
    """The status that says to ask the parent."""

    def __call__(self, id_: int) -> str | None:
        """Give a status, inherited or not; None where there is no such item."""
        return _status(open_index(self.path), id_, self.inherited)


def withhold(path: str, status: str, is_withheld: Callable[[str | None], bool]) -> None:
    """Take back that items of a status are public, where their parent's is withheld.

    Args:
        path: Of the index, before any reader has it.
        status: The status that says to ask the parent.
        is_withheld: Says so of the status of a parent.
    """
    with closing(sqlite3.connect(path)) as database, database:
        index = SiteIndex(database)
        rows = database.execute(
            "SELECT row_id, parent FROM items"
            " WHERE public AND status = ? AND parent IS NOT NULL",
            (status,),
        ).fetchall()
        hidden = [
            (row,) for row, id_ in rows if is_withheld(_status(index, id_, status))
        ]
        database.executemany("UPDATE items SET public = 0 WHERE row_id = ?", hidden)


def _status(index: SiteIndex, id_: int, inherited: str) -> str | None:
    """Ask an item, and its parents as long as they ask theirs, as WordPress does."""
    met: set[int] = set()
    entry = index.entry(id_)
    while entry is not None and entry.status == inherited:
        met.add(entry.id)
        if entry.parent is None or entry.parent in met:
            break
        entry = index.entry(entry.parent)
    return entry.status if entry else None
