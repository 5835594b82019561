"""`[recipe]` and its parts, as Jetpack shows them: a title, facts, lists of lines."""

from html import escape
from itertools import groupby
from re import compile as pattern
from typing import Final

from wxr.content.scope import Attributes, Scope, tag

_FACTS: Final = ("servings", "time", "preptime", "cooktime", "difficulty", "source")
_LINE_END: Final = pattern(r"(?:<br ?/?>|</?p>)\s*|\n")
_BULLET: Final = pattern(r"\s*(?:[-–*•])\s+(?=\S)")
_NUMBER: Final = pattern(r"\s*(?:[0-9]{1,3}[.)]|#)\s+(?=\S)")


def expand(
    name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give a recipe, or a part of it, under its title."""
    if content is None:
        return None
    if name == "recipe":
        return _head(attributes) + content
    title = attributes.get("title") or name.rpartition("-")[2].capitalize()
    inside = content if name == "recipe-notes" else _lists(content)
    return tag("h3", escape(title)) + inside


def _head(attributes: Attributes) -> str:
    title = attributes.get("title", "")
    parts = [tag("h3", escape(title))] if title else []
    if image := attributes.get("image"):
        parts.append(tag("figure", tag("img", src=image, alt=title)))
    if text := attributes.get("description"):
        parts.append(tag("p", escape(text)))
    facts = "".join(
        tag("li", f"{key.capitalize()}: {escape(attributes[key])}")
        for key in _FACTS
        if attributes.get(key)
    )
    return "".join(parts) + (tag("ul", facts) if facts else "")


def _lists(content: str) -> str:
    """Make lists of the lines that are written as items."""
    lines = [line for line in _LINE_END.split(content) if line.strip()]
    return "".join(
        tag(kind, "".join(tag("li", _item(line)) for line in group))
        if kind
        else "".join(tag("div", line) for line in group)
        for kind, group in groupby(lines, _kind)
    )


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return "ul"
    return "ol" if _NUMBER.match(line) else ""


def _item(line: str) -> str:
    found = _BULLET.match(line) or _NUMBER.match(line)
    return line[found.end() :] if found else line
