"""WordPress' stamps and the feed's dates to `datetime`, never to a wrong instant."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

ZERO: Final = "0000-00-00"
"""How WordPress' database writes that there is no date."""

_STAMP_LENGTH: Final = len("2024-01-31 23:59:59")
_ISO: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?"
    r"\s?(?P<zone>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_SHORT_HOUR: Final = re.compile(r"(?<=[T ])(?=\d:)", re.ASCII)
_FEED_LENGTH: Final = len("Wed, 31 Jan 2024 23:59:59 +0000")
_MONTHS: Final = {
    f" {name} ": f"{number:02}"
    for number, name in enumerate(
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "),  # noqa: SIM905
        start=1,
    )
}
_MADE_UP: Final = frozenset(
    {datetime(1970, 1, 1, tzinfo=UTC), datetime(1999, 11, 30, tzinfo=UTC)}
)
# What PHP makes of the zero date in a feed: year -0001 and its kin.
_FAKE_YEARS: Final = re.compile(r"-\d{4}|\b0000\b", re.ASCII)
_OFFSET: Final = re.compile(r"(?<=:\d\d)\s*[+-]\d{4}\Z", re.ASCII)
_LONGEST: Final = 60


def local(text: str) -> datetime | None:
    """Give the wall clock of a stamp, naive; None where the text is empty.

    Raises:
        ValueError: It is no date.
    """
    if _is_usual(text):
        return datetime.fromisoformat(text)
    stamp = _stamp(text)
    return stamp.replace(tzinfo=None) if stamp else None


def gmt(text: str) -> datetime | None:
    """Give the instant of a GMT stamp, aware; None where the text is empty.

    Raises:
        ValueError: It is no date.
    """
    if _is_usual(text):
        return datetime.fromisoformat(text + "+00:00")
    stamp = _stamp(text)
    return _in_utc(stamp) if stamp else None


def _is_usual(text: str) -> bool:
    """WordPress' own form is known by its length and marks; all else is looked at."""
    return len(text) == _STAMP_LENGTH and text[10] == " " and text[4] == text[7] == "-"


def is_zero(text: str) -> bool:
    """Say whether a text is how WordPress writes that there is no date."""
    return text.startswith(ZERO) or "-0001" in text


def is_made_up(stamp: datetime) -> bool:
    """Say whether a feed's date may be what PHP makes of the zero date."""
    return stamp in _MADE_UP


def rfc_822(text: str) -> datetime | None:
    """Give the instant of a feed's date, aware UTC; None where the text is empty.

    Raises:
        ValueError: It is no date. WordPress writes `Wed, 30 Nov -0001 00:00:00 +0000`
            where there is none.
    """
    if len(text) == _FEED_LENGTH and text.endswith(" +0000"):
        month = _MONTHS.get(text[7:12])
        if month is not None and text[3:5] == ", ":
            return datetime.fromisoformat(
                f"{text[12:16]}-{month}-{text[5:7]} {text[17:25]}+00:00"
            )
    text = text.strip()
    return _irregular(text) if text else None


def _stamp(text: str) -> datetime | None:
    text = text.strip()
    if not text:
        return None
    text = _SHORT_HOUR.sub("0", text, count=1)
    if _ISO.fullmatch(text) is None:
        raise ValueError(text)
    return datetime.fromisoformat(text).replace(microsecond=0)


def _in_utc(stamp: datetime) -> datetime:
    if stamp.tzinfo is None:
        return stamp.replace(tzinfo=UTC)
    try:
        return stamp.astimezone(UTC)
    except OverflowError as error:  # the first and last hours of the calendar
        raise ValueError(stamp) from error


_DEFAULTS: Final = (
    datetime(2000, 1, 1),  # noqa: DTZ001
    datetime(2001, 2, 2),  # noqa: DTZ001
)


def _zone(name: str | None, seconds: int | None) -> timezone | None:
    """Only offsets and Greenwich are sure: `CST` is on three continents."""
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    return UTC if name in {"GMT", "UTC", "UT", "Z"} else None


def _irregular(text: str) -> datetime:
    """Read what other programs write as a feed's date, where it names its zone."""
    if len(text) > _LONGEST or not text.isascii():
        raise ValueError(text)
    # `-0800` behind the time is no year.
    if _FAKE_YEARS.search(_OFFSET.sub("", text)):
        raise ValueError(text)
    stamp = datetime.fromisoformat(text) if _ISO.fullmatch(text) else _guessed(text)
    if stamp.tzinfo is None:
        raise ValueError(text)
    return _in_utc(stamp)


def _guessed(text: str) -> datetime:
    """Let dateutil read it; two different defaults tell whether it names its day."""
    from dateutil.parser import ParserError, parse  # noqa: PLC0415  seldom needed

    try:
        one, two = (
            parse(text, default=default, tzinfos=_zone) for default in _DEFAULTS
        )
    except (ParserError, OverflowError, TypeError) as error:
        raise ValueError(text) from error
    if one != two:
        raise ValueError(text)
    return one
