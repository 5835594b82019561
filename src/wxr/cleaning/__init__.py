"""An export cleaned: the same, as one well-formed file.

It goes the way of a reading, but nothing of it becomes a record that was not XML
before: what is whole is written byte for byte, what is damaged as it was repaired to
be read. What is written is parsed strictly once more, in the root it stands in.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from wxr import _version
from wxr.cleaning.document import Document
from wxr.cleaning.rewriting import Rewriting
from wxr.exporters.files import STDOUT, open_output, write_error
from wxr.ledger import Input, Ledger, Report
from wxr.parser import (
    MAX_ITEM,
    Limits,
    OnBytes,
    Sources,
    in_a_list,
    parts,
    refuse_originals,
)

FORMAT: Final = "wxr"
"""What the receipt calls what is written."""
_IN_MEMORY: Final = 1 << 20


def repair(
    source: Sources,
    target: str | os.PathLike[str],
    *,
    force: bool = False,
    strict: bool = False,
    encoding: str | None = None,
    max_item: int = MAX_ITEM,
    limits: Limits | None = None,
    fix_mojibake: bool = False,
    on_bytes: OnBytes | None = None,
) -> Report:
    """Write an export as one well-formed file, and give the receipt of it.

    What is not damaged stays as it is, byte for byte; parts are joined, in UTF-8.

    Args:
        source: A path, `-` for standard input, a folder, an archive, a binary file,
            or several parts of one site.
        target: The file to write; `-` is standard output.
        force: Replace what stands at the target.
        strict: Let repairs make the report's `exit_code` 3, as losses do.
        encoding: Overrides what the export says of itself.
        max_item: Bytes past which an item is refused (and reported).
        limits: What compressed exports may unpack to.
        fix_mojibake: Repair text that was UTF-8 and read as Windows-1252 (`cafÃ©`).
        on_bytes: Told of the bytes of input as they are read.

    Raises:
        WxrError: Nothing was written; the message says why and what to do.
    """
    ledger, sources = Ledger(), in_a_list(source)
    refuse_originals(str(target), sources)
    add = ledger.problems.add
    found = parts(sources, add, limits=limits, encoding=encoding)
    with _written_whole(str(target), force=force) as file:
        document = Document(file)
        rewriting = Rewriting(
            found,
            document,
            ledger,
            encoding=encoding,
            on_bytes=on_bytes,
            hashed=True,
            max_item=max_item,
            fix_mojibake=fix_mojibake,
        )
        rewriting.run()
        document.finish()
    return _report(ledger, rewriting.inputs, str(target), strict=strict)


@contextmanager
def _written_whole(target: str, *, force: bool) -> Iterator[IO[bytes]]:
    """Give a file to write and read back, which is the target once it is whole."""
    output = open_output(target, force=force)
    try:
        if target == STDOUT:
            with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
                yield file
                file.seek(0)
                shutil.copyfileobj(file, output.file)
        else:
            yield output.file
        output.commit()
    except OSError as error:
        raise write_error(error, target) from error
    finally:
        output.discard()


def _report(
    ledger: Ledger, inputs: list[Input], target: str, *, strict: bool
) -> Report:
    return Report(
        version=_version.VERSION,
        inputs=tuple(inputs),
        format=FORMAT,
        target=target,
        read=ledger.read,
        written=ledger.written,
        merged=ledger.merged,
        withheld=ledger.withheld,
        failed=ledger.failed,
        diagnostics=tuple(ledger.problems),
        severities=ledger.problems.counts,
        strict=strict,
    )
