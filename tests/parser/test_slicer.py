"""Where slices begin and end, however the bytes arrive and whatever is missing."""

import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Final

import pytest
from hypothesis import given, strategies as st

from tests.drip import Drip
from tests.parser.exports import FOOT, HEAD, export, item, posts, records
from wxr.diagnostics import Code, Diagnostic
from wxr.model import Post, Site
from wxr.parser.extents import Extents
from wxr.parser.slicer import Kind, Slice, Slicer
from wxr.parser.window import Window


def sliced(
    data: bytes, *, chunk: int = 1 << 20, max_item: int = 1 << 29
) -> tuple[list[Slice], list[Diagnostic], Slicer]:
    said: list[Diagnostic] = []
    slicer = Slicer(Drip(data, chunk), "part.xml", said.append, max_item=max_item)
    return list(slicer), said, slicer


def items(data: bytes) -> list[bytes]:
    found, _, _ = sliced(data)
    return [piece.data for piece in found if piece.kind is Kind.ITEM]


def codes(said: list[Diagnostic]) -> list[tuple[Code, int | None]]:
    return [(each.code, each.line) for each in said]


QUIRKS: Final = "".join(
    (
        ("<wp:author><wp:author_login><![CDATA[a</wp:author>]]></wp:author_login>"
        "</wp:author>\n<!-- <item> </item> -->\n<?php '</item>' ?>\n"),
        item("<title><![CDATA[</item> ]]]]><![CDATA[> <item> ]]></title>", number=1),
        item("<content:encoded><![CDATA[<!-- </item> -->]]></content:encoded>\n"
             "<!-- </item> -->", number=2),
        "<item/>\n<item  />",
        item("<title>T</title\n>", number=3).replace("</item>", "</item \n>"),
        "<wp:category><wp:cat_name>c</wp:cat_name></wp:category>\n",
        item("<title>&</title>", number=4),
        item("<title>sans fin", number=5).replace("</item>", ""),
        item("<content:encoded><![CDATA[sans fin</content:encoded>", number=6),
        item("<title><![CDATA[fin]]></title>", number=7),
    )
)  # fmt: skip
"""What makes items and sections hard to tell apart, sound and broken."""


EDGES: Final = (
    *("<item>", "</item>", "<item", "</item >", "</items>", "<item a='>'>", "<item/>"),
    *("<ITEM>", "</ITEM>", "</Item >", "<Item/>", item().replace("item>", "ITEM>")),
    *("<![CDATA[", "]]>", "<!--", "-->", "<?php", "?>", "<title>", "</title>"),
    *("</channel>", "</rss>", "\n\t", "\r\n", "x", "&", item("<title>T</title>")),
)


@given(
    st.lists(st.sampled_from(EDGES), max_size=20),
    st.sampled_from((1 << 20, 60)),
    st.sampled_from((7, 1 << 20)),
)
def test_items_that_are_whole_are_found_as_all_others_are(
    pieces: list[str], max_item: int, chunk: int
) -> None:
    data = (HEAD + item(number=1) + "".join(pieces) + item(number=2) + FOOT).encode()

    quickly, said, slicer = sliced(data, chunk=chunk, max_item=max_item)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Extents, "whole_item", lambda _: 0)
        exactly, said_exactly, other = sliced(data, chunk=chunk, max_item=max_item)

    assert quickly == exactly
    assert said == said_exactly
    assert (slicer.ended, slicer.lost, slicer.next_number, slicer.line) == (
        other.ended,
        other.lost,
        other.next_number,
        other.line,
    )


@pytest.mark.parametrize("size", range(1, 65))
def test_slices_do_not_depend_on_where_the_bytes_are_cut(size: int) -> None:
    data = export(QUIRKS).encode()

    whole, said, _ = sliced(data)
    dripped, dripped_said, _ = sliced(data, chunk=size)

    assert dripped == whole
    assert dripped_said == said
    numbers = [piece.number for piece in whole if piece.kind is Kind.ITEM]
    assert numbers == list(range(1, 10))


def test_each_quirk_is_cut_where_it_ends(tmp_path: Path) -> None:
    found = posts(export(QUIRKS), tmp_path)

    assert [post.id for post in found] == [1, 2, -3, -4, 3, 4, 5, 6, 7]
    titles = [post.title for post in found]
    assert titles[0] == "</item> ]]> <item> "
    assert titles[-3:] == ["sans fin", None, "fin"]
    assert found[-2].content == "sans fin"


def test_a_sound_part_comes_out_byte_for_byte() -> None:
    inside = [item(f"<title>{n}</title>", number=n).rstrip() for n in range(5)]

    assert items(export(*(each + "\n" for each in inside)).encode()) == [
        each.encode() for each in inside
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("in a section", "<title><![CDATA[</item><item>]]></title>"),
        ("in another's section", "<x>a</x><y><![CDATA[</item>\n<item>]]></y>"),
        ("after an empty element", "<y><z/><![CDATA[</item><item>]]></y>"),
        ("in a comment", "<!-- </item> <item> -->"),
    ],
)
def test_items_named_in_a_sound_item_are_text(name: str, text: str) -> None:
    assert len(items(export(item(text), item()).encode())) == 2, name


# --- what is missing


def test_an_item_without_its_end_ends_before_the_next(tmp_path: Path) -> None:
    text = export(item(number=1).replace("</item>\n", ""), item(number=2))

    found, said = records(text, tmp_path)

    assert [post.id for post in found if isinstance(post, Post)] == [1, 2]
    assert codes(said) == [(Code.MISMATCHED_TAG, 11)]


def test_the_last_item_without_its_end_ends_before_the_channel_does(
    tmp_path: Path,
) -> None:
    text = export(item(number=1), item(number=2).replace("</item>\n", ""))

    found, said = records(text, tmp_path)

    assert [post.id for post in found if isinstance(post, Post)] == [1, 2]
    assert codes(said) == [(Code.MISMATCHED_TAG, 16)]


def test_no_item_has_an_end(tmp_path: Path) -> None:
    each = [item(number=n).replace("</item>\n", "") for n in range(1, 6)]

    assert [post.id for post in posts(export(*each), tmp_path)] == [1, 2, 3, 4, 5]


def test_a_section_that_never_ends_costs_no_other_item(tmp_path: Path) -> None:
    bad = item("<content:encoded><![CDATA[ouvert </content:encoded>", number=1)
    others = [item("<title><![CDATA[t]]></title>", number=n) for n in (2, 3)]

    found, said = records(export(bad, *others), tmp_path)

    kept = [post for post in found if isinstance(post, Post)]
    assert [post.id for post in kept] == [1, 2, 3]
    assert kept[0].content == "ouvert "
    assert codes(said) == [(Code.CDATA_END, 13)]


CUT: Final = export(
    item("<title>un</title>", number=1),
    item(
        "<title>deux</title>\n<content:encoded><![CDATA[du texte]]></content:encoded>"
        "\n<wp:postmeta><wp:meta_key>k</wp:meta_key></wp:postmeta>",
        number=2,
    ),
).encode()


@pytest.mark.parametrize("at", range(len(HEAD), len(CUT)))
def test_a_part_cut_anywhere_keeps_what_arrived(at: int, tmp_path: Path) -> None:
    starts = [n for n in range(len(CUT)) if CUT.startswith(b"<item>", n)]

    found, said = records(CUT[:at], tmp_path)

    kept = [post for post in found if isinstance(post, Post)]
    assert len(kept) == sum(start + 6 <= at for start in starts)
    assert all(post.id in {1, 2, -1, -2} for post in kept)
    whole = b"</channel" in CUT[:at]
    assert (Code.TRUNCATED in {each.code for each in said}) is not whole
    if kept and b"<![CDATA[du te" in CUT[:at]:
        assert kept[-1].content is not None
        assert kept[-1].content.startswith("du te")


def test_a_cut_record_of_the_header_keeps_what_arrived(tmp_path: Path) -> None:
    found, said = records(
        HEAD + "<wp:author><wp:author_id>12</wp:author_id><wp:author_display_name>"
        "<![CDATA[Odil", tmp_path
    )  # fmt: skip

    assert found[-1].display_name == "Odil"  # type: ignore[union-attr]
    assert codes(said) == [(Code.TRUNCATED, 11)]


def test_half_a_number_is_no_number(tmp_path: Path) -> None:
    found, _ = records(HEAD + "<item><title>t</title><wp:post_id>12", tmp_path)

    assert [post.id for post in found if isinstance(post, Post)] == [-1]


# --- what surrounds an export


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ("\ufeff\n\n", None),
        ("<!-- x -->\n", None),
        ("This XML file does not appear to have style.\n", Code.JUNK),
        ("<p>Bonjour</p>\n{'json': 1}\n", Code.JUNK),
        ("Notice: Undefined index: a in /srv/a.php on line 3\n", Code.PHP_NOTICE),
    ],
)
def test_what_stands_before_an_export_is_skipped(
    before: str, code: Code | None, tmp_path: Path
) -> None:
    found, said = records(before + export(item()), tmp_path)

    assert [type(each) for each in found] == [Site, Post]
    assert codes(said) == ([] if code is None else [(code, 1)])


def test_what_stands_between_declaration_and_root_is_skipped(tmp_path: Path) -> None:
    text = export(item()).replace("<rss", "jeton perdu\n<b>x</b>\n<rss", 1)

    found, said = records(text, tmp_path)

    assert [type(each) for each in found] == [Site, Post]
    assert codes(said) == [(Code.JUNK, 2)]


@pytest.mark.parametrize("after", ["0", "\0" * 50, "<p>x</p> &", "<!-- x --><b>"])
def test_what_stands_after_an_export_is_skipped(after: str, tmp_path: Path) -> None:
    found, said = records(export(item()) + after, tmp_path)

    assert [type(each) for each in found] == [Site, Post]
    assert [each.code for each in said] == [Code.JUNK]


def test_exports_one_after_the_other_are_all_read(tmp_path: Path) -> None:
    one, two, three = (export(item(number=n)) for n in (1, 2, 3))

    found, said = records(f"{one}du vent{two}\n{three}", tmp_path)

    assert [post.id for post in found if isinstance(post, Post)] == [1, 2, 3]
    assert [each.code for each in said] == [
        Code.JUNK,
        Code.SECOND_DOCUMENT,
        Code.SECOND_DOCUMENT,
    ]


def test_a_part_without_a_header_is_a_run_of_items(tmp_path: Path) -> None:
    found, said = records(item(number=1) + item(number=2), tmp_path)

    assert [post.id for post in found if isinstance(post, Post)] == [1, 2]
    assert codes(said) == [(Code.MISSING_HEADER, 1)]


def test_a_part_that_begins_inside_an_item_says_what_is_lost(tmp_path: Path) -> None:
    found, said = records(
        "un reste]]></content:encoded></item>\n" + item(number=2) + FOOT, tmp_path
    )

    assert [post.id for post in found if isinstance(post, Post)] == [2]
    assert (Code.STRAY_TEXT, 1) in codes(said)


# --- the header


def test_scalars_without_their_ends_are_read(tmp_path: Path) -> None:
    head = HEAD.replace("Carnet</title>", "Carnet")

    ((site, post), said) = records(export(item(), head=head), tmp_path)

    assert isinstance(site, Site)
    assert (site.title, site.wxr_version) == ("Carnet", "1.2")
    assert isinstance(post, Post)
    assert codes(said) == [(Code.MISMATCHED_TAG, 9)]


def test_authors_without_their_ends_are_read(tmp_path: Path) -> None:
    authors = "".join(
        f"<wp:author><wp:author_login>{name}</wp:author_login>\n" for name in "abc"
    )

    found, said = records(export(authors, item()), tmp_path)

    logins = [getattr(each, "login", None) for each in found]
    assert [login for login in logins if login] == ["a", "b", "c"]
    assert codes(said) == [(Code.MISMATCHED_TAG, line) for line in (11, 12, 13)]


def test_a_wrong_channel_tag_hides_nothing(tmp_path: Path) -> None:
    text = export(item()).replace("<channel>", "<canal>")

    found, said = records(text, tmp_path)

    assert [type(each) for each in found] == [Site, Post]
    assert codes(said) == [(Code.MISMATCHED_TAG, 8)]


def test_the_prefix_of_wxr_bound_to_an_unknown_namespace_is_accepted(
    tmp_path: Path,
) -> None:
    text = export(item()).replace("export/1.2/", "export/EXPORT_VER/")

    found, said = records(text, tmp_path)

    assert [post.id for post in found if isinstance(post, Post)] == [1]
    assert codes(said) == [(Code.UNKNOWN_NAMESPACE, 3)]


@pytest.mark.parametrize(
    "declaration",
    [
        'xmlns:p="http://пример.example/"',
        'xmlns:1="u"',
        'a="b"c"',
        'a="b & c"',
        'p:a="b"',
        "a=b",
        'xmlns:xml="u"',
        'xmlns:p=""',
    ],
)
def test_a_damaged_root_is_read(declaration: str, tmp_path: Path) -> None:
    text = export(item()).replace("<rss ", f"<rss {declaration} ", 1)

    found, said = records(text, tmp_path)

    assert [type(each) for each in found] == [Site, Post]
    assert said


# --- bounds

HOSTILE: Final = {
    "open items": b"<item>" * 12_500,
    "open items in capitals": b"<ITEM>" * 12_500,
    "open items with sections": b"<item><![CDATA[" * 12_500,
    "open sections, one end": b"<item><x><![CDATA[" * 7_500 + b"]]></x></item>",
    "open header elements": b"<a>" * 12_500,
    "different open header elements": b"".join(b"<a%d>" % n for n in range(7_500)),
    "open comments": b"<!--" * 25_000,
    "end tags": b"</a>" * 12_500,
    "less-thans": b"<" * 50_000,
    "text": b"x<3 " * 25_000,
    "open doctypes": b"<!DOCTYPE [" * 5_000,
    "comments in items": b"<item><!-- " * 5_000 + b"</item>",
}


def seconds(data: bytes) -> float:
    """Cut a part of hostile bytes; gives the processor time that took."""
    since = process_time()

    found, _, slicer = sliced(HEAD.encode() + data)

    assert slicer.next_number - 1 == sum(piece.kind is Kind.ITEM for piece in found)
    return process_time() - since


@pytest.mark.unmeasured  # their size is the point, and measuring doubles the time
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_parts_take_linear_time(hostile: bytes) -> None:
    few = min(seconds(hostile[: len(hostile) // 8]) for _ in range(2))

    assert seconds(hostile) < 3 * 8 * max(few, 0.02)


def test_what_is_passed_over_is_not_held() -> None:
    def blocks() -> Iterator[bytes]:
        yield export(item()).encode()
        for _ in range(100):
            yield b"x" * 65_536

    class File:
        given = blocks()

        def read(self, _size: int, /) -> bytes:
            return next(self.given, b"")

    window = Window(File())
    said: list[Diagnostic] = []
    slicer = Slicer(File(), "p", said.append)
    slicer._window._reader = window._reader
    assert len(list(slicer)) == 3
    assert len(slicer._window._data) < 1_000_000


# --- the rest of the promise

PIECES: Final = st.lists(
    st.sampled_from(
        [
            "<item>", "</item>", "<item/>", "<![CDATA[", "]]>", "<!--", "-->", "<?p",
            "?>", "<channel>", "</channel>", "</rss>", "<rss>", "<title>", "</title>",
            "<ITEM>", "</ITEM>", "<Item ", "</Item >", "<wp:author>", "</wp:author>",
            "<wp:post_id>1</wp:post_id>", "x", "<", ">", "\n", '"',
            "<!DOCTYPE a [", "]>", "<?xml version='1.0'?>", "<b/>", "\0",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES, st.integers(1, 9))
def test_slices_of_any_bytes_are_the_same_however_they_arrive(
    text: str, size: int
) -> None:
    data = (HEAD + text).encode()

    assert sliced(data, chunk=size)[:2] == sliced(data)[:2]


CASELESS: Final = re.compile("</?(?:item|channel|rss)", re.IGNORECASE)


@given(PIECES, st.sampled_from(["upper", "title"]), st.sampled_from((1 << 20, 60)))
def test_tags_in_another_case_are_cut_where_usual_ones_are(
    text: str, change: str, max_item: int
) -> None:
    def cut(change: str) -> tuple[list[tuple[Kind, int, int, int, int, bool]], object]:
        cased = CASELESS.sub(lambda tag: getattr(tag[0], change)(), HEAD + text)
        found, said, slicer = sliced(cased.encode(), max_item=max_item)
        places = [
            (
                each.kind,
                each.offset,
                len(each.data),
                each.line,
                each.number,
                each.is_cut,
            )
            for each in found
        ]
        others = [each for each in said if each.code is not Code.WRONG_CASE]
        return places, (codes(others), slicer.ended, slicer.lost)

    assert cut(change) == cut("lower")


@given(PIECES)
def test_every_slice_stands_where_it_says(text: str) -> None:
    data = (HEAD + text).encode()
    found, _, slicer = sliced(data)

    for piece in found:
        end = piece.offset + len(piece.data)
        assert data[piece.offset : end] == piece.data
        assert piece.line == 1 + data.count(b"\n", 0, piece.offset)
    numbers = [piece.number for piece in found if piece.kind is Kind.ITEM]
    assert numbers == list(range(1, slicer.next_number))


@pytest.mark.parametrize("name", ["item", "ITEM"])
@pytest.mark.parametrize("chunk", [7, 1 << 20])
def test_an_item_over_the_cap_is_refused_however_much_is_read_at_once(
    chunk: int, name: str
) -> None:
    large = item(f"<title>{'a' * 2000}</title>", number=1).replace("item", name)
    data = export(large + item("<title>b</title>", number=2)).encode()

    found, said, _ = sliced(data, chunk=chunk, max_item=1000)

    small = item("<title>b</title>", number=2).strip().encode()
    assert [piece.data for piece in found if piece.kind is Kind.ITEM] == [small]
    assert Code.ITEM_TOO_LARGE in {each.code for each in said}


@pytest.mark.parametrize("chunk", [7, 1 << 20])
def test_an_item_over_the_cap_takes_no_other_with_it(chunk: int) -> None:
    large = item(f"<title>{'a' * 2000}</title>", number=1).replace("</item>", "")
    data = export(large, item(number=2), item(number=3)).encode()

    found, _, slicer = sliced(data, chunk=chunk, max_item=1000)

    kept = [piece.data for piece in found if piece.kind is Kind.ITEM]
    assert kept == [item(number=n).strip().encode() for n in (2, 3)]
    assert slicer.lost == {Code.ITEM_TOO_LARGE: 1}


@pytest.mark.parametrize("chunk", [7, 1 << 20])
@pytest.mark.parametrize(
    "section",
    [
        "<![CDATA[{}]]>",
        "<![CDATA[{}]]><x/><![CDATA[]]>",
        "<!-- {} -->",
        "<![CDATA[<!--{}]]>",
        "<!-- <![CDATA[ {} -->",
    ],
)
def test_an_item_over_the_cap_may_hold_its_end_tag_as_text(
    section: str, chunk: int
) -> None:
    text = section.format(f"</item>\n<item> {'a' * 2000} </item> <wp:x>&")
    large = item(f"<content:encoded>{text}</content:encoded>", number=1)
    data = export(large, item(number=2)).encode()

    found, said, slicer = sliced(data, chunk=chunk, max_item=1000)

    kept = [piece.data for piece in found if piece.kind is Kind.ITEM]
    assert kept == [item(number=2).strip().encode()]
    assert [each.code for each in said] == [Code.ITEM_TOO_LARGE]
    assert slicer.lost == {Code.ITEM_TOO_LARGE: 1}
    assert sum(piece.kind is Kind.SITE for piece in found) == 2


@pytest.mark.parametrize("chunk", [7, 1 << 20])
def test_an_item_over_the_cap_with_an_open_section_takes_no_other_with_it(
    chunk: int,
) -> None:
    large = item(f"<title><![CDATA[{'a' * 2000}</title>", number=1)
    data = export(large, item(number=2), item(number=3)).encode()

    found, _, slicer = sliced(data, chunk=chunk, max_item=1000)

    kept = [piece.data for piece in found if piece.kind is Kind.ITEM]
    assert kept == [item(number=n).strip().encode() for n in (2, 3)]
    assert slicer.lost == {Code.ITEM_TOO_LARGE: 1}
