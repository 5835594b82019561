"""Elementor's pages, which it keeps as JSON in a custom field beside the body.

Elementor writes the text of its widgets into the body as well, and most exports have it
there. Where the body is empty, the JSON is all there is.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from wxr.content.scope import Scope, tag
from wxr.content.tree import names
from wxr.diagnostics import Code

Settings: TypeAlias = Mapping[str, Any]
Widget: TypeAlias = Callable[[Settings], str]


def html(data: str, scope: Scope) -> str:
    """Give the HTML of all widgets of a page, in their order."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        scope.unresolved("the page of Elementor (_elementor_data) cannot be read")
        return ""
    return "\n".join(_widget(element, scope) for element in _elements(tree))


def _elements(tree: object) -> Iterator[Mapping[str, Any]]:
    """Yield the widgets, without recursion."""
    stack = [tree]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict):
            if one.get("widgetType"):
                yield one
            stack.append(one.get("elements"))


def _widget(element: Mapping[str, Any], scope: Scope) -> str:
    kind = str(element["widgetType"])
    settings = element.get("settings")
    if not isinstance(settings, dict):
        return ""
    widget = WIDGETS.get(kind)
    if widget is not None:
        return widget(settings)
    if kind in _EMPTY:
        return ""
    shown = _anything(settings)
    if not shown:
        scope.notes.add(
            Code.LEFT_OUT, f"Elementor's {kind} shows nothing that is stored"
        )
    return shown


def _text(settings: Settings, *keys: str) -> str:
    """Give the first setting that is text."""
    values = (settings.get(key) for key in keys)
    return next((value for value in values if isinstance(value, str) and value), "")


def _url(settings: Settings, key: str) -> str:
    value = settings.get(key)
    url = value.get("url") if isinstance(value, dict) else value
    return url if isinstance(url, str) else ""


def _linked(text: str, url: str) -> str:
    return tag("a", text, href=url) if url and text else text


def _rows(settings: Settings, *keys: str) -> list[Settings]:
    lists = (settings.get(key) for key in keys)
    found = next((rows for rows in lists if isinstance(rows, list) and rows), [])
    return [row for row in found if isinstance(row, dict)]


def heading(settings: Settings) -> str:
    """Give a heading."""
    size = _text(settings, "header_size") or "h2"
    level = size if size in ("h1", "h2", "h3", "h4", "h5", "h6") else "p"
    return tag(level, _linked(_text(settings, "title"), _url(settings, "link")))


def rich(settings: Settings) -> str:
    """Give what was written in an editor."""
    return tag("div", _text(settings, "editor", "html", "shortcode"))


def image(settings: Settings) -> str:
    """Give an image with its caption."""
    url = _url(settings, "image")
    if not url:
        return ""
    alt = _text(settings["image"], "alt") if isinstance(settings["image"], dict) else ""
    caption = _text(settings, "caption")
    shown = _linked(tag("img", src=url, alt=alt), _url(settings, "link"))
    return tag("figure", shown + (tag("figcaption", caption) if caption else ""))


def images(settings: Settings) -> str:
    """Give the images of a gallery or a carousel."""
    rows = _rows(settings, "carousel", "wp_gallery", "gallery", "slides")
    urls = (_url(row, "url") or _url(row, "image") for row in rows)
    return "".join(tag("figure", tag("img", src=url)) for url in urls if url)


def button(settings: Settings) -> str:
    """Give a button as its link."""
    return tag("p", _linked(escape(_text(settings, "text")), _url(settings, "link")))


def film(settings: Settings) -> str:
    """Give a film by its address."""
    keys = ("youtube_url", "vimeo_url", "dailymotion_url", "hosted_url", "external_url")
    kind = f"{_text(settings, 'video_type') or 'youtube'}_url"
    url = _url(settings, kind) or next(
        filter(None, (_url(settings, k) for k in keys)), ""
    )
    return tag("p", escape(url)) if url else ""


def items(settings: Settings) -> str:
    """Give a list of lines."""
    rows = _rows(settings, "icon_list", "price_list", "list")
    lines = (
        _linked(escape(_text(row, "text", "title")), _url(row, "link")) for row in rows
    )
    return tag("ul", "".join(tag("li", line) for line in lines if line))


def folds(settings: Settings) -> str:
    """Give tabs, toggles and accordions, each part under its title."""
    return "".join(
        tag(
            "details",
            tag("summary", _text(row, "tab_title", "item_title"))
            + _text(row, "tab_content"),
        )
        for row in _rows(settings, "tabs", "items")
    )


def quotation(settings: Settings) -> str:
    """Give a quotation with who said it."""
    text = _text(settings, "testimonial_content", "blockquote_content")
    source = _text(settings, "testimonial_name", "author_name", "tweet_author")
    job = _text(settings, "testimonial_job")
    said = escape(", ".join(filter(None, (source, job))))
    return tag("blockquote", tag("p", text) + (tag("cite", said) if said else ""))


def box(settings: Settings) -> str:
    """Give a title, an image, a text and a link, whichever there are."""
    title = _text(
        settings, "title_text", "title", "alert_title", "heading", "ending_title"
    )
    text = _text(settings, "description_text", "description", "alert_description")
    link = _url(settings, "link")
    parts = [
        image({"image": settings["image"]}) if settings.get("image") else "",
        tag("h3", _linked(title, link)) if title else "",
        tag("p", text) if text else "",
    ]
    if label := _text(settings, "button", "button_text"):
        parts.append(tag("p", _linked(escape(label), link)))
    return "".join(parts)


def counter(settings: Settings) -> str:
    """Give a number and what it counts."""
    number = "".join(
        str(settings.get(key) or "") for key in ("prefix", "ending_number", "suffix")
    )
    return tag("p", escape(f"{number} {_text(settings, 'title')}".strip()))


def place(settings: Settings) -> str:
    """Give the address a map shows."""
    return tag("p", escape(_text(settings, "address")))


def rule(_settings: Settings) -> str:
    """Give a line across the page."""
    return tag("hr")


def _anything(settings: Settings) -> str:
    """Give what a widget without a rule says in the settings that most have."""
    return box(settings) + (rich(settings) if _text(settings, "editor", "html") else "")


_EMPTY: Final = names("menu-anchor spacer")

WIDGETS: Final[Mapping[str, Widget]] = MappingProxyType(
    {
        **dict.fromkeys(("accordion", "nested-accordion", "tabs", "toggle"), folds),
        **dict.fromkeys(("blockquote", "testimonial"), quotation),
        **dict.fromkeys(("html", "shortcode", "text-editor"), rich),
        **dict.fromkeys(
            ("gallery", "image-carousel", "image-gallery", "media-carousel"), images
        ),
        **dict.fromkeys(
            ("alert", "call-to-action", "icon-box", "image-box", "price-table"), box
        ),
        "button": button,
        "counter": counter,
        "divider": rule,
        "google_maps": place,
        "heading": heading,
        "icon-list": items,
        "image": image,
        "video": film,
    }
)
