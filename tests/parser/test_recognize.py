"""What is an export is judged alike wherever it lies, and however far it begins."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Final

import pytest

import wxr
from tests.parser.exports import export, item
from tests.parser.test_source import zipped
from wxr.diagnostics import Code, Diagnostic
from wxr.errors import ReadError
from wxr.model import Post
from wxr.parser.recognize import FAR, require_export

PLAIN: Final = "Deprecated: strlen(): Passing null in /srv/www/a.php on line 12\n"
HTML: Final = (
    "<br />\n<b>Deprecated</b>:  strlen(): Passing null in <b>/srv/www/a.php</b> on "
    "line <b>12</b><br />\n"
)
DOCTYPE: Final = "<!DOCTYPE rss [\n{}]>\n"
ENTITY: Final = '<!ENTITY nbsp "&#160;">\n'


def long(text: str, size: int) -> str:
    return text * (size // len(text))


def as_file(folder: Path, data: bytes) -> object:
    (folder / "blog.xml").write_bytes(data)
    return folder / "blog.xml"


def in_folder(folder: Path, data: bytes) -> object:
    as_file(folder, data)
    return folder


def in_zip(folder: Path, data: bytes) -> object:
    return as_file(folder, zipped([("blog.xml", data)]))


def packed(folder: Path, data: bytes) -> object:
    return as_file(folder, gzip.compress(data))


def as_stream(_: Path, data: bytes) -> object:
    return io.BytesIO(data)


Place = Callable[[Path, bytes], object]
everywhere = pytest.mark.parametrize(
    "place", [as_file, in_folder, in_zip, packed, as_stream]
)


def read(source: object) -> tuple[list[int], list[Diagnostic]]:
    seen: list[Diagnostic] = []
    found = wxr.read(source, on_diagnostic=seen.append)  # type: ignore[arg-type]
    return [each.id for each in found if isinstance(each, Post)], seen


@everywhere
@pytest.mark.parametrize(
    ("before", "code"),
    [
        (long(PLAIN, 90_000), Code.PHP_NOTICE),
        (long(HTML, 90_000), Code.PHP_NOTICE),
        (long(PLAIN, 1_000_000), Code.PHP_NOTICE),
        (long(HTML, 1_000_000), Code.PHP_NOTICE),
        (DOCTYPE.format(long(ENTITY, 300_000)), Code.DOCTYPE),
        (f"<!-- {long('x ', 300_000)} -->", None),
        (long(" \n", 300_000), None),
        (long("ein Wort ", 100_000), Code.JUNK),
    ],
    ids=[
        "plain",
        "html",
        "plain far",
        "html far",
        "doctype",
        "comment",
        "space",
        "text",
    ],
)
def test_an_export_is_found_however_far_it_begins(
    place: Place, before: str, code: Code | None, tmp_path: Path
) -> None:
    source = place(tmp_path, (before + export(item(number=7))).encode())

    ids, seen = read(source)

    assert ids == [7]
    assert [each.code for each in seen] == ([code] if code else [])


@everywhere
@pytest.mark.parametrize(
    "text",
    [
        long(PLAIN, 90_000),
        "<!DOCTYPE html><html><body>Anmelden</body></html>",
        '<?xml version="1.0"?><urlset></urlset>',
        long(PLAIN, FAR + 1_000_000) + export(item()),
    ],
    ids=["notices alone", "page", "xml", "too far"],
)
def test_what_is_none_is_refused_everywhere(
    place: Place, text: str, tmp_path: Path
) -> None:
    source = place(tmp_path, text.encode())

    with pytest.raises(ReadError, match=r"looks like|holds no export"):
        read(source)


def test_of_an_image_little_is_looked_at() -> None:
    looked: list[int] = []

    def ahead(size: int) -> bytes:
        looked.append(size)
        return (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"x\0" * size)[:size]

    with pytest.raises(ReadError):
        require_export(ahead, "photo.jpg")

    assert max(looked) <= 1 << 16


@pytest.mark.unmeasured
def test_long_preambles_take_linear_time(tmp_path: Path) -> None:
    def seconds(size: int) -> float:
        text = long(HTML, size) + long("<b>x</b> ", size) + export(item())
        since = process_time()
        read(as_file(tmp_path, text.encode()))
        return process_time() - since

    few = min(seconds(200_000) for _ in range(2))

    assert seconds(1_600_000) < 3 * 8 * max(few, 0.02)
