"""Records to files, without an export: what the tests of this folder build on."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wxr.exporters import Place, Rendered
from wxr.exporters.index import IndexExporter
from wxr.exporters.markdown import MarkdownExporter
from wxr.exporters.markdown.sink import Files
from wxr.model import Comment, Post, Record, Site

SITE = Site(
    title="Le carnet",
    link="https://carnet.example",
    language="fr-FR",
    base_blog_url="https://carnet.example",
)
NOON = datetime(2012, 5, 1, 12, 0)  # noqa: DTZ001  the site's wall clock


def rule_against(post: Post) -> str | None:
    """Leave out what is not published, and what is no file."""
    is_file = post.type not in {"attachment", "nav_menu_item", "wp_block"}
    return None if post.status == "publish" and is_file else "test"


def item(id_: int = 1, **fields: Any) -> Post:  # noqa: ANN401
    """Give a public post; fields override."""
    known = {"type": "post", "status": "publish", "title": f"Billet {id_}"}
    return Post(id=id_, **{**known, "slug": f"billet-{id_}", **fields})


def said(id_: int, parent: int | None = None, **fields: Any) -> Comment:  # noqa: ANN401
    """Give an approved comment; fields override."""
    known = {"author_name": f"Auteur {id_}", "content": f"Texte {id_}"}
    known |= {"status": "approved"}
    return Comment(id=id_, parent=parent, **{**known, **fields})


@dataclass(frozen=True)
class Blog:
    """Records at places, indexed, and an exporter that knows them."""

    records: tuple[Record, ...]
    exporter: MarkdownExporter

    def render(self, number: int) -> Rendered[Files]:
        """Render the record of that position; the site is at 0."""
        rendered = self.exporter.render(self.records[number], Place(0, number))
        assert rendered is not None
        return rendered

    def page(self, number: int = 1) -> str:
        """Give the first file of a record as text."""
        return self.render(number).payload[0][1].decode()

    def paths(self) -> list[str]:
        """Give the paths of all files, in the order of the records."""
        rendered = map(self.render, range(len(self.records)))
        return [path for each in rendered for path, _ in each.payload]

    def write(self, target: Path, *, force: bool = False) -> None:
        """Write all of it to a folder."""
        with self.exporter.sink(str(target), force=force) as sink:
            for number in range(len(self.records)):
                sink.write(self.render(number))


def index_of(path: Path, *records: Record) -> str:
    """Make the index of some records, each at the offset of its position."""
    exporter = IndexExporter(rule_against=rule_against)
    with exporter.sink(str(path), force=False) as sink:
        for number, record in enumerate(records):
            sink.write(exporter.render(record, Place(0, number)))
    return str(path)


def blog(
    folder: Path, *records: Record, site: Site = SITE, comments: str = "section"
) -> Blog:
    """Make a blog of records; the site comes before them."""
    everything = (site, *records)
    path = index_of(folder / "index.sqlite", *everything)
    return Blog(everything, MarkdownExporter(comments=comments).prepare(path))
