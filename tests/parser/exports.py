"""Small exports for the tests of the parser, made of the lines that matter."""

from pathlib import Path

import wxr
from wxr.diagnostics import Diagnostic

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n'
    '<rss version="2.0"\n'
    '\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"\n'
    '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
    '\txmlns:dc="http://purl.org/dc/elements/1.1/"\n'
    '\txmlns:wp="http://wordpress.org/export/1.2/"\n'
    ">\n<channel>\n<title>Carnet</title>\n<wp:wxr_version>1.2</wp:wxr_version>\n"
)
FOOT = "</channel>\n</rss>\n"


def item(inside: str = "", *, number: int = 1, kind: str = "post") -> str:
    """Give an item with an id and a type, and what the test is about."""
    return (
        f"<item>\n<wp:post_id>{number}</wp:post_id>\n{inside}\n"
        f"<wp:post_type>{kind}</wp:post_type>\n</item>\n"
    )


def export(*items: str, head: str = HEAD, foot: str = FOOT) -> str:
    """Give a whole export."""
    return head + "".join(items) + foot


def records(
    text: str | bytes, folder: Path
) -> tuple[list[wxr.Site | wxr.Author | wxr.Term | wxr.Post], list[Diagnostic]]:
    """Read an export; gives its records and what was said of it."""
    path = folder / "export.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    said: list[Diagnostic] = []
    return list(wxr.read(path, on_diagnostic=said.append)), said


def posts(text: str | bytes, folder: Path) -> list[wxr.Post]:
    """Read an export; gives its items."""
    found, _ = records(text, folder)
    return [record for record in found if isinstance(record, wxr.Post)]


def only_post(inside: str, folder: Path) -> tuple[wxr.Post, list[Diagnostic]]:
    """Read one item; gives it and what was said of it."""
    found, said = records(export(item(inside)), folder)
    (post,) = [record for record in found if isinstance(record, wxr.Post)]
    return post, said
