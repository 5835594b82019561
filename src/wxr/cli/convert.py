"""`wxr convert`: an export in, Markdown, JSON, a database or an export out."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from wxr.cli.limits import limit_options, limits
from wxr.cli.progress import bar
from wxr.cli.sizes import size
from wxr.cli.summary import summary
from wxr.convert import PUBLIC_FORMATS, convert
from wxr.errors import WriteError
from wxr.exporters import FORMATS
from wxr.ledger import Report
from wxr.parser import MAX_ITEM, refuse_originals

_OWN_OPTIONS: Final = ("comments", "split")
"""Options that one format alone has."""

_DATE: Final = click.DateTime(formats=["%Y-%m-%d"])


@click.command("convert", short_help="Write Markdown, JSON, a database or WXR.")
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...")
@click.option(
    "--to",
    "to",
    type=click.Choice(sorted(FORMATS)),
    required=True,
    help="The format to write.",
)
@click.option(
    "--out",
    "target",
    required=True,
    metavar="TARGET",
    help="The folder (markdown) or file to write; - is standard output.",
)
@click.option(
    "--report", metavar="FILE", help="Write the receipt as JSON; - for stdout."
)
@click.option("--strict", is_flag=True, help="Exit 3 for repairs too, not only losses.")
@click.option("--force", is_flag=True, help="Replace what an earlier run wrote.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes. [default: all cores for markdown, else 1]",
)
@click.option(
    "--encoding", metavar="NAME", help="Override what the export says of itself."
)
@click.option(
    "--max-item",
    type=click.IntRange(min=1),
    metavar="BYTES",
    help=f"Refuse larger items. [default: {MAX_ITEM}]",
)
@limit_options
@click.option(
    "--include",
    multiple=True,
    metavar="NAMES",
    help="Publish too: draft, private, password, hold, a type, … (comma-separated).",
)
@click.option(
    "--type", "types", multiple=True, metavar="NAMES", help="Only these types."
)
@click.option(
    "--status", "statuses", multiple=True, metavar="NAMES", help="Only these."
)
@click.option(
    "--author", "authors", multiple=True, metavar="LOGINS", help="Only theirs."
)
@click.option(
    "--term",
    "terms",
    multiple=True,
    metavar="SLUGS",
    help="Only with one of these terms.",
)
@click.option("--since", type=_DATE, metavar="YYYY-MM-DD", help="From this day on.")
@click.option("--until", type=_DATE, metavar="YYYY-MM-DD", help="Up to this day.")
@click.option(
    "--comments",
    type=click.Choice(["section", "data", "none"]),
    help="Markdown only: below each post, in a file beside it, or not at all.",
)
@click.option("--no-comments", is_flag=True, help="Leave all comments out.")
@click.option(
    "--split",
    callback=size,
    metavar="SIZE",
    help="WXR only: numbered parts of at most 10MB, 500KB, ….",
)
@click.option("--quiet", is_flag=True, help="No bar and no summary; errors only.")
@click.option("--debug", is_flag=True, help="Show a traceback where wxr itself fails.")
@click.pass_context
def convert_command(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401
    """Convert EXPORT... (files, folders, or - for standard input).

    Several exports are parts of one site. Markdown holds what the blog shows to
    anyone; drafts, private posts, posts with a password, e-mails and IPs stay out
    of it, and are counted. JSON, SQLite and WXR are complete archives.

    \b
    Examples:
      wxr convert blog.xml --to markdown --out site
      wxr convert blog.xml --to markdown --out site --include draft,private
      wxr convert blog.xml --to json --out - | jq '.posts[].title'
      wxr convert blog.xml --to sqlite --out blog.db --report receipt.json
      wxr convert blog.xml --to wxr --out 2024.xml --since 2024-01-01 --no-comments
      wxr convert part1.xml part2.xml --to wxr --out blog.xml --split 10MB

    \b
    Exit status:
      0  done, nothing lost      1  failed, nothing written
      2  wrong usage             3  done, but something was lost: see --report
    """  # noqa: D301  click's mark for text that is not wrapped
    quiet = given["quiet"]
    with _report_file(given) as write_report:
        with bar(given["exports"], passes=_passes(given["to"]), quiet=quiet) as advance:
            report = _convert(given, advance)
        write_report(report)
    if not quiet:
        click.echo(summary(report), err=True)
    ctx.exit(report.exit_code)


def _convert(given: dict[str, Any], on_bytes: Any) -> Report:  # noqa: ANN401
    to = given["to"]
    if given["comments"] and to != "markdown":
        raise click.UsageError("--comments is for --to markdown")
    if given["split"] and to != "wxr":
        raise click.UsageError("--split is for --to wxr")
    return convert(
        given["exports"],
        given["target"],
        to=to,
        jobs=given["jobs"] or (_cores() if to in PUBLIC_FORMATS else 1),
        force=given["force"],
        strict=given["strict"],
        encoding=given["encoding"],
        max_item=given["max_item"] or MAX_ITEM,
        limits=limits(given),
        include=_names(given["include"]),
        types=_names(given["types"]),
        statuses=_names(given["statuses"]),
        authors=_names(given["authors"]),
        terms=_names(given["terms"]),
        since=_day(given["since"]),
        until=_day(given["until"]),
        comments=not given["no_comments"],
        options={name: given[name] for name in _OWN_OPTIONS if given[name]},
        on_bytes=on_bytes,
    )


def _names(values: tuple[str, ...]) -> frozenset[str]:
    names = (name.strip() for value in values for name in value.split(","))
    return frozenset(name for name in names if name)


def _day(stamp: datetime | None) -> Any:  # noqa: ANN401
    return stamp.date() if stamp else None


def _cores() -> int:
    return (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else (os.cpu_count() or 1)
    )


def _passes(to: str) -> int:
    """Markdown reads everything twice, because its links need the whole site."""
    return 2 if to in PUBLIC_FORMATS else 1


@contextmanager
def _report_file(given: dict[str, Any]) -> Iterator[Any]:
    """Open the receipt before the work, so that a wrong path costs no hours."""
    name = given["report"]
    if name is None or name == "-":
        yield _to_stdout if name else _nowhere
        return
    if os.path.realpath(name) == os.path.realpath(given["target"]):
        raise click.UsageError("--report and --out name the same file")
    refuse_originals(name, given["exports"], "--report")
    try:
        Path(name).touch(mode=0o600)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise WriteError(
            f"the report cannot be written ({reason}); name another file by --report",
            target=name,
        ) from error
    yield lambda report: Path(name).write_text(_as_json(report), encoding="utf-8")


def _to_stdout(report: Report) -> None:
    click.echo(_as_json(report), nl=False)


def _nowhere(report: Report) -> None:
    """Without `--report` the summary is all there is."""


def _as_json(report: Report) -> str:
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n"
