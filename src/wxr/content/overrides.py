"""Overrides: what one use of a synced pattern says instead of the pattern's own text.

The pattern's blocks have names, and the block that uses it has a value for some of
them: `{"content": {"Name": {"content": "Other text"}}}`. WordPress replaces the values
before it shows the pattern (`WP_Block::process_block_bindings`).
"""

from collections.abc import Callable, Mapping
from html import escape
from re import DOTALL, IGNORECASE, Match, compile as pattern
from typing import Any, Final, TypeAlias

from wxr.content.blocks import Block, Render

Find: TypeAlias = Callable[[str], Render | None]

_SOURCE: Final = "core/pattern-overrides"
_ELEMENT: Final = pattern(r"(\s*<[^<>]+>)(.*)(</[^<>]+>\s*)", DOTALL)
_LINK: Final = pattern(r"(<a\b[^<>]*>)(.*?)(</a>)", DOTALL | IGNORECASE)
_CAPTION: Final = pattern(
    r"(<figcaption\b[^<>]*>)(.*?)(</figcaption>)", DOTALL | IGNORECASE
)
_TAGS: Final = {"image": "img", "button": "a"}
_ATTRIBUTES: Final = {
    "image": {"url": "src", "alt": "alt", "title": "title"},
    "button": {"url": "href"},
}
_TEXTS: Final = {
    "button": ("text", _LINK),
    "image": ("caption", _CAPTION),
}


def finder(find: Find, values: object) -> Find:
    """Give a finder of rules that know the values of one use of a pattern."""
    if not isinstance(values, Mapping) or not values:
        return find

    def overriding(name: str) -> Render:
        rule = find(name)

        def render(block: Block, inner: str) -> str:
            inner = _overridden(block, inner, values)
            return rule(block, inner) if rule else inner

        return render

    return overriding


def _overridden(block: Block, inner: str, values: Mapping[str, Any]) -> str:
    metadata = block.attributes.get("metadata")
    if not isinstance(metadata, Mapping) or _SOURCE not in str(
        metadata.get("bindings")
    ):
        return inner
    said = values.get(str(metadata.get("name")))
    if not isinstance(said, Mapping):
        return inner
    for key, name in _ATTRIBUTES.get(block.name, {}).items():
        if isinstance(value := said.get(key), str):
            inner = _with_attribute(inner, _TAGS[block.name], name, value)
    key, element = _TEXTS.get(block.name, ("content", _ELEMENT))
    if isinstance(text := said.get(key), str):
        inner = element.sub(lambda found: f"{found[1]}{text}{found[3]}", inner, count=1)
    return inner


def _with_attribute(html: str, tag: str, name: str, value: str) -> str:
    """Set an attribute of the first element of its tag."""
    opening = pattern(rf"<{tag}\b[^<>]*>", IGNORECASE)
    given = pattern(rf"""\s{name}\s*=\s*(?:"[^"]*"|'[^']*')""", IGNORECASE)

    def replaced(found: Match[str]) -> str:
        start = len(tag) + 1
        rest = given.sub("", found[0][start:])
        return f'<{tag} {name}="{escape(value)}"{rest}'

    return opening.sub(replaced, html, count=1)
