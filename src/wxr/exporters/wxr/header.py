"""The site, its authors and its terms: what stands before the first item."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from wxr.diagnostics import Diagnostic
from wxr.exporters.wxr import leaves
from wxr.exporters.wxr.extra import children
from wxr.exporters.wxr.items import metas
from wxr.exporters.wxr.leaves import Leaf, Template
from wxr.model import Author, Site, Term

_SITE: Final = Template(
    Leaf("title", "title", leaves.for_feed),
    Leaf("link", "link", leaves.for_feed),
    Leaf("description", "description", leaves.for_feed),
    Leaf("pubDate", "pub_date", leaves.optional_feed_date),
    Leaf("language", "language", leaves.for_feed),
    Leaf("wp:wxr_version", "wxr_version", leaves.version),
    Leaf("wp:base_site_url", "base_site_url", leaves.for_feed),
    Leaf("wp:base_blog_url", "base_blog_url", leaves.for_feed),
    Leaf("generator", "generator", leaves.url),
)
_AFTER_TERMS: Final = "generator"

_AUTHOR: Final = Template(
    Leaf("wp:author_id", "id", leaves.number),
    Leaf("wp:author_login", "login", leaves.cdata),
    Leaf("wp:author_email", "email", leaves.cdata),
    Leaf("wp:author_display_name", "display_name", leaves.cdata),
    Leaf("wp:author_first_name", "first_name", leaves.cdata),
    Leaf("wp:author_last_name", "last_name", leaves.cdata),
)

_ID: Final = Leaf("wp:term_id", "id", leaves.number)
_CATEGORY: Final = Template(
    _ID,
    Leaf("wp:category_nicename", "slug", leaves.cdata),
    Leaf("wp:category_parent", "parent", leaves.cdata),
    Leaf("wp:cat_name", "name", leaves.cdata),
    Leaf("wp:category_description", "description", leaves.cdata),
)
_TAG: Final = Template(
    _ID,
    Leaf("wp:tag_slug", "slug", leaves.cdata),
    Leaf("wp:tag_name", "name", leaves.cdata),
    Leaf("wp:tag_description", "description", leaves.cdata),
)
_OTHERS: Final = (
    Leaf("wp:term_slug", "slug", leaves.cdata),
    Leaf("wp:term_parent", "parent", leaves.cdata),
    Leaf("wp:term_name", "name", leaves.cdata),
    Leaf("wp:term_description", "description", leaves.cdata),
)
_TERM: Final = Template(
    _ID, Leaf("wp:term_taxonomy", "taxonomy", leaves.cdata), *_OTHERS
)
# WordPress writes its menus by another function, which puts no CDATA here.
_MENU: Final = Template(
    _ID, Leaf("wp:term_taxonomy", "taxonomy", leaves.escaped), *_OTHERS
)

_Form: TypeAlias = tuple[str, Template]

_FORMS: Final[Mapping[str, _Form]] = MappingProxyType(
    {
        "category": ("wp:category", _CATEGORY),
        "post_tag": ("wp:tag", _TAG),
        "nav_menu": ("wp:term", _MENU),
    }
)
_ANY: Final[_Form] = ("wp:term", _TERM)


def site(record: Site, found: list[Diagnostic]) -> tuple[str, str]:
    """Write a site: what stands before its terms, and what stands after them."""
    inside = children(record, _SITE, found, name="channel")
    return inside.divided(_AFTER_TERMS, "\t")


def author(record: Author, found: list[Diagnostic]) -> str:
    """Write an author, on one line: WordPress' oldest reader looks for no more."""
    inside = children(record, _AUTHOR, found, name="wp:author")
    return f"\t{inside.on_one_line('wp:author')}\n"


def term(record: Term, found: list[Diagnostic]) -> str:
    """Write a category, a tag, or a term of another taxonomy."""
    name, form = _FORMS.get(record.taxonomy, _ANY)
    if form is _TAG and record.parent is not None:
        name, form = _ANY  # a tag has no element for a parent
    after = (
        ("wp:termmeta", each) for each in metas(record.meta, "wp:termmeta", "\t\t\t")
    )
    return children(record, form, found, name=name, after=after).around(name, "\t")
