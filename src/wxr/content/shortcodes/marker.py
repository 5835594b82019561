"""Shortcodes that cannot be expanded: what is in them stays, they become a comment.

A plugin's shortcode is noise on a page that the plugin does not draw. As a comment of
HTML it is not seen, and can be found.
"""

from html import escape
from typing import Final

from wxr.content.scope import Attributes, Scope, tag
from wxr.content.shortcodes import service
from wxr.content.tree import names
from wxr.diagnostics import Code

ELSEWHERE: Final = names(
    "album carousel_slide easingslider envira-gallery foogallery huge_it_gallery "
    "imagebrowser layerslider masterslider metaslider ml-slider ngg ngg_images "
    "nggallery nggalbum nggtags ngg-nextgen photo_gallery rev_slider royalslider "
    "sg_popup singlepic slideshow_deploy smartslider3 soliloquy"
)
"""Galleries and sliders of plugins that keep their images in tables of their own."""

_WORDS: Final = ("title", "heading", "text", "description", "content", "caption")
_IMAGES: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
_MOST_LETTERS: Final = 300


def unknown(
    name: str, attributes: Attributes, content: str | None, scope: Scope
) -> str | None:
    """Give what is in a shortcode without a rule, or the address that it names."""
    if content is not None:
        message = f"[{name}] has no rule; what is in it was kept"
        scope.notes.add(Code.UNKNOWN_SHORTCODE, message)
        return _said(attributes) + content
    if not attributes:
        return None
    if url := service.address(name, attributes, ""):
        message = f"[{name}] has no rule; its address was kept"
        scope.notes.add(Code.UNKNOWN_SHORTCODE, message)
        if url.lower().endswith(_IMAGES):
            return tag("img", src=url)
        return tag("p", escape(url, quote=False))
    scope.notes.add(
        Code.UNKNOWN_SHORTCODE, f"[{name}] has no rule; it became a comment"
    )
    return _said(attributes) + comment(name, attributes)


def _said(attributes: Attributes) -> str:
    """Give what attributes say in words, which a reader of the page has seen."""
    texts = (attributes[key] for key in _WORDS if " " in attributes.get(key, ""))
    return "".join(tag("p", escape(text, quote=False)) for text in texts)


def elsewhere(
    name: str, attributes: Attributes, content: str | None, scope: Scope
) -> str | None:
    """Hide a gallery whose images no export holds, and say so."""
    if not attributes and content is None:
        return None  # A word in brackets.
    scope.unresolved(f"[{name}] shows images that no export holds")
    return comment(name, attributes) + (content or "")


def kept(name: str, attributes: Attributes, content: str | None) -> str | None:
    """Hide a shortcode that does not say what it shows; None leaves a mere word."""
    if not attributes:
        return None
    return comment(name, attributes) + (content or "")


def comment(name: str, attributes: Attributes) -> str:
    """Give the shortcode as an element that the rules of Markdown make a comment."""
    said = (
        f'{key}="{value}"' if not key.isdecimal() else value
        for key, value in attributes.items()
    )
    text = " ".join((name, *said))[:_MOST_LETTERS]
    return tag("wxr-comment", escape(f"[{text}]"))
