"""The exporter: pure, the same in every process, and bound to its index."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.exporters.markdown.pages import blog, index_of, item, said
from tests.strategies import posts
from wxr.errors import WxrError
from wxr.exporters import Place
from wxr.exporters.markdown import MarkdownExporter
from wxr.exporters.markdown.library import PageLibrary
from wxr.index import open_index
from wxr.ledger import Tally
from wxr.model import Author, Meta, Post, Term, TermRef

POST = item(
    7,
    title="Un *titre*",
    content='<p>Voir <a href="/billet-8/">là</a>.</p>',
    terms=(TermRef(taxonomy="category", slug="a", name="A"),),
    comments=(said(1), said(2, 1), said(3, 9)),
)


def test_render_is_the_same_in_another_process(tmp_path: Path) -> None:
    made = blog(tmp_path, POST, item(8, link="https://carnet.example/billet-8/"))
    work = pickle.dumps((made.exporter, POST, Place(0, 1)))
    program = (
        "import pickle, sys\n"
        "exporter, post, place = pickle.load(sys.stdin.buffer)\n"
        "pickle.dump(exporter.render(post, place), sys.stdout.buffer)\n"
    )

    elsewhere = subprocess.run(
        [sys.executable, "-c", program], input=work, stdout=subprocess.PIPE, check=True
    )

    here = made.render(1)
    assert pickle.loads(elsewhere.stdout) == here
    assert made.render(1) == here
    assert pickle.loads(pickle.dumps(made.exporter)) == made.exporter


@given(given=st.lists(posts, max_size=4), how=st.sampled_from(["section", "data"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_items_are_rendered_and_counted(
    tmp_path: Path, given: list[Post], how: str
) -> None:
    made = blog(tmp_path, *given, comments=how)

    for number, post in enumerate(given, start=1):
        rendered = made.exporter.render(post, Place(0, number))
        if post.status == "publish" and post.type != "attachment":
            assert rendered is not None
            assert rendered.tally == Tally.of(post)
            assert rendered.payload[0][1].startswith(b"---\nid: ")


@pytest.mark.parametrize(
    "record",
    [
        Author(login="ana"),
        Term(taxonomy="category", slug="a"),
        item(3, type="nav_menu_item"),
    ],
)
def test_what_goes_to_the_data_of_the_site_is_counted(
    tmp_path: Path, record: Author | Term | Post
) -> None:
    rendered = blog(tmp_path, record).render(1)

    assert rendered.payload == ()
    assert rendered.tally == Tally.of(record)


def test_internal_link_leads_to_the_file_of_its_item(tmp_path: Path) -> None:
    made = blog(
        tmp_path,
        POST,
        item(8, link="https://carnet.example/billet-8/", slug="à côté"),
        item(
            9,
            type="page",
            parent=None,
            content='<a href="http://carnet.example/?p=7#comment-2">a</a> '
            '<a href="https://carnet.example/?page_id=9#fin">b</a>',
        ),
    )

    assert "[là](%C3%A0-c%C3%B4t%C3%A9.md)" in made.page(1)
    assert "[a](../posts/billet-7.md) [b](billet-9.md#fin)" in made.page(3)


def test_link_to_what_gets_no_file_is_left_alone(tmp_path: Path) -> None:
    draft = item(8, status="draft", link="https://carnet.example/?p=8")
    post = item(7, content='<a href="https://carnet.example/?p=8">a</a>')

    assert "[a](https://carnet.example/?p=8)" in blog(tmp_path, post, draft).page()


def test_link_to_an_attachment_leads_to_its_file(tmp_path: Path) -> None:
    picture = item(
        8,
        type="attachment",
        status="inherit",
        attachment_url="https://carnet.example/8.jpg",
    )
    post = item(7, content='<a href="https://carnet.example/?attachment_id=8">a</a>')

    assert "[a](https://carnet.example/8.jpg)" in blog(tmp_path, post, picture).page()


def test_body_takes_what_it_shows_from_other_items(tmp_path: Path) -> None:
    def picture(id_: int) -> Post:
        address = f"https://carnet.example/{id_}.jpg"
        alt = Meta(key="_wp_attachment_image_alt", value=f"Alt {id_}")
        return item(
            id_, type="attachment", parent=1, attachment_url=address, meta=(alt,)
        )

    page = blog(
        tmp_path,
        item(
            1,
            content='<!-- wp:block {"ref":4} /-->\n\n'
            "<!-- wp:shortcode -->\n[gallery]\n<!-- /wp:shortcode -->",
        ),
        item(
            4,
            type="wp_block",
            content="<!-- wp:paragraph --><p>Motif</p><!-- /wp:paragraph -->",
        ),
        picture(2),
        picture(3),
    ).page()

    assert "Motif" in page
    assert "![Alt 2](https://carnet.example/2.jpg)" in page
    assert "![Alt 3](https://carnet.example/3.jpg)" in page


def test_image_of_the_library_is_found_by_its_id(tmp_path: Path) -> None:
    found = PageLibrary(
        open_index(
            index_of(
                tmp_path / "index.sqlite",
                item(
                    5, type="attachment", attachment_url="https://carnet.example/5.jpg"
                ),
            )
        ),
        "posts/a.md",
    ).attachment(5)

    assert found is not None
    assert found.url == "https://carnet.example/5.jpg"


def test_metas_do_not_reach_the_page(tmp_path: Path) -> None:
    post = item(
        meta=(Meta(key="_secret", value="hidden"), Meta(key="k", value="hidden"))
    )

    assert "hidden" not in blog(tmp_path, post).page()


def test_unknown_place_for_comments_is_refused() -> None:
    with pytest.raises(WxrError, match="section, data, none"):
        MarkdownExporter(comments="elsewhere")


def test_exporter_that_is_not_prepared_says_so() -> None:
    with pytest.raises(ValueError, match="prepared"):
        MarkdownExporter().render(POST, Place(0, 1))
