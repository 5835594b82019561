"""The promise on exports that nobody here wrote: all read, all written, all counted."""

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

import wxr
from tests.real import Shared
from wxr.diagnostics import Code, Severity
from wxr.ledger import Tally

LOSSES: Final = {
    # Two feed dates that are none (a year of five digits, a zone of three); the
    # post's own dates are sound. One apostrophe between two elements of an item.
    "wp-theme-unit-test": {Code.BAD_DATE, Code.STRAY_TEXT},
    "wp-theme-test-data-head": {Code.BAD_DATE, Code.STRAY_TEXT},
}
"""What is lost of well-formed exports, and why that cannot be helped."""

NOT_EXPORTED: Final = frozenset({"auto-draft"})
"""Statuses that WordPress holds and does not export."""


def _is_well_formed(name: str, real: Path) -> bool:
    rows = (real / "MANIFEST.tsv").read_text("utf-8").splitlines()
    header, *body = [row.split("\t") for row in rows]
    column = header.index("well_formed")
    listed = {Path(row[0]).stem: row[column] for row in body}
    # WordPress 7.1 wrote the ones that are not listed, and writes well-formed XML.
    return listed.get(name, "yes") == "yes"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


def _counted(records: list[dict[str, Any]]) -> Tally:
    tally = Tally()
    for record in records:
        tally.authors += record["record"] == "author"
        tally.terms += record["record"] == "term"
        if record["record"] == "post":
            tally.items[record["type"] or "none"] += 1
            tally.comments.update(c["type"] for c in record["comments"])
            tally.meta["comment"] += sum(len(c["meta"]) for c in record["comments"])
        if record["record"] in {"post", "term"}:
            tally.meta[record["record"]] += len(record["meta"])
    return tally


def _counted_rows(database: Path) -> Tally:
    with sqlite3.connect(database) as connection:

        def count(query: str) -> Counter[str]:
            return Counter(dict(connection.execute(query).fetchall()))

        posts = "SELECT coalesce(type, 'none'), count(*) FROM posts GROUP BY 1"
        comments = "SELECT type, count(*) FROM comments GROUP BY 1"
        authors = "SELECT 'n', count(*) FROM authors"
        metas = " UNION ALL ".join(
            f"SELECT '{owner}', count(*) FROM {owner}_meta HAVING count(*)"
            for owner in ("post", "comment", "term")
        )
        return Tally(
            items=count(posts),
            comments=count(comments),
            authors=count(authors)["n"],
            meta=count(metas),
        )


def test_all_is_read_written_and_balanced(
    shared_export: Shared, real_export: Path, real: Path
) -> None:
    """Both archives hold what was read, by their own count and by one made here."""
    in_lines, in_rows = shared_export.written("jsonl"), shared_export.written("sqlite")
    lines, rows = in_lines.report, in_rows.report

    assert lines.balanced
    assert rows.balanced
    assert _counted(_lines(in_lines.path)).as_dict() == lines.written.as_dict()
    found = _counted_rows(in_rows.path)
    assert found.items == rows.written.items == lines.written.items
    assert found.comments == rows.written.comments == lines.written.comments
    assert found.authors == rows.written.authors == lines.written.authors
    assert found.as_dict()["meta"] == rows.written.as_dict()["meta"]
    assert rows.written.as_dict()["meta"] == lines.written.as_dict()["meta"]
    assert rows.written.terms == lines.written.terms
    if _is_well_formed(real_export.stem, real):
        lost = {d.code for d in lines.diagnostics if d.severity is Severity.LOST}
        assert lost == LOSSES.get(real_export.stem, set())
        assert lines.exit_code == (3 if lost else 0)
        assert not lines.failed


def test_markdown_is_written_and_balanced(
    shared_export: Shared, real_export: Path, real: Path
) -> None:
    """Every item is a file or was withheld by a rule that has a name."""
    site = shared_export.written("markdown")
    report = site.report

    files = set(site.path.rglob("*.md"))
    assert report.balanced
    assert len(files) == report.written.items.total()
    if _is_well_formed(real_export.stem, real):
        assert not report.failed
        assert report.exit_code == (3 if real_export.stem in LOSSES else 0)


TRUTHS: Final = (
    "a11y",
    "a8c-gutenberg-test-data",
    "a8c-jetpack-shortcodes",
    "en-antoniocapelo",
    "theme-unit-test",
    "wp-64-block-test",
    "wporg-news-posts",
    "wporg-showcase-posts",
)


@pytest.mark.parametrize("name", TRUTHS)
def test_counts_are_those_of_wordpress_itself(
    name: str, real: Path, tmp_path: Path
) -> None:
    """What WordPress' database holds, less what it does not export."""
    truth = json.loads((real / f"wordpress-7.1-{name}.truth.json").read_text("utf-8"))
    export = real / f"wordpress-7.1-{name}.xml"
    wxr.convert(export, tmp_path / "out.jsonl", to="jsonl")
    wxr.convert(export, tmp_path / "out.db", to="sqlite")

    records = _lines(tmp_path / "out.jsonl")
    posts = [record for record in records if record["record"] == "post"]
    expected = _posts_by_type_and_status(truth)
    assert Counter((p["type"], p["status"]) for p in posts) == expected
    comments = Counter(c["type"] for p in posts for c in p["comments"])
    assert comments == _exported_comments(truth)
    terms = Counter(r["taxonomy"] for r in records if r["record"] == "term")
    assert terms == _exported_terms(truth)
    authors = {r["login"] for r in records if r["record"] == "author"}
    assert authors == _authors_of(truth)

    with sqlite3.connect(tmp_path / "out.db") as database:
        query = "SELECT type, status, count(*) FROM posts GROUP BY 1, 2"
        rows = {(kind, status): n for kind, status, n in database.execute(query)}
        assert rows == dict(expected)
        query = "SELECT type, count(*) FROM comments GROUP BY 1"
        assert dict(database.execute(query)) == dict(comments)
        query = "SELECT taxonomy, count(*) FROM terms WHERE id IS NOT NULL GROUP BY 1"
        assert dict(database.execute(query)) == dict(terms)
        assert {
            login for (login,) in database.execute("SELECT login FROM authors")
        } == (authors)


def _posts_by_type_and_status(truth: dict[str, Any]) -> Counter[tuple[str, str]]:
    return Counter(
        {
            (kind, status): number
            for kind, statuses in truth["counts"]["posts"].items()
            for status, number in statuses.items()
            if kind != "revision" and status not in NOT_EXPORTED
        }
    )


def _exported_comments(truth: dict[str, Any]) -> Counter[str]:
    ids = {post["ID"] for post in truth["posts"]}
    return Counter(
        comment["comment_type"] or "comment"
        for comment in truth["comments"]
        if comment["comment_approved"] != "spam" and comment["comment_post_ID"] in ids
    )


def _exported_terms(truth: dict[str, Any]) -> Counter[str]:
    """WordPress lists the terms of its own machinery on items only."""
    return Counter(
        {
            taxonomy: number
            for taxonomy, number in truth["counts"]["terms"].items()
            if taxonomy not in {"post_format", "wp_theme", "wp_template_part_area"}
        }
    )


def _authors_of(truth: dict[str, Any]) -> set[str]:
    """Users without posts are not exported."""
    return {
        truth["users"][post["post_author"]]["login"]
        for post in truth["posts"]
        if post["post_author"] in truth["users"]
    }


# Counts of other parsers' own tests: posts, authors, terms (categories, tags and
# others), comments, metas of posts, terms of posts.
GROUND: Final = {
    "wpi-blank-lines": (1, 1, 0, 0, 0, 0),
    "wpi-comprehensive": (2, 2, 4, 1, 1, 4),
    "wpi-crazy-cdata-escaped": (1, 0, 0, 0, 3, 0),
    "wpi-large-authors": (0, 300, 0, 0, 0, 0),
    "wpi-missing-version-tag": (0, 1, 53, 0, 0, 0),
    "wpi-serialized-comment-meta": (1, 0, 0, 1, 0, 1),
    "wpi-serialized-postmeta-nocdata": (1, 0, 0, 0, 1, 1),
    "wpi-slashes": (1, 1, 2, 1, 1, 1),
    "wpi-small-export": (11, 3, 33, 1, 17, 36),
    "wpi-term-formats": (0, 0, 7, 0, 0, 0),
    "wpi-utf8-challenges": (1, 1, 0, 0, 5, 1),
    "wpi-valid-wxr-1.0": (6, 0, 9, 1, 13, 7),
    "wpi-valid-wxr-1.1": (2, 1, 3, 1, 1, 3),
    "wp-theme-test-data-head": (186, 2, 185, 33, 737, 446),
    "hm-small-ns-export": (11, 3, 33, 1, 17, 36),
    "hm-future-wxr-version": (11, 3, 33, 1, 17, 36),
    "phptk-stylish-press": (3, 1, 0, 0, 3, 3),
    "phptk-woo-demo-products": (47, 1, 0, 0, 924, 61),
}


@pytest.mark.parametrize("name", sorted(GROUND))
def test_counts_are_those_of_other_parsers(name: str, real: Path) -> None:
    records = list(wxr.read(real / f"{name}.xml"))

    posts = [record for record in records if isinstance(record, wxr.Post)]
    assert (
        len(posts),
        sum(isinstance(record, wxr.Author) for record in records),
        sum(isinstance(record, wxr.Term) for record in records),
        sum(len(post.comments) for post in posts),
        sum(len(post.meta) for post in posts),
        sum(len(post.terms) for post in posts),
    ) == GROUND[name]
