"""Verifying with the options of a command: of `verify`, or of `convert --verify`."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from wxr.cli.filters import filters
from wxr.cli.limits import limits, max_item
from wxr.cli.usage import FORMATS_OF
from wxr.conversion import PUBLIC_FORMATS, Settings
from wxr.parser import OnBytes
from wxr.transforms import Rules

if TYPE_CHECKING:
    from wxr.verification import Verification


def verified(
    given: Mapping[str, Any], to: str, on_bytes: OnBytes | None
) -> "Verification":
    """Compare the target of a command with its exports.

    Raises:
        WxrError: Export or target cannot be read.
    """
    from wxr.verification import verify  # noqa: PLC0415  most conversions do without

    _refuse_options_of_others(given, to)
    settings = Settings(
        jobs=jobs(given, to),
        strict=given["strict"],
        encoding=given["encoding"],
        max_item=max_item(given),
        fix_mojibake=given["fix_mojibake"],
        on_bytes=on_bytes,
    )
    return verify(
        given["exports"],
        given["target"],
        to=to,
        rules=Rules(**filters(given)),
        comments=given["comments"],
        schema=given["schema"] or "",
        prefix=given["prefix"] or "",
        settings=settings,
        limits=limits(given),
    )


def _refuse_options_of_others(given: Mapping[str, Any], to: str) -> None:
    for name in ("comments", "include"):
        if given[name] and to not in PUBLIC_FORMATS:
            raise click.UsageError(f"--{name} is for Markdown")
    for name in ("schema", "prefix"):
        if given[name] and to not in FORMATS_OF[name]:
            known = ", ".join(FORMATS_OF[name])
            raise click.UsageError(f"--{name} is for databases of {known}")


def passes(to: str) -> int:
    """Say how often an export is read: twice where links need the whole site."""
    return 2 if to in PUBLIC_FORMATS else 1


def jobs(given: Mapping[str, Any], to: str) -> int:
    """Give the number of processes: those asked for, or what suits the format."""
    return given["jobs"] or (_cores() if to in PUBLIC_FORMATS else 1)


def _cores() -> int:
    return (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else (os.cpu_count() or 1)
    )
