"""`[ref]…[/ref]`, `[footnote]` and the like: a note below the text."""

from wxr.content.scope import Attributes, Scope, tag


def expand(
    _name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give the note as an element that the rules of Markdown know."""
    text = content or attributes.get("note") or ""
    return tag("wxr-note", text) if text.strip() else None
