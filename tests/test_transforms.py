from datetime import date, datetime

import pytest

from wxr.model import Author, Comment, Meta, Post, Term, TermRef
from wxr.transforms import Rules

PUBLIC = Rules(public=True)


def post(**fields: object) -> Post:
    given = {"id": 1, "type": "post", "status": "publish", **fields}
    return Post(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({}, None),
        ({"type": "page"}, None),
        ({"type": "recipe"}, None),
        ({"type": None}, None),
        ({"password": ""}, None),
        ({"status": "draft"}, "status:draft"),
        ({"status": "private", "password": "x"}, "status:private"),
        ({"status": None}, "status:none"),
        ({"password": "x", "type": "attachment"}, "password"),
        ({"type": "attachment"}, "type:attachment"),
        ({"type": "attachment", "status": "inherit"}, "status:inherit"),
        ({"type": "shop_order_refund"}, "type:shop_order_refund"),
        ({"type": "acf-field"}, "type:acf-field"),
        ({"type": "acfish"}, None),
        ({"type": "wp_block"}, "type:wp_block"),
    ],
)
def test_the_first_rule_that_applies_withholds(
    fields: dict[str, object], rule: str | None
) -> None:
    kept = PUBLIC(post(**fields))

    assert list(kept.withheld) == ([rule] if rule else [])
    assert (kept.record is None) == (rule is not None)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("draft", {"status": "draft"}),
        ("status:draft", {"status": "draft"}),
        ("password", {"password": "x"}),
        ("wp_block", {"type": "wp_block"}),
        ("attachment", {"type": "attachment"}),
        ("attachment", {"type": "attachment", "status": "inherit"}),
        ("type:attachment", {"type": "attachment", "status": "inherit"}),
    ],
)
def test_include_opens_a_rule_by_its_name(name: str, fields: dict[str, object]) -> None:
    rules = Rules(public=True, include=frozenset({name}))

    assert rules(post(**fields)).record is not None


@pytest.mark.parametrize(
    ("parent", "include", "rule"),
    [
        (1, {"attachment"}, None),
        (2, {"attachment"}, "status:draft"),
        (2, {"attachment", "draft"}, None),
        (2, {"attachment", "status:draft"}, None),
        (2, {"attachment", "inherit"}, "status:draft"),
        (3, {"attachment"}, None),
        (None, {"attachment"}, None),
        (2, set(), "status:inherit"),
    ],
)
def test_an_attachment_has_the_status_of_its_post(
    parent: int | None, include: set[str], rule: str | None
) -> None:
    statuses = {1: "publish", 2: "draft"}
    rules = Rules(public=True, include=frozenset(include), status_of=statuses.get)

    kept = rules(post(type="attachment", status="inherit", parent=parent))

    assert list(kept.withheld) == ([rule] if rule else [])


def test_include_of_one_thing_opens_no_other() -> None:
    rules = Rules(public=True, include=frozenset({"draft"}))

    assert list(rules(post(status="draft", password="x")).withheld) == ["password"]


def test_an_item_is_withheld_with_its_comments() -> None:
    comments = (Comment(id=1, status="approved"), Comment(id=2, type="pingback"))

    kept = PUBLIC(post(status="draft", comments=comments))

    assert kept.withheld["status:draft"].as_dict() == {
        "items": {"post": 1},
        "comments": {"comment": 1, "pingback": 1},
        "authors": 0,
        "terms": 0,
        "meta": {},
    }


def test_only_approved_comments_of_public_types_are_kept() -> None:
    comments = (
        Comment(id=1, status="approved"),
        Comment(id=2, status="hold"),
        Comment(id=3, status="spam", type="pingback"),
        Comment(id=4, status="approved", type="order_note"),
        Comment(id=5, status=None),
    )

    kept = PUBLIC(post(comments=comments))

    assert isinstance(kept.record, Post)
    assert [comment.id for comment in kept.record.comments] == [1]
    assert {rule: sum(t.comments.values()) for rule, t in kept.withheld.items()} == {
        "comment-status:hold": 1,
        "comment-status:spam": 1,
        "comment-type:order_note": 1,
        "comment-status:none": 1,
    }


def test_comments_that_are_not_wanted_are_counted() -> None:
    kept = Rules(comments=False)(post(comments=(Comment(id=1), Comment(id=2))))

    assert isinstance(kept.record, Post)
    assert kept.record.comments == ()
    assert kept.withheld["filter:comments"].comments == {"comment": 2}


def test_an_archive_keeps_everything() -> None:
    everything = post(
        status="trash", password="x", comments=(Comment(id=1, status="spam"),)
    )

    assert Rules()(everything).record is everything


@pytest.mark.parametrize(
    ("rules", "rule"),
    [
        (Rules(types=frozenset({"page"})), "filter:type"),
        (Rules(statuses=frozenset({"draft"})), "filter:status"),
        (Rules(authors=frozenset({"zoe"})), "filter:author"),
        (Rules(terms=frozenset({"mer"})), "filter:term"),
        (Rules(terms=frozenset({"post_tag:vie"})), "filter:term"),
        (Rules(since=date(2024, 3, 2)), "filter:since"),
        (Rules(until=date(2024, 2, 29)), "filter:until"),
        (Rules(types=frozenset({"post"})), None),
        (Rules(authors=frozenset({"claire"})), None),
        (Rules(terms=frozenset({"vie"})), None),
        (Rules(terms=frozenset({"category:vie"})), None),
        (Rules(since=date(2024, 3, 1), until=date(2024, 3, 1)), None),
    ],
)
def test_filters_narrow_every_format(rules: Rules, rule: str | None) -> None:
    given = post(
        author="claire",
        date=datetime(2024, 3, 1, 23, 59),  # noqa: DTZ001  a wall clock
        terms=(TermRef(taxonomy="category", slug="vie", name="Vie"),),
    )

    assert rules.rule_against(given) == rule


def test_an_item_without_a_date_is_in_no_range() -> None:
    assert Rules(since=date(1, 1, 2)).rule_against(post()) == "filter:since"
    assert Rules(until=date(9999, 1, 1)).rule_against(post()) == "filter:until"


def test_what_is_no_item_passes() -> None:
    author = Author(login="claire")

    assert Rules(public=True, types=frozenset({"page"}))(author).record is author


def test_custom_fields_are_withheld_from_readers_and_stay_in_the_record() -> None:
    meta = (Meta(key="a", value="b"),)
    comment = Comment(id=2, status="approved", meta=meta)
    shown = post(status="publish", meta=meta, comments=(comment,))
    term = Term(taxonomy="category", meta=meta)

    assert Rules(public=True)(shown).record == shown
    for record, counted in ((shown, {"post": 1, "comment": 1}), (term, {"term": 1})):
        assert Rules(public=True)(record).withheld["meta"].meta == counted
        assert Rules()(record).withheld == {}
