"""`site.yaml`: the site, its authors, terms and menus, for themes and for the record.

It is written row by row from the site index, and holds no e-mail address.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
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
        (
            (entry.menu or "", item)
            for entry in index.menu_entries()
            if (item := _menu_entry(index, entry))
        ),
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
    """Describe an entry; empty where it leads to nothing that a reader may see."""
    leads_to = _LEADS_TO.get(entry.kind or "", _nowhere)(index, entry)
    if not leads_to:
        return {}
    item: dict[str, Scalar] = {
        "id": entry.id,
        "position": entry.position,
        "parent": entry.parent,
        "label": None,
        **leads_to,
    }
    # An entry without words of its own has those of what it leads to.
    if label := one_line(entry.label):
        item["label"] = label
    return item


def _to_item(index: SiteIndex, entry: MenuEntry) -> dict[str, Scalar]:
    found = None if entry.object_id is None else index.entry(entry.object_id)
    # WordPress' menus leave out what is not public, and so its title stays unsaid.
    if found is None or not found.public:
        return {}
    return {"label": one_line(found.title), "link": found.link, "path": found.path}


def _to_term(index: SiteIndex, entry: MenuEntry) -> dict[str, Scalar]:
    found = None if entry.object_id is None else index.term(entry.object_id)
    if found is None:
        return {}
    label = one_line(found.name)
    return {"label": label, "taxonomy": found.taxonomy, "slug": found.slug}


def _to_address(index: SiteIndex, entry: MenuEntry) -> dict[str, Scalar]:
    found = index.destination(entry.url or "")
    path = found.path if found is not None else None
    return {"link": entry.url, "path": path}


def _to_archive(_index: SiteIndex, entry: MenuEntry) -> dict[str, Scalar]:
    return {"label": entry.object, "type": entry.object}


def _nowhere(_index: SiteIndex, _entry: MenuEntry) -> dict[str, Scalar]:
    return {}


_LEADS_TO: Final[Mapping[str, Callable[[SiteIndex, MenuEntry], dict[str, Scalar]]]] = (
    MappingProxyType(
        {
            "custom": _to_address,
            "post_type": _to_item,
            "post_type_archive": _to_archive,
            "taxonomy": _to_term,
        }
    )
)
"""By `_menu_item_type`."""
