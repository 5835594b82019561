"""Spoilers, toggles, tabs, accordions, notes and quotations of themes and plugins."""

from html import escape
from types import MappingProxyType
from typing import Final

from wxr.content.scope import Attributes, Scope, tag


def fold(
    _name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give what folds open, under its title."""
    if content is None:
        return None
    title = next(
        (
            attributes[key]
            for key in ("title", "heading", "label", "name", "0")
            if attributes.get(key)
        ),
        "…",
    )
    return tag("details", tag("summary", escape(title)) + content)


def quote(
    _name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give a quotation, with its source."""
    if content is None:
        return None
    source = attributes.get("cite") or attributes.get("author") or ""
    return tag("blockquote", content + (tag("cite", escape(source)) if source else ""))


def alert(
    name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give an alert; what kind it is shows where the flavour has alerts."""
    if content is None:
        return None
    kind = ALERTS[name] or attributes.get("type") or attributes.get("style") or ""
    title = attributes.get("title") or attributes.get("heading") or ""
    head = tag("p", tag("strong", escape(title))) if title else ""
    kind = ALERT_KINDS.get(kind.lower(), "note")
    return tag("blockquote", head + content, data_alert=kind)


ALERTS: Final = MappingProxyType(
    {
        "alert": "",
        "callout": "",
        "info": "info",
        "message": "",
        "notice": "",
        "su_box": "",
        "su_note": "",
        "tip": "tip",
        "warning": "warning",
    }
)
"""Shortcodes of alerts; the value is the kind that the name says."""

ALERT_KINDS: Final = MappingProxyType(
    {
        "alert": "warning",
        "caution": "caution",
        "danger": "caution",
        "error": "caution",
        "important": "important",
        "success": "tip",
        "tip": "tip",
        "warning": "warning",
    }
)
"""What themes call the kinds of alerts, and what GitHub does."""


def mark(
    _name: str, _attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give highlighted text."""
    return None if content is None else tag("mark", content)


def unwrap(
    _name: str, _attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give what is inside: the shortcode itself says only where it stands."""
    return content


def button(
    _name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give a button as the link it is."""
    url = next(
        (
            attributes[key]
            for key in ("url", "href", "link", "button_url")
            if attributes.get(key)
        ),
        "",
    )
    text = content or escape(
        attributes.get("text")
        or attributes.get("title")
        or attributes.get("button_text")
        or ""
    )
    if not url or not text.strip():
        return text or None
    return tag("p", tag("a", text, href=url))


def slide(
    _name: str, _attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give a slide, and a rule before it."""
    return None if content is None else f"{_SLIDE}{content}"


def presentation(
    _name: str, _attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give slides with rules between them."""
    return None if content is None else content.replace(_SLIDE, "", 1)


_SLIDE: Final = "<hr>"


def item(
    _name: str, _attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give an answer as an item of a list."""
    return None if content is None else tag("li", content)


def division(
    _name: str, _attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give what is inside, apart from what is around it."""
    return None if content is None else tag("div", content)
