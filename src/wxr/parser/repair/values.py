"""The text of one element: where it ends, and how it can stand in XML.

What is sound stays as it is, but for references and control characters. Else the
value reaches to its own end tag, and all between is text: `]]>` does not end a CDATA
section that something else follows than an end tag or another section, and HTML that
was not put in CDATA is kept as it is written.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wxr.diagnostics import Code
from wxr.parser.repair import notices
from wxr.parser.repair.finder import Finder
from wxr.parser.repair.notes import Notes, shown
from wxr.parser.repair.text import Text

_CDATA: Final = b"<![CDATA["
_CLOSE: Final = b"]]>"
_HTML: Final = re.compile(rb"</?[A-Za-z][\w:-]*+(?:[\s/][^<>]*+)?>|<!--")
_SPACE: Final = re.compile(rb"\s*+")
_CUT_TAG: Final = re.compile(rb"<(?:/?[A-Za-z][\w:.-]*+|!(?:\[[A-Z]{0,5})?|/)?\Z")
_LONGEST_CUT: Final = 80
_SECTION_FOLLOWS: Final = re.compile(rb"\s*+<!\[CDATA\[")


@dataclass(slots=True)
class Value:
    """The content of an element, and where the slice goes on."""

    content: bytes
    end: int
    """Position after the end tag, or of what stands where one is missing."""
    is_closed: bool = True
    line_ends: int = 0
    """How many were dropped with a notice, to be put back where they do not count."""


@lru_cache(maxsize=512)
def _end_tag(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</" + re.escape(name) + rb"\s*+>")


@lru_cache(maxsize=512)
def _own_end(name: bytes, known: re.Pattern[bytes]) -> re.Pattern[bytes]:
    """An element's end tag that looks like one: something of WXR follows."""
    end = _end_tag(name).pattern
    return re.compile(end + rb"(?=\s*+(?:" + known.pattern + rb"|\Z))")


@lru_cache(maxsize=512)
def _own_start(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(name) + rb"(?=[\s/>])")


class Values:
    """Reads the values of one slice."""

    def __init__(
        self,
        finder: Finder,
        text: Text,
        notes: Notes,
        known: re.Pattern[bytes],
        *,
        is_cut: bool,
    ) -> None:
        self._finder, self._text, self._notes = finder, text, notes
        self._data, self._known = finder.data, known
        self._is_cut = is_cut
        self._has_notice = notices.may_have_notice(finder.data)
        self._dropped = 0

    def read(self, name: bytes, start: int, *, is_number: bool = False) -> Value:
        """Read the value of the element whose start tag ends at a position."""
        start = self._past_notices(start, is_number=is_number)
        sound = self._sound_end(name, start)
        if sound is not None:
            end, after, is_closed = sound.start(), sound.end(), True
            content = self._mixed(start, end)
        else:
            end, after, is_closed = self._bounds(name, start)
            if not is_closed:
                end = self._trimmed(start, end)
            content = self._content(start, end)
        dropped = self._dropped
        self._dropped = 0
        return Value(content, after if is_closed else end, is_closed, dropped)

    def _trimmed(self, start: int, end: int) -> int:
        """Leave the space before the next tag, and a tag that was cut, outside."""
        if self._is_cut and end == len(self._data) and not self._begins_cdata(start):
            cut = _CUT_TAG.search(self._data, max(start, end - _LONGEST_CUT))
            end = cut.start() if cut else end
        return start + len(self._data[start:end].rstrip())

    def _sound_end(self, name: bytes, at: int) -> re.Match[bytes] | None:
        """Its end tag, where only text, CDATA and comments stand before it."""
        find = self._finder.find
        while (less := find(b"<", at)) >= 0:
            if 0 <= find(_CLOSE, at) < less:
                return None
            if self._data.startswith(_CDATA, less):
                at = find(_CLOSE, less) + 3
            elif self._data.startswith(b"<!--", less):
                at = find(b"-->", less + 4) + 3
                if b"--" in self._data[less + 4 : at - 3]:
                    return None
            else:
                return _end_tag(name).match(self._data, less)
            if at < 3:  # noqa: PLR2004  find gave -1
                return None
        return None

    def _bounds(self, name: bytes, start: int) -> tuple[int, int, bool]:
        """Give the end of the value, the position after it, whether it is closed."""
        own_end = self._finder.search(_own_end(name, self._known), start)
        another = self._finder.search(_own_start(name), start)
        if own_end and not (another and another.start() < own_end.start()):
            return own_end.start(), own_end.end(), True
        if self._begins_cdata(start):
            close = self._finder.find(_CLOSE, start)
            following = self._space_after(close + 3) if close >= 0 else None
            if following is not None and self._known.match(self._data, following):
                return close + 3, following, False
        tag = self._finder.search(self._known, start)
        end = tag.start() if tag else len(self._data)
        return end, end, False

    def _begins_cdata(self, start: int) -> bool:
        return self._data.startswith(_CDATA, self._past_any_notices(start))

    def _begins_number(self, start: int) -> bool:
        return bool(notices.NUMBER.match(self._data, self._past_any_notices(start)))

    def _past_any_notices(self, start: int) -> int:
        """Pass over notices, plain ones too, and the space around them."""
        at = self._space_after(start)
        while self._has_notice and (
            match := notices.match_at(self._data, at, plain=True)
        ):
            at = self._space_after(match.end())
        return at

    def _space_after(self, at: int) -> int:
        match = _SPACE.match(self._data, at)
        return match.end() if match else at

    def _past_notices(self, start: int, *, is_number: bool) -> int:
        """Pass over notices before a value; gives where it begins."""
        if not self._has_notice:
            return start
        at = self._space_after(start)
        plain = self._begins_cdata(start) or (is_number and self._begins_number(start))
        while match := notices.match_at(self._data, at, plain=plain):
            at = self._space_after(match.end())
            self._drop(start, at)
            start = at
        return start

    def _drop(self, start: int, end: int) -> None:
        """Leave a notice out; its line ends are put back where they do not count."""
        message = f"a message of PHP was skipped: {shown(self._data[start:end], 80)}"
        self._notes.add(Code.PHP_NOTICE, message, self._data, start)
        self._dropped += self._data.count(b"\n", start, end)

    def _content(self, start: int, end: int) -> bytes:
        at = self._space_after(start)
        if at <= end and self._data.startswith(_CDATA, at):
            return self._data[start:at] + self._sections(at, end)
        if 0 <= self._finder.find(_CDATA, start) < end:
            return self._mixed(start, end)
        pieces = self._between_notices(start, end)
        if any(_HTML.search(self._data, *piece) for piece in pieces):
            message = f"HTML is not in CDATA: {shown(self._data[start:end])}"
            self._notes.add(Code.MISSING_CDATA, message, self._data, start)
            return _section(b"".join(self._data[slice(*piece)] for piece in pieces))
        return b"".join(self._text.content(*piece) for piece in pieces)

    def _between_notices(self, start: int, end: int) -> list[tuple[int, int]]:
        pieces = []
        while (
            match := self._finder.search(notices.NOTICE, start)
        ) and match.end() <= end:
            pieces.append((start, match.start()))
            self._drop(*match.span())
            start = match.end()
        return [*pieces, (start, end)]

    def _sections(self, start: int, end: int) -> bytes:
        """Read CDATA sections that fill a value to its end."""
        done, at = [], start
        while self._data.startswith(_CDATA, at):
            at += len(_CDATA)
            close = self._section_end(at, end)
            done.append(_section(self._data[at:close]))
            at = min(close + 3, end)
            following = self._space_after(at)
            if following < end and self._data.startswith(_CDATA, following):
                done.append(self._data[at:following])
                at = following
        rest = self._between_notices(at, end)
        return b"".join(done) + b"".join(self._mixed(*piece) for piece in rest)

    def _section_end(self, start: int, end: int) -> int:
        """Where the section really ends that begins at a position."""
        close = self._finder.find(_CLOSE, start)
        last = -1
        while 0 <= close < end:
            if self._space_after(close + 3) >= end or _SECTION_FOLLOWS.match(
                self._data, close + 3
            ):
                return self._noted_if_passed(last, close)
            last = close
            close = self._finder.find(_CLOSE, close + 1)
        if last >= 0:
            return last
        if not (self._is_cut and end == len(self._data)):
            message = f"a CDATA section has no end: {shown(self._data[start:end])}"
            self._notes.add(Code.CDATA_END, message, self._data, start)
        return end

    def _noted_if_passed(self, passed: int, close: int) -> int:
        if passed >= 0:
            message = "']]>' stands inside CDATA, and was read as text"
            self._notes.add(Code.CDATA_END, message, self._data, passed)
        return close

    def _mixed(self, start: int, end: int) -> bytes:
        """Read text with CDATA sections and comments in it."""
        done, at = [], start
        while at < end:
            less = self._finder.find(b"<", at)
            less = end if less < 0 else min(less, end)
            section = self._whole_at(less, end)
            if section > less or less == end:
                done += [self._text.content(at, less), self._data[less:section]]
                at = section
            else:
                done.append(self._text.content(at, less + 1))
                at = less + 1
        return b"".join(done)

    def _whole_at(self, at: int, end: int) -> int:
        """End of the section or comment at a position; that where none is."""
        for begin, close in ((_CDATA, _CLOSE), (b"<!--", b"-->")):
            if self._data.startswith(begin, at):
                found = self._finder.find(close, at + len(begin))
                is_sound = begin == _CDATA or b"--" not in self._data[at + 4 : found]
                if 0 <= found < end and is_sound:
                    return found + 3
        return at


def _section(text: bytes) -> bytes:
    """Give a CDATA section of any text."""
    return _CDATA + text.replace(_CLOSE, b"]]]]><![CDATA[>") + _CLOSE
