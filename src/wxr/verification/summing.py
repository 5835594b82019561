"""What every comparison with a target does: it ends in a sum, and lets it go."""

from abc import ABC, abstractmethod
from contextlib import ExitStack
from types import TracebackType
from typing import Generic, Self, TypeVar

from wxr.exporters import Rendered
from wxr.ledger import Tally
from wxr.verification.scores import Sum

Taken = TypeVar("Taken")


class TargetSum(ABC, Generic[Taken]):
    """What was found of a target, added up: a sink that writes nothing.

    A subclass registers in `_to_close` whatever has to go in any case.
    """

    def __init__(self) -> None:
        self.sum = Sum()
        self.written = Tally()
        self._to_close = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._to_close:
            if error is None:
                self._finish()

    @abstractmethod
    def write(self, rendered: Rendered[Taken]) -> None:
        """Take what the next record should be, or was found to be."""

    @abstractmethod
    def _finish(self) -> None:
        """Compare what is not of one record, and name what should not be there."""
