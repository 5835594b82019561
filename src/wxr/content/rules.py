"""Blocks whose HTML is not what they show: from a block to HTML, by name.

A static block stores its HTML, so most blocks need no rule: what is inside them is
what they show. Here are those that store it in attributes, or elsewhere, or not.
"""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from re import compile as pattern
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from wxr.content.autop import autop
from wxr.content.blocks import Block
from wxr.content.context import Attachment
from wxr.content.scope import Scope, tag
from wxr.content.shortcodes import gallery as galleries, math as formulas, toc
from wxr.content.tree import names
from wxr.diagnostics import Code

_TOGGLE_SIGN: Final = pattern(
    r'<span class="wp-block-accordion-heading__toggle-icon"[^<>]*>[^<>]*</span>'
)

Rule: TypeAlias = Callable[[Scope, Block, str], str]


def text(block: Block, *keys: str) -> str:
    """Give the first attribute of a block that is text or a number."""
    for key in keys:
        value = block.attributes.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def nothing(_scope: Scope, _block: Block, _inner: str) -> str:
    """Markdown has no empty room."""
    return ""


def classic(_scope: Scope, _block: Block, inner: str) -> str:
    """What the classic editor and the shortcode block hold is classic text."""
    return autop(inner)


def missing(_scope: Scope, block: Block, inner: str) -> str:
    """A block whose plugin was missing in the editor keeps its own source."""
    return inner or text(block, "originalContent")


def embed(_scope: Scope, block: Block, inner: str) -> str:
    """An embed that lost its wrapper still has its address."""
    url = text(block, "url", "pinUrl", "link", "giphyUrl", "gifUrl")
    return inner if inner.strip() or not url else tag("p", escape(url))


def gallery(scope: Scope, block: Block, inner: str) -> str:
    """A gallery that holds no images names those of the library."""
    ids = block.attributes.get("ids")
    if "<img" in inner or not isinstance(ids, list):
        return inner
    wanted = {"ids": ",".join(str(id_) for id_ in ids)}
    files = galleries.attachments(wanted, scope)
    return inner + "".join(galleries.figure(file) for file in files)


def cover(_scope: Scope, block: Block, inner: str) -> str:
    """A cover's picture was a CSS background once."""
    url = text(block, "url")
    if not url or "<img" in inner or "<video" in inner:
        return inner
    if text(block, "backgroundType") == "video":
        return tag("video", "", src=url) + inner
    return tag("figure", tag("img", src=url, alt=text(block, "alt"))) + inner


def code(_scope: Scope, block: Block, inner: str) -> str:
    """Plugins for code store its language, or all of it, in attributes."""
    language = text(block, "language", "lang")
    source = text(block, "code")
    if source:
        inner = tag("pre", tag("code", escape(source, quote=False)))
    return tag("div", inner, data_language=language) if language else inner


def markdown(_scope: Scope, block: Block, inner: str) -> str:
    """Jetpack's Markdown block stores its source, which is Markdown already."""
    source = text(block, "source")
    return tag("wxr-markdown", escape(source)) if source else inner


def math(_scope: Scope, block: Block, inner: str) -> str:
    """A formula in TeX; its HTML is MathML made from it."""
    source = text(block, "latex", "content")
    return formulas.formula(source, is_block=True) if source else inner


def social(_scope: Scope, block: Block, inner: str) -> str:
    """A link to a profile is an item of a list."""
    url = text(block, "url")
    service = text(block, "service")
    name = text(block, "label") or _SERVICES.get(service, service.capitalize()) or url
    return tag("li", tag("a", escape(name), href=url)) if url else inner


def navigation(_scope: Scope, block: Block, inner: str) -> str:
    """A menu's link; a submenu has more of them inside."""
    url, label = text(block, "url"), text(block, "label")
    link = tag("a", label or escape(url), href=url) if url else label
    return tag("li", link + (tag("ul", inner) if inner.strip() else ""))


def questions(_scope: Scope, block: Block, inner: str) -> str:
    """Questions and answers of SEO plugins; the HTML bolds the questions only."""
    listed = block.attributes.get("questions") or block.attributes.get("steps")
    if not isinstance(listed, list) or "<h" in inner:
        return inner
    parts = [_question(part) for part in listed if isinstance(part, dict)]
    return "".join(parts) if all(parts) else inner


def _question(part: Mapping[str, Any]) -> str:
    title = part.get("jsonQuestion") or part.get("jsonName") or part.get("title")
    answer = part.get("jsonAnswer") or part.get("jsonText") or part.get("content")
    if not isinstance(title, str) or not isinstance(answer, str):
        return ""
    return tag("h3", title) + tag("p", answer)


def contents(scope: Scope, block: Block, inner: str) -> str:
    """A table of the page's headings; some blocks store its links."""
    if scope.context.flavour.toc:
        return toc.contents(scope)
    if not inner.strip():
        scope.notes.add(Code.LEFT_OUT, f"block {block.name} shows the page's headings")
    return inner


def rating(_scope: Scope, block: Block, inner: str) -> str:
    """Stars, as many as were given."""
    stars = block.attributes.get("rating")
    most = block.attributes.get("maxRating", 5)
    if not isinstance(stars, int | float) or not isinstance(most, int):
        return inner
    most = min(max(most, 0), 20)
    full = min(max(round(stars), 0), most)
    return tag("p", "★" * full + "☆" * (most - full))


def places(_scope: Scope, block: Block, inner: str) -> str:
    """A map's markers, each linked to its place."""
    points = block.attributes.get("points")
    if not isinstance(points, list) or not points:
        return inner
    return tag("ul", "".join(_place(point) for point in points))


def _place(point: object) -> str:
    if not isinstance(point, dict):
        return ""
    where = point.get("coordinates")
    name = point.get("title") or point.get("placeTitle") or ""
    if not isinstance(where, dict) or not isinstance(name, str):
        return ""
    at = f"{where.get('latitude')}/{where.get('longitude')}"
    url = f"https://www.openstreetmap.org/#map=15/{at}"
    return tag("li", tag("a", escape(name or at), href=url))


def dynamic(scope: Scope, block: Block, inner: str) -> str:
    """What the site computes is not stored; what stands around it is."""
    if inner.strip():
        return inner
    scope.notes.add(Code.LEFT_OUT, f"block {block.name} shows nothing that is stored")
    return ""


def form(scope: Scope, block: Block, _inner: str) -> str:
    """A form has nobody to send to."""
    scope.notes.add(Code.LEFT_OUT, f"block {block.name} is a form or a button")
    return ""


def toggle(_scope: Scope, _block: Block, inner: str) -> str:
    """The heading of an accordion's part, without the sign that opens it."""
    return _TOGGLE_SIGN.sub("", inner)


def hours(_scope: Scope, block: Block, inner: str) -> str:
    """A table of the days and hours that a business is open."""
    days = block.attributes.get("days")
    if not isinstance(days, list) or not days:
        return inner
    rows = "".join(_day(day) for day in days if isinstance(day, dict))
    return tag("table", tag("tbody", rows)) if rows else inner


def _day(day: Mapping[str, Any]) -> str:
    listed = day.get("hours")
    spans = (
        f"{span.get('opening', '')}–{span.get('closing', '')}"
        for span in (listed if isinstance(listed, list) else [])
        if isinstance(span, dict)
    )
    times = ", ".join(spans) or "—"
    return tag(
        "tr", tag("td", escape(str(day.get("name", "")))) + tag("td", escape(times))
    )


def story(_scope: Scope, block: Block, inner: str) -> str:
    """A story names its pictures and films."""
    files = block.attributes.get("mediaFiles")
    if "<img" in inner or not isinstance(files, list):
        return inner
    return inner + "".join(_frame(file) for file in files if isinstance(file, dict))


def _frame(file: Mapping[str, Any]) -> str:
    url, alt = file.get("url"), file.get("alt") or ""
    if not isinstance(url, str) or not isinstance(alt, str):
        return ""
    if file.get("type") == "video":
        return tag("video", "", src=url)
    return tag("figure", tag("img", src=url, alt=alt))


def video(_scope: Scope, block: Block, inner: str) -> str:
    """VideoPress knows its films by their id."""
    id_ = text(block, "guid")
    if inner.strip() or not id_.isalnum():
        return inner
    return tag("p", f"https://videopress.com/v/{id_}")


def image(scope: Scope, block: Block, inner: str) -> str:
    """An image block without HTML still names its attachment."""
    id_ = block.attributes.get("id")
    library = scope.context.library
    if "<img" in inner or not isinstance(id_, int) or library is None:
        return inner
    file: Attachment | None = library.attachment(id_)
    return inner + galleries.figure(file) if file else inner


_SERVICES: Final = MappingProxyType(
    {
        "codepen": "CodePen",
        "deviantart": "DeviantArt",
        "feed": "RSS Feed",
        "github": "GitHub",
        "linkedin": "LinkedIn",
        "soundcloud": "SoundCloud",
        "tiktok": "TikTok",
        "whatsapp": "WhatsApp",
        "wordpress": "WordPress",
        "youtube": "YouTube",
    }
)

BLOCKS: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        **dict.fromkeys(("freeform", "shortcode"), classic),
        **dict.fromkeys(
            names(
                "embed jetpack/calendly jetpack/eventbrite jetpack/gif "
                "jetpack/google-calendar jetpack/map-embed jetpack/opentable "
                "jetpack/pinterest jetpack/podcast-player"
            ),
            embed,
        ),
        **dict.fromkeys(
            names(
                "code-block-pro enlighter/codeblock kevinbatdorf/code-block-pro "
                "prismatic/blocks syntaxhighlighter/code"
            ),
            code,
        ),
        **dict.fromkeys(
            names("table-of-contents rank-math/toc-block yoast-seo/table-of-contents"),
            contents,
        ),
        **dict.fromkeys(("math", "jetpack/latex"), math),
        **dict.fromkeys(
            ("navigation-link", "navigation-submenu", "home-link"), navigation
        ),
        **dict.fromkeys(
            names("yoast/faq-block yoast/how-to-block rank-math/faq-block"), questions
        ),
        **dict.fromkeys(("videopress/video", "jetpack/videopress"), video),
        **dict.fromkeys(
            names(
                "jetpack/contact-form jetpack/donations jetpack/like "
                "jetpack/mailchimp jetpack/related-posts jetpack/repeat-visitor "
                "jetpack/send-a-message jetpack/sharing-buttons "
                "jetpack/simple-payments jetpack/subscriptions "
                "jetpack/whatsapp-button"
            ),
            form,
        ),
        "accordion-heading": toggle,
        "cover": cover,
        "gallery": gallery,
        "image": image,
        "jetpack/business-hours": hours,
        "jetpack/map": places,
        "jetpack/markdown": markdown,
        "jetpack/rating-star": rating,
        "jetpack/story": story,
        "missing": missing,
        "social-link": social,
        "spacer": nothing,
    }
)

STATIC: Final = names(
    "accordion accordion-item accordion-panel audio button buttons code column "
    "columns details file footnotes group heading html list list-item media-text more "
    "nextpage paragraph preformatted pullquote quote separator table tab tab-list "
    "tab-panel tabs "
    "text-columns verse video jetpack/address jetpack/contact-info jetpack/email "
    "jetpack/image-compare jetpack/phone jetpack/recipe jetpack/slideshow "
    "jetpack/tiled-gallery social-links template-part"
)
"""Blocks that show what is inside them, be it nothing."""


def rule(scope: Scope, name: str) -> Callable[[Block, str], str] | None:
    """Find the rule of a block; None where it is what is inside it."""
    if name in STATIC:
        return None
    if name.startswith("core-embed/"):
        return partial(embed, scope)
    return partial(BLOCKS.get(name, dynamic), scope)
