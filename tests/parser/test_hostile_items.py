"""Items made to be slow: what they cost grows as they do, not as its square."""

from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Final

import pytest

from tests.parser.exports import FOOT, HEAD, item, posts

FEW: Final = 5_000
TIMES: Final = 8

HOSTILE: Final[dict[str, Callable[[int], str]]] = {
    "attributes": lambda n: "<guid " + 'a="b" ' * n + ">&</guid>",
    "other attributes": lambda n: (
        "<x " + " ".join(f'a{each}="&"' for each in range(n)) + "></x>"
    ),
    "open quotes": lambda n: '<x a="' * n,
    "open sections": lambda n: "<title><![CDATA[" * n,
    "open sections and one end": lambda n: "<title><![CDATA[" * n + "]]> ",
    "open comments": lambda n: "<!--" * n,
    "open instructions": lambda n: "<?" * n,
    "open tags": lambda n: "<title>" * n,
    "open containers": lambda n: "<wp:postmeta>" * n,
    "unknown open tags": lambda n: "".join(f"<x{each}>" for each in range(n)),
    "end tags": lambda n: "".join(f"</x{each}>" for each in range(n)),
    "end of CDATA": lambda n: "<title><![CDATA[" + "]]> " * n + "</title>",
    "ampersands": lambda n: "<title>" + "&" * n + "</title>",
    "beginnings of notices": lambda n: "<b>Warning</b>: " * n + " on line ",
    "plain beginnings of notices": lambda n: "\nWarning: " * n + " on line ",
    "plain notices before no value": lambda n: (
        "<title>" + "Warning: x on line 1\n" * n + "x</title>"
    ),
    "space": lambda n: "<title>" + " " * n + "</x>" + "\n" * n + "<",
    "invalid bytes": lambda n: "<title>" + "\udce9" * n + "</title>",
}


def seconds(inside: str, folder: Path) -> float:
    """Read an item and one after it; gives the processor time that took."""
    data = item(inside).encode("utf-8", "surrogateescape")
    text = HEAD.encode() + data + item(number=2).encode() + FOOT.encode()
    since = process_time()

    found = posts(text, folder)

    assert found[-1].id == 2
    return process_time() - since


@pytest.mark.unmeasured  # their size is the point, and measuring doubles the time
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_size_and_not_its_square(
    hostile: Callable[[int], str], tmp_path: Path
) -> None:
    few = min(seconds(hostile(FEW), tmp_path) for _ in range(2))
    many = seconds(hostile(FEW * TIMES), tmp_path)

    # What takes no time at first may be anything; three times over is other work's.
    assert many < 3 * TIMES * max(few, 0.02)
