"""The cleaned export as one document: declaration, root and channel, and their ends.

What comes is written as it stands, so that a whole export goes through byte for byte.
Of several documents the first gives the root; tags of the others are left out, and so
are the scalars of their headers where an earlier header has them.
"""

import re
from collections.abc import Iterable
from typing import IO, Final

from wxr.cleaning.bindings import bound_to, undeclared
from wxr.cleaning.insertion import insert
from wxr.cleaning.markup import is_declaration, sound_declaration
from wxr.cleaning.tail import Tail
from wxr.parser.envelope import DEFAULT, NAMESPACES
from wxr.parser.slices import Kind, Slice
from wxr.parser.strict import is_well_formed

_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_RSS: Final = b'<rss version="2.0"%b>' % b"".join(
    b'\n\txmlns:%b="%b"' % pair for pair in NAMESPACES.items()
)
_OWN_TAGS: Final = {b"rss": _RSS, b"channel": b"<channel>"}
_VERSION: Final = b"<wp:wxr_version%b>1.2</wp:wxr_version>"
_SPACE_HELD: Final = 1 << 20
_NAME: Final = re.compile(rb"</?([^\s/>]+)")
_EMPTY: Final = re.compile(
    rb"<[^<>]*?(?:/>|>\s*+(?:<!\[CDATA\[\s*+\]\]>)?\s*+</[^<>]*+>)\s*+"
)


class Document:
    """One well-formed document, written from its start to its end.

    Args:
        file: Where it is written; it can be read back.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._size = self._mark_size = 0
        self._space = b""
        """What stands before whatever comes next, and goes where that goes."""
        self._tail = Tail()
        self._opened: list[bytes] = []
        self._root_at = self._version_at = 0
        self._before_version = b"\n"
        self._is_in_header = True
        self._undeclared: set[bytes] = set()
        self._earlier: set[bytes] = set()
        self._names: set[bytes] = set()
        self.envelope = DEFAULT
        """The root and channel as they were written."""
        self.has_version = False
        """To be set once a header has said its version."""

    def begin(self, mark: bytes) -> None:
        """Begin a part with its byte order mark, which only the first keeps."""
        self._begin_header()
        if not self._size:
            self._write(mark)
            self._mark_size = self._size

    def space(self, data: bytes) -> None:
        """Take white space."""
        if len(self._space) > _SPACE_HELD:
            self._put(b"")
        self._space += data

    def markup(self, data: bytes) -> None:
        """Take a comment, an instruction or an XML declaration."""
        if not is_declaration(data):
            self._put(data)
            return
        # XML wants it to be the very first, or not to be.
        self._space = b""
        if self._is_blank:
            self._put(sound_declaration(data))

    def root(self, tag: bytes) -> bool:
        """Take the start tag of a root or channel; False where it cannot stand."""
        name = _name(tag)
        self._reopen()
        if name == b"rss" or name in self._opened:
            self._begin_header()
        if name in self._opened or (name == b"rss" and self._opened):
            self._space = b""
            return True
        is_sound = self._can_stand(tag, name)
        self._open(name, tag if is_sound else _OWN_TAGS[name])
        return is_sound

    def end(self, tag: bytes) -> None:
        """Take the end tag of a root or channel."""
        self._put(b"")
        self._tail.end(tag)

    def open_channel(self) -> None:
        """Open what is not open of root and channel, because a slice follows."""
        if b"channel" not in self._opened:
            self._reopen()
            self._open(b"channel", _OWN_TAGS[b"channel"])

    def fitted(self, piece: Slice, data: bytes) -> bytes:
        """Give a slice with its names bound as they were where it came from."""
        data = bound_to(data, piece.envelope.bindings, self.envelope.bindings)
        self._undeclared |= undeclared(data, self.envelope.declared)
        return data

    def slice(self, kind: Kind, data: bytes) -> None:
        """Take a slice that fits."""
        if kind is Kind.SITE and not self._is_wanted(data):
            self._space = b""
            return
        self._reopen()
        space = self._space
        self._put(data)
        self._is_in_header &= kind is Kind.SITE
        if self._is_in_header:
            self._version_at, self._before_version = self._size, space

    def finish(self) -> None:
        """Write the end tags, and what turned out to be missing near the start."""
        if b"channel" not in self._opened:
            self.open_channel()
        self._put(b"")
        self._write(self._tail.closing(self._opened))
        # The later place first: it moves with what is put before it.
        if not self.has_version:
            insert(self._file, self._version_at, self._version())
        if self._undeclared:
            declared = _declared(sorted(self._undeclared))
            insert(self._file, self._root_at, declared)

    def _begin_header(self) -> None:
        self._earlier |= self._names
        self._names = set()

    def _is_wanted(self, data: bytes) -> bool:
        """Say whether a scalar is new, or of the header that had its name first."""
        name = _name(data)
        if name in self._earlier:
            return False
        if name.endswith(b"wxr_version") and _EMPTY.fullmatch(data):
            return False  # it says nothing, and another one will
        self._names.add(name)
        return True

    def _can_stand(self, tag: bytes, name: bytes) -> bool:
        start = tag.removesuffix(b"/>").removesuffix(b">") + b">"
        envelope = self.envelope.opened_by(start, name)
        return is_well_formed(envelope.wrap(b""))

    def _open(self, name: bytes, tag: bytes) -> None:
        if tag.endswith(b"/>"):
            tag = tag[:-2] + b">"
        if name == b"channel" and not self._opened:
            self._open(b"rss", _RSS)
            tag = b"\n" + tag
        if self._is_blank and tag is _RSS:
            self._space = b""
            self._put(_DECLARATION)
        self._put(tag)
        if not self._opened:
            self._root_at = self._size - 1
        self._opened.append(name)
        self._version_at = self._size
        self.envelope = self.envelope.opened_by(tag, name)

    def _version(self) -> bytes:
        """Give the version: WordPress refuses an export that does not say it."""
        if b"wp" not in self.envelope.declared:
            self._undeclared.add(b"wp")
        elif b"wp" not in self.envelope.prefixes:
            return self._before_version + _VERSION % _declared([b"wp"])
        return self._before_version + _VERSION % b""

    @property
    def _is_blank(self) -> bool:
        return self._size == self._mark_size

    def _reopen(self) -> None:
        """Go on behind an end tag that was not the last."""
        self._write(self._tail.reopened())

    def _put(self, data: bytes) -> None:
        """Write something after the space before it, or hold both back."""
        data, self._space = self._space + data, b""
        self._write(self._tail.taken(data))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._size += len(data)


def _name(tag: bytes) -> bytes:
    """Give the name of a tag as it is written."""
    match = _NAME.match(tag)
    return match[1] if match else b""


def _declared(prefixes: Iterable[bytes]) -> bytes:
    return b"".join(b' xmlns:%b="%b"' % (each, NAMESPACES[each]) for each in prefixes)
