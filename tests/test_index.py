"""The site index: what a page must know of others, found by id, place and address."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.strategies import exports
from wxr.content.context import Attachment
from wxr.index import (
    IndexWriter,
    PathTable,
    SiteIndex,
    close_indexes,
    link_key,
    open_index,
    rows_of,
)
from wxr.index.links import Target, target_of
from wxr.model import Author, Meta, Post, Record, Site, Term, TermRef

SITE = Site(
    title="Le carnet",
    link="https://carnet.example/blog",
    base_blog_url="https://carnet.example/blog",
    base_site_url="https://autre.example",
    language="fr-FR",
)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_indexes()


def index(folder: Path, *records: Record) -> SiteIndex:
    """Index records, each at the offset of its position; the published are public."""
    path = str(folder / "index.sqlite")
    writer = IndexWriter(path)
    for number, record in enumerate(records):
        public = isinstance(record, Post) and record.status == "publish"
        writer.add(rows_of(record, 0, number, public=public))
    writer.finish()
    return open_index(path)


def picture(id_: int, parent: int | None = None, *, order: int = 0) -> Post:
    return Post(
        id=id_,
        type="attachment",
        status="inherit",
        title=f"T{id_}",
        parent=parent,
        menu_order=order,
        excerpt="<em>Légende</em>",
        attachment_url=f"https://carnet.example/{id_}.jpg",
        meta=(Meta(key="_wp_attachment_image_alt", value="Alt"),),
    )


def test_site_is_what_its_headers_say_the_first_one_first(tmp_path: Path) -> None:
    found = index(tmp_path, SITE, Site(title="Autre", description="Un carnet"))

    assert found.site == replace(SITE, description="Un carnet")


def test_index_without_a_site_gives_an_empty_one(tmp_path: Path) -> None:
    assert index(tmp_path).site == Site()


def test_item_is_found_at_its_place(tmp_path: Path) -> None:
    found = index(tmp_path, SITE, Post(id=5, slug="a"), Post(id=5, slug="b"))

    first, second = found.entry_at(0, 1), found.entry_at(0, 2)

    assert first is not None
    assert second is not None
    assert (first.slug, second.slug) == ("a", "b")
    assert found.entry_at(0, 0) is None
    assert found.entry_at(1, 1) is None


def test_public_item_comes_before_others_of_its_id(tmp_path: Path) -> None:
    found = index(
        tmp_path, Post(id=5, slug="a"), Post(id=5, slug="b", status="publish")
    ).entry(5)

    assert found is not None
    assert (found.slug, bool(found.public)) == ("b", True)


def test_attachment_is_found_by_id(tmp_path: Path) -> None:
    found = index(tmp_path, picture(7), Post(id=8, type="post"))

    assert found.attachment(7) == Attachment(
        id=7,
        url="https://carnet.example/7.jpg",
        alt="Alt",
        caption="<em>Légende</em>",
        title="T7",
    )
    assert found.attachment(8) is None
    assert found.attachment(10**30) is None


def test_attachment_without_address_has_that_of_its_guid(tmp_path: Path) -> None:
    post = Post(id=7, type="attachment", guid="https://carnet.example/7.jpg")

    found = index(tmp_path, post).attachment(7)

    assert found is not None
    assert found.url == "https://carnet.example/7.jpg"


def test_attachments_of_a_post_come_in_menu_order(tmp_path: Path) -> None:
    found = index(
        tmp_path,
        picture(4, 1, order=2),
        picture(3, 1, order=1),
        picture(2, 1, order=1),
        picture(9, 2),
        Post(id=5, type="post", parent=1),
    )

    assert [each.id for each in found.attachments(1)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("status", "password", "body"),
    [("publish", "", "Motif"), ("draft", "", None), ("publish", "x", None)],
)
def test_pattern_is_shown_where_wordpress_shows_it(
    tmp_path: Path, status: str, password: str, body: str | None
) -> None:
    pattern = Post(
        id=3, type="wp_block", status=status, password=password, content="Motif"
    )

    assert index(tmp_path, pattern).pattern(3) == body


def test_only_bodies_of_patterns_are_kept(tmp_path: Path) -> None:
    index(
        tmp_path,
        Post(id=1, type="post", content="Long corps", excerpt="Court"),
        Author(login="ana", email="ana@m.example"),
    )

    data = (tmp_path / "index.sqlite").read_bytes()
    assert b"Long corps" not in data
    assert b"ana@m.example" not in data


def test_names_are_found(tmp_path: Path) -> None:
    found = index(
        tmp_path,
        Author(id=1, login="ana", display_name="Ana"),
        Author(id=2, login="bob"),
        # Of parts of one export, only the second may know it.
        Author(id=4, login="cid"),
        Author(id=4, login="cid", display_name="Cid"),
        Author(id=4, login="cid", display_name="Not Cid"),
        Term(id=3, taxonomy="category", slug="a", name="A"),
    )

    assert found.display_name("ana") == "Ana"
    assert found.display_name("bob") is None
    assert found.display_name("cid") == "Cid"
    assert found.display_name("zoé") is None
    assert found.term(3) == Term(id=3, taxonomy="category", slug="a", name="A")
    assert found.term(4) is None
    assert [author.login for author in found.authors()][:3] == ["ana", "bob", "cid"]


def test_terms_of_a_taxonomy_come_together(tmp_path: Path) -> None:
    terms = [
        Term(taxonomy="category", slug="a", parent="b", description="D"),
        Term(taxonomy="post_tag", slug="t"),
        Term(taxonomy="category", slug="b"),
    ]

    found = list(index(tmp_path, *terms).terms())

    assert found == [terms[0], terms[2], terms[1]]


def test_menu_entries_come_in_the_order_of_their_menu(tmp_path: Path) -> None:
    def entry(id_: int, menu: str, order: int, status: str = "publish") -> Post:
        return Post(
            id=id_,
            type="nav_menu_item",
            status=status,
            menu_order=order,
            terms=(TermRef(taxonomy="nav_menu", slug=menu, name=None),),
            meta=(
                Meta(key="_menu_item_type", value="custom"),
                Meta(key="_menu_item_menu_item_parent", value="0"),
                Meta(key="_menu_item_object_id", value="x"),
            ),
        )

    found = index(
        tmp_path,
        entry(1, "bas", 2),
        entry(2, "haut", 1),
        entry(3, "bas", 1),
        entry(4, "bas", 3, "draft"),
    )

    entries = list(found.menu_entries())
    assert [(each.menu, each.id) for each in entries] == [
        ("bas", 3), ("bas", 1), ("haut", 2)
    ]  # fmt: skip
    assert {(each.parent, each.object_id) for each in entries} == {(None, None)}


@pytest.mark.parametrize(
    "url",
    [
        "https://carnet.example/blog/2012/été/",
        "http://www.carnet.example/blog/2012/%C3%A9t%c3%a9",
        "//carnet.example:443/blog/2012/été/#comment-3",
        "/blog/2012/été",
        " https://CARNET.example/blog/2012/été ",
        "https://carnet.example/blog/?p=12",
        "https://carnet.example/blog?page_id=12&preview=true",
        "?p=12",
        "/?attachment_id=12",
        "https://autre.example/?a=b&amp;p=12",
    ],
)
def test_link_is_found_however_it_is_written(tmp_path: Path, url: str) -> None:
    post = Post(
        id=12, status="publish", link="https://carnet.example/blog/2012/%c3%a9t%c3%a9/"
    )

    found = index(tmp_path, SITE, post).destination(url)

    assert found is not None
    assert found.id == 12
    assert found.fragment in {"", "comment-3"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "#note",
        "été",
        "https://ailleurs.example/blog/2012/été/",
        "https://ailleurs.example/?p=12",
        "https://carnet.example/blog/autre/",
        "https://carnet.example/?p=13",
        "https://carnet.example/?p=-12",
        "https://carnet.example/?p=" + "9" * 5000,
        "https://carnet.example/?p=²",
        "https://[carnet.example/?p=12",
        "https://carnet.example:99999/?p=12",
        "mailto:ana@carnet.example?p=12",
        "javascript:alert(1)",
        "https://carnet.example/?" + "&" * 1000,
    ],
)
def test_other_links_are_left_alone(tmp_path: Path, url: str) -> None:
    post = Post(
        id=12, status="publish", link="https://carnet.example/blog/2012/%c3%a9t%c3%a9/"
    )

    assert index(tmp_path, SITE, post).destination(url) is None


def test_no_link_is_internal_where_the_site_does_not_say_its_address(
    tmp_path: Path,
) -> None:
    found = index(tmp_path, Site(), Post(id=12, status="publish"))

    assert found.destination("/?p=12") is None


def test_link_with_too_many_fields_names_no_item(tmp_path: Path) -> None:
    url = "https://carnet.example/?" + "a=1&" * 1000 + "p=12"

    assert index(tmp_path, SITE, Post(id=12, status="publish")).destination(url) is None


def test_link_key_is_none_for_what_has_no_host() -> None:
    assert link_key("/a") is None
    assert link_key("http://[") is None


def test_path_is_given_once_whatever_its_case(tmp_path: Path) -> None:
    index(tmp_path, *(Post(id=n, status="publish") for n in (1, 2, 3)))
    path = str(tmp_path / "index.sqlite")

    with PathTable(path) as table:
        assert table.take(1, "A.md", "a.md", changed=False)
        assert not table.take(2, "a.md", "a.md", changed=False)
        assert table.last_number("a") == 1
        assert table.take(2, "a-4.md", "a-4.md", changed=True, numbered="a", number=4)
        assert table.last_number("a") == 4

    close_indexes()
    entries = list(open_index(path).public_entries())
    assert [(each.id, each.path, each.changed) for each in entries] == [
        (1, "A.md", 0), (2, "a-4.md", 1), (3, None, None)
    ]  # fmt: skip


def test_index_is_opened_once_and_read_only(tmp_path: Path) -> None:
    found = index(tmp_path, SITE)

    assert open_index(str(tmp_path / "index.sqlite")) is found
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        found._database.execute("DELETE FROM site")


def test_new_index_of_the_same_path_is_not_mistaken_for_the_old(tmp_path: Path) -> None:
    first = index(tmp_path, SITE).site

    second = index(tmp_path, Site(title="Autre")).site

    assert (first.title, second.title) == ("Le carnet", "Autre")


def test_look_ups_use_indexes(tmp_path: Path) -> None:
    """One that reads the whole table for each page would be slow on a large site."""
    found = index(tmp_path, SITE)
    plans: list[str] = []
    database = found._database

    asked = sqlite3.connect(tmp_path / "index.sqlite")

    def plan(statement: str) -> None:
        rows = asked.execute(f"EXPLAIN QUERY PLAN {statement}")
        plans.extend(row[3] for row in rows)

    database.set_trace_callback(plan)
    found.entry(1)
    found.page(1)
    found.attachment(1)
    found.attachments(1)
    found.entry_at(0, 1)
    found.destination("https://carnet.example/a")
    found.display_name("a")
    found.term(1)
    found.pattern(1)
    asked.close()

    assert plans
    assert not [line for line in plans if "SCAN" in line and "site" not in line]
    assert not [line for line in plans if "TEMP B-TREE" in line]


@given(records=exports)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_records_can_be_indexed(tmp_path: Path, records: list[Record]) -> None:
    found = index(tmp_path, *records)

    for number, record in enumerate(records):
        if isinstance(record, Post):
            entry = found.entry_at(0, number)
            assert entry is not None
            assert (entry.id, entry.slug, entry.title) == (
                record.id, record.slug, record.title
            )  # fmt: skip


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**100])
def test_id_past_what_the_database_holds_is_found_all_the_same(
    tmp_path: Path, number: int
) -> None:
    found = index(tmp_path, Post(id=number, type="page", parent=number)).page(number)

    assert found is not None
    assert str(found.id) == str(number)


_ADDRESS = st.lists(
    st.sampled_from(
        [
            *(
                "http://",
                "https://",
                "//",
                "/",
                "www.",
                "blog.example",
                "a.example",
                ":80",
            ),
            *("/x", "/X/", "/%41", "?p=1", "?page_id=12", "?p=1&q=2", "?x=1", "#frag"),
            *("&p=7", "&copy=3", "?%70=5", "HTTPS://", "Blog.Example", "WWW.", "&x"),
            *("&amp;", ".", "..", "~", " ", "é", "@", "[", "?p=1234567890123456789"),
        ]
    ),
    max_size=6,
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ADDRESS)
def test_a_usual_address_is_read_as_the_long_way_reads_it(url: str) -> None:
    def read() -> tuple[str | None, Target | None]:
        hosts = frozenset({"blog.example"})
        return link_key(url), target_of(url, base="http://blog.example/", hosts=hosts)

    with patch("wxr.index.links._USUAL", re.compile("(?!)")):
        long_way = read()
    assert read() == long_way
