"""A file of comments beside a page, against the comments of its post."""

import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from wxr.content.context import Library
from wxr.exporters.markdown.comments import web_address
from wxr.exporters.markdown.front_matter import public_name, timestamp
from wxr.model import Comment, Post
from wxr.threads import thread
from wxr.verification import folder
from wxr.verification.comparing import compare, lost, shortened
from wxr.verification.elements import gather
from wxr.verification.expected import comment
from wxr.verification.facts import Facts
from wxr.verification.folder import UnreadableError
from wxr.verification.rendering import TOO_DEEP, tree_of
from wxr.verification.scores import Difference, Finding, Score, added_up


def finding(
    post: Post, place: Path, path: str, library: Library, *, source_size: int
) -> Finding:
    """Compare the comments of a post with their file."""
    problem: str | None = None
    there: list[Mapping[str, Any]] = []
    try:
        there = _comments(folder.read(place, path, source_size=source_size))
    except UnreadableError as error:
        problem = str(error)
    threads = thread(post.comments)
    expected = [post.comments[at.index] for at in threads.comments + threads.pings]
    found = Finding(item=post.id, path=path, problem=problem)
    for mine, theirs in zip_longest(expected, there):
        try:
            found += _one(library, found, mine, theirs)
        except UnreadableError as error:
            found += Finding(item=post.id, path=path, problem=str(error))
    return found


def _comments(text: str) -> list[Mapping[str, Any]]:
    try:
        document = json.loads(text)
        comments = [*document["comments"], *document["pings"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError("is no file of comments") from error
    if not all(isinstance(each, dict) for each in comments):
        raise UnreadableError("is no file of comments")
    return comments


def _one(
    library: Library,
    page: Finding,
    mine: Comment | None,
    theirs: Mapping[str, Any] | None,
) -> Finding:
    item, path = page.item, page.path
    if mine is None:
        return Finding(item=item, path=path, scores={"comments": Score(0, 0, 1)})
    source = comment(mine.content or "", library)
    if theirs is None:
        return Finding(
            item=item, path=path, scores={**lost(source), "comments": Score(1, 1)}
        )
    scores, difference = compare(source, _written(theirs.get("content")))
    fields = list(_differences(mine, theirs))
    scores = added_up(scores, {"comments": Score(1, 1 if fields else 0)})
    return Finding(
        item=item,
        path=path,
        scores=scores,
        difference=difference or next(iter(fields), None),
    )


def _written(markdown: object) -> Facts:
    facts = Facts()
    try:
        root = tree_of(markdown if isinstance(markdown, str) else "", with_math=False)
    except RecursionError as error:
        raise UnreadableError(TOO_DEEP) from error
    if root is not None:
        gather(root, facts)
    return facts


def _differences(mine: Comment, theirs: Mapping[str, Any]) -> Iterator[Difference]:
    expected = {
        "id": mine.id,
        "type": mine.type,
        "author": public_name(mine.author_name),
        "url": web_address(mine.author_url),
        "date": timestamp(mine.date, None),
        "date_gmt": timestamp(None, mine.date_gmt),
    }
    for name, value in expected.items():
        there = theirs.get(name)
        if there != value:
            yield Difference(
                "comments",
                f"comment {mine.id}, {name}: {shortened(str(value))}",
                f"{name}: {shortened(str(there))}",
            )
