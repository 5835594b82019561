from hypothesis import given, strategies as st

from wxr.verification.difference import Distance, distance

some = st.lists(st.sampled_from("abc"), max_size=12)


@given(some, some)
def test_sums_come_out_and_are_the_least(source: list[str], written: list[str]) -> None:
    found = distance(source, written)

    common = len(source) - found.lost
    assert common == len(written) - found.added
    assert common == _longest_common(source, written)


@given(some, some)
def test_first_difference_is_where_they_part(
    source: list[str], written: list[str]
) -> None:
    first = distance(source, written).first

    if source == written:
        assert first is None
    else:
        assert first is not None
        assert source[:first] == written[:first]
        assert source[first : first + 1] != written[first : first + 1]


def test_what_differs_throughout_is_counted_in_bounded_time() -> None:
    source = [f"a{number}" for number in range(20_000)]
    written = [f"b{number}" for number in range(30_000)]

    assert distance(source, written) == Distance(20_000, 30_000, 0)


def _longest_common(one: list[str], other: list[str]) -> int:
    row = [0] * (len(other) + 1)
    for mine in one:
        last = row
        row = [0]
        for at, theirs in enumerate(other):
            row.append(last[at] + 1 if mine == theirs else max(last[at + 1], row[at]))
    return row[-1]
