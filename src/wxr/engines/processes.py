"""Run in worker processes, a window of batches ahead."""

import multiprocessing
import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from types import TracebackType
from typing import Any, Final, Generic, Self

from wxr.engines import Item, Result
from wxr.engines.collecting import collect_seldom
from wxr.errors import WorkersError

_AHEAD: Final = 2
"""Batches in flight per worker: one at work, one waiting."""

_NO_GUARD: Final = (
    "a script that asks for several jobs must do so below "
    '`if __name__ == "__main__":`, because they import it'
)


class Processes(Generic[Item, Result]):
    """An engine of worker processes, which serve one function after the other.

    They start with the first call, and end when the engine is left as a context.

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
        self._workers: _Workers | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        """Give the results in order; see `Engine`.

        Raises:
            WorkersError: No worker starts at all.
        """
        source, task = iter(items), pickle.dumps(function)
        window: deque[tuple[Item, Future[Result]]] = deque()
        while True:
            for item in islice(source, self._jobs * _AHEAD - len(window)):
                window.append((item, self._submit(task, item)))
            if not window:
                return
            item, future = window.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                self._end()
                _try_an_empty_worker()
                yield from self._one_by_one(task, item)
                again = [each for each, _ in window]
                window = deque((each, self._submit(task, each)) for each in again)

    def _submit(self, task: bytes, item: Item) -> "Future[Result]":
        if self._workers is None:
            self._workers = _Workers(self._jobs)
        return self._workers.submit(_run, task, item)

    def _end(self) -> None:
        """End all workers; a later call starts others."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None

    def _one_by_one(self, task: bytes, item: Item) -> Iterator[Result]:
        """Try the parts of an item, each in a worker that only it can bring down."""
        for part in self._split(item):
            worker = _Workers(1)
            try:
                yield worker.submit(_run, task, part).result()
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

    def __init__(self, jobs: int) -> None:
        # Not fork: it copies locks that threads of the caller may hold.
        methods = multiprocessing.get_all_start_methods()
        method = "forkserver" if "forkserver" in methods else "spawn"
        self._thread = ThreadPoolExecutor(1)
        self._pool = self._thread.submit(
            ProcessPoolExecutor,
            jobs,
            mp_context=multiprocessing.get_context(method),
            initializer=_be_ours,
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


def _try_an_empty_worker() -> None:
    """Tell workers that an item kills from workers that never start.

    Without this, a script that has no main guard would try every item of its export
    in a process of its own, for hours.
    """
    worker = _Workers(1)
    try:
        worker.submit(_nothing).result()
    except BrokenProcessPool as error:
        raise WorkersError(_NO_GUARD) from error
    finally:
        worker.close()


def _be_ours() -> None:
    collect_seldom()
    _end_with_parent()


def _end_with_parent() -> None:
    """End the worker when the process it works for is gone.

    A pool ends its workers, but not where it was killed itself: they hold the pipe
    open that they wait at, and would wait at it forever.
    """
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(task: bytes, item: Any) -> Any:  # noqa: ANN401
    return _function(task)(item)


@lru_cache(maxsize=1)
def _function(task: bytes) -> Callable[[Any], Any]:
    """Give the function that travels with each item, and is made anew but once."""
    function: Callable[[Any], Any] = pickle.loads(task)  # noqa: S301  our own
    return function


def _nothing() -> None:
    """Be the least that a worker can do."""
