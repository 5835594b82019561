"""Text and attribute values with every `&`, `<` and `]]>` as XML wants them."""

import re
from collections.abc import Mapping
from html.entities import html5
from types import MappingProxyType
from typing import Final

from wxr.diagnostics import Code
from wxr.parser.repair.characters import StandIns, legal_for, said_of
from wxr.parser.repair.notes import Notes

_SPECIAL: Final = re.compile(
    rb"""
    (?P<pair>                       # the halves of a character, as PHP may write it
        (?:&\#x[Dd][89ABab][0-9A-Fa-f]{2};|&\#5[56][0-9]{3};)
        (?:&\#x[Dd][C-Fc-f][0-9A-Fa-f]{2};|&\#5[67][0-9]{3};) )
  | &\#x(?P<hex>[0-9A-Fa-f]{1,8});
  | &\#(?P<decimal>[0-9]{1,10});
  | &(?P<name>[A-Za-z][A-Za-z0-9]{0,40});
  | (?P<amp>&)
  | (?P<less><)
  | (?P<quote>")
  | (?P<close>\]\]>)
    """,
    re.VERBOSE,
)
_XML_NAMES: Final = frozenset({b"amp", b"apos", b"gt", b"lt", b"quot"})
_HIGH: Final = range(0xD800, 0xDC00)
_LOW: Final = range(0xDC00, 0xE000)
_LAST: Final = 0x10FFFF


class Text:
    """Makes text of one slice legal.

    Args:
        data: The slice, for the lines of notes.
        notes: Takes what was found.
        held: What stands for control characters.
    """

    def __init__(self, data: bytes, notes: Notes, held: StandIns | None) -> None:
        self._data, self._notes, self._held = data, notes, held

    def content(self, start: int, end: int) -> bytes:
        """Give the text between two positions of the slice as element content."""
        text = self._legal(start, end, quotes=False)
        # What stands before may be left out, and `]]` stand before that.
        if text.startswith((b">", b"]>")) and self._data[start - 1 : start] == b">":
            return text.replace(b">", b"&gt;", 1)
        return text

    def value(self, start: int, end: int) -> bytes:
        """Give it as an attribute's value, to stand between double quotes."""
        return self._legal(start, end, quotes=True)

    def _legal(self, start: int, end: int, *, quotes: bool) -> bytes:
        raw = self._data[start:end]

        def legal(match: re.Match[bytes]) -> bytes:
            at, kind = start + match.start(), str(match.lastgroup)
            if kind in _ESCAPES:
                return self._escaped(kind, at, quotes=quotes)
            if kind == "pair":
                return self._joined(match[0], at)
            if kind == "name":
                return self._entity(match["name"], at)
            code = int(match["hex"], 16) if kind == "hex" else int(match["decimal"])
            return self._reference(match[0], code, at)

        return _SPECIAL.sub(legal, raw)

    def _joined(self, written: bytes, at: int) -> bytes:
        halves = [
            int(half[1:], 16) if half.startswith(b"x") else int(half)
            for half in written.replace(b"&#", b"").split(b";")[:2]
        ]
        high, low = halves
        if high not in _HIGH or low not in _LOW:
            return b"".join(
                self._reference(b"&#%d;" % each, each, at) for each in halves
            )
        message = "two references to halves of a character were joined"
        self._notes.add(Code.BAD_REFERENCE, message, self._data, at)
        return chr(0x10000 + ((high - _HIGH[0]) << 10) + (low - _LOW[0])).encode()

    def _reference(self, written: bytes, code: int, at: int) -> bytes:
        if code in {0x9, 0xA, 0xD} or (
            code > 0x1F  # noqa: PLR2004  the last control character below the space
            and code not in _HIGH
            and code not in _LOW
            and code not in {0xFFFE, 0xFFFF}
            and code <= _LAST
        ):
            return written
        message = f"{written.decode()} refers to {said_of(code)}"
        self._notes.add(Code.BAD_REFERENCE, message, self._data, at)
        return legal_for(code, self._held)

    def _entity(self, name: bytes, at: int) -> bytes:
        if name in _XML_NAMES:
            return b"&%b;" % name
        text = html5.get(name.decode() + ";")
        if text is None:
            message = f"&{name.decode()}; is not declared; it was kept as written"
            self._notes.add(Code.UNKNOWN_ENTITY, message, self._data, at)
            return b"&amp;%b;" % name
        message = f"HTML's &{name.decode()}; was read as {text!r}"
        self._notes.add(Code.NAMED_ENTITY, message, self._data, at)
        # A reference, where the character is markup or would add a line.
        return b"".join(
            b"&#%d;" % ord(each) if each in "<>&\"'\n" else each.encode()
            for each in text
        )

    def _escaped(self, kind: str, at: int, *, quotes: bool) -> bytes:
        legal, raw, code = _ESCAPES[kind]
        if code is None or (quotes and code is Code.CDATA_END):
            return legal if quotes else raw
        message = f"'{raw.decode()}' stands unescaped, and was read as text"
        self._notes.add(code, message, self._data, at)
        return legal


_ESCAPES: Final[Mapping[str, tuple[bytes, bytes, Code | None]]] = MappingProxyType(
    {
        "amp": (b"&amp;", b"&", Code.BARE_AMPERSAND),
        "close": (b"]]&gt;", b"]]>", Code.CDATA_END),
        "less": (b"&lt;", b"<", Code.BARE_LESS_THAN),
        "quote": (b"&quot;", b'"', None),  # legal but in attributes
    }
)
"""What each becomes, what it is, and what is said of it."""
