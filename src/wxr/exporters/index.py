"""The first pass over an export: records to the site index."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import ClassVar, Self, TypeAlias

from wxr.errors import WriteError
from wxr.exporters import Place, Rendered
from wxr.index import IndexWriter, Row, rows_of
from wxr.ledger import Tally
from wxr.model import Post, Record

Rows: TypeAlias = list[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexExporter:
    """Make the site index. It must be given everything: what is withheld is named too.

    Args:
        rule_against: Names the rule that leaves an item out of the target, or gives
            None for one that gets a file there; it must pickle.
    """

    needs_index: ClassVar[bool] = False
    rule_against: Callable[[Post], str | None]

    def render(self, record: Record, place: Place) -> Rendered[Rows]:
        """Give the rows that the index keeps of a record."""
        public = isinstance(record, Post) and self.rule_against(record) is None
        return Rendered(rows_of(record, place.part, place.offset, public=public))

    def sink(self, target: str, *, force: bool) -> "IndexSink":
        """Start an index at a path; what stood there was an index of no more use."""
        del force
        return IndexSink(target)


class IndexSink:
    """An index that is being made; leaving the context finishes it."""

    def __init__(self, path: str) -> None:
        self._path = path
        with self._one_line():
            self._writer = IndexWriter(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._writer.abandon()
            return
        with self._one_line():
            self._writer.finish()

    def write(self, rendered: Rendered[Rows]) -> None:
        """Take the rows of one record."""
        with self._one_line():
            self._writer.add(rendered.payload)

    @property
    def written(self) -> Tally:
        """Nothing: an index is a tool, not a target."""
        return Tally()

    @contextmanager
    def _one_line(self) -> Iterator[None]:
        """Say what a failing disk means: the index lies where temporary files do."""
        try:
            yield
        except sqlite3.OperationalError as error:
            reason = f"cannot be written ({error}); is there room for temporary files?"
            raise WriteError(reason, target=self._path) from error
