"""The file of `--report`, the same for each command."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import click

from wxr.errors import WriteError
from wxr.parser import refuse_originals

Write: TypeAlias = Callable[[Mapping[str, Any]], object]


@contextmanager
def report_file(given: Mapping[str, Any], target_option: str) -> Iterator[Write]:
    """Open the report before the work, so that a wrong path costs no hours.

    Args:
        given: What the command was given: `report`, `target` and `exports`.
        target_option: How the option is called that names the target.

    Raises:
        WxrError: The file cannot be written, or an export would be lost by it.
    """
    name = given["report"]
    if name == given["target"] == "-":
        reason = f"--report and {target_option} cannot both go to standard output"
        raise click.UsageError(reason)
    if name is None or name == "-":
        yield _to_stdout if name else _nowhere
        return
    if os.path.realpath(name) == os.path.realpath(given["target"]):
        raise click.UsageError(f"--report and {target_option} name the same file")
    refuse_originals(name, given["exports"], "--report")
    with _said_of(name):
        # Opened, not touched: a folder may be touched as well.
        os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
    yield partial(_to_file, name)


def _to_file(name: str, report: Mapping[str, Any]) -> None:
    with _said_of(name):
        Path(name).write_text(as_json(report), encoding="utf-8")


@contextmanager
def _said_of(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise WriteError(
            f"the report cannot be written ({reason}); name another file by --report",
            target=name,
        ) from error


def as_json(report: Mapping[str, Any]) -> str:
    """Give a report as JSON text; halves of characters become escapes."""
    text = json.dumps(report, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def _to_stdout(report: Mapping[str, Any]) -> None:
    click.echo(as_json(report), nl=False)


def _nowhere(report: Mapping[str, Any]) -> None:
    """Without `--report` the summary is all there is."""
