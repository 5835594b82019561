"""One step ahead: the next item is made while this one is used.

Slicing and parsing are C and let go of Python's lock, so a thread does them while the
records of the batch before are built. It holds one batch more, never the file.
"""

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

Item = TypeVar("Item")

_END: Final = object()


def ahead(items: Iterable[Item]) -> Iterator[Item]:
    """Give the items in order; a thread takes each from its source one step early.

    Errors of the source are raised here, in their turn.
    """
    # Not at import: most programs that import wxr never need it.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    source = iter(items)
    with ThreadPoolExecutor(1, thread_name_prefix="wxr-ahead") as pool:
        coming = pool.submit(next, source, _END)
        while (item := coming.result()) is not _END:
            coming = pool.submit(next, source, _END)
            yield item  # type: ignore[misc]  # it is no _END
