"""WordPress' grammar of shortcodes: `[name attr="v"]…[/name]` in HTML.

As in WordPress an opening tag goes with the next closing tag of its name, a name
must be known, and `[[name]]` is the text `[name]`. Tags of HTML are no place for
shortcodes, and neither are `<code>`, `<pre>`, `<script>` and `<style>`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from re import ASCII, IGNORECASE, VERBOSE, Match, compile as pattern
from typing import Final, TypeAlias

from wxr.content.scope import Attributes

Expand: TypeAlias = Callable[[str, Attributes, str | None], str | None]
"""From name, attributes and content (None without a closing tag) to HTML.

None keeps the shortcode as it stands."""

# No tag may scan past the next bracket: hostile text would make that quadratic.
_TAG: Final = pattern(
    r"\[(?P<closing>/?)(?P<name>[a-z][\w-]*)(?P<rest>(?![\w-])[^\[\]]*)\]",
    IGNORECASE | ASCII,
)
_OPAQUE: Final = pattern(
    r"<(pre|code|script|style|textarea|!--)(?![\w-])", IGNORECASE | ASCII
)
_ATTRIBUTE: Final = pattern(
    r"""
    (?:(?P<name>[\w-]+)\s*=\s*)?
    (?:"(?P<double>[^"]*)" | '(?P<single>[^']*)' | (?P<bare>[^\s"']+))
    """,
    ASCII | VERBOSE,
)
_QUOTES: Final = pattern("[“”″]|&(?:quot|#8220|#8221|#8243|#34);")
_PARAGRAPH_END: Final = pattern(r"\s*</p>", ASCII)
_BLOCKS: Final = ("<blockquote", "<div", "<figure", "<ol", "<pre", "<table", "<ul")
_CLOSERS: Final = {"!--": "-->"}
_MAX_DEPTH: Final = 32


@dataclass(frozen=True, slots=True)
class Tag:
    """A shortcode's tag as it stands in the text."""

    start: int
    end: int
    name: str
    rest: str
    is_closing: bool
    is_escaped_before: bool
    is_escaped_after: bool

    @property
    def is_void(self) -> bool:
        """Whether it closes itself: `[name /]`."""
        return self.rest.endswith("/")


@dataclass(slots=True)
class Places:
    """Tells where in HTML shortcodes may stand, for positions that only grow."""

    html: str
    position: int = 0
    zone: tuple[int, int] = (-1, -1)
    missing: set[str] = field(default_factory=set)
    """Closing tags of which there is none further on."""
    is_in_tag: bool = False

    def allow(self, position: int) -> bool:
        """Whether a position is neither in a tag nor in code."""
        while self.zone[1] <= position and self.zone[0] < len(self.html):
            self._next_zone(max(self.zone[1], 0))
        if self.zone[0] < position:
            return False
        before = self.html.rfind("<", self.position, position)
        after = self.html.rfind(">", self.position, position)
        if before != after:  # neither is found if they are the same
            follows = self.html[before + 1 : before + 2]
            self.is_in_tag = before > after and (follows.isalpha() or follows == "/")
        self.position = position
        return not self.is_in_tag

    def skip(self, position: int) -> None:
        """Go on behind text that is dealt with."""
        self.position = position
        self.is_in_tag = False
        if self.zone[0] < position:
            self._next_zone(position)

    def _next_zone(self, start: int) -> None:
        for found in _OPAQUE.finditer(self.html, start):
            closer = _CLOSERS.get(found[1], f"</{found[1]}")
            if closer in self.missing:
                continue
            end = self.html.find(closer, found.end())
            if end >= 0:
                self.zone = (found.start(), end)
                return
            self.missing.add(closer)
        self.zone = (len(self.html), len(self.html))


def tags(html: str) -> Iterator[Tag]:
    """Yield what looks like a shortcode's tag, where shortcodes may stand."""
    places = Places(html)
    for found in _TAG.finditer(html):
        if places.allow(found.start()):
            places.skip(found.end())
            yield _tag(html, found)


def _tag(html: str, found: Match[str]) -> Tag:
    start, end = found.span()
    return Tag(
        start,
        end,
        found["name"],
        found["rest"],
        bool(found["closing"]),
        html[start - 1 : start] == "[",
        html[end : end + 1] == "]",
    )


def attributes(text: str) -> Attributes:
    """Read a tag's attributes, in all the quotings WordPress knows."""
    if not text or text == "/":
        return {}
    text = _QUOTES.sub('"', text.removesuffix("/").replace("\xa0", " "))
    read: dict[str, str] = {}
    position = 0
    for found in _ATTRIBUTE.finditer(text):
        value = found["double"] or found["single"] or found["bare"] or ""
        if name := found["name"]:
            read[name.lower()] = unescape(value)
        else:
            # `[youtube=URL]` is how WordPress.com writes an address.
            read[str(position)] = unescape(value.removeprefix("="))
            position += 1
    return read


def verbatim(html: str, is_known: Callable[[str], bool], rule: Expand) -> str:
    """Replace the shortcodes whose content is code: it is taken as it stands."""
    parts: list[str] = []
    unclosed: set[str] = set()
    kept = 0
    places = Places(html)
    for found in _TAG.finditer(html):
        start, name = found.start(), found["name"]
        if start < kept or found["closing"] or not is_known(name):
            continue
        if html[start - 1 : start] == "[" or name in unclosed:
            continue
        if not places.allow(start):
            continue
        closer = f"[/{name}]"
        end = html.find(closer, found.end())
        if end < 0:
            unclosed.add(name)
            continue
        content = html[found.end() : end]
        code = rule(name, attributes(found["rest"]), content)
        if code is not None:
            parts += html[kept:start], code
            kept = end + len(closer)
            places.skip(kept)
    return "".join((*parts, html[kept:])) if parts else html


@dataclass(slots=True)
class _Frame:
    tag: Tag | None
    end: int
    parts: list[str] = field(default_factory=list)


def expand(html: str, found: list[Tag], rule: Expand) -> str:
    """Replace each shortcode of which a tag was found by what its rule gives."""
    closers: dict[str, list[int]] = {}
    for tag in found:
        if tag.is_closing:
            closers.setdefault(tag.name, []).append(tag.start)
    frames = [_Frame(None, len(html))]
    position = 0
    for tag in found:
        if tag.start < position:
            continue
        top = frames[-1]
        top.parts.append(html[position : tag.start])
        position = tag.end
        if tag.is_closing:
            position = _close(html, tag, frames, rule)
            continue
        end = _closer(tag, closers, top.end)
        if _is_escaped(html, tag, end):
            # Only the inner pair of brackets is text.
            top.parts[-1] = top.parts[-1][:-1]
            stop = tag.end if tag.is_escaped_after else html.index("]", end) + 1
            top.parts.append(html[tag.start : stop].replace("[", "&#91;"))
            position = stop + 1
        elif end < 0:
            expanded = rule(tag.name, attributes(tag.rest), None)
            position = _put(_or_text(expanded, html, tag), top, html, position)
        elif len(frames) < _MAX_DEPTH:
            frames.append(_Frame(tag, end))
        else:
            top.parts.append(html[tag.start : tag.end])
    frames[0].parts.append(html[position:])
    return "".join(frames[0].parts)


def _put(expanded: str, frame: _Frame, html: str, position: int) -> int:
    """Add what a shortcode became; gives where to go on.

    As in WordPress, a shortcode that stands alone loses the paragraph around it.
    Browsers would find no paragraph around a block either.
    """
    end = _PARAGRAPH_END.match(html, position)
    if end and expanded.startswith(_BLOCKS) and frame.parts[-1].endswith("<p>"):
        frame.parts[-1] = frame.parts[-1].removesuffix("<p>")
        position = end.end()
    frame.parts.append(expanded)
    return position


def _or_text(expanded: str | None, html: str, tag: Tag) -> str:
    return html[tag.start : tag.end] if expanded is None else expanded


def _closer(tag: Tag, closers: dict[str, list[int]], limit: int) -> int:
    """Find where the closing tag of an opening one begins; -1 without one."""
    starts = closers.get(tag.name, [])
    index = bisect_left(starts, tag.end)
    if tag.is_void or index == len(starts) or starts[index] >= limit:
        return -1
    return starts[index]


def _is_escaped(html: str, tag: Tag, end: int) -> bool:
    if not tag.is_escaped_before:
        return False
    if tag.is_escaped_after:
        return True
    return end >= 0 and html.startswith("]]", html.index("]", end))


def _close(html: str, tag: Tag, frames: list[_Frame], rule: Expand) -> int:
    """End the shortcode that is open, or keep a closing tag that closes nothing."""
    top = frames[-1]
    if top.tag is None or top.end != tag.start:
        top.parts.append(html[tag.start : tag.end])
        return tag.end
    frames.pop()
    content = "".join(top.parts)
    expanded = rule(top.tag.name, attributes(top.tag.rest), content)
    if expanded is None:
        opening = html[top.tag.start : top.tag.end]
        expanded = f"{opening}{content}{html[tag.start : tag.end]}"
    return _put(expanded, frames[-1], html, tag.end)
