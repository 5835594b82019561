"""JSON: the whole export as one document, or one record a line.

Both are complete archives: reading them back gives equal records. `date` and
`modified` are ISO 8601 without an offset, as they are the site's wall clock; `*_gmt`
and `pub_date` are UTC and end in `Z`; `extra` is a list of `[name, xml]`. With
`decode_meta`, custom fields that PHP serialized, or that are JSON, say so in `decoded`,
beside the value as stored. Objects are compact, one a line in both forms. The schema is
`schema/wxr-json-1.json` in this package.
"""

from dataclasses import dataclass
from typing import ClassVar

from wxr.diagnostics import Diagnostic
from wxr.exporters import Place, Rendered
from wxr.exporters.documents import DocumentSink, LinesSink, Part
from wxr.exporters.objects import name_of, object_of, to_bytes, with_decoded
from wxr.ledger import Tally
from wxr.model import Post, Record, Site


@dataclass(frozen=True, slots=True)
class JsonExporter:
    """Write one document: the site, then its authors, terms and posts."""

    needs_index: ClassVar[bool] = False
    decode_meta: bool = False

    def render(self, record: Record, place: Place) -> Rendered[Part]:  # noqa: ARG002 - JSON is the same in any place
        """Encode one record as an object, and say which list it belongs in."""
        text, found = _written(record, decode_meta=self.decode_meta)
        site = record if isinstance(record, Site) else None
        part = Part(name_of(record), to_bytes(text), site)
        return Rendered(part, Tally.of(record), found)

    def sink(self, target: str, *, force: bool) -> DocumentSink:
        """Open the document; on standard output it appears when it is whole.

        Raises:
            WriteError: The target exists and `force` is not given, or it is not
                writable.
        """
        return DocumentSink(target, force=force)


@dataclass(frozen=True, slots=True)
class JsonLinesExporter:
    """Write each record as an object on its own line, in the order met."""

    needs_index: ClassVar[bool] = False
    decode_meta: bool = False

    def render(self, record: Record, place: Place) -> Rendered[bytes]:  # noqa: ARG002 - JSON is the same in any place
        """Encode one record as one line; its `record` says what it is."""
        text, found = _written(record, decode_meta=self.decode_meta)
        line = f'{{"record":"{name_of(record)}",{text[1:]}\n'
        return Rendered(to_bytes(line), Tally.of(record), found)

    def sink(self, target: str, *, force: bool) -> LinesSink:
        """Open the file, or standard output for `-`, which gets each line at once.

        Raises:
            WriteError: The target exists and `force` is not given, or it is not
                writable.
        """
        return LinesSink(target, force=force)


def _written(record: Record, *, decode_meta: bool) -> tuple[str, list[Diagnostic]]:
    """Give a record as an object, and what could not be decoded in it."""
    found: list[Diagnostic] = []
    if not decode_meta:
        return object_of(record), found
    item = record.id if isinstance(record, Post) else None
    return object_of(record, with_decoded(found, item)), found
