"""A folder of Markdown: whole as it was written, and each kind of damage is named."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

import wxr
from tests.parser.exports import export, item
from wxr.transforms import Rules
from wxr.verification import Finding, Verification, verify
from wxr.verification.markdown import MarkdownComparer

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
BLOG: Final = FIXTURES / "blog-fr.xml"
EXPORTS: Final = sorted(path.name for path in FIXTURES.glob("*.xml"))
POST: Final = "posts/lecture-la-politesse-des-machines.md"
READABLE: Final = sorted(set(EXPORTS) - {"malformed-item.xml", "truncated.xml"})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give the French blog as Markdown."""
    wxr.convert(BLOG, tmp_path / "site", to="markdown")
    return tmp_path / "site"


@pytest.mark.parametrize("comments", ["section", "data", "none"])
@pytest.mark.parametrize("name", READABLE)
def test_what_was_written_is_whole(name: str, comments: str, tmp_path: Path) -> None:
    options = {"comments": comments}
    wxr.convert(FIXTURES / name, tmp_path / "site", to="markdown", options=options)

    found = verify(FIXTURES / name, str(tmp_path / "site"), comments=comments)

    assert found.findings == ()
    assert found.extras == ()
    assert found.is_whole
    assert found.exit_code == 0


def test_scores_count_words_links_and_front_matter(site: Path) -> None:
    found = verify(BLOG, str(site))

    assert found.compared == 5
    assert found.scores["words"].total > 500
    assert found.scores["links"].total > 3
    assert found.scores["front matter"].total > 20
    assert all(score.is_whole for score in found.scores.values())


def _changed(site: Path, change: Callable[[str], str]) -> Verification:
    path = site / POST
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    return verify(BLOG, str(site))


def test_a_lost_word_is_named_with_its_line_and_what_stands_before(
    site: Path,
) -> None:
    found = _changed(site, lambda text: text.replace("quel bonheur", "bonheur"))

    (finding,) = found.findings
    assert finding.path == POST
    assert finding.scores["words"].lost == 1
    assert finding.scores["words"].added == 0
    assert finding.difference is not None
    assert finding.difference.kind == "words"
    assert "sur les ascenseurs, quel bonheur" in finding.difference.source
    assert "sur les ascenseurs, bonheur" in finding.difference.written
    line = finding.difference.line
    assert line is not None
    assert "bonheur" in (site / POST).read_text("utf-8").splitlines()[line - 1]
    assert found.exit_code == 3


def test_a_word_more_is_no_loss_unless_asked(site: Path) -> None:
    found = _changed(site, lambda text: f"{text}\nUn mot.\n")

    (finding,) = found.findings
    assert (finding.scores["words"].lost, finding.scores["words"].added) == (0, 2)
    assert found.exit_code == 0
    assert not found.is_whole


def test_a_changed_number_of_a_comment_is_seen(site: Path) -> None:
    (post,) = (site / "posts").glob("entreprises-*.md")
    post.write_text(post.read_text("utf-8").replace("\n2. Ping", "\n7. Ping"), "utf-8")

    found = verify(BLOG, str(site))

    assert found.exit_code == 3
    difference = found.findings[0].difference
    assert difference is not None
    assert (difference.source, difference.written) == ("comment 2", "comment 7")


def test_a_reply_that_answers_nobody_any_more_is_seen(site: Path) -> None:
    found = _changed(site, lambda text: text.replace("\n   + **", "\n2. **"))

    difference = found.findings[0].difference
    assert difference is not None
    assert (difference.source, difference.written) == ("a reply, level 1", "comment 2")


def test_a_changed_title_is_seen(site: Path) -> None:
    found = _changed(site, lambda text: text.replace("title: ", "title: No ", 1))

    assert found.exit_code == 3


@pytest.mark.parametrize(
    "key",
    ["id", "title", "date", "slug", "type", "status", "author", "modified", "tags"],
)
def test_each_value_of_front_matter_is_compared(key: str, site: Path) -> None:
    found = _changed(site, lambda text: text.replace(f"\n{key}: ", f"\nold_{key}: ", 1))
    if key == "tags":
        found = _changed(site, lambda text: text.replace("\ntags:", "\nold_tags:", 1))

    (finding,) = found.findings
    assert finding.scores["front matter"].lost == 1
    assert finding.difference is not None
    assert finding.difference.source.startswith(f"{key}: ")
    assert finding.difference.written == f"{key}: "


def test_a_lost_file_is_a_loss_of_all_its_words(site: Path) -> None:
    (site / POST).unlink()

    found = verify(BLOG, str(site))

    (finding,) = found.findings
    assert finding.problem == "is not there"
    assert finding.scores["words"].lost == finding.scores["words"].total > 10
    assert found.missing == 1
    assert found.exit_code == 3


def test_a_renamed_file_is_found_by_its_id_and_named(site: Path) -> None:
    (site / POST).rename(site / "posts" / "machines.md")

    found = verify(BLOG, str(site))

    (finding,) = found.findings
    assert finding.path == "posts/machines.md"
    assert finding.difference is not None
    assert finding.difference.source == POST
    assert all(score.is_whole for score in finding.scores.values())
    assert (found.missing, found.extra, found.exit_code) == (0, 0, 0)
    assert not found.is_whole


def test_a_file_that_belongs_to_no_post_is_named(site: Path) -> None:
    (site / "posts" / "mine.md").write_text("# Mine\n", "utf-8")

    found = verify(BLOG, str(site))

    assert found.extras == ("posts/mine.md",)
    assert found.exit_code == 0


def test_without_a_manifest_files_are_found_all_the_same(site: Path) -> None:
    (site / ".wxr-manifest.json").unlink()

    assert verify(BLOG, str(site)).is_whole


@pytest.mark.parametrize("name", ["slugs.xml", "duplicate-items.xml"])
def test_posts_of_one_slug_are_not_taken_for_each_other(
    name: str, tmp_path: Path
) -> None:
    wxr.convert(FIXTURES / name, tmp_path / "site", to="markdown")
    for path in sorted((tmp_path / "site").rglob("*.md")):
        path.write_text(path.read_text("utf-8") + "\nplus\n", "utf-8")

    found = verify(FIXTURES / name, str(tmp_path / "site"))

    assert {finding.scores["words"].added for finding in found.findings} == {1}
    assert all(finding.scores["words"].lost == 0 for finding in found.findings)


def test_filters_must_be_those_of_the_conversion(tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "site", to="markdown", include=["draft"])

    rules = Rules(include=frozenset({"draft"}))
    assert verify(BLOG, str(tmp_path / "site"), rules=rules).is_whole
    # Without them the draft is a file that no public post asks for.
    assert verify(BLOG, str(tmp_path / "site")).extra == 1


BODY: Final = (
    "<title>A</title>\n<content:encoded><![CDATA[{}]]></content:encoded>\n"
    "<wp:status>publish</wp:status>\n<wp:post_name>a</wp:post_name>"
)


def _verified(body: str, markdown: str, folder: Path) -> Finding:
    """Write a post, replace its Markdown, and verify that."""
    source = folder / "export.xml"
    source.write_text(export(item(BODY.format(body))), "utf-8")
    wxr.convert(source, folder / "site", to="markdown")
    path = folder / "site" / "posts" / "a.md"
    head = path.read_text("utf-8").partition("\n---\n")[0]
    path.write_text(f"{head}\n---\n\n{markdown}\n", "utf-8")
    found = verify(source, str(folder / "site"))
    return found.findings[0] if found.findings else Finding(item=1, path="a")


@pytest.mark.parametrize(
    ("body", "markdown", "kind"),
    [
        ("a *b* c", "a *b* c", "words"),
        ("a b", "a b c", "words"),
        ('<a href="/b">a</a>', "[a](/c)", "links"),
        ('<img src="/a.png" alt="b">', "![c](/a.png)", "images"),
        ('<img src="/a.png" alt="b">', "b", "images"),
        ("<pre>a  b\n c</pre>", "```\na b\n c\n```", "code"),
        ("<h2>a</h2>", "### a", "headings"),
        ('a [thing id="1"] b', "a b", "shortcodes"),
    ],
)
def test_what_differs_is_named_by_its_kind(
    body: str, markdown: str, kind: str, tmp_path: Path
) -> None:
    found = _verified(body, markdown, tmp_path)

    assert found.difference is not None
    assert not found.scores[kind].is_whole
    assert kind in (found.difference.kind, "images")


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ("<em>a</em> <b>b</b>", "*a* **b**"),
        ('<a href="https://a.example/%C3%A9">a</a>', "[a](https://a.example/é)"),
        ("<pre>a &lt;b&gt;</pre>", "```\na <b>\n```"),
        ("<table><tr><th>a<tr><td>b</table>", "| a |\n|---|\n| b |"),
        ("<del>a</del>", "~~a~~"),
        ('a [thing id="1"] b', 'a <!-- [thing  id="1"] --> b'),
        ("<code>a</code><code>b</code>", "`ab`"),
        ("word((a note of words)).", "word[^1].\n\n[^1]: a note of words"),
        (
            '<embed src="http://a.example/?x&amp;amp;copy=1&amp;y=2">',
            "<http://a.example/?x&copy=1&y=2>",
        ),
        ("one.<!--more-->Two.", "one.\n\n<!--more-->\n\nTwo."),
    ],
)
def test_another_way_to_write_the_same_is_the_same(
    body: str, markdown: str, tmp_path: Path
) -> None:
    assert _verified(body, markdown, tmp_path).is_whole


@pytest.mark.parametrize(
    "body",
    [
        '<p>Voici :</p><script src="https://gist.github.com/ana/12.js"></script>',
        "<pre><ol><li>int a;</li><li></li><li>int b;</li></ol></pre>",
        "<h2>Titre<pre>int a;\nint b;</pre></h2>",
        "<pre>List<String> a;</pre>",
        "un<script>document.write('e')</script>s",
        '<pre class="brush: php"><?php echo "<h2>$a</h2>";</pre>',
    ],
)
def test_what_plugins_and_editors_leave_is_whole(body: str, tmp_path: Path) -> None:
    source = tmp_path / "export.xml"
    source.write_text(export(item(BODY.format(body))), "utf-8")
    wxr.convert(source, tmp_path / "site", to="markdown")

    found = verify(source, str(tmp_path / "site"))

    assert found.findings == ()
    assert all(score.added == 0 for score in found.scores.values())


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (b"no front matter", "has no front matter"),
        (b"---\nid: [\n---\n", "front matter is broken"),
        (b"---\nid: 1\n---\n\xff", "line 4 is not UTF-8"),
        (b"---\nid: 1\n---\n" + b"[" * 10_000_000, "more brackets than its post"),
    ],
)
def test_what_cannot_be_read_is_a_loss_with_its_reason(
    damage: bytes, problem: str, site: Path
) -> None:
    (site / POST).write_bytes(damage)

    found = verify(BLOG, str(site))

    (finding,) = found.findings
    assert problem in str(finding.problem)
    assert found.exit_code == 3


def test_what_nests_without_end_ends_as_a_loss(site: Path) -> None:
    (site / POST).write_bytes(b"---\nid: 1\n---\n" + b"> " * 100_000 + b"a")

    (finding,) = verify(BLOG, str(site)).findings

    assert finding.scores["words"].kept == 0


def test_nothing_is_followed_out_of_the_folder(site: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text((site / POST).read_text("utf-8"), "utf-8")
    (site / POST).unlink()
    (site / POST).symlink_to(secret)

    (finding,) = verify(BLOG, str(site)).findings

    assert finding.problem == f"{POST} is a link, which is not followed"


def test_comparers_travel_to_other_processes(site: Path) -> None:
    comparer = MarkdownComparer(folder=str(site), renamed={1: "posts/a.md"})

    assert pickle.loads(pickle.dumps(comparer)) == comparer
    assert pickle.loads(pickle.dumps(verify(BLOG, str(site)))) == verify(
        BLOG, str(site)
    )


def test_nothing_is_written(site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}

    verify(BLOG, str(site))

    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before
