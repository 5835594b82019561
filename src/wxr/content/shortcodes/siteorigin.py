"""`[siteorigin_widget]`, a widget in a page of SiteOrigin, which keeps it as JSON."""

import json
from collections.abc import Iterator, Mapping
from html import escape, unescape
from re import compile as pattern
from typing import Any, Final

from wxr.content.scope import Attributes, Scope, tag

_VALUE: Final = pattern(r'<input type="hidden" value="([^"]*)"')
_TEXTS: Final = ("text", "description", "content", "html", "editor", "message")


def expand(
    _name: str, _attributes: Attributes, content: str | None, scope: Scope
) -> str | None:
    """Give the titles, texts, images and links of a widget."""
    found = _VALUE.search(content or "")
    if found is None:
        return content
    try:
        data = json.loads(unescape(found[1]))
    except (ValueError, RecursionError):
        scope.unresolved("a widget of SiteOrigin cannot be read")
        return ""
    instance = data.get("instance") if isinstance(data, dict) else None
    return tag("div", "".join(map(_shown, _parts(instance))))


def _parts(tree: object) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a widget, from the outside in, without recursion."""
    stack = [tree]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield one
            stack.extend(reversed(one.values()))
        elif isinstance(one, list):
            stack.extend(reversed(one))


def _shown(part: Mapping[str, Any]) -> str:
    shown: list[str] = []
    if title := _text(part, "title"):
        shown.append(tag("h3", escape(title)))
    if image := _address(part, "image"):
        shown.append(tag("figure", tag("img", src=image, alt=_text(part, "alt"))))
    shown += (tag("div", text) for key in _TEXTS if (text := _text(part, key)))
    if label := _text(part, "button_text"):
        url = _address(part, "button_link") or _address(part, "button_url")
        shown.append(tag("p", tag("a", escape(label), href=url) if url else label))
    return "".join(shown)


def _text(part: Mapping[str, Any], key: str) -> str:
    value = part.get(key)
    return value if isinstance(value, str) else ""


def _address(part: Mapping[str, Any], key: str) -> str:
    value = _text(part, key)
    return value if value.startswith(("http://", "https://", "/")) else ""
