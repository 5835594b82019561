"""An export taken through the cleaner in the order of its files, aside by aside."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from wxr.cleaning.cleaner import Cleaned, clean
from wxr.cleaning.document import Document
from wxr.cleaning.markup import is_declaration, sound_markup
from wxr.diagnostics import Code, Diagnostic
from wxr.ledger import Ledger
from wxr.parser import Batch, Part, Reading
from wxr.parser.batches import are_sound
from wxr.parser.gathering import BATCH_SIZE
from wxr.parser.reader import PartReader
from wxr.parser.repair.notes import shown
from wxr.parser.slicer import Slicer
from wxr.parser.slices import Aside, AsideKind, Slice
from wxr.pipeline import enter_lost

_MOST: Final = 1000
_NO_VERSION: Final = (
    "the header names no WXR version, without which WordPress refuses an export; "
    "1.2 was written"
)


class Rewriting(Reading):
    """A reading whose slices end in a document, with what stands between them.

    It gives no batches: they come in the order of the file, and are written here.
    """

    def __init__(
        self,
        found: list[Part],
        document: Document,
        ledger: Ledger,
        **options: Any,  # noqa: ANN401  a reading's own
    ) -> None:
        super().__init__(found, ledger.problems.add, **options)
        self._document, self._ledger = document, ledger

    def run(self) -> None:
        """Read the parts to their end, and write them.

        Raises:
            ReadError: A part cannot be read, or is no export.
        """
        for _ in self:
            pass
        enter_lost(self, self._ledger)
        if not self._document.has_version:
            first = self.inputs[0].path
            self._ledger.problems.add(
                Diagnostic(code=Code.MISSING_VERSION, message=_NO_VERSION, part=first)
            )

    def _gathered(
        self, slicer: Slicer, part: Part, reader: PartReader
    ) -> Iterator[Batch]:
        passage = _Passage(self._document, self._ledger, part, slicer)
        passage.fix_mojibake = self._fix_mojibake
        self._document.begin(reader.mark)
        for piece in slicer.in_file_order():
            passage.slice(piece)
        passage.end()
        yield from ()


class _Passage:
    """What was met of one part and is not written yet: about a batch."""

    def __init__(
        self, document: Document, ledger: Ledger, part: Part, slicer: Slicer
    ) -> None:
        self._document, self._ledger = document, ledger
        self._part, self._slicer = part, slicer
        self._events: list[tuple[Slice | Aside, int]] = []
        self._envelope: object = None
        self._size = 0
        self.fix_mojibake = False
        slicer.on_aside = self.aside

    def aside(self, aside: Aside) -> None:
        """Take what stands between slices."""
        line = self._slicer.line - aside.data.count(b"\n")
        self._take(aside, len(aside.data), line)

    def slice(self, piece: Slice) -> None:
        """Take a slice; those of a batch stand in one envelope."""
        if piece.envelope is not self._envelope:
            self.end()
            self._envelope = piece.envelope
        self._take(piece, len(piece.data), piece.line)

    def end(self) -> None:
        """Write what was met."""
        events, self._events, self._size = self._events, [], 0
        slices = tuple(each for each, _ in events if isinstance(each, Slice))
        written: dict[int, bytes] | None = None
        for event, line in events:
            if isinstance(event, Aside):
                self._aside(event, line)
                continue
            if written is None:
                self._document.open_channel()
                written = self._written(slices)
            if event.offset in written:
                self._document.slice(event.kind, written[event.offset])

    def _take(self, event: Slice | Aside, size: int, line: int) -> None:
        self._events.append((event, line))
        self._size += size
        if self._size >= BATCH_SIZE or len(self._events) >= _MOST:
            self.end()

    def _aside(self, aside: Aside, line: int) -> None:
        match aside.kind:
            case AsideKind.SPACE:
                self._document.space(aside.data)
            case AsideKind.END:
                self._document.end(aside.data)
            case AsideKind.ROOT:
                if not self._document.root(aside.data):
                    self._junk("a start tag that XML does not allow", line)
            case AsideKind.MARKUP:
                self._markup(aside.data, line)

    def _markup(self, data: bytes, line: int) -> None:
        sound = data if is_declaration(data) else sound_markup(data)
        if sound is None:
            self._junk(f"a comment or instruction was left out: {shown(data)}", line)
            return
        if sound is not data:
            self._junk(f"a comment was made one that XML allows: {shown(data)}", line)
        self._document.markup(sound)

    def _written(self, slices: tuple[Slice, ...]) -> dict[int, bytes]:
        """Clean a batch, enter it in the ledger, and give what to write, by offset."""
        part, fix = self._part, self.fix_mojibake
        cleaned = [*clean(Batch(part.name, part.number, slices, fix_mojibake=fix))]
        fitted = [self._fitted(each) for each in cleaned]
        are_all_sound = are_sound([piece for unit in fitted for piece in unit])
        written: dict[int, bytes] = {}
        for each, unit in zip(cleaned, fitted, strict=True):
            if unit and not are_all_sound and not are_sound(unit):
                each.fail(self._part.name)
            self._enter(each)
            if not each.failed:
                written.update((piece.offset, piece.data) for piece in unit)
        return written

    def _fitted(self, cleaned: Cleaned) -> list[Slice]:
        """Give slices as they are written, in the root that they are written into."""
        document = self._document
        return [
            replace(
                piece, data=document.fitted(piece, data), envelope=document.envelope
            )
            for piece, data in zip(cleaned.slices, cleaned.data, strict=True)
        ]

    def _enter(self, cleaned: Cleaned) -> None:
        ledger = self._ledger
        ledger.read.add(cleaned.read)
        for problem in cleaned.diagnostics:
            ledger.problems.add(problem)
        if cleaned.failed:
            ledger.fail(str(cleaned.failed), cleaned.read)
        else:
            ledger.written.add(cleaned.read)
            self._document.has_version |= cleaned.has_version

    def _junk(self, message: str, line: int) -> None:
        self._ledger.problems.add(
            Diagnostic(code=Code.JUNK, message=message, part=self._part.name, line=line)
        )
