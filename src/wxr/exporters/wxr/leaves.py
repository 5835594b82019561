"""The text of an element, in the form in which WordPress writes it.

Every function takes a field's value and gives what stands between the tags, or None
where WordPress writes no such element.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, TypeAlias

Write: TypeAlias = Callable[[Any], str | None]

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "))  # noqa: SIM905
_VERSION: Final = re.compile(r"[0-9]+\.[0-9]+")
_STATUSES: Final = {"approved": "1", "hold": "0"}

_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
# As the functions of WordPress write them through which feeds go.
_FEED_ESCAPES: Final = str.maketrans(
    {"&": "&#38;", "<": "&#60;", ">": "&#62;", "\r": "&#13;"}
)
_URL_ESCAPES: Final = str.maketrans(
    {"&": "&#038;", "'": "&#039;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
)
# A parser makes white space of an attribute a blank, unless it is a reference.
_ATTRIBUTE_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    | {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def cdata(text: str | None) -> str | None:
    """Put text in CDATA, split where it holds the end of one.

    A carriage return stands between two sections, as a reference: any parser, the one
    of WordPress' importer too, would make a line feed of it, and the lengths in
    serialized values count it.
    """
    if text is None:
        return None
    if "]]>" in text:
        text = text.replace("]]>", "]]]]><![CDATA[>")
    if "\r" in text:
        text = text.replace("\r", "]]>&#13;<![CDATA[")
    return f"<![CDATA[{text}]]>"


def escaped(text: str | None) -> str | None:
    """Write text without CDATA."""
    return None if text is None else text.translate(_ESCAPES)


def for_feed(text: str | None) -> str | None:
    """Write text of the channel, with references as numbers."""
    return None if text is None else text.translate(_FEED_ESCAPES)


def url(text: str | None) -> str | None:
    """Write an address."""
    return None if text is None else text.translate(_URL_ESCAPES)


def attribute(text: str) -> str:
    """Write the value of an attribute, without its quotes."""
    return text.translate(_ATTRIBUTE_ESCAPES)


def number(value: int | None) -> str | None:
    """Write a number that may be missing."""
    return None if value is None else str(value)


def reference(value: int | None) -> str:
    """Write the id of another record; 0 is none."""
    return str(value or 0)


def flag(value: bool) -> str:  # noqa: FBT001  it is the value
    """Write yes or no."""
    return "1" if value else "0"


def nothing(_: object) -> str:
    """Write an element that WordPress leaves empty."""
    return ""


def version(text: str | None) -> str:
    """Write the version of WXR; WordPress' importer refuses an export without one."""
    return text if text and _VERSION.fullmatch(text) else "1.2"


def status(text: str | None) -> str | None:
    """Write the state of a comment."""
    return None if text is None else cdata(_STATUSES.get(text, text))


def stamp(date: datetime | None) -> str:
    """Write a date as the database has it."""
    return f"<![CDATA[{date.isoformat(' ')[:19] if date else ''}]]>"


def optional_stamp(date: datetime | None) -> str | None:
    """Write a date that older exports do not have."""
    return stamp(date) if date else None


def feed_date(date: datetime | None) -> str:
    """Write a feed's date; empty, as WordPress writes it for what is not published."""
    if date is None:
        return ""
    day, month = _DAYS[date.weekday()], _MONTHS[date.month - 1]
    # Not by strftime, which speaks the language of the machine.
    return (
        f"{day}, {date.day:02} {month} {date.year:04} "
        f"{date.hour:02}:{date.minute:02}:{date.second:02} +0000"
    )


def optional_feed_date(date: datetime | None) -> str | None:
    """Write the date of an export that has one."""
    return feed_date(date) if date else None


_TEXTS: Final = frozenset({cdata, escaped, for_feed, url, version, status, nothing})
_IN_CDATA: Final = frozenset({cdata, stamp, optional_stamp, status})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One element of a template, that holds text and nothing else."""

    name: str
    field: str
    """The field it is written from, which is also its name in `extra`."""
    write: Write
    attributes: str = ""

    @property
    def holds_any_text(self) -> bool:
        """Whether there is no text that does not fit its field."""
        return self.write in _TEXTS

    def of(self, record: object) -> str | None:
        """Write it with a record's value; None where there is none."""
        text = self.write(getattr(record, self.field, None))
        return None if text is None else self.around(text)

    def of_text(self, text: str) -> str:
        """Write it with a text that does not fit the field."""
        write = cdata if self.write in _IN_CDATA else escaped
        return self.around(write(text) or "")

    def around(self, text: str) -> str:
        """Put the tags around."""
        return f"<{self.name}{self.attributes}>{text}</{self.name}>"


class Template:
    """The leaves of an element, in WordPress' order."""

    def __init__(self, *leaves: Leaf) -> None:
        self.leaves: Final = leaves
        # An export has millions of leaves: their tags are put together once.
        self._plan: list[tuple[str, Write, str, str]] = [
            (leaf.name, leaf.write, *_tags(leaf)) for leaf in leaves
        ]
        # What is always empty is written from no field.
        fields = ("id" if each.write is nothing else each.field for each in leaves)
        self._values = attrgetter(*fields)

    def written(self, record: object) -> list[tuple[str, str]]:
        """Give each element that a record has, with its name."""
        return [
            (name, f"{start}{text}{end}")
            for (name, write, start, end), value in zip(
                self._plan, self._values(record), strict=True
            )
            if (text := write(value)) is not None
        ]


def _tags(leaf: Leaf) -> tuple[str, str]:
    start, _, end = leaf.around("\0").partition("\0")
    return start, end
