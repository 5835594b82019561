"""`site.yaml`: the site, its authors, terms and menus, for themes and for the record.

It is written row by row from the site index, and holds no e-mail address.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from wxr.exporters.markdown import yaml
from wxr.exporters.markdown.front_matter import one_line, public_name
from wxr.exporters.markdown.yaml import Scalar
from wxr.index import SiteIndex
from wxr.index.look_up import MenuEntry
from wxr.model import Author, Site, Term

SITE_FILE: Final = "site.yaml"


def site_data(index: SiteIndex) -> Iterator[bytes]:
    """Yield the file's lines, in pieces."""
    for piece in _pieces(index):
        yield piece.encode()


def _pieces(index: SiteIndex) -> Iterator[str]:
    for key, value in _site(index.site):
        yield yaml.pair(key, value)
    yield from _list("authors", map(_author, index.authors()))
    yield from _groups(
        "terms",
        ((term.taxonomy, _term(term)) for term in index.terms()),
    )
    yield from _groups(
        "menus",
        ((each.menu or "", _menu_entry(index, each)) for each in index.menu_entries()),
    )


def _list(key: str, items: Iterable[dict[str, Scalar]]) -> Iterator[str]:
    empty = True
    for item in items:
        if empty:
            yield yaml.opening(key)
        empty = False
        yield yaml.mapping_item(_present(item), "  ")
    if empty:
        yield f"{key}: []\n"


def _groups(key: str, items: Iterable[tuple[str, dict[str, Scalar]]]) -> Iterator[str]:
    """Yield a mapping from names to lists; the items of a list come together."""
    empty = True
    for name, group in groupby(items, key=lambda item: item[0]):
        if empty:
            yield yaml.opening(key)
        empty = False
        yield yaml.opening(name, "  ")
        for _, item in group:
            yield yaml.mapping_item(_present(item), "    ")
    if empty:
        yield f"{key}: {{}}\n"


def _present(item: dict[str, Scalar]) -> Iterator[tuple[str, Scalar]]:
    return ((key, value) for key, value in item.items() if value not in {None, ""})


def _site(site: Site) -> Iterator[tuple[str, Scalar]]:
    yield "title", one_line(site.title)
    yield "description", one_line(site.description)
    yield "link", site.link
    yield "base_blog_url", site.base_blog_url
    yield "language", site.language


def _author(author: Author) -> dict[str, Scalar]:
    return {
        "id": author.id,
        "login": public_name(author.login),
        "display_name": public_name(author.display_name),
        "first_name": public_name(author.first_name),
        "last_name": public_name(author.last_name),
    }


def _term(term: Term) -> dict[str, Scalar]:
    return {
        "id": term.id,
        "slug": term.slug,
        "name": one_line(term.name),
        "parent": term.parent,
        "description": term.description,
    }


def _menu_entry(index: SiteIndex, entry: MenuEntry) -> dict[str, Scalar]:
    label, link, path = _resolved(index, entry)
    return {
        "id": entry.id,
        "position": entry.position,
        "parent": entry.parent,
        "label": one_line(entry.label) or label,
        "link": link,
        "path": path,
    }


def _resolved(
    index: SiteIndex, entry: MenuEntry
) -> tuple[str | None, str | None, str | None]:
    """Find what an entry leads to: its own name, its address, its file here."""
    if entry.kind == "post_type" and entry.object_id is not None:
        found = index.entry(entry.object_id)
        # A menu shows the titles of drafts to nobody, and neither do we.
        if found is None or not found.public:
            return None, None, None
        return one_line(found.title), found.link, found.path
    if entry.kind == "taxonomy" and entry.object_id is not None:
        term = index.term(entry.object_id)
        return (one_line(term.name), None, None) if term else (None, None, None)
    return _custom(index, entry.url) if entry.url else (None, None, None)


def _custom(index: SiteIndex, url: str) -> tuple[None, str, str | None]:
    found = index.destination(url)
    return None, url, found.entry.path if found is not None else None
