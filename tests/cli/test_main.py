"""The program: a process of its own, with settings that a library must not have."""

import gc
import subprocess
import sys

from click.testing import CliRunner

from wxr.cli import main

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
