"""What README and docs show is what happens.

A page's blocks run one after the other in a folder that holds the fixtures: `console`
blocks in a shell, `python` and `sql` blocks as such, their output in the `text` block
that follows. A line that is `…` stands for any lines. `--update-golden` writes what
came out into the page.
"""

import ast
import os
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from tests.conftest import Golden
from wxr.cli import main
from wxr.diagnostics import Code
from wxr.exporters import FORMATS

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PROSE: Final = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "fixtures" / "README.md"]
ELISION: Final = "…"

_BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODES: Final = re.compile(r"(<!-- codes[^>]*-->\n).*?(<!-- /codes -->)", re.DOTALL)
_ROOMS: Final = re.compile(r"(<!-- rooms[^>]*-->\n).*?(<!-- /rooms -->)", re.DOTALL)
_OF_A_SHELL: Final = re.compile(r"[|&;<>$*?~`#{}\[\]()\\]")
_WIDTH: Final = 78
"""How wide help is where there is no terminal."""
_LINK: Final = re.compile(r"\]\((?!https?:)([^)#]+)")
_PATH: Final = re.compile(r"`((?:src|tests|fixtures|docs|benchmarks)/[\w./-]*)`")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


every_page = pytest.mark.parametrize("page", PAGES, ids=_name)
every_prose = pytest.mark.parametrize("page", PROSE, ids=_name)


@dataclass
class Workshop:
    """Where a page's blocks run."""

    folder: Path

    def command(self, line: str) -> str:
        """Give what a line prints on either stream: by a shell where it needs one."""
        name, *arguments = shlex.split(line)
        if name != "wxr" or _OF_A_SHELL.search(line):
            return self.shell(line)
        with chdir(self.folder):
            done = CliRunner().invoke(
                main, arguments, prog_name=name, terminal_width=_WIDTH
            )
        return done.output

    def shell(self, command: str) -> str:
        """Give what a shell prints on either stream."""
        binaries = str(Path(sys.executable).parent)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": os.pathsep.join([binaries, os.environ["PATH"]]),
                "LC_ALL": "C.UTF-8",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.stdout.decode()

    def console(self, block: str) -> str:
        """Run each line after a `$ `; give the block as it should be."""
        shown = ""
        for command, expected in _commands(block):
            actual = self.command(command)
            output = expected if _matches(actual, expected) else actual
            shown += f"$ {command}\n{output}"
        return shown

    def python(self, block: str) -> str:
        """Give what a program prints."""
        (self.folder / "example.py").write_text(block, encoding="utf-8")
        return self.shell("python example.py")

    def sql(self, block: str) -> str:
        """Give the rows of a query, a line each."""
        connection = sqlite3.connect(self.folder / "blog.sqlite")
        try:
            rows = connection.execute(block).fetchall()
        finally:
            connection.close()
        return "".join("|".join(map(str, row)) + "\n" for row in rows)


def _commands(block: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def _matches(actual: str, expected: str) -> bool:
    pieces = expected.split(f"{ELISION}\n")
    return (
        re.fullmatch(".*".join(map(re.escape, pieces)), actual, re.DOTALL) is not None
    )


def _run(page: str, workshop: Workshop) -> str:
    """Give the page as it should be, with what its blocks print."""
    runners: dict[str, Callable[[str], str]] = {
        "python": workshop.python,
        "sql": workshop.sql,
    }
    output: str | None = None

    def replaced(match: re.Match[str]) -> str:
        nonlocal output
        kind, body = match.groups()
        if kind == "console":
            body = workshop.console(body)
        elif kind == "text" and output is not None:
            body, output = body if _matches(output, body) else output, None
        elif kind in runners:
            output = runners[kind](body)
        return f"```{kind}\n{body}```"

    return _BLOCK.sub(replaced, page)


@every_page
def test_page_shows_what_happens(page: Path, tmp_path: Path, golden: Golden) -> None:
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")

    shown = _run(page.read_text(encoding="utf-8"), Workshop(tmp_path))

    golden(shown, page)


def test_every_code_is_documented_as_it_is(golden: Golden) -> None:
    page = ROOT / "docs" / "diagnostics.md"
    rows = [f"| `{code}` | {code.severity} | {code.meaning} |\n" for code in Code]
    table = "| code | severity | meaning |\n|---|---|---|\n" + "".join(sorted(rows))

    shown = _CODES.sub(
        lambda match: match[1] + table + match[2], page.read_text(encoding="utf-8")
    )

    golden(shown, page)


def test_every_module_stands_in_the_picture(golden: Golden) -> None:
    page = ROOT / "docs" / "architecture.md"
    source = ROOT / "src"
    rows = [
        f"| `{path.relative_to(source).as_posix().removesuffix('/__init__.py')}` "
        f"| {_first_sentence(path)} |\n"
        for path in sorted(source.rglob("*.py"), key=_package_first)
        if _first_sentence(path)
    ]
    table = "| module | |\n|---|---|\n" + "".join(rows)

    shown = _ROOMS.sub(
        lambda match: match[1] + table + match[2], page.read_text(encoding="utf-8")
    )

    golden(shown, page)


def _package_first(path: Path) -> tuple[str, ...]:
    return (path.parent if path.stem == "__init__" else path).parts


def _first_sentence(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_bytes())) or ""
    return docstring.partition("\n")[0].replace("|", "\\|")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_readme_lists_every_format(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "README.md").read_text(encoding="utf-8")


@every_prose
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [page.parent / target for target in _LINK.findall(text)]
    named = [ROOT / path for path in _PATH.findall(text)]

    assert [str(path) for path in [*linked, *named] if not path.exists()] == []
