"""`[ref]…[/ref]`, `[footnote]`, `((…))` and the like: a note below the text."""

from re import Match, compile as pattern
from typing import Final

from wxr.content.scope import Attributes, Scope, tag
from wxr.content.shortcodes import grammar

# A note stands right behind a word and is a sentence: `f((a, b))` is none, and
# neither is `((hugs))`. What is scanned is bounded, for any `((` may begin a note.
_BRACKETS: Final = pattern(
    r"(?<=[\w.,:!?\"'”’»>])\(\((?=[^\s()])"
    r"((?:[^()<>]|<[^<>]{0,500}>|\([^()<>]{0,300}\)){12,2000}?)\)\)(?!\))"
)
_LEAST_WORDS: Final = 3


def expand(
    _name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give the note as an element that the rules of Markdown know."""
    text = content or attributes.get("note") or ""
    return tag("wxr-note", text) if text.strip() else None


def bracketed(html: str) -> str:
    """Make notes of `((…))`, as plugins for footnotes write them."""
    if "((" not in html or "))" not in html:
        return html
    places = grammar.Places(html)

    def written(found: Match[str]) -> str:
        tags = found[1].count("<") - found[1].count("<br")
        is_whole = tags == 2 * found[1].count("</")
        is_note = is_whole and len(found[1].split()) >= _LEAST_WORDS
        if not is_note or not places.allow(found.start()):
            return found[0]
        return tag("wxr-note", found[1])

    return _BRACKETS.sub(written, html)
