"""Every export that reads, cleaned: well-formed, and with the same records."""

from pathlib import Path
from typing import Final

import pytest

import wxr
from tests.cleaning.clean import STAYS, comparable, read, require_well_formed
from tests.real import Shared
from tests.test_broken import DEFECTS, ILL_FORMED
from wxr.model import Record

_REWRITTEN: Final = {
    # XML wants its declaration first, and the written bytes are UTF-8.
    *("02-leading-newline.xml", "27-decl-late.xml", "29-xml11.xml"),
    *("09-latin1-declared.xml", "09b-cp1252-declared.xml", "10-utf16.xml"),
    *("16-gzip.xml.gz", "16b-gzip-named-xml.xml"),
}
_REAL_REWRITTEN: Final = {
    **dict.fromkeys(ILL_FORMED, "not well-formed"),
    "hm-future-wxr-version": "an empty line before the declaration",
    "hm-small-ns-export": "an empty line before the declaration",
    "isso-wordpress": "WordPress wants a version",
    "learnpress-dummy": "the namespace is none of WordPress'",
    "wpi-missing-version-tag": "WordPress wants a version",
}
"""Real exports that do not go through byte for byte, and why."""


def require_clean(source: Path, before: list[Record], folder: Path) -> bytes:
    """Clean an export, and hold the result against all that it must be."""
    clean, again = folder / "clean.xml", folder / "again.xml"

    report = wxr.repair(source, clean)

    data = clean.read_bytes()
    require_well_formed(data)
    after, said = read(clean)
    assert comparable(after) == comparable(before)
    assert {each.code for each in said} <= STAYS
    wxr.repair(clean, again)
    assert again.read_bytes() == data
    assert report.balanced
    assert not report.failed
    assert report.written.as_dict() == report.read.as_dict()
    return data


@pytest.mark.parametrize("name", DEFECTS)
def test_a_broken_export_is_clean_afterwards(
    name: str, shared: Path, tmp_path: Path
) -> None:
    before, _ = read(shared / "broken" / name)

    data = require_clean(shared / "broken" / name, before, tmp_path)

    is_same = data == (shared / "broken" / name).read_bytes()
    stays = {each[0] for each in DEFECTS[name].said} <= STAYS
    assert is_same == (stays and name not in _REWRITTEN)


def test_a_real_export_is_clean_afterwards(
    shared_export: Shared, tmp_path: Path
) -> None:
    source = shared_export.export

    data = require_clean(source, shared_export.records, tmp_path)

    is_same = data == source.read_bytes()
    assert is_same == (source.stem not in _REAL_REWRITTEN)


@pytest.mark.parametrize("name", ["22-html-not-cdata.xml", "30-meta-markup.xml"])
def test_markup_in_values_is_put_in_cdata(
    name: str, shared: Path, tmp_path: Path
) -> None:
    """WordPress' importer would leave the elements out of the value."""
    wxr.repair(shared / "broken" / name, tmp_path / "clean.xml")

    _, said = read(tmp_path / "clean.xml")
    assert "missing-cdata" not in {each.code for each in said}
