"""One export measured: what WordPress shows of each post against our Markdown of it."""

import json
import posixpath
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from re import compile as pattern
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import wxr
from tests.marks import folding, shown
from tests.marks.html_blocks import can_be_said, html_blocks
from tests.marks.outline import Outline, outline
from tests.real import REAL
from wxr.content.tree import Node
from wxr.verification import front_matter
from wxr.verification.difference import distance
from wxr.verification.elements import gather
from wxr.verification.facts import Facts, canonical
from wxr.verification.rendering import tree_of

INCLUDE: Final = (
    *("attachment", "draft", "future", "inherit", "password", "private", "trash"),
)
_SIZE: Final = pattern(r"-(?:[0-9]{1,5}x[0-9]{1,5}|scaled|rotated)(?=\.[A-Za-z0-9]+$)")
_NUMBERED: Final = pattern(r"\?_=[0-9]+$")
"""WordPress numbers the players of a page in the addresses of their files."""
_IDS: Final = ("p", "page_id", "attachment_id")
_MOST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Page:
    """What is compared of one side of a post, by mark."""

    words: Sequence[str]
    links: Sequence[str]
    images: Sequence[str]
    code: Sequence[str]
    emphasis: Sequence[tuple[str, str]]
    structure: Sequence[object]
    embeds: Sequence[str]


MARKS: Final = (
    *("words", "links", "images", "code", "emphasis", "structure", "embeds"),
)


@dataclass(slots=True)
class Share:
    """How many there are of something, and what became of them."""

    total: int = 0
    lost: int = 0
    added: int = 0

    @property
    def percent(self) -> float:
        """The share kept."""
        return 100 * (1 - self.lost / self.total) if self.total else 100.0


@dataclass(frozen=True, slots=True)
class Compared:
    """A post: its shares by mark, and where each mark first differs."""

    export: str
    id: int
    slug: str
    shares: Mapping[str, Share]
    differences: Mapping[str, tuple[str, str]]
    """By mark: what WordPress shows, and what we wrote, a little of each."""
    can_be_said: bool
    """Whether CommonMark and GFM can express it."""
    html_blocks: Sequence[str]
    """The blocks of HTML in its Markdown."""

    @property
    def is_identical(self) -> bool:
        """Whether the words are the same, in the same order."""
        return not (self.shares["words"].lost or self.shares["words"].added)


@dataclass(slots=True)
class Marks:
    """The sum over posts."""

    posts: list[Compared] = field(default_factory=list)

    @property
    def counted(self) -> list[Compared]:
        """Give the posts that are in the sums."""
        return [
            post for post in self.posts if (post.export, post.id) not in shown.BY_NAME
        ]

    def share(self, mark: str) -> Share:
        """Add up a mark."""
        shares = [post.shares[mark] for post in self.counted]
        return Share(
            sum(share.total for share in shares),
            sum(share.lost for share in shares),
            sum(share.added for share in shares),
        )

    def percents(self) -> dict[str, float]:
        """Give all marks in percent."""
        words = self.share("words")
        sayable = [post for post in self.counted if post.can_be_said]
        return {
            **{mark: self.share(mark).percent for mark in MARKS},
            "no words added": 100 * (1 - words.added / max(words.total, 1)),
            "identical": _share(self.counted, lambda post: post.is_identical),
            "no HTML": _share(sayable, lambda post: not post.html_blocks),
        }


def _share(posts: Sequence[Compared], is_good: Callable[[Compared], bool]) -> float:
    return 100 * sum(map(is_good, posts)) / max(len(posts), 1)


def names() -> list[str]:
    """Give the exports that have a rendering by WordPress."""
    return sorted(path.name.removesuffix(".rendered.json") for path in _renderings())


def _renderings() -> Iterator[Path]:
    return REAL.glob("wordpress-*.rendered.json")


def measure(name: str, scratch: Path) -> Marks:
    """Convert an export into an empty folder, and compare each post."""
    rendered = _json(name, "rendered")
    stored = {str(post["ID"]): post for post in _posts(name)}
    wxr.convert(
        REAL / f"{name}.xml",
        scratch,
        to="markdown",
        include=INCLUDE,
        options={"comments": "none"},
    )
    site = _Site(scratch, rendered)
    return Marks(
        [
            _compared(name, id_, post, str(stored[id_]["post_content"]), site)
            for id_, post in rendered.items()
        ]
    )


def _json(name: str, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (REAL / f"{name}.{kind}.json").read_text("utf-8")
    )
    return found


def _posts(name: str) -> list[dict[str, Any]]:
    posts = _json(name, "truth")["posts"]
    return list(posts.values()) if isinstance(posts, dict) else list(posts)


class _Site:
    """The files of all posts, by which links are told apart whatever their form."""

    def __init__(self, folder: Path, rendered: Mapping[str, Any]) -> None:
        self.texts: dict[str, str] = {}
        self.paths: dict[str, str] = {}
        for path in sorted(folder.rglob("*.md")):
            head, below, _ = front_matter.split(path.read_text("utf-8"))
            id_ = str(head["id"])
            self.texts[id_] = below
            self.paths[id_] = path.relative_to(folder).as_posix()
        self._ids = {path: id_ for id_, path in self.paths.items()}
        self._links = {
            _key(post["permalink"]): id_
            for id_, post in rendered.items()
            if id_ in self.paths
        }
        self._hosts = {urlsplit(post["permalink"]).netloc for post in rendered.values()}

    def target(self, address: str, page: str) -> str:
        """Give what a link leads to: an item of the site, or an address."""
        address, _, _ = address.partition("#")
        if not address:
            return "#"
        here = posixpath.dirname(self.paths[page])
        path = posixpath.normpath(posixpath.join(here, unquote(address)))
        id_ = self._ids.get(path) or self._by_address(address)
        return (
            f"item {id_}" if id_ else _NUMBERED.sub("", canonical(address)).rstrip("/")
        )

    def _by_address(self, address: str) -> str | None:
        parts = urlsplit(address)
        if parts.netloc in self._hosts:
            query = parse_qs(parts.query)
            ids = [query[name][0] for name in _IDS if name in query]
            if ids and ids[0] in self.paths:
                return ids[0]
        return self._links.get(_key(address))


def _key(address: str) -> str:
    return canonical(address.partition("#")[0]).rstrip("/").removeprefix("https:")


def _compared(
    name: str, id_: str, post: Mapping[str, Any], stored: str, site: _Site
) -> Compared:
    markdown = site.texts.get(id_, "")
    embeds = shown.embeds(stored)
    root, notes = shown.tree(post["content_html"])
    shape = outline(root)
    captions = Counter(shape.captions)
    theirs = _page_of(_shown(root, notes), shape, embeds, id_, site)
    written = tree_of(markdown, with_math=False)
    ours = _page_of(_written(written), outline(_body(written)), embeds, id_, site)
    shares, differences = {}, {}
    for mark in MARKS:
        mine, other = getattr(theirs, mark), getattr(ours, mark)
        if mark == "emphasis":
            other = _chosen(mine, other, captions)
        if mark == "embeds":
            mine = embeds
        if mark in ("links", "images", "embeds"):
            mine, other = _sorted(mine, other)
        found = distance(mine, other)
        shares[mark] = Share(len(mine), found.lost, found.added)
        if found.first is not None and (found.lost or mark != "embeds"):
            differences[mark] = (_few(mine, found.first), _few(other, found.first))
    return Compared(
        name,
        int(id_),
        post["slug"],
        shares,
        differences,
        can_be_said(root),
        html_blocks(markdown),
    )


def _chosen(
    mine: Sequence[tuple[str, str]],
    other: Sequence[tuple[str, str]],
    captions: Counter[str],
) -> list[tuple[str, str]]:
    """Leave out what we stress because it is a caption."""
    missing = Counter(mine)
    missing.subtract(other)
    chosen = []
    for mark, text in other:
        if missing[mark, text] < 0 and mark == "em" and captions[text] > 0:
            missing[mark, text] += 1
            captions[text] -= 1
        else:
            chosen.append((mark, text))
    return chosen


def _sorted(
    mine: Sequence[str], other: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """Put what both have first: where in a paragraph an address stands says little."""
    common = Counter(mine) & Counter(other)
    shared = list(common.elements())
    return (
        shared + list((Counter(mine) - common).elements()),
        shared + list((Counter(other) - common).elements()),
    )


def _few(found: Sequence[object], first: int) -> str:
    some = found[max(first - 4, 0) : first + _MOST_SHOWN]
    return " ".join(
        " ".join(map(str, each)) if isinstance(each, tuple) else str(each)
        for each in some
    )


def _shown(root: Node | None, notes: Node | None) -> Facts:
    """Give what is shown; footnotes come last, as in Markdown."""
    facts = Facts(is_source=True)
    for part in (root, notes):
        if part is not None:
            gather(part, facts)
            facts.apart()
    return facts


def _written(root: Node | None) -> Facts:
    facts = Facts()
    if root is not None:
        gather(root, facts)
    return facts


def _body(root: Node | None) -> Node | None:
    """Leave the footnotes out of the shape: they are no list of the text."""
    for node in root.css("section.footnotes, hr.footnotes-sep") if root else ():
        node.decompose()
    return root


def _page_of(
    facts: Facts, shape: Outline, embeds: Sequence[str], id_: str, site: _Site
) -> Page:
    addresses = {canonical(address) for address in embeds}
    return Page(
        words=folding.words(word for word in facts.words if word not in addresses),
        links=[
            site.target(link.address, id_)
            for link in facts.links
            if link.address not in addresses and link.address != "a footnote"
        ],
        images=[_original(image.address) for image in facts.images],
        code=facts.code,
        emphasis=shape.stressed,
        structure=shape.parts,
        embeds=_embedded(facts, addresses),
    )


def _embedded(facts: Facts, addresses: set[str]) -> list[str]:
    linked = [link.address for link in facts.links]
    shown_ = [canonical(word) for word in facts.words]
    return [each for each in dict.fromkeys((*linked, *shown_)) if each in addresses]


def _original(address: str) -> str:
    """Give the file that an image is a smaller copy of: ours is the original's."""
    return _SIZE.sub("", address.partition("?")[0])
