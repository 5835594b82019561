"""A sound export damaged anywhere, and cleaned: well-formed, with the same records."""

import io
import re
from typing import Final

import pytest
from hypothesis import given, settings

import wxr
from tests.cleaning.clean import comparable, read, require_well_formed
from tests.parser.test_damage import damages
from wxr.errors import ReadError
from wxr.model import Post, Record

KEPT_APART: Final = re.compile(rb"\]\][\0-\x1f]+>")
"""What would end a section, were it not for a character that has to go."""


@settings(max_examples=100)
@given(damage=damages())
def test_what_can_be_read_can_be_cleaned(
    damage: tuple[bytes, bytes, int, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    _, damaged, _, _ = damage
    clean = tmp_path_factory.mktemp("cleaned") / "clean.xml"
    try:
        before, _ = read(damaged)
    except ReadError:
        return

    report = wxr.repair(io.BytesIO(damaged), clean)

    data = clean.read_bytes()
    require_well_formed(data)
    assert report.balanced
    is_known = not any(_holds_items(record) for record in before)
    if is_known and not KEPT_APART.search(damaged):
        after, _ = read(data)
        assert comparable(after) == comparable(before)


def _holds_items(record: Record) -> bool:
    """Say whether items stand within an item, where no reader looks for one."""
    return isinstance(record, Post) and any("item" in name for name, _ in record.extra)
