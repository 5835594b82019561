"""An inspection as text, for the person in front of a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from wxr.cli.text import printable
from wxr.diagnostics import Code, Diagnostic, Severity
from wxr.inspection import Count, Counts, Discussed, Field, Inspection, Survey, Zones
from wxr.ledger import Report
from wxr.model import Site, plain

_SHOWN: Final = 10
"""Names of a kind that are shown; the JSON has all."""
_SHOWN_YEARS: Final = 40
_SHOWN_SHAPES: Final = 2
_SHOWN_BUSIEST: Final = 5
_NARROW, _WIDE = 16, 48
"""Columns that names may take: as many as the longest shown needs."""
_BAR: Final = 24
_WIDTH: Final = 88
_LONGEST: Final = 1000
_PARTS: Final = " ▏▎▍▌▋▊▉█"
"""A cell of a bar, empty to full."""


def overview(inspection: Inspection) -> str:
    """Say what is in an export, with a bar for each number."""
    survey = inspection.survey
    sections = (
        _head(survey),
        _items(survey),
        _comments(survey),
        _taxonomies(survey),
        _bodies(survey),
        _fields(survey.meta),
        _bars("media on", survey.media_hosts),
        _bars("links to", survey.link_hosts),
        _zones(survey.zones),
        _bars("oddities", survey.oddities, noun="item"),
        _problems(inspection.receipt),
    )
    texts = ("\n".join(section) for section in sections)
    return "\n\n".join(text for text in texts if text)


def bar(number: int, most: int) -> str:
    """Draw a number against the greatest; what is there at all can be seen."""
    eighths = max(1, round(number * _BAR * 8 / most)) if number and most else 0
    full, rest = divmod(eighths, 8)
    return (_PARTS[8] * full + _PARTS[rest]).rstrip()


def _head(survey: Survey) -> Iterator[str]:
    site = survey.site
    yield _line(plain(site.title or "") or "a site without a title")
    for text in (site.link or site.base_blog_url, plain(site.description or "")):
        if text:
            yield _line(text)
    yield _line(", ".join(_origin(site, survey.era)))


def _origin(site: Site, era: str) -> Iterator[str]:
    yield era
    yield f"WXR {site.wxr_version}" if site.wxr_version else "no WXR version"
    if site.language:
        yield site.language
    if site.pub_date:
        yield f"exported {site.pub_date:%Y-%m-%d}"


def _items(survey: Survey) -> Iterator[str]:
    yield from _bars("items", survey.types)
    yield from _bars("by status", survey.statuses)
    yield from _bars("by author", survey.authors)
    yield from _bars("by year", survey.years, shown=_SHOWN_YEARS)


def _comments(survey: Survey) -> Iterator[str]:
    yield from _bars("comments", survey.comment_types)
    yield from _bars("by status", survey.comment_statuses)
    if survey.deepest and survey.deepest.number:
        levels = f"replies {survey.deepest.number:,} deep"
        yield _line(f"deepest   {levels} on {_of(survey.deepest)}")
    for place, each in enumerate(survey.busiest[:_SHOWN_BUSIEST]):
        title = "" if place else "busiest"
        yield _line(f"{title:<9} {each.number:,} on {_of(each)}")


def _of(discussed: Discussed) -> str:
    title = plain(discussed.title)
    return f"item {discussed.item}" + (f", {title}" if title else "")


def _taxonomies(survey: Survey) -> Iterator[str]:
    uses = Counts(
        sum(each.uses for each in survey.taxonomies),
        tuple(Count(each.name, each.uses) for each in survey.taxonomies),
    )
    yield from _bars("uses of terms", uses)
    for each in survey.taxonomies[:_SHOWN]:
        used = ", ".join(
            f"{term.name} {term.count:,}"
            for term in each.terms.entries[:_SHOWN_BUSIEST]
        )
        most = f"; most used: {used}" if used else ""
        yield _line(f"{each.name}: {each.declared:,} declared{most}")


def _bodies(survey: Survey) -> Iterator[str]:
    yield from _bars("bodies", survey.bodies)
    yield from _bars("blocks", survey.blocks, noun="item")
    yield from _bars("shortcodes", survey.shortcodes, noun="item")


def _fields(fields: tuple[Field, ...]) -> Iterator[str]:
    if not fields:
        return
    yield f"custom fields  {sum(field.count for field in fields):,}"
    width = _width(field.key for field in fields[:_SHOWN])
    for field in fields[:_SHOWN]:
        shapes = [each.name for each in field.shapes.entries]
        shown = " or ".join(shapes[:_SHOWN_SHAPES])
        more = ", or other" if len(shapes) > _SHOWN_SHAPES else ""
        yield _line(f"  {_name(field.key, width)} {field.count:>8,}  {shown}{more}")
    if len(fields) > _SHOWN:
        rest = sum(field.count for field in fields[_SHOWN:])
        yield f"  and {len(fields) - _SHOWN:,} more keys, {rest:,} fields"


def _bars(
    title: str, counts: Counts, *, shown: int = _SHOWN, noun: str = ""
) -> Iterator[str]:
    if not counts.total:
        return
    yield f"{title}  {counts.total:,}"
    entries = counts.entries[:shown]
    most = max(entry.count for entry in entries)
    width = _width(entry.name for entry in entries)
    for entry in entries:
        examples = f"  {noun} {_few(entry.examples)}" if entry.examples else ""
        drawn = bar(entry.count, most)
        drawn = f"{drawn:<{_BAR}}{examples}" if examples else drawn
        yield _line(f"  {_name(entry.name, width)} {entry.count:>8,}  {drawn}".rstrip())
    if hidden := len(counts.entries) - len(entries):
        rest = counts.total - sum(entry.count for entry in entries)
        yield f"  and {hidden:,} more, {rest:,} together"


def _few(items: Iterable[int]) -> str:
    return ", ".join(str(item) for item in items)


def _zones(zones: Zones) -> Iterator[str]:
    yield from _bars("ahead of UTC", zones.offsets)
    if zones.fixed:
        yield f"the clock is at {zones.fixed} all year"
    if not zones.candidates:
        return
    share = zones.candidates[0].share
    fit = "fit all of it" if share == 1 else f"fit {share:.1%} of it"
    names = ", ".join(zone.name for zone in zones.candidates)
    yield from wrap(f"time zones that {fit}: {names}", _WIDTH, subsequent_indent="  ")


def _problems(receipt: Report) -> Iterator[str]:
    if receipt.merged:
        yield f"{receipt.merged.items.total():,} items are there twice, word for word"
    by_code: Counter[Code] = Counter()
    first: dict[Code, Diagnostic] = {}
    for problem in receipt.diagnostics:
        by_code[problem.code] += problem.count
        first.setdefault(problem.code, problem)
    if not by_code:
        yield "nothing to repair, and nothing that would be lost"
    for severity in (Severity.LOST, Severity.REPAIRED, Severity.INFO):
        codes = [code for code in by_code if code.severity is severity]
        for code in sorted(codes, key=lambda code: (-by_code[code], code)):
            yield _line(
                f"{severity:<9} {by_code[code]:>6,} {code}: {_first(first[code])}"
            )


def _first(problem: Diagnostic) -> str:
    line = f", line {problem.line}" if problem.line else ""
    item = f", item {problem.item}" if problem.item is not None else ""
    return f"{problem.message} ({problem.part}{line}{item})"


def _width(names: Iterable[str]) -> int:
    return min(_WIDE, max(_NARROW, *(len(name) for name in names)))


def _name(name: str, width: int) -> str:
    name = printable(name) or "(empty)"
    if len(name) > width:
        name = f"{name[: width - 1]}…"
    return f"{name:<{width}}"


def _line(text: str) -> str:
    return printable(text[:_LONGEST])
