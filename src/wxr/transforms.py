"""What is kept of a record: the filters a user names, and the rules of privacy.

A rule that leaves something out has a name, and the name is in the report. A rule is
never a filter in disguise elsewhere: whatever reaches an exporter is written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from wxr.ledger import NO_TYPE, Tally, count_meta
from wxr.model import Comment, Post, Record

NOT_FILES: Final = frozenset(
    {
        "attachment",
        "custom_css",
        "customize_changeset",
        "feedback",
        "nav_menu_item",
        "oembed_cache",
        "revision",
        "scheduled-action",
        "user_request",
        "wp_block",
        "wp_font_face",
        "wp_font_family",
        "wp_global_styles",
        "wp_navigation",
        "wp_template",
        "wp_template_part",
    }
)
"""Post types that are a site's machinery, media or private records, not its texts."""

NOT_FILES_BEGIN: Final = ("acf-", "shop_order")
"""The same for families of types: field groups, and orders with their customers."""

PRIVATE_COMMENTS: Final = frozenset(
    {"action_log", "edd_payment_note", "note", "order_note", "webhook_delivery"}
)
"""Comment types that plugins and the editor keep for themselves."""
INHERITED: Final = "inherit"
"""The status of attachments and revisions, which have that of their post. To ask for
their type is enough, unless that post is withheld."""


@dataclass(slots=True)
class Kept:
    """What is left of a record, and what was left out, by rule."""

    record: Record | None
    withheld: dict[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Which records are kept. Instances hold options only, so they pickle."""

    public: bool = False
    """Whether only what the blog shows to anyone is kept."""
    comments: bool = True
    """Whether comments are kept at all."""
    include: frozenset[str] = frozenset()
    """Names that are kept though they are not public: `draft`, `password`, …"""
    types: frozenset[str] = frozenset()
    """Where given, items of other types are left out; so for those that follow."""
    statuses: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    """Slugs, or `taxonomy:slug`."""
    since: date | None = None
    """First day that is kept."""
    until: date | None = None
    """Last day that is kept."""
    status_of: Callable[[int], str | None] | None = None
    """Tells the status of an item by its id, once all were met; it must pickle."""

    @property
    def has_filters(self) -> bool:
        """Whether more than privacy can leave an item out."""
        return bool(self.types or self.statuses or self.authors or self.since) or bool(
            self.terms or self.until
        )

    @property
    def fit_an_outline(self) -> bool:
        """Whether the outline of an item tells which rule is against it."""
        return not (self.terms or self.since or self.until)

    def __call__(self, record: Record) -> Kept:
        """Apply the rules to one record; those that are no items pass.

        What is written for readers holds no custom field but by a rule that names it,
        so all count as withheld by `meta`; they stay in the record for those rules.
        """
        kept = self._kept(record)
        if not self.public or kept.record is None:
            return kept
        if meta := count_meta(kept.record):
            kept.withheld = {**kept.withheld, "meta": Tally(meta=meta)}
        return kept

    def _kept(self, record: Record) -> Kept:
        if not isinstance(record, Post):
            return Kept(record)
        if (rule := self.rule_against(record)) is not None:
            return Kept(None, {rule: Tally.of(record)})
        if not record.comments or (self.comments and not self.public):
            return Kept(record)
        if not self.comments:
            left_out = {"filter:comments": Tally.of_comments(record.comments)}
            return Kept(replace(record, comments=()), left_out)
        return self._without_private_comments(record)

    def rule_against(self, post: Post) -> str | None:
        """Name the first rule that leaves an item out; None where it is kept."""
        if self.has_filters:
            for name, leaves_out in _FILTERS.items():
                if leaves_out(self, post):
                    return f"filter:{name}"
        return self.privacy_rule_against(post) if self.public else None

    def privacy_rule_against(self, post: Post) -> str | None:
        """Name the first rule by which an item is not public."""
        status, kind = post.status or NO_TYPE, post.type or NO_TYPE
        if status != "publish" and not self._opens(status, kind):
            return f"status:{status}"
        if status == INHERITED and post.parent is not None and self.status_of:
            inherited = self.status_of(post.parent)
            if self.is_withheld(inherited):
                return f"status:{inherited}"
        if post.password and not self._includes("password"):
            return "password"
        is_file = kind not in NOT_FILES and not kind.startswith(NOT_FILES_BEGIN)
        if not is_file and not self._includes(kind, f"type:{kind}"):
            return f"type:{kind}"
        return None

    def is_withheld(self, inherited: str | None) -> bool:
        """Say whether an item is not public because of the status of its post."""
        if inherited in {None, "publish", INHERITED}:
            return False
        return not self._includes(str(inherited), f"status:{inherited}")

    def _opens(self, status: str, kind: str) -> bool:
        """Say whether items of a status are kept; see `INHERITED`."""
        if self._includes(status, f"status:{status}"):
            return True
        return status == INHERITED and self._includes(kind, f"type:{kind}")

    def _includes(self, *names: str) -> bool:
        return any(name in self.include for name in names)

    def _without_private_comments(self, post: Post) -> Kept:
        kept: list[Comment] = []
        withheld: dict[str, list[Comment]] = {}
        for comment in post.comments:
            rule = self._rule_against_comment(comment)
            if rule is None:
                kept.append(comment)
            else:
                withheld.setdefault(rule, []).append(comment)
        if not withheld:
            return Kept(post)
        tallies = {rule: Tally.of_comments(left) for rule, left in withheld.items()}
        return Kept(replace(post, comments=tuple(kept)), tallies)

    def _rule_against_comment(self, comment: Comment) -> str | None:
        status, kind = comment.status or NO_TYPE, comment.type
        if status != "approved":
            rule = f"comment-status:{status}"
            if not self._includes(status, rule):
                return rule
        if kind in PRIVATE_COMMENTS:
            rule = f"comment-type:{kind}"
            if not self._includes(kind, rule):
                return rule
        return None


def _is_before(rules: Rules, post: Post) -> bool:
    return rules.since is not None and _day(post, date.min) < rules.since


def _is_after(rules: Rules, post: Post) -> bool:
    return rules.until is not None and _day(post, date.max) > rules.until


def _day(post: Post, otherwise: date) -> date:
    """The day on the site's own calendar; an item without one is in no range."""
    stamp = post.date or post.published
    return stamp.date() if stamp else otherwise


def _has_none_of_the_terms(rules: Rules, post: Post) -> bool:
    return not any(
        ref.slug in rules.terms or f"{ref.taxonomy}:{ref.slug}" in rules.terms
        for ref in post.terms
    )


_FILTERS: Final[Mapping[str, Callable[[Rules, Post], bool]]] = {
    "type": lambda r, post: bool(r.types) and (post.type or NO_TYPE) not in r.types,
    "status": lambda r, post: (
        bool(r.statuses) and (post.status or NO_TYPE) not in r.statuses
    ),
    "author": lambda r, post: bool(r.authors) and post.author not in r.authors,
    "term": lambda r, post: bool(r.terms) and _has_none_of_the_terms(r, post),
    "since": _is_before,
    "until": _is_after,
}
"""The filters, in the order in which they are asked."""
