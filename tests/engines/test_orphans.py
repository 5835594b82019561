"""Workers whose process was killed end too, instead of waiting for work forever."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

PATIENCE = 60

PROGRAM = """
import itertools, os
from wxr.engines.processes import Processes

def worker(_):
    return os.getpid()

if __name__ == "__main__":
    engine = Processes(1, split=lambda each: [each], after_death=lambda _: 0)
    for each in engine(worker, itertools.count()):
        print(each, flush=True)
"""


def is_alive(process: int) -> bool:
    """Say whether a process runs; one that only waits to be buried does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_a_worker_ends_with_the_process_that_was_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with subprocess.Popen(
        [sys.executable, program], stdout=subprocess.PIPE, text=True
    ) as killed:
        assert killed.stdout is not None
        worker = int(killed.stdout.readline())
        os.kill(killed.pid, signal.SIGKILL)

    end = monotonic() + PATIENCE
    while is_alive(worker) and monotonic() < end:
        sleep(0.05)

    assert not is_alive(worker)
