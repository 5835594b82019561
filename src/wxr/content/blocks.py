"""Block markup: `<!-- wp:name {"json": 1} -->…<!-- /wp:name -->` around HTML.

A body is a tree of blocks with free HTML between. It is read without recursion, as
WordPress' own parser does it: a closing marker closes whatever is open, what is
still open at the end is closed there, and a marker that is no marker is text.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from re import ASCII, compile as pattern
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

_START: Final = pattern(
    r"<!--\s+(?P<closing>/)?wp:"
    r"(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?=\s)"
    r"(?P<bare> -->)?",  # as most markers end
    ASCII,
)
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})
_BARE: Final = ("", False, True)
_MAX_DEPTH: Final = 64


class Block(NamedTuple):
    """What a block's opening marker says."""

    name: str
    """With its namespace, but for `core/`: `paragraph`, `jetpack/markdown`."""
    attributes: Mapping[str, Any] = _NONE


class Marker(NamedTuple):
    """Where a block begins or ends."""

    start: int
    end: int
    name: str
    """Of the block that begins, without `core/`; empty where the innermost ends."""
    source: str
    """Its attributes, as they are written."""
    is_void: bool
    """Whether it ends at once."""

    @property
    def block(self) -> Block:
        """The block, with its attributes read."""
        return Block(self.name, _attributes(self.source))


Render: TypeAlias = Callable[[Block, str], str]
"""From a block and the HTML inside it to the HTML that stands for it."""


def has_blocks(content: str) -> bool:
    """Whether WordPress takes a body for blocks, so that it adds no paragraphs."""
    return "<!-- wp:" in content


def markers(content: str) -> Iterator[Marker]:
    """Yield a body's markers in order; one that closes nothing is none.

    What is open at the end is closed there.
    """
    position = end = depth = 0
    for start in _START.finditer(content):
        begins, after = start.span()
        if begins < position:
            continue
        closing, name, bare = start.groups()
        end = after - 3 if bare else _arrow(content, after, end)
        if end < 0:
            break
        source, is_void, fits = _BARE if bare else _read(content[after:end])
        if not fits or (closing and not depth):
            continue
        position = end + 3
        depth += -1 if closing else not is_void
        name = "" if closing else name.removeprefix("core/")
        yield Marker(begins, position, name, source, is_void and not closing)
    last = Marker(len(content), len(content), "", "", is_void=False)
    yield from (last for _ in range(depth))


def _arrow(content: str, start: int, known: int) -> int:
    """Give where the next arrow is; one that was found already is not sought again."""
    return known if known >= start else content.find("-->", start)


def _read(inside: str) -> tuple[str, bool, bool]:
    """Read what follows a marker's name: attributes, self-closing or not, sound."""
    text = inside.strip()
    is_void = text.endswith("/") and (text == "/" or text[-2] in "} \t\n")
    if is_void:
        text = text[:-1].rstrip()
    if not text:
        return "", is_void, True
    is_sound = text[0] == "{" and text[-1] == "}"
    return text, is_sound and is_void, is_sound


def _attributes(source: str) -> Mapping[str, Any]:
    """Read attributes; WordPress reads what is no JSON as none."""
    if not source:
        return _NONE
    try:
        attributes: Mapping[str, Any] = json.loads(source)
    except (ValueError, RecursionError):
        return _NONE
    return attributes


@dataclass(slots=True)
class _Frame:
    render: Render | None
    block: Block
    parts: list[str] = field(default_factory=list)


_STATIC: Final = Block("")


def render(
    content: str,
    find: Callable[[str], Render | None],
    *,
    free: Callable[[str], str],
) -> str:
    """Give the HTML of a body of blocks.

    Args:
        content: The stored body.
        find: Gives the rule of a block's name; None keeps the HTML inside it.
        free: Applied to HTML that is in no block.
    """
    frames = [_Frame(None, _STATIC)]
    position = 0
    for marker in markers(content):
        start, end, name, _, is_void = marker
        top = frames[-1]
        if position < start:
            text = content[position:start]
            top.parts.append(free(text) if len(frames) == 1 else text)
        position = end
        if not name:
            _close(frames)
            continue
        # Deeper than any page, blocks are only looked through.
        rule = find(name) if len(frames) < _MAX_DEPTH else None
        if rule is not None:
            frames.append(_Frame(rule, marker.block))
        elif not is_void:
            frames.append(_Frame(None, _STATIC, top.parts))
        if is_void and rule is not None:
            _close(frames)
    if position < len(content):
        frames[0].parts.append(free(content[position:]))
    return "".join(frames[0].parts)


def _close(frames: list[_Frame]) -> None:
    """End the innermost block."""
    top = frames.pop()
    if top.render is not None:
        frames[-1].parts.append(top.render(top.block, "".join(top.parts)))
