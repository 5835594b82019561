"""Items read by WordPress' own template: the same records as the XML parser gives."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, strategies as st

from wxr.model import Post
from wxr.parser import Reading, batches, parts, usual
from wxr.parser.envelope import DEFAULT, Envelope
from wxr.parser.gathering import Batch
from wxr.parser.slices import Kind, Slice

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"

_LEAVES: Final = (
    "<title><![CDATA[Le café « d’hier »]]></title>",
    "<link>https://blog.example/?p=7&amp;x=1</link>",
    "<pubDate>Sun, 01 Jun 2025 12:00:00 +0000</pubDate>",
    "<dc:creator><![CDATA[ada]]></dc:creator>",
    '<guid isPermaLink="false">https://blog.example/?p=7&#038;y</guid>',
    "<description></description>",
    "<content:encoded><![CDATA[<p>a ]] b & c</p>\n\nd]]></content:encoded>",
    "<excerpt:encoded><![CDATA[]]></excerpt:encoded>",
    "<wp:post_id>7</wp:post_id>",
    "<wp:post_date><![CDATA[2025-06-01 14:00:00]]></wp:post_date>",
    "<wp:post_date_gmt><![CDATA[2025-06-01 12:00:00]]></wp:post_date_gmt>",
    "<wp:post_modified><![CDATA[2025-06-02 14:00:00]]></wp:post_modified>",
    "<wp:comment_status><![CDATA[closed]]></wp:comment_status>",
    "<wp:post_name><![CDATA[cafe]]></wp:post_name>",
    "<wp:status><![CDATA[publish]]></wp:status>",
    "<wp:post_parent>0</wp:post_parent>",
    "<wp:menu_order>3</wp:menu_order>",
    "<wp:post_type><![CDATA[post]]></wp:post_type>",
    "<wp:is_sticky>1</wp:is_sticky>",
)
_TERM: Final = '<category domain="post_tag" nicename="a&amp;b"><![CDATA[A]]></category>'
_META: Final = (
    "<wp:postmeta>\n<wp:meta_key><![CDATA[mood]]></wp:meta_key>"
    "<wp:meta_value><![CDATA[s:1:]]x]]></wp:meta_value>\n</wp:postmeta>"
)
_COMMENT: Final = (
    "<wp:comment>\n<wp:comment_id>3</wp:comment_id>\n"
    "<wp:comment_author><![CDATA[Grace]]></wp:comment_author>\n"
    "<wp:comment_content><![CDATA[Oui !]]></wp:comment_content>\n"
    "<wp:comment_approved><![CDATA[1]]></wp:comment_approved>\n"
    "<wp:commentmeta><wp:meta_key>k</wp:meta_key>"
    "<wp:meta_value><![CDATA[v]]></wp:meta_value></wp:commentmeta>\n</wp:comment>"
)
ITEM: Final = "\n\t".join(("<item>", *_LEAVES, _TERM, _META, _COMMENT, "</item>"))


def _slice(data: bytes) -> Slice:
    return Slice(Kind.ITEM, data, 0, 1, 1, DEFAULT)


def _by_parser(piece: Slice) -> list[batches.Parsed]:
    return list(batches._parsed_strictly(Batch("x", 1, (piece,)), [piece]))


def _agree(piece: Slice) -> bool:
    """Say whether an item was taken; then the parser gives the same, and no word."""
    post = usual.post(piece.data)
    if post is None:
        return False
    (parsed,) = _by_parser(piece)
    assert parsed.record == post
    assert type(parsed.record) is type(post) is Post
    assert not parsed.diagnostics
    assert batches._channel([piece]) is not None, "it is well-formed"
    return True


def test_what_wordpress_writes_is_taken() -> None:
    assert _agree(_slice(ITEM.encode()))


@pytest.mark.parametrize(
    ("usual_text", "unusual"),
    [
        ("Le café", "Le \x0c café"),
        ("Le café", "Le \ufffe café"),
        ("Le café", "Le \uffff café"),
        ("Le café", "Le\r\ncafé"),
        ("a ]] b", "a ]]> b"),
        ("?p=7&amp;x", "?p=7&x"),
        ("?p=7&amp;x", "?p=7&eacute;x"),
        ("?p=7&amp;x", "?p=7&#8;x"),
        ("?p=7&amp;x", "?p=7&#55296;x"),
        ("?p=7&amp;x", "?p=7]]>x"),
        ("<description></description>", "<description>d</description>"),
        ("<wp:post_id>7<", "<wp:post_id>seven<"),
        ("<wp:post_id>7<", "<wp:post_id><"),
        ("<wp:post_type><![CDATA[post]]>", "<wp:post_type>"),
        ("2025-06-01 14:00:00", "2025-06-31 14:00:00"),
        ("01 Jun 2025 12:00:00", "01 Jan 1970 00:00:00"),
        ("<wp:comment_id>3<", "<wp:comment_id><"),
        ("<wp:is_sticky>", "<wp:is_sticky a='1'>"),
        ("</item>", "</item><item></item>"),
        ("</item>", ""),
        ("<wp:comment>", "stray<wp:comment>"),
        ("nicename=", "nicename=\n"),
        ('"post_tag"', '"post\ntag"'),
        ("<wp:post_name>", "<wp:new>1</wp:new><wp:post_name>"),
    ],
)
def test_what_needs_a_second_look_is_left_to_the_parser(
    usual_text: str, unusual: str
) -> None:
    assert usual_text in ITEM
    changed = ITEM.replace(usual_text, unusual, 1)
    assert usual.post(changed.encode()) is None


def test_bytes_that_are_no_utf_8_are_left_to_the_parser() -> None:
    assert usual.post(ITEM.encode("latin-1", "replace")) is None


@given(st.data())
def test_a_damaged_item_is_left_to_the_parser_or_read_as_it_reads(
    data: st.DataObject,
) -> None:
    item = bytearray(ITEM.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(item) - 1))
        size = data.draw(st.integers(0, 12))
        item[at : at + size] = data.draw(
            st.sampled_from([b"", b"<", b"]]>", b"&", b"&#38;", b"\r", b"\0", b"\n\n"])
            | st.binary(max_size=3)
            | st.characters(codec="utf-8").map(str.encode)
        )
    _agree(_slice(bytes(item)))


@given(st.text(), st.text())
def test_any_text_reads_as_the_parser_reads_it(cdata: str, text: str) -> None:
    item = ITEM.replace("Oui !", cdata).replace("?p=7", text)
    try:
        data = item.encode()
    except UnicodeEncodeError:
        return
    _agree(_slice(data))


def test_brackets_without_end_cost_linear_time() -> None:
    brackets = "]" * 5_000_000
    post = usual.post(ITEM.replace("a ]] b", brackets).encode())
    assert post is not None
    assert post.content is not None
    assert brackets in post.content


@pytest.mark.parametrize(
    "start",
    [
        b'<rss xmlns:wp="https://wordpress.org/export/1.1/"><channel>',
        b"<rss><channel>",
    ],
)
def test_prefixes_bound_as_usual_are_known(start: bytes) -> None:
    assert usual.are_names_usual(Envelope(start, b"</channel></rss>"))


@pytest.mark.parametrize(
    "start",
    [
        b'<rss xmlns="http://wordpress.org/export/1.2/"><channel>',
        b'<rss xmlns:wp="urn:other"><channel>',
        b'<rss xmlns:dc="http://wordpress.org/export/1.2/"><channel>',
    ],
)
def test_prefixes_bound_otherwise_are_left_to_the_parser(start: bytes) -> None:
    assert not usual.are_names_usual(Envelope(start, b"</channel></rss>"))


def _items(path: Path) -> list[Slice]:
    read = Reading(parts([path]), lambda _: None)
    return [piece for b in read for piece in b.slices if piece.kind is Kind.ITEM]


def _taken(path: Path) -> tuple[int, int]:
    usually = [p for p in _items(path) if usual.are_names_usual(p.envelope)]
    return sum(map(_agree, usually)), len(usually)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.xml")), ids=lambda p: p.stem)
def test_fixtures_read_the_same_both_ways(path: Path) -> None:
    _taken(path)


def test_a_real_export_reads_the_same_both_ways(real_export: Path) -> None:
    taken, items = _taken(real_export)
    if real_export.name.startswith("wordpress-7.1"):
        assert taken > items / 2, "what WordPress writes is usual"
