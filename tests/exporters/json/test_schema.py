"""The published JSON Schema says what is written, no more and no less."""

import json
from collections.abc import Iterator
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import given, strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import (  # type: ignore[import-untyped]
    ValidationError,
)

import wxr
from tests.exporters.running import export
from tests.strategies import exports
from wxr.exporters.json import JsonExporter, JsonLinesExporter
from wxr.model import Author, Comment, Meta, Post, Record, Site, Term, TermRef

SCHEMA: Final[dict[str, Any]] = json.loads(
    files("wxr.exporters").joinpath("schema/wxr-json-1.json").read_text("utf-8")
)
VALIDATOR: Final = Draft202012Validator(
    SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER
)
PHP: Final = Draft202012Validator({**SCHEMA, "$id": "urn:x", **SCHEMA["$defs"]["php"]})
FIXTURES: Final = Path(__file__).parents[3] / "fixtures"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("site", Site),
        ("author", Author),
        ("term", Term),
        ("post", Post),
        ("comment", Comment),
        ("termRef", TermRef),
        ("meta", Meta),
    ],
)
def test_it_knows_every_field_of_the_model(name: str, model: type) -> None:
    definition = SCHEMA["$defs"][name]
    names = [field.name for field in fields(model)]

    beside = {"record", "decoded"}
    assert [key for key in definition["properties"] if key not in beside] == names
    assert definition["required"] == names


@given(exports, st.booleans())
def test_what_is_written_is_valid(
    records: list[Record],
    decode_meta: bool,  # noqa: FBT001 - drawn
) -> None:
    with TemporaryDirectory() as folder:
        document, lines = Path(folder, "out.json"), Path(folder, "out.jsonl")

        export(JsonExporter(decode_meta=decode_meta), records, document)
        export(JsonLinesExporter(decode_meta=decode_meta), records, lines)

        VALIDATOR.validate(json.loads(document.read_bytes(), parse_constant=_refuse))
        for line in lines.read_bytes().split(b"\n")[:-1]:
            _validate(json.loads(line, parse_constant=_refuse))


def _refuse(constant: str) -> None:
    pytest.fail(f"{constant} is no JSON")


def _validate(line: dict[str, Any]) -> None:
    """Hold a line against the schema, and what was decoded of PHP against its own."""
    VALIDATOR.validate(line)
    for meta in _metas(line):
        if "decoded" in meta and not meta["value"].strip().startswith(("[", "{")):
            for found in _php_maps(meta["decoded"]):
                PHP.validate(found)


def _metas(line: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from line.get("meta", ())
    for comment in line.get("comments", ()):
        yield from comment["meta"]


def _php_maps(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "$php" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _php_maps(each)


@pytest.mark.parametrize("to", ["json", "jsonl"])
@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.glob("*.xml")))
def test_every_fixture_is_valid_with_its_fields_decoded(
    name: str, to: str, tmp_path: Path
) -> None:
    options = {"decode_meta": True}

    wxr.convert(FIXTURES / name, tmp_path / "out", to=to, options=options)

    text = (tmp_path / "out").read_text("utf-8")
    if to == "json":
        VALIDATOR.validate(json.loads(text, parse_constant=_refuse))
    else:
        for line in text.split("\n")[:-1]:
            _validate(json.loads(line, parse_constant=_refuse))


def test_every_real_export_is_valid_with_its_fields_decoded(
    real_export: Path, tmp_path: Path
) -> None:
    """One record in ten: a validator is slow, and real exports repeat themselves."""
    options = {"decode_meta": True}

    wxr.convert(real_export, tmp_path / "out", to="jsonl", options=options)

    lines = (tmp_path / "out").read_text("utf-8").split("\n")[:-1]
    for number, line in enumerate(lines):
        record = json.loads(line, parse_constant=_refuse)
        if number % 10 == 0:
            _validate(record)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"record": "post"},
        {"record": "meta", "key": "a", "value": "b"},
        {"format": "wxr-json", "version": 2},
        {"format": "wxr-json", "version": 1, "site": None},
    ],
)
def test_anything_else_is_not(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(wrong)
