"""Blocks whose HTML is not what they show: from a block to HTML, by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from wxr.content.autop import autop
from wxr.content.blocks import Block
from wxr.content.scope import Scope

Rule: TypeAlias = Callable[[Scope, Block, str], str]


def spacer(_scope: Scope, _block: Block, _inner: str) -> str:
    """Nothing: Markdown has no empty room."""
    return ""


def paragraphs(_scope: Scope, _block: Block, inner: str) -> str:
    """What the classic editor and the shortcode block hold is classic text."""
    return autop(inner)


BLOCKS: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "freeform": paragraphs,
        "shortcode": paragraphs,
        "spacer": spacer,
    }
)
