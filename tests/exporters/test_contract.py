"""What every exporter promises, whatever it writes."""

import hashlib
import pickle
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from tests.exporters.running import export, tally_of
from wxr.errors import UnknownFormatError
from wxr.exporters import FORMATS, SERVERS, AnyExporter, Place, exporter_class
from wxr.model import Author, Comment, Meta, Post, Record, Site, Term, TermRef

PLACE: Final = Place(0, 1)
RECORDS: Final[list[Record]] = [
    Site(title="Le carnet", link="https://carnet.example", language="fr-FR"),
    Author(id=1, login="odile", email="odile@carnet.example"),
    Term(
        id=2, taxonomy="category", slug="a", name="A", meta=(Meta(key="k", value=""),)
    ),
    Post(
        id=3,
        type="post",
        status="publish",
        title="Un été",
        slug="un-ete",
        date=datetime(2024, 7, 1, 10),  # noqa: DTZ001 - wall clock
        date_gmt=datetime(2024, 7, 1, 8, tzinfo=UTC),
        content="<p>Bonjour</p>",
        terms=(TermRef(taxonomy="category", slug="a", name="A"),),
        meta=(Meta(key="k", value="v"), Meta(key="k", value="w")),
        comments=(
            Comment(
                id=4,
                status="approved",
                content="Merci",
                author_name="Zoé",
                meta=(Meta(key="k", value=None),),
            ),
            Comment(id=5, type="pingback", status="approved", parent=4),
        ),
    ),
]


def _whole(target: Path) -> Iterator[object]:
    yield hashlib.sha256(target.read_bytes()).hexdigest()


def _dump(target: Path) -> Iterator[object]:
    with closing(sqlite3.connect(target)) as connection:
        yield from connection.iterdump()


_CONTENTS: Final[Mapping[str, Callable[[Path], Iterator[object]]]] = {
    "json": _whole,
    "jsonl": _whole,
    "sql": _whole,
    "sqlite": _dump,
    "wxr": _whole,
}
"""How to read a target, for the formats that need no index of the site."""

every_format = pytest.mark.parametrize("name", sorted(FORMATS))
every_format_without_index = pytest.mark.parametrize("name", sorted(_CONTENTS))


def _exporter(name: str) -> AnyExporter:
    return exporter_class(name)()


@every_format
def test_it_pickles_with_its_options(name: str) -> None:
    exporter = _exporter(name)

    assert pickle.loads(pickle.dumps(exporter)) == exporter


@every_format
def test_only_one_that_needs_an_index_is_left_out_here(name: str) -> None:
    assert _exporter(name).needs_index == (name not in _CONTENTS.keys() | SERVERS)


@pytest.mark.parametrize("name", sorted(_CONTENTS.keys() | SERVERS))
def test_render_is_pure(name: str) -> None:
    exporter = _exporter(name)
    elsewhere = pickle.loads(pickle.dumps(exporter))

    for record in RECORDS:
        first = exporter.render(record, PLACE)
        again = elsewhere.render(pickle.loads(pickle.dumps(record)), PLACE)

        assert first == again
        assert pickle.loads(pickle.dumps(first)) == first


@every_format_without_index
def test_a_second_run_writes_the_same(name: str, tmp_path: Path) -> None:
    contents = _CONTENTS[name]

    export(_exporter(name), RECORDS, tmp_path / "first")
    export(_exporter(name), RECORDS, tmp_path / "second")

    assert list(contents(tmp_path / "first")) == list(contents(tmp_path / "second"))


@every_format_without_index
def test_everything_is_written_and_counted(name: str, tmp_path: Path) -> None:
    written = export(_exporter(name), RECORDS, tmp_path / "out")

    assert written.as_dict() == tally_of(RECORDS).as_dict()


def test_an_unknown_format_is_an_error_that_names_the_known() -> None:
    with pytest.raises(UnknownFormatError, match="json"):
        exporter_class("docx")
