"""A report in a few lines, for the person who waited for it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from wxr.cli.text import printable
from wxr.diagnostics import Code, Severity
from wxr.ledger import Report, Tally

_SHOWN: Final = 5
"""Losses that are named; the report has all."""

ARCHIVES: Final = frozenset({"json", "jsonl", "sqlite", "wxr"})


def summary(report: Report) -> str:
    """Say what was read, written, merged, withheld, repaired and lost."""
    return "\n".join(printable(line) for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"read      {_counts(report.read)}"
    yield f"written   {_counts(report.written)} to {report.target}"
    if report.merged:
        yield f"merged    {_counts(report.merged)} that were there twice"
    yield from _by_name("withheld", report.withheld)
    yield from _by_name("failed", report.failed)
    yield from _problems(report)
    if not report.balanced:
        yield "NOT BALANCED: what was read is not what was written; see --report"
    for problem in report.diagnostics:
        if problem.code is Code.FILTER_UNMET:
            yield f"note      {problem.message}"
    if report.redacted:
        yield "note      redacted: look through it before you show it to others"
    elif report.format in ARCHIVES:
        yield "note      a complete archive: it holds e-mails, IPs and passwords"


def _counts(tally: Tally) -> str:
    items = ", ".join(
        f"{number:,} {kind}" for kind, number in tally.items.most_common() if number
    )
    parts = [items] if items else []
    parts += [
        f"{number:,} {name}{'' if number == 1 else 's'}"
        for name, number in (
            ("comment", tally.comments.total()),
            ("author", tally.authors),
            ("term", tally.terms),
            ("custom field", tally.meta.total()),
        )
        if number
    ]
    return "; ".join(parts) or "nothing"


def _by_name(title: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    for name, tally in sorted(tallies.items()):
        yield f"{title:<9} {_counts(tally)} ({name})"
        title = ""


def _problems(report: Report) -> Iterator[str]:
    for severity in (Severity.LOST, Severity.REPAIRED, Severity.INFO):
        codes: Counter[Code] = Counter()
        for problem in report.diagnostics:
            if problem.severity is severity and problem.code is not Code.FILTER_UNMET:
                codes[problem.code] += problem.count
        if not codes:
            continue
        shown = ", ".join(f"{number:,} {code}" for code, number in codes.most_common())
        yield f"{severity:<9} {shown}"
    losses = [each for each in report.diagnostics if each.severity is Severity.LOST]
    for problem in losses[:_SHOWN]:
        where = f"{problem.part}, line {problem.line}" if problem.line else problem.part
        item = f", item {problem.item}" if problem.item is not None else ""
        yield f"          {where}{item}: {problem.message}"
    if len(losses) > _SHOWN:
        yield f"          … and {len(losses) - _SHOWN:,} more; --report names them"
