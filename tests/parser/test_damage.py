"""A sound export damaged anywhere: nothing raises, and every loss has a name."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, example, given, settings, strategies as st

import wxr
from tests.drip import Drip
from tests.fuzz.mutate import TOKENS
from tests.parser import words
from wxr.diagnostics import Code, Diagnostic, Severity
from wxr.errors import ReadError
from wxr.model import Post, Record
from wxr.parser import Part, Reading, parse
from wxr.parser.slicer import Kind, Slicer

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
SOURCES: Final = {
    **{
        name: (FIXTURES / name).read_bytes()
        for name in ("cdata.xml", "meta.xml", "threads.xml", "wxr-1.0.xml")
    },
    "words, today": words.TODAY,
    "words, in 2008": words.IN_2008,
}

SKIPPED: Final = {
    Code.BROKEN_ATTRIBUTE,
    Code.DOCTYPE,
    Code.JUNK,
    Code.PHP_NOTICE,
}
"""What names text that is none of a record: of no export, or in a root's own tag."""


@st.composite
def damages(draw: st.DrawFn, only: Sequence[str] = ()) -> tuple[bytes, bytes, int, int]:
    """Give a sound export, what damage made of it, and the bytes that it touched."""
    sound = SOURCES[draw(st.sampled_from(only or sorted(SOURCES)))]
    start = draw(st.integers(0, len(sound)))
    end = min(len(sound), start + draw(st.sampled_from([0, 1, 2, 5, 40, 400, 4000])))
    kind = draw(st.sampled_from(["insert", "delete", "flip", "double", "cut"]))
    match kind:
        case "insert":
            return (
                sound,
                sound[:start] + draw(st.sampled_from(TOKENS)) + sound[start:],
                start,
                start,
            )
        case "delete":
            return sound, sound[:start] + sound[end:], start, end
        case "flip":
            byte = bytes([draw(st.integers(0, 255))])
            return sound, sound[:start] + byte + sound[start + 1 :], start, start + 1
        case "double":
            twice = sound[start:end] * 2
            return sound, sound[:start] + twice + sound[end:], start, end
        case _:
            return sound, sound[:start], start, len(sound)


def inserted(name: str, before: bytes, what: bytes) -> tuple[bytes, bytes, int, int]:
    """Give what `damages` gives, with this inserted behind the first of that."""
    return replaced(name, before, b"", what)


def replaced(
    name: str, before: bytes, old: bytes, new: bytes
) -> tuple[bytes, bytes, int, int]:
    """Give what `damages` gives, with this in place of that."""
    sound = SOURCES[name]
    start = sound.index(before + old) + len(before)
    end = start + len(old)
    return sound, sound[:start] + new + sound[end:], start, end


def is_no_export(data: bytes) -> bool:
    """Say whether nothing is left that shows what it was, or how to decode it."""
    is_utf_8 = b'encoding="UTF-8"' in data or b"encoding" not in data
    return not is_utf_8 or not (b"<wp:" in data or b"wordpress.org/export/" in data)


def read(data: bytes) -> tuple[list[Post], list[Diagnostic]]:
    said: list[Diagnostic] = []
    try:
        found = list(wxr.read(io.BytesIO(data), on_diagnostic=said.append))
    except ReadError:
        assert is_no_export(data)
        assume(False)  # noqa: FBT003
    return [record for record in found if isinstance(record, Post)], said


def lines_of(data: bytes, first: int, last: int) -> range:
    """Give the lines of what stands between two positions."""
    line = 1 + data.count(b"\n", 0, first)
    return range(line, line + data.count(b"\n", first, last) + 1)


def extents(data: bytes) -> list[tuple[int, int]]:
    slices = Slicer(io.BytesIO(data), "part", lambda _: None)
    return [
        (piece.offset, piece.offset + len(piece.data))
        for piece in slices
        if piece.kind is Kind.ITEM
    ]


def text_of(post: Post) -> tuple[object, ...]:
    # One CR in the markup says that a program turned all line ends into CR LF.
    metas = [(each.key, (each.value or "").replace("\r\n", "\n")) for each in post.meta]
    return (post.title, post.content, post.slug, metas, post.comments, post.terms)


@settings(max_examples=300)
@given(damage=damages())
@example(damage=inserted("cdata.xml", b"<wp:ping_stat", b"<?php"))
@example(damage=inserted("cdata.xml", b"805</wp:post_id>", b"<![CDATA["))
@example(damage=replaced("meta.xml", b"<rss versi", b"o", b"\xf2"))
@example(damage=replaced("meta.xml", b"<rss", b" ", b"\0"))
def test_damage_costs_no_item_that_it_does_not_touch(
    damage: tuple[bytes, bytes, int, int],
) -> None:
    """An item that holds what damage began to look like may be lost, by its line."""
    sound, damaged, start, end = damage
    whole, _ = read(sound)
    # What lies behind the damage has moved.
    moved = len(damaged) - len(sound)
    untouched = [
        (post, lines_of(damaged, first + moved, last + moved))
        if first > end
        else (post, lines_of(damaged, first, last))
        for post, (first, last) in zip(whole, extents(sound), strict=True)
        if last < start or first > end
    ]

    posts, said = read(damaged)

    kept = [text_of(post) for post in posts]
    lost = {each.line for each in said if each.severity is Severity.LOST}
    assert [
        post.id
        for post, lines in untouched
        if text_of(post) not in kept and lost.isdisjoint(lines)
    ] == []
    assert Code.INTERNAL_ERROR not in {each.code for each in said}


@settings(max_examples=300)
@given(damage=damages(only=["words, today", "words, in 2008"]))
@example(damage=replaced("words, today", b'"category" ', b"nicename", b"nicname"))
@example(damage=replaced("words, in 2008", b"wort0019x]]", b"></", b""))
@example(damage=inserted("words, in 2008", b"<wp:author>\n\t\t<w", b"<![CDATA["))
def test_no_word_is_lost_in_silence(damage: tuple[bytes, bytes, int, int]) -> None:
    """What stands in the file is in a record, or something says that it is not."""
    damaged = damage[1]
    said: list[Diagnostic] = []
    try:
        records = list(wxr.read(io.BytesIO(damaged), on_diagnostic=said.append))
    except ReadError:
        assert is_no_export(damaged)
        return

    lost = set(words.words_in(damaged)) - set(
        words.WORD.findall(repr(records).encode())
    )

    assert not lost or any(
        each.severity is Severity.LOST or each.code in SKIPPED for each in said
    )


@pytest.mark.parametrize("name", sorted(SOURCES))
@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 255])
def test_drips_give_what_the_whole_gives(name: str, size: int) -> None:
    assert read_in(SOURCES[name], size) == read_in(SOURCES[name], 1 << 20)


@settings(max_examples=60)
@given(damage=damages(), size=st.integers(1, 64))
def test_drips_give_what_the_whole_gives_of_damage(
    damage: tuple[bytes, bytes, int, int], size: int
) -> None:
    assert read_in(damage[1], size) == read_in(damage[1], 1 << 20)


def read_in(data: bytes, size: int) -> tuple[list[Record], list[Diagnostic]] | str:
    """Read a part that comes in chunks; gives records and what was said of them."""
    said: list[Diagnostic] = []
    records: list[Record] = []
    part = Part("part", 0, lambda: Drip(data, size), None)
    try:
        for batch in Reading([part], said.append):
            for parsed in parse(batch):
                said += parsed.diagnostics
                records += [parsed.record] if parsed.record else []
    except ReadError as error:
        return str(error)
    return records, said


@settings(max_examples=60)
@given(damage=damages())
def test_sums_come_out_whatever_is_damaged(
    damage: tuple[bytes, bytes, int, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("damaged") / "out.jsonl"
    try:
        report = wxr.convert(io.BytesIO(damage[1]), target, to="jsonl")
    except ReadError:
        return

    assert report.balanced
    assert not report.failed or report.exit_code == 3
