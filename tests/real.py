"""Where the real exports are, beside the project, and what tests share of each."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import wxr
from wxr.ledger import Report
from wxr.model import Record

SHARED: Final = Path(__file__).parents[2] / "shared"
REAL: Final = SHARED / "real"


@dataclass
class Written:
    """An export as it was converted. Tests read it, and leave it as it is."""

    path: Path
    report: Report


@dataclass
class Shared:
    """What tests share of one real export: read once, and once written in a format."""

    export: Path
    folder: Path
    _written: dict[str, Written] = field(default_factory=dict)

    @cached_property
    def records(self) -> list[Record]:
        """Give what the export holds."""
        return list(wxr.read(self.export, on_diagnostic=lambda _: None))

    def written(self, to: str) -> Written:
        """Give the export in a format, without options."""
        if to not in self._written:
            path = self.folder / to
            self._written[to] = Written(path, wxr.convert(self.export, path, to=to))
        return self._written[to]


def exports() -> list[Path]:
    """Give the real exports in a fixed order; none where they are not there."""
    return sorted(REAL.glob("*.xml"))
