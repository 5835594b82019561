"""The program: a process of its own, with settings that a library must not have."""

import gc
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from wxr.cli import main

BLOG: Final = str(Path(__file__).parents[2] / "fixtures" / "blog-fr.xml")

_RUN = """
import gc, sys
from wxr.__main__ import main
sys.argv = ["wxr", "--version"]
try:
    main()
except SystemExit:
    print(gc.get_threshold()[0])
"""


def test_only_the_program_looks_for_circles_of_objects_seldom() -> None:
    before = gc.get_threshold()

    CliRunner().invoke(main, ["--version"])
    done = subprocess.run(
        [sys.executable, "-c", _RUN], capture_output=True, text=True, check=True
    )

    assert gc.get_threshold() == before
    assert int(done.stdout.splitlines()[-1]) > before[0]


def _said(*command: str, output: int) -> str:
    """Run a command to an output that takes nothing; gives the one line it says."""
    result = subprocess.run(
        [sys.executable, "-m", "wxr", *command],
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    return line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no full device")
@pytest.mark.parametrize(
    "command", [("--help",), ("inspect", "--json", BLOG), ("verify", "--help")]
)
def test_output_that_finds_no_room_is_said(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        line = _said(*command, output=full.fileno())

    assert "output cannot be written (no space left on device)" in line


@pytest.mark.parametrize(
    "to",
    [("json",), ("jsonl",), ("wxr",), ("sql", "--dialect", "sqlite")],
    ids=lambda to: to[0],
)
def test_whoever_reads_no_further_is_said_to_have_gone(to: tuple[str, ...]) -> None:
    behind, before = os.pipe()
    os.close(behind)

    line = _said("convert", BLOG, "--out", "-", "--to", *to, output=before)

    os.close(before)
    assert line == "wxr: -: the program that reads the output has gone away"
