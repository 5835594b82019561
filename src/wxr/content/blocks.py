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
_BARE: Final = (_NONE, False, True)
_MAX_DEPTH: Final = 64


class Block(NamedTuple):
    """What a block's opening marker says."""

    name: str
    """With its namespace, but for `core/`: `paragraph`, `jetpack/markdown`."""
    attributes: Mapping[str, Any] = _NONE


class Open(NamedTuple):
    """A block begins."""

    block: Block


class Close(NamedTuple):
    """The innermost open block ends."""


_CLOSE: Final = Close()

Token: TypeAlias = Open | Close | str
"""A `str` is the HTML between markers."""

Render: TypeAlias = Callable[[Block, str], str]
"""From a block and the HTML inside it to the HTML that stands for it."""


def has_blocks(content: str) -> bool:
    """Whether WordPress takes a body for blocks, so that it adds no paragraphs."""
    return "<!-- wp:" in content


def tokens(content: str) -> Iterator[Token]:
    """Yield a body's markers and the HTML between them, in order and balanced."""
    position = end = depth = 0
    for start in _START.finditer(content):
        begins, after = start.span()
        if begins < position:
            continue
        closing, name, bare = start.groups()
        end = after - 3 if bare else _arrow(content, after, end)
        if end < 0:
            break
        attributes, is_void, fits = _BARE if bare else _read(content[after:end])
        if not fits or (closing and not depth):
            continue
        if position < begins:
            yield content[position:begins]
        position = end + 3
        if closing:
            depth -= 1
            yield _CLOSE
            continue
        yield Open(Block(name.removeprefix("core/"), attributes))
        if is_void:
            yield _CLOSE
        else:
            depth += 1
    if position < len(content):
        yield content[position:]
    yield from (_CLOSE for _ in range(depth))


def _arrow(content: str, start: int, known: int) -> int:
    """Give where the next arrow is; one that was found already is not sought again."""
    return known if known >= start else content.find("-->", start)


def _read(inside: str) -> tuple[Mapping[str, Any], bool, bool]:
    """Read what follows a marker's name: attributes, self-closing or not, sound."""
    text = inside.strip()
    is_void = text.endswith("/") and (text == "/" or text[-2] in "} \t\n")
    if is_void:
        text = text[:-1].rstrip()
    if not text:
        return _NONE, is_void, True
    if text[0] != "{" or text[-1] != "}":
        return _NONE, False, False
    try:
        # WordPress reads a block whose attributes are no JSON as one without any.
        attributes = json.loads(text)
    except (ValueError, RecursionError):
        attributes = {}
    return attributes, is_void, True


@dataclass(slots=True)
class _Frame:
    render: Render | None
    block: Block
    parts: list[str] = field(default_factory=list)


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
    frames = [_Frame(None, Block(""))]
    for token in tokens(content):
        top = frames[-1]
        if isinstance(token, Open):
            # Deeper than any page, blocks are only looked through.
            rule = find(token.block.name) if len(frames) < _MAX_DEPTH else None
            parts = top.parts if rule is None else []
            frames.append(_Frame(rule, token.block, parts))
        elif isinstance(token, str):
            top.parts.append(free(token) if len(frames) == 1 else token)
        else:
            frames.pop()
            if top.render is not None:
                html = top.render(top.block, "".join(top.parts))
                frames[-1].parts.append(html)
    return "".join(frames[0].parts)
