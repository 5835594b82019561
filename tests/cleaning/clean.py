"""What a cleaned export must be, and what of its records may differ."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Final
from xml.parsers import expat

from lxml import etree

import wxr
from wxr.cleaning.cleaner import LEFT
from wxr.diagnostics import Code, Diagnostic
from wxr.exporters.site import merge_sites
from wxr.model import Author, Meta, Post, Record, Site, Term

STAYS: Final = (LEFT - {Code.MISSING_CDATA}) | {Code.MOJIBAKE}
"""What reading still says of a cleaned export: oddities of records, which XML allows,
and which could be mended only by guessing."""
_CONTROLS: Final = {
    code: "\n" if code in {11, 12} else " "
    for code in range(0x20)
    if code not in {9, 10, 13}
}


def read(source: Path | bytes) -> tuple[list[Record], list[Diagnostic]]:
    """Read an export; gives its records, and what was said of it."""
    said: list[Diagnostic] = []
    opened = io.BytesIO(source) if isinstance(source, bytes) else source
    return list(wxr.read(opened, on_diagnostic=said.append)), said


def require_well_formed(data: bytes) -> None:
    """Raise where lxml or expat refuses a document, or WordPress would."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(data, parser)
    assert [root.tag, *(child.tag for child in root.iterchildren("*"))] == [
        "rss",
        "channel",
    ]
    assert any(_is_version(child) for child in root[-1])
    for separator in (None, " "):
        expat.ParserCreate(namespace_separator=separator).Parse(data, True)  # noqa: FBT003


def _is_version(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("}wxr_version")


def comparable(records: list[Record]) -> tuple[Site, list[Record]]:
    """Give the site and all records as a cleaned export has them.

    Headers are one, and have the version that WordPress wants. Serialized values have
    a space or line end for each character that XML cannot hold.
    """
    sites = [record for record in records if isinstance(record, Site)]
    others = [record for record in records if not isinstance(record, Site)]
    site = replace(merge_sites(*sites or [Site()]), wxr_version=None)
    return site, [_legal(record) for record in others]


def _legal(record: Record) -> Record:
    if isinstance(record, Post):
        comments = tuple(
            replace(each, meta=_legal_metas(each.meta)) for each in record.comments
        )
        return replace(record, meta=_legal_metas(record.meta), comments=comments)
    if isinstance(record, Term):
        return replace(record, meta=_legal_metas(record.meta))
    assert isinstance(record, Author)
    return record


def _legal_metas(metas: tuple[Meta, ...]) -> tuple[Meta, ...]:
    return tuple(
        replace(meta, value=meta.value and meta.value.translate(_CONTROLS))
        for meta in metas
    )
