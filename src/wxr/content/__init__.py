"""A stored body to the HTML that WordPress would show, in WordPress' own order.

Code is put out of harm's way, blocks are read, classic text gets its paragraphs,
and shortcodes are expanded. What comes out is HTML to be parsed as browsers do.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from wxr.content import (
    blocks,
    elementor,
    listings,
    overrides,
    shortcodes,
    unclosed,
)
from wxr.content.autop import autop
from wxr.content.rules import rule
from wxr.content.scope import Scope

_MAX_PATTERNS: Final = 8


def prepare(content: str, scope: Scope) -> str:
    """Give the HTML of a body."""
    if scope.context.elementor and not content.strip():
        return shortcodes.expand(elementor.html(scope.context.elementor, scope), scope)
    content = unclosed.closed(shortcodes.protect(listings.protect(content), scope))
    if blocks.has_blocks(content):
        html = blocks.render(content, partial(_rule, scope), free=autop)
    else:
        html = autop(content)
    return shortcodes.expand(html, scope)


def _rule(scope: Scope, name: str) -> Callable[[blocks.Block, str], str] | None:
    return partial(_pattern, scope) if name == "block" else rule(scope, name)


def _pattern(scope: Scope, block: blocks.Block, inner: str) -> str:
    """Give the body of a synced pattern, which is an item of its own.

    A pattern may hold patterns, but not itself, and in a page of many the depth
    stays what a person would make.
    """
    id_ = block.attributes.get("ref")
    library = scope.context.library
    if not isinstance(id_, int) or library is None or id_ in scope.patterns:
        scope.unresolved(f"a synced pattern ({id_}) could not be shown")
        return inner
    content = library.pattern(id_) if len(scope.patterns) < _MAX_PATTERNS else None
    if content is None:
        scope.unresolved(f"a synced pattern ({id_}) is missing")
        return inner
    scope = replace(scope, patterns=(*scope.patterns, id_))
    content = unclosed.closed(shortcodes.protect(listings.protect(content), scope))
    find = overrides.finder(partial(_rule, scope), block.attributes.get("content"))
    return blocks.render(content, find, free=autop)
