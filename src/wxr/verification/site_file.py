"""The data file of the site, against what the index of the export gives."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO, Final

from wxr.exporters.markdown.site_data import SITE_FILE, site_data
from wxr.index import SiteIndex
from wxr.verification.comparing import shortened
from wxr.verification.folder import UnreadableError, opened
from wxr.verification.scores import Difference, Finding

__all__ = ["SITE_FILE", "finding"]

_CHUNK: Final = 1 << 16
_LONGEST: Final = 1 << 20
"""Bytes of a line that are compared at once."""


def finding(index: SiteIndex, folder: Path) -> Finding:
    """Compare the file line by line; neither side is held in memory."""
    difference, problem = None, None
    try:
        with opened(folder, SITE_FILE) as file:
            difference = _first(site_data(index), file)
    except UnreadableError as error:
        problem = str(error)
    except OSError as error:
        problem = f"cannot be read ({(error.strerror or str(error)).lower()})"
    if difference is not None:
        problem = "is not what the export gives"
    return Finding(item=None, path=SITE_FILE, difference=difference, problem=problem)


def _first(expected: Iterator[bytes], file: BinaryIO) -> Difference | None:
    written = iter(lambda: file.readline(_LONGEST), b"")
    for number, (mine, theirs) in enumerate(
        zip_longest(_lines(expected), written, fillvalue=b""), start=1
    ):
        if mine[:_LONGEST] != theirs:
            return Difference("site", _shown(mine), _shown(theirs), number)
    return None


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield pieces as lines, whatever each holds."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).splitlines(keepends=True) or [b""]
        if rest.endswith(b"\n"):
            lines, rest = [*lines, rest], b""
        yield from lines
    if rest:
        yield rest


def _shown(line: bytes) -> str:
    return shortened(line.decode(errors="replace")) or "nothing"
