"""A post's comments as a section below it, or as data beside it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from re import ASCII, DOTALL, IGNORECASE, compile as pattern
from typing import Any, Final

from wxr.content.context import Library
from wxr.diagnostics import Diagnostic
from wxr.exporters.markdown.front_matter import one_line, public_name, timestamp
from wxr.exporters.markdown.words import Words
from wxr.markdown import Converted, comment as comment_body, inline, link
from wxr.model import Comment, Post
from wxr.threads import PINGS, Placed, Threads, problems, thread

DEEPEST: Final = 40
"""Levels of nesting; deeper replies stand at the last one and say whom they answer.

Each level moves the text to the right, and parsers of Markdown have a limit too.
"""

# Not the mark of a body's own lists: a list that ends a comment would take the replies
# to it for its items.
_BULLET: Final = "+ "
_WEB: Final = pattern(r"https?://.", ASCII | DOTALL | IGNORECASE)


@dataclass(frozen=True, slots=True)
class Discussion:
    """What is said about a post, arranged and in Markdown."""

    post: Post
    threads: Threads
    bodies: tuple[Converted, ...]
    """Of each comment, by its position."""

    @classmethod
    def of(
        cls, post: Post, library: Library | None = None, *, with_pings: bool
    ) -> "Discussion":
        """Arrange the comments of a post, and convert what they say.

        Args:
            post: The post.
            library: The rest of the site, which comments may link to.
            with_pings: Whether what pings quote is converted too.
        """
        bodies = (
            comment_body(each.content or "", library)
            if with_pings or each.type not in PINGS
            else Converted("")
            for each in post.comments
        )
        return cls(post, thread(post.comments), tuple(bodies))

    @property
    def placed(self) -> tuple[Placed, ...]:
        """All comments in reading order, pings after people."""
        return self.threads.comments + self.threads.pings

    @property
    def is_closed(self) -> bool:
        """Whether a page says that there can be no more."""
        return self.post.comment_status == "closed"

    def problems(self) -> list[Diagnostic]:
        """Report orphans and circles."""
        return problems(self.post.comments, self.placed, item=self.post.id)


def section(discussion: Discussion, words: Words) -> str:
    """Give the Markdown of the section; empty where there are no comments."""
    placed = discussion.placed
    if not placed:
        return ""
    title = inline(one_line(discussion.post.title))
    blocks = [f"## {words.heading(len(placed), title)}"]
    blocks += _items(discussion, words)
    if discussion.is_closed:
        blocks.append(words.closed)
    return "\n\n".join(blocks) + "\n"


def data(discussion: Discussion) -> bytes:
    """Give the comments as JSON, in reading order, their text as Markdown."""
    document = {
        "post": discussion.post.id,
        "count": len(discussion.placed),
        "closed": discussion.is_closed,
        "comments": [_object(discussion, each) for each in discussion.threads.comments],
        "pings": [_object(discussion, each) for each in discussion.threads.pings],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def web_address(url: str | None) -> str | None:
    """Give an address that a page may link to: of the web, and not just its scheme."""
    if not url:
        return None
    # WordPress stores `&` as `&amp;` here.
    address = (unescape(url) if "&" in url else url).strip()
    return address if _WEB.match(address) else None


def _items(discussion: Discussion, words: Words) -> Iterator[str]:
    """Yield each comment as an item of the list, indented for where it stands."""
    number = 0
    for place in discussion.placed:
        if place.depth == 0:
            number += 1
        marker, indent = _margins(number, min(place.depth, DEEPEST))
        comment = discussion.post.comments[place.index]
        if comment.type in PINGS:
            yield f"{marker}{_ping(comment, words)}"
        else:
            text = "\n\n".join(_blocks(discussion, place, words))
            yield f"{marker}{_indented(text, indent)}"


def _ping(comment: Comment, words: Words) -> str:
    """Name the page that links here; WordPress shows no more of it either."""
    label = words.trackback if comment.type == "trackback" else words.pingback
    return f"{label} {_linked(comment, words)}"


def _blocks(discussion: Discussion, place: Placed, words: Words) -> Iterator[str]:
    """Yield who wrote it and when, whom it answers where that is not seen, its text."""
    comments = discussion.post.comments
    comment = comments[place.index]
    yield f"**{_linked(comment, words)}**{_when(comment, words)}"
    if place.depth > DEEPEST and place.parent is not None:
        name = inline(_name(comments[place.parent], words))
        yield words.answers.format(name=name)
    if body := discussion.bodies[place.index].markdown.strip("\n"):
        yield body


def _name(comment: Comment, words: Words) -> str:
    return public_name(comment.author_name) or words.anonymous


def _linked(comment: Comment, words: Words) -> str:
    address = web_address(comment.author_url)
    name = public_name(comment.author_name)
    if not name:
        # A page without a title is named by its address.
        is_page = comment.type in PINGS and address is not None
        name = str(address) if is_page else words.anonymous
    return link(name, address) if address is not None else inline(name)


def _when(comment: Comment, words: Words) -> str:
    if comment.date is not None:
        return f", {words.moment(comment.date)}"
    if comment.date_gmt is not None:
        return f", {words.moment(comment.date_gmt)} UTC"
    return ""


def _object(discussion: Discussion, place: Placed) -> dict[str, Any]:
    comments = discussion.post.comments
    comment = comments[place.index]
    return {
        "id": comment.id,
        "type": comment.type,
        "parent": None if place.parent is None else comments[place.parent].id,
        "depth": place.depth,
        "author": public_name(comment.author_name),
        "url": web_address(comment.author_url),
        "date": timestamp(comment.date, None),
        "date_gmt": timestamp(None, comment.date_gmt),
        "content": discussion.bodies[place.index].markdown.strip("\n"),
    }


@lru_cache(maxsize=256)
def _margins(number: int, level: int) -> tuple[str, str]:
    """Give what the first line of an item begins with, and what the others do.

    What belongs to an item begins where its text does, so a reply stands under the
    text of what it answers.
    """
    top = f"{number}. "
    if level == 0:
        return top, " " * len(top)
    outer = " " * (len(top) + len(_BULLET) * (level - 1))
    return f"{outer}{_BULLET}", f"{outer}{' ' * len(_BULLET)}"


def _indented(text: str, indent: str) -> str:
    """Indent all lines but the first, and none that is empty."""
    if "\n" not in text:
        return text
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{indent}{line}" if line else "" for line in others)])
