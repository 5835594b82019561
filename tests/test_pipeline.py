import pickle
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

import wxr
from tests.parser.exports import export, item
from wxr.diagnostics import Code
from wxr.errors import ReadError, WriteError
from wxr.index.look_up import Entry, SiteIndex
from wxr.parser import Batch, Reading, parts
from wxr.parser.gathering import BATCH_SIZE
from wxr.parser.records import post as read_post
from wxr.pipeline import Engines, Work, split
from wxr.pipeline.outcomes import Outcomes
from wxr.transforms import Rules
from wxr.verification import verify

ITEMS = [item(f"<title>T{n}</title>", number=n) for n in range(1, 6)]


def written(text: str, folder: Path) -> Path:
    path = folder / "export.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_fault_of_ours_fails_one_item_and_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(element: object, number: int, odd: object) -> wxr.Post:
        if number == 3:
            raise RuntimeError("boom")
        return read_post(element, number, odd)  # type: ignore[arg-type]

    monkeypatch.setattr("wxr.parser.records.post", faulty)
    source = written(export(*ITEMS), tmp_path)

    report = wxr.convert(source, tmp_path / "o.jsonl", to="jsonl")

    assert report.read.items == {"post": 4, "unknown": 1}
    assert report.written.items == {"post": 4}
    assert report.failed["internal-error"].items == {"unknown": 1}
    (problem,) = report.diagnostics
    assert (problem.code, problem.line) == (Code.INTERNAL_ERROR, 11 + 2 * 5)
    assert (report.balanced, report.exit_code) == (True, 3)


def test_an_author_that_cannot_be_read_is_counted_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> wxr.Author:
        raise RuntimeError("boom")

    head = export().partition("</channel>")[0]
    author = "<wp:author><wp:author_login>a</wp:author_login></wp:author>\n"
    source = written(export(item(), head=head + author), tmp_path)
    monkeypatch.setattr("wxr.parser.records.author", faulty)

    report = wxr.convert(source, tmp_path / "o.jsonl", to="jsonl")

    assert (report.failed["internal-error"].authors, report.read.authors) == (1, 1)
    assert (report.failed["internal-error"].terms, report.read.terms) == (0, 0)


def test_an_author_of_an_archive_that_cannot_be_read_is_counted_as_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "o.jsonl"
    path.write_text(
        '{"record":"site","title":"Carnet"}\n{"record":"author","login":1}\n'
    )

    report = wxr.convert(path, tmp_path / "p.jsonl", to="jsonl")

    assert (report.read.authors, report.read.terms) == (1, 0)
    assert report.failed["malformed"].authors == 1


def test_a_payload_that_does_not_arrive_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(work: Work, batches: Iterable[Batch]) -> Iterator[Outcomes]:
        for batch in batches:
            outcomes = work(batch)
            del outcomes.payloads[1]
            yield outcomes

    monkeypatch.setattr("wxr.conversion._engine", lambda *_: nullcontext(forgetful))
    source = written(export(*ITEMS), tmp_path)

    report = wxr.convert(source, tmp_path / "o.jsonl", to="jsonl")

    (problem,) = report.diagnostics
    assert (problem.code, report.exit_code) == (Code.INTERNAL_ERROR, 3)
    assert "6 records were rendered, but 5 written" in problem.message


def test_a_malformed_item_stops_no_other(tmp_path: Path) -> None:
    deep = "<b>" * 2500 + "</b>" * 2500  # more than anyone writes, or we repair
    bad = f"<item>\n<wp:post_id>9</wp:post_id>\n{deep}</item>\n"
    source = written(export(*ITEMS[:2], bad, *ITEMS[2:]), tmp_path)

    report = wxr.convert(source, tmp_path / "o.jsonl", to="jsonl")

    assert report.balanced
    assert report.written.items["post"] >= 5
    assert 11 + 2 * 5 + 2 in {d.line for d in report.diagnostics}
    assert {d.item for d in report.diagnostics} == {9}


def test_a_custom_field_that_is_not_written_unbalances_the_sums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = "<wp:postmeta><wp:meta_key>k</wp:meta_key></wp:postmeta>"
    source = written(export(item(inside)), tmp_path)
    monkeypatch.setattr("wxr.exporters.sql.rows._meta", lambda *_: [])

    report = wxr.convert(source, tmp_path / "o.sqlite", to="sqlite")

    assert report.read.meta == {"post": 1}
    assert (report.balanced, report.exit_code) == (False, 3)


def test_identical_items_are_merged_and_others_kept(tmp_path: Path) -> None:
    other = item("<title>autre</title>", number=1)
    source = written(export(ITEMS[0], ITEMS[0], other), tmp_path)

    report = wxr.convert(source, tmp_path / "o.jsonl", to="jsonl")

    assert report.merged.items == {"post": 1}
    assert report.written.items == {"post": 2}
    assert [d.code for d in report.diagnostics] == [Code.DUPLICATE_ID]
    assert (report.balanced, report.exit_code) == (True, 0)


def test_several_parts_are_one_site(tmp_path: Path) -> None:
    head = export().partition("</channel>")[0] + (
        "<wp:author><wp:author_login>a</wp:author_login></wp:author>\n"
    )
    for number, each in enumerate(ITEMS[:3]):
        path = tmp_path / f"blog.{number:03}.xml"
        path.write_text(export(each, head=head), encoding="utf-8")

    report = wxr.convert(tmp_path, tmp_path / "o.jsonl", to="jsonl")

    assert [Path(part.path).name for part in report.inputs] == [
        "blog.000.xml",
        "blog.001.xml",
        "blog.002.xml",
    ]
    assert report.written.items == {"post": 3}
    assert (report.written.authors, report.merged.authors) == (1, 2)
    assert report.balanced


def test_a_report_holds_each_problem_once_per_item(tmp_path: Path) -> None:
    comments = "".join(
        f"<wp:comment><wp:comment_id>{n}</wp:comment_id>"
        "<wp:comment_date>never</wp:comment_date></wp:comment>\n"
        for n in range(4)
    )
    source = written(export(item(comments)), tmp_path)

    report = wxr.convert(source, tmp_path / "o.jsonl", to="jsonl")

    (problem,) = report.diagnostics
    assert (problem.code, problem.count, problem.line) == (Code.BAD_DATE, 4, 13)


def test_attachments_of_posts_that_are_withheld_are_withheld_too(
    tmp_path: Path,
) -> None:
    def of(number: int, status: str, *, parent: int = 0, kind: str = "post") -> str:
        inside = (
            f"<title>T{number}</title><wp:status>{status}</wp:status>"
            f"<wp:post_parent>{parent}</wp:post_parent>"
        )
        return item(inside, number=number, kind=kind)

    source = written(
        export(
            *(of(n, "inherit", parent=n % 4, kind="attachment") for n in range(10, 14)),
            *(
                of(n, "inherit", parent=parent, kind="attachment")
                for n, parent in ((20, 11), (21, 22), (22, 21), (23, 13))
            ),
            of(1, "publish"),
            of(2, "draft"),
            of(3, "private"),
        ),
        tmp_path,
    )

    report = wxr.convert(
        source, tmp_path / "out", to="markdown", include=["attachment"]
    )

    # 10 hangs on the draft, 11 on the private post, 12 on none, 13 on the public one,
    # 20 on 11, 21 and 22 on each other, 23 on 13.
    files = sorted(path.name for path in (tmp_path / "out").rglob("*.md"))
    assert files == ["t1.md", "t12.md", "t13.md", "t21.md", "t22.md", "t23.md"]
    assert report.withheld["status:draft"].items == {"post": 1, "attachment": 1}
    assert report.withheld["status:private"].items == {"post": 1, "attachment": 2}
    assert report.balanced
    rules = Rules(include=frozenset({"attachment"}))
    assert verify(source, str(tmp_path / "out"), rules=rules).is_whole


@pytest.mark.parametrize("include", ["attachment", "inherit"])
def test_attachments_that_hang_on_each_other_cost_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, include: str
) -> None:
    asked = 0
    entry = SiteIndex.entry

    def counting(index: SiteIndex, id_: int) -> Entry | None:
        nonlocal asked
        asked += 1
        return entry(index, id_)

    monkeypatch.setattr(SiteIndex, "entry", counting)
    inside = "<wp:status>inherit</wp:status><wp:post_parent>{}</wp:post_parent>"
    items = (
        item(inside.format(n - 1 or 300), number=n, kind="attachment")
        for n in range(1, 301)
    )
    source = written(export(*items), tmp_path)

    wxr.convert(source, tmp_path / "out", to="markdown", include=[include])

    assert asked < 10 * 300


def test_past_a_hundred_entries_a_code_is_only_counted(tmp_path: Path) -> None:
    bad = "<wp:post_date>never</wp:post_date>"
    source = written(export(*(item(bad, number=n) for n in range(1, 251))), tmp_path)

    report = wxr.convert(source, tmp_path / "o.jsonl", to="jsonl")

    assert len(report.diagnostics) == 101
    assert sum(problem.count for problem in report.diagnostics) == 250


def test_strict_makes_repairs_a_three(tmp_path: Path) -> None:
    source = written(export("<item><title>x</title></item>"), tmp_path)

    lenient = wxr.convert(source, tmp_path / "a.jsonl", to="jsonl")
    strict = wxr.convert(source, tmp_path / "b.jsonl", to="jsonl", strict=True)

    assert [lenient.exit_code, strict.exit_code] == [0, 3]


def test_processes_write_what_one_process_writes(tmp_path: Path) -> None:
    big = "<content:encoded><![CDATA[" + "é " * 40_000 + "]]></content:encoded>"
    items = [item(big, number=n) for n in range(1, 100)]
    source = written(export(*items), tmp_path)
    assert source.stat().st_size > 8 << 20

    for jobs in (1, 2):
        wxr.convert(source, tmp_path / f"{jobs}.jsonl", to="jsonl", jobs=jobs)

    one, two = (tmp_path / f"{jobs}.jsonl" for jobs in (1, 2))
    assert one.read_bytes() == two.read_bytes()


def through_pipes(work: Work, batches: Iterable[Batch]) -> Iterator[Outcomes]:
    """Send batches and outcomes as engines of processes do, and on from there."""
    for batch in batches:
        outcomes = work(pickle.loads(pickle.dumps(batch)))
        yield pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(outcomes))))


def one_by_one(work: Work, batches: Iterable[Batch]) -> Iterator[Outcomes]:
    """Give no two outcomes together."""
    return (work(part) for batch in batches for part in split(batch))


@pytest.mark.parametrize("to", ["jsonl", "markdown"])
@pytest.mark.parametrize("engine", [through_pipes, one_by_one])
def test_outcomes_are_the_same_from_any_process_and_in_any_batch(
    engine: Engines, to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (
        *ITEMS,
        ITEMS[0],
        item("<title>autre</title>", number=1),
        item("<wp:post_date>never</wp:post_date>", number=7),
        item("<wp:status>draft</wp:status>", number=8),
        item("<content:encoded>a & b</content:encoded>", number=9),
        "<item><wp:post_id>10</wp:post_id>" + "<b>" * 2500 + "</b>" * 2500 + "</item>",
    )
    head = export().partition("</channel>")[0] + (
        "<wp:author><wp:author_login>a</wp:author_login></wp:author>\n"
    )
    for number in (1, 2):
        path = tmp_path / f"blog.{number}.xml"
        each = (f"{text[:-8]}<!-- {number} --></item>\n" for text in texts)
        path.write_text(export(*texts, *each, head=head), encoding="utf-8")
    sources = sorted(tmp_path.glob("*.xml"))

    usual = wxr.convert(sources, tmp_path / "usual", to=to)
    monkeypatch.setattr("wxr.conversion._engine", lambda *_: nullcontext(engine))
    other = wxr.convert(sources, tmp_path / "other", to=to)

    assert usual.merged.items["post"]
    assert {Code.BAD_DATE, Code.DUPLICATE_ID} <= {d.code for d in usual.diagnostics}
    assert usual.failed
    assert usual.balanced
    assert replace(other, target=usual.target) == usual
    assert content_of(tmp_path / "other") == content_of(tmp_path / "usual")


def content_of(target: Path) -> dict[str, bytes]:
    """Give all that stands at a target."""
    files = (each for each in target.rglob("*") if each.is_file())
    found = {str(each.relative_to(target)): each.read_bytes() for each in files}
    return found or {"": target.read_bytes()}


def test_a_stream_is_read_as_often_as_needed(tmp_path: Path) -> None:
    source = written(export(*ITEMS), tmp_path)

    with source.open("rb") as stream:
        report = wxr.convert(stream, tmp_path / "site", to="markdown")

    assert report.read.items == {"post": 5}


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
        (b'<rss version="2.0"><channel><item/></channel></rss>', "RSS feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "Atom feed"),
        (b'{"posts": []}', "JSON"),
        (b"INSERT INTO wp_posts VALUES (1);", "database dump"),
        (b"<svg/>", "XML, but no WordPress export"),
        (b"hello", "not XML"),
        (b"\0\1\2\3", "not XML"),
    ],
)
def test_what_is_no_export_is_refused_by_what_it_looks_like(
    content: bytes, looks: str, tmp_path: Path
) -> None:
    path = tmp_path / "some.xml"
    path.write_bytes(content)

    with pytest.raises(ReadError, match=looks) as error:
        list(wxr.read(path))
    with pytest.raises(ReadError):
        wxr.convert(path, tmp_path / "o.jsonl", to="jsonl")

    assert "\n" not in str(error.value)
    assert [each.name for each in tmp_path.iterdir()] == ["some.xml"]


def test_a_folder_without_exports_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")

    with pytest.raises(ReadError, match="holds no"):
        list(wxr.read(tmp_path))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        wxr.convert(tmp_path / "no.xml", tmp_path / "o.jsonl", to="jsonl")


@pytest.mark.parametrize("to", ["json", "jsonl", "sqlite", "markdown", "wxr"])
def test_an_existing_target_is_refused_unless_forced(to: str, tmp_path: Path) -> None:
    source = written(export(*ITEMS), tmp_path)
    target = tmp_path / "target"
    wxr.convert(source, target, to=to)

    with pytest.raises(WriteError, match="--force"):
        wxr.convert(source, target, to=to)
    report = wxr.convert(source, target, to=to, force=True)

    assert report.written.items == {"post": 5} or to == "markdown"


@pytest.mark.parametrize("to", ["json", "jsonl", "sqlite", "markdown", "wxr"])
def test_a_target_that_cannot_be_written_is_one_line(to: str, tmp_path: Path) -> None:
    source = written(export(*ITEMS), tmp_path)

    with pytest.raises(WriteError) as error:
        wxr.convert(source, source / "below-a-file", to=to)

    assert "\n" not in str(error.value)


@pytest.mark.parametrize("to", ["json", "jsonl", "sqlite", "markdown", "wxr"])
def test_a_source_that_fails_half_way_leaves_nothing(to: str, tmp_path: Path) -> None:
    source = written(export(*ITEMS), tmp_path)
    target = tmp_path / "out" / "target"
    target.parent.mkdir()

    with pytest.raises(ReadError):
        wxr.convert([source, tmp_path / "page.html"], target, to=to)
    (tmp_path / "page.html").write_text("<html></html>")
    with pytest.raises(ReadError):
        wxr.convert([source, tmp_path / "page.html"], target, to=to)

    assert list(target.parent.iterdir()) == []


def test_nothing_outside_the_export_is_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hunter2")
    head = export().partition("<rss")[0] + (
        "<!DOCTYPE rss [\n<!ENTITY own 'value'>\n"
        f"<!ENTITY file SYSTEM 'file://{tmp_path}/secret.txt'>\n]>\n<rss"
        + export().partition("<rss")[2].partition("</channel>")[0]
    )
    own = item("<title>&own;</title>", number=1)
    file = item("<title>&file;</title>", number=2)
    source = written(export(own, file, item(number=3), head=head), tmp_path)

    report = wxr.convert(source, tmp_path / "o.jsonl", to="jsonl")

    text = (tmp_path / "o.jsonl").read_text("utf-8")
    assert "hunter2" not in text
    assert "value" not in text.replace('"value"', "")
    assert Code.DOCTYPE in {problem.code for problem in report.diagnostics}
    assert report.balanced


def test_batches_hold_many_items_and_are_cut_early(tmp_path: Path) -> None:
    some = item("<title>" + "x" * 30_000 + "</title>")
    source = written(export(*[some] * 40), tmp_path)

    sizes = [batch.size for batch in Reading(parts([source]), lambda _: None)]

    assert all(size < BATCH_SIZE + 31_000 for size in sizes)
    assert 1 < len(sizes) < 10
