"""How fast each format is written, against reading alone, and in how much memory.

Usage: python benchmarks/converting.py EXPORT [--rounds N]

Each run is a process of its own. Memory is the peak of what it and its workers hold,
with shared pages counted once (the proportional set size of Linux, sampled).
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Final

_RUNS: Final = {
    "read": ("", 1),
    "jsonl": ("jsonl", 1),
    "sqlite": ("sqlite", 1),
    "markdown": ("markdown", 1),
    "markdown, 2 jobs": ("markdown", 2),
    "jsonl, 2 jobs": ("jsonl", 2),
}
_SAMPLE_EVERY: Final = 0.05


def work(export: str, target: str, to: str, jobs: int) -> None:
    """Do one run, in the process that is measured."""
    import wxr  # noqa: PLC0415 - the process that measures must not load it

    if to:
        wxr.convert(export, target, to=to, jobs=jobs)
        return
    for _ in wxr.read(export):
        pass


def _descendants(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        for listing in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found.extend(map(int, listing.read_text().split()))
            except OSError:  # it ended while we looked
                continue
    return found


def _resident(pid: int) -> float:
    """Megabytes held by a process and its children, shared pages counted once."""
    kilobytes = 0
    for each in _descendants(pid):
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes += sum(
            int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:"
        )
    return kilobytes / 1024


def measure(export: Path, to: str, jobs: int) -> tuple[float, float]:
    """Give seconds and peak megabytes of one run."""
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "out")
        arguments = ["--work", to, str(jobs), target]
        command = [sys.executable, __file__, str(export), *arguments]
        start = perf_counter()
        process = subprocess.Popen(command)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            sleep(_SAMPLE_EVERY)
        seconds = perf_counter() - start
        if process.returncode:
            sys.exit(f"{to or 'read'} failed")
        return seconds, peak


def main() -> None:
    """Run each way in turns; print speed, share of reading's speed, and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        to, jobs, target = options.work
        work(str(options.export), target, to, int(jobs))
        return

    results: dict[str, list[tuple[float, float]]] = {name: [] for name in _RUNS}
    for _ in range(options.rounds):
        for name, (to, jobs) in _RUNS.items():
            results[name].append(measure(options.export, to, jobs))
    _show(options.export, results)


def _show(export: Path, results: dict[str, list[tuple[float, float]]]) -> None:
    size = export.stat().st_size / 1e6
    reading = min(seconds for seconds, _ in results["read"])
    print(f"{export.name}: {size:.1f} MB; start of Python included\n")
    print(f"{'':18}{'best s':>8}{'median s':>10}{'MB/s':>8}{'of reading':>12}{'MB':>8}")
    for name, runs in results.items():
        best = min(seconds for seconds, _ in runs)
        middle = median(seconds for seconds, _ in runs)
        peak = max(megabytes for _, megabytes in runs)
        print(
            f"{name:18}{best:8.2f}{middle:10.2f}{size / best:8.1f}"
            f"{reading / best:12.2f}{peak:8.0f}"
        )


if __name__ == "__main__":
    main()
