import json
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import wxr
from tests.parser.exports import export, item
from wxr.cli import main

FIXTURES = Path(__file__).parents[2] / "fixtures"
BLOG = FIXTURES / "blog-fr.xml"


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


def command(
    *arguments: object, **options: object
) -> subprocess.CompletedProcess[bytes]:
    given = [sys.executable, "-m", "wxr", *map(str, arguments)]
    return subprocess.run(given, capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("to", ["json", "jsonl", "markdown", "sqlite", "wxr"])
def test_the_main_job(to: str, tmp_path: Path) -> None:
    result = run("convert", BLOG, "--to", to, "--out", tmp_path / "out")

    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "read " in result.stderr
    assert "written " in result.stderr
    assert (tmp_path / "out").exists()


def test_the_summary_says_what_was_withheld(tmp_path: Path) -> None:
    result = run("convert", BLOG, "--to", "markdown", "--out", tmp_path / "site")

    assert "(status:draft)" in result.stderr
    assert "(comment-status:hold)" in result.stderr


def test_an_archive_says_what_it_holds(tmp_path: Path) -> None:
    result = run("convert", BLOG, "--to", "jsonl", "--out", tmp_path / "o.jsonl")

    assert "e-mails, IPs and passwords" in result.stderr
    assert (tmp_path / "o.jsonl").stat().st_mode & 0o777 == 0o600


def test_the_report_has_the_shape_that_programs_rely_on(tmp_path: Path) -> None:
    out, receipt = tmp_path / "o.jsonl", tmp_path / "receipt.json"

    result = run("convert", BLOG, "--to", "jsonl", "--out", out, "--report", receipt)

    report = json.loads(receipt.read_text("utf-8"))
    assert result.exit_code == 0
    assert list(report) == [
        "tool",
        "version",
        "inputs",
        "format",
        "target",
        "read",
        "written",
        "merged",
        "withheld",
        "failed",
        "balanced",
        "diagnostics",
    ]
    assert report["balanced"] is True
    assert report["version"] == wxr.__version__
    (given,) = report["inputs"]
    assert given["bytes"] == BLOG.stat().st_size
    assert len(given["sha256"]) == 64
    assert list(report["read"]) == [
        "items",
        "comments",
        "authors",
        "terms",
        "meta",
    ]


def test_a_report_to_standard_output(tmp_path: Path) -> None:
    result = run(
        "convert", BLOG, "--to", "jsonl", "--out", tmp_path / "o", "--report", "-"
    )

    assert json.loads(result.stdout)["tool"] == "wxr"


def test_json_to_standard_output() -> None:
    done = command("convert", BLOG, "--to", "json", "--out", "-", "--quiet")

    assert done.returncode == 0
    assert json.loads(done.stdout)["format"] == "wxr-json"
    assert done.stderr == b""


def test_an_export_from_standard_input(tmp_path: Path) -> None:
    done = command(
        *("convert", "-", "--to", "markdown", "--out", tmp_path / "site"),
        input=BLOG.read_bytes(),
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "site.yaml").is_file()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"<html><body>Log in</body></html>", "web page"),
        (b"<rss><channel><item/></channel></rss>", "RSS feed"),
    ],
)
def test_what_is_no_export_is_one_line_and_exit_1(
    content: bytes, says: str, tmp_path: Path
) -> None:
    source = tmp_path / "x.xml"
    source.write_bytes(content)

    result = run("convert", source, "--to", "jsonl", "--out", tmp_path / "o.jsonl")

    assert result.exit_code == 1
    assert says in result.stderr
    assert result.stderr.startswith(f"wxr: {source}: ")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "o.jsonl").exists()


def test_a_missing_file_is_our_own_error() -> None:
    result = run("convert", "no.xml", "--to", "jsonl", "--out", "o.jsonl")

    assert result.exit_code == 1
    assert "no such file" in result.stderr


def test_a_report_that_cannot_be_written_is_said_before_the_work(
    tmp_path: Path,
) -> None:
    result = run(
        *("convert", BLOG, "--to", "jsonl", "--out", tmp_path / "o.jsonl"),
        *("--report", tmp_path / "no" / "r.json"),
    )

    assert result.exit_code == 1
    assert "--report" in result.stderr
    assert not (tmp_path / "o.jsonl").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("convert",),
        ("convert", BLOG, "--out", "x"),
        ("convert", BLOG, "--to", "word", "--out", "x"),
        ("convert", BLOG, "--to", "json", "--out", "x", "--comments", "none"),
        ("convert", BLOG, "--to", "sqlite", "--out", "x", "--decode-meta"),
        ("convert", BLOG, "--to", "json", "--out", "x", "--jobs", "0"),
        ("publish", BLOG),
    ],
)
def test_wrong_usage_is_exit_2(arguments: tuple[object, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_loss_is_exit_3_and_named(tmp_path: Path) -> None:
    source = tmp_path / "x.xml"
    source.write_text(export(item("<wp:post_date>never</wp:post_date>")), "utf-8")

    result = run("convert", source, "--to", "jsonl", "--out", tmp_path / "o.jsonl")

    assert result.exit_code == 3
    assert f"{source}, line 13, item 1: date is 'never'" in result.stderr


def test_filters_and_include_are_counted(tmp_path: Path) -> None:
    result = run(
        *("convert", BLOG, "--to", "jsonl", "--out", tmp_path / "o.jsonl"),
        *("--type", "page,attachment"),
    )

    assert "(filter:type)" in result.stderr
    lines = (tmp_path / "o.jsonl").read_text("utf-8").split("\n")[:-1]
    kinds = {json.loads(line).get("type") for line in lines}
    assert kinds <= {None, "page", "attachment"}


def test_what_a_terminal_would_obey_never_reaches_it(tmp_path: Path) -> None:
    source = tmp_path / "x.xml"
    source.write_text(export(item("<wp:post_date>\u009b31m</wp:post_date>")), "utf-8")

    result = run(
        "convert", source, "--to", "jsonl", "--out", tmp_path / "\x1b[2J.jsonl"
    )

    assert result.exit_code == 3
    assert not {"\x1b", "\u009b"} & set(result.stderr)


@pytest.mark.parametrize("name", [(), ("convert",)])
def test_help_has_examples(name: tuple[str, ...]) -> None:
    result = run(*name, "--help")

    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert "  wxr convert blog.xml --to" in result.output


def test_a_bar_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    given = ["convert", BLOG, "--to", "jsonl", "--out", tmp_path / "o.jsonl"]
    subprocess.run(
        [sys.executable, "-m", "wxr", *map(str, given)], stderr=theirs, check=True
    )
    os.close(theirs)

    seen = os.read(ours, 1 << 16).decode()
    os.close(ours)

    assert "reading" in seen
    assert "reading" not in command(*given, "--force").stderr.decode()


def test_no_comments_are_left_out_of_any_format(tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"

    result = run("convert", BLOG, "--to", "jsonl", "--out", out, "--no-comments")

    assert "(filter:comments)" in result.stderr
    assert all(
        json.loads(line).get("comments", []) == []
        for line in out.read_text("utf-8").split("\n")[:-1]
    )


@pytest.mark.parametrize(
    ("size", "parts"), [("1", 6), ("9KB", 4), ("9 kb", 4), ("1MiB", 1), ("0.1GB", 1)]
)
def test_parts_have_the_size_asked_for(size: str, parts: int, tmp_path: Path) -> None:
    out = tmp_path / "o.xml"

    result = run("convert", BLOG, "--to", "wxr", "--out", out, "--split", size)

    assert result.exit_code == 0, result.output
    assert len(list(tmp_path.glob("o.*.xml"))) == parts


@pytest.mark.parametrize("size", ["", "ten", "-1", "0", "0.1", "10 parsecs", "1e9"])
def test_what_is_no_size_is_wrong_usage(size: str, tmp_path: Path) -> None:
    out = tmp_path / "o.xml"

    result = run("convert", BLOG, "--to", "wxr", "--out", out, "--split", size)

    assert result.exit_code == 2
    assert "10MB" in result.stderr


def test_only_an_export_is_split(tmp_path: Path) -> None:
    out = tmp_path / "o.json"

    result = run("convert", BLOG, "--to", "json", "--out", out, "--split", "10MB")

    assert result.exit_code == 2
    assert "--split is for --to wxr" in result.stderr


def test_redacted_is_said_and_the_key_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def redacted(name: str, *options: str) -> bytes:
        out = tmp_path / name
        result = run("convert", BLOG, "--to", "jsonl", "--out", out, *options)
        assert "note      redacted" in result.stderr
        return out.read_bytes()

    one = redacted("1", "--redact", "--redact-key", "a")
    assert redacted("2", "--redact", "--redact-key", "b") != one
    assert redacted("3", "--redact") != one
    monkeypatch.setenv("WXR_REDACT_KEY", "a")
    assert redacted("4", "--redact") == one


def test_markdown_is_not_redacted(tmp_path: Path) -> None:
    result = run(
        "convert", BLOG, "--to", "markdown", "--out", tmp_path / "o", "--redact"
    )

    assert result.exit_code == 2
    assert "--redact is for archives" in result.stderr
