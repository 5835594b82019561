"""How fast bodies become Markdown, against html2text and html-to-markdown.

Usage: python benchmarks/bodies.py EXPORT [--rounds N]

One process, the same bodies, in turns. The others are given what the export stores, as
ours is: they know nothing of paragraphs, blocks and shortcodes, so ours does more.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final, TypeAlias

import html2text
import html_to_markdown

import wxr
from wxr.markdown import Context, body

Convert: TypeAlias = Callable[[str], object]

_OURS: Final = "wxr"
# Without these, text such as `*` becomes markup: that is no conversion to compare with.
_ESCAPING: Final = html_to_markdown.ConversionOptions(
    escape_asterisks=True, escape_underscores=True, escape_misc=True
)
_CONTEXT: Final = Context()


def ours(html: str) -> object:
    """Convert as `wxr convert` does, but without the rest of the site."""
    return body(html, _CONTEXT)


def by_html2text(html: str) -> object:
    """Convert without wrapping lines, which is html2text at its fastest."""
    return html2text.HTML2Text(bodywidth=0).handle(html)


def by_html_to_markdown(html: str) -> object:
    """Convert by the package that is written in Rust."""
    return html_to_markdown.convert(html, _ESCAPING)


WAYS: Final[dict[str, Convert]] = {
    _OURS: ours,
    "html2text": by_html2text,
    "html-to-markdown": by_html_to_markdown,
}


def bodies(export: Path) -> Iterator[str]:
    """Yield what the items of an export say."""
    for record in wxr.read(export):
        if isinstance(record, wxr.Post) and record.content:
            yield record.content


def measure(convert: Convert, texts: list[str]) -> tuple[float, float]:
    """Give the seconds by the clock, and of processor, for all bodies."""
    start, start_cpu = perf_counter(), process_time()
    for text in texts:
        convert(text)
    return perf_counter() - start, process_time() - start_cpu


def main() -> None:
    """Measure all ways in turns; print their speeds, and ours by theirs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    texts = list(bodies(options.export))
    size = sum(len(text.encode()) for text in texts) / 1e6
    timings: dict[str, list[tuple[float, float]]] = {name: [] for name in WAYS}
    for _ in range(options.rounds):
        for name, convert in WAYS.items():
            timings[name].append(measure(convert, texts))
    print(f"{options.export.name}: {len(texts)} bodies, {size:.1f} MB, in turns\n")
    _show(size, timings)


def _show(size: float, timings: dict[str, list[tuple[float, float]]]) -> None:
    print(f"{'MB/s':18}{'best':>8}{'median':>9}{'per CPU s':>11}{'wxr by it':>11}")
    own = min(cpu for _, cpu in timings[_OURS])
    for name, rounds in timings.items():
        wall, cpu = zip(*rounds, strict=True)
        print(
            f"{name:18}{size / min(wall):8.1f}{size / median(wall):9.1f}"
            f"{size / min(cpu):11.1f}{min(cpu) / own:11.2f}"
        )


if __name__ == "__main__":
    main()
