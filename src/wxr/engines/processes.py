"""Run in worker processes, a window of batches ahead."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
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
        pool = _pool(self._jobs, function)
        window: deque[tuple[Item, Future[Result]]] = deque()
        try:
            while True:
                for item in islice(source, self._jobs * _AHEAD - len(window)):
                    window.append((item, _submit(pool, item)))
                if not window:
                    return
                item, future = window.popleft()
                try:
                    yield future.result()
                except BrokenProcessPool:
                    _close(pool)
                    _try_an_empty_worker(function)
                    yield from self._one_by_one(function, item)
                    pool = _pool(self._jobs, function)
                    again = [each for each, _ in window]
                    window = deque((each, _submit(pool, each)) for each in again)
        finally:
            _close(pool)

    def _one_by_one(
        self, function: Callable[[Item], Result], item: Item
    ) -> Iterator[Result]:
        """Try the parts of an item, each in a worker that only it can bring down."""
        for part in self._split(item):
            pool = _pool(1, function)
            try:
                yield _submit(pool, part).result()
            except BrokenProcessPool:
                yield self._after_death(part)
            finally:
                _close(pool)


def _pool(jobs: int, function: Callable[[Any], Any]) -> ProcessPoolExecutor:
    # Not fork: it copies locks that threads of the caller may hold.
    methods = multiprocessing.get_all_start_methods()
    method = "forkserver" if "forkserver" in methods else "spawn"
    return ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context(method),
        initializer=_install,
        initargs=(function,),
    )


def _try_an_empty_worker(function: Callable[[Any], Any]) -> None:
    """Tell workers that an item kills from workers that never start.

    Without this, a script that has no main guard would try every item of its export
    in a process of its own, for hours.
    """
    pool = _pool(1, function)
    try:
        pool.submit(_nothing).result()
    except BrokenProcessPool as error:
        raise WorkersError(_NO_GUARD) from error
    finally:
        _close(pool)


def _submit(pool: ProcessPoolExecutor, item: Any) -> "Future[Any]":  # noqa: ANN401
    try:
        return pool.submit(_run, item)
    except BrokenProcessPool as error:
        broken: Future[Any] = Future()
        broken.set_exception(error)
        return broken
    except OSError as error:  # no more processes, or a TMPDIR too long for a socket
        raise WorkersError(str(error)) from error


def _close(pool: ProcessPoolExecutor) -> None:
    # What a dying pool says on its way out, its futures have said already.
    with suppress(BrokenProcessPool, OSError):
        pool.shutdown(wait=True, cancel_futures=True)


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
