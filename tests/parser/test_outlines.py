"""Outlines of items: the index is the same as if each item were read whole."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, strategies as st

from tests.parser.test_usual import FIXTURES, ITEM
from wxr.index import Row, rows_of
from wxr.model import Post
from wxr.parser import Reading, outlines, parse, parts, usual
from wxr.parser.envelope import DEFAULT
from wxr.parser.gathering import Batch
from wxr.parser.slices import Kind, Slice
from wxr.transforms import Rules

_RULES: Final = Rules(
    public=True, authors=frozenset({"ada", "admin"}), include=frozenset({"draft"})
)


def _known(batch: Batch, *, outline: bool) -> list[tuple[list[Row], str | None]]:
    """Give what the index gets of each record, and which rule is against it."""
    records = (p.record for p in parse(batch, outline=outline) if p.record is not None)
    return [
        (
            rows_of(record, 0, 0, public=True),
            _RULES.rule_against(record) if isinstance(record, Post) else None,
        )
        for record in records
    ]


def _agree(batch: Batch) -> None:
    assert _known(batch, outline=True) == _known(batch, outline=False)


def _batch(item: bytes) -> Batch:
    return Batch("x", 1, (Slice(Kind.ITEM, item, 0, 1, 1, DEFAULT),))


def test_an_outline_has_no_text_that_no_index_keeps() -> None:
    outline, whole = outlines.post(ITEM.encode()), usual.post(ITEM.encode())

    assert outline is not None
    assert whole is not None
    assert (outline.id, outline.slug, outline.title) == (7, "cafe", whole.title)
    assert (outline.content, outline.date) == (None, None)
    assert (outline.terms, outline.meta, outline.comments) == ((), (), ())
    _agree(_batch(ITEM.encode()))


def test_an_outline_of_an_attachment_has_its_custom_fields() -> None:
    item = ITEM.replace("<![CDATA[post]]>", "<![CDATA[attachment]]>").encode()

    outline, whole = outlines.post(item), usual.post(item)

    assert outline is not None
    assert whole is not None
    assert (outline.meta, outline.guid) == (whole.meta, whole.guid)
    assert (outline.content, outline.terms, outline.comments) == (None, (), ())
    _agree(_batch(item))


@pytest.mark.parametrize("kind", ["nav_menu_item", "wp_block"])
def test_types_of_which_the_index_keeps_more_are_read_whole(kind: str) -> None:
    item = ITEM.replace("<![CDATA[post]]>", f"<![CDATA[{kind}]]>").encode()

    assert outlines.post(item) == usual.post(item)
    assert usual.post(item) is not None


@pytest.mark.parametrize("kind", ["attachment", "post"])
@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        ("Grace", "Gr\x0cace"),
        ("Grace", "Grace]]>"),
        ("<wp:comment_id>3<", "<wp:comment_id>3&bad;<"),
        ("<wp:meta_key>k</wp:meta_key>", "<wp:meta_key>k"),
        ("</wp:comment>", ""),
        ("a&amp;b", "a&b"),
        ("?p=7&#038;y", "?p=7&#8;y"),
        ("<wp:comment_author>", "<wp:other/><wp:comment_author>"),
    ],
)
def test_an_item_damaged_where_nothing_is_kept_has_no_outline(
    sound: str, damaged: str, kind: str
) -> None:
    assert sound in ITEM
    item = ITEM.replace(sound, damaged, 1)
    item = item.replace("<![CDATA[post]]>", f"<![CDATA[{kind}]]>")

    assert outlines.post(item.encode()) is None
    _agree(_batch(item.encode()))


TITLE: Final = ITEM[ITEM.index("<title>") : ITEM.index("</title>")]


@pytest.mark.parametrize(
    "title",
    ["Notice: x on line 7 2024", "<![CDATA[Notice: x on line 7 <b>2</b>]]>"],
)
@pytest.mark.parametrize("sticky", ["1", "Warning: y in y.php on line 3\n1"])
@pytest.mark.parametrize("comment", ["3", "x"])
@pytest.mark.parametrize("kind", ["attachment", "post"])
def test_a_message_of_php_changes_no_outline(
    title: str, sticky: str, comment: str, kind: str
) -> None:
    item = ITEM.replace("<![CDATA[post]]>", f"<![CDATA[{kind}]]>")
    item = item.replace(TITLE, f"<title>{title}")
    item = item.replace("<wp:is_sticky>1", f"<wp:is_sticky>{sticky}")
    item = item.replace("<wp:comment_id>3", f"<wp:comment_id>{comment}")

    _agree(_batch(item.encode()))


@given(st.data())
def test_a_damaged_item_is_indexed_as_it_reads(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["attachment", "post"]))
    text = ITEM.replace("<![CDATA[post]]>", f"<![CDATA[{kind}]]>")
    item = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(item) - 1))
        size = data.draw(st.integers(0, 12))
        item[at : at + size] = data.draw(
            st.sampled_from([b"", b"<", b"]]>", b"&", b"&#38;", b"\r", b"\0", b"\n\n"])
            | st.binary(max_size=3)
            | st.characters(codec="utf-8").map(str.encode)
        )
    _agree(_batch(bytes(item)))


def test_brackets_without_end_cost_linear_time() -> None:
    brackets = "]" * 5_000_000
    assert outlines.post(ITEM.replace("Oui !", brackets).encode()) is not None


@pytest.mark.unmeasured  # their size is the point
def test_many_comments_are_passed() -> None:
    start = ITEM.index("<wp:comment>")
    end = ITEM.index("</item>")
    item = ITEM[:start] + ITEM[start:end] * 50_000 + ITEM[end:]

    outline = outlines.post(item.encode())

    assert outline is not None
    assert not outline.comments


def _all_agree(path: Path) -> None:
    for batch in Reading(parts([path]), lambda _: None):
        _agree(batch)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.xml")), ids=lambda p: p.stem)
def test_fixtures_are_indexed_the_same_both_ways(path: Path) -> None:
    _all_agree(path)


def test_a_real_export_is_indexed_the_same_both_ways(real_export: Path) -> None:
    _all_agree(real_export)
