"""The parts of a split export: in which order they come, and which is not there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Final

_DIGITS: Final = re.compile(r"([0-9]+)")
# site.wordpress.2024-01-31.000.xml, blog_007.xml, part2.xml; but no year and no day,
# by which separate exports differ.
_NUMBERED: Final = re.compile(
    r"(?P<family>.*?)"
    r"(?:(?<![0-9])(?P<three>[0-9]{3})|(?<=part)[ ._-]?(?P<any>[0-9]{1,4}))"
    r"(?P<end>\.xml(?:\.(?:gz|bz2|xz))?)",
    re.IGNORECASE | re.DOTALL,
)
_BY_WORDPRESS: Final = re.compile(r"\.\d{4}-\d\d-\d\d\.\Z")
_SHOWN: Final = 10


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Give a key that sorts names with numbers in them by these numbers."""
    pieces = _DIGITS.split(name)
    # Numbers by length and digits: a hostile one is not to be made an int.
    return tuple(
        (len(digits), digits) if place % 2 else (0, piece)
        for place, piece in enumerate(pieces)
        for digits in [piece.lstrip("0")]
    )


def in_order(names: Iterable[str]) -> list[int]:
    """Give places of names in numbered order; as they are, if they are no one export.

    Parts of one export differ in their number alone.
    """
    found = [_split(name) for name in names]
    places = list(range(len(found)))
    families = {each[0] if each else None for each in found}
    if len(families) != 1 or None in families:
        return places
    return sorted(places, key=lambda place: found[place][1])  # type: ignore[index]


def missing(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give each split export with a gap: one of its names, and the numbers missing.

    WordPress counts from 0; others may start at 1.
    """
    families: dict[str, dict[int, str]] = defaultdict(dict)
    for name in names:
        if split := _split(name):
            families[split[0]].setdefault(split[1], name)
    for family, numbers in families.items():
        by_wordpress = _BY_WORDPRESS.search(family.rpartition("\0")[0])
        first = 0 if by_wordpress else min(1, *numbers)
        if not by_wordpress and len(numbers) == 1:
            continue
        if gaps := _gaps(sorted(numbers), first):
            yield numbers[min(numbers)], ", ".join(gaps)


def _split(name: str) -> tuple[str, int] | None:
    """Part a name into what parts of one export share, and the number."""
    own = PurePath(name.rpartition("!")[2]).name
    match = _NUMBERED.fullmatch(own)
    if match is None:
        return None
    # Parts lie together: the same name elsewhere is another export.
    where = name[: len(name) - len(own)]
    number = match["three"] or match["any"]
    return f"{where}{match['family']}\0{match['end'].lower()}", int(number)


def _gaps(numbers: list[int], first: int) -> list[str]:
    gaps = []
    for before, after in zip([first - 1, *numbers], numbers, strict=False):
        if after > before + 1:
            last = after - 1
            gaps.append(
                f"{before + 1}" if last == before + 1 else f"{before + 1} to {last}"
            )
    return gaps if len(gaps) <= _SHOWN else [*gaps[:_SHOWN], "and more"]
