"""YAML: parsers of both versions read back what was written, whatever it was."""

from io import StringIO
from typing import Any

import pytest
import yaml as yaml_1_1
from hypothesis import given, strategies as st
from ruamel.yaml import YAML

from wxr.exporters.markdown import yaml

HOSTILE = [
    *("", " ", "~", "null", "Null", "true", "YES", "no", "on", "y", "N", "1", "-1"),
    *("1e3", "0o14", "014", "0x1F", "1_000", "12:30:45", "190:20:30", ".inf", ".NaN"),
    *("2012-05-01", "2012-05-01T09:30:00Z", "=", "<<", "- a", "? a", "a: b", "a #b"),
    *(
        "&a",
        "*a",
        "!!str x",
        "|",
        ">",
        "%YAML",
        "@a",
        "`a`",
        "---",
        "...",
        "{a}",
        "[a]",
    ),
    *("'", '"', "\\", "\\x41", "a\nb", "a\r\nb", "\ta", "a ", "\x00", "\x07", "\x1b"),
    *("\x7f", "\x85", "a\x85b", "\x9b31m", "\u2028", "\u2029", "\ufeff", "a\ufeff"),
    *(
        "\ufffe",
        "\uffff",
        "\ud800",
        "\udfff",
        "🎉",
        "\U0001fffe",
        "é",
        "日本",
        "x" * 2000,
    ),
]
texts = st.sampled_from(HOSTILE) | st.text() | st.text("\x80\x85\u2028'\"\\:#-\n &*!")
scalars = texts | st.integers() | st.booleans() | st.none()


def read_1_1(text: str) -> object:
    return yaml_1_1.safe_load(text)


def read_1_2(text: str) -> object:
    return YAML(typ="safe", pure=True).load(StringIO(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_as_it_was(text: str) -> None:
    written = yaml.pair("key", text)

    assert read_1_1(written) == read_1_2(written) == {"key": text}
    assert written.count("\n") == 1


@given(st.dictionaries(texts, scalars))
def test_mapping_is_read_as_it_was(mapping: dict[str, Any]) -> None:
    written = "".join(yaml.pair(key, value) for key, value in mapping.items())

    assert (read_1_1(written) or {}) == (read_1_2(written) or {}) == mapping


@given(texts, st.lists(scalars, min_size=1))
def test_list_is_read_as_it_was(key: str, values: list[Any]) -> None:
    written = yaml.sequence(key, values)

    assert read_1_1(written) == read_1_2(written) == {key: values}


@given(texts, st.lists(st.dictionaries(texts, scalars), min_size=1))
def test_list_of_mappings_is_read_as_it_was(
    key: str, items: list[dict[str, Any]]
) -> None:
    written = yaml.opening(key)
    written += "".join(yaml.mapping_item(item.items(), "  ") for item in items)

    assert read_1_1(written) == read_1_2(written) == {key: items}


@pytest.mark.parametrize("word", ["publish", "post", "hello-world-2", "a_b", "NaN"])
def test_word_that_no_parser_misreads_stands_unquoted(word: str) -> None:
    assert yaml.text(word) == word


def test_accents_are_kept_for_the_reader() -> None:
    assert yaml.text("Été à Ōsaka") == '"Été à Ōsaka"'
