import pytest
from hypothesis import given, strategies as st

from wxr.parser.numbering import in_order, missing, natural

SPLIT = "blog.wordpress.2024-01-31.{:03}.xml"


def split(*numbers: int) -> list[str]:
    return [SPLIT.format(number) for number in numbers]


def test_numbers_in_names_sort_as_numbers() -> None:
    names = ["b10", "b9", "a2", "b010a", "b"]

    assert sorted(names, key=natural) == ["a2", "b", "b9", "b10", "b010a"]


@given(st.lists(st.text(alphabet="0129a.é")))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert len(sorted(names, key=natural)) == len(names)


def test_parts_of_one_export_come_by_number() -> None:
    assert in_order(split(10, 2, 0)) == [2, 1, 0]


@pytest.mark.parametrize(
    "names",
    [
        ["b.xml", "a.xml"],
        ["b.002.xml", "a.001.xml"],
        ["x/b.002.xml", "y/b.001.xml"],
        ["b.002.xml", "b.xml"],
        ["b.002.xml", "b.001.xml.gz"],
    ],
)
def test_other_names_stay_as_given(names: list[str]) -> None:
    assert in_order(names) == [0, 1]


@pytest.mark.parametrize(
    ("names", "gaps"),
    [
        (split(0, 2), "1"),
        (split(1), "0"),
        (split(0, 4, 5, 9), "1 to 3, 6 to 8"),
        (["x.zip!in/b.001.xml", "x.zip!in/b.003.xml"], "2"),
        (["blog-part1.xml", "blog-part3.xml"], "2"),
        (["b_002.xml", "b_004.xml"], "1, 3"),
    ],
)
def test_gaps_in_numbers_are_told(names: list[str], gaps: str) -> None:
    assert list(missing(names)) == [(names[0], gaps)]


@pytest.mark.parametrize(
    "names",
    [
        split(0),
        split(0, 1, 2),
        ["b.001.xml", "b.002.xml"],
        ["b.007.xml"],
        ["blog.wordpress.2024-01-01.xml", "blog.wordpress.2024-01-31.xml"],
        ["2012.xml", "2015.xml"],
        ["part.xml", "apart-2.xml"],
    ],
)
def test_no_gap_is_seen_where_none_is(names: list[str]) -> None:
    assert list(missing(names)) == []


def test_many_gaps_are_cut_short() -> None:
    [(_, gaps)] = missing(split(*range(0, 900, 2)))

    assert gaps.endswith("19, and more")
