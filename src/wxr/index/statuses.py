"""Statuses in a finished index: what an attachment is, its post tells."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from wxr.index.look_up import SiteIndex, open_index

Known: TypeAlias = dict[int, str | None]
"""Statuses by id."""

_MOST_KNOWN: Final = 50_000


@dataclass(frozen=True, slots=True)
class Statuses:
    """Tells the status of an item by its id, in any process."""

    path: str
    """Of the index."""
    inherited: str
    """The status that says to ask the parent."""

    def __call__(self, id_: int) -> str | None:
        """Give a status, inherited or not; None where there is no such item."""
        return _status(open_index(self.path), id_, self.inherited, _known(self.path))


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
        known: Known = {}
        hidden = [
            (row,)
            for row, id_ in rows
            if is_withheld(_status(index, id_, status, known))
        ]
        database.executemany("UPDATE items SET public = 0 WHERE row_id = ?", hidden)


@lru_cache(maxsize=1)
def _known(_path: str) -> Known:
    return {}


def _status(index: SiteIndex, id_: int, inherited: str, known: Known) -> str | None:
    """Ask an item, and its parents as long as they ask theirs, as WordPress does.

    Args:
        index: Where the items are.
        id_: Of the item.
        inherited: The status that says to ask the parent; a circle has it, too.
        known: What was found before, so that many that ask each other cost no more.
    """
    asked: dict[int, None] = {}
    while id_ not in known and id_ not in asked:
        asked[id_] = None
        entry = index.entry(id_)
        if entry is None or entry.status != inherited or entry.parent is None:
            known[id_] = entry.status if entry else None
        else:
            id_ = entry.parent
    status = known.get(id_, inherited)
    if len(known) > _MOST_KNOWN:
        known.clear()
    known.update(dict.fromkeys(asked, status))
    return status
