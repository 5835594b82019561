"""The front matter of a file that was written, against what its post says."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

import yaml

from wxr.exporters.markdown.front_matter import one_line, public_name, timestamp
from wxr.index import SiteIndex
from wxr.model import Post, plain
from wxr.verification.folder import UnreadableError

_MARK: Final = "---"
_LONGEST: Final = 1 << 20
"""Characters of front matter that are parsed; no post makes so much."""
# Every scalar is text: only so is it seen whether it is what was written.
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LISTS: Final = {"category": "categories", "post_tag": "tags"}
_OTHERS: Final = frozenset(
    {"author", "date", "excerpt", "featured_image", "id", "link", "modified"}
    | {"attachment_url", "parent", "slug", "status", "title", "type"}
)
"""Keys that a taxonomy of the same name cannot have."""


def split(text: str) -> tuple[Mapping[str, Any], str, int]:
    """Give the front matter, the text below it, and how many lines stand above that.

    Raises:
        UnreadableError: There is none, or it is no YAML.
    """
    text = text.replace("\r\n", "\n")
    end = text.find(f"\n{_MARK}\n", len(_MARK))
    if not text.startswith(f"{_MARK}\n") or end < 0:
        raise UnreadableError("has no front matter")
    head, below = text[len(_MARK) + 1 : end + 1], text[end + len(_MARK) + 2 :]
    lines = text.count("\n", 0, end + len(_MARK) + 2)
    return _parsed(head), below, lines


def _parsed(head: str) -> Mapping[str, Any]:
    if len(head) > _LONGEST:
        raise UnreadableError("has front matter of more than a megabyte")
    try:
        found = yaml.load(head, Loader=_LOADER)  # noqa: S506  a loader of text only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 2}: " if mark is not None else ""
        problem = error.problem or "no YAML"
        raise UnreadableError(f"{where}front matter is broken ({problem})") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnreadableError("front matter is broken") from error
    if not isinstance(found, dict):
        raise UnreadableError("front matter is no mapping")
    return found


def differences(
    post: Post, found: Mapping[str, Any], index: SiteIndex
) -> Iterator[tuple[str, str, str]]:
    """Yield each key whose value is not the post's: key, its value, what is there."""
    for key, expected in _expected(post, index):
        there = found.get(key, "")
        if there != expected:
            yield key, _shown(expected), _shown(there)


def count(post: Post, index: SiteIndex) -> int:
    """Give how many keys are compared."""
    return sum(1 for _ in _expected(post, index))


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _expected(post: Post, index: SiteIndex) -> Iterator[tuple[str, str | list[str]]]:
    yield "id", str(post.id)
    yield "title", one_line(post.title)
    yield "type", post.type or "post"
    values = {
        "date": timestamp(post.date, post.published),
        "slug": _slug(post),
        "status": post.status,
        "author": public_name(index.display_name(post.author) or post.author)
        if post.author
        else None,
        "modified": timestamp(post.modified, post.modified_gmt),
        "parent": None if post.parent is None else str(post.parent),
        "excerpt": plain(post.excerpt or "").strip(),
        "link": post.link,
        "attachment_url": post.attachment_url,
        "featured_image": _image(post, index),
    }
    yield from ((key, value) for key, value in values.items() if value)
    yield from _terms(post)


def _slug(post: Post) -> str:
    """Give the slug as it reads; nothing where WordPress cut a letter in two."""
    try:
        return unquote(post.slug or "", errors="strict").strip()
    except UnicodeDecodeError:
        return ""


def _image(post: Post, index: SiteIndex) -> str | None:
    """Give the address of the featured image, where its attachment is in the export."""
    ids = (each.value or "" for each in post.meta if each.key == "_thumbnail_id")
    id_ = next(ids, "").strip()
    is_id = id_.isascii() and id_.isdecimal() and len(id_) < 19  # noqa: PLR2004
    found = index.attachment(int(id_)) if is_id else None
    return found.url if found is not None else None


def _terms(post: Post) -> Iterator[tuple[str, list[str]]]:
    """Yield the names of each taxonomy, under its key if nothing else has that."""
    names: dict[str, dict[str, None]] = {}
    for ref in post.terms:
        if name := one_line(ref.name) or ref.slug:
            key = _LISTS.get(ref.taxonomy, ref.taxonomy)
            names.setdefault(key, {})[name] = None
    for key, found in names.items():
        if key in _LISTS.values() or key not in _OTHERS:
            yield key, list(found)
