"""Shortcodes: one small file each, and the table of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from re import ASCII, IGNORECASE, compile as pattern
from types import MappingProxyType
from typing import Final, TypeAlias

from wxr.content.scope import Attributes, Scope
from wxr.content.shortcodes import (
    box,
    builder,
    caption,
    code,
    embed,
    gallery,
    grammar,
    marker,
    math,
    media,
    note,
    omitted,
    recipe,
    service,
    siteorigin,
    toc,
)
from wxr.content.tree import names
from wxr.diagnostics import Code

Rule: TypeAlias = Callable[[str, Attributes, str | None, Scope], str | None]
"""From name, attributes and content to HTML; None keeps the shortcode as text."""

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        **dict.fromkeys(service.ADDRESSES, service.expand),
        **dict.fromkeys(builder.NAMES, builder.expand),
        **dict.fromkeys(omitted.NAMES, omitted.expand),
        **dict.fromkeys(marker.ELSEWHERE, marker.elsewhere),
        **dict.fromkeys(("caption", "wp_caption"), caption.expand),
        **dict.fromkeys(("audio", "video"), media.expand),
        **dict.fromkeys(("gallery", "playlist", "slideshow"), gallery.expand),
        **dict.fromkeys(("efn_note", "footnote", "mfn", "ref"), note.expand),
        **dict.fromkeys(
            names(
                "collapse expand spoiler su_spoiler su_tab tab toggle "
                "accordion_item accordion-item panel"
            ),
            box.fold,
        ),
        **dict.fromkeys(
            names(
                "accordion accordions dropcap quiz su_accordion "
                "su_dropcap su_tabs tabs tabgroup"
            ),
            box.unwrap,
        ),
        **dict.fromkeys(
            names("blockquote pullquote quote su_pullquote su_quote"),
            box.quote,
        ),
        **dict.fromkeys(box.ALERTS, box.alert),
        **dict.fromkeys(toc.NAMES, toc.expand),
        **dict.fromkeys(("button", "su_button"), box.button),
        **dict.fromkeys(("answer", "wrong"), box.item),
        **dict.fromkeys(
            [
                "recipe",
                "recipe-directions",
                "recipe-ingredients",
                "recipe-notes",
            ],
            recipe.expand,
        ),
        **dict.fromkeys(("question", "explanation"), box.division),
        "presentation": box.presentation,
        **dict.fromkeys(("highlight", "su_highlight"), box.mark),
        "embed": embed.expand,
        "siteorigin_widget": siteorigin.expand,
        "latex": math.expand,
        "slide": box.slide,
        "su_youtube": service.expand,
    }
)

# What has an attribute or a closing tag is a shortcode; `[sic]` and `[1]` are words,
# and so may be `[where n=5]`.
_WITH_ATTRIBUTE: Final = pattern(r"\s+[\w-]+\s*=", ASCII)
_QUOTED: Final = pattern(
    r"\s+[\w-]+\s*=\s*(?:[\"'“”″]|&(?:quot|#8220|#8221|#8243);)", ASCII
)
_CLOSING: Final = pattern(r"\[/([a-z][\w-]*)\]", ASCII | IGNORECASE)


def protect(content: str, scope: Scope) -> str:
    """Make preformatted HTML of the shortcodes that hold code, before all else."""
    if "[" not in content:
        return content
    return grammar.verbatim(content, code.holds_code, partial(_expand_code, scope))


def _rule(name: str) -> Rule | None:
    if name.startswith(builder.PREFIXES):
        return builder.expand
    if name.startswith(omitted.PREFIXES):
        return omitted.expand
    return RULES.get(name)


def expand(html: str, scope: Scope) -> str:
    """Expand the shortcodes we have rules for, and look through the others."""
    html = note.bracketed(math.inline(html))
    if "[" not in html:
        return html
    found = list(grammar.tags(html))
    meant = [tag for tag in found if _rule(tag.name) is not None]
    if len(meant) < len(found):
        meant = _meant(html, found, scope)
    return grammar.expand(html, meant, _Expand(scope)) if meant else html


@dataclass(frozen=True, slots=True)
class _Expand:
    """Expands one body's shortcodes."""

    scope: Scope

    def __call__(
        self, name: str, attributes: Attributes, content: str | None
    ) -> str | None:
        rule = _rule(name)
        if rule is None:
            return marker.unknown(name, attributes, content, self.scope)
        known = len(self.scope.notes.counts)
        expanded = rule(name, attributes, content, self.scope)
        # A rule that found something missing has said so itself.
        if expanded is None and len(self.scope.notes.counts) == known:
            message = f"[{name}] does not say what it shows"
            self.scope.notes.add(Code.UNKNOWN_SHORTCODE, message)
            return marker.kept(name, attributes, content)
        return expanded


def _expand_code(
    scope: Scope, name: str, attributes: Attributes, content: str | None
) -> str | None:
    return code.expand(name, attributes, content, scope)


def _meant(html: str, tags: list[grammar.Tag], scope: Scope) -> list[grammar.Tag]:
    """Give the tags that are shortcodes beyond doubt; note those that may be words."""
    closed = {found[1] for found in _CLOSING.finditer(html)}
    meant: list[grammar.Tag] = []
    for tag in tags:
        if _rule(tag.name) or (tag.name in closed and not tag.is_escaped_before):
            meant.append(tag)
        elif tag.is_closing or tag.is_escaped_before:
            continue
        elif _QUOTED.match(tag.rest) or (
            _WITH_ATTRIBUTE.match(tag.rest) and ("_" in tag.name or "-" in tag.name)
        ):
            meant.append(tag)
        elif _WITH_ATTRIBUTE.match(tag.rest):
            scope.notes.add(Code.UNKNOWN_SHORTCODE, f"[{tag.name}] may be a shortcode")
    return meant
