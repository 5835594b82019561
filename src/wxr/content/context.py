"""What a body's conversion may know of its post and of the rest of the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the media library, as far as a body needs it."""

    id: int
    url: str
    alt: str = ""
    caption: str = ""
    """HTML, as WordPress stored it."""
    title: str = ""


class Library(Protocol):
    """The rest of the site, as far as a body refers to it."""

    def attachment(self, id_: int) -> Attachment | None:
        """Find an attachment by its id."""
        ...

    def attachments(self, parent: int) -> Sequence[Attachment]:
        """Give the attachments of a post, by menu order and then id."""
        ...

    def pattern(self, id_: int) -> str | None:
        """Find the body of a synced pattern (a `wp_block` item) by its id."""
        ...

    def address(self, url: str) -> str | None:
        """Give the new address of an internal link; None leaves it as it is."""
        ...


@dataclass(frozen=True, slots=True)
class Flavour:
    """What the Markdown is for: the few points where generators differ."""

    raw_html: bool = True
    """Whether HTML passes through; where it does not, only its text is kept."""
    footnotes: bool = True
    """Whether `[^1]` is known; otherwise notes become a list with anchors."""
    heading_ids: bool = False
    """Whether a heading can end in `{#id}`."""
    math: bool = True
    """Whether `$…$` is known; otherwise LaTeX becomes code."""
    media: str = "link"
    """What audio and video become: `link`, or `html` for a player."""
    definitions: bool = False
    """Whether definition lists are known, a term above `: `; otherwise HTML is."""
    alerts: bool = False
    """Whether a quotation that begins with `[!NOTE]` is an alert."""
    toc: str = ""
    """What stands for a table of contents; empty leaves it to the site."""
    templates: bool = False
    """Whether `{{ }}` and `{% %}` are a template's (Liquid, Jinja), even in code."""
    mdx: bool = False
    """Whether `{` and `<` begin code, as in MDX, which has no other HTML."""


PLAIN: Final = Flavour()
"""CommonMark and GFM, readable anywhere."""


@dataclass(frozen=True, slots=True)
class Context:
    """The post a body is in. With no library everything works, and is noted."""

    post_id: int = 0
    footnotes: str | None = None
    """The meta value `footnotes`, JSON as the footnotes block stores it."""
    elementor: str | None = None
    """The meta value `_elementor_data`, JSON that stands in for an empty body."""
    library: Library | None = None
    flavour: Flavour = PLAIN
