"""Threads: every comment once, in reading order, whatever the parents say."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given, strategies as st

from wxr.diagnostics import Code
from wxr.model import Comment
from wxr.threads import PATH_LEVELS, Placed, arrange, problems, thread

START = datetime(2012, 5, 1, 9, 30, tzinfo=UTC)


def comment(
    number: int, parent: int | None = None, *, day: int = 0, kind: str = "comment"
) -> Comment:
    stamp = START + timedelta(days=day)
    return Comment(id=number, parent=parent, date_gmt=stamp, type=kind)


def outline(comments: Sequence[Comment], placed: Sequence[Placed]) -> list[str]:
    return ["  " * place.depth + str(comments[place.index].id) for place in placed]


def test_replies_stand_under_what_they_answer() -> None:
    comments = [comment(4, 2), comment(1), comment(3, 1), comment(2, 1)]

    placed = arrange(comments)

    assert outline(comments, placed) == ["1", "  2", "    4", "  3"]
    assert [place.path for place in placed] == ["1", "1/1", "1/1/1", "1/2"]
    assert [place.root for place in placed] == [1, 1, 1, 1]
    assert [place.parent for place in placed] == [None, 1, 3, 1]
    assert problems(comments, placed) == []


def test_date_comes_before_id() -> None:
    comments = [comment(1, day=2), comment(2, day=1), comment(3, day=1)]

    assert outline(comments, arrange(comments)) == ["2", "3", "1"]


def test_local_date_stands_in_for_a_missing_gmt_date() -> None:
    local = START.replace(tzinfo=None) + timedelta(days=1)
    comments = [comment(1, day=2), Comment(id=2, date=local), comment(3)]

    assert outline(comments, arrange(comments)) == ["3", "2", "1"]


def test_comment_without_date_comes_first_as_the_zero_date_does() -> None:
    comments = [comment(1), Comment(id=2)]

    assert outline(comments, arrange(comments)) == ["2", "1"]


def test_orphan_stands_at_the_top_level_and_is_reported() -> None:
    comments = [comment(1), comment(2, 99), comment(3, 2)]

    placed = arrange(comments)

    assert outline(comments, placed) == ["1", "2", "  3"]
    (problem,) = problems(comments, placed, item=7)
    assert problem.code is Code.COMMENT_ORPHAN
    assert problem.message == "comment 2 answers 99, which is not there"
    assert problem.item == 7


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ([comment(1, 1)], ["1"]),
        ([comment(3, 2), comment(2, 3)], ["2", "  3"]),
        (
            [comment(9, 8), comment(8, 7), comment(7, 9), comment(1, 8)],
            ["7", "  8", "    1", "    9"],
        ),
    ],
    ids=["itself", "each other", "three and a reply"],
)
def test_circle_is_opened_at_its_lowest_id(
    comments: list[Comment], expected: list[str]
) -> None:
    placed = arrange(comments)

    assert outline(comments, placed) == expected
    assert [problem.code for problem in problems(comments, placed)] == [
        Code.COMMENT_CYCLE
    ]


def test_repeated_id_is_a_comment_of_its_own() -> None:
    comments = [comment(1), comment(1, 1, day=1), comment(2, 1, day=2)]

    placed = arrange(comments)

    assert outline(comments, placed) == ["1", "  1", "  2"]
    assert [place.index for place in placed] == [0, 1, 2]


def test_zero_is_no_parent() -> None:
    comments = [comment(1, 0)]

    assert arrange(comments)[0].broken is None


def test_pings_are_nodes_like_any_other_where_all_are_arranged() -> None:
    comments = [comment(1, kind="pingback"), comment(2, 1), comment(3)]

    assert outline(comments, arrange(comments)) == ["1", "  2", "3"]


def test_pings_stand_apart_with_what_answers_them() -> None:
    comments = [
        comment(1, kind="pingback"),
        comment(2),
        comment(3, 1),
        comment(4, 2, kind="trackback"),
        comment(5, 3),
    ]

    threads = thread(comments)

    assert outline(comments, threads.comments) == ["2"]
    assert outline(comments, threads.pings) == ["1", "  3", "    5", "4"]
    assert problems(comments, threads.pings) == []


def test_ping_that_answers_nothing_shown_is_no_orphan() -> None:
    threads = thread([comment(1, 99, kind="pingback")])

    assert threads.pings[0].broken is None


ids = st.integers(min_value=1, max_value=12)
any_comments = st.lists(
    st.builds(
        comment,
        ids,
        st.none() | ids,
        day=st.integers(min_value=0, max_value=3),
        kind=st.sampled_from(["comment", "pingback", "review"]),
    ),
    max_size=30,
)


@given(any_comments)
def test_every_comment_stands_once_under_a_parent_above_it(
    comments: list[Comment],
) -> None:
    placed = arrange(comments)

    assert sorted(place.index for place in placed) == list(range(len(comments)))
    seen: dict[int, Placed] = {}
    for place in placed:
        if place.parent is None:
            assert (place.depth, place.root) == (0, place.index)
        else:
            above = seen[place.parent]
            assert (place.depth, place.root) == (above.depth + 1, above.root)
            assert place.path.startswith(f"{above.path}/")
            assert comments[place.index].parent == comments[above.index].id
        seen[place.index] = place


@given(any_comments)
def test_paths_sort_into_reading_order(comments: list[Comment]) -> None:
    paths = [place.path for place in arrange(comments)]

    assert paths == sorted(paths)
    assert len(set(paths)) == len(paths)


@given(any_comments)
def test_threads_and_pings_together_are_all_comments(comments: list[Comment]) -> None:
    threads = thread(comments)

    both = [place.index for place in (*threads.comments, *threads.pings)]
    assert sorted(both) == list(range(len(comments)))


@given(any_comments)
def test_order_of_the_file_does_not_matter_where_ids_differ(
    comments: list[Comment],
) -> None:
    unique = list({each.id: each for each in comments}.values())
    shuffled = unique[::-1]

    assert outline(unique, arrange(unique)) == outline(shuffled, arrange(shuffled))


def timed(comments: Sequence[Comment]) -> tuple[float, list[Placed]]:
    """Arrange comments; gives the processor time that took, too."""
    began = process_time()
    placed = arrange(comments)
    return process_time() - began, placed


@pytest.mark.unmeasured  # their number is the point, and measuring doubles the time
@pytest.mark.parametrize("step", [0, 1], ids=["flat", "chain"])
def test_a_hundred_thousand_comments_take_linear_time_and_short_paths(
    step: int,
) -> None:
    count = 100_000
    many = [comment(n, (n - 1) * step) for n in range(1, count + 1)]

    few, _ = timed(many[: count // 10])
    took, placed = timed(many)

    assert took < 40 * max(few, 0.01)
    assert placed[-1].depth == step * (count - 1)
    assert max(len(place.path) for place in placed) <= 7 * (PATH_LEVELS + 1)


def test_paths_below_the_spelled_levels_keep_the_order() -> None:
    comments = [comment(n, n - 1) for n in range(1, 3 * PATH_LEVELS)]

    paths = [place.path for place in arrange(comments[::-1])]

    assert paths == sorted(paths)
    assert len(set(paths)) == len(paths)
