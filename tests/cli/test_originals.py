"""What is read is never written over, under whatever name, by whatever option."""

import gzip
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import wxr
from wxr.cli import main

BLOG = Path(__file__).parents[2] / "fixtures" / "blog-fr.xml"
JSONL = ("--to", "jsonl", "--force")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["convert", *map(str, arguments)])


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return Path(shutil.copy(BLOG, tmp_path / "blog.xml"))


def _refused(result: Result, option: str) -> bool:
    assert result.exit_code == 1, result.output
    assert "export that is read here" in result.stderr
    return option in result.stderr


@pytest.mark.parametrize("to", ["json", "jsonl", "sqlite"])
def test_the_target_cannot_be_the_export(original: Path, to: str) -> None:
    result = run(original, "--to", to, "--out", original, "--force")

    assert _refused(result, "--out")
    assert original.read_bytes() == BLOG.read_bytes()


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_nor_a_link_to_it(original: Path, link: object, tmp_path: Path) -> None:
    target = tmp_path / "other.jsonl"
    link(original, target)  # type: ignore[operator]

    assert _refused(run(original, *JSONL, "--out", target), "--out")
    assert target.read_bytes() == BLOG.read_bytes()


def test_nor_a_file_of_the_folder_that_is_read(original: Path, tmp_path: Path) -> None:
    assert _refused(run(tmp_path, *JSONL, "--out", original), "--out")
    assert original.read_bytes() == BLOG.read_bytes()


def test_nor_an_archive(original: Path, tmp_path: Path) -> None:
    archive = tmp_path / "blog.gz"
    archive.write_bytes(gzip.compress(original.read_bytes()))

    assert _refused(run(archive, *JSONL, "--out", archive), "--out")


def test_the_report_cannot_be_the_export(original: Path, tmp_path: Path) -> None:
    target = tmp_path / "o.jsonl"
    result = run(original, *JSONL, "--out", target, "--report", original)

    assert _refused(result, "--report")
    assert original.read_bytes() == BLOG.read_bytes()
    assert not target.exists()


def test_the_report_cannot_be_the_target(original: Path, tmp_path: Path) -> None:
    target = tmp_path / "o.jsonl"
    result = run(original, *JSONL, "--out", target, "--report", target)

    assert result.exit_code == 2
    assert "the same file" in result.stderr


def test_the_library_refuses_too(original: Path) -> None:
    with (
        original.open("rb") as file,
        pytest.raises(wxr.WxrError, match="export that is read here"),
    ):
        wxr.convert(iter([file]), original, to="jsonl", force=True)

    assert original.read_bytes() == BLOG.read_bytes()
