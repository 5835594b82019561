"""The exporter: an item to the bytes of its files."""

from collections.abc import Iterable, Iterator
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
from wxr.exporters.markdown.sink import File, Files, FolderSink
from wxr.exporters.markdown.site_data import SITE_FILE, site_data
from wxr.exporters.markdown.words import words_for
from wxr.index import Entry, SiteIndex, close_indexes, open_index
from wxr.ledger import Tally
from wxr.markdown import Note, body
from wxr.model import Post, Record

COMMENTS: Final = ("section", "data", "none")
"""Where comments go: below the post, into a JSON file beside it, or nowhere."""

DATA_EXTENSION: Final = ".comments.json"
_MOST_DIGITS: Final = 18
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

    def render(self, record: Record, place: Place) -> Rendered[Files] | None:
        """Give the files of an item; of all other records only the count.

        What they say is in the index, from where it goes to the site's data file.
        None for an item without a path: the index holds none for the second of two
        that are the same, which is merged with the first.
        """
        if not isinstance(record, Post) or record.type == _MENU_ITEM:
            return Rendered((), Tally.without_meta(record))
        index = self._index
        entry = index.entry_at(place.part, place.offset)
        if entry is None or entry.path is None:
            return None
        return _Page(record, index, entry, self.comments).rendered()

    def sink(self, target: str, *, force: bool) -> FolderSink:
        """Open a folder; see `FolderSink`."""
        return FolderSink(target, force=force, last=self._last, when_done=close_indexes)

    @property
    def _index(self) -> SiteIndex:
        if self.index_path is None:
            raise ValueError("a Markdown exporter renders only once it is prepared")
        return open_index(self.index_path)

    def _last(self) -> Iterable[tuple[str, Iterable[bytes]]]:
        return [(SITE_FILE, site_data(self._index))]


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
        library = PageLibrary(self.index, self.path)
        converted = body(self.post.content or "", self._context(library))
        image = self._featured_image()
        files = [self._page(converted.markdown, image)]
        notes = [*converted.notes]
        problems: list[Diagnostic] = []
        if self.post.comments and self.comments != "none":
            with_pings = self.comments == "data"
            discussion = Discussion.of(self.post, library, with_pings=with_pings)
            self._add(discussion, files)
            notes += (note for each in discussion.bodies for note in each.notes)
            problems = discussion.problems()
        problems += [*self._path_changed(), *self._image_missing(image)]
        problems += map(self._diagnostic, notes)
        return Rendered(tuple(files), self._tally(), problems)

    def _page(self, markdown: str, image: str | None) -> File:
        """Give the file as it is without comments."""
        text = markdown.strip("\n")
        below = f"\n{text}\n" if text else ""
        above = front_matter(self.post, self._facts(image))
        return self.path, f"{above}{below}".encode()

    def _add(self, discussion: Discussion, files: list[File]) -> None:
        """Put the comments below the page or beside it."""
        if self.comments == "data":
            path = f"{self.path.removesuffix(EXTENSION)}{DATA_EXTENSION}"
            files.append((path, comments.data(discussion)))
            return
        words = words_for(self.index.site.language)
        path, page = files[0]
        section = comments.section(discussion, words)
        files[0] = path, b"%b\n%b" % (page, section.encode())

    def _context(self, library: PageLibrary) -> Context:
        return Context(
            post_id=self.post.id,
            footnotes=_meta(self.post, "footnotes"),
            elementor=_meta(self.post, "_elementor_data"),
            library=library,
        )

    def _facts(self, image: str | None) -> Facts:
        post = self.post
        author = self.index.display_name(post.author) if post.author else None
        return Facts(
            slug=slug_of(post.slug, post.title, post.type, post.id),
            author=public_name(author or post.author),
            featured_image=image,
        )

    def _featured_image(self) -> str | None:
        """Find the image's address; some plugins store that itself in its place."""
        if (id_ := self._thumbnail) is None:
            return comments.web_address(_meta(self.post, "_thumbnail_id"))
        found = self.index.attachment(id_)
        return found.url if found is not None else None

    @property
    def _thumbnail(self) -> int | None:
        """Id of the featured image; `-1` and `0` stand for none."""
        value = (_meta(self.post, "_thumbnail_id") or "").strip()
        is_number = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
        return (int(value) or None) if is_number else None

    def _image_missing(self, image: str | None) -> Iterator[Diagnostic]:
        id_ = self._thumbnail
        if id_ is not None and image is None:
            yield Diagnostic(
                code=Code.UNRESOLVED,
                message=f"the featured image {id_} is not in the export",
                item=self.post.id,
            )

    def _path_changed(self) -> Iterator[Diagnostic]:
        if self.entry.changed:
            yield Diagnostic(
                code=Code.PATH_CHANGED,
                message=f"the slug {(self.post.slug or '')[:80]!r} became {self.path}",
                item=self.post.id,
            )

    def _diagnostic(self, note: Note) -> Diagnostic:
        return Diagnostic(
            code=note.code, message=note.message, item=self.post.id, count=note.count
        )

    def _tally(self) -> Tally:
        """Count what the files hold, which is no custom fields."""
        tally = Tally.without_meta(self.post)
        if self.comments == "none":
            tally.comments.clear()
        return tally


def _meta(post: Post, key: str) -> str | None:
    return next((meta.value for meta in post.meta if meta.key == key), None)
