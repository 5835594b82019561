"""Which time zones would give the wall clocks that an export shows beside its UTC.

An export does not name its zone. What it shows is how far its clock was ahead of UTC
at many instants; a zone whose rules give that at each of them is a candidate. Most
often there are several, and nothing here chooses among them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from wxr.inspection.counts import NOTHING, Counts, of

_MOST_SAMPLES: Final = 4000
_LEAST_SHARE: Final = 0.9
"""Stamps that a zone must explain to be named: clocks are set wrong now and then."""
_HOUR: Final = timedelta(hours=1)
# Names that are no places, or older names of places.
_NO_PLACES: Final = (
    "Etc/",
    "posix/",
    "right/",
    "SystemV/",
    "US/",
    "Brazil/",
    "Canada/",
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone that may be the site's."""

    name: str
    share: float
    """Of all stamps, those that it explains: 1.0 is all."""


@dataclass(frozen=True, slots=True)
class Zones:
    """What the stamps say of the site's time zone."""

    offsets: Counts = NOTHING
    """How many stamps are how far ahead of UTC: `+02:00`."""
    fixed: str | None = None
    """The offset, where it is the same all year round."""
    candidates: tuple[Zone, ...] = ()
    """The zones that explain most stamps, all of them equally many; by name."""


NO_ZONES: Final = Zones()


class Clock:
    """Gathers samples: one a week and offset, which is enough to tell zones apart."""

    def __init__(self) -> None:
        self._offsets: Counter[timedelta] = Counter()
        self._weeks: Counter[tuple[int, int, timedelta]] = Counter()
        self._instants: dict[tuple[int, int, timedelta], datetime] = {}

    def add(self, instant: datetime, offset: timedelta) -> None:
        """Take one stamp: an instant, and what the wall clock was ahead of UTC."""
        self._offsets[offset] += 1
        year, week, _ = instant.isocalendar()
        key = (year, week, offset)
        if key in self._instants or len(self._instants) < _MOST_SAMPLES:
            self._instants.setdefault(key, instant)
            self._weeks[key] += 1

    def zones(self) -> Zones:
        """Name the offsets, and the zones that would give them."""
        return Zones(
            offsets=of((_shown(offset), n) for offset, n in self._offsets.items()),
            fixed=self._fixed(),
            candidates=tuple(self._candidates()),
        )

    def _fixed(self) -> str | None:
        if len(self._offsets) != 1:
            return None
        months = {instant.month for instant in self._instants.values()}
        # Half a year says nothing: any zone has one offset for as long.
        is_all_year = bool(months & {12, 1, 2}) and bool(months & {6, 7, 8})
        return _shown(next(iter(self._offsets))) if is_all_year else None

    def _candidates(self) -> Iterator[Zone]:
        samples = [(self._instants[key], key[2], n) for key, n in self._weeks.items()]
        total = sum(number for _, _, number in samples)
        # The most telling first, so that zones that do not fit are soon given up.
        samples.sort(key=lambda sample: -sample[2])
        fits = {name: _fit(name, samples, total) for name in _names()} if total else {}
        best = max(fits.values(), default=0)
        if best:
            for name, explained in sorted(fits.items()):
                if explained == best:
                    yield Zone(name, round(explained / total, 4))


def _names() -> Iterator[str]:
    for name in available_timezones():
        if "/" in name and not name.startswith(_NO_PLACES):
            yield name


def _fit(
    name: str, samples: Iterable[tuple[datetime, timedelta, int]], total: int
) -> int:
    """Count the stamps that a zone gives as they are; 0 where they are too few."""
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return 0
    explained = total
    for instant, offset, number in samples:
        if _offset(instant, zone) != offset:
            explained -= number
            if explained < total * _LEAST_SHARE:
                return 0
    return explained


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta | None:
    try:
        return instant.astimezone(zone).utcoffset()
    except OverflowError:  # the first and last day of the calendar
        return None


def _shown(offset: timedelta) -> str:
    hours, rest = divmod(abs(offset), _HOUR)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{hours:02}:{rest.seconds // 60:02}"


def is_later(instant: datetime | None, limit: datetime | None) -> bool:
    """Say whether an instant is past another by more than clocks differ."""
    if instant is None or limit is None:
        return False
    return instant - limit > timedelta(days=1)
