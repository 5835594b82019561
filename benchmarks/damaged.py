"""How fast an export with damage is read, against the same export without it.

Usage: python benchmarks/damaged.py EXPORT [--rounds N]

Every tenth item of a copy is given one defect, each kind in turn; the copy is read in
the same run as the export, in turns. What an item costs to repair shows in the ratio.
"""

import argparse
import re
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final, TypeAlias

import wxr

_EVERY: Final = 10
_CONTENT: Final = b"<content:encoded><![CDATA["
Defect: TypeAlias = Callable[[bytes], bytes]


def _into_content(text: bytes) -> Defect:
    return lambda item: item.replace(_CONTENT, _CONTENT + text, 1)


def _into_title(text: bytes) -> Defect:
    def damage(item: bytes) -> bytes:
        return re.sub(
            rb"<title>.*?</title>", b"<title>" + text + b"</title>", item, count=1
        )

    return damage


DEFECTS: Final[dict[str, Defect]] = {
    "control character": _into_content(b"\x0c"),
    "]]> inside CDATA": _into_content(b"<pre>a]]>b</pre>"),
    "bare ampersand": _into_title(b"Salt & pepper"),
    "HTML entity": _into_title(b"Caf&eacute;"),
    "invalid UTF-8": _into_content(b"caf\xe9"),
    "PHP notice": lambda item: item.replace(
        b"<wp:post_id>",
        b"<b>Notice</b>: Undefined index: x in <b>a.php</b> on line <b>1</b><br />\n"
        b"<wp:post_id>",
        1,
    ),
    "missing end tag": lambda item: item.replace(b"</link>", b"", 1),
}


def damaged(export: bytes) -> Iterator[bytes]:
    """Give the pieces of an export in which every tenth item has a defect."""
    defects = cycle(DEFECTS.values())
    for number, piece in enumerate(re.split(rb"(?=<item>)", export)):
        yield next(defects)(piece) if number % _EVERY == 1 else piece


def read(path: Path) -> tuple[int, int]:
    """Read all records; count them and what was repaired."""
    repaired = 0

    def count(_: wxr.Diagnostic) -> None:
        nonlocal repaired
        repaired += 1

    return sum(1 for _ in wxr.read(path, on_diagnostic=count)), repaired


def main() -> None:
    """Measure both in turns and print their speeds and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "damaged.xml"
        with copy.open("wb") as file:
            file.writelines(damaged(options.export.read_bytes()))
        _compare({"clean": options.export, "damaged": copy}, options.rounds)


def _compare(paths: dict[str, Path], rounds: int) -> None:
    found: dict[str, tuple[int, int]] = {}
    wall: dict[str, list[float]] = {name: [] for name in paths}
    cpu: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(rounds):
        for name, path in paths.items():
            start, start_cpu = perf_counter(), process_time()
            found[name] = read(path)
            wall[name].append(perf_counter() - start)
            cpu[name].append(process_time() - start_cpu)
    columns = f"{'records':>9}{'repairs':>9}{'best':>8}{'median':>8}{'per CPU s':>11}"
    print(f"{'MB/s':10}{columns}")
    for name, path in paths.items():
        size = path.stat().st_size / 1e6
        speeds = size / min(wall[name]), size / median(wall[name])
        print(
            f"{name:10}{found[name][0]:9}{found[name][1]:9}"
            f"{speeds[0]:8.1f}{speeds[1]:8.1f}{size / min(cpu[name]):11.1f}"
        )
    best, each = (min(t["clean"]) / min(t["damaged"]) for t in (wall, cpu))
    print(f"{'ratio':28}{best:8.2f}{'':8}{each:11.2f}")


if __name__ == "__main__":
    main()
