import contextlib
import math
import re
import time
from typing import Final

import pytest
from hypothesis import given, strategies as st

from wxr.phpvalue import (
    Decoded,
    Fit,
    PhpValueError,
    Value,
    decode,
    is_serialized,
    loads,
)
from wxr.phpvalue.reader import SPACE, Reader

# --- what PHP's serialize() writes


def serialized(value: object) -> str:  # noqa: PLR0911  one for each kind
    match value:
        case None:
            return "N;"
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case float():
            return f"d:{_float(value)};"
        case str():
            return f's:{len(value.encode())}:"{value}";'
        case list():
            return _array(list(enumerate(value)))
        case dict():
            return _array(list(value.items()))
        case _:
            raise AssertionError(value)


def _float(value: float) -> str:
    return repr(value).upper() if math.isfinite(value) else str(value).upper()


def _array(items: list[tuple[int | str, object]]) -> str:
    inside = "".join(serialized(key) + serialized(value) for key, value in items)
    return f"a:{len(items)}:{{{inside}}}"


MARKUP: Final = st.text(alphabet='";:{}aisOSNbd0123456789\\\n\r é𝄞\0')
KEYS: Final = st.integers(-(1 << 63), (1 << 63) - 1) | MARKUP.filter(
    lambda key: not re.fullmatch(r"-?\d+", key) and key != "$php"
)
VALUES: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.floats(allow_nan=False)
    | MARKUP
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=20,
)


def _as_php_has_it(value: object) -> object:
    """PHP does not tell a list from a map with the keys 0, 1, 2, …"""
    match value:
        case list():
            return [_as_php_has_it(each) for each in value]
        case dict() if all(key == place for place, key in enumerate(value)):
            return [_as_php_has_it(each) for each in value.values()]
        case dict():
            return {key: _as_php_has_it(each) for key, each in value.items()}
        case _:
            return value


# --- values that are whole


@given(VALUES)
def test_what_php_serializes_reads_back(value: object) -> None:
    assert decode(serialized(value)) == Decoded(_as_php_has_it(value), Fit.EXACT)  # type: ignore[arg-type]


@given(VALUES)
def test_bytes_read_as_text_does(value: object) -> None:
    text = serialized(value)

    assert loads(text.encode()) == loads(text)


@given(VALUES)
def test_what_php_serializes_looks_serialized(value: object) -> None:
    assert is_serialized(serialized(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N;", None),
        ("b:1;", True),
        ("i:-12;", -12),
        ("d:0.10000000000000001;", 0.1),
        ("d:1.0E+25;", 1e25),
        ("d:INF;", math.inf),
        ("d:-INF;", -math.inf),
        ('s:3:"a"b";', 'a"b'),
        ('s:13:"¯\\_(ツ)_/¯";', "¯\\_(ツ)_/¯"),
        ('S:5:"\\c3\\a9t\\22x";', 'ét"x'),
        ("a:0:{}", []),
        ('a:2:{i:0;s:1:"x";i:1;N;}', ["x", None]),
        ('a:1:{s:1:"5";b:0;}', {5: False}),
        ('a:2:{s:2:"05";i:1;s:2:"-0";i:2;}', {"05": 1, "-0": 2}),
        ('  a:1:{i:3;s:1:"x";}\n', {3: "x"}),
    ],
)
def test_each_kind_of_value(text: str, expected: Value) -> None:
    decoded = decode(text)

    assert decoded == Decoded(expected, Fit.EXACT)
    assert type(decoded.value) is type(expected)


def test_nan_is_a_number_that_is_none() -> None:
    value = loads("d:NAN;")

    assert isinstance(value, float)
    assert math.isnan(value)


def test_no_class_is_made_of_an_object() -> None:
    text = 'O:8:"stdClass":2:{s:3:"tag";s:5:"album";s:4:"\0*\0n";i:1;}'

    assert loads(text) == {
        "$php": "object",
        "class": "stdClass",
        "properties": {"tag": "album", "n": 1},
    }


def test_private_names_stay_marked_where_two_would_be_one() -> None:
    text = 'O:1:"B":2:{s:4:"\0A\0n";i:1;s:4:"\0B\0n";i:2;}'

    value = loads(text)

    assert isinstance(value, dict)
    assert value["properties"] == {"\0A\0n": 1, "\0B\0n": 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'C:11:"ArrayObject":4:{x:{}}',
            {"$php": "custom", "class": "ArrayObject", "data": "x:{}"},
        ),
        (
            'E:11:"Suit:Hearts";',
            {"$php": "enum", "class": "Suit", "case": "Hearts"},
        ),
        (
            "a:2:{i:0;a:0:{}i:1;R:2;}",
            [[], {"$php": "reference", "slot": 2}],
        ),
        (
            'a:1:{s:4:"$php";s:6:"object";}',
            {"$php": "array", "items": [["$php", "object"]]},
        ),
    ],
)
def test_what_python_does_not_have_is_a_tagged_map(text: str, expected: Value) -> None:
    assert decode(text) == Decoded(expected, Fit.EXACT)


def _with_care(data: bytes) -> tuple[Value, Fit] | str:
    reader = Reader(data, 128, 1_000_000)
    try:
        return reader.read(), reader.fit
    except PhpValueError as error:
        return str(error)


def _said(data: bytes) -> tuple[Value, Fit] | str:
    try:
        found = decode(data)
    except PhpValueError as error:
        return str(error)
    return found.value, found.fit


@given(VALUES, st.data())
def test_the_usual_way_reads_what_care_reads(
    value: object, data: st.DataObject
) -> None:
    """Whatever is damaged in it: the quick way gives up, or finds the same."""
    text = serialized([value]).encode()
    at = data.draw(st.integers(0, len(text)))
    size = data.draw(st.integers(0, 3))
    put = data.draw(st.text(alphabet='0123456789-+_ :;"{}aisbdNOé²\0', max_size=3))
    damaged = (text[:at] + put.encode() + text[at + size :]).strip(SPACE.encode())

    assert repr(_said(text)) == repr(_with_care(text))
    assert repr(_said(damaged)) == repr(_with_care(damaged))


@pytest.mark.parametrize(
    "text",
    [
        'a:1:{s:2:"-é";i:1;}',
        'a:1:{s:3:"-é";i:1;}',
        'a:2:{s:2:"10";i:1;i:10;i:2;}',
        'a:2:{i:0;s:2:"é";i:1;s:1:"é";}',
        'a:1:{s:8:"a";i:1;b";i:1;}',
        'a:1:{i:0;s:8:"a";i:1;b";}',
        'a:1:{s:01:"a";i:01;}',
        'a:1:{s:00000000001:"a";i:1;}',
        "a:1:{i:0;i:-0;}",
        "a:1:{i:0;i:+1;}",
        "a:1:{i:0;i:9223372036854775808;}",
        "a:1:{i:0;i:1_0;}",
        "a:1:{i:0;i: 1;}",
        "a:1:{i:0;d:1.e5;}",
        "a:1:{i:0;d:1e999;}",
        'a:1:{s:4:"$php";i:1;}',
        "a:2:{i:0;N;}",
        "a:0:{i:0;N;}",
        "a:1:{i:0;N;}x",
        "a:1:{i:0;N;",
        "a:1:{i:0;N",
        "a:1:{i:0;b:2;}",
    ],
)
def test_what_only_looks_usual_is_read_with_care(text: str) -> None:
    assert repr(_said(text.encode())) == repr(_with_care(text.encode()))


def test_what_is_plain_needs_no_words_that_json_lacks() -> None:
    assert decode('a:1:{s:1:"k";d:0.5;}').is_plain
    assert not decode('a:1:{s:1:"k";d:INF;}').is_plain
    assert not decode('a:1:{s:4:"$php";N;}').is_plain


def test_one_call_takes_off_one_level() -> None:
    inner = serialized({"a": "b"})

    once = loads(serialized(inner))

    assert once == inner
    assert is_serialized(inner)
    assert loads(inner) == {"a": "b"}


@pytest.mark.parametrize(
    "text",
    ["", "N", "hello", "a: b;", "s:1:x;", "https://blog.example/;", "b:2;", "i:;", "}"],
)
def test_other_text_does_not_look_serialized(text: str) -> None:
    assert not is_serialized(text)


# --- values whose lengths do not fit


def test_line_ends_that_xml_folded_are_counted_back() -> None:
    """The commonest damage: CR LF became LF, and the length still counts the CR."""
    whole = serialized({"a": 'one\r\n"; two\nthree\r\n', "b": "x\r\n", "c": 3})

    decoded = decode(whole.replace("\r\n", "\n"))

    assert decoded == Decoded(
        {"a": 'one\n"; two\nthree\n', "b": "x\n", "c": 3}, Fit.LINE_ENDS
    )


@given(st.lists(st.text(alphabet='ab;"é\r\n'), min_size=1))
def test_folded_text_reads_back_folded(texts: list[str]) -> None:
    whole = serialized({f"k{number}": text for number, text in enumerate(texts)})
    # What also looks like an end of its own cannot be told from one.
    texts = [text for text in texts if '";' not in text]
    folded = whole.replace("\r\n", "\n")

    decoded = decode(folded)

    assert isinstance(decoded.value, dict)
    values = list(decoded.value.values())
    for text in texts:
        assert text.replace("\r\n", "\n") in values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A host name was replaced in the whole file.
        (
            'a:2:{s:3:"url";s:19:"https://new.blog.example/";s:1:"n";i:1;}',
            {"url": "https://new.blog.example/", "n": 1},
        ),
        ('s:9:"x";', "x"),
        ('s:1:"ends "; early";', 'ends "; early'),
        ('a:1:{s:9:"key";s:99:"value";}', {"key": "value"}),
        ('O:1:"A":1:{s:9:"Ap";i:1;}', None),
        ("a:3:{i:0;i:1;}", [1]),
        ("a:0:{i:0;i:1;i:1;i:2;}", [1, 2]),
    ],
)
def test_wrong_lengths_are_guessed_and_said_to_be(text: str, expected: Value) -> None:
    decoded = decode(text)

    assert decoded.fit is Fit.GUESSED
    assert expected is None or decoded.value == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        'a:1:{s:1:"a";',
        's:5:"cut',
        'a:1:{s:1:"a";s:5:"cut}',
        "i:1;i:2;",
        "d:1.2.3;",
        "a:1:{N;N;}",
        'C:1:"A":999:{x}',
        "i:" + "9" * 5000 + ";",
        "é",
    ],
)
def test_what_breaks_off_or_is_none_is_refused(text: str) -> None:
    with pytest.raises(PhpValueError, match="at byte"):
        loads(text)


# --- hostile values


def test_depth_is_capped_and_costs_no_frames() -> None:
    deep = "a:1:{i:0;" * 100_000 + "N;" + "}" * 100_000

    with pytest.raises(PhpValueError, match="deeper than 128"):
        loads(deep)
    assert decode(deep, max_depth=100_000).fit is Fit.EXACT


def test_elements_are_capped_and_never_allocated_ahead() -> None:
    with pytest.raises(PhpValueError, match="more elements"):
        decode("a:9:{" + "i:0;N;" * 9 + "}", max_elements=8)
    assert loads("a:9999999999:{}") == []


def test_size_is_capped() -> None:
    with pytest.raises(PhpValueError, match="over the cap"):
        decode("s:1:'x';", max_size=4)


@pytest.mark.parametrize(
    "unit",
    [
        'i:0;s:400000:"a";',
        'i:0;S:400000:"\\";',
        's:400000:"a";N;',
        'i:0;s:9:";";',
        'i:0;s:400000:"\n";',
        'i:0;O:1:"',
    ],
)
def test_lengths_that_lie_cost_linear_time(unit: str) -> None:
    """Each string claims half the value; looking for each end must not cost that."""

    def seconds(units: int) -> float:
        start = time.perf_counter()
        with pytest.raises(PhpValueError):
            loads("a:1:{" + unit * units)
        return time.perf_counter() - start

    seconds(100)

    assert seconds(40_000) < 40 * seconds(4_000) + 0.5


@given(st.text(alphabet='asiSOCEbdNrR:;{}"0123456789\\\n\0é'))
def test_any_text_gives_a_value_or_our_error(text: str) -> None:
    with contextlib.suppress(PhpValueError):
        loads(text)


@given(VALUES, st.data())
def test_any_damage_gives_a_value_or_our_error(
    value: object, data: st.DataObject
) -> None:
    text = serialized(value)
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, len(text)))
    damaged = text[:at] + data.draw(MARKUP) + text[end:]

    with contextlib.suppress(PhpValueError):
        loads(damaged)


@given(st.binary())
def test_any_bytes_give_a_value_or_our_error(data: bytes) -> None:
    with contextlib.suppress(PhpValueError):
        loads(data)
