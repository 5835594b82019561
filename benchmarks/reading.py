"""How fast `wxr.read` is, against lxml alone reading out the same fields.

Usage: python benchmarks/reading.py EXPORT [--rounds N]

Both ways read the same file in the same run, in turns, because absolute figures move
from machine to machine and hour to hour. The ratio is what counts.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final, TypeAlias

from lxml import etree

import wxr

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for it

_WP: Final = "{http://wordpress.org/export/1.2/}"
_RSS: Final = "title link pubDate description category"
_OWN: Final = """
    post_id post_date post_date_gmt post_modified post_modified_gmt comment_status
    ping_status post_name status post_parent menu_order post_type post_password
    is_sticky attachment_url postmeta comment meta_key meta_value termmeta
    comment_id comment_author comment_author_email comment_author_url
    comment_author_IP comment_date comment_date_gmt comment_content comment_approved
    comment_type comment_parent comment_user_id commentmeta
    author_id author_login author_email author_display_name author_first_name
    author_last_name term_id category_nicename category_parent cat_name
    category_description tag_slug tag_name tag_description term_taxonomy term_slug
    term_parent term_name term_description
"""
_FIELDS: Final = {
    "guid": "guid",
    "{http://purl.org/dc/elements/1.1/}creator": "creator",
    "{http://purl.org/rss/1.0/modules/content/}encoded": "content",
    "{http://wordpress.org/export/1.2/excerpt/}encoded": "excerpt",
    **{name: name for name in _RSS.split()},
    **{_WP + name: name for name in _OWN.split()},
}
_NESTED: Final = frozenset({"postmeta", "comment", "commentmeta", "termmeta"})
_RECORDS: Final = (
    "item",
    *(_WP + name for name in ("author", "category", "tag", "term")),
)


def lxml_alone(path: Path) -> int:
    """Read every field out in one pass over the children; count the records."""
    count = 0
    for _, element in etree.iterparse(
        str(path),
        events=("end",),
        tag=_RECORDS,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_blank_text=True,
    ):
        _read_out(element)
        _release(element)
        count += 1
    return count


def _read_out(element: Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for child in element:
        name = _FIELDS.get(str(child.tag))
        if name is None:
            continue
        if name in _NESTED:
            values.setdefault(name, []).append(_read_out(child))
        elif name == "category":
            term = (child.get("domain"), child.get("nicename"), child.text)
            values.setdefault(name, []).append(term)
        else:
            values[name] = child.text
    return values


def _release(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def ours(path: Path) -> int:
    """Read records the way a user does; count them, the site aside."""
    return sum(1 for _ in wxr.read(path)) - 1


@dataclass
class Timing:
    """What the rounds of one way took."""

    records: int = 0
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Seconds of processor, which a busy machine stretches less than the clock."""

    def measure(self, way: Callable[[Path], int], path: Path) -> None:
        """Do one round."""
        start, start_cpu = perf_counter(), process_time()
        self.records = way(path)
        self.wall.append(perf_counter() - start)
        self.cpu.append(process_time() - start_cpu)

    def speeds(self, size: float) -> tuple[float, float, float]:
        """Give MB/s by the best round, the median, and the least processor time."""
        return size / min(self.wall), size / median(self.wall), size / min(self.cpu)


def main() -> None:
    """Measure both ways in turns and print their speeds and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    ways = {"lxml alone": lxml_alone, "wxr.read": ours}
    timings = {name: Timing() for name in ways}
    for _ in range(options.rounds):
        for name, way in ways.items():
            timings[name].measure(way, options.export)
    _show(options.export, timings, options.rounds)


def _show(export: Path, timings: dict[str, Timing], rounds: int) -> None:
    size = export.stat().st_size / 1e6
    print(f"{export.name}: {size:.1f} MB, {rounds} rounds in turns\n")
    print(f"{'MB/s':12}{'records':>9}{'best':>9}{'median':>9}{'per CPU s':>11}")
    for name, timing in timings.items():
        best, middle, cpu = timing.speeds(size)
        print(f"{name:12}{timing.records:9}{best:9.1f}{middle:9.1f}{cpu:11.1f}")
    base, own = (timing.speeds(size) for timing in timings.values())
    best, middle, cpu = (ours / lxml for ours, lxml in zip(own, base, strict=True))
    print(f"{'ratio':12}{'':9}{best:9.2f}{middle:9.2f}{cpu:11.2f}")


if __name__ == "__main__":
    main()
