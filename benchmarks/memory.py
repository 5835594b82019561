"""How much memory each format takes, on exports of different sizes.

Usage: python benchmarks/memory.py EXPORT... [--to FORMATS]

Each run is a process of its own, with one job; what counts is the most that it held.
PostgreSQL and MariaDB are started for it, and thrown away; their memory does not count.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.servers import mariadb, postgresql

_FORMATS: Final = ("json", "jsonl", "wxr", "sqlite", "postgresql", "mysql")


@contextmanager
def target(to: str) -> Iterator[str]:
    """Give where a format is written to; it is gone afterwards."""
    if to == "postgresql":
        with postgresql() as server:
            yield server.url("postgresql", "postgres", f"host={server.folder}")
    elif to == "mysql":
        with mariadb() as server:
            command = ("mariadb", f"-S{server.folder}/socket", "-uroot", "-e")
            subprocess.run([*command, "CREATE DATABASE blog"], check=True)
            yield server.url("mysql", "blog", f"unix_socket={server.folder}/socket")
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "out")


def measure(export: Path, to: str) -> tuple[float, float]:
    """Give seconds and peak megabytes of one conversion."""
    with target(to) as out:
        command = [sys.executable, "-m", "wxr", "convert", str(export), "--quiet"]
        start = perf_counter()
        process = subprocess.Popen([*command, "--jobs", "1", "--to", to, "--out", out])
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = perf_counter() - start
    if process.returncode:
        sys.exit(f"{to} failed")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """Convert each export to each format; print seconds and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exports", type=Path, nargs="+", metavar="EXPORT")
    parser.add_argument("--to", nargs="+", choices=_FORMATS, default=_FORMATS)
    options = parser.parse_args()
    for to in options.to:
        for export in options.exports:
            seconds, peak = measure(export, to)
            size = export.stat().st_size / 1e6
            print(
                f"{to:12}{size:8.0f} MB{seconds:8.1f} s{peak:6.0f} MB held", flush=True
            )


if __name__ == "__main__":
    main()
