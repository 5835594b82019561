"""WordPress' stamps and the feed's dates to `datetime`, never to a wrong instant."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from dateutil.parser import ParserError, parse

ZERO: Final = "0000-00-00"
"""How WordPress' database writes that there is no date."""

_FAKES: Final = ("-0001", "01 Jan 1970 00:00:00", "30 Nov 1999 00:00:00")
_STAMP_LENGTH: Final = len("2024-01-31 23:59:59")
_ISO: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?"
    r"\s?(?P<zone>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_RFC_822: Final = re.compile(
    r"(?:[A-Za-z]{3},\s)?(\d\d?)\s([A-Z][a-z]{2})\s(\d{4})\s"
    r"(\d\d):(\d\d):(\d\d)\s([+-])(\d\d)(\d\d)",
    re.ASCII,
)
_MONTHS: Final = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6,
    "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12,
}  # fmt: skip
# What PHP makes of the zero date in a feed: year -0001 and its kin.
_FAKE_YEARS: Final = re.compile(r"-\d{4}|\b0000\b", re.ASCII)
_LONGEST: Final = 60


def local(text: str) -> datetime | None:
    """Give the wall clock of a stamp, naive; None where it is no date."""
    stamp = _stamp(text)
    if stamp is None or stamp.tzinfo is None:
        return stamp
    return stamp.replace(tzinfo=None)


def gmt(text: str) -> datetime | None:
    """Give the instant of a GMT stamp, aware; None where it is no date."""
    stamp = _stamp(text)
    return None if stamp is None else _in_utc(stamp)


def is_made_up(text: str) -> bool:
    """Say whether a feed's date is what WordPress writes where it has none.

    PHP renders the zero date as a day of year -1; other versions as the epoch, or as
    the last day of November 1999.
    """
    return any(fake in text for fake in _FAKES)


def rfc_822(text: str) -> datetime | None:
    """Give the instant of a feed's date, aware UTC; None where it is no date.

    WordPress writes `Wed, 30 Nov -0001 00:00:00 +0000` where there is no date.
    """
    match = _RFC_822.fullmatch(text)
    if match is None:
        return _irregular(text)
    day, name, year, hour, minute, second, sign, zone_hours, zone_minutes = (
        match.groups()
    )
    month = _MONTHS.get(name)
    if month is None:
        return None
    try:
        stamp = datetime(
            int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
        offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
        return stamp - offset if sign == "+" else stamp + offset
    except (ValueError, OverflowError):
        return None


def _stamp(text: str) -> datetime | None:
    # WordPress' own form is known by its length and marks; all else is looked at.
    if not (
        len(text) == _STAMP_LENGTH and text[10] == " " and text[4] == text[7] == "-"
    ):
        text = text.strip()
        if _ISO.fullmatch(text) is None:
            return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _in_utc(stamp: datetime) -> datetime | None:
    if stamp.tzinfo is None:
        return stamp.replace(tzinfo=UTC)
    try:
        return stamp.astimezone(UTC)
    except OverflowError:  # the first and last hours of the calendar
        return None


_DEFAULTS: Final = (
    datetime(2000, 1, 1),  # noqa: DTZ001
    datetime(2001, 2, 2),  # noqa: DTZ001
)


def _zone(name: str | None, seconds: int | None) -> timezone | None:
    """Only offsets and Greenwich are sure: `CST` is on three continents."""
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    return UTC if name in {"GMT", "UTC", "UT", "Z"} else None


def _irregular(text: str) -> datetime | None:
    """Read what other programs write as a feed's date, where it names its zone."""
    if len(text) > _LONGEST or not text.isascii() or _FAKE_YEARS.search(text):
        return None
    if _ISO.fullmatch(text):
        stamp = _stamp(text)
        return _in_utc(stamp) if stamp is not None and stamp.tzinfo else None
    try:
        # Two different defaults tell whether the text holds year, month and day.
        one, two = (
            parse(text, default=default, tzinfos=_zone) for default in _DEFAULTS
        )
    except (ParserError, ValueError, OverflowError, TypeError):
        return None
    if one != two or one.tzinfo is None:
        return None
    offset = one.utcoffset()
    return _in_utc(one.replace(tzinfo=timezone(offset))) if offset is not None else None
