"""The exporter: an item to the bytes of its files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from wxr.content.context import Context
from wxr.diagnostics import Code, Diagnostic
from wxr.errors import WxrError
from wxr.exporters import Place, Rendered
from wxr.exporters.markdown import comments
from wxr.exporters.markdown.comments import Discussion
from wxr.exporters.markdown.front_matter import Facts, front_matter, public_name
from wxr.exporters.markdown.library import PageLibrary
from wxr.exporters.markdown.paths import EXTENSION, assign, slug_of
from wxr.exporters.markdown.sink import Files, FolderSink, Last
from wxr.exporters.markdown.site_data import SITE_FILE, site_data
from wxr.exporters.markdown.words import words_for
from wxr.index import Entry, SiteIndex, open_index
from wxr.ledger import Tally
from wxr.markdown import body
from wxr.model import Post, Record
from wxr.threads import problems, thread

COMMENTS: Final = ("section", "data", "none")
"""Where comments go: below the post, into a JSON file beside it, or nowhere."""

_DATA_EXTENSION: Final = ".comments.json"
_MENU_ITEM: Final = "nav_menu_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownExporter:
    """Write CommonMark with GFM that is readable anywhere.

    Args:
        comments: `section`, `data` or `none`.
        index_path: The site index; `prepare` sets it.

    Raises:
        WxrError: There is no such place for comments.
    """

    needs_index: ClassVar[bool] = True
    comments: str = "section"
    index_path: str | None = None

    def __post_init__(self) -> None:
        """Refuse a place for comments that there is not."""
        if self.comments not in COMMENTS:
            known = ", ".join(COMMENTS)
            raise WxrError(f"comments cannot be '{self.comments}'; there are: {known}")

    def prepare(self, index_path: str) -> Self:
        """Give every item of the index its path, and an exporter that knows them."""
        assign(index_path)
        return replace(self, index_path=index_path)

    def render(self, record: Record, place: Place) -> Rendered[Files]:
        """Give the files of an item; of all other records only the count.

        What they say is in the index, from where it goes to the site's data file.
        """
        if not isinstance(record, Post) or record.type == _MENU_ITEM:
            return Rendered((), Tally.of(record))
        page = _Page(record, self._index, _entry_at(self._index, place), self.comments)
        return page.rendered()

    def sink(self, target: str, *, force: bool) -> FolderSink:
        """Open a folder; see `FolderSink`."""
        return FolderSink(target, force=force, last=self._last())

    @property
    def _index(self) -> SiteIndex:
        if self.index_path is None:
            raise ValueError("a Markdown exporter renders only once it is prepared")
        return open_index(self.index_path)

    def _last(self) -> Last:
        return lambda: [(SITE_FILE, site_data(self._index))]


def _entry_at(index: SiteIndex, place: Place) -> Entry:
    entry = index.entry_at(place.part, place.offset)
    if entry is None or entry.path is None:
        raise LookupError(f"the index has no path for the item at {place}")
    return entry


@dataclass(frozen=True, slots=True)
class _Page:
    """An item on its way to its files."""

    post: Post
    index: SiteIndex
    entry: Entry
    comments: str

    @property
    def path(self) -> str:
        return self.entry.path or ""

    def rendered(self) -> Rendered[Files]:
        discussion = Discussion(self.post, thread(self.post.comments))
        text, diagnostics = self._text()
        if self.comments == "section" and self.post.comments:
            words = words_for(self.index.site.language)
            text = f"{text}\n{comments.section(discussion, words)}"
        files = [(self.path, text.encode())]
        if self.comments == "data" and self.post.comments:
            files.append((self._data_path(), comments.data(discussion)))
        diagnostics += problems(
            self.post.comments, discussion.placed, item=self.post.id
        )
        return Rendered(tuple(files), self._tally(), diagnostics)

    def _text(self) -> tuple[str, list[Diagnostic]]:
        """Give front matter and body, and what there was to say of them."""
        converted = body(self.post.content or "", self._context())
        diagnostics = [
            *self._path_changed(),
            *(
                Diagnostic(
                    code=note.code,
                    message=note.message,
                    item=self.post.id,
                    count=note.count,
                )
                for note in converted.notes
            ),
        ]
        text = converted.markdown.strip("\n")
        below = f"\n{text}\n" if text else ""
        return f"{front_matter(self.post, self._facts())}{below}", diagnostics

    def _context(self) -> Context:
        return Context(
            post_id=self.post.id,
            footnotes=_meta(self.post, "footnotes"),
            library=PageLibrary(self.index, self.path),
        )

    def _facts(self) -> Facts:
        post = self.post
        author = self.index.display_name(post.author) if post.author else None
        return Facts(
            slug=slug_of(post.slug, post.title, post.type, post.id),
            author=public_name(author or post.author),
            featured_image=self._featured_image(),
        )

    def _featured_image(self) -> str | None:
        """Find the image's address; some plugins store that itself in its place."""
        value = (_meta(self.post, "_thumbnail_id") or "").strip()
        if value.isascii() and value.isdigit():
            found = self.index.attachment(int(value))
            return found.url if found is not None else None
        return comments.web_address(value)

    def _path_changed(self) -> Iterator[Diagnostic]:
        if self.entry.changed:
            yield Diagnostic(
                code=Code.PATH_CHANGED,
                message=f"the slug {self.post.slug!r} became {self.path}",
                item=self.post.id,
            )

    def _data_path(self) -> str:
        return f"{self.path.removesuffix(EXTENSION)}{_DATA_EXTENSION}"

    def _tally(self) -> Tally:
        """Count what the files hold."""
        tally = Tally.of(self.post)
        if self.comments == "none":
            tally.comments.clear()
        return tally


def _meta(post: Post, key: str) -> str | None:
    return next((meta.value for meta in post.meta if meta.key == key), None)
