"""The published JSON Schema says what is written, no more and no less."""

import json
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import (  # type: ignore[import-untyped]
    ValidationError,
)

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

    assert [key for key in definition["properties"] if key != "record"] == names
    assert definition["required"] == names


@given(exports)
def test_what_is_written_is_valid(records: list[Record]) -> None:
    with TemporaryDirectory() as folder:
        document, lines = Path(folder, "out.json"), Path(folder, "out.jsonl")

        export(JsonExporter(), records, document)
        export(JsonLinesExporter(), records, lines)

        VALIDATOR.validate(json.loads(document.read_bytes()))
        for line in lines.read_bytes().split(b"\n")[:-1]:
            VALIDATOR.validate(json.loads(line))


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
