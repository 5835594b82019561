"""An item's front matter: YAML between two lines of `---`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from re import compile as pattern
from types import MappingProxyType
from typing import Final

from wxr.exporters.markdown import yaml
from wxr.model import Post, TermRef, plain

_LISTS: Final[Mapping[str, str]] = MappingProxyType(
    {"category": "categories", "post_tag": "tags"}
)
"""What the taxonomies of every blog are called."""

_OURS: Final = frozenset(
    {
        "attachment_url",
        "author",
        "categories",
        "date",
        "excerpt",
        "featured_image",
        "id",
        "link",
        "modified",
        "parent",
        "slug",
        "status",
        "tags",
        "title",
        "type",
    }
)
_PREFIX: Final = "taxonomy_"
_MAIL: Final = pattern(r"([^@\s]+)@[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the front matter says that the item itself does not know."""

    slug: str
    author: str | None = None
    """The name under which the author wants to be read."""
    featured_image: str | None = None
    """Its address."""


def front_matter(post: Post, facts: Facts) -> str:
    """Give the lines of an item's front matter, both `---` among them."""
    known, others = _terms(post.terms)
    before = starmap(yaml.pair, _before_terms(post, facts))
    after = starmap(yaml.pair, _after_terms(post, facts))
    lines = (*before, *known, *after, *others)
    return f"---\n{''.join(lines)}---\n"


def public_name(name: str | None) -> str:
    """Give a name as a page may show it: plain, on one line, and no e-mail address.

    WordPress makes the login the name to show, and a login may be an address: what
    stands before its `@` is left.
    """
    shown = one_line(name)
    address = _MAIL.fullmatch(shown) if "@" in shown else None
    return address[1] if address is not None else shown


def timestamp(local: datetime | None, instant: datetime | None) -> str | None:
    """Give the wall-clock time, or where only the instant is known that, in UTC."""
    if local is not None:
        return local.isoformat()
    return instant.isoformat().replace("+00:00", "Z") if instant is not None else None


def _before_terms(post: Post, facts: Facts) -> Iterator[tuple[str, yaml.Scalar]]:
    yield "id", post.id
    yield "title", one_line(post.title)
    yield "date", timestamp(post.date, post.published)
    yield "slug", facts.slug
    yield "type", post.type or "post"
    yield "status", post.status
    if facts.author:
        yield "author", facts.author
    if (modified := timestamp(post.modified, post.modified_gmt)) is not None:
        yield "modified", modified


def _after_terms(post: Post, facts: Facts) -> Iterator[tuple[str, yaml.Scalar]]:
    if post.parent is not None:
        yield "parent", post.parent
    if excerpt := plain(post.excerpt or "").strip():
        yield "excerpt", excerpt
    if post.link:
        yield "link", post.link
    if post.attachment_url:
        yield "attachment_url", post.attachment_url
    if facts.featured_image:
        yield "featured_image", facts.featured_image


def one_line(title: str | None) -> str:
    """Give a title as a reader sees it: no tags, no line ends."""
    return " ".join(plain(title).split()) if title else ""


def _terms(refs: Iterable[TermRef]) -> tuple[list[str], list[str]]:
    """Give a list per taxonomy: categories and tags, and then the others as met."""
    names: dict[str, dict[str, None]] = {taxonomy: {} for taxonomy in _LISTS}
    for ref in refs:
        # WXR 1.0 writes each category twice, once without its slug.
        if name := one_line(ref.name) or ref.slug:
            names.setdefault(ref.taxonomy, {})[name] = None
    lists = [yaml.sequence(_key(key), found) for key, found in names.items() if found]
    known = sum(bool(names[taxonomy]) for taxonomy in _LISTS)
    return lists[:known], lists[known:]


def _key(taxonomy: str) -> str:
    """Give a taxonomy's key, which no other taxonomy and no key of ours has."""
    if taxonomy in _LISTS:
        return _LISTS[taxonomy]
    clashes = taxonomy in _OURS or taxonomy.startswith(_PREFIX)
    return f"{_PREFIX}{taxonomy}" if clashes else taxonomy
