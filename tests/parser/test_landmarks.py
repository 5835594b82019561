"""Landmarks are found wherever the bytes that are read at once end."""

import re

import pytest

from tests.parser.exports import HEAD
from wxr.parser.landmarks import (
    BEGINNING,
    IN_DAMAGE,
    ITEM,
    ITEM_AFTER_TAG,
    ITEM_END,
    LONGEST,
    MOST_SPACE,
    OUTER,
    ROOT_OR_INSIDE,
    ROOT_OR_ITEM,
)
from wxr.parser.window import Window

SPACE = b"\n" * MOST_SPACE


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (BEGINNING, b"<!DOCTYPE"),
        (BEGINNING, b"<CHANNEL "),
        (IN_DAMAGE, b"</ITEM" + SPACE + b">"),
        (IN_DAMAGE, b">" + SPACE + b"<item/"),
        (ITEM, b"<item>"),
        (ITEM_AFTER_TAG, b">" + SPACE + b"<Item\n"),
        (ITEM_END, b"</item" + SPACE + b">"),
        (re.compile(OUTER), b"</channel" + SPACE + b">"),
        (ROOT_OR_INSIDE, b"<?xml\t"),
        (ROOT_OR_ITEM, b"<channel>"),
    ],
)
def test_the_longest_of_each_fits_what_searches_keep(
    pattern: re.Pattern[bytes], text: bytes
) -> None:
    assert pattern.match(text)
    assert len(text) <= LONGEST

    for before in range(len(text) + 1):
        window = Window(_Twice(b"." * 100 + text[:before], text[before:]))
        found = window.search(pattern, 0, longest=LONGEST)

        assert found is not None
        assert found[0] == 100


class _Twice:
    def __init__(self, *blocks: bytes) -> None:
        self._blocks = [block for block in blocks if block]

    def read(self, _: int, /) -> bytes:
        return self._blocks.pop(0) if self._blocks else b""


def test_more_space_is_no_landmark() -> None:
    assert not ITEM_END.search(HEAD.encode() + b"</item" + SPACE + b" >")
