"""A folder of Markdown, compared file by file with what its posts show.

It goes the way of a conversion, with an exporter that reads where another writes: so
the same rules withhold, the same items merge, and each page knows the rest of the site.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, Final, Self

from wxr.content.context import Context
from wxr.errors import ReadError
from wxr.exporters import Place, Rendered
from wxr.exporters.markdown.exporter import DATA_EXTENSION
from wxr.exporters.markdown.library import PageLibrary
from wxr.exporters.markdown.manifest import MANIFEST, Manifest
from wxr.exporters.markdown.paths import EXTENSION, assign
from wxr.exporters.markdown.words import words_for
from wxr.index import SiteIndex, close_indexes, open_index
from wxr.model import Post, Record
from wxr.verification import discussion, folder, front_matter, site_file
from wxr.verification.comparing import compare, lost, shortened
from wxr.verification.elements import gather
from wxr.verification.expected import page
from wxr.verification.facts import Facts
from wxr.verification.folder import NOT_THERE, UnreadableError
from wxr.verification.places import markdown_files, renamed
from wxr.verification.rendering import (
    TOO_DEEP,
    places_of_comments,
    tokens_of,
    tree_from,
)
from wxr.verification.scores import PLACE, Difference, Finding, Score
from wxr.verification.summing import TargetSum

_MENU_ITEM: Final = "nav_menu_item"
_BRACKETS: Final = 10_000
"""Opening brackets that are always parsed; the time for them grows by the square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownComparer:
    """Compares a post with its file.

    Args:
        folder: What was written.
        comments: Where comments went: `section`, `data` or `none`.
        index_path: The site index; `prepare` sets it.
        renamed: Files at a place of their own, by id; `prepare` finds them.
    """

    needs_index: ClassVar[bool] = True
    folder: str
    comments: str = "section"
    index_path: str = ""
    renamed: Mapping[int, str] = field(default_factory=dict)

    def prepare(self, index_path: str) -> Self:
        """Give every item of the index its path, and a comparer that knows them."""
        assign(index_path)
        found = renamed(Path(self.folder), open_index(index_path))
        return replace(self, index_path=index_path, renamed=found)

    def render(self, record: Record, place: Place) -> Rendered[Finding] | None:
        """Compare a post with its file; None for what gets no file."""
        if not isinstance(record, Post) or record.type == _MENU_ITEM:
            return None
        index = open_index(self.index_path)
        entry = index.entry_at(place.part, place.offset)
        if entry is None or entry.path is None:
            return None
        page = _Page(self, record, index, entry.path)
        finding = page.finding()
        elsewhere = self.renamed.get(record.id)
        if finding.problem == NOT_THERE and elsewhere is not None:
            finding = replace(page, path=elsewhere, asked=entry.path).finding()
        return Rendered(finding)

    def sink(self, target: str, *, force: bool) -> "FolderSum":
        """Add up what was found; the folder is only read."""
        del force
        return FolderSum(target, self)


@dataclass(frozen=True, slots=True)
class _Page:
    """A post and its file."""

    comparer: MarkdownComparer
    post: Post
    index: SiteIndex
    path: str
    asked: str | None = None
    """Where it should be, if that is another place."""

    def finding(self) -> Finding:
        """Compare them."""
        with_section = self.comparer.comments == "section"
        words = words_for(self.index.site.language) if with_section else None
        source, has_formulas = page(self.post, self._context(), words)
        scores, difference, problem = lost(source), None, None
        scores["front matter"] = Score(
            n := front_matter.count(self.post, self.index), n
        )
        try:
            text = folder.read(self._folder, self.path, source_size=_size(self.post))
            head, below, lines = front_matter.split(text)
            self._refuse_brackets(below, source)
            written = _written(below, lines, has_formulas)
            if not source.comments:
                written.comments.clear()
            scores, difference = compare(source, written)
            scores["front matter"], other = self._front_matter(head)
            difference = difference or other or self._place()
        except UnreadableError as error:
            problem = str(error)
        found = Finding(
            item=self.post.id,
            path=self.path,
            scores=scores,
            difference=difference,
            problem=problem,
        )
        return self._with_comments(found)

    @property
    def _folder(self) -> Path:
        return Path(self.comparer.folder)

    def _context(self) -> Context:
        return Context(
            post_id=self.post.id,
            footnotes=self._meta("footnotes"),
            elementor=self._meta("_elementor_data"),
            library=self._library,
        )

    @property
    def _library(self) -> PageLibrary:
        return PageLibrary(self.index, self.asked or self.path)

    def _refuse_brackets(self, text: str, source: Facts) -> None:
        """Refuse what was made to keep the parser busy: it looks for the end of each.

        Raises:
            UnreadableError: There are more than the post can have made.
        """
        wanted = _BRACKETS + sum(each.count("[") for each in _texts(self.post))
        wanted += 2 * (len(source.links) + len(source.images))
        if text.count("[") - text.count("\\[") > wanted:
            raise UnreadableError("has more brackets than its post; it is not parsed")

    def _place(self) -> Difference | None:
        return Difference(PLACE, self.asked, self.path) if self.asked else None

    def _meta(self, key: str) -> str | None:
        return next((each.value for each in self.post.meta if each.key == key), None)

    def _front_matter(
        self, head: Mapping[str, object]
    ) -> tuple[Score, Difference | None]:
        found = list(front_matter.differences(self.post, head, self.index))
        score = Score(front_matter.count(self.post, self.index), len(found))
        if not found:
            return score, None
        key, mine, theirs = found[0]
        return score, Difference(
            "front matter", f"{key}: {shortened(mine)}", f"{key}: {shortened(theirs)}"
        )

    def _with_comments(self, page: Finding) -> Finding:
        """Add what was found of the file of comments beside the page."""
        if self.comparer.comments != "data" or not self.post.comments:
            return page
        beside = discussion.finding(
            self.post,
            self._folder,
            data_path(self.path),
            self._library,
            source_size=_size(self.post),
        )
        return page + beside


def comments_in(target: str) -> str:
    """Tell where the comments of a folder are, by the files that it lists.

    Raises:
        WxrError: The list is damaged.
    """
    names = listed(Path(target))
    return "data" if any(each.endswith(DATA_EXTENSION) for each in names) else "section"


def listed(place: Path) -> set[str]:
    """Give the files that wxr wrote, by its own list of them.

    Raises:
        WxrError: The list is damaged, or leads elsewhere.
    """
    try:
        folder.opened(place, MANIFEST).close()
    except UnreadableError as error:
        if str(error) == NOT_THERE:
            return set()
        raise ReadError(f"its {MANIFEST} {error}", source=str(place)) from error
    return Manifest.read(place)


def data_path(path: str) -> str:
    """Give the path of the file of comments that belongs to a page's."""
    return f"{path.removesuffix(EXTENSION)}{DATA_EXTENSION}"


def _texts(post: Post) -> Iterator[str]:
    for text in (post.content, post.excerpt, *(said.content for said in post.comments)):
        yield text or ""


def _size(post: Post) -> int:
    return sum(map(len, _texts(post)))


def _written(text: str, lines_above: int, has_formulas: bool) -> Facts:  # noqa: FBT001
    facts = Facts()
    try:
        tokens = tokens_of(text, with_math=has_formulas)
        facts.comments = places_of_comments(tokens)
        root = tree_from(tokens, with_math=has_formulas, lines_above=lines_above)
    except RecursionError as error:
        raise UnreadableError(TOO_DEEP) from error
    if root is not None:
        gather(root, facts)
    return facts


class FolderSum(TargetSum[Finding]):
    """What was found of a folder, added up."""

    def __init__(self, target: str, comparer: MarkdownComparer) -> None:
        super().__init__()
        self._to_close.callback(close_indexes)
        self._folder = Path(target)
        self._comparer = comparer
        # A damaged manifest is an error before the work, not after it.
        self._others = {*listed(self._folder), *markdown_files(self._folder)}

    def write(self, rendered: Rendered[Finding]) -> None:
        """Take what was found of the next post."""
        finding = rendered.payload
        self.sum.add(finding)
        self._others -= {finding.path, data_path(finding.path)}

    def _finish(self) -> None:
        """Compare the file of the site, and name the files that no post asked for."""
        index = open_index(self._comparer.index_path)
        self.sum.add(site_file.finding(index, self._folder))
        self._others.discard(site_file.SITE_FILE)
        there = (path for path in self._others if os.path.lexists(self._folder / path))
        self.sum.add_extra(sorted(there))
