"""A stored body to Markdown: CommonMark with GFM, and HTML only where they cannot.

What was text stays text, what could not be said is kept and noted.
"""

from dataclasses import dataclass

from wxr.content import prepare, sanitize
from wxr.content.autop import autop
from wxr.content.context import Context
from wxr.content.notes import Note
from wxr.content.scope import Scope
from wxr.markdown import escape
from wxr.markdown.convert import convert
from wxr.markdown.runs import collapse

__all__ = ["Context", "Converted", "Note", "body", "comment", "inline", "link"]


@dataclass(frozen=True, slots=True)
class Converted:
    """Markdown, without a line end at its end, and what it could not say."""

    markdown: str
    notes: tuple[Note, ...] = ()


def body(content: str, context: Context) -> Converted:
    """Give the Markdown of a post's body."""
    scope = Scope(context)
    markdown = convert(prepare(content, scope), scope)
    return Converted(markdown, scope.notes.all())


def comment(content: str) -> Converted:
    """Give the Markdown of a stranger's comment: nothing in it can run code."""
    scope = Scope()
    markdown = convert(sanitize.clean(autop(content), scope.notes), scope)
    return Converted(markdown, scope.notes.all())


def inline(text: str) -> str:
    """Escape one line of plain text for use within Markdown's text or a link's."""
    line = collapse(text).strip(" \t\n\r\f")
    written = escape.line_start(escape.text(line, in_link=True))
    # A "!" at the end would make an image of a link that follows.
    return f"{written[:-1]}\\!" if written.endswith("!") else written


def link(text: str, url: str) -> str:
    """Give a link, or only its text where the URL is not http or https."""
    if escape.scheme(url) not in ("http", "https"):
        return inline(text)
    label = inline(text) or inline(url)
    return f"[{label}]({escape.destination(url)})"
