"""WordPress' grammar of shortcodes: `[name attr="v"]…[/name]` in HTML.

As in WordPress an opening tag goes with the next closing tag of its name, a name
must be known, and `[[name]]` is the text `[name]`. Tags of HTML are no place for
shortcodes, and neither are `<code>`, `<pre>`, `<script>` and `<style>`.
"""

from bisect import bisect_left
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from html import unescape
from re import ASCII, IGNORECASE, VERBOSE, Match, compile as pattern
from typing import Final, TypeAlias

from wxr.content.scope import Attributes

Expand: TypeAlias = Callable[[str, Attributes, str | None], str]
"""From name, attributes and content (None without a closing tag) to HTML."""

# Neither kind of tag may scan past the next of its kind: that would be quadratic.
_TOKEN: Final = pattern(
    r"""
    <(?P<opaque>pre|code|script|style|textarea|!--)(?![\w-])  # nothing inside counts
  | <[a-z/][^<>]*>                                   # nor within a tag
  | (?P<open>\[?)\[(?P<closing>/?)(?P<name>[a-z][\w-]*)
    (?P<rest>(?![\w-])[^\[\]]*)\](?P<close>\]?)
    """,
    IGNORECASE | ASCII | VERBOSE,
)
_ATTRIBUTE: Final = pattern(
    r"""
    (?:(?P<name>[\w-]+)\s*=\s*)?
    (?:"(?P<double>[^"]*)" | '(?P<single>[^']*)' | (?P<bare>[^\s"']+))
    """,
    ASCII | VERBOSE,
)
_QUOTES: Final = pattern("[“”″]|&(?:quot|#8220|#8221|#8243|#34);")
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


def tags(html: str) -> Iterator[Tag]:
    """Yield what looks like a shortcode's tag, where shortcodes may stand."""
    position = 0
    while found := _TOKEN.search(html, position):
        position = found.end()
        if found["opaque"]:
            position = _after_opaque(html, found)
            if position < 0:
                return
        elif name := found["name"]:
            yield Tag(
                found.start() + len(found["open"]),
                found.end() - len(found["close"]),
                name,
                found["rest"],
                bool(found["closing"]),
                bool(found["open"]),
                bool(found["close"]),
            )


def _after_opaque(html: str, found: Match[str]) -> int:
    name = found["opaque"]
    return html.find(_CLOSERS.get(name, f"</{name}"), found.end())


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


def verbatim(html: str, known: Container[str], rule: Expand) -> str:
    """Replace the shortcodes whose content is code: it is taken as it stands."""
    parts: list[str] = []
    kept = position = 0
    while found := _TOKEN.search(html, position):
        position = found.end()
        if found["opaque"]:
            position = _after_opaque(html, found)
            if position < 0:
                break
        name = found["name"]
        if not name or found["closing"] or found["open"] or name.lower() not in known:
            continue
        closer = f"[/{name}]"
        end = html.find(closer, found.end())
        if end < 0:
            # None further on has one either, so none is looked for again.
            known = _Without(known, name.lower())
            continue
        start = found.end() - len(found["close"])
        parts.append(html[kept : found.start()])
        parts.append(rule(name.lower(), attributes(found["rest"]), html[start:end]))
        kept = position = end + len(closer)
    return "".join((*parts, html[kept:])) if parts else html


@dataclass(frozen=True, slots=True)
class _Without:
    known: Container[str]
    name: str

    def __contains__(self, name: object) -> bool:
        return name != self.name and name in self.known


@dataclass(slots=True)
class _Frame:
    tag: Tag | None
    end: int
    parts: list[str] = field(default_factory=list)


def expand(html: str, known: Container[str], rule: Expand) -> str:
    """Replace each shortcode whose name is known by what its rule gives."""
    found = [tag for tag in tags(html) if tag.name.lower() in known]
    if not found:
        return html
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
            top.parts.append(rule(tag.name.lower(), attributes(tag.rest), None))
        elif len(frames) < _MAX_DEPTH:
            frames.append(_Frame(tag, end))
    frames[0].parts.append(html[position:])
    return "".join(frames[0].parts)


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
    expanded = rule(top.tag.name.lower(), attributes(top.tag.rest), content)
    frames[-1].parts.append(expanded)
    return tag.end
