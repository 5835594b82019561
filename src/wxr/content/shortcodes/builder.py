"""Shortcodes of page builders, which only say where their content stands."""

from base64 import b64decode
from binascii import Error
from html import escape
from typing import Final
from urllib.parse import unquote

from wxr.content.scope import Attributes, Scope, tag
from wxr.content.shortcodes import box, gallery
from wxr.content.tree import names

PREFIXES: Final = ("vc_", "et_pb_", "fusion_", "av_", "cs_", "mk_", "nectar_", "ux_")
NAMES: Final = frozenset(
    f"{part}{last}"
    for part in names(
        "one_half one_third two_third one_fourth three_fourth one_fifth one_sixth "
        "column columns row section container full_width half third fourth su_row "
        "su_column su_list su_frame su_animate su_expand"
    )
    for last in ("", "_last", "_first")
)


def expand(
    name: str, attributes: Attributes, content: str | None, scope: Scope
) -> str | None:
    """Give what is inside, or what the attributes show."""
    if content is None and not attributes and not name.startswith(PREFIXES):
        return None  # A word in brackets.
    if name.endswith(("button", "btn")):
        return box.button(name, _with_url(attributes), content, scope)
    inside = _shown(name, attributes, scope) + _inside(name, content or "")
    # Two columns side by side are two boxes, not one line.
    return tag("div", inside) if inside else ""


def _inside(name: str, content: str) -> str:
    if name == "vc_raw_html":
        return _raw(content)
    return tag("h2", content) if name == "fusion_title" else content


def _shown(name: str, attributes: Attributes, scope: Scope) -> str:
    """Give what a builder keeps in attributes: a heading, an image, a film."""
    parts: list[str] = []
    if title := attributes.get("title") or attributes.get("text"):
        level = "h2" if name == "vc_custom_heading" else "h3"
        parts.append(tag(level, escape(title)))
    if image := attributes.get("image"):
        parts.append(_image(image, scope))
    elif source := attributes.get("src"):
        is_film = name.endswith("video")
        parts.append(
            tag("p", escape(source))
            if is_film
            else tag("img", src=source, alt=attributes.get("alt"))
        )
    if name == "vc_video":
        parts.append(tag("p", escape(attributes.get("link", ""))))
    return "".join(parts)


def _raw(content: str) -> str:
    """Decode the HTML that WPBakery stores in base 64."""
    try:
        return unquote(b64decode(content.strip(), validate=True).decode())
    except (Error, ValueError):
        return content


def _image(value: str, scope: Scope) -> str:
    """Find an image by its id; an address is one already."""
    ids = gallery.numbers(value)
    if not ids:
        return tag("img", src=value)
    library = scope.context.library
    file = library.attachment(ids[0]) if library else None
    if file is None:
        scope.unresolved(f"an image shows attachment {ids[0]}, which is missing")
        return ""
    return gallery.figure(file)


def _with_url(attributes: Attributes) -> Attributes:
    """Read WPBakery's links: `url:https%3A%2F%2F…|title:…`."""
    link = attributes.get("link", "")
    if "url:" not in link:
        return attributes
    parts = dict(part.partition(":")[::2] for part in link.split("|"))
    return {"title": unquote(parts.get("title", "")), **attributes} | {
        "link": unquote(parts["url"])
    }
