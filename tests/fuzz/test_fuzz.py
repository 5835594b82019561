"""Some seeded seconds of fuzzing, and what fuzzing found before.

Each file in `cases` is an input that once broke the target it is named for.
"""

from pathlib import Path
from typing import Final

import pytest

from tests.fuzz import run
from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS

CASES: Final = sorted((Path(__file__).parent / "cases").iterdir())
_SECONDS: Final = 2
"""For each target and engine: with four and two that is a quarter of a minute."""

every_target = pytest.mark.parametrize("target", sorted(TARGETS))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_found_stays_mended(case: Path) -> None:
    target, _, _ = case.name.partition("-")

    TARGETS[target](case.read_bytes())


@every_target
def test_what_fuzzing_starts_from_breaks_nothing(target: str) -> None:
    for data in SEEDS[target]:
        TARGETS[target](data)


@pytest.mark.slow
@every_target
def test_seeded_damage_breaks_nothing(target: str, tmp_path: Path) -> None:
    counts = run.run_mutator(target, _SECONDS, seed=1, findings=tmp_path)

    assert counts["executions"] > 0
    assert _found(tmp_path) == []


@pytest.mark.slow
@every_target
def test_guided_damage_breaks_nothing(target: str, tmp_path: Path) -> None:
    if not run.has_atheris():
        pytest.skip(run.NO_ATHERIS)

    run.run_atheris(target, _SECONDS, seed=1, findings=tmp_path)

    assert _found(tmp_path) == []


def _found(folder: Path) -> list[object]:
    """Give what was found: the reason where there is one, else the bytes."""
    return [
        path.read_text("utf-8") if path.suffix else (path.name, path.read_bytes())
        for path in folder.iterdir()
    ]


def test_a_fault_is_found_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A run that finds nothing means something only if it would have found a fault."""

    def broken(data: bytes) -> None:
        assert b"s:" not in data, "an s"

    monkeypatch.setattr(run, "TARGETS", {"phpvalue": broken})

    counts = run.run_mutator("phpvalue", 5, seed=1, findings=tmp_path, most=1)

    assert counts["findings"] == 1
    assert {path.suffix for path in tmp_path.iterdir()} == {"", ".txt"}
