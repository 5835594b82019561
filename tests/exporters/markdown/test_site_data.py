"""`site.yaml`: site, authors, terms and menus, and nobody's e-mail."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as st
from ruamel.yaml import YAML

from tests.conftest import Golden
from tests.exporters.markdown.pages import SITE, blog, item
from tests.strategies import authors, sites, terms
from wxr.exporters.markdown.site_data import site_data
from wxr.index import open_index
from wxr.model import Author, Meta, Post, Record, Site, Term, TermRef


def written(folder: Path, *records: Record, site: Site = SITE) -> str:
    made = blog(folder, *records, site=site)
    assert made.exporter.index_path is not None
    return b"".join(site_data(open_index(made.exporter.index_path))).decode()


def parsed(text: str) -> dict[str, Any]:
    found = yaml.safe_load(text)
    assert YAML(typ="safe", pure=True).load(StringIO(text)) == found
    assert isinstance(found, dict)
    return found


def entry(id_: int, position: int, **meta: str | int) -> Post:
    """Give an entry of the menu `haut`."""
    return item(
        id_,
        type="nav_menu_item",
        menu_order=position,
        title=meta.pop("title", ""),
        terms=(TermRef(taxonomy="nav_menu", slug="haut", name="Haut"),),
        meta=tuple(
            Meta(key=f"_menu_item_{key}", value=str(value))
            for key, value in meta.items()
        ),
    )


RECORDS = (
    Author(id=1, login="ana", email="ana@m.example", display_name="Ana &amp; Bob"),
    Author(id=2, login="bob@m.example", display_name="bob@m.example"),
    Term(id=4, taxonomy="category", slug="b", name="B &lt;3", parent="a"),
    Term(id=3, taxonomy="category", slug="a", name="A", description="Un\nDeux"),
    Term(id=5, taxonomy="nav_menu", slug="haut", name="Haut"),
    item(12, type="page", title="À propos", slug="a-propos", link="https://carnet.example/a-propos/"),
    item(13, status="draft", title="Secret", link="https://carnet.example/?p=13"),
    entry(21, 2, type="custom", url="https://carnet.example/a-propos", title="Lien"),
    entry(20, 1, type="post_type", object="page", object_id=12),
    entry(22, 3, type="taxonomy", object="category", object_id=4),
    entry(23, 4, type="post_type", object="post", object_id=13),
    entry(25, 6, type="post_type_archive", object="livre", object_id=-5),
    entry(26, 7, type="taxonomy", object="category", object_id=99),
    entry(27, 8, type="plugin", title="Perdu"),
    entry(24, 5, type="custom", url="https://ailleurs.example", menu_item_parent=20),
)  # fmt: skip


def test_site_is_described_for_themes(tmp_path: Path, golden: Golden) -> None:
    text = written(tmp_path, *RECORDS)

    golden(text, Path(__file__).parent / "golden" / "site.yaml")
    found = parsed(text)
    assert "@" not in text
    assert "Secret" not in text
    assert [each["id"] for each in found["menus"]["haut"]] == [20, 21, 22, 24, 25]


def test_empty_site_is_described_too(tmp_path: Path) -> None:
    found = parsed(written(tmp_path, site=Site()))

    assert found["authors"] == []
    assert found["terms"] == found["menus"] == {}


@given(site=sites, records=st.lists(authors | terms, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_site_gives_yaml_that_both_versions_read_the_same(
    tmp_path: Path, site: Site, records: list[Record]
) -> None:
    found = parsed(written(tmp_path, *records, site=site))

    assert len(found["authors"]) == sum(isinstance(each, Author) for each in records)
    assert sum(map(len, found["terms"].values())) == sum(
        isinstance(each, Term) for each in records
    )


@pytest.mark.parametrize("name", ["", "menus: x", "é" * 600])
def test_taxonomy_is_a_key_whatever_its_name(tmp_path: Path, name: str) -> None:
    found = parsed(written(tmp_path, Term(taxonomy=name, slug="a")))

    assert found["terms"] == {name: [{"slug": "a"}]}
