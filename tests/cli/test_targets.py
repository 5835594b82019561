"""Targets that can never be written are told of in one line, before any work."""

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from wxr.cli.group import main

BLOG = str(Path(__file__).parents[2] / "fixtures" / "blog-fr.xml")

every_way = pytest.mark.parametrize(
    "arguments",
    [
        ("convert", "--to", "jsonl"),
        ("convert", "--to", "sqlite"),
        ("convert", "--to", "markdown"),
        ("convert", "--to", "wxr"),
        ("repair",),
    ],
    ids=lambda arguments: arguments[-1],
)


@every_way
def test_a_name_that_is_too_long(arguments: tuple[str, ...], tmp_path: Path) -> None:
    target = str(tmp_path / ("n" * 256))

    done = CliRunner().invoke(main, [*arguments, BLOG, "--out", target])

    assert done.exit_code == 1
    assert done.stderr == f"wxr: {target}: the name is too long; choose a shorter one\n"
    assert [*tmp_path.iterdir()] == []


@every_way
def test_a_link_to_itself(arguments: tuple[str, ...], tmp_path: Path) -> None:
    target = tmp_path / "loop"
    target.symlink_to(target)

    done = CliRunner().invoke(main, [*arguments, BLOG, "--out", str(target)])

    assert done.exit_code == 1
    assert done.stderr.startswith(f"wxr: {target}: ")
    assert "fault" not in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "darwin", reason="its names are all UTF-8")
@every_way
def test_a_name_that_is_no_text(arguments: tuple[str, ...], tmp_path: Path) -> None:
    target = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")

    done = CliRunner().invoke(main, [*arguments, BLOG, "--out", target])

    assert done.exit_code == 0
    assert [os.fsencode(path.name) for path in tmp_path.iterdir()] == [b"caf\xe9"]
