"""The exceptions that wxr raises on purpose.

WxrError
├── ReadError       the export cannot be read, or is no export
├── WriteError      the target cannot be written
├── OptionError     an option has a value that cannot be
├── UnknownFormatError   no exporter has this name
└── WorkersError    worker processes do not start

Anything that concerns one item only is a `Diagnostic`, never an exception: a
ten-hour migration must not stop at one bad item.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any


@contextmanager
def standing(what: str) -> Iterator[None]:
    """Note on an interrupt what stands at the target; the innermost note is the truth.

    Args:
        what: Said behind "interrupted; ", on one line.
    """
    try:
        yield
    except KeyboardInterrupt as interrupt:
        interrupt.add_note(what)
        raise


class WxrError(Exception):
    """Something that a user can act on; `str()` of it is one line that says how."""


class ReadError(WxrError):
    """The export is missing, unreadable, or not an export at all."""

    def __init__(self, reason: str, *, source: str, line: int | None = None) -> None:
        where = source if line is None else f"{source}, line {line}"
        super().__init__(f"{where}: {reason}")
        self.reason, self.source, self.line = reason, source, line

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how it travels: workers read, too."""
        return partial(type(self), source=self.source, line=self.line), (self.reason,)


class WriteError(WxrError):
    """The target exists, is not writable, or ran out of room."""

    def __init__(self, reason: str, *, target: str) -> None:
        super().__init__(f"{target}: {reason}")
        self.reason, self.target = reason, target


class OptionError(WxrError):
    """An option has a value that cannot be, or that its format does not take."""

    def __init__(self, reason: str, *, option: str) -> None:
        super().__init__(f"--{option}: {reason}")
        self.reason, self.option = reason, option


class UnknownFormatError(WxrError):
    """No exporter is registered under this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no format is called '{name}'; there are: {', '.join(known)}")
        self.name = name


class WorkersError(WxrError):
    """Worker processes cannot be started, or die before they do anything."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"worker processes do not start: {reason}; one job needs no workers"
        )
        self.reason = reason
