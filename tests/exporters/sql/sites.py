"""Several exports loaded together, as parts of one site.

To make tables costs a server more than to take what a small export holds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

import wxr
from tests.exporters.json.reading import read_lines
from tests.exporters.sql.databases import Rows, tables_of

FIXTURES: Final = Path(__file__).parents[3] / "fixtures"
_TELLING: Final = ("blog-fr.xml", "hostile.xml", "meta.xml", "threads.xml")
_GROUPS: Final = 4


def _fixtures() -> list[list[Path]]:
    """Give the telling fixtures alone, and the others in groups."""
    telling = [FIXTURES / name for name in _TELLING]
    others = [path for path in sorted(FIXTURES.glob("*.xml")) if path not in telling]
    alone = [[path] for path in telling]
    return [*alone, *(others[number::_GROUPS] for number in range(_GROUPS))]


every_site_of_fixtures = pytest.mark.parametrize(
    "parts", _fixtures(), ids=lambda parts: "+".join(path.stem for path in parts)
)


@dataclass(frozen=True)
class Parts:
    """Exports, and the rows that a database of them has to hold."""

    parts: Sequence[Path]
    tables: Mapping[str, Rows]


def site_of(parts: Sequence[Path], folder: Path) -> Parts:
    """Give what is to be found, doubles merged, by way of another format."""
    lines = folder / "site.jsonl"
    wxr.convert(list(parts), lines, to="jsonl", force=True)
    return Parts(parts, tables_of(read_lines(lines.read_bytes())))


def together(
    parts: Sequence[Path], folder: Path, hold: Callable[[Parts], None]
) -> None:
    """Hold a site against its rows; where it fails, each part, to name the one."""
    try:
        hold(site_of(parts, folder))
    except AssertionError:
        for part in parts:
            try:
                hold(site_of([part], folder))
            except AssertionError as error:
                error.add_note(f"It is {part.name} that does not come back.")
                raise
        raise
