"""Front matter: what a theme needs, as one block of YAML that nothing breaks out of."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st
from ruamel.yaml import YAML

from tests.conftest import Golden
from tests.exporters.markdown.pages import NOON, blog, item
from tests.strategies import posts
from wxr.diagnostics import Code
from wxr.exporters.markdown.front_matter import Facts, front_matter, public_name
from wxr.model import Author, Meta, Post, TermRef


def parsed(page: str) -> dict[str, Any]:
    head, sep, _ = page.removeprefix("---\n").partition("\n---\n")
    assert page.startswith("---\n")
    assert sep
    found = yaml.safe_load(head)
    assert YAML(typ="safe", pure=True).load(StringIO(head)) == found
    assert isinstance(found, dict)
    return found


def test_page_says_what_wordpress_knew(tmp_path: Path, golden: Golden) -> None:
    post = item(
        12,
        title="Caf&eacute; &amp; <em>th&#233;</em>",
        date=NOON,
        date_gmt=datetime(2012, 5, 1, 10, tzinfo=UTC),
        modified=datetime(2013, 1, 2, 3, 4, 5),  # noqa: DTZ001
        slug="cafe-the",
        author="odile",
        parent=7,
        excerpt="<p>En bref &hellip;</p>\n",
        link="https://carnet.example/cafe-the/",
        content="Bonjour.",
        terms=(
            TermRef(taxonomy="category", slug="a", name="R&amp;D"),
            TermRef(taxonomy="category", slug=None, name="R&amp;D"),
            TermRef(taxonomy="category", slug="b", name="2012"),
            TermRef(taxonomy="post_tag", slug="c", name=None),
            TermRef(taxonomy="série", slug="d", name="Été"),
            TermRef(taxonomy="author", slug="cap-ana", name="Ana"),
            TermRef(taxonomy="taxonomy_author", slug="e", name="E"),
        ),
        meta=(Meta(key="_thumbnail_id", value="5"), Meta(key="secret", value="x")),
    )
    image = item(5, type="attachment", attachment_url="https://carnet.example/p.jpg")

    page = blog(
        tmp_path,
        Author(login="odile", display_name="Odile M.", email="o@m.example"),
        post,
        image,
    ).page(2)

    golden(page, Path(__file__).parent / "golden" / "front-matter.md")
    assert parsed(page)["date"] == "2012-05-01T12:00:00"


def test_what_is_always_there_is_there_for_an_empty_item(tmp_path: Path) -> None:
    found = parsed(blog(tmp_path, Post(id=3, status="publish")).page())

    assert found == {
        "id": 3,
        "title": "",
        "date": None,
        "slug": "post-3",
        "type": "post",
        "status": "publish",
    }


def test_instant_stands_in_for_a_missing_local_date() -> None:
    post = item(date_gmt=datetime(2012, 5, 1, 10, tzinfo=UTC))

    assert parsed(front_matter(post, Facts(slug="a")))["date"] == "2012-05-01T10:00:00Z"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Odile", "Odile"),
        ("  Odile\n Marchandeau ", "Odile Marchandeau"),
        ("R&amp;D", "R&D"),
        ("odile@carnet.example", "odile"),
        ("Odile @ la plage", "Odile @ la plage"),
        (None, ""),
    ],
)
def test_name_is_shown_without_markup_or_address(name: str | None, shown: str) -> None:
    assert public_name(name) == shown


@pytest.mark.parametrize(
    ("value", "image"),
    [
        ("5", "https://carnet.example/p.jpg"),
        (" 5 ", "https://carnet.example/p.jpg"),
        ("6", None),
        ("-1", None),
        ("", None),
        ("https://cdn.example/x.jpg", "https://cdn.example/x.jpg"),
        ("javascript:alert(1)", None),
        ("²", None),
        ("9" * 5000, None),
    ],
)
def test_featured_image_is_an_address(
    tmp_path: Path, value: str, image: str | None
) -> None:
    post = item(meta=(Meta(key="_thumbnail_id", value=value),))
    picture = item(5, type="attachment", attachment_url="https://carnet.example/p.jpg")

    found = parsed(blog(tmp_path, post, picture).page())

    assert found.get("featured_image") == image


def test_an_attachment_says_where_its_file_is() -> None:
    study = item(5, type="attachment", attachment_url="https://carnet.example/p.pdf")

    found = parsed(front_matter(study, Facts(slug="p")))

    assert found["attachment_url"] == "https://carnet.example/p.pdf"


@pytest.mark.parametrize(("value", "codes"), [("6", [Code.UNRESOLVED]), ("0", [])])
def test_featured_image_that_is_missing_is_reported(
    tmp_path: Path, value: str, codes: list[Code]
) -> None:
    post = item(meta=(Meta(key="_thumbnail_id", value=value),))

    problems = blog(tmp_path, post).render(1).diagnostics

    assert [each.code for each in problems] == codes


@given(posts)
def test_any_item_gives_yaml_that_both_versions_read_the_same(post: Post) -> None:
    page = front_matter(post, Facts(slug=post.slug or "", author=post.author))

    found = parsed(page)
    assert found["id"] == post.id
    assert found["slug"] == (post.slug or "")
    assert found.get("link", "") == (post.link or "")


taxonomies = st.sampled_from(
    ["id", "title", "taxonomy_title", "taxonomy_id", "category", "tags", "post_tag"]
) | st.text(max_size=5)


@given(st.sets(taxonomies))
def test_every_taxonomy_has_a_key_of_its_own(names: set[str]) -> None:
    terms = tuple(TermRef(taxonomy=name, slug="s", name="n") for name in names)

    bare, full = (
        parsed(front_matter(item(terms=given), Facts(slug="a")))
        for given in ((), terms)
    )

    assert len(full) == len(bare) + len(names)
    assert bare.items() <= full.items()
