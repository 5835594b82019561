"""Where functions of batches run: all engines are shaped like `map`.

An engine takes a function and an iterable, and gives the results in order. It never
reads more than a window ahead, so that a slow sink does not fill memory.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


Engine: TypeAlias = Callable[
    [Callable[[Item], Result], Iterable[Item]], Iterator[Result]
]
"""`map`, somewhere. Errors of the iterable and of the function end it."""


def serial(
    function: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    """Run in this process, one after the other."""
    return map(function, items)
