"""HTML in Markdown: where it stands, and which posts cannot do without it."""

from typing import Final

from wxr.content.tree import Node
from wxr.verification.rendering import tokens_of

_MARKERS: Final = ("<!--more", "<!--nextpage", "<!-- [")
"""Comments that generators read, or that stand for a shortcode without a rule."""

CANNOT_BE_SAID: Final = {
    "table [colspan]:not([colspan='1']), table [rowspan]:not([rowspan='1'])": (
        "a cell over several columns or rows"
    ),
    "td ul, td ol, td table, td blockquote, td pre, th ul, th ol": (
        "blocks within a cell"
    ),
    "details": "what folds open",
    "ol[reversed], ol[type]:not([type='1'])": "lists that count otherwise",
    "dl": "lists of terms and what they mean",
    "pre strong, pre em, pre b, pre i, pre a, pre mark, pre s": "marks within code",
    "form, input, select, textarea, button": "forms",
}
"""What CommonMark and GFM cannot express, by CSS selector."""


def can_be_said(root: Node | None) -> bool:
    """Whether CommonMark and GFM can express what is shown."""
    return root is None or not any(root.css_first(each) for each in CANNOT_BE_SAID)


def html_blocks(markdown: str) -> list[str]:
    """Give the blocks of HTML, but for comments that generators read."""
    return [
        token.content
        for token in tokens_of(markdown)
        if token.type == "html_block"
        and not token.content.lstrip().startswith(_MARKERS)
    ]
