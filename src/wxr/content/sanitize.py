"""Strangers' HTML, cleaned by an allow-list."""

from typing import Final

import nh3

from wxr.content.notes import Notes
from wxr.content.tree import names
from wxr.diagnostics import Code

_TAGS: Final = names(
    "a abbr acronym b blockquote br cite code dd del dfn dl dt em h1 h2 h3 h4 h5 h6 "
    "hr i img ins kbd li ol p pre q s samp small span strike strong sub sup table "
    "tbody td tfoot th thead tr tt u ul var"
)
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "acronym": {"title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
_SCHEMES: Final = frozenset(("http", "https", "mailto"))


def _web_only(_tag: str, name: str, value: str) -> str | None:
    """Refuse what leads nowhere from a static page, such as a relative address."""
    if name not in ("href", "src"):
        return value
    scheme = value.strip().partition(":")[0].lower()
    return value if scheme in _SCHEMES else None


_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    attribute_filter=_web_only,
    url_schemes=set(_SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def clean(html: str, notes: Notes) -> str:
    """Give HTML in which nothing runs code and nothing is loaded but images."""
    if "<" not in html:
        return html
    cleaned = _CLEANER.clean(html)
    if cleaned.count("<") < html.count("<"):
        notes.add(Code.HTML_CLEANED, "tags that comments may not have were left out")
    return cleaned
