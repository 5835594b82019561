from hypothesis import given, strategies as st

from wxr.identity import Fingerprint, Seen, Verdict, fingerprint
from wxr.model import Author, Post, Record, Site, Term


def test_the_same_bytes_are_the_same_record() -> None:
    seen = Seen()
    mark = fingerprint(Post(id=1), b"<item>1</item>")
    assert mark is not None

    assert [seen.judge(mark), seen.judge(mark)] == [Verdict.NEW, Verdict.SAME]


def test_one_id_with_other_bytes_is_another_record() -> None:
    seen = Seen()
    marks = [fingerprint(Post(id=1), data) for data in (b"a", b"b", b"b")]

    verdicts = [seen.judge(mark) for mark in marks if mark]

    assert verdicts == [Verdict.NEW, Verdict.DIFFERENT, Verdict.SAME]


def test_a_made_up_id_is_no_identity() -> None:
    seen = Seen()
    marks = [fingerprint(Post(id=-1), data) for data in (b"a", b"b")]

    assert [seen.judge(mark) for mark in marks if mark] == [Verdict.NEW] * 2


def test_terms_are_told_by_taxonomy_and_slug_and_authors_by_login() -> None:
    seen = Seen()
    records: list[Record] = [
        Term(taxonomy="category", slug="a"),
        Term(taxonomy="post_tag", slug="a"),
        Author(login="a"),
        Term(taxonomy="category", slug="a", name="A"),
        Author(login="a", email="a@a.example"),
    ]
    marks = [fingerprint(r, str(n).encode()) for n, r in enumerate(records)]

    verdicts = [seen.judge(mark) for mark in marks if mark]

    assert verdicts == [Verdict.NEW] * 3 + [Verdict.DIFFERENT] * 2


def test_a_site_is_no_double() -> None:
    assert fingerprint(Site(), b"") is None


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(1, 20))
def test_what_moved_to_disk_is_still_known(numbers: list[int], limit: int) -> None:
    """The set on disk judges as the set in memory does."""
    small, large = Seen(in_memory=limit), Seen()

    for number in numbers:
        mark = Fingerprint(bytes([number % 7]), bytes([number, 1]))
        assert small.judge(mark) is large.judge(mark)
    small.close()


@given(
    st.lists(st.lists(st.integers(0, 12), max_size=4), max_size=20), st.integers(1, 20)
)
def test_many_are_new_together_only_if_each_is(
    batches: list[list[int]], limit: int
) -> None:
    """Taken together or one by one, in memory or on disk: what is known is the same."""
    small, large, alone = Seen(in_memory=limit), Seen(), Seen()

    for batch in batches:
        marks = [Fingerprint(bytes([n % 5]), bytes([n, 1])) for n in batch]
        keys = [key for mark in marks for key in mark.keys]
        are_new = large.take_new(keys)
        assert small.take_new(keys) is are_new
        verdicts = [alone.judge(mark) for mark in marks]
        assert are_new is (set(verdicts) <= {Verdict.NEW})
        if not are_new:
            assert [large.judge(mark) for mark in marks] == verdicts
            assert [small.judge(mark) for mark in marks] == verdicts
    small.close()
