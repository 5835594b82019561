from datetime import date
from pathlib import Path

import pytest

import wxr
from wxr.diagnostics import Code, Severity
from wxr.filtered import names_met, names_of
from wxr.model import Author, Comment, Post, TermRef
from wxr.transforms import Rules

BLOG = Path(__file__).parents[1] / "fixtures" / "blog-fr.xml"
ITEM = "<item><title>{}</title><wp:post_type>post</wp:post_type></item>"


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({}, None),
        ({"types": ["post"], "statuses": ["publish"]}, None),
        (
            {"types": ["pgae"]},
            "no item has the type 'pgae' (there are attachment, page, post)",
        ),
        ({"statuses": ["publish", "publsh"]}, "no item has the status 'publsh'"),
        ({"authors": ["nobody"]}, "no item is by 'nobody'"),
        ({"terms": ["category:essays"]}, "no item has the term 'category:essays'"),
        (
            {"terms": ["nosuch"], "authors": ["nobody"]},
            "no item is by 'nobody'; no item has the term 'nosuch'",
        ),
        ({"include": ["draf", "draft"]}, "there is no 'draf' that could be included"),
        ({"include": ["comment-status:hold", "type:attachment"]}, None),
        # What WordPress knows is no slip where a blog has none.
        ({"include": ["trash", "revision"]}, None),
        ({"since": date(2099, 1, 1)}, "no item is left"),
    ],
)
@pytest.mark.parametrize("to", ["markdown", "jsonl"])
def test_a_filter_that_nothing_fits_is_said(
    tmp_path: Path, to: str, filters: dict[str, list[str]], said: str | None
) -> None:
    report = wxr.convert(BLOG, tmp_path / "out", to=to, **filters)  # type: ignore[arg-type]

    found = [d for d in report.diagnostics if d.code is Code.FILTER_UNMET]
    assert [problem.message for problem in found] == ([said] if said else [])
    assert {problem.severity for problem in found} <= {Severity.INFO}
    assert report.exit_code == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_names_are_met_in_any_process_and_in_doubles(tmp_path: Path, jobs: int) -> None:
    head, _, rest = BLOG.read_text().partition("<item>")
    items = "".join(ITEM.format("é" * 5_000 + str(n)) for n in range(1_000))
    part = tmp_path / "large.xml"
    part.write_text(head + items + "<item>" + rest)

    report = wxr.convert(
        [part, BLOG], tmp_path / "out", to="jsonl", jobs=jobs, types=["page", "pgae"]
    )

    (said,) = [d for d in report.diagnostics if d.code is Code.FILTER_UNMET]
    assert said.message.startswith("no item has the type 'pgae' ")


def test_of_many_types_a_few_are_named(tmp_path: Path) -> None:
    head, _, rest = BLOG.read_text().partition("<item>")
    items = "".join(
        f"<item><wp:post_type>type-{n:02}</wp:post_type></item>" for n in range(20)
    )
    (tmp_path / "many.xml").write_text(f"{head}{items}<item>{rest}")

    report = wxr.convert(
        tmp_path / "many.xml", tmp_path / "out", to="jsonl", types=["nosuch"]
    )

    (said,) = [d for d in report.diagnostics if d.code is Code.FILTER_UNMET]
    assert said.message.endswith(
        "page, post, type-00, type-01, type-02, type-03, type-04, type-05, type-06, …)"
    )


def test_an_export_without_items_has_no_slips(tmp_path: Path) -> None:
    head, _, _ = BLOG.read_text().partition("<item>")
    (tmp_path / "empty.xml").write_text(f"{head}</channel></rss>")

    report = wxr.convert(
        tmp_path / "empty.xml", tmp_path / "out", to="json", types=["nosuch"]
    )

    assert [d for d in report.diagnostics if d.code is Code.FILTER_UNMET] == []


def test_all_that_a_filter_can_name_is_found() -> None:
    given = frozenset({"a"})
    names = names_of(
        Rules(types=given, statuses=given, authors=given, terms=given, include=given)
    )
    post = Post(
        id=1,
        type="a",
        status="a",
        author="a",
        terms=(TermRef(taxonomy="tag", slug="a", name="A"),),
        comments=(Comment(id=1, type="b", status="c"),),
    )

    assert names_met(names, post) == names
    assert names_met(names, Author(login="a")) == frozenset()
    for name in ("b", "comment-type:b", "c", "comment-status:c", "status:a", "type:a"):
        include = names_of(Rules(include=frozenset({name})))
        assert names_met(include, post) == include
