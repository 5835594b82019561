"""Custom fields decoded: what WordPress serialized, and JSON, as JSON."""

import json
from typing import Any, Final

import pytest
from hypothesis import example, given, strategies as st

from wxr.diagnostics import Code, Diagnostic
from wxr.exporters.decoded import MAX_DEPTH, MAX_SIZE, decoded
from wxr.model import Meta


def _decoded(value: str | None) -> tuple[str | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return decoded(Meta(key="k", value=value), found, 7), found


def _nested(depth: int) -> str:
    return "a:1:{i:0;" * depth + "N;" + "}" * depth


DECODED: Final = [
    ("N;", "null"),
    ("b:1;", "true"),
    ("i:-12;", "-12"),
    ("d:0.5;", "0.5"),
    ('s:6:"étéx";', '"étéx"'),
    ("a:0:{}", "[]"),
    ('a:2:{i:0;s:1:"a";i:1;s:1:"b";}', '["a","b"]'),
    ('a:2:{i:5;s:1:"a";s:1:"k";b:0;}', '{"5":"a","k":false}'),
    # One level: WordPress gives a text here, and the program that stored it knows why.
    ('s:22:"a:1:{s:1:"a";s:1:"b";}";', '"a:1:{s:1:\\"a\\";s:1:\\"b\\";}"'),
    (
        'O:8:"stdClass":1:{s:3:"tag";s:5:"album";}',
        '{"$php":"object","class":"stdClass","properties":{"tag":"album"}}',
    ),
    ("a:1:{i:0;R:1;}", '[{"$php":"reference","slot":1}]'),
    # JSON has no word for these.
    ("d:INF;", '{"$php":"float","value":"INF"}'),
    ("d:-INF;", '{"$php":"float","value":"-INF"}'),
    ("a:1:{i:0;d:NAN;}", '[{"$php":"float","value":"NAN"}]'),
    ("d:1e999;", '{"$php":"float","value":"INF"}'),
    # A key that is two keys in PHP's objects would be one in JSON.
    (
        'O:1:"A":2:{i:5;N;s:1:"5";b:1;}',
        (
            '{"$php":"object","class":"A","properties":'
            '{"$php":"array","items":[[5,null],["5",true]]}}'
        ),
    ),
    (' {"a": [1, 2.5, null],\n "é": "\\u00e9"} ', '{"a":[1,2.5,null],"é":"é"}'),
    ("[]", "[]"),
    (_nested(MAX_DEPTH), "[" * MAX_DEPTH + "null" + "]" * MAX_DEPTH),
    ('["' + "[" * 500 + '"]', '["' + "[" * 500 + '"]'),
]

LEFT: Final = [
    None,
    "",
    "1",
    "text",
    "i:",
    "s:like this",
    "https://carnet.example/?a[]=1",
    "[gallery ids=1]",
    "{{ template }}",
    "[1, NaN]",
    "[1e999]",
    '"only a text"',
    "true",
]

REPORTED: Final = [
    ('a:1:{i:0;s:5:"cut off";', "at byte"),
    ('s:1:"a";s:1:"b";', "follows the end"),
    (_nested(MAX_DEPTH + 1), "nested deeper"),
    ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "nested deeper"),
    (f'["{"x" * MAX_SIZE}"]', "over"),
    (f's:{MAX_SIZE}:"{"x" * MAX_SIZE}";', "over"),
    (f"a:1:{{i:0;{'i:0;i:0;' * 250_000}}}", "elements"),
]


@pytest.mark.parametrize(("value", "expected"), DECODED)
def test_what_is_serialized_becomes_json(value: str, expected: str) -> None:
    assert _decoded(value) == (expected, [])
    json.loads(expected, parse_constant=pytest.fail)


@pytest.mark.parametrize("value", LEFT)
def test_what_is_not_has_no_other_form(value: str | None) -> None:
    assert _decoded(value) == (None, [])


@pytest.mark.parametrize(("value", "why"), REPORTED)
def test_what_only_looks_so_or_is_over_a_cap_is_reported(value: str, why: str) -> None:
    text, (problem,) = _decoded(value)

    assert text is None
    assert (problem.code, problem.item) == (Code.META_NOT_DECODED, 7)
    assert why in problem.message
    assert "'k'" in problem.message


def test_wrong_lengths_are_guessed_and_reported() -> None:
    text, (problem,) = _decoded('a:1:{i:0;s:99:"trop court";}')

    assert text == '["trop court"]'
    assert problem.code is Code.META_GUESSED


def test_line_ends_that_xml_folded_are_no_guess() -> None:
    assert _decoded('s:4:"a\nb";') == ('"a\\nb"', [])


_TREES: Final[st.SearchStrategy[Any]] = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=9,
)


@given(_TREES.filter(lambda tree: isinstance(tree, list | dict)))
def test_json_is_kept_as_it_is(tree: object) -> None:
    text, found = _decoded(json.dumps(tree, indent=1))

    assert text is not None
    assert (json.loads(text), found) == (tree, [])
    assert "\n" not in text


@given(st.text(alphabet='absiOdCErRN0159:;"{}[],.\\-+e\n ', max_size=40))
@example("d:-;")
@example('C:1:"A":3:{abc}')
@example("[" + "9" * 5000 + "]")
def test_any_text_gives_json_or_nothing(text: str) -> None:
    result, _ = _decoded(text)

    if result is not None:
        json.loads(result, parse_constant=pytest.fail)
        assert "\n" not in result
