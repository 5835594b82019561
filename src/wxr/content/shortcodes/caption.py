"""`[caption width="300"]<img …> The caption[/caption]`, an image with a caption."""

from re import ASCII, IGNORECASE, compile as pattern
from typing import Final

from wxr.content.scope import Attributes, Scope, tag

_IMAGE: Final = pattern(
    r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", ASCII | IGNORECASE
)


def expand(
    _name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str:
    """Give a figure. WordPress 3.4 moved the text from an attribute inside."""
    content = content or ""
    image = _IMAGE.search(content)
    text = attributes.get("caption", "")
    if image is None:
        return f"{content} {text}".strip()
    text = text or (content[: image.start()] + content[image.end() :]).strip()
    return tag("figure", image[0] + tag("figcaption", text))
