"""Damage to bytes: what people, programs and cables do to exports, by a seeded hand."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final, TypeAlias

_Damage: TypeAlias = Callable[[bytes, Random], bytes]

TOKENS: Final = (
    b"<", b">", b"&", b'"', b"'", b"/", b"=", b"]]>", b"]]", b"<![CDATA[", b"<!--",
    b"-->", b"--", b"<?php", b"<?xml ", b"?>", b"<item>", b"</item>", b"<item/>",
    b"<ITEM>", b"</ITEM>", b"<Item", b"</Item",
    b"<channel>", b"</channel>", b"<rss>", b"</rss>", b"<br>", b"<p>", b"</p>", b"\0",
    b"\f", b"\r", b"\r\n", b"\n", b"\x0b", b"\x1b", b"\xff", b"\xc3", b"\xed\xa0\x80",
    b"\xef\xbf\xbe", b"\xef\xb7\x90", b"&nbsp;", b"&#0;", b"&#xD800;", b"&amp", b"&x;",
    b"<wp:comment>", b"</wp:comment>", b"</wp:postmeta>", b"<wp:meta_value>",
    b"<title>", b"</title>", b"<wp:author>", b"<wp:term>", b"<content:encoded>",
    b"</content:encoded>", b"<!DOCTYPE rss [", b"]>", b"<!ENTITY a 'b'>", b"xmlns:",
    b" xmlns:wp='urn:x'", b' xmlns="urn:y"',
    b"<b>Warning</b>:  x in <b>f</b> on line <b>3</b><br />",
    b"\nNotice: x in f on line 3\n", b"<a:b c='d'>", b" nicename=",
    b"a:1:{", b"}", b's:3:"', b'";', b"i:0;", b'O:1:"A":1:{', b"N;", b"R:1;", b"d:INF;",
    b"99999999999", b"-", b"encoding='utf-16'", b"encoding='latin-1'", b"\xef\xbb\xbf",
)  # fmt: skip
"""What exports, and damage to them, are made of."""
_LENGTHS: Final = (1, 1, 2, 3, 8, 40, 400)
_MOST_DAMAGES: Final = 4
_LARGEST: Final = 1 << 16


def mutated(seeds: Sequence[bytes], random: Random) -> bytes:
    """Give one of the seeds, damaged in a few places."""
    data = random.choice(seeds)
    for _ in range(random.randint(1, _MOST_DAMAGES)):
        damage = random.choice(_DAMAGES)
        data = damage(data, random)
    if random.random() < 0.1:  # one export behind another
        data += random.choice(seeds)
    return data[:_LARGEST]


def _span(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.choice(_LENGTHS))


def _insert(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(TOKENS) + data[at:]


def _delete(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:start] + data[end:]


def _flip(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _repeat(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:start] + data[start:end] * random.choice((2, 2, 3, 50)) + data[end:]


def _move(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    piece, rest = data[start:end], data[:start] + data[end:]
    at = random.randint(0, len(rest))
    return rest[:at] + piece + rest[at:]


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _behead(data: bytes, random: Random) -> bytes:
    return data[random.randint(0, len(data)) :]


_DAMAGES: Final[tuple[_Damage, ...]] = (
    *(_insert,) * 6,
    *(_delete,) * 4,
    *(_flip,) * 3,
    *(_repeat,) * 2,
    *(_move,) * 2,
    _cut,
    _behead,
)
"""Often what is most common."""
