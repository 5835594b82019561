"""WXR: an export as WordPress writes it, for WordPress and for every other reader.

Elements stand in the order of WordPress' own template, text in CDATA where WordPress
puts it, `]]>` is split as it splits it. What is absent is left out, so that reading
the export gives equal records. Every part is well-formed for the strictest parser.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from wxr.diagnostics import Code, Diagnostic
from wxr.exporters import Place, Rendered
from wxr.exporters.wxr import header
from wxr.exporters.wxr.characters import broken_values, encoded, without_illegal
from wxr.exporters.wxr.items import item
from wxr.exporters.wxr.parts import parts_there
from wxr.exporters.wxr.sink import Declared, WxrSink, keys_of
from wxr.ledger import Tally
from wxr.model import Author, Post, Record, Site, Term

Payload: TypeAlias = bytes | Declared | Site
"""An item, what is declared before the items, or the site: the sink merges several."""


@dataclass(frozen=True, slots=True)
class WxrExporter:
    """Write an export, or one in numbered parts.

    Args:
        split: Bytes that a part may have; None for one file.
    """

    needs_index: ClassVar[bool] = False
    split: int | None = None

    def render(self, record: Record, place: Place) -> Rendered[Payload]:  # noqa: ARG002 - an item is the same in any place
        """Write one record as the element it is."""
        found: list[Diagnostic] = []
        data = encoded(_text(record, found))
        if data is None:
            found = [*_broken(broken_values(record))]
            record, count = without_illegal(record)
            found.append(_left_out(count))
            data = _text(record, found).encode()
        return Rendered(_payload(record, data), Tally.of(record), found)

    def replaces(self, target: str) -> list[str]:
        """Name the files that a run may replace: the target, or parts that are there.

        See `wxr.exporters.replaced_by`.
        """
        return [target] if self.split is None else parts_there(target)

    def sink(self, target: str, *, force: bool) -> WxrSink:
        """Open the file, or the first of its parts.

        Raises:
            WriteError: The target exists and `force` is not given, it is not
                writable, or parts were asked for on standard output.
        """
        return WxrSink(target, force=force, split=self.split)


def as_carried(record: Record) -> Record:
    """Give a record as it is written: without what no XML can hold."""
    is_whole = encoded(_text(record, [])) is not None
    return record if is_whole else without_illegal(record)[0]


def _text(record: Record, found: list[Diagnostic]) -> str:
    match record:
        case Post():
            return item(record, found)
        case Term():
            return header.term(record, found)
        case Author():
            return header.author(record, found)
        case Site():
            return "".join(header.site(record, found))


def _payload(record: Record, data: bytes) -> Payload:
    match record:
        case Post():
            return data
        case Term():
            return Declared(data, keys_of(record))
        case Author():
            return Declared(data)
        case Site():
            return record


def _broken(count: int) -> Iterator[Diagnostic]:
    if count:
        message = "a serialized value has lost characters, and its lengths are wrong"
        yield Diagnostic(code=Code.NOT_CARRIED, message=message, count=count)


def _left_out(count: int) -> Diagnostic:
    characters = "a character" if count == 1 else f"{count:,} characters"
    message = f"{characters} that XML cannot hold: left out"
    return Diagnostic(code=Code.CONTROL_CHARACTER, message=message, count=count)
