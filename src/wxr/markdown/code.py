"""Preformatted text and inline code, exact to the letter."""

from collections.abc import Iterable, Mapping
from re import compile as pattern
from typing import Final

from wxr.content.listings import is_peoples
from wxr.content.shortcodes.code import LANGUAGES
from wxr.content.tree import TEXT, Node, names
from wxr.markdown import escape
from wxr.markdown.node import descendants

_MARKUP: Final = names("a abbr b cite del em i img ins kbd mark s strong sub sup u")
_PAGE: Final = names("audio embed h1 h2 h3 h4 h5 h6 iframe img object video")
_LINES: Final = names("blockquote dd div dl dt li ol p table tr ul")
# SyntaxHighlighter's reads as CSS does: `brush: php; gutter: false`.
_NAMED: Final = pattern(r"(?<!\S)(?:lang(?:uage-|-|:)|brush:)\s*([^\s;]+)")
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


def has_page(node: Node) -> bool:
    """Whether there is more in it than code: what follows one that nobody closed."""
    return any(child.tag in _PAGE for child in descendants(node))


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
        classes = attributes.get("class") or ""
        if found := _NAMED.search(classes):
            return _word(found[1])
        if attributes.get("name") == "code":  # the first SyntaxHighlighter's
            return _word(LANGUAGES.get(classes.partition(":")[0].lower(), ""))
    return ""


def _word(value: str) -> str:
    word = value.strip().lower()
    sound = all(letter.isalnum() or letter in "+#-._" for letter in word)
    return word if sound and word not in ("generic", "raw", "plain", "text") else ""


def fenced(node: Node) -> str:
    """Give a preformatted element as a fenced block."""
    return fence(lines_of(node), language(node))


def lines_of(root: Node) -> str:
    """Give preformatted text, in which some elements are lines of their own.

    Highlighters that number the lines of code make a list of them.
    """
    parts: list[str] = []
    stack: list[Node] = []
    node = root.first_child
    while node is not None or stack:
        if node is None:
            node = stack.pop()
            _end_line(parts, node)
            node = node.next
            continue
        _end_line(parts, node)
        if node.tag == "br" or (node.tag == "li" and node.first_child is None):
            parts.append("\n")
        elif node.tag == TEXT and (text := node.text_content):
            parts.append(text)
        if node.first_child is None:
            node = node.next
        else:
            stack.append(node)
            node = node.first_child
    return "".join(parts)


def _end_line(parts: list[str], node: Node) -> None:
    """End a line where an element begins or ends that is one."""
    if node.tag in _LINES and parts and parts[-1][-1:] != "\n":
        parts.append("\n")


def fence(text: str, language: str) -> str:
    """Give preformatted text as a fenced block."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape.fenced(text.removesuffix("\n").rstrip(" \t\n"), language)


def is_plain(node: Node) -> bool:
    """Whether inline code holds text only."""
    return all(child.tag in (TEXT, "span", "br", "font") for child in descendants(node))
