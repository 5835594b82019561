"""Bytes that are no text, and characters that no XML can hold.

Both are put right in a whole slice before its markup is looked at. Control
characters travel through the parser as characters that the slice does not hold, as
carriage returns do: PHP-serialized values give their lengths in bytes and count them
(private properties have a NUL before and after their class).
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from wxr.diagnostics import Code
from wxr.model import Meta, Post, Record, Term
from wxr.parser.elements import short_name
from wxr.parser.irregular import Element
from wxr.parser.repair.notes import Notes

REPLACEMENT: Final = "\ufffd".encode()

_UTF_8: Final = (
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_NOT_ASCII: Final = re.compile(
    rb"""
    (?P<sound>(?:"""
    + _UTF_8
    + rb""")++)
  | (?P<pair>\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf])  # CESU-8
  | (?P<half>\xed[\xa0-\xbf][\x80-\xbf])
  | (?P<cut>                     # a column's limit cut the last character of a value
        (?: \xe0[\xa0-\xbf] | [\xe1-\xef][\x80-\xbf]
          | \xf0[\x90-\xbf][\x80-\xbf]? | [\xf1-\xf3][\x80-\xbf]{1,2}
          | \xf4[\x80-\x8f][\x80-\xbf]? )
        (?=\]\]>|<|"|\Z) )
  | (?P<other>[\x80-\xff])
    """,
    re.VERBOSE,
)
_CUT_AT_END: Final = re.compile(
    rb"(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})\Z"
)


def as_utf_8(data: bytes, notes: Notes, *, is_cut: bool = False) -> bytes:
    """Give a slice in which every byte is text.

    Args:
        data: The slice.
        notes: Takes what was found.
        is_cut: Whether the export breaks off in it: half a character at its end is
            a part of that.
    """
    if is_cut:
        data = data[:-4] + _CUT_AT_END.sub(b"", data[-4:])
    try:
        data.decode()
    except UnicodeDecodeError as error:
        start = error.start
    else:
        return data
    # In Windows-1252 text, the end of a value may look like half a character.
    is_windows = cache(
        lambda: any(m["other"] for m in _NOT_ASCII.finditer(data, start))
    )

    def sound(match: re.Match[bytes]) -> bytes:
        kind = match.lastgroup
        if kind == "sound":
            return match[0]
        if kind == "pair":
            return _joined(match[0], notes, data, start + match.start())
        is_lost = kind == "half" or (kind == "cut" and not is_windows())
        text = "\ufffd" if is_lost else match[0].decode("cp1252", "replace")
        _note(notes, match[0], text, data, start + match.start())
        return text.encode()

    return data[:start] + _NOT_ASCII.sub(sound, data[start:])


def _joined(pair: bytes, notes: Notes, data: bytes, at: int) -> bytes:
    """Make one character of two surrogates that were encoded one by one (CESU-8)."""
    halves = pair.decode("utf-8", "surrogatepass")
    character = halves.encode("utf-16", "surrogatepass").decode("utf-16")
    message = "two halves of a character were joined"
    notes.add(Code.INVALID_BYTES, message, data, at)
    return character.encode()


def _note(notes: Notes, raw: bytes, text: str, data: bytes, at: int) -> None:
    if "\ufffd" in text:
        message = f"bytes that are no text ({raw.hex(' ')}) became U+FFFD"
        notes.add(Code.BAD_ENCODING, message, data, at)
    else:
        message = f"bytes that are no UTF-8 ({raw.hex(' ')}) were read as {text!r}"
        notes.add(Code.INVALID_BYTES, message, data, at)


_BROKEN_NAME: Final = re.compile(
    rb"</?[\w.:\-]*+(?:[\0-\x08\x0e-\x1f]++[\w.:\-]*+)++(?=[\s/>])"
)
_FORBIDDEN: Final = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")

# Where 32 stand-ins begin, and how to see whether a slice holds any itself.
_STAND_INS: Final = (
    (0xFDD0, re.compile(rb"\xef\xb7[\x90-\xaf]")),  # noncharacters
    (0xF0000, re.compile(rb"\xf3\xb0\x80[\x80-\x9f]")),  # private use
    (0x100000, re.compile(rb"\xf4\x80\x80[\x80-\x9f]")),
)
_LINE_ENDS: Final = frozenset({0x0B, 0x0C})
"""Form feed and vertical tab, which end a line where they come from."""
_ENDS: Final = (b"]]>", b"--", b"?>")
_COUNTED: Final = re.compile(rb"\s*+>\s*+(?:<!\[CDATA\[\s*+)?[aOCEsS]:\d+:")
_SERIALIZED: Final = re.compile(r"\s*[aOCEsS]:\d+:")


@dataclass(frozen=True, slots=True)
class StandIns:
    """Characters that stand for control characters in one slice."""

    first: int

    def of(self, code: int) -> bytes:
        """Give what stands for a control character."""
        return chr(self.first + code).encode()

    def without(self, data: bytes) -> bytes:
        """Give bytes without any: markup and the space between has no use for them."""
        return _any_of(self.first).sub(b"", data)

    def legal(self, data: bytes) -> bytes:
        """Give a slice that can be written as XML, with what XML can hold.

        As `restore` does; but a serialized meta value, which counts its bytes, gets a
        space for each character that cannot stand in it.
        """
        values = data.split(b"meta_value")
        return b"meta_value".join(self._legal(value) for value in values)

    def _legal(self, data: bytes) -> bytes:
        other = b" " if _COUNTED.match(data) else b""
        legal = self._with(other, data)
        # What one keeps apart may end a section or a comment without it.
        is_same = all(legal.count(end) == data.count(end) for end in _ENDS)
        return legal if is_same else self._with(b" ", data)

    def _with(self, other: bytes, data: bytes) -> bytes:
        def held(match: re.Match[bytes]) -> bytes:
            code = ord(match[0].decode()) - self.first
            return b"\n" if code in _LINE_ENDS else other

        return _any_of(self.first).sub(held, data)

    def restore(self, element: Element) -> None:
        """Put right what stands below an element, but for serialized meta values.

        A form feed or vertical tab becomes a line end, and the others go.
        """
        legal = {
            self.first + code: "\n" if code in _LINE_ENDS else None
            for code in range(32)
        }
        for each in element.iter():
            if isinstance(each.tag, str) and each.text and not _is_counted(each):
                each.text = each.text.translate(legal)
            if each.tail:
                each.tail = each.tail.translate(legal)
            for name, value in each.items():
                each.set(name, value.translate(legal))

    def in_metas(self, record: Record) -> Record:
        """Give a record whose serialized meta values have their characters again.

        An XML tree cannot hold them, so they come back only now.
        """
        if isinstance(record, Post):
            comments = tuple(
                replace(each, meta=self._raw(each.meta)) for each in record.comments
            )
            return replace(record, meta=self._raw(record.meta), comments=comments)
        if isinstance(record, Term):
            return replace(record, meta=self._raw(record.meta))
        return record

    def _raw(self, metas: tuple[Meta, ...]) -> tuple[Meta, ...]:
        raw = {self.first + code: code for code in range(32)}
        return tuple(
            replace(meta, value=meta.value.translate(raw)) if meta.value else meta
            for meta in metas
        )


@cache
def _any_of(first: int) -> re.Pattern[bytes]:
    """Give a pattern of all stand-ins that begin at a character."""
    return re.compile(b"|".join(StandIns(first).of(code) for code in range(32)))


def _is_counted(element: Element) -> bool:
    """Say whether the bytes of an element's text are counted in it."""
    is_value = short_name(str(element.tag)) == "wp:meta_value"
    return is_value and _SERIALIZED.match(element.text or "") is not None


def stand_ins(data: bytes) -> StandIns | None:
    """Choose stand-ins that a slice does not hold; None where all are taken."""
    for first, taken in _STAND_INS:
        if not taken.search(data):
            return StandIns(first)
    return None


def without_in_names(data: bytes, notes: Notes, known: re.Pattern[bytes]) -> bytes:
    """Leave control characters out of the names of tags that WXR knows."""

    def sound(match: re.Match[bytes]) -> bytes:
        tag = _FORBIDDEN.sub(b"", match[0])
        if not known.fullmatch(tag):
            return match[0]
        for held in _FORBIDDEN.finditer(match[0]):
            at = match.start() + held.start()
            notes.add(Code.CONTROL_CHARACTER, said_of(ord(held[0])), data, at)
        return tag

    return _BROKEN_NAME.sub(sound, data)


def without_forbidden(data: bytes, notes: Notes, held: StandIns | None) -> bytes:
    """Replace characters that XML cannot hold by what stands for them."""

    def stand_in(match: re.Match[bytes]) -> bytes:
        code = ord(match[0].decode())
        notes.add(Code.CONTROL_CHARACTER, said_of(code), data, match.start())
        return legal_for(code, held)

    return _FORBIDDEN.sub(stand_in, data)


def legal_for(code: int, held: StandIns | None) -> bytes:
    """Give what a character becomes that XML cannot hold."""
    if code > 0x1F:  # noqa: PLR2004  the last control character below the space
        return REPLACEMENT
    if held is not None:
        return held.of(code)
    return b" " if code in _LINE_ENDS else b""


def said_of(code: int) -> str:
    """Say what becomes of a character that XML cannot hold."""
    if code in _LINE_ENDS:
        what = "became a line end"
    else:
        what = "was left out" if code < ord(" ") else "became U+FFFD"
    return f"U+{code:04X}, which XML cannot hold, {what}"
