"""Signals that ask wxr to end: they end a run as Ctrl-C does, with nothing left."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_ASKING: Final = ("SIGTERM", "SIGHUP")
"""Sent by `kill`, service managers and closed terminals; Windows has only the first."""
_OF_SIGNALS: Final = 128
"""What shells add to the number of the signal that ended a program."""


class EndedError(KeyboardInterrupt):
    """Somebody asked wxr to end; whatever cleans up after Ctrl-C does so here too."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status: Final = _OF_SIGNALS + number
        """The status shells expect of a program that a signal ended."""


def status_of(interrupt: KeyboardInterrupt) -> int:
    """Give the exit status for what ended a run."""
    if isinstance(interrupt, EndedError):
        return interrupt.status
    return _OF_SIGNALS + signal.SIGINT


@contextmanager
def ending_cleanly() -> Iterator[None]:
    """Raise `EndedError` for signals that would end the process on the spot.

    What the caller ignores stays ignored, as `nohup` wants it.
    """
    found = [getattr(signal, name) for name in _ASKING if hasattr(signal, name)]
    ours = [each for each in found if signal.getsignal(each) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        ours = []  # only the main thread may say what happens on a signal
    for each in ours:
        signal.signal(each, _end)
    try:
        yield
    finally:
        for each in ours:
            signal.signal(each, signal.SIG_DFL)


def _end(number: int, _frame: object) -> None:
    # A second one must not cut short what the first one lets clean up.
    signal.signal(number, signal.SIG_IGN)
    raise EndedError(number)
