"""What stands between slices: with them it is the whole part, byte for byte."""

import io
from pathlib import Path

import pytest

from wxr.parser.slicer import Slicer
from wxr.parser.source import BLOCK

FIXTURES = Path(__file__).parents[2] / "fixtures"


def joined(data: bytes) -> bytes:
    found: list[bytes] = []
    slicer = Slicer(io.BytesIO(data), "part", lambda _: None)
    slicer.on_aside = lambda aside: found.append(aside.data)
    for piece in slicer.in_file_order():
        found.append(piece.data)  # noqa: PERF401  the list grows in between, too
    return b"".join(found)


@pytest.mark.parametrize("name", ["blog-fr", "types", "threads"])
def test_slices_and_what_is_between_are_the_part(name: str) -> None:
    data = (FIXTURES / f"{name}.xml").read_bytes()

    assert joined(data) == data


def test_white_space_of_any_length_is_told() -> None:
    space = b"\n" * (2 * BLOCK + 1)
    data = b"<rss><channel>" + space + b"<item/></channel></rss>" + space

    assert joined(data) == data


def test_what_is_no_part_of_the_export_is_not_told() -> None:
    data = b"<rss><channel><br />\n<b>Warning</b>: x in <b>y</b> on line <b>1</b><br />"

    assert joined(data + b"<item/>stray</channel></rss>more") == (
        b"<rss><channel><item/></channel></rss>"
    )
