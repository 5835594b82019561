"""JSON Lines and our JSON document to slices: one object each, found without parsing.

As wxr writes them, every object stands on a line of its own, so damage stays in its
line. Where another program has laid them out anew, their ends are looked for by
brackets and quotes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from wxr.diagnostics import Code, Diagnostic, OnDiagnostic
from wxr.errors import ReadError
from wxr.parser import Kind
from wxr.parser.envelope import DEFAULT
from wxr.parser.repair.notes import shown
from wxr.parser.slices import Slice
from wxr.parser.source import BLOCK, Readable
from wxr.parser.window import Window

VERSION: Final = 1
"""Of the JSON that can be read."""

# No more white space than a head may have: they are looked for on each line.
_SPACE: Final = rb"[ \t\r\n]{0,64}"
_HEAD_LONGEST: Final = 512
_DOCUMENT: Final = re.compile(
    rb'[ \t\r\n]*\{_"format"_:_"wxr-json"_,_"version"_:_([0-9]{1,9})\b'.replace(
        b"_", _SPACE
    )
)
_RECORD: Final = re.compile(
    rb'[ \t\r\n]*\{_"record"_:_"(?:site|author|term|post)"'.replace(b"_", _SPACE)
)
_HEAD_LINE: Final = re.compile(rb'\{"format":"wxr-json","version":1,"site":(\{.*\}),')
_NEXT_LINE: Final = b'\n"authors":['
_LIST: Final = re.compile(rb'"(authors|terms|posts)":\[(\],|\]\}|)')
_ENDS: Final = (b"]}", b"],", b",", b"")
"""What follows an object on its line: with a bracket, the list ends."""
_SAID: Final = re.compile(rb'"record"\s*:\s*"(site|author|term|post)"')
_STRUCTURE: Final = re.compile(rb'["{}\[\]]')
_SCALAR_END: Final = re.compile(rb"[\s,\]}]")
_NAMES: Final = {b"authors": b"author", b"terms": b"term", b"posts": b"post"}
_NO_RECORDS: Final = frozenset({b"format", b"version"})
_KINDS: Final = {b"site": Kind.SITE, b"author": Kind.TERM, b"term": Kind.TERM}


def is_ours(head: bytes) -> bool:
    """Say whether a part begins as the JSON that wxr writes."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    return bool(_DOCUMENT.match(head) or _RECORD.match(head))


class _DamagedError(ValueError):
    """What comes is no JSON; caught here."""


class Lines:
    """The slices of one part, in the order of the file. Iterate once.

    Args:
        reader: Gives the part's bytes.
        part: Its name.
        report: Told of what is damaged.
        first_number: Of its first item.
        max_item: Bytes that one object may have.
    """

    def __init__(
        self,
        reader: Readable,
        part: str,
        report: OnDiagnostic,
        *,
        first_number: int,
        max_item: int,
    ) -> None:
        self._window = Window(reader)
        self._part, self._report = part, report
        self._max_item = max_item
        self._where = 0, 1
        self.next_number = first_number
        self.ended = True
        """Whether the document's end was seen; lines have none."""
        self.lost: Counter[Code] = Counter()
        """Items that were seen but could not be cut out, by reason."""

    @property
    def line(self) -> int:
        """The line that was come to."""
        return self._window.line

    def __iter__(self) -> Iterator[Slice]:
        """Give the slices of all that follow each other: documents, or records.

        Raises:
            ReadError: It was written by a version of wxr that is not known here.
        """
        try:
            yield from self._next()
            while self._goes_on():
                self._say_another()
                yield from self._next()
        except _DamagedError:
            self._say(Code.MALFORMED, "from here on it is no JSON, and was not read")

    def _next(self) -> Iterator[Slice]:
        self._window.skip_space()
        head = self._window.peek(BLOCK)
        first_line = head.partition(b"\n")[0]
        if document := _DOCUMENT.match(head):
            self._require_version(int(document[1]))
            is_as_written = head[len(first_line) :].startswith(_NEXT_LINE)
            return self._document_lines() if is_as_written else self._document()
        is_as_written = first_line.rstrip().endswith(b"}") and b"\n" in head
        return self._lines() if is_as_written else self._sequence()

    def _goes_on(self) -> bool:
        if self._begins(_DOCUMENT) or self._begins(_RECORD):
            return True
        if self._window.peek(1):
            raise _DamagedError
        return False

    def _begins(self, pattern: re.Pattern[bytes]) -> bool:
        while self._window.skip_space():
            continue  # of very much it takes some at a time
        return self._window.match(pattern, 0, longest=_HEAD_LONGEST) is not None

    def _say_another(self) -> None:
        if not self.ended:
            message = "the document breaks off before another one begins"
            self._say(Code.TRUNCATED, message)
        self._say(Code.SECOND_DOCUMENT, "a second document begins; it was read too")
        self.ended = True

    def _require_version(self, version: int) -> None:
        if version != VERSION:
            raise ReadError(
                f"it is wxr-json of version {version}, of which this wxr knows "
                f"{VERSION} only; convert the export again, or take a newer wxr",
                source=self._part,
            )

    # --- as wxr lays it out: a line for each object

    def _lines(self) -> Iterator[Slice]:
        while not self._begins(_DOCUMENT) and (line := self._next_line()) is not None:
            if data := line.strip():
                yield self._slice(data, _kind_said(data))

    def _document_lines(self) -> Iterator[Slice]:
        head = self._next_line() or b""
        if (match := _HEAD_LINE.fullmatch(head.strip())) is None:
            self._say(Code.MALFORMED, "the site is no JSON, and was not read")
        else:
            yield self._element(b"site", match[1])
        self.ended = False
        name = b"post"
        while not self._is_left() and (line := self._next_line()) is not None:
            data = line.strip()
            if match := _LIST.fullmatch(data):
                name = _NAMES[match[1]]
                self.ended = match[2] == b"]}"
            elif data:
                end = next(end for end in _ENDS if data.endswith(b"}" + end) or not end)
                self.ended = end == b"]}"
                yield self._element(name, data.removesuffix(end))

    def _is_left(self) -> bool:
        """Say whether another document comes, or records behind the end of this one."""
        return self._begins(_DOCUMENT) or (self.ended and self._begins(_RECORD))

    def _next_line(self) -> bytes | None:
        """Take the next line that is under the cap; None at the end."""
        window = self._window
        while True:
            end = window.find(b"\n", limit=self._max_item)
            if end < 0 and len(window) <= self._max_item:
                return self._take(len(window)) if len(window) else None
            if 0 <= end <= self._max_item:
                return self._take(end + 1)
            self._skip_line()

    def _skip_line(self) -> None:
        window, line = self._window, self._window.line
        while (end := window.find(b"\n", limit=self._max_item)) < 0:
            window.take(len(window))
            if not window.more():
                break
        window.take(end + 1)
        message = f"a record is over the cap of {self._max_item:,} bytes"
        self.lost[Code.ITEM_TOO_LARGE] += 1
        self.next_number += 1
        self._say(Code.ITEM_TOO_LARGE, message, line)

    # --- as any other program lays it out

    def _sequence(self) -> Iterator[Slice]:
        self.ended = False
        while not self._begins(_DOCUMENT) and self._window.peek(1):
            data = self._value()
            yield self._slice(data, _kind_said(data))
        self.ended = True

    def _document(self) -> Iterator[Slice]:
        self.ended = False
        self._expect(b"{")
        while not self.ended:
            name = self._value().strip(b'"')
            self._expect(b":")
            if name in _NAMES:
                yield from self._list(_NAMES[name])
            elif name == b"site":
                yield self._element(name, self._value())
            else:
                self._pass_over(name)
            self.ended = self._expect(b",}") == b"}"

    def _pass_over(self, name: bytes) -> None:
        if name not in _NO_RECORDS:
            message = f"{shown(name)} is no member of ours; left out"
            self._say(Code.NOT_CARRIED, message)
        self._value()

    def _list(self, name: bytes) -> Iterator[Slice]:
        self._expect(b"[")
        self._window.skip_space()
        if self._window.peek(1) == b"]":
            self._expect(b"]")
            return
        while True:
            yield self._element(name, self._value())
            if self._expect(b",]") == b"]":
                return

    def _expect(self, choices: bytes) -> bytes:
        self._window.skip_space()
        found = self._window.peek(1)
        if not found or found not in choices:
            raise _DamagedError
        return self._window.take(1)

    def _value(self) -> bytes:
        """Take the next value, whatever it is."""
        window = self._window
        window.skip_space()
        first = window.peek(1)
        if first == b'"':
            return self._take(self._string_end(1))
        if first not in {b"{", b"["}:
            found = window.search(_SCALAR_END, 0, longest=1)
            if found is None or not found[0]:
                raise _DamagedError
            return self._take(found[0])
        return self._take(self._bracket_end())

    def _bracket_end(self) -> int:
        at, depth = 0, 0
        while found := self._window.search(_STRUCTURE, at, longest=1):
            start, match = found
            if match[0] == b'"':
                at = self._string_end(start + 1)
            else:
                at = start + 1
                depth += 1 if match[0] in b"{[" else -1
                if not depth:
                    return at
            self._require_under_cap(at)
        raise _DamagedError

    def _string_end(self, at: int) -> int:
        """Position behind a string that begins before `at`."""
        while (quote := self._window.find(b'"', at)) >= 0:
            self._require_under_cap(quote)
            before = self._window.between(at, quote)
            backslashes = len(before) - len(before.rstrip(b"\\"))
            at = quote + 1
            if backslashes % 2 == 0:
                return at
        raise _DamagedError

    def _require_under_cap(self, size: int) -> None:
        if size > self._max_item:
            raise ReadError(
                f"a record is over the cap of {self._max_item:,} bytes; raise it "
                "by --max-item",
                source=self._part,
                line=self._window.line,
            )

    # --- slices

    def _take(self, size: int) -> bytes:
        """Take bytes off the window, and keep in mind where they stood."""
        self._where = self._window.offset, self._window.line
        return self._window.take(size)

    def _element(self, name: bytes, data: bytes) -> Slice:
        """Give an object of a list as the line it would be."""
        kind = _KINDS.get(name, Kind.ITEM)
        return self._slice(b'{"record":"%b",%b' % (name, data[1:]), kind)

    def _slice(self, data: bytes, kind: Kind) -> Slice:
        number = 0
        if kind is Kind.ITEM:
            number, self.next_number = self.next_number, self.next_number + 1
        return Slice(kind, data, *self._where, number, DEFAULT)

    def _say(self, code: Code, message: str, line: int | None = None) -> None:
        line = self._window.line if line is None else line
        self._report(Diagnostic(code=code, message=message, part=self._part, line=line))


def _kind_said(data: bytes) -> Kind:
    match = _SAID.search(data)
    return _KINDS.get(match[1], Kind.ITEM) if match else Kind.ITEM
