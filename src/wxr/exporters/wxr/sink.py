"""The sink of WXR: one file, or numbered parts that each stand for themselves."""

import shutil
import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import IO, BinaryIO, Final

from wxr.errors import WriteError
from wxr.exporters.files import (
    BUFFER_SIZE,
    STDOUT,
    FileOutput,
    StandardOutput,
    open_output,
)
from wxr.exporters.sinks import FileSink
from wxr.exporters.site import Sites
from wxr.exporters.wxr import header
from wxr.exporters.wxr.order import NONE, Terms
from wxr.exporters.wxr.parts import MARK, Parts
from wxr.model import Site, Term

_START: Final = (
    b"""\
<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file, which holds the content of a site. -->
<!-- To import it into a WordPress site: Tools > Import > WordPress. -->
%b
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/"
>

<channel>
"""
    % MARK
)
_END: Final = b"</channel>\n</rss>\n"
_SPOOL_IN_MEMORY: Final = 1 << 20
"""Bytes of what is declared that are held before they go to disk."""


@dataclass(frozen=True, slots=True)
class Keys:
    """By what a term is named as a parent, as numbers."""

    slug: int
    name: int
    parent: int


def keys_of(term: Term) -> Keys:
    """Give a term's keys; they are the same in any process."""
    return Keys(*(_key(term.taxonomy, n) for n in (term.slug, term.name, term.parent)))


def _key(taxonomy: str, name: str | None) -> int:
    if not name:
        return NONE
    text = f"{taxonomy}\0{name}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class Declared:
    """An author, or a term, which has keys."""

    data: bytes
    keys: Keys | None = None


class WxrSink(FileSink[bytes | Declared | Site]):
    """An export that is put together once everything is there.

    WordPress' authors and terms come before the items, and a later part of what is
    read may bring more of them. So items wait in a file without a name, beside the
    target.
    """

    def __init__(self, target: str, *, force: bool, split: int | None) -> None:
        if split is not None and target == STDOUT:
            reason = "parts cannot go to standard output; name a file with --out"
            raise WriteError(reason, target=target)
        super().__init__(target)
        self._split = split
        self._output: FileOutput | StandardOutput | Parts = (
            open_output(target, force=force)
            if split is None
            else Parts(target, force=force)
        )
        self._to_close.callback(self._output.discard)
        self._items = self._spool(in_memory=0)
        self._sizes = array("Q")
        self._sites = Sites()
        self._authors = self._spool()
        self._terms = _Terms(self._spool())

    def _take(self, payload: bytes | Declared | Site) -> None:
        if isinstance(payload, bytes):
            self._items.write(payload)
            if self._split is not None:
                self._sizes.append(len(payload))
        elif isinstance(payload, Site):
            self._sites.add(payload)
        elif payload.keys is None:
            self._authors.write(payload.data)
        else:
            self._terms.add(payload.data, payload.keys)

    def _commit(self) -> None:
        head = self._head()
        self._items.seek(0)
        if isinstance(self._output, Parts):
            for size in self._portions(head.tell() + len(_END)):
                with self._output.next() as file:
                    _copy(head, file)
                    _copy_some(self._items, file, size)
                    file.write(_END)
        else:
            _copy(head, self._output.file)
            shutil.copyfileobj(self._items, self._output.file, BUFFER_SIZE)
            self._output.file.write(_END)
        self._output.commit()

    def _head(self) -> IO[bytes]:
        """Give all that stands before the items."""
        site = self._sites.merged()
        before, after = header.site(site, [])  # what it cannot hold is reported before
        head = self._spool()
        head.write(_START + before.encode() + b"\n")
        _copy(self._authors, head)
        head.write(b"\n")
        for term in self._terms.parents_first():
            head.write(term)
        head.write(b"\n" + after.encode() + b"\n")
        return head

    def _portions(self, frame: int) -> Iterator[int]:
        """Give how many bytes of items each part takes; an item is never divided."""
        size = 0
        for item in self._sizes:
            if size and frame + size + item > (self._split or 0):
                yield size
                size = 0
            size += item
        yield size

    def _spool(self, in_memory: int = _SPOOL_IN_MEMORY) -> IO[bytes]:
        folder = (
            None if isinstance(self._output, StandardOutput) else self._output.folder
        )
        file: IO[bytes] = (
            tempfile.SpooledTemporaryFile(in_memory, dir=folder)  # noqa: SIM115  closed by the stack
            if in_memory
            else tempfile.TemporaryFile(dir=folder, buffering=BUFFER_SIZE)  # noqa: SIM115
        )
        return self._to_close.enter_context(file)


class _Terms:
    """Terms on disk, and where each is."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._file = spool
        self._starts = array("Q", [0])
        self._order = Terms()

    def add(self, data: bytes, keys: Keys) -> None:
        self._file.write(data)
        self._starts.append(self._starts[-1] + len(data))
        self._order.add(keys.slug, keys.name, keys.parent)

    def parents_first(self) -> Iterator[bytes]:
        for place in self._order.parents_first():
            self._file.seek(self._starts[place])
            yield self._file.read(self._starts[place + 1] - self._starts[place])


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    source.seek(0)
    shutil.copyfileobj(source, target, BUFFER_SIZE)


def _copy_some(source: IO[bytes], target: BinaryIO, size: int) -> None:
    while size:
        block = source.read(min(size, BUFFER_SIZE))
        target.write(block)
        size -= len(block)
