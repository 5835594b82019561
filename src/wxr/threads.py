"""Flat comments to trees: the one place that knows who answers whom, and in what order.

WordPress stores a comment's parent beside it and exports comments in no promised
order. Its themes show a thread by parent, then by date, then by id, and hide replies
whose parent is not shown; here those stand at the top level and are reported, so that
none is lost. Everything works by position in the list, since real exports repeat ids,
and without recursion, since a thread may be 100,000 replies deep.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias

from wxr.diagnostics import Code, Diagnostic
from wxr.model import Comment

PINGS: Final = frozenset({"pingback", "trackback"})
"""The comment types that a site left, not a person."""
PATH_LEVELS: Final = 50
"""Levels that a path spells out. Past them it would grow with the square of a chain."""

# WordPress sorts its zero date before any other.
_NO_DATE: Final = datetime.min.replace(tzinfo=UTC)

_Parents: TypeAlias = list[int | None]
_Broken: TypeAlias = dict[int, Code]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one comment stands in its thread."""

    index: int
    """Position in the list that was given."""
    depth: int
    """0 at the top level."""
    parent: int | None
    """Position of the comment it stands under; None at the top level."""
    root: int
    """Position of the top-level comment it hangs from; its own at the top level."""
    path: str
    """Sorts as text into reading order: `03/01` is the first reply to the third.

    A reply's path begins with that of its parent. Below `PATH_LEVELS` only the order
    holds: the last part is then the place in the whole list.
    """
    broken: Code | None = None
    """Why it stands at the top level although it names a parent."""


@dataclass(frozen=True, slots=True)
class Threads:
    """The comments of one post as a page shows them: people first, then pings."""

    comments: tuple[Placed, ...]
    """In reading order, replies after what they answer."""
    pings: tuple[Placed, ...]
    """Each ping at depth 0, followed by whatever answers it."""


def arrange(comments: Sequence[Comment]) -> list[Placed]:
    """Give each comment its place, in reading order; pings are nodes like any other.

    Siblings come by date (GMT, else local), then id, then position. The first comment
    of an id takes the replies to it. An orphan stands at the top level, and so does
    the lowest id of a circle.
    """
    return _arrange(comments, _parents(comments))


def thread(comments: Sequence[Comment]) -> Threads:
    """Give the threads of people, and apart from them the pings with what answers them.

    A ping stands at depth 0 whatever parent it names.
    """
    parents, broken = _parents(comments)
    for index, comment in enumerate(comments):
        if comment.type in PINGS:
            parents[index] = None
            broken.pop(index, None)
    placed = _arrange(comments, (parents, broken))
    is_ping = [comment.type in PINGS for comment in comments]
    return Threads(
        comments=tuple(place for place in placed if not is_ping[place.root]),
        pings=tuple(place for place in placed if is_ping[place.root]),
    )


def problems(
    comments: Sequence[Comment], placed: Iterable[Placed], *, item: int | None = None
) -> list[Diagnostic]:
    """Report the orphans and circles among comments that were placed.

    Args:
        comments: What was placed.
        placed: Their places.
        item: Id of the post they belong to.
    """
    return [
        Diagnostic(code=place.broken, message=_message(comment, place), item=item)
        for place in placed
        if place.broken is not None
        for comment in (comments[place.index],)
    ]


def _message(comment: Comment, place: Placed) -> str:
    if place.broken is Code.COMMENT_CYCLE:
        return f"comment {comment.id} is part of a circle of replies"
    return f"comment {comment.id} answers {comment.parent}, which is not there"


def _parents(comments: Sequence[Comment]) -> tuple[_Parents, _Broken]:
    """Resolve parents to positions; orphans and circles are cut off and named."""
    first: dict[int, int] = {}
    for index, comment in enumerate(comments):
        first.setdefault(comment.id, index)
    parents = [_position(comment.parent, first) for comment in comments]
    if not any(comment.parent for comment in comments):
        return parents, {}  # as most are
    broken = {
        index: Code.COMMENT_ORPHAN
        for index, comment in enumerate(comments)
        if comment.parent and parents[index] is None
    }
    for cycle in _cycles(parents):
        opened = min(cycle, key=lambda index: (comments[index].id, index))
        parents[opened] = None
        broken[opened] = Code.COMMENT_CYCLE
    return parents, broken


def _position(parent: int | None, first: dict[int, int]) -> int | None:
    # 0 is how WordPress says none; the reader of WXR gives None, other callers may not.
    return first.get(parent) if parent else None


def _cycles(parents: _Parents) -> Iterator[list[int]]:
    """Yield each circle of positions once; the parents may be changed meanwhile."""
    seen = [0] * len(parents)
    for start in range(len(parents)):
        walk: list[int] = []
        node: int | None = start
        while node is not None and not seen[node]:
            seen[node] = start + 1
            walk.append(node)
            node = parents[node]
        if node is not None and walk and seen[node] == start + 1:
            yield walk[walk.index(node) :]


def _arrange(
    comments: Sequence[Comment], resolved: tuple[_Parents, _Broken]
) -> list[Placed]:
    """Walk the trees from the top, with a stack of our own."""
    parents, broken = resolved
    roots, replies = _children(parents, _order_of(comments))
    label = _labels(len(comments))
    placed: list[Placed] = []
    stack = [
        Placed(index, 0, None, index, label(number), broken.get(index))
        for number, index in enumerate(roots, start=1)
    ][::-1]
    while stack:
        above = stack.pop()
        placed.append(above)
        stack.extend(reversed(_replies(above, replies, label)))
    return _with_short_paths(placed, label)


def _order_of(comments: Sequence[Comment]) -> list[int]:
    def key(index: int) -> tuple[datetime, int, int]:
        comment = comments[index]
        stamp = comment.date_gmt or comment.date or _NO_DATE
        return stamp.replace(tzinfo=UTC), comment.id, index

    return sorted(range(len(comments)), key=key)


def _children(
    parents: _Parents, order: Iterable[int]
) -> tuple[list[int], dict[int, list[int]]]:
    roots: list[int] = []
    replies: dict[int, list[int]] = {}
    for index in order:
        parent = parents[index]
        siblings = roots if parent is None else replies.setdefault(parent, [])
        siblings.append(index)
    return roots, replies


def _replies(
    above: Placed, replies: dict[int, list[int]], label: Callable[[int], str]
) -> list[Placed]:
    depth = above.depth + 1
    spelled = depth < PATH_LEVELS
    return [
        Placed(
            index,
            depth,
            above.index,
            above.root,
            f"{above.path}/{label(number)}" if spelled else above.path,
        )
        for number, index in enumerate(replies.get(above.index, ()), start=1)
    ]


def _labels(count: int) -> Callable[[int], str]:
    """Give a function that pads a number, so that text sorts as numbers do."""
    width = len(str(count))
    return lambda number: str(number).zfill(width)


def _with_short_paths(
    placed: list[Placed], label: Callable[[int], str]
) -> list[Placed]:
    return [
        place
        if place.depth < PATH_LEVELS
        else Placed(
            place.index,
            place.depth,
            place.parent,
            place.root,
            f"{place.path}/{label(number)}",
            place.broken,
        )
        for number, place in enumerate(placed, start=1)
    ]
