"""What WordPress shows of a post, less what it adds that no export holds.

Each exclusion has its reason. There is not one more than has one: what is left out here
is no longer measured.
"""

import json
from collections.abc import Iterator, Mapping
from html import unescape
from re import compile as pattern
from typing import Final

from wxr.content.tree import Node, names, parse

DECORATIONS: Final[Mapping[str, str]] = {
    "p.attachment": (
        "the preview that WordPress puts above what an attachment's page says"
    ),
    ".lightbox-trigger": "the button that enlarges an image",
    ".components-placeholder .notice-error": (
        "the feed that could not be fetched where the page was made"
    ),
    "audio a, video a": "what a player shows where it cannot play",
    ".wp-block-file__button": "the button that repeats the link before it",
    ".wp-block-embed__wrapper": (
        "what was fetched from the other site, or its bare address: counted as embeds"
    ),
    "iframe[src*='feature=oembed'], iframe[src*='app_id='], .twitter-tweet": (
        "what was fetched from the other site: counted as embeds"
    ),
    ".wp-block-footnotes a[href$='-link']": "the arrow back to the text",
}
"""What is left out, by CSS selector, and why."""

UNWRAPPED: Final[Mapping[str, str]] = {
    ".gallery .gallery-icon > a": (
        "a gallery's images lead to the pages of the images; ours are the images"
    ),
}
"""Links that are left out, but not what is in them."""

DYNAMIC: Final = tuple(
    f".wp-block-{name}"
    for name in names(
        "archives avatar calendar categories comment-template comments-title "
        "latest-comments latest-posts loginout navigation page-list post-author "
        "post-author-name post-comments-form post-date post-excerpt "
        "post-navigation-link post-template post-terms post-title query-pagination "
        "read-more search tag-cloud"
    )
)
"""Blocks that the site computes from its database: an export holds no word of them."""

BY_NAME: Final[Mapping[tuple[str, int], str]] = {
    ("wordpress-7.1-a8c-jetpack-shortcodes", 2842): (
        "shows each of Jetpack's shortcodes by its name, since Jetpack was not there; "
        "ours are what they stand for"
    ),
}
"""Posts (export and id) that are printed, but in no sum, and why."""

_EMBEDDED: Final = pattern(r'"url":("https?:[^"]+")')
_BLOCK_EMBED: Final = pattern(r"<!-- wp:(?:core-)?embed[/\s](?:[^-]|-(?!->))*-->")
_SHORTCODE: Final = pattern(r"\[embed[^\]]*\]\s*(\S+?)\s*\[/embed\]")
_BARE: Final = pattern(r"(?m)^[ \t]*(?:<p>)?(https?://[^\s<>\"]+)(?:</p>)?[ \t]*$")


def tree(content_html: str) -> tuple[Node | None, Node | None]:
    """Give the trees of what is shown, without decoration, and of the footnotes."""
    root = parse(content_html.replace("<!--wxr-page-->", "<hr>"))
    if root is None:
        return None, None
    for selector in (*DECORATIONS, *DYNAMIC):
        # One by one: what is inside a removed one must not be touched again.
        while (node := root.css_first(selector)) is not None:
            node.decompose()
    for selector in UNWRAPPED:
        while (node := root.css_first(selector)) is not None:
            node.unwrap()
    return root, _taken(root, ".wp-block-footnotes")


def _taken(root: Node, selector: str) -> Node | None:
    """Take a part out of a tree, as a tree of its own."""
    found = root.css_first(selector)
    if found is None:
        return None
    html = found.html
    found.decompose()
    return parse(html or "")


def embeds(content: str) -> list[str]:
    """Give the addresses that a stored body embeds, each once."""
    return list(dict.fromkeys(map(unescape, _addresses(content))))


def _addresses(content: str) -> Iterator[str]:
    for block in _BLOCK_EMBED.finditer(content):
        yield from (json.loads(found[1]) for found in _EMBEDDED.finditer(block[0]))
    yield from (found[1] for found in _SHORTCODE.finditer(content))
    yield from (found[1] for found in _BARE.finditer(content))
