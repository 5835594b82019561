"""Python's search for circles of objects, made seldom in processes that are ours."""

import gc
from typing import Final

_EVERY: Final = 10_000
"""Objects more than there were; Python begins to search at 700."""


def collect_seldom() -> None:
    """Search less often, and not at all in what is there already.

    An export has millions of records, none of which refers to itself, and each is gone
    once it is written.
    """
    gc.freeze()
    gc.set_threshold(_EVERY, *gc.get_threshold()[1:])
