"""Run targets for some time: `python -m tests.fuzz.run --seconds 60`.

With atheris, mutations are guided by the code that they reach; without it, or with
`--engine mutator`, they are those of `mutate`, drawn by a seed. What is found is
written to `--findings`, one file each, and the exit code is 1.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzz.mutate import TOKENS, mutated
from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS

NO_ATHERIS: Final = "atheris is not installed: it has no wheel for this Python"
_SLOW: Final = 10
"""Seconds past which one input is a finding: all there is takes linear time."""
_MOST: Final = 20
"""Findings after which a target has had enough."""


def has_atheris() -> bool:
    """Say whether runs can be guided by coverage."""
    return find_spec("atheris") is not None


def run_mutator(
    target: str, seconds: float, seed: int, findings: Path, *, most: int = _MOST
) -> Counter[str]:
    """Run a target on seeded mutations; gives counts of `executions` and `findings`."""
    random = Random(seed)
    counts: Counter[str] = Counter()
    met: set[str] = set()
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(met) < most:
        data = mutated(SEEDS[target], random)
        counts["executions"] += 1
        why = _finding(target, data)
        if why is not None and _place(why) not in met:
            met.add(_place(why))
            counts["findings"] += 1
            _keep(findings, target, data, why)
    return counts


def _finding(target: str, data: bytes) -> str | None:
    """Run one input; gives what is wrong with it, if anything."""
    start = time.process_time()
    try:
        TARGETS[target](data)
    except Exception:  # noqa: BLE001  any is a finding
        return traceback.format_exc()
    if (took := time.process_time() - start) > _SLOW:
        return f"it took {took:.0f} seconds"
    return None


def _place(why: str) -> str:
    """Tell findings apart by where they were raised, and what as."""
    lines = [line for line in why.splitlines() if line.strip()]
    places = [line.strip() for line in lines if line.lstrip().startswith("File ")]
    return " ".join([*places[-1:], lines[-1].partition(":")[0], lines[-1][:60]])


def _keep(findings: Path, target: str, data: bytes, why: str) -> None:
    findings.mkdir(parents=True, exist_ok=True)
    name = f"{target}-{hashlib.sha256(data).hexdigest()[:12]}"
    (findings / name).write_bytes(data)
    (findings / f"{name}.txt").write_text(why, encoding="utf-8")


def run_atheris(target: str, seconds: float, seed: int, findings: Path) -> int:
    """Run a target under atheris for some time; gives the number of findings.

    A finding ends the process that meets it, so another one goes on from there.
    """
    findings.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + seconds
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder), target)
        while (left := int(end - time.monotonic())) > 0 and found < _MOST:
            command = _guided(Path(folder), target, left, seed + found, findings)
            found += subprocess.run(command, check=False).returncode != 0
    return found


def _fill(folder: Path, target: str) -> None:
    """Write the seeds and the dictionary to where libFuzzer reads them."""
    (folder / "corpus").mkdir()
    for number, data in enumerate(SEEDS[target]):
        (folder / "corpus" / str(number)).write_bytes(data)
    (folder / "words").write_text("".join(map(_word, TOKENS)), encoding="ascii")


def _guided(
    folder: Path, target: str, seconds: int, seed: int, findings: Path
) -> list[str]:
    return [
        *(sys.executable, "-m", "tests.fuzz.guided", target),
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-dict={folder / 'words'}",
        f"-artifact_prefix={findings}/{target}-",
        f"-timeout={3 * _SLOW}",
        "-max_len=4096",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
        str(folder / "corpus"),
    ]


def _word(token: bytes) -> str:
    escaped = "".join(f"\\x{byte:02x}" for byte in token)
    return f'"{escaped}"\n'


def main() -> int:
    """Run what the command line says; 1 where anything was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60, help="of all targets")
    options.add_argument("--target", choices=sorted(TARGETS), action="append")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--engine", choices=["atheris", "mutator"], default="atheris")
    options.add_argument("--findings", type=Path, default=Path("build/fuzz"))
    given = options.parse_args()
    targets = given.target or sorted(TARGETS)
    share = given.seconds / len(targets)
    is_guided = given.engine == "atheris" and has_atheris()
    if given.engine == "atheris" and not is_guided:
        print(f"{NO_ATHERIS}; running seeded mutations instead")
    is_sound = True
    for target in targets:
        if is_guided:
            is_sound &= not run_atheris(target, share, given.seed, given.findings)
            continue
        counts = run_mutator(target, share, given.seed, given.findings)
        print(f"{target}: {counts['executions']:,} runs, {counts['findings']} findings")
        is_sound &= not counts["findings"]
    return 0 if is_sound else 1


if __name__ == "__main__":
    sys.exit(main())
