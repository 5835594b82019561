"""Names in another case than WordPress': other names to XML, not to who wrote them."""

import re
from pathlib import Path
from typing import Final

import pytest

import wxr
from tests.parser.exports import HEAD, export, item, only_post, records
from wxr.diagnostics import Code

TERMS: Final = (
    "<wp:author><wp:author_login>a</wp:author_login></wp:author>\n"
    "<wp:category><wp:category_nicename>c</wp:category_nicename></wp:category>\n"
    "<wp:term><wp:term_taxonomy>t</wp:term_taxonomy>"
    "<wp:termmeta><wp:meta_key>k</wp:meta_key></wp:termmeta></wp:term>\n"
)
POST: Final = item(
    "<title>T</title><pubDate>Wed, 31 Jan 2024 23:59:59 +0000</pubDate>"
    '<category domain="category" nicename="c"><![CDATA[C]]></category>'
    "<content:encoded><![CDATA[<TITLE>x</TITLE>]]></content:encoded>"
    "<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value>"
    "</wp:postmeta>\n<wp:comments><wp:comment><wp:comment_id>1</wp:comment_id>"
    "<wp:comment_author_IP>192.0.2.1</wp:comment_author_IP></wp:comment></wp:comments>"
)
NAME: Final = re.compile(r"(</?)(\w+:)?(?!rss|channel|TITLE)(\w+)(?=[ >])")


def cased(text: str, change: str) -> str:
    def renamed(match: re.Match[str]) -> str:
        name: str = getattr(match[3], change)()
        return f"{match[1]}{match[2] or ''}{name}"

    return NAME.sub(renamed, text)


@pytest.mark.parametrize("change", ["upper", "title", "lower", "swapcase"])
def test_records_are_those_of_the_usual_names(change: str, tmp_path: Path) -> None:
    usual = export(POST, item("<title>U</title>", number=2), head=HEAD + TERMS)

    found, said = records(cased(usual, change), tmp_path)

    expected, _ = records(usual, tmp_path)
    assert found == expected
    assert {problem.code for problem in said} == {Code.WRONG_CASE}


def prefixed(text: str, change: str) -> str:
    return re.sub(
        r"(?<=[</])(wp|dc|content)(?=:)", lambda p: getattr(p[0], change)(), text
    )


@pytest.mark.parametrize("name", ["upper", "title", "lower"])
@pytest.mark.parametrize("prefix", ["upper", "title"])
def test_prefixes_that_nothing_binds_are_the_usual_ones_in_any_case(
    prefix: str, name: str, tmp_path: Path
) -> None:
    usual = export(POST, item("<title>U</title>", number=2), head=HEAD + TERMS)

    found, said = records(prefixed(cased(usual, name), prefix), tmp_path)

    expected, _ = records(usual, tmp_path)
    assert found == expected
    assert {problem.code for problem in said} == {
        Code.UNDECLARED_PREFIX,
        Code.WRONG_CASE,
    }


def test_a_prefix_that_is_bound_is_what_it_is_bound_to(tmp_path: Path) -> None:
    head = HEAD.replace("\txmlns:wp", '\txmlns:WP="urn:x"\n\txmlns:wp') + TERMS
    other = "<WP:author><WP:author_login>b</WP:author_login></WP:author>\n"

    found, _ = records(export(item(), head=head + other), tmp_path)

    assert [each.login for each in found if isinstance(each, wxr.Author)] == ["a"]
    assert isinstance(found[0], wxr.Site)
    assert "{urn:x}author" in dict(found[0].extra)


def test_authors_in_capitals_without_their_ends_are_read(tmp_path: Path) -> None:
    open_one = "<WP:AUTHOR><WP:AUTHOR_LOGIN>{}</WP:AUTHOR_LOGIN>\n"
    head = HEAD + open_one.format("a") + open_one.format("b")

    found, _ = records(export(item(), head=head), tmp_path)

    assert [e.login for e in found if isinstance(e, wxr.Author)] == ["a", "b"]


def test_each_is_reported_with_its_item_and_line(tmp_path: Path) -> None:
    text = export(item(), item("<Title>T</Title>", number=7).replace("item>", "ITEM>"))

    _, said = records(text, tmp_path)

    assert [(each.code, each.message, each.line, each.item) for each in said] == [
        (Code.WRONG_CASE, "<ITEM> was read as <item>", 16, 7),
        (Code.WRONG_CASE, "<Title> was read as <title>", 18, 7),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("<ITEM><wp:post_id>5</wp:post_id></item>", {Code.MISMATCHED_TAG}),
        ("<item><wp:post_id>5</wp:post_id></Item>", {Code.MISMATCHED_TAG}),
        ("<Item><wp:post_id>5</wp:post_id>", {Code.MISMATCHED_TAG}),
        ("<ITEM><TITLE>a & b</TITLE></ITEM>", {Code.BARE_AMPERSAND}),
        ("<Item/>", set()),
    ],
)
def test_a_damaged_one_costs_no_other(
    text: str, codes: set[Code], tmp_path: Path
) -> None:
    usual = item("<title>T</title>", number=2)

    found, said = records(export(usual, text, usual), tmp_path)

    assert len([each for each in found if isinstance(each, wxr.Post)]) == 3
    assert codes <= {problem.code for problem in said}


@pytest.mark.parametrize("change", ["upper", "title"])
def test_a_root_is_one_in_any_case(change: str, tmp_path: Path) -> None:
    usual = export(item(), item(number=2))
    other = re.sub("</?(rss|channel)", lambda tag: getattr(tag[0], change)(), usual)

    found, said = records(other, tmp_path)

    expected, _ = records(usual, tmp_path)
    assert found == expected
    assert [(each.code, each.line) for each in said] == [
        *[(Code.WRONG_CASE, line) for line in (2, 8)],
        *[(Code.WRONG_CASE, line) for line in (21, 22)],
    ]


def test_repair_writes_a_usual_root(tmp_path: Path) -> None:
    usual = export(item())
    other = usual.replace("<rss", "<RSS").replace("channel>", "Channel>")
    (tmp_path / "other.xml").write_text(other, encoding="utf-8")

    report = wxr.repair(tmp_path / "other.xml", tmp_path / "clean.xml")

    assert (tmp_path / "clean.xml").read_text(encoding="utf-8") == usual
    assert {problem.code for problem in report.diagnostics} == {Code.WRONG_CASE}


UPPER: Final = item("<title>T</title>", number=2).replace("item>", "ITEM>")
OPEN: Final = UPPER.replace("</ITEM>\n", "")


@pytest.mark.parametrize(
    "items",
    [
        OPEN + OPEN + UPPER,
        OPEN + OPEN + OPEN,
        UPPER + UPPER.replace("</ITEM>", "</Item>") + UPPER,
        UPPER + OPEN + item(number=3),
        item(number=3).replace("</item>", "") + UPPER + UPPER,
        item(number=3).replace("</item>", "</iTEM>") + UPPER + UPPER,
    ],
)
def test_one_without_its_end_ends_before_the_next(items: str, tmp_path: Path) -> None:
    usual = export(items.lower(), head=HEAD.replace("Carnet", "carnet"))

    found, _ = records(export(items, head=HEAD.replace("Carnet", "carnet")), tmp_path)

    assert sum(isinstance(each, wxr.Post) for each in found) == 3
    expected, _ = records(usual.replace("<title>t", "<title>T"), tmp_path)
    assert found == expected


def test_those_without_a_header_or_behind_the_root_are_read(tmp_path: Path) -> None:
    bare, said = records(UPPER, tmp_path)
    behind, _ = records(export(item()) + UPPER, tmp_path)

    assert [each.id for each in bare if isinstance(each, wxr.Post)] == [2]
    assert said[0].code is Code.MISSING_HEADER
    assert [each.id for each in behind if isinstance(each, wxr.Post)] == [1, 2]


def test_many_without_an_end_cost_no_later_one(tmp_path: Path) -> None:
    large = OPEN.replace("<title>T", f"<title>{'a' * (2 << 20)}")
    each = large + item(number=1)

    found, _ = records(export(each * 3, UPPER, item(number=9)), tmp_path)

    kept = [each.id for each in found if isinstance(each, wxr.Post)]
    assert kept == [2, 1, 2, 1, 2, 1, 2, 9]


@pytest.mark.parametrize("items", [OPEN * 2, UPPER.replace("</I", "</i") * 2])
def test_repair_writes_damaged_ones_as_usual(items: str, tmp_path: Path) -> None:
    (tmp_path / "upper.xml").write_text(export(items), encoding="utf-8")

    report = wxr.repair(tmp_path / "upper.xml", tmp_path / "clean.xml")

    clean = (tmp_path / "clean.xml").read_text(encoding="utf-8")
    assert (clean.count("<item>"), clean.count("</item>")) == (2, 2)
    assert "ITEM" not in clean
    assert report.written.items["post"] == 2


def test_names_in_texts_and_of_other_vocabularies_stay(tmp_path: Path) -> None:
    html = "<p>a</p><Title>x</Title>"
    post, said = only_post(
        f"<content:encoded>{html}</content:encoded>"
        '<x:Title xmlns:x="urn:x">y</x:Title>',
        tmp_path,
    )

    assert post.content == html
    assert [name for name, _ in post.extra] == ["{urn:x}Title"]
    assert [each.code for each in said] == [Code.MISSING_CDATA]


def test_repair_writes_the_usual_names(tmp_path: Path) -> None:
    usual = export(POST, item("<title>U</title>", number=2), head=HEAD + TERMS)
    (tmp_path / "upper.xml").write_text(cased(usual, "upper"), encoding="utf-8")

    report = wxr.repair(tmp_path / "upper.xml", tmp_path / "clean.xml")

    assert (tmp_path / "clean.xml").read_text(encoding="utf-8") == usual
    assert {problem.code for problem in report.diagnostics} == {Code.WRONG_CASE}
    assert report.balanced
