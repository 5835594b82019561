"""Preformatted text and inline code, exact to the letter."""

from collections.abc import Iterable, Mapping
from typing import Final

from wxr.content.listings import is_peoples
from wxr.content.tree import TEXT, Node, names
from wxr.markdown import escape
from wxr.markdown.node import descendants, text_of

_MARKUP: Final = names("a abbr b cite del em i img ins kbd mark s strong sub sup u")
_LANGUAGE_ATTRIBUTES: Final = (
    "data-enlighter-language",
    "data-language",
    "data-lang",
    "lang",
    "language",
)


def has_markup(node: Node) -> bool:
    """Whether there is more in it than text and colours."""
    return any(child.tag in _MARKUP for child in descendants(node))


def language(node: Node) -> str:
    """Give the language of code, from any of the places plugins put it."""
    places = [node.attributes]
    parent = node.parent
    if parent is not None and parent.tag == "div":
        places.append(parent.attributes)
    inside = (child for child in descendants(node) if child.tag == "code")
    places += [child.attributes for child in inside][:1]
    return named(places)


def named(places: Iterable[Mapping[str, str | None]]) -> str:
    """Give the language that the first of some elements' attributes names."""
    for attributes in places:
        for name in _LANGUAGE_ATTRIBUTES:
            value = attributes.get(name)
            if value and not (name == "lang" and is_peoples(value)):
                return _word(value)
        names = (attributes.get("class") or "").split()
        for name in names:
            for prefix in ("language-", "lang-", "lang:", "brush:"):
                if name.startswith(prefix):
                    return _word(name[len(prefix) :] or names[-1])
    return ""


def _word(value: str) -> str:
    word = value.strip().lower()
    sound = all(letter.isalnum() or letter in "+#-._" for letter in word)
    return word if sound and word not in ("generic", "raw", "plain", "text") else ""


def fenced(node: Node) -> str:
    """Give a preformatted element as a fenced block."""
    return fence(text_of(node), language(node))


def fence(text: str, language: str) -> str:
    """Give preformatted text as a fenced block."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape.fenced(text.removesuffix("\n").rstrip(" \t\n"), language)


def is_plain(node: Node) -> bool:
    """Whether inline code holds text only."""
    return all(child.tag in (TEXT, "span", "br", "font") for child in descendants(node))
