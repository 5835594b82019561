"""The pipeline of one export: `wxr.convert`, and the reading of `wxr.read`."""

import logging
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from wxr import _version
from wxr.diagnostics import Diagnostic, OnDiagnostic, Severity
from wxr.engines import serial
from wxr.errors import OptionError, WriteError, WxrError
from wxr.exporters import AnyExporter, Reporting, exporter_class, replaced_by
from wxr.exporters.files import write_error
from wxr.exporters.sql.url import without_secrets
from wxr.filtered import names_of, unmet
from wxr.ledger import Ledger, Report
from wxr.model import Record
from wxr.parser import (
    MAX_ITEM,
    Batch,
    Limits,
    OnBytes,
    Part,
    Sources,
    in_a_list,
    refuse_originals,
)
from wxr.pipeline import Engines, Work, run, split
from wxr.pipeline.outcomes import Outcomes, failed
from wxr.readers import Reading, parse, parts
from wxr.redaction import Redaction
from wxr.transforms import INHERITED, Rules

PUBLIC_FORMATS: Final = frozenset({"markdown"})
"""Formats for readers: what is not public is withheld. All others are archives."""

_LEAST_FOR_PROCESSES: Final = 8 << 20
"""Bytes below which starting processes costs more than it saves."""
_LEAST_PER_JOB: Final = 2 << 20

_LOG: Final = logging.getLogger("wxr")


def read(
    source: Sources,
    *,
    on_diagnostic: OnDiagnostic | None = None,
    fix_mojibake: bool = False,
) -> Iterator[Record]:
    """Yield the site, then its authors and terms, then its posts, in the file's order.

    Memory holds a window of the file, never the file. Every record is given as it
    stands; nothing is filtered or merged.

    Args:
        source: A path, `-` for standard input, a folder, a binary file, or several.
        on_diagnostic: Called with each problem as it is met. Without it, what is
            lost goes to the logger `wxr` as a warning.
        fix_mojibake: Repair text that was UTF-8 and read as Windows-1252 (`cafÃ©`).

    Raises:
        ReadError: A source is missing, unreadable or no export.
    """
    report = on_diagnostic or _log_lost
    reading = Reading(parts(source, report), report, fix_mojibake=fix_mojibake)
    for batch in reading:
        for parsed in parse(batch):
            for problem in parsed.diagnostics:
                report(problem)
            if parsed.record is not None:
                yield parsed.record


def _log_lost(problem: Diagnostic) -> None:
    if problem.severity is Severity.LOST:
        _LOG.warning("%s, line %s: %s", problem.part, problem.line, problem.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a conversion is run; none of it changes what is written."""

    jobs: int = 1
    force: bool = False
    strict: bool = False
    encoding: str | None = None
    max_item: int = MAX_ITEM
    fix_mojibake: bool = False
    on_bytes: OnBytes | None = None


def convert(
    source: Sources,
    target: str | os.PathLike[str],
    *,
    to: str = "markdown",
    jobs: int = 1,
    force: bool = False,
    strict: bool = False,
    encoding: str | None = None,
    max_item: int = MAX_ITEM,
    limits: Limits | None = None,
    fix_mojibake: bool = False,
    include: Iterable[str] = (),
    types: Iterable[str] = (),
    statuses: Iterable[str] = (),
    authors: Iterable[str] = (),
    terms: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    comments: bool = True,
    redact: bool | str = False,
    options: Mapping[str, Any] | None = None,
    on_bytes: OnBytes | None = None,
) -> Report:
    """Convert an export, and give the receipt of it.

    Args:
        source: A path, `-` for standard input, a folder, a binary file, or several
            parts of one site: exports, or JSON and SQLite that wxr made of them.
        target: Where to write: a folder for Markdown, else a file; `-` writes JSON,
            SQL or WXR to standard output.
        to: The format: `markdown`, `json`, `jsonl`, `sqlite`, `sql` or `wxr`.
        jobs: Worker processes. More than one needs the caller's program to be behind
            `if __name__ == "__main__":`, because the workers import it.
        force: Replace what stands at the target.
        strict: Let repairs make the report's `exit_code` 3, as losses do.
        encoding: Overrides what the export says of itself.
        max_item: Bytes past which an item is refused (and reported).
        limits: What compressed exports may unpack to.
        fix_mojibake: Repair text that was UTF-8 and read as Windows-1252 (`cafÃ©`).
        include: Names that Markdown keeps though they are not public: a status, a
            type, a comment status or type, `password`.
        types: Where given, keep items of these types only.
        statuses: Where given, keep items of these statuses only.
        authors: Where given, keep items of these logins only.
        terms: Where given, keep items of these term slugs (or `taxonomy:slug`) only.
        since: First day to keep, on the site's calendar.
        until: Last day to keep.
        comments: Whether comments are kept at all.
        redact: Replace e-mails, IPs, logins, passwords and private custom fields by
            pseudonyms, by a random key or by the one given. For archives only.
        options: The format's own; for Markdown `comments` (`section`, `data`,
            `none`), for JSON `decode_meta`, for SQL `dialect` (`sqlite`,
            `postgresql`, `mysql`), for WXR `split` (bytes that a part may have).
        on_bytes: Told of the bytes of input as they are read.

    Raises:
        WxrError: Nothing usable was written; the message says why and what to do.
    """
    if not str(target):
        raise OptionError("is empty; name a file or a folder", option="out")
    redaction = _redaction(redact, to, str(target))
    rules = Rules(
        public=to in PUBLIC_FORMATS,
        comments=comments and (options or {}).get("comments") != "none",
        include=frozenset(include),
        types=frozenset(types),
        statuses=frozenset(statuses),
        authors=frozenset(authors),
        terms=frozenset(terms),
        since=since,
        until=until,
    )
    settings = Settings(
        jobs=jobs,
        force=force,
        strict=strict,
        encoding=encoding,
        max_item=max_item,
        fix_mojibake=fix_mojibake,
        on_bytes=on_bytes,
    )
    exporter = exporter_class(to)(**(options or {}))
    met: list[Diagnostic] = []
    sources = in_a_list(source)
    for replaced in replaced_by(exporter, str(target)):
        refuse_originals(replaced, sources)
    found = parts(sources, met.append, limits=limits, encoding=encoding)
    shown = without_secrets(str(target))
    with disk_errors(shown):
        conversion = Conversion(found, rules, settings, met, redaction)
        passed = conversion.through(exporter, str(target))
    report = _report(passed.ledger, passed.reading, to, shown, strict=strict)
    return replace(report, redacted=redaction is not None)


def _redaction(redact: bool | str, to: str, target: str) -> Redaction | None:  # noqa: FBT001  as it was given
    if redact is False:
        return None
    if to in PUBLIC_FORMATS:
        raise WriteError(
            f"only archives are redacted; {to} holds what the blog shows to anyone",
            target=target,
        )
    if redact == "":
        raise OptionError(
            "is empty; leave it out for a random key", option="redact-key"
        )
    return Redaction.with_key(None if redact is True else redact)


@dataclass(frozen=True, slots=True)
class Passed:
    """What came of a pass over an export."""

    ledger: Ledger
    reading: Reading
    """What was read for it."""
    sink: Any
    """The exporter's own, closed."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """One export on its way to one target."""

    found: list[Part]
    rules: Rules
    settings: Settings
    met: list[Diagnostic]
    """What was wrong before the first part was read."""
    redaction: Redaction | None = None

    def through(self, exporter: AnyExporter, target: str) -> Passed:
        """Take all records through an exporter; gives what came of it."""
        ledger = Ledger()
        for problem in self.met:
            ledger.problems.add(problem)
        reading = self._reading(ledger.problems.add, hashed=True)
        with (
            tempfile.TemporaryDirectory(prefix="wxr-") as scratch,
            _engine(self.found, self.settings.jobs) as engine,
        ):
            rules = self.rules
            if exporter.needs_index:
                path = self._index(engine, scratch)
                rules = _with_statuses(rules, path)
                exporter = exporter.prepare(path)  # type: ignore[attr-defined]
            sink = exporter.sink(target, force=self.settings.force)
            with sink:
                names = names_of(rules)
                work = Work(rules, exporter, self.redaction, names=names)
                run(reading, work, sink, ledger, engine=engine)
            ledger.written = sink.written
            for problem in unmet(rules, ledger):
                ledger.problems.add(problem)
            for problem in sink.diagnostics if isinstance(sink, Reporting) else ():
                ledger.problems.add(problem)
        return Passed(ledger, reading, sink)

    def _index(self, engine: Engines, scratch: str) -> str:
        """Make the site index in a pass of its own; gives its path."""
        from wxr.exporters.index import IndexExporter  # noqa: PLC0415  a driver

        path = str(Path(scratch) / "site-index.sqlite")
        index = IndexExporter(rule_against=self.rules.rule_against)
        with index.sink(path, force=False) as sink:
            # What this pass meets, the next meets again and reports.
            reading = self._reading(lambda _: None, hashed=False)
            work = Work(Rules(), index, outline=self.rules.fit_an_outline)
            run(reading, work, sink, Ledger(), engine=engine)
        return path

    def _reading(self, on_diagnostic: OnDiagnostic, *, hashed: bool) -> Reading:
        return Reading(
            self.found,
            on_diagnostic,
            encoding=self.settings.encoding,
            on_bytes=self.settings.on_bytes,
            hashed=hashed,
            max_item=self.settings.max_item,
            fix_mojibake=self.settings.fix_mojibake,
        )


def _with_statuses(rules: Rules, path: str) -> Rules:
    """Give rules that know of each attachment what its post is; so does the index."""
    from wxr.index import Statuses, withhold  # noqa: PLC0415  a driver

    if rules.public and rules.include:
        withhold(path, INHERITED, rules.is_withheld)
        return replace(rules, status_of=Statuses(path, INHERITED))
    return rules


def _engine(found: list[Part], jobs: int) -> AbstractContextManager[Engines]:
    """Give an engine for all passes over an export."""
    sizes = [part.size for part in found]
    known = [size for size in sizes if size is not None]
    if len(known) == len(sizes):
        total = sum(known)
        if total < _LEAST_FOR_PROCESSES:
            return nullcontext(serial)
        jobs = min(jobs, max(1, total // _LEAST_PER_JOB))
    if jobs <= 1:
        return nullcontext(serial)
    from wxr.engines.processes import Processes  # noqa: PLC0415  starts no process yet

    return Processes(jobs, split=split, after_death=_after_death)


def _after_death(batch: Batch) -> Outcomes:
    return Outcomes(failed(batch, "its worker died"))


@contextmanager
def disk_errors(target: str) -> Iterator[None]:
    """Turn what the system says of a disk into our error, unless it is that already."""
    try:
        yield
    except WxrError:
        raise
    except OSError as error:
        if not error.filename:  # what is written to has none
            raise write_error(error, target) from error
        reason = (error.strerror or str(error)).lower()
        raise WriteError(
            f"writing failed: {reason} ({error.filename}); free some room or name "
            "another target",
            target=target,
        ) from error


def _report(
    ledger: Ledger, reading: Reading, to: str, target: str, *, strict: bool
) -> Report:
    return Report(
        version=_version.VERSION,
        inputs=tuple(reading.inputs),
        format=to,
        target=target,
        read=ledger.read,
        written=ledger.written,
        merged=ledger.merged,
        withheld=ledger.withheld,
        failed=ledger.failed,
        diagnostics=tuple(ledger.problems),
        severities=ledger.problems.counts,
        strict=strict,
    )
