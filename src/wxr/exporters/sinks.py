"""What every sink of files does: all of it or nothing, with errors to act on."""

from abc import ABC, abstractmethod
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Generic, Self, TypeVar

from wxr.exporters import Rendered
from wxr.exporters.files import write_error
from wxr.ledger import Tally

Taken = TypeVar("Taken")


class FileSink(ABC, Generic[Taken]):
    """A sink whose target is there as a whole, or not at all.

    A subclass registers in `_to_close` whatever has to go in any case.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self._to_close = ExitStack()
        self._tally = Tally()
        self._is_done = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._commit()
                self._is_done = True
        except OSError as problem:
            raise write_error(problem, self._target) from problem
        finally:
            # Closing writes what is buffered, which fails again on a full disk.
            with suppress(OSError):
                self._to_close.close()

    def write(self, rendered: Rendered[Taken]) -> None:
        """Take what one record became.

        Raises:
            WriteError: The disk is full, or the reader of the output is gone.
        """
        try:
            self._take(rendered.payload)
        except OSError as problem:
            raise write_error(problem, self._target) from problem
        self._tally.add(rendered.tally)

    @property
    def written(self) -> Tally:
        """What the target holds; nothing before it is committed."""
        return self._tally if self._is_done else Tally()

    @abstractmethod
    def _take(self, payload: Taken) -> None:
        """Put something where it belongs."""

    @abstractmethod
    def _commit(self) -> None:
        """Finish the target, and give it its name."""
