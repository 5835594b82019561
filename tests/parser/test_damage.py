"""A sound export damaged anywhere: nothing raises, and every loss has a name."""

import io
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings, strategies as st

import wxr
from wxr.diagnostics import Code, Diagnostic, Severity
from wxr.errors import ReadError
from wxr.model import Post
from wxr.parser.slicer import Kind, Slicer

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
SOURCES: Final = {
    name: (FIXTURES / name).read_bytes()
    for name in ("cdata.xml", "meta.xml", "threads.xml", "wxr-1.0.xml")
}

INSERTED: Final = st.sampled_from(
    [
        b"<", b">", b"&", b'"', b"'", b"/", b"=", b"]]>", b"<![CDATA[", b"<!--", b"-->",
        b"<?php", b"?>", b"<item>", b"</item>", b"</channel>", b"</rss>", b"<br>",
        b"\0", b"\f", b"\r", b"\xff", b"&nbsp;", b"&#0;", b"<wp:comment>",
        b"</wp:postmeta>",
        b"<b>Warning</b>:  x in <b>f</b> on line <b>3</b><br />", b"xmlns:",
    ]
)  # fmt: skip


@st.composite
def damages(draw: st.DrawFn) -> tuple[bytes, bytes, int, int]:
    """Give a sound export, what damage made of it, and the bytes that it touched."""
    sound = SOURCES[draw(st.sampled_from(sorted(SOURCES)))]
    start = draw(st.integers(0, len(sound)))
    end = min(len(sound), start + draw(st.sampled_from([0, 1, 2, 5, 40, 400, 4000])))
    kind = draw(st.sampled_from(["insert", "delete", "flip", "double", "cut"]))
    match kind:
        case "insert":
            return sound, sound[:start] + draw(INSERTED) + sound[start:], start, start
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


def read(data: bytes) -> tuple[list[Post], list[Diagnostic]]:
    said: list[Diagnostic] = []
    found = list(wxr.read(io.BytesIO(data), on_diagnostic=said.append))
    return [record for record in found if isinstance(record, Post)], said


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
def test_damage_costs_no_item_that_it_does_not_touch(
    damage: tuple[bytes, bytes, int, int],
) -> None:
    sound, damaged, start, end = damage
    whole, _ = read(sound)
    untouched = [
        post
        for post, (first, last) in zip(whole, extents(sound), strict=True)
        if last < start or first > end
    ]

    try:
        posts, said = read(damaged)
    except ReadError:  # nothing is left that shows what it was
        return

    kept = [text_of(post) for post in posts]
    is_named = any(each.severity is Severity.LOST for each in said)
    assert is_named or all(text_of(post) in kept for post in untouched)
    assert Code.INTERNAL_ERROR not in {each.code for each in said}


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
