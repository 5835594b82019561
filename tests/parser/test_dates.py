from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from wxr.parser import dates


def or_none(read: Callable[[str], datetime | None], text: str) -> datetime | None:
    try:
        return read(text)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-01 08:30:00", datetime(2024, 3, 1, 8, 30, tzinfo=UTC)),
        ("2024-03-01T08:30:00", datetime(2024, 3, 1, 8, 30, tzinfo=UTC)),
        ("2024-03-01T08:30:00Z", datetime(2024, 3, 1, 8, 30, tzinfo=UTC)),
        ("2024-03-01T08:30:00+02:00", datetime(2024, 3, 1, 6, 30, tzinfo=UTC)),
        ("2024-03-01", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024-03-01 24:00:00", None),
        ("2024-W09-5T08:30:00", None),
        ("20240301", None),
        ("0000-00-00 00:00:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("01/03/2024", None),
        ("", None),
    ],
)
def test_gmt(text: str, expected: datetime | None) -> None:
    assert or_none(dates.gmt, text) == expected


def test_local_keeps_the_clock_and_drops_the_zone() -> None:
    expected = datetime(2024, 3, 1, 8, 30)  # noqa: DTZ001  a wall clock

    assert dates.local("2024-03-01T08:30:00+02:00") == expected
    assert dates.local("2024-03-01 08:30:00") == expected
    assert dates.local("2024-03-01 8:30:00") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri, 01 Mar 2024 08:30:00 +0000", datetime(2024, 3, 1, 8, 30, tzinfo=UTC)),
        ("Fri, 01 Mar 2024 08:30:00 +0930", datetime(2024, 2, 29, 23, tzinfo=UTC)),
        ("1 Mar 2024 08:30:00 GMT", datetime(2024, 3, 1, 8, 30, tzinfo=UTC)),
        ("Fri, 1 Mar 2024 08:30:00 +0000", datetime(2024, 3, 1, 8, 30, tzinfo=UTC)),
        ("Fri, 01 Mar 2024 08:30:00 -0800", datetime(2024, 3, 1, 16, 30, tzinfo=UTC)),
        ("Wed, 30 Nov -0001 00:00:00 -0800", None),
        ("Fri, 01 Mar 2024 08:30:00 +09:00", datetime(2024, 2, 29, 23, 30, tzinfo=UTC)),
        ("2024-03-01T08:30:00Z", datetime(2024, 3, 1, 8, 30, tzinfo=UTC)),
        ("Fri, 01 Mar 2024 08:30:00", None),  # of which zone?
        ("Wed, 30 Nov -0001 00:00:00 +0000", None),
        ("Mon, 16 Jun 20081 21:47:17 +0000", None),
        ("Thu, 31 Feb 2024 08:30:00 +0000", None),
        ("Fri, 01 Mrz 2024 08:30:00 +0000", None),
        ("March 2024 GMT", None),  # of which day?
        ("yesterday", None),
    ],
)
def test_rfc_822(text: str, expected: datetime | None) -> None:
    assert or_none(dates.rfc_822, text) == expected


@given(st.text(alphabet="0123456789-+:TZ ,.JanFeb", max_size=80))
def test_no_text_breaks_a_date(text: str) -> None:
    for read in (dates.local, dates.gmt, dates.rfc_822):
        stamp = or_none(read, text)
        assert stamp is None or isinstance(stamp, datetime)
