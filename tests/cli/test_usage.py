"""Options that would do nothing are refused, and nothing is written."""

from pathlib import Path

import pytest

import wxr
from tests.cli.test_convert import BLOG, run
from wxr.errors import OptionError

IDLE = {
    "include of an archive": (
        ("--to", "json", "--include", "draft"),
        "--include is for --to markdown",
    ),
    "a key that redacts nothing": (
        ("--to", "json", "--redact-key", "k"),
        "--redact-key redacts nothing without --redact",
    ),
    "a key that is empty": (
        ("--to", "json", "--redact", "--redact-key", ""),
        "--redact-key is empty",
    ),
    "a prefix where names are fixed": (
        ("--to", "sql", "--prefix", "p"),
        "--prefix: is not for sqlite",
    ),
    "a schema where there are none": (
        ("--to", "sql", "--dialect", "mysql", "--schema", "s"),
        "--schema: is not for mysql",
    ),
    "a name that is none": (
        ("--to", "sql", "--dialect", "mysql", "--prefix", "1"),
        "--prefix: wants up to 24 letters",
    ),
    "comments that are wanted and not": (
        ("--to", "markdown", "--no-comments", "--comments", "data"),
        "--no-comments leaves none for --comments data",
    ),
    "a filter without a name": (("--to", "json", "--type", " ,"), "--type is empty"),
    "a report without a name": (("--to", "json", "--report", ""), "--report is empty"),
    "days that are none": (
        ("--to", "json", "--since", "2020-02-01", "--until", "2020-01-31"),
        "--since is after --until",
    ),
}


@pytest.mark.parametrize(("options", "said"), IDLE.values(), ids=IDLE)
def test_what_would_do_nothing_is_refused(
    options: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    result = run("convert", BLOG, "--out", tmp_path / "out", *options)

    assert result.exit_code == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_key_in_the_environment_is_for_the_runs_that_redact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WXR_REDACT_KEY", "k")

    result = run("convert", BLOG, "--to", "json", "--out", tmp_path / "out")

    assert result.exit_code == 0


def test_one_day_may_be_first_and_last(tmp_path: Path) -> None:
    day = "2010-06-03"
    days = ("--since", day, "--until", day)

    result = run("convert", BLOG, "--to", "json", "--out", tmp_path / "out", *days)

    assert "written   1 post;" in result.stderr


@pytest.mark.parametrize(
    "command", [("convert", BLOG, "--to", "json"), ("repair", BLOG)]
)
def test_result_and_report_do_not_mix_on_standard_output(
    command: tuple[object, ...],
) -> None:
    result = run(*command, "--out", "-", "--report", "-")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "cannot both go to standard output" in result.stderr


def test_markdown_does_not_go_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = run("convert", BLOG, "--to", "markdown", "--out", "-")

    assert result.exit_code == 1
    assert "a folder cannot go to standard output" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["inspect", "convert"])
def test_an_empty_name_is_not_the_folder_one_is_in(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blog.xml").write_bytes(BLOG.read_bytes())
    options = ("--to", "json", "--out", "out.json") if command == "convert" else ()

    result = run(command, "", *options)

    assert result.exit_code == 1
    assert "the name of an export is empty" in result.stderr


def test_a_report_cannot_be_a_folder_and_nothing_is_read_for_it(tmp_path: Path) -> None:
    out = tmp_path / "out.json"

    result = run("convert", BLOG, "--to", "json", "--out", out, "--report", tmp_path)

    assert result.exit_code == 1
    assert "the report cannot be written (is a directory)" in result.stderr
    assert not out.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no full device")
def test_a_disk_that_is_full_for_the_report_is_said(tmp_path: Path) -> None:
    out = tmp_path / "out.json"

    result = run("convert", BLOG, "--to", "json", "--out", out, "--report", "/dev/full")

    assert result.exit_code == 1
    assert "the report cannot be written (no space left on device)" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("convert", "--to", "markdown", "--out"),
        ("repair", "--out"),
        ("verify", "--against"),
    ],
    ids=lambda command: command[0],
)
def test_an_empty_target_is_not_the_folder_one_is_in(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = run(*command, "", BLOG)

    assert result.exit_code == 2
    assert f"{command[-1]} is empty" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_library_refuses_an_empty_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(OptionError, match="out: is empty"):
        wxr.convert(BLOG, "", to="markdown")

    assert list(tmp_path.iterdir()) == []
