"""The front matter of a file that was written, against what its post says."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from wxr.exporters.markdown.front_matter import one_line, timestamp
from wxr.model import Post
from wxr.verification.folder import UnreadableError

_MARK: Final = "---"
_LONGEST: Final = 1 << 20
"""Characters of front matter that are parsed; no post makes so much."""
# Every scalar is text: only so is it seen whether it is what was written.
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LISTS: Final = {"category": "categories", "post_tag": "tags"}


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


def differences(post: Post, found: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each key whose value is not the post's: key, its value, what is there."""
    for key, expected in _expected(post):
        there = found.get(key, "")
        if there != expected:
            yield key, _shown(expected), _shown(there)


def count(post: Post) -> int:
    """Give how many keys are compared."""
    return sum(1 for _ in _expected(post))


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _expected(post: Post) -> Iterator[tuple[str, str | list[str]]]:
    yield "id", str(post.id)
    yield "title", one_line(post.title)
    yield "type", post.type or "post"
    date = timestamp(post.date, post.published)
    for key, value in (("date", date), ("status", post.status), ("link", post.link)):
        if value:
            yield key, value
    for taxonomy, key in _LISTS.items():
        names: dict[str, None] = {}
        for ref in post.terms:
            if ref.taxonomy == taxonomy and (name := one_line(ref.name) or ref.slug):
                names[name] = None
        if names:
            yield key, list(names)
