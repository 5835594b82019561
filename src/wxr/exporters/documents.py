"""The sinks of JSON: lines as they come, or one document with its head first."""

import shutil
import tempfile
from dataclasses import dataclass
from typing import IO, BinaryIO, Final

from wxr.exporters.files import (
    BUFFER_SIZE,
    STDOUT,
    FileOutput,
    StandardOutput,
    open_output,
)
from wxr.exporters.objects import object_of, to_bytes
from wxr.exporters.sinks import FileSink
from wxr.exporters.site import Sites
from wxr.model import Site

_START: Final = b'{"format":"wxr-json","version":1,"site":'
_END: Final = b"]}\n"
_SPOOL_IN_MEMORY: Final = 1 << 20
"""Bytes of authors and of terms that are held before they go to disk."""


@dataclass(frozen=True, slots=True)
class Part:
    """One object of the document."""

    name: str
    """`site`, `author`, `term` or `post`: where in the document it goes."""
    data: bytes
    site: Site | None = None
    """The record itself, where it is a site: the sink merges several to one."""


class LinesSink(FileSink[bytes]):
    """Lines, written as they come."""

    def __init__(self, target: str, *, force: bool) -> None:
        super().__init__(target)
        self._output = open_output(target, force=force)
        self._to_close.callback(self._output.discard)

    def _take(self, line: bytes) -> None:
        self._output.file.write(line)

    def _commit(self) -> None:
        self._output.commit()


class DocumentSink(FileSink[Part]):
    """One JSON document: a head of site, authors and terms, then the posts.

    Posts are written straight to the draft. Where a later part of the export brings
    more of what belongs in the head, the document is put together anew at the end,
    by copying the posts; so it is on standard output, where nothing can be rewritten.
    """

    def __init__(self, target: str, *, force: bool) -> None:
        super().__init__(target)
        self._force = force
        self._output = None if target == STDOUT else FileOutput(target, force=force)
        if self._output is not None:
            self._to_close.callback(self._output.discard)
        self._posts = self._open_posts()
        self._posts_start: int | None = None
        self._sites = Sites()
        self._authors = self._open_list()
        self._terms = self._open_list()
        self._head_written: tuple[bytes, int, int] | None = None

    def _take(self, part: Part) -> None:
        if part.name == "post":
            self._write_post(part.data)
        elif part.site is not None:
            self._sites.add(part.site)
        elif part.name == "author":
            self._authors.append(part.data)
        else:
            self._terms.append(part.data)

    def _write_post(self, data: bytes) -> None:
        if self._posts_start is None:
            self._start_posts()
            self._posts.write(b"\n")
        else:
            self._posts.write(b",\n")
        self._posts.write(data)

    def _start_posts(self) -> None:
        if self._output is not None:
            self._head_written = self._head()
            self._write_head(self._posts)
        self._posts_start = self._posts.tell()

    def _commit(self) -> None:
        if self._posts_start is None:
            self._start_posts()
        if self._output is None:
            output: StandardOutput | FileOutput = StandardOutput()
            self._put_together(output.file)
            output.commit()
        elif self._head_written == self._head():
            self._posts.write(_END)
            self._output.commit()
        else:
            self._put_together_anew()

    def _put_together_anew(self) -> None:
        output = FileOutput(self._target, force=self._force)
        try:
            self._put_together(output.file)
            output.commit()
        finally:
            output.discard()

    def _put_together(self, file: BinaryIO) -> None:
        self._write_head(file)
        self._posts.seek(self._posts_start or 0)
        shutil.copyfileobj(self._posts, file, BUFFER_SIZE)
        file.write(_END)

    def _head(self) -> tuple[bytes, int, int]:
        """Give what tells one state of the head from another: the lists only grow."""
        site = self._sites.merged()
        return to_bytes(object_of(site)), self._authors.length, self._terms.length

    def _write_head(self, file: IO[bytes]) -> None:
        file.write(_START + self._head()[0])
        file.write(b',\n"authors":[')
        self._authors.copy_to(file)
        file.write(b'],\n"terms":[')
        self._terms.copy_to(file)
        file.write(b'],\n"posts":[')

    def _open_posts(self) -> IO[bytes]:
        if self._output is not None:
            return self._output.file
        return self._to_close.enter_context(tempfile.TemporaryFile())

    def _open_list(self) -> "_List":
        folder = None if self._output is None else self._output.folder
        return _List(
            self._to_close.enter_context(
                tempfile.SpooledTemporaryFile(_SPOOL_IN_MEMORY, dir=folder)
            )
        )


class _List:
    """The objects of one JSON list, spooled: a large one lies on disk."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._file = spool
        self.length = 0

    def append(self, data: bytes) -> None:
        self._file.write(b",\n" if self.length else b"\n")
        self._file.write(data)
        self.length += 1

    def copy_to(self, file: IO[bytes]) -> None:
        self._file.seek(0)
        shutil.copyfileobj(self._file, file, BUFFER_SIZE)
