"""Shortcodes: one small file each, and the table of them."""

from collections.abc import Callable, Mapping
from functools import partial
from re import ASCII, IGNORECASE, compile as pattern
from types import MappingProxyType
from typing import Final, TypeAlias

from wxr.content.scope import Attributes, Scope
from wxr.content.shortcodes import caption, code, embed, grammar
from wxr.diagnostics import Code

Rule: TypeAlias = Callable[[str, Attributes, str | None, Scope], str]
"""From name, attributes and content to the HTML that WordPress would show."""

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "caption": caption.expand,
        "embed": embed.expand,
        "wp_caption": caption.expand,
    }
)

# What has an attribute or a closing tag is a shortcode; `[sic]` and `[1]` are words.
_WITH_ATTRIBUTE: Final = pattern(r"\s+[\w-]+\s*=", ASCII)
_CLOSING: Final = pattern(r"\[/([a-z][\w-]*)\]", ASCII | IGNORECASE)


def protect(content: str, scope: Scope) -> str:
    """Make preformatted HTML of the shortcodes that hold code, before all else."""
    if "[" not in content:
        return content
    return grammar.verbatim(content, code.NAMES, partial(_expand_code, scope))


def expand(html: str, scope: Scope) -> str:
    """Expand the shortcodes we have rules for, and note the others."""
    if "[" not in html:
        return html
    _note_unknown(html, scope)
    return grammar.expand(html, RULES, partial(_expand, scope))


def _expand(
    scope: Scope, name: str, attributes: Attributes, content: str | None
) -> str:
    return RULES[name](name, attributes, content, scope)


def _expand_code(
    scope: Scope, name: str, attributes: Attributes, content: str | None
) -> str:
    return code.expand(name, attributes, content, scope)


def _note_unknown(html: str, scope: Scope) -> None:
    closed = {found[1] for found in _CLOSING.finditer(html)}
    for tag in grammar.tags(html):
        if tag.is_closing or tag.name.lower() in RULES or tag.is_escaped_before:
            continue
        if tag.name in closed or _WITH_ATTRIBUTE.match(tag.rest):
            scope.notes.add(Code.UNKNOWN_SHORTCODE, f"[{tag.name}] has no rule")
