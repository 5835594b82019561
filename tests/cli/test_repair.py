import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from wxr.cli import main

FIXTURES = Path(__file__).parents[2] / "fixtures"
BLOG = FIXTURES / "blog-fr.xml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["repair", *map(str, arguments)])


def test_a_whole_export_is_copied_and_the_summary_says_so(tmp_path: Path) -> None:
    result = run(BLOG, "--out", tmp_path / "clean.xml")

    assert result.exit_code == 0, result.output
    assert (tmp_path / "clean.xml").read_bytes() == BLOG.read_bytes()
    assert result.stdout == ""
    assert "repaired" not in result.stderr
    assert "e-mails, IPs and passwords" in result.stderr


def test_what_was_repaired_is_in_summary_and_report(tmp_path: Path) -> None:
    out, receipt = tmp_path / "clean.xml", tmp_path / "receipt.json"

    result = run(FIXTURES / "malformed-item.xml", "--out", out, "--report", receipt)

    report = json.loads(receipt.read_text(encoding="utf-8"))
    assert "repaired" in result.stderr
    assert report["format"] == "wxr"
    assert report["balanced"]
    assert {each["severity"] for each in report["diagnostics"]} == {"repaired"}


def test_losses_are_exit_code_3_and_strict_makes_repairs_so(tmp_path: Path) -> None:
    lost = run(FIXTURES / "truncated.xml", "--out", tmp_path / "a.xml")
    strict = run(
        FIXTURES / "malformed-item.xml", "--out", tmp_path / "b.xml", "--strict"
    )

    assert (lost.exit_code, strict.exit_code) == (3, 3)


def test_it_reads_standard_input_and_writes_standard_output() -> None:
    command = [sys.executable, "-m", "wxr", "repair", "-", "--out", "-", "--quiet"]

    done = subprocess.run(
        command, input=BLOG.read_bytes(), capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout == BLOG.read_bytes()
    assert done.stderr == b""


def test_an_error_is_one_line(tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere.xml", "--out", tmp_path / "clean.xml")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
