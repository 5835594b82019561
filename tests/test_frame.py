"""What stands around the code: make and the search for a Python to use."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]


def find_python(python: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / ".ci" / "find-python")],
        env={**os.environ, "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def python_without_venv(tmp_path: Path) -> str:
    """Give a Python as Debian ships it: of age, but without ensurepip."""
    script = tmp_path / "python3.11"
    script.write_text(
        "#!/bin/sh\n"
        'case "$2" in\n'
        "    *ensurepip*) exit 1 ;;\n"
        "    *print*) echo python3.11-venv ;;\n"
        "esac\n"
    )
    script.chmod(0o755)
    return str(script)


def test_missing_python_is_named_with_its_package() -> None:
    done = find_python("no-such-python")

    assert done.returncode == 1
    assert "apt install python3 python3-venv" in done.stderr


def test_missing_venv_is_named_with_its_package(python_without_venv: str) -> None:
    done = find_python(python_without_venv)

    assert done.returncode == 1
    assert "apt install python3.11-venv" in done.stderr


def test_python_without_venv_is_passed_over(python_without_venv: str) -> None:
    good = shutil.which("python3")

    done = find_python(f"{python_without_venv} {good}")

    assert done.stdout.strip() == good


def test_make_without_a_target_lists_targets() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    listed = [line.split()[1] for line in done.stdout.splitlines()]
    assert listed == [
        "help",
        "demo",
        "test",
        "lint",
        "format",
        "bench",
        "fuzz",
        "clean",
    ]
