"""Filters that nothing in an export fits: most often a slip.

A slip in `--type` leaves everything out, one in `--include` opens nothing; the sums of
such a run come out all the same, so it has to be said.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from wxr.diagnostics import Code, Diagnostic
from wxr.ledger import NO_TYPE, Ledger
from wxr.model import Comment, Post, Record
from wxr.transforms import NOT_FILES, PRIVATE_COMMENTS, Rules

Name: TypeAlias = tuple[str, str]
"""A filter, and a name that it was given."""

_NONE: Final[frozenset[Name]] = frozenset()
_MOST_SHOWN: Final = 10
_MESSAGES: Final = {
    "type": "no item has the type '{}' (there are {types})",
    "status": "no item has the status '{}'",
    "author": "no item is by '{}'",
    "term": "no item has the term '{}'",
    "include": "there is no '{}' that could be included",
}
_KNOWN: Final = (
    NOT_FILES
    | PRIVATE_COMMENTS
    | {
        *("auto-draft", "draft", "future", "inherit", "pending", "private", "trash"),
        *("attachment", "hold", "page", "password", "post", "spam"),
    }
)
"""Names to include that WordPress knows: an export without them is no slip."""


def names_of(rules: Rules) -> frozenset[Name]:
    """Give the names that filters were given, but those that are no slip."""
    given = {
        "type": rules.types,
        "status": rules.statuses,
        "author": rules.authors,
        "term": rules.terms,
        "include": {n for n in rules.include if n.rpartition(":")[2] not in _KNOWN},
    }
    return frozenset((filter_, name) for filter_ in given for name in given[filter_])


def names_met(names: frozenset[Name], record: Record) -> frozenset[Name]:
    """Give those of the names that an item has, be it kept or not."""
    if not names or not isinstance(record, Post):
        return _NONE
    return names.intersection(_all_of(record))


def _all_of(post: Post) -> Iterator[Name]:
    kind, status = post.type or NO_TYPE, post.status or NO_TYPE
    yield from (("type", kind), ("status", status), ("author", post.author or ""))
    for ref in post.terms:
        yield "term", ref.slug or ""
        yield "term", f"{ref.taxonomy}:{ref.slug}"
    for name in (kind, f"type:{kind}", status, f"status:{status}"):
        yield "include", name
    for comment in post.comments:
        for name in _names_of_comment(comment):
            yield "include", name


def _names_of_comment(comment: Comment) -> tuple[str, ...]:
    kind, status = comment.type, comment.status or NO_TYPE
    return kind, f"comment-type:{kind}", status, f"comment-status:{status}"


def unmet(rules: Rules, ledger: Ledger) -> Iterator[Diagnostic]:
    """Say which names nothing has, or else that no item is left.

    Args:
        rules: What was asked for.
        ledger: What came of it. In an export without items, nothing is a slip.
    """
    types = sorted(ledger.read.items)
    shown = ", ".join([*types[:_MOST_SHOWN], *["…"] * (len(types) > _MOST_SHOWN)])
    said = [
        _MESSAGES[filter_].format(name, types=shown)
        for filter_, name in sorted(names_of(rules) - ledger.named)
    ]
    if not said and rules.has_filters and not ledger.written.items:
        said = ["no item is left"]
    if said and types:
        yield Diagnostic(code=Code.FILTER_UNMET, message="; ".join(said))
