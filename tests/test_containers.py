"""An export in any container gives what the export itself gives."""

import gzip
import io
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import wxr
from wxr.cli import main
from wxr.diagnostics import Code

PART = "blog.wordpress.2024-01-31.{:03}.xml"


@pytest.fixture(scope="module")
def blog() -> Path:
    return Path(__file__).parents[1] / "fixtures" / "blog-fr.xml"


def zipped(blog: Path, *numbers: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in numbers:
            archive.write(blog, PART.format(number))
    return target.getvalue()


@pytest.mark.parametrize("to", ["markdown", "jsonl"])
def test_zip_of_an_export_gives_what_the_export_gives(
    to: str, blog: Path, tmp_path: Path
) -> None:
    (tmp_path / "blog.zip").write_bytes(zipped(blog, 0))

    plain = wxr.convert(blog, tmp_path / "a", to=to)
    packed = wxr.convert(tmp_path / "blog.zip", tmp_path / "b", to=to)

    assert packed.exit_code == 0
    assert packed.written.as_dict() == plain.written.as_dict()
    assert [part.path for part in packed.inputs] == [
        f"{tmp_path / 'blog.zip'}!{PART.format(0)}"
    ]
    assert packed.inputs[0].sha256 == plain.inputs[0].sha256


def test_parts_that_repeat_each_other_are_merged(blog: Path, tmp_path: Path) -> None:
    (tmp_path / "blog.zip").write_bytes(zipped(blog, 0, 1))

    report = wxr.convert(tmp_path / "blog.zip", tmp_path / "b", to="jsonl")

    assert report.exit_code == 0
    assert report.merged.as_dict() == report.written.as_dict()


def test_part_that_is_missing_is_a_loss(blog: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    for number in (0, 2):
        shutil.copy(blog, folder / PART.format(number))

    report = wxr.convert(folder, tmp_path / "b", to="jsonl")

    assert report.exit_code == 3
    assert report.balanced
    assert report.diagnostics[0].code is Code.PART_MISSING


def test_library_reads_archives_too(blog: Path, tmp_path: Path) -> None:
    (tmp_path / "blog.gz").write_bytes(gzip.compress(blog.read_bytes()))

    assert list(wxr.read(tmp_path / "blog.gz")) == list(wxr.read(blog))


def test_caps_can_be_raised_and_lowered(blog: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.jsonl"
    arguments = ["convert", "-", "--to", "jsonl", "--out", str(target)]

    result = CliRunner().invoke(
        main, [*arguments, "--max-size", "9999"], input=gzip.compress(blog.read_bytes())
    )

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "raise --max-size" in result.stderr
    assert not target.exists()
