"""Blocks are read alike however their markers are spaced."""

import pytest

from wxr.content.blocks import Block, Close, Open, tokens


@pytest.mark.parametrize("end", [" -->", "  -->", "\n-->"])
def test_a_marker_without_attributes_ends_at_its_arrow(end: str) -> None:
    content = f"a<!-- wp:list{end}<p>b -->c</p><!-- /wp:list{end}d"
    expected = ["a", Open(Block("list")), "<p>b -->c</p>", Close(), "d"]
    assert list(tokens(content)) == expected
