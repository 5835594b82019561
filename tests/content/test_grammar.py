"""WordPress' grammar of blocks and shortcodes, and that no input makes it slow."""

import time

import pytest
from hypothesis import given, strategies as st

from wxr.content import blocks, prepare
from wxr.content.scope import Scope
from wxr.content.shortcodes import grammar

every_attribute = pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        (" a=\"1\" B='2' c=3", {"a": "1", "b": "2", "c": "3"}),
        (" a=“x y” b=&quot;z&quot;", {"a": "x y", "b": "z"}),
        ("=https://a.example/?b=1", {"0": "https://a.example/?b=1"}),
        (' 12 "two words" /', {"0": "12", "1": "two words"}),
        (" url='/?a=1&amp;b=2'", {"url": "/?a=1&b=2"}),
    ],
)


@every_attribute
def test_attributes(text: str, expected: dict[str, str]) -> None:
    assert grammar.attributes(text) == expected


def test_blocks_balance_whatever_is_closed() -> None:
    content = (
        "a<!-- /wp:x --><!-- wp:group --><!-- wp:columns {} -->b<!-- /wp:group -->"
    )

    depth = 0
    for marker in blocks.markers(content):
        depth += (not marker.is_void) if marker.name else -1
        assert depth >= 0
    assert depth == 0


def test_attributes_of_blocks_are_json() -> None:
    content = '<!-- wp:a/b {"x":"\\u002d\\u002d","n":[1]} /--><!-- wp:c {no} /-->'

    opened = [marker for marker in blocks.markers(content) if marker.name]

    assert [(one.block.name, dict(one.block.attributes)) for one in opened] == [
        ("a/b", {"x": "--", "n": [1]}),
        ("c", {}),
    ]


PIECES = (
    "<!-- wp:a -->",
    "<!-- /wp:a -->",
    '<!-- wp:a {"b":1} /-->',
    "<!-- wp:a {",
    "-->",
    "[a]",
    "[[caption]",
    "[/caption]",
    "[caption",
    "[code]",
    "[/code]",
    "[gallery ids='1']",
    "]",
    "<code>",
    "</code>",
    "<pre>",
    "text",
    "\n\n",
)


# A tag of a shortcode or block that is not closed takes what follows for its own.
WHOLE = tuple(piece for piece in PIECES if piece not in ("[caption", "<!-- wp:a {"))


@given(st.lists(st.sampled_from(WHOLE), max_size=30).map("".join))
def test_text_is_never_lost(content: str) -> None:
    assert prepare(content, Scope()).count("text") == content.count("text")


@pytest.mark.unmeasured  # their size is the point
@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_costs_no_more_than_its_size(piece: str) -> None:
    content = "<!-- wp:b -->" + piece * (300_000 // len(piece))
    start = time.process_time()

    prepare(content, Scope())

    assert time.process_time() - start < 10
