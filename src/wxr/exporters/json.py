"""JSON: the whole export as one document, or one record a line.

Both are complete archives: reading them back gives equal records. `date` and
`modified` are ISO 8601 without an offset, as they are the site's wall clock; `*_gmt`
and `pub_date` are UTC and end in `Z`; `extra` is a list of `[name, xml]`. Objects are
compact, one a line in both forms. The schema is `schema/wxr-json-1.json` in this
package.
"""

from dataclasses import dataclass
from typing import ClassVar

from wxr.exporters import Place, Rendered
from wxr.exporters.documents import DocumentSink, LinesSink, Part
from wxr.exporters.objects import name_of, object_of, to_bytes
from wxr.ledger import Tally
from wxr.model import Record, Site


@dataclass(frozen=True, slots=True)
class JsonExporter:
    """Write one document: the site, then its authors, terms and posts."""

    needs_index: ClassVar[bool] = False

    def render(self, record: Record, place: Place) -> Rendered[Part]:  # noqa: ARG002 - JSON is the same in any place
        """Encode one record as an object, and say which list it belongs in."""
        data = to_bytes(object_of(record))
        site = record if isinstance(record, Site) else None
        return Rendered(Part(name_of(record), data, site), Tally.of(record))

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

    def render(self, record: Record, place: Place) -> Rendered[bytes]:  # noqa: ARG002 - JSON is the same in any place
        """Encode one record as one line; its `record` says what it is."""
        line = f'{{"record":"{name_of(record)}",{object_of(record)[1:]}\n'
        return Rendered(to_bytes(line), Tally.of(record))

    def sink(self, target: str, *, force: bool) -> LinesSink:
        """Open the file, or standard output for `-`, which gets each line at once.

        Raises:
            WriteError: The target exists and `force` is not given, or it is not
                writable.
        """
        return LinesSink(target, force=force)
