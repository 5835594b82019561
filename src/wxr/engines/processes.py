"""Run in worker processes, a window of batches ahead."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from typing import Any, Final, Generic

from wxr.engines import Item, Result
from wxr.errors import WorkersError

_AHEAD: Final = 2
"""Batches in flight per worker: one at work, one waiting."""

_NO_GUARD: Final = (
    "a script that asks for several jobs must do so below "
    '`if __name__ == "__main__":`, because they import it'
)


class Processes(Generic[Item, Result]):
    """An engine of worker processes.

    Args:
        jobs: How many processes.
        after_death: What to give for an item whose worker died with it alone (killed,
            out of memory, a crash in C); called in this process.
        split: Gives the parts of an item, to find the one a worker dies of.
    """

    def __init__(
        self,
        jobs: int,
        *,
        split: Callable[[Item], Iterable[Item]],
        after_death: Callable[[Item], Result],
    ) -> None:
        self._jobs = jobs
        self._split = split
        self._after_death = after_death

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        """Give the results in order; see `Engine`.

        Raises:
            WorkersError: No worker starts at all.
        """
        source = iter(items)
        workers = _Workers(self._jobs, function)
        window: deque[tuple[Item, Future[Result]]] = deque()
        try:
            while True:
                for item in islice(source, self._jobs * _AHEAD - len(window)):
                    window.append((item, workers.submit(_run, item)))
                if not window:
                    return
                item, future = window.popleft()
                try:
                    yield future.result()
                except BrokenProcessPool:
                    workers.close()
                    _try_an_empty_worker(function)
                    yield from self._one_by_one(function, item)
                    workers = _Workers(self._jobs, function)
                    again = [each for each, _ in window]
                    window = deque((each, workers.submit(_run, each)) for each in again)
        finally:
            workers.close()

    def _one_by_one(
        self, function: Callable[[Item], Result], item: Item
    ) -> Iterator[Result]:
        """Try the parts of an item, each in a worker that only it can bring down."""
        for part in self._split(item):
            worker = _Workers(1, function)
            try:
                yield worker.submit(_run, part).result()
            except BrokenProcessPool:
                yield self._after_death(part)
            finally:
                worker.close()


class _Workers:
    """Worker processes that are made ready, started and given work in a thread.

    A signal interrupts the main thread only. If it cut short the start of a worker, the
    pool would not know of that one, which would then take the word to end from another
    that waits for it forever.
    """

    def __init__(self, jobs: int, function: Callable[[Any], Any]) -> None:
        # Not fork: it copies locks that threads of the caller may hold.
        methods = multiprocessing.get_all_start_methods()
        method = "forkserver" if "forkserver" in methods else "spawn"
        self._thread = ThreadPoolExecutor(1)
        self._pool = self._thread.submit(
            ProcessPoolExecutor,
            jobs,
            mp_context=multiprocessing.get_context(method),
            initializer=_install,
            initargs=(function,),
        ).result()

    def submit(self, function: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """Start a call in a worker.

        Raises:
            WorkersError: The system starts no more processes, or TMPDIR is too long for
                a socket.
        """
        try:
            return self._thread.submit(self._pool.submit, function, *arguments).result()
        except BrokenProcessPool as error:
            broken: Future[Any] = Future()
            broken.set_exception(error)
            return broken
        except OSError as error:
            raise WorkersError(str(error)) from error

    def close(self) -> None:
        """End all workers."""
        self._thread.shutdown()
        # What a dying pool says on its way out, its futures have said already.
        with suppress(BrokenProcessPool, OSError):
            self._pool.shutdown(wait=True, cancel_futures=True)


def _try_an_empty_worker(function: Callable[[Any], Any]) -> None:
    """Tell workers that an item kills from workers that never start.

    Without this, a script that has no main guard would try every item of its export
    in a process of its own, for hours.
    """
    worker = _Workers(1, function)
    try:
        worker.submit(_nothing).result()
    except BrokenProcessPool as error:
        raise WorkersError(_NO_GUARD) from error
    finally:
        worker.close()


_installed: Callable[[Any], Any]


def _install(function: Callable[[Any], Any]) -> None:
    """Keep the function in the worker, so that it does not travel with each batch."""
    global _installed  # noqa: PLW0603  the one state a worker has
    _installed = function
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End the worker when the process it works for is gone.

    A pool ends its workers, but not where it was killed itself: they hold the pipe
    open that they wait at, and would wait at it forever.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(item: Any) -> Any:  # noqa: ANN401
    return _installed(item)


def _nothing() -> None:
    """Be the least that a worker can do."""
