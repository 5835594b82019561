"""The markup of a damaged slice, element by element, to a sound one."""

import re
from dataclasses import dataclass
from typing import Final

from wxr.diagnostics import Code
from wxr.parser.repair import notices
from wxr.parser.repair.characters import StandIns
from wxr.parser.repair.finder import Finder
from wxr.parser.repair.names import (
    HOMES,
    LEAVES,
    NUMBERS,
    TEXTS,
    Scope,
    known_tag,
    namespace_for,
)
from wxr.parser.repair.notes import Notes, shown
from wxr.parser.repair.tags import Tag, Tags, is_name
from wxr.parser.repair.text import Text
from wxr.parser.repair.values import Values

DEEPEST: Final = 2000
"""Levels of nesting past which a slice is refused; libxml2 stops a little later."""

_SOUND_LEAF: Final = re.compile(
    rb"\s*+<([A-Za-z_][\w.:\-]*+)>(?:(<!\[CDATA\[)|[^<&\]]*+</\1>)"
)
"""A leaf of plain text, or one of CDATA up to where that begins."""
_END_TAG: Final = re.compile(rb"</([^\s<>/]+)\s*+>")


class TooDeepError(Exception):
    """A slice is nested past all sense; caught by `repair`."""


@dataclass(slots=True)
class _Open:
    """An element that is open."""

    name: bytes
    short: str
    scope: Scope
    at: int
    """Position of its start tag."""


class Walk:
    """One walk over one slice.

    Args:
        data: The slice, in UTF-8, without characters that XML cannot hold.
        scope: The prefixes bound around it.
        prefixes: Those of them that may stand before names of WXR.
        notes: Takes what was found.
        held: What stands for control characters.
        is_cut: Whether the export breaks off in it.
    """

    def __init__(
        self,
        data: bytes,
        scope: Scope,
        prefixes: frozenset[bytes],
        notes: Notes,
        held: StandIns | None,
        *,
        is_cut: bool,
    ) -> None:
        self._data, self._notes, self._held = data, notes, held
        self._outer, self._is_cut = scope, is_cut
        self._finder = Finder(data)
        self._has_plain_notice = notices.has_plain_notice(data)
        self._text = Text(data, notes, held)
        self._tags = Tags(self._finder, self._text, notes)
        self._values = Values(
            self._finder, self._text, notes, known_tag(prefixes), is_cut=is_cut
        )
        self._open: list[_Open] = []
        self._done: list[bytes] = []
        self._last_ends: dict[bytes, int] | None = None

    def sound(self) -> bytes:
        """Give the slice as one well-formed element.

        Raises:
            TooDeepError: It is nested too deep.
        """
        at, end = 0, len(self._data)
        while at < end and (self._open or not self._done):
            at = self._past_sound_leaves(at)
            less = self._finder.find(b"<", at)
            less = end if less < 0 else less
            if less > at:
                self._between(at, less)
            at = self._markup(less) if less < end else end
        self._left_over(at)
        while self._open:
            self._close(noted=not self._is_cut)
        return b"".join(self._done)

    def _past_sound_leaves(self, start: int) -> int:
        """Copy leaves in which nothing can be wrong, which most are in most damage."""
        if not self._open or self._has_plain_notice:
            return start
        home, at = self._open[-1], start
        while match := _SOUND_LEAF.match(self._data, at):
            short = home.scope.short(match[1])
            if short not in LEAVES or home.short not in HOMES.get(short, ()):
                break
            if not home.scope.declares(match[1].rpartition(b":")[0]):
                break
            past = self._past_section(match) if match[2] else match.end()
            if past is None:
                break
            at = past
        self._done.append(self._data[start:at])
        return at

    def _past_section(self, leaf: re.Match[bytes]) -> int | None:
        """Give the end of a leaf of CDATA, if nothing comes between their ends."""
        end = b"]]></" + leaf[1] + b">"
        # Asked of the finder: of ten thousand sections none may ever end.
        close = self._finder.find(b"]]>", leaf.end())
        return close + len(end) if self._data.startswith(end, close) else None

    def _between(self, start: int, end: int) -> None:
        """Take text between tags; between WXR's own there should be none."""
        if self._open and self._open[-1].short not in HOMES and not self._is_root():
            self._done.append(self._text.content(start, end))
            return
        raw = self._data[start:end]
        if raw.isspace():
            self._done.append(raw)
            return
        raw = self._held.without(raw) if self._held else raw
        if not raw or raw.isspace():
            self._done.append(raw)
        elif notice := notices.PLAIN_NOTICE.match(raw.strip()):
            self._skip(start, end, notice[0])
        else:
            self._done.append(self._text.content(start, end))

    def _is_root(self) -> bool:
        return len(self._open) == 1

    def _skip(self, start: int, end: int, notice: bytes) -> None:
        message = f"a message of PHP was skipped: {shown(notice, 80)}"
        self._notes.add(Code.PHP_NOTICE, message, self._data, start)
        self._done.append(b"\n" * self._data.count(b"\n", start, end))

    def _markup(self, at: int) -> int:
        """Take what begins with `<` at a position; gives the position after it."""
        data = self._data
        if self._is_cut and self._finder.find(b">", at) < 0:
            return len(data)  # a tag that was cut
        if data.startswith(b"</", at):
            return self._end_tag(at)
        if data.startswith((b"<!--", b"<![CDATA[", b"<?"), at):
            return self._section(at)
        if notice := notices.NOTICE.match(data, at):
            self._skip(at, notice.end(), notice[0])
            return notice.end()
        tag = self._tags.read(at)
        if tag is None:
            return self._as_text(at, at + 1)
        return self._element(tag, at)

    def _as_text(self, start: int, end: int) -> int:
        self._done.append(self._text.content(start, end))
        return end

    def _section(self, at: int) -> int:
        """Take a comment, a CDATA section or an instruction."""
        for begin, close in _SECTIONS:
            if self._data.startswith(begin, at):
                end = self._finder.find(close, at + len(begin))
                body = self._data[at + len(begin) : max(0, end)]
                is_forbidden = _is_forbidden(begin, body)
                if end < 0 or (is_forbidden and b"<" in body):
                    # It ends where another one was meant to: what it holds is data.
                    return self._as_text(at, at + 1)
                self._done.append(
                    b"\n" * body.count(b"\n")
                    if is_forbidden
                    else self._data[at : end + len(close)]
                )
                return end + len(close)
        return self._as_text(at, at + 1)

    def _element(self, tag: Tag, at: int) -> int:
        scope = self._open[-1].scope if self._open else self._outer
        more: dict[bytes, bytes] = {}
        if tag.attributes or not scope.declares(tag.name.rpartition(b":")[0]):
            more = self._declarations(tag, scope, at)
            scope = scope.inside({**_declared(tag.attributes), **_declared(more)})
        short = scope.short(tag.name)
        if short in LEAVES and not tag.is_empty:
            self._make_room(short)
            return self._leaf(tag, more, short, at)
        if not tag.is_empty and self._open and not self._ends_later(tag):
            self._note_unclosed(tag.name, at)
            tag.is_empty = short not in HOMES
        self._make_room(short)
        self._done.append(tag.written(more))
        if not tag.is_empty:
            self._open.append(_Open(tag.name, short, scope, at))
            if len(self._open) > DEEPEST:
                raise TooDeepError
        return tag.end

    def _declarations(self, tag: Tag, scope: Scope, at: int) -> dict[bytes, bytes]:
        """Declare the prefixes of a tag that nothing declares."""
        own = _declared(tag.attributes)
        more: dict[bytes, bytes] = {}
        for name in (tag.name, *tag.attributes):
            prefix = name.rpartition(b":")[0]
            if not prefix or prefix == b"xmlns" or prefix in own:
                continue
            if scope.declares(prefix) or b"xmlns:" + prefix in more:
                continue
            more[b"xmlns:" + prefix] = namespace_for(prefix)
            message = f"the prefix {shown(prefix)} is not declared"
            self._notes.add(Code.UNDECLARED_PREFIX, message, self._data, at)
        return more

    def _leaf(self, tag: Tag, more: dict[bytes, bytes], short: str, at: int) -> int:
        value = self._values.read(tag.name, tag.end, is_number=short in NUMBERS)
        if not value.is_closed:
            if self._is_cut and value.end >= len(self._data):
                return self._cut_leaf(tag, more, short, value.content)
            self._note_unclosed(tag.name, at)
        end_tag = b"</%b%b>" % (tag.name, b"\n" * value.line_ends)
        self._done += [tag.written(more), value.content, end_tag]
        return value.end

    def _cut_leaf(
        self, tag: Tag, more: dict[bytes, bytes], short: str, content: bytes
    ) -> int:
        """Keep what arrived of a text; half a number or date would be a wrong one."""
        if short in TEXTS:
            self._done += [tag.written(more), content, b"</%b>" % tag.name]
        return len(self._data)

    def _make_room(self, short: str) -> None:
        """Close what was left open before an element that cannot stand in it."""
        homes = HOMES.get(short)
        if homes is None:
            return
        for depth in range(len(self._open), 0, -1):
            each = self._open[depth - 1].short
            if each in homes:
                break
            if each not in HOMES:
                return
        else:
            return
        while len(self._open) > depth:
            self._close(noted=True)

    def _close(self, *, noted: bool) -> None:
        element = self._open.pop()
        if noted:
            self._note_unclosed(element.name, element.at)
        self._done.append(b"</%b>" % element.name)

    def _note_unclosed(self, name: bytes, at: int) -> None:
        message = f"<{name.decode('utf-8', 'replace')}> has no end tag"
        self._notes.add(Code.MISMATCHED_TAG, message, self._data, at)

    def _end_tag(self, at: int) -> int:
        match = _END_TAG.match(self._data, at)
        if match is None:
            return self._as_text(at, at + 1)
        depth = self._depth_of(match[1])
        if depth is None and not is_name(match[1]):
            return self._as_text(at, at + 1)
        if depth is None:
            message = f"{shown(match[0])} ends nothing, and was skipped"
            self._notes.add(Code.MISMATCHED_TAG, message, self._data, at)
            self._done.append(b"\n" * match[0].count(b"\n"))
            return match.end()
        while len(self._open) > depth + 1:
            self._close(noted=True)
        self._open.pop()
        self._done.append(match[0])
        return match.end()

    def _depth_of(self, name: bytes) -> int | None:
        """How many elements stand around the one that an end tag ends, if any."""
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].name == name:
                return depth
        return None

    def _ends_later(self, tag: Tag) -> bool:
        if self._last_ends is None:
            ends = _END_TAG.finditer(self._data)
            self._last_ends = {match[1]: match.start() for match in ends}
        return self._last_ends.get(tag.name, -1) >= tag.end

    def _left_over(self, at: int) -> None:
        rest = self._data[at:]
        if rest.strip():
            message = f"text after the element was left out: {shown(rest)}"
            self._notes.add(Code.STRAY_TEXT, message, self._data, at)


_INSTRUCTION: Final = re.compile(
    rb"(?!xml(?:\s|\Z))[a-z_][\w.\-]*+(?:\s|\Z)", re.IGNORECASE
)
_SECTIONS: Final = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))


def _is_forbidden(begin: bytes, body: bytes) -> bool:
    """Say whether XML forbids a comment or instruction; neither is data."""
    if begin == b"<!--":
        return b"--" in body or body.endswith(b"-")
    return begin == b"<?" and not _INSTRUCTION.match(body)


def _declared(attributes: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Give the prefixes that attributes declare; the default one is `b""`."""
    return {
        name[6:]: value
        for name, value in attributes.items()
        if name == b"xmlns" or name.startswith(b"xmlns:")
    }
