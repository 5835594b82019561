import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import Golden
from tests.parser.exports import HEAD, export, item
from wxr.cli import main
from wxr.cli.overview import bar

FIXTURES = Path(__file__).parents[2] / "fixtures"
BLOG = FIXTURES / "blog-fr.xml"
GOLDEN = Path(__file__).parents[1] / "golden" / "inspect"


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["inspect", *map(str, arguments)], input=stdin)


@pytest.mark.parametrize("name", ["blog-fr", "threads", "types", "malformed-item"])
def test_overview_is_as_it_was(name: str, golden: Golden) -> None:
    result = run(FIXTURES / f"{name}.xml")

    assert result.exit_code == 0
    shown = result.stdout.replace(f"{FIXTURES}/", "fixtures/")
    # Which zones there are depends on the machine's list of them.
    lines = [line for line in shown.splitlines() if not _is_of_zones(line)]
    golden("\n".join(lines) + "\n", GOLDEN / f"{name}.txt")


def _is_of_zones(line: str) -> bool:
    return line.startswith("time zones") or (line.startswith("  ") and "/" in line)


def test_json_is_for_programs() -> None:
    result = run(BLOG, "--json")

    shown = json.loads(result.stdout)
    assert result.exit_code == 0
    assert shown["tool"] == "wxr"
    assert shown["types"]["entries"][0] == {"name": "post", "count": 3, "examples": []}
    assert shown["site"]["pub_date"] == "2025-11-14T09:30:00Z"


def test_standard_input_and_archives_are_read() -> None:
    result = run("-", stdin=gzip.compress(BLOG.read_bytes()))

    assert result.exit_code == 0
    assert "Le Carnet d’Odile" in result.stdout


def test_what_cannot_be_read_is_an_error_in_one_line(tmp_path: Path) -> None:
    result = run(tmp_path / "none.xml")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_damage_is_shown_and_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_text(export(item(), foot="<item><title>cut"), encoding="utf-8")

    result = run(path)

    assert result.exit_code == 0
    assert "lost" in result.stdout
    assert "truncated" in result.stdout


def test_export_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    hostile = "a\u009b2Jb\u202ec\x7fd"
    inside = (
        f"<title>{hostile}</title><dc:creator>{hostile}</dc:creator>"
        f"<wp:status>{hostile}</wp:status>"
        f"<category domain='{hostile}' nicename='{hostile}'>{hostile}</category>"
        f"<content:encoded><![CDATA[<!-- wp:x /-->[a_{hostile} b=c]"
        f"<img src='//{hostile}/']]></content:encoded>"
        f"<wp:postmeta><wp:meta_key>{hostile}</wp:meta_key><wp:meta_value>"
        f'a:1:{{s:9:"{hostile}";i:1;}}</wp:meta_value></wp:postmeta>'
        "<wp:comment><wp:comment_id>1</wp:comment_id>"
        f"<wp:comment_type>{hostile}</wp:comment_type></wp:comment>"
    )
    head = HEAD.replace("Carnet", hostile) + f"<link>{hostile}</link>\n"
    path = tmp_path / "e.xml"
    path.write_text(export(item(inside, kind=hostile), head=head), encoding="utf-8")

    result = run(path)

    assert result.exit_code == 0
    assert all(line.isprintable() for line in result.stdout.splitlines())


def test_no_more_than_a_few_names_are_shown(tmp_path: Path) -> None:
    items = [item(number=n, kind=f"type-{n:02}") for n in range(1, 40)]
    path = tmp_path / "e.xml"
    path.write_text(export(*items), encoding="utf-8")

    result = run(path)

    assert "and 29 more, 29 together" in result.stdout
    assert "type-11" not in result.stdout
    assert len(json.loads(run(path, "--json").stdout)["types"]["entries"]) == 39


@pytest.mark.parametrize(
    ("number", "drawn"),
    [(0, ""), (1, "▏"), (500, "████████████"), (1000, "████████████████████████")],
)
def test_bar_shows_its_share_and_whatever_is_there(number: int, drawn: str) -> None:
    assert bar(number, 1000) == drawn


def test_output_that_cannot_say_it_is_no_failure() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wxr", "inspect", str(BLOG)],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0
    assert done.stdout.startswith(b"Le Carnet d?Odile")
