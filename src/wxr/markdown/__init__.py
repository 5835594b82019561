"""A stored body to Markdown: CommonMark with GFM, and HTML only where they cannot.

What was text stays text, what could not be said is kept and noted.
"""

from dataclasses import dataclass

from wxr.content import prepare, sanitize
from wxr.content.autop import autop, pieces
from wxr.content.context import Context, Library
from wxr.content.notes import Note
from wxr.content.scope import Scope
from wxr.markdown import escape
from wxr.markdown.convert import convert
from wxr.markdown.runs import collapse
from wxr.markdown.usual import lines

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


def comment(content: str, library: Library | None = None) -> Converted:
    """Give the Markdown of a stranger's comment: nothing in it can run code.

    Args:
        content: The comment as it is stored.
        library: The rest of the site, which its links may lead to.
    """
    content = _encodable(content)
    if "<" not in content and "&" not in content:
        plain = _plain(content)
        if plain is not None:
            return Converted(plain)
    scope = Scope(Context(library=library))
    markdown = convert(sanitize.clean(autop(content), scope.notes), scope)
    return Converted(markdown, scope.notes.all())


def _encodable(content: str) -> str:
    """Leave out surrogates that stand alone, which no file can hold."""
    return content.encode(errors="ignore").decode()


def _plain(content: str) -> str | None:
    """Give text without markup as its paragraphs; None where that takes a parser."""
    if "\0" in content:
        return None
    found = "\0\0".join(pieces(content)).replace("\n", "\0")
    written: list[str] = []
    for paragraph in escape.text(collapse(found)).split("\0\0"):
        text = lines.plain(paragraph.split("\0"))
        if text is None:
            return None
        written.append(text)
    return "\n\n".join(written)


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
