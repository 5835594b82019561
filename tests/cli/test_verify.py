"""`wxr verify`, and `wxr convert --verify`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wxr.cli import main
from wxr.errors import WxrError

FIXTURES = Path(__file__).parents[2] / "fixtures"
BLOG = FIXTURES / "blog-fr.xml"
POST = "posts/lecture-la-politesse-des-machines.md"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give the French blog as Markdown, with a word lost."""
    site = tmp_path / "site"
    assert run("convert", BLOG, "--to", "markdown", "--out", site).exit_code == 0
    return site


def test_whole_says_so_in_its_last_line(site: Path) -> None:
    result = run("verify", BLOG, "--against", site)

    assert result.exit_code == 0
    last = result.stdout.splitlines()[-1]
    assert last.startswith("whole")
    assert last.endswith("nothing differs")


def test_a_loss_is_shown_with_the_words_before_it(site: Path) -> None:
    path = site / POST
    path.write_text(path.read_text("utf-8").replace("quel bonheur", "bonheur"), "utf-8")

    result = run("verify", BLOG, "--against", site)

    assert result.exit_code == 3
    lines = result.stdout.splitlines()
    assert lines[0].startswith(f"{POST} (item ")
    assert "(1 of " in lines[0]
    assert lines[1].startswith("  words, line ")
    assert "ascenseurs, quel bonheur !" in lines[2]
    assert "ascenseurs, bonheur !" in lines[3]
    assert lines[-1].startswith("NOT WHOLE")


def test_json_and_report_say_the_same(site: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    result = run("verify", BLOG, "--against", site, "--json", "--report", report)

    shown = json.loads(result.stdout)
    assert shown == json.loads(report.read_text("utf-8"))
    assert shown["whole"] is True
    assert shown["scores"]["words"]["lost"] == 0


def test_strict_makes_what_was_added_a_failure(site: Path) -> None:
    path = site / POST
    path.write_text(path.read_text("utf-8") + "\nplus\n", "utf-8")

    assert run("verify", BLOG, "--against", site).exit_code == 0
    assert run("verify", BLOG, "--against", site, "--strict").exit_code == 3


@pytest.mark.parametrize("to", ["markdown", "json", "jsonl", "sqlite"])
def test_convert_verifies_in_one_go(to: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    result = run(
        *("convert", BLOG, "--to", to, "--out", tmp_path / "out", "--verify"),
        *("--report", report),
    )

    assert result.exit_code == 0
    assert "nothing differs" in result.stderr
    assert json.loads(report.read_text("utf-8"))["verification"]["whole"] is True


def test_the_receipt_is_written_though_nothing_can_be_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise WxrError("cannot be read")

    monkeypatch.setattr("wxr.cli.convert.verified", fail)
    report = tmp_path / "report.json"
    result = run(
        *("convert", BLOG, "--to", "json", "--out", tmp_path / "out", "--verify"),
        *("--report", report),
    )

    assert result.exit_code == 1
    assert json.loads(report.read_text("utf-8"))["balanced"] is True


def test_verify_needs_files() -> None:
    result = run("convert", BLOG, "--to", "json", "--out", "-", "--verify")

    assert result.exit_code == 2
    assert "--verify reads again" in result.stderr


@pytest.mark.parametrize(
    ("target", "said"),
    [("none", "does not exist"), ("text.txt", "say what it is by --to")],
)
def test_what_is_no_target_is_an_error_in_one_line(
    target: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text("text", "utf-8")

    result = run("verify", BLOG, "--against", tmp_path / target)

    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "option", [("--include", "draft"), ("--comments", "data")], ids=lambda o: o[0]
)
def test_what_an_archive_has_no_use_for_is_refused(
    tmp_path: Path, option: tuple[str, str]
) -> None:
    archive = tmp_path / "blog.json"
    run("convert", BLOG, "--to", "json", "--out", archive)

    done = run("verify", BLOG, "--against", archive, *option)

    assert done.exit_code == 2
    assert f"{option[0]} is for Markdown" in done.stderr
