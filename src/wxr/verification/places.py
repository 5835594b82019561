"""Files that stand where no post has its file: told by their front matter."""

import os
from collections.abc import Iterator
from pathlib import Path

from wxr.exporters.markdown.paths import EXTENSION
from wxr.index import SiteIndex
from wxr.verification import folder, front_matter
from wxr.verification.folder import UnreadableError

_NO_SOURCE = 0
"""Characters of a post that is not known yet."""


def markdown_files(place: Path) -> Iterator[str]:
    """Yield the Markdown files below a folder, but none that is hidden or a link."""
    for parent, folders, files in os.walk(place):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if name.endswith(EXTENSION) and not path.is_symlink():
                yield path.relative_to(place).as_posix()


def renamed(place: Path, index: SiteIndex) -> dict[int, str]:
    """Give the files that no post has at their place, by the id they say they have."""
    expected = {entry.path for entry in index.public_entries()}
    found: dict[int, str] = {}
    for path in markdown_files(place):
        if path not in expected and (id_ := _id(place, path)) is not None:
            found.setdefault(id_, path)
    return found


def _id(place: Path, path: str) -> int | None:
    try:
        head, _, _ = front_matter.split(
            folder.read(place, path, source_size=_NO_SOURCE)
        )
    except UnreadableError:
        return None
    id_ = str(head.get("id", ""))
    is_number = id_.isascii() and id_.isdecimal() and len(id_) < 20  # noqa: PLR2004
    return int(id_) if is_number else None
