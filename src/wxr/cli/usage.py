"""Options that would do nothing, or not what was meant: refused before the work."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import click
from click.core import ParameterSource

from wxr.conversion import PUBLIC_FORMATS
from wxr.errors import OptionError

FORMATS_OF: Final = {
    "append": ("mysql", "postgresql"),
    "comments": ("markdown",),
    "decode_meta": ("json", "jsonl"),
    "dialect": ("sql",),
    "prefix": ("mysql", "postgresql", "sql"),
    "schema": ("postgresql", "sql"),
    "split": ("wxr",),
}
"""Options of one format's own."""
_REFUSED: Final = FORMATS_OF | {"include": tuple(sorted(PUBLIC_FORMATS))}


def refuse_idle_options(ctx: click.Context, given: Mapping[str, Any]) -> None:
    """Refuse what `wxr convert` was given and could not honour.

    Raises:
        click.UsageError: An option is for another format, or needs another option.
    """
    to = given["to"]
    for name, formats in _REFUSED.items():
        if given[name] and to not in formats:
            option = name.replace("_", "-")
            raise click.UsageError(f"--{option} is for --to {', '.join(formats)}")
    if given["redact"] and to in PUBLIC_FORMATS:
        raise click.UsageError(f"--redact is for archives, not for --to {to}")
    _refuse_a_key_without_redaction(ctx, given)
    if given["verify"]:
        _refuse_what_cannot_be_verified(given)


def name(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Refuse a name that is empty, as one is that a script never set.

    Raises:
        click.UsageError: It is.
    """
    if value == "":
        raise click.UsageError(f"{option.opts[0]} is empty; give it a name")
    return value


@contextmanager
def wrong_options() -> Iterator[None]:
    """Let options that an exporter refuses be wrong usage, as those that we refuse are.

    Raises:
        click.UsageError: One was.
    """
    try:
        yield
    except OptionError as error:
        raise click.UsageError(str(error)) from error


def _refuse_a_key_without_redaction(
    ctx: click.Context, given: Mapping[str, Any]
) -> None:
    # One in the environment may be meant for other runs.
    source = ctx.get_parameter_source("redact_key")
    if source is ParameterSource.COMMANDLINE and not given["redact"]:
        raise click.UsageError("--redact-key redacts nothing without --redact")
    if given["redact_key"] == "":
        reason = "is empty; leave it out for a random key"
        raise click.UsageError(f"--redact-key {reason}")


def _refuse_what_cannot_be_verified(given: Mapping[str, Any]) -> None:
    if "-" in (given["target"], *given["exports"]):
        raise click.UsageError("--verify reads again, so it needs files, not -")
    if given["redact"]:
        raise click.UsageError("--verify compares with the export; --redact changes it")
    if given["append"]:
        reason = "compares all rows, and those that were there are of another export"
        raise click.UsageError(f"--verify {reason}; it is not for --append")
    if given["to"] == "sql":
        reason = "replay the script into a database, and verify against that by"
        raise click.UsageError(f"--verify reads no script: {reason} wxr verify")
