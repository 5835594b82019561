"""Start tags, whatever became of their attributes."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from xml.parsers import expat

from wxr.diagnostics import Code
from wxr.parser.repair import uris
from wxr.parser.repair.finder import Finder
from wxr.parser.repair.names import namespace_for
from wxr.parser.repair.notes import Notes, shown
from wxr.parser.repair.text import Text
from wxr.parser.strict import is_well_formed

# Beyond ASCII any character may stand in a name, but for the no-break space that an
# editor left between.
_CHARS: Final = rb"(?:[\w.\-]|(?!\xc2\xa0)[\x80-\xff])*+"
_NAME: Final = rb"(?:[A-Za-z_]|(?!\xc2\xa0)[\x80-\xff])" + _CHARS
_QUALIFIED: Final = rb"%b(?::%b)?" % (_NAME, _NAME)
START: Final = re.compile(rb"<(" + _QUALIFIED + rb")(?=[\s/>]|\xc2\xa0|\Z)")
"""What begins a start tag, and not `<3` or `<someone@there>`."""
_BARE: Final = re.compile(rb"\s*+(/?)>")
_INITIAL: Final = (
    r"A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    r"\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
    r"\U00010000-\U000effff"
)
_NAME_TEXT: Final = rf"[{_INITIAL}][{_INITIAL}\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*+"
_ASCII_TEXT: Final = rb"[A-Z_a-z][A-Z_a-z\-.0-9]*+"
_IS_ASCII_NAME: Final = re.compile(rb"%b(?::%b)?" % (_ASCII_TEXT, _ASCII_TEXT))
_SPACE: Final = re.compile(rb"(?:\s|\xc2\xa0|/(?!>))*+")
_ATTRIBUTE: Final = re.compile(rb"([^\s=<>\"'/]++|[^\s=<>/])(?:\s*+=\s*+)?+")
_UNQUOTED: Final = re.compile(rb"[^\s<>\"']*+")
# A quote ends a value where an attribute or the tag's end follows, and nowhere else:
# WordPress writes slugs as they are, quotes and all.
_VALUE_ENDS: Final = {
    quote: re.compile(
        quote + rb"(?=\s*+/?>|\s++[^\s=<>/\"']++\s*+=\s*+[\"'])|<!\[CDATA\[|</"
    )
    for quote in (b'"', b"'")
}


@dataclass(slots=True)
class Tag:
    """A start tag that was read, and as it may stand."""

    name: bytes
    attributes: dict[bytes, bytes]
    """Values with what has to be escaped escaped; the order is the tag's."""
    is_empty: bool
    end: int
    """Position after it."""
    line_ends: int
    """How many the tag had beside those in values."""

    def written(self, more: dict[bytes, bytes] | None = None) -> bytes:
        """Give the tag, perhaps with further attributes."""
        both = {**(more or {}), **self.attributes}
        attributes = b"".join(b' %b="%b"' % pair for pair in both.items())
        close = b"/>" if self.is_empty else b">"
        return b"<%b%b%b%b" % (self.name, attributes, b"\n" * self.line_ends, close)


class Tags:
    """Reads the start tags of one slice."""

    def __init__(self, finder: Finder, text: Text, notes: Notes) -> None:
        self._finder, self._text, self._notes = finder, text, notes
        self._data = finder.data

    def read(self, at: int) -> Tag | None:
        """Read the start tag at a position; None where none begins there."""
        start = START.match(self._data, at)
        # No declaration may bind `xmlns`, so nothing named by it can be a tag.
        if start is None or not is_name(start[1]) or start[1].startswith(b"xmlns:"):
            return None
        bare = _BARE.match(self._data, start.end())
        if bare is None:
            return self._attributes(start)
        line_ends = bare[0].count(b"\n")
        return Tag(start[1], {}, bool(bare[1]), bare.end(), line_ends)

    def _attributes(self, start: re.Match[bytes]) -> Tag:
        data, at = self._data, start.end()
        attributes: dict[bytes, bytes] = {}
        in_values = 0
        while True:
            space = _SPACE.match(data, at)
            if space:
                at = space.end()
                if b"\xc2\xa0" in space[0]:
                    self._say("a no-break space stands in a tag", at)
            close = data[at : at + 2]
            if close[:1] == b">" or close == b"/>" or close[:1] in {b"", b"<"}:
                break
            name, value, at = self._attribute(at)
            in_values += value.count(b"\n")
            self._keep(attributes, name, value, at)
        if close[:1] in {b"", b"<"}:
            message = f"<{start[1].decode('utf-8', 'replace')} lacks its '>'"
            self._notes.add(Code.BROKEN_ATTRIBUTE, message, data, start.start())
        end = at + (2 if close == b"/>" else close[:1] == b">")
        line_ends = data.count(b"\n", start.start(), end) - in_values
        return Tag(start[1], attributes, close == b"/>", end, max(0, line_ends))

    def _attribute(self, at: int) -> tuple[bytes, bytes, int]:
        """Give the name, the legal value, and the position after one attribute."""
        data = self._data
        named = _ATTRIBUTE.match(data, at)
        if named is None:  # "=" alone
            return b"=", b"", at + 1
        name, start = named[1], named.end()
        quote = data[start : start + 1]
        if not named[0].rstrip().endswith(b"="):
            self._say(f"{shown(name)} has no value", at)
            return name, b"", start
        if quote in _VALUE_ENDS:
            return name, *self._quoted(quote, start + 1)
        self._say(f"the value of {shown(name)} is not quoted", at)
        bare = _UNQUOTED.match(data, start)
        end = bare.end() if bare else start
        return name, self._text.value(start, end), end

    def _quoted(self, quote: bytes, start: int) -> tuple[bytes, int]:
        data = self._data
        match = self._finder.search(_VALUE_ENDS[quote], start)
        if match is not None and match[0] == quote:
            end = match.start()
            if quote in data[start:end]:
                self._say(f"a quote stands in {shown(data[start:end])}", start)
            return self._text.value(start, end), end + 1
        end = self._finder.find(b">", start)
        end = len(data) if end < 0 else end
        if match is not None:
            end = min(end, match.start())
        self._say(f"a quote is missing after {shown(data[start:end])}", start)
        return self._text.value(start, end), end

    def _keep(
        self, attributes: dict[bytes, bytes], name: bytes, value: bytes, at: int
    ) -> None:
        if name in attributes or not is_name(name):
            if name.startswith(b"xmlns:"):
                what = f"the prefix in {shown(name)} is none XML allows"
                self._notes.add(Code.BAD_NAMESPACE, what, self._data, at)
            else:
                what = f"the attribute {shown(name)} cannot stand here"
                self._notes.add(Code.LOST_ATTRIBUTE, what, self._data, at)
            return
        is_namespace = name == b"xmlns" or name.startswith(b"xmlns:")
        legal = self._namespace(name, value, at) if is_namespace else value
        if legal is not None:
            attributes[name] = legal

    def _namespace(self, name: bytes, uri: bytes, at: int) -> bytes | None:
        """Give a URI that may be bound to a prefix, None where nothing may."""
        if name in {b"xmlns:xml", b"xmlns:xmlns"} or (name != b"xmlns" and not uri):
            what = f"{shown(name)} may not be declared so"
            self._notes.add(Code.BAD_NAMESPACE, what, self._data, at)
            return None
        legal = uris.legal(uri) if uri else uri
        if legal != uri:
            what = f"the namespace {shown(uri)} is no URI; it was encoded as one"
            self._notes.add(Code.BAD_NAMESPACE, what, self._data, at)
        if is_well_formed(b'<x xmlns:x="%b"/>' % legal) or not uri:
            return legal
        # Legal characters may still be no URI, as where its scheme is broken.
        what = f"the namespace {shown(uri)} is no URI; another stands for it"
        self._notes.add(Code.BAD_NAMESPACE, what, self._data, at)
        return namespace_for(name[6:]) if name != b"xmlns" else None

    def _say(self, what: str, at: int) -> None:
        self._notes.add(Code.BROKEN_ATTRIBUTE, what, self._data, at)


def is_name(name: bytes) -> bool:
    """Say whether XML allows a name, with or without a prefix."""
    if name.isascii():
        return _IS_ASCII_NAME.fullmatch(name) is not None
    return _is_name_anywhere(name)


@cache
def _any_name() -> re.Pattern[str]:
    """Names as the fifth edition of XML 1.0 has them; made on use, being large."""
    return re.compile(rf"{_NAME_TEXT}(?::{_NAME_TEXT})?")


@lru_cache(maxsize=256)
def _is_name_anywhere(name: bytes) -> bool:
    """Say whether all parsers take a name: expat knows the fourth edition alone."""
    if not _any_name().fullmatch(name.decode("utf-8", "replace")):
        return False
    try:
        expat.ParserCreate().Parse(b"<%b/>" % name, True)  # noqa: FBT003  its last
    except expat.ExpatError:
        return False
    return True
