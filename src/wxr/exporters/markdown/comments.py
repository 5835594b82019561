"""A post's comments as a section below it, or as data beside it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from wxr.exporters.markdown.front_matter import one_line, public_name, timestamp
from wxr.exporters.markdown.words import Words
from wxr.markdown import comment as comment_body, escape
from wxr.model import Comment, Post
from wxr.threads import PINGS, Placed, Threads

DEEPEST: Final = 40
"""Levels of nesting; deeper replies stand at the last one and say whom they answer.

Each level moves the text to the right, and parsers of Markdown have a limit too.
"""

# Not the mark of a body's own lists: a list that ends a comment would take the replies
# to it for its items.
_BULLET: Final = "+ "
_WEB: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Discussion:
    """What is said about a post, arranged."""

    post: Post
    threads: Threads

    @property
    def placed(self) -> tuple[Placed, ...]:
        """All comments in reading order, pings after people."""
        return self.threads.comments + self.threads.pings

    @property
    def is_closed(self) -> bool:
        """Whether a page says that there can be no more."""
        return self.post.comment_status == "closed"


def section(discussion: Discussion, words: Words) -> str:
    """Give the Markdown of the section; empty where there are no comments."""
    placed = discussion.placed
    if not placed:
        return ""
    title = escape.text(one_line(discussion.post.title))
    blocks = [f"## {words.heading(len(placed), title)}"]
    blocks += _items(discussion.post.comments, placed, words)
    if discussion.is_closed:
        blocks.append(words.closed)
    return "\n\n".join(blocks) + "\n"


def data(discussion: Discussion) -> bytes:
    """Give the comments as JSON, in reading order, their text as Markdown."""
    comments = discussion.post.comments
    document = {
        "post": discussion.post.id,
        "count": len(discussion.placed),
        "closed": discussion.is_closed,
        "comments": [_object(comments, place) for place in discussion.threads.comments],
        "pings": [_object(comments, place) for place in discussion.threads.pings],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def web_address(url: str | None) -> str | None:
    """Give an address that a page may link to: of the web, and not just its scheme."""
    # WordPress stores `&` as `&amp;` here.
    address = unescape(url or "").strip()
    scheme = next((each for each in _WEB if address.lower().startswith(each)), None)
    return address if scheme is not None and len(address) > len(scheme) else None


def _items(
    comments: Sequence[Comment], placed: Iterable[Placed], words: Words
) -> Iterator[str]:
    """Yield each comment as an item of the list, indented for where it stands."""
    number = 0
    for place in placed:
        if place.depth == 0:
            number += 1
        comment = comments[place.index]
        if comment.type in PINGS:
            text = _ping(comment, words)
        else:
            text = "\n\n".join(_blocks(comment, _answered(comments, place), words))
        marker, indent = _margins(number, min(place.depth, DEEPEST))
        yield marker + _indented(text, indent)


def _ping(comment: Comment, words: Words) -> str:
    """Name the page that links here; WordPress shows no more of it either."""
    label = words.trackback if comment.type == "trackback" else words.pingback
    return f"{label} {_linked(comment, words)}"


def _blocks(comment: Comment, answered: Comment | None, words: Words) -> Iterator[str]:
    """Yield who wrote it and when, whom it answers where that is not seen, its text."""
    yield f"**{_linked(comment, words)}**{_when(comment, words)}"
    if answered is not None:
        name = escape.text(_name(answered, words))
        yield words.answers.format(name=name)
    if body := comment_body(comment.content or "").markdown.strip("\n"):
        yield body


def _answered(comments: Sequence[Comment], place: Placed) -> Comment | None:
    """Give the comment that this one answers, where nesting cannot say so."""
    if place.depth <= DEEPEST or place.parent is None:
        return None
    return comments[place.parent]


def _name(comment: Comment, words: Words) -> str:
    return public_name(comment.author_name) or words.anonymous


def _linked(comment: Comment, words: Words) -> str:
    address = web_address(comment.author_url)
    if address is None:
        return escape.text(_name(comment, words))
    # A page without a title is named by its address.
    is_ping = comment.type in PINGS
    name = public_name(comment.author_name) or (address if is_ping else words.anonymous)
    return f"[{escape.text(name, in_link=True)}]({escape.destination(address)})"


def _when(comment: Comment, words: Words) -> str:
    if comment.date is not None:
        return f", {words.moment(comment.date)}"
    if comment.date_gmt is not None:
        return f", {words.moment(comment.date_gmt)} UTC"
    return ""


def _object(comments: Sequence[Comment], place: Placed) -> dict[str, Any]:
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
        "content": comment_body(comment.content or "").markdown.strip("\n"),
    }


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
