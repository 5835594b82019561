"""`[embed]https://…[/embed]`, an object of another site by its address."""

from wxr.content.scope import Attributes, Scope, tag


def expand(
    _name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str:
    """Give the address as a paragraph of its own."""
    url = (content or "").strip() or attributes.get("src") or attributes.get("0", "")
    return tag("p", url) if url else ""
