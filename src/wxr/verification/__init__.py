"""Is what was written what was read? Compared again, from both ends.

It goes the way of a conversion, with an exporter that reads where another writes: so
what is withheld, merged or repaired here is what was there.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

from wxr.conversion import PUBLIC_FORMATS, Conversion, Settings, disk_errors
from wxr.diagnostics import Diagnostic
from wxr.errors import ReadError, UnknownFormatError
from wxr.exporters import SERVERS, AnyExporter
from wxr.exporters.sql.url import without_secrets
from wxr.parser import Limits, Sources
from wxr.readers import parts
from wxr.transforms import Rules
from wxr.verification.scores import Difference, Finding, Score, Verification
from wxr.verification.targets import format_of

__all__ = [
    "FORMATS",
    "Difference",
    "Finding",
    "Score",
    "Verification",
    "verify",
]

FORMATS = ("json", "jsonl", "markdown", "mysql", "postgresql", "sqlite", "wxr")
"""What can be compared."""


def verify(
    source: Sources,
    against: str,
    *,
    to: str | None = None,
    rules: Rules | None = None,
    comments: str | None = None,
    schema: str = "",
    prefix: str = "",
    settings: Settings | None = None,
    limits: Limits | None = None,
) -> Verification:
    """Compare what was written with what an export says.

    Args:
        source: The export, as for `convert`.
        against: What was written: a folder of Markdown, a file, or the address of a
            database.
        to: The format; without it, it is told from the target.
        rules: The filters of the conversion; what is public follows from the format.
        comments: Where Markdown's comments went: `section`, `data` or `none`. Without
            it, it is told from the folder.
        schema: Of a database in PostgreSQL: where the tables are.
        prefix: Of a database on a server: begins the name of each table.
        settings: How to run; `strict` makes what was added or moved a loss.
        limits: What compressed exports may unpack to.

    Raises:
        WxrError: Export or target cannot be read.
    """
    settings = settings or Settings()
    format_ = to or format_of(against)
    if format_ in SERVERS:
        comparer: AnyExporter = _of_server(format_, schema, prefix)
    else:
        comparer, comments = _comparer(format_, against, comments)
    rules = rules or Rules()
    rules = replace(
        rules,
        public=format_ in PUBLIC_FORMATS,
        comments=rules.comments and comments != "none",
    )
    met: list[Diagnostic] = []
    found = parts(source, met.append, limits=limits, encoding=settings.encoding)
    with disk_errors(without_secrets(against)):
        conversion = Conversion(found, rules, settings, met)
        passed = conversion.through(comparer, against)
    total = passed.sink.sum
    return Verification(
        format=format_,
        target=without_secrets(against),
        compared=total.compared,
        differing=total.differing,
        scores=total.scores,
        findings=tuple(total.findings),
        missing=total.missing,
        extra=total.extra,
        extras=tuple(total.extras),
        unread=sum(tally.items.total() for tally in passed.ledger.failed.values()),
        strict=settings.strict,
    )


def _comparer(
    format_: str, target: str, comments: str | None
) -> tuple[AnyExporter, str | None]:
    """Give what compares a format, and where its comments are."""
    if format_ not in FORMATS:
        raise UnknownFormatError(format_, FORMATS)
    if format_ == "markdown":
        return _markdown(target, comments)
    if format_ == "wxr":
        from wxr.verification.exports import WxrComparer  # noqa: PLC0415

        return WxrComparer(), None
    if not Path(target).is_file():
        raise ReadError(f"is no file of {format_}", source=target)
    if format_ == "sqlite":
        return _of_sqlite(), None
    from wxr.verification.archives import JsonComparer  # noqa: PLC0415

    return JsonComparer(lines=format_ == "jsonl"), None


def _of_sqlite() -> AnyExporter:
    from wxr.verification.database import DatabaseComparer  # noqa: PLC0415
    from wxr.verification.sqlite import SqliteTables  # noqa: PLC0415  a driver

    return DatabaseComparer(SqliteTables)


def _of_server(format_: str, schema: str, prefix: str) -> AnyExporter:
    from wxr.verification.database import DatabaseComparer  # noqa: PLC0415
    from wxr.verification.server import ServerTables  # noqa: PLC0415  a driver

    opened = partial(ServerTables, to=format_, schema=schema, prefix=prefix)
    return DatabaseComparer(opened)


def _markdown(target: str, comments: str | None) -> tuple[AnyExporter, str]:
    from wxr.verification import markdown  # noqa: PLC0415  a parser

    if not Path(target).is_dir():
        raise ReadError("is no folder of Markdown", source=target)
    comments = comments or markdown.comments_in(target)
    return markdown.MarkdownComparer(folder=target, comments=comments), comments
