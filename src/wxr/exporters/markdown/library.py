"""The rest of the site as one page sees it: addresses are relative to the page."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from wxr.content.context import Attachment
from wxr.index import SiteIndex

_SAFE: Final = "/!$&'*+,;=@~-._"
_COMMENTS: Final = ("comment", "respond")
"""Begins of fragments that WordPress' themes make and this Markdown does not have."""


@dataclass(frozen=True, slots=True)
class PageLibrary:
    """Implements `wxr.content.context.Library` for the page at a path."""

    index: SiteIndex
    path: str
    """Of the page that asks, relative to the target."""

    def attachment(self, id_: int) -> Attachment | None:
        """Find an attachment by its id."""
        return self.index.attachment(id_)

    def attachments(self, parent: int) -> Sequence[Attachment]:
        """Give the attachments of a post, by menu order and then id."""
        return self.index.attachments(parent)

    def pattern(self, id_: int) -> str | None:
        """Find the body of a synced pattern by its id."""
        return self.index.pattern(id_)

    def address(self, url: str) -> str | None:
        """Give the way from this page to the file of an internal link's item.

        An attachment's page becomes its file's own address. None for a link to
        elsewhere, or to an item that gets no file.
        """
        found = self.index.destination(url)
        if found is None:
            return None
        if found.path is None:
            is_file = found.type == "attachment"
            return found.attachment_url or None if is_file else None
        return f"{relative(found.path, self.path)}{_fragment(found.fragment)}"


def relative(path: str, page: str) -> str:
    """Give the relative URL of a file, seen from a page."""
    return quote(posixpath.relpath(path, posixpath.dirname(page)), safe=_SAFE)


def _fragment(fragment: str) -> str:
    return "" if not fragment or fragment.startswith(_COMMENTS) else f"#{fragment}"
