"""Blocks are read alike however their markers are spaced."""

import pytest

from wxr.content.blocks import markers


@pytest.mark.parametrize("end", [" -->", "  -->", "\n-->"])
def test_a_marker_without_attributes_ends_at_its_arrow(end: str) -> None:
    content = f"a<!-- wp:list{end}<p>b -->c</p><!-- /wp:list{end}d"
    found = list(markers(content))
    assert [marker.name for marker in found] == ["list", ""]
    assert content[found[0].end : found[1].start] == "<p>b -->c</p>"
    assert (content[: found[0].start], content[found[1].end :]) == ("a", "d")
