"""A stored body to the HTML that WordPress would show, in WordPress' own order.

Code is put out of harm's way, blocks are read, classic text gets its paragraphs,
and shortcodes are expanded. What comes out is HTML to be parsed as browsers do.
"""

from collections.abc import Callable
from functools import partial

from wxr.content import blocks, shortcodes
from wxr.content.autop import autop
from wxr.content.rules import BLOCKS
from wxr.content.scope import Scope


def prepare(content: str, scope: Scope) -> str:
    """Give the HTML of a body."""
    content = shortcodes.protect(content, scope)
    if blocks.has_blocks(content):
        html = blocks.render(content, partial(_rule, scope), free=autop)
    else:
        html = autop(content)
    return shortcodes.expand(html, scope)


def _rule(scope: Scope, name: str) -> Callable[[blocks.Block, str], str] | None:
    rule = BLOCKS.get(name)
    return None if rule is None else partial(rule, scope)
