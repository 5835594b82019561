"""Which file each item gets: `posts/SLUG.md`, `pages/PARENT/SLUG.md`, `TYPE/SLUG.md`.

Paths are given once, over the whole index and in the order of the export, so that
they do not depend on which worker meets an item first, and links can be made to them.
"""

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from wxr.errors import WriteError
from wxr.exporters.markdown import names
from wxr.index import Entry, PathTable, SiteIndex
from wxr.model import plain

EXTENSION: Final = ".md"

_FOLDERS: Final[Mapping[str, str]] = MappingProxyType(
    {"": "posts", "page": "pages", "post": "posts"}
)
"""Folders of the types that have one of another name; an item of no type is a post."""
_TAKEN: Final = frozenset({"pages", "posts"})
_PAGE: Final = "page"
_LONGEST_PATH: Final = 1000
"""Bytes; systems end at 1,024 or 4,096. A page deeper than that stands at the top."""


class Wish(NamedTuple):
    """The path an item would have if it were alone."""

    folder: str
    stem: str
    changed: bool
    """Whether a name in it had to be another than the slug."""


def assign(path: str) -> None:
    """Give every item of an index that gets a file a path, and keep them there.

    Raises:
        WriteError: There is no room for them.
    """
    try:
        with PathTable(path) as table:
            for entry in table.index.public_entries():
                _take(table, entry, _wish(table.index, entry))
    except sqlite3.OperationalError as error:
        reason = f"cannot be written ({error}); is there room for temporary files?"
        raise WriteError(reason, target=path) from error


def slug_of(
    entry_slug: str | None, title: str | None, kind: str | None, id_: int
) -> str:
    """Give an item's slug, made of its title, or type and id, where it has none."""
    if entry_slug and (slug := names.decoded(entry_slug).strip()):
        return slug
    return names.from_title(plain(title or "")) or f"{kind or 'post'}-{id_}"


def _wish(index: SiteIndex, entry: Entry) -> Wish:
    folder = _folder(entry.type or "")
    slug = slug_of(entry.slug, entry.title, entry.type, entry.id)
    stem, changed = _stem(slug, entry)
    if entry.type == _PAGE and entry.parent is not None:
        above, above_changed = _ancestors(index, entry)
        folder, changed = f"{folder}{above}", changed or above_changed
    return Wish(folder, stem, changed)


@lru_cache(maxsize=256)
def _folder(kind: str) -> str:
    """Give the folder of a type: never `posts` or `pages` for another, no dot in it."""
    if kind in _FOLDERS:
        return _FOLDERS[kind]
    name = names.component(kind).replace(".", "-").strip("-")
    clashes = names.folded(name) in _TAKEN or names.is_reserved(name)
    return f"type-{name}".rstrip("-") if clashes or not name else name


def _stem(slug: str, entry: Entry) -> tuple[str, bool]:
    """Give the name of a file or folder, and whether the slug says otherwise."""
    stem = names.component(slug) or names.component(
        f"{entry.type or 'post'}-{entry.id}"
    )
    if names.is_reserved(stem):
        stem = names.with_suffix(stem, f"-{entry.id}")
    return stem, stem != slug


def _ancestors(index: SiteIndex, entry: Entry) -> tuple[str, bool]:
    """Give the folders above a page, `/` before each, and whether one had to change."""
    found: list[str] = []
    changed, size = False, 0
    seen = {entry.id}
    parent = entry.parent
    while parent is not None and parent not in seen:
        seen.add(parent)
        above = index.page(parent)
        if above is None:
            break
        stem, differs = _stem(slug_of(above.slug, above.title, _PAGE, above.id), above)
        found.append(_as_folder(stem))
        changed = changed or differs
        size += len(stem.encode()) + 1
        if size > _LONGEST_PATH - names.LONGEST:
            return "", True
        parent = above.parent
    return "".join(f"/{name}" for name in reversed(found)), changed


def _as_folder(stem: str) -> str:
    """Keep a folder from having the name of a file beside it."""
    ends_as_file = names.folded(stem).endswith(EXTENSION)
    return f"{stem[: -len(EXTENSION)]}-md" if ends_as_file else stem


def _take(table: PathTable, entry: Entry, wish: Wish) -> None:
    """Take the wished path, or with the item's id, or with the id and a number."""
    if _try(table, entry, wish, wish.stem, changed=wish.changed):
        return
    numbered = names.with_suffix(wish.stem, f"-{entry.id}")
    if _try(table, entry, wish, numbered):
        return
    group = names.folded(f"{wish.folder}/{numbered}")
    number = table.last_number(group) + 1
    while not _try(
        table,
        entry,
        wish,
        names.with_suffix(numbered, f"-{number}"),
        group=group,
        number=number,
    ):
        number += 1


def _try(
    table: PathTable,
    entry: Entry,
    wish: Wish,
    stem: str,
    *,
    changed: bool = True,
    group: str | None = None,
    number: int | None = None,
) -> bool:
    path = f"{wish.folder}/{stem}{EXTENSION}"
    folded = names.folded(path)
    return table.take(
        entry.row, path, folded, changed=changed, numbered=group, number=number
    )
