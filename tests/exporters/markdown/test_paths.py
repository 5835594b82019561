"""Paths: inside the target, one per item, the same on every file system."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.exporters.markdown.pages import blog, item
from wxr.diagnostics import Code
from wxr.exporters import Place
from wxr.exporters.markdown import names
from wxr.model import Post


@pytest.mark.parametrize(
    ("post", "path"),
    [
        (item(slug="bonjour"), "posts/bonjour.md"),
        (item(slug="bonjour", type=None), "posts/bonjour.md"),
        (item(slug="a-propos", type="page"), "pages/a-propos.md"),
        (item(slug="dune", type="livre"), "livre/dune.md"),
        (item(slug="%ce%b5%ce%bb"), "posts/ελ.md"),
        (item(slug="ελ"), "posts/ελ.md"),
        (item(slug="Déjà_vu~2"), "posts/Déjà_vu~2.md"),
    ],
)
def test_slug_is_the_name_of_the_file(tmp_path: Path, post: Post, path: str) -> None:
    made = blog(tmp_path, post)

    assert made.paths() == [path]
    assert made.render(1).diagnostics == []


@pytest.mark.parametrize(
    ("post", "path"),
    [
        (
            item(7, slug="", title="L’Été, c’est &amp; fini ?"),
            "posts/lete-cest-fini.md",
        ),
        (item(7, slug=None, title="Œuvre <em>noire</em>"), "posts/oeuvre-noire.md"),
        (item(7, slug="", title="こんにちは 世界"), "posts/こんにちは-世界.md"),
        (item(7, slug="", title="ガラス"), "posts/ガラス.md"),
        (item(7, slug="", title="हिन्दी में"), "posts/हिन्दी-में.md"),
        (item(7, slug="", title="a_b — c/d…"), "posts/a_b-c-d.md"),
        (item(7, slug="", title="…"), "posts/post-7.md"),
        (item(7, slug=None, title=None, type="livre"), "livre/livre-7.md"),
        (item(-3, slug=None, title=None), "posts/post--3.md"),
    ],
)
def test_empty_slug_is_made_of_title_or_type_and_id(
    tmp_path: Path, post: Post, path: str
) -> None:
    assert blog(tmp_path, post).paths() == [path]


@pytest.mark.parametrize(
    ("slug", "path"),
    [
        ("../../etc/passwd", "posts/etc-passwd.md"),
        ("%2e%2e%2fetc", "posts/etc.md"),
        ("..\\..\\x", "posts/x.md"),
        ("/abs", "posts/abs.md"),
        ("C:\\x", "posts/C-x.md"),
        (".", "posts/post-7.md"),
        ("..", "posts/post-7.md"),
        (".htaccess", "posts/htaccess.md"),
        ("-rf", "posts/rf.md"),
        ("fin. ", "posts/fin.md"),
        ("con", "posts/con-7.md"),
        ("NUL.txt", "posts/NUL.txt-7.md"),
        ("com1", "posts/com1-7.md"),
        ('a<b>:c|d?e*f"g', "posts/a-b-c-d-e-f-g.md"),
        ("$(id)`id`;id", "posts/id-id-id.md"),
        ("a\x00b\x1bc\x9bd", "posts/a-b-c-d.md"),
        ("a\u202eb\u2066c", "posts/abc.md"),
        ("a\u00a0b\u2028c", "posts/a-b-c.md"),
    ],
)
def test_dangerous_slug_is_made_harmless_and_reported(
    tmp_path: Path, slug: str, path: str
) -> None:
    made = blog(tmp_path, item(7, slug=slug, title=""))

    assert made.paths() == [path]
    assert [each.code for each in made.render(1).diagnostics] == [Code.PATH_CHANGED]


@pytest.mark.parametrize(
    ("slug", "decoded"),
    [
        ("caf%c3%a9", "café"),
        ("caf%C3%A9", "café"),
        ("caf%25c3", "caf%c3"),
        ("caf%e9-noir", "caf%e9-noir"),
        ("100%", "100%"),
        ("caf%c3%a9%c3", "café"),
        ("caf%c3%a9%c3%a", "café"),
        ("plain", "plain"),
    ],
)
def test_escapes_are_undone_once_where_they_are_utf8(slug: str, decoded: str) -> None:
    assert names.decoded(slug) == decoded


def test_collisions_take_the_id_in_the_order_of_the_export(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "café")
    posts = [
        item(1, slug="a"),
        item(2, slug="A"),
        item(3, slug="a-2"),
        item(4, slug="café"),
        item(5, slug=decomposed),
        item(6, slug="straße"),
        item(7, slug="STRASSE"),
        item(2, slug="a"),
        item(2, slug="a"),
        item(8, slug="a-2-2"),
    ]

    assert blog(tmp_path, *posts).paths() == [
        "posts/a.md",
        "posts/A-2.md",
        "posts/a-2-3.md",
        "posts/café.md",
        "posts/café-5.md",
        "posts/straße.md",
        "posts/STRASSE-7.md",
        "posts/a-2-2.md",
        "posts/a-2-4.md",
        "posts/a-2-2-8.md",
    ]


def test_pages_stand_below_their_parents(tmp_path: Path) -> None:
    made = blog(
        tmp_path,
        item(3, type="page", slug="cuisine", parent=2),
        item(2, type="page", slug="recettes", parent=1),
        item(1, type="page", slug="con"),
        item(4, type="page", slug="orpheline", parent=99),
        item(5, type="page", slug="boucle", parent=6),
        item(6, type="page", slug="ronde", parent=5),
        item(7, type="page", slug="moi", parent=7),
        item(8, type="page", slug="sous-billet", parent=9),
        item(9, slug="billet"),
    )

    assert made.paths() == [
        "pages/con-1/recettes/cuisine.md",
        "pages/con-1/recettes.md",
        "pages/con-1.md",
        "pages/orpheline.md",
        "pages/ronde/boucle.md",
        "pages/boucle/ronde.md",
        "pages/moi.md",
        "pages/sous-billet.md",
        "posts/billet.md",
    ]


def test_folder_never_has_the_name_of_a_file(tmp_path: Path) -> None:
    made = blog(
        tmp_path,
        item(1, type="page", slug="a"),
        item(2, type="page", slug="a.md"),
        item(3, type="page", slug="b", parent=2),
    )

    assert made.paths() == ["pages/a.md", "pages/a.md.md", "pages/a-md/b.md"]


def test_deep_pages_still_fit_a_path(tmp_path: Path) -> None:
    pages = [
        item(n, type="page", slug=f"{'long' * 40}-{n}", parent=n - 1 or None)
        for n in range(1, 30)
    ]

    paths = blog(tmp_path, *pages).paths()

    assert max(len(path.encode()) for path in paths) <= 1000
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize(
    ("kind", "folder"),
    [
        ("posts", "type-posts"),
        ("Pages", "type-Pages"),
        ("site.yaml", "site-yaml"),
        ("../x", "x"),
        ("nul", "type-nul"),
        ("", "posts"),
        ("///", "type"),
        ("aux.x", "aux-x"),
    ],
)
def test_type_gives_a_folder_of_its_own(tmp_path: Path, kind: str, folder: str) -> None:
    assert blog(tmp_path, item(type=kind, slug="x")).paths() == [f"{folder}/x.md"]


def test_item_that_gets_no_file_has_no_path_and_takes_none(tmp_path: Path) -> None:
    made = blog(tmp_path, item(1, slug="a", status="draft"), item(2, slug="a"))

    assert made.render(2).payload[0][0] == "posts/a.md"
    assert made.exporter.render(made.records[1], Place(0, 1)) is None


hostile_names = st.text(
    st.sampled_from("./\\:a-A %2eéeß\u0301\u202e\x00~")
    | st.characters(exclude_categories=["Cs"]),
    max_size=12,
) | st.sampled_from(
    ["con", "x" * 300, "é" * 200, "a" * 239 + "é", "%2f", ".md", "a.md"]
)
pages = st.builds(
    item,
    st.integers(1, 6),
    slug=hostile_names,
    title=hostile_names,
    type=st.sampled_from(["post", "page"]) | hostile_names,
    parent=st.none() | st.integers(1, 6),
)


@given(posts=st.lists(pages, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_paths_are_sound_whatever_slugs_types_and_parents_say(
    tmp_path: Path, posts: list[Post]
) -> None:
    paths = blog(tmp_path, *posts).paths()

    assert len({names.folded(path) for path in paths}) == len(posts)
    folders = {parent for path in paths for parent in list(Path(path).parents)[:-1]}
    assert not {names.folded(str(each)) for each in folders} & {
        names.folded(path) for path in paths
    }
    for part in (part for path in paths for part in path.split("/")):
        assert 0 < len(part.encode()) <= 255
        assert part not in {".", ".."}
        assert not names.is_reserved(part)
        assert not set(part) & set('<>:"/\\|?*')
        assert not any(unicodedata.category(each) == "Cc" for each in part)
        assert part == part.strip(" .-")


def test_many_items_of_one_slug_and_id_do_not_take_forever(tmp_path: Path) -> None:
    taken = [item(n, slug=f"a-5-{n}") for n in range(2, 1500)]
    same = [item(5, slug="a") for _ in range(1500)]

    paths = blog(tmp_path, *taken, *same).paths()

    assert len(set(paths)) == len(taken) + len(same)
