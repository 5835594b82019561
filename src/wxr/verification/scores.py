"""What a verification found: scores, first differences, and the sum of them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from wxr import _version
from wxr.verification.difference import Distance
from wxr.verification.folder import NOT_THERE

MOST_FINDINGS: Final = 1000
"""Findings that are kept; past them they are only counted."""
MOST_NAMES: Final = 100
"""The same for files that are missing or that nobody asked for."""


PLACE: Final = "place"
"""Kind of the difference of a file that is there, but not where links lead to."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many of one kind there were, and what became of them."""

    total: int = 0
    """In the export."""
    lost: int = 0
    added: int = 0
    """In the target besides."""

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.total + other.total, self.lost + other.lost, self.added + other.added
        )

    @property
    def kept(self) -> int:
        """How many stand in the target."""
        return self.total - self.lost

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost and nothing added."""
        return not self.lost and not self.added

    @property
    def percent(self) -> float:
        """The share kept, cut after two digits: 100 means all."""
        return self.kept * 10000 // self.total / 100 if self.total else 100.0

    @classmethod
    def of(cls, total: int, found: Distance) -> "Score":
        """Give the score of a sequence."""
        return cls(total, found.lost, found.added)

    def as_dict(self) -> dict[str, Any]:
        """Give the score as JSON has it."""
        return {
            "total": self.total,
            "kept": self.kept,
            "lost": self.lost,
            "added": self.added,
        }


Scores = Mapping[str, Score]
"""By kind: `words`, `links`, …; for archives `records` and `fields`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the source and what was written first part."""

    kind: str
    source: str
    """What the export says, with a few words around it."""
    written: str
    line: int | None = None
    """Of the file, from 1: where the block begins in which they part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of one post, or of another record."""

    item: int | None
    """Id of the post."""
    path: str
    """Of its file; in an archive what the record is: `post 12`, `term post_tag/a`."""
    scores: Scores = field(default_factory=dict)
    difference: Difference | None = None
    problem: str | None = None
    """Why it could not be compared."""

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing to say of it."""
        return (
            self.problem is None
            and self.difference is None
            and all(score.is_whole for score in self.scores.values())
        )

    def __add__(self, other: "Finding") -> "Finding":
        """Add what was found of a file that belongs to the same post."""
        return replace(
            self,
            scores=added_up(self.scores, other.scores),
            difference=self.difference or other.difference,
            problem=self.problem or other.problem,
        )

    def as_dict(self) -> dict[str, Any]:
        """Give the finding as JSON has it."""
        found = asdict(replace(self, scores={}))
        return found | {"scores": _as_dicts(self.scores)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Is what was written what was read?"""

    format: str
    target: str
    compared: int
    """Posts, in an archive records."""
    differing: int
    scores: Scores
    findings: tuple[Finding, ...]
    """Of what is not whole, in the order of the export; the first thousand."""
    missing: int = 0
    extra: int = 0
    extras: tuple[str, ...] = ()
    """Names of the first hundred files or records nobody asked for."""
    unread: int = 0
    """Items of the export that could not be read, so cannot be compared."""
    strict: bool = False

    @property
    def has_lost(self) -> bool:
        """Whether anything of the export is not in the target."""
        return bool(
            self.missing
            or self.unread
            or any(score.lost for score in self.scores.values())
            or any(each.problem for each in self.findings)
        )

    @property
    def is_whole(self) -> bool:
        """Whether the target holds what it should and nothing else."""
        return not self.has_lost and not self.differing and not self.extra

    @property
    def exit_code(self) -> int:
        """0, or 3 where something was lost (or, where `strict`, added or moved)."""
        return 3 if self.has_lost or (self.strict and not self.is_whole) else 0

    def as_dict(self) -> dict[str, Any]:
        """Give the object that `wxr verify --json` prints."""
        return {
            "tool": "wxr",
            "version": _version.VERSION,
            "format": self.format,
            "target": self.target,
            "whole": self.is_whole,
            "compared": self.compared,
            "differing": self.differing,
            "missing": self.missing,
            "extra": self.extra,
            "unread": self.unread,
            "scores": _as_dicts(self.scores),
            "findings": [each.as_dict() for each in self.findings],
            "extras": list(self.extras),
        }


class Sum:
    """Findings, added up as they come."""

    def __init__(self) -> None:
        self.compared = self.differing = self.missing = self.extra = 0
        self.scores: dict[str, Score] = {}
        self.findings: list[Finding] = []
        self.extras: list[str] = []

    def add(self, finding: Finding) -> None:
        """Take what was found of one record."""
        self.compared += 1
        self.scores = added_up(self.scores, finding.scores)
        self.missing += finding.problem == NOT_THERE
        if not finding.is_whole:
            self.differing += 1
            if len(self.findings) < MOST_FINDINGS:
                self.findings.append(finding)

    def add_extra(self, names: Iterable[str]) -> None:
        """Take what stands in the target without being in the export."""
        for name in names:
            self.extra += 1
            if len(self.extras) < MOST_NAMES:
                self.extras.append(name)


def added_up(one: Scores, other: Scores) -> dict[str, Score]:
    """Add scores kind by kind."""
    kinds = {**one, **other}
    return {kind: one.get(kind, Score()) + other.get(kind, Score()) for kind in kinds}


def _as_dicts(scores: Scores) -> dict[str, Any]:
    return {kind: score.as_dict() for kind, score in scores.items()}
