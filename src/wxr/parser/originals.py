"""The user's own exports, which nothing that is written may replace."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from wxr.errors import WriteError
from wxr.parser.source import Source, Sources, files_in, in_a_list

_STREAM = "-"


def refuse_originals(target: str, sources: Sources, option: str = "--out") -> None:
    """Refuse to write over one of the files that are read, under whatever name.

    Args:
        target: Where something is to be written.
        sources: What is read.
        option: How the user names another target.

    Raises:
        WriteError: The target is one of the sources, a link to one, or one of the
            files of a folder that is read.
    """
    written = Path(target)
    if target == _STREAM or not _is_file(written):
        return
    if any(written.samefile(original) for original in _files(sources)):
        raise WriteError(
            f"this is an export that is read here, and stays as it is; "
            f"name another file by {option}",
            target=target,
        )


def _is_file(path: Path) -> bool:
    # A name that cannot be looked up (too long, not ours to see) is said where it is
    # written.
    with suppress(OSError):
        return path.is_file()
    return False


def _files(sources: Sources) -> Iterator[Path]:
    for source in in_a_list(sources):
        # What is not there is said where it is opened.
        with suppress(OSError):
            yield from _files_of(source)


def _files_of(source: Source) -> Iterator[Path]:
    if isinstance(source, str | os.PathLike):
        path = Path(source)
    elif isinstance(name := getattr(source, "name", None), str):
        path = Path(name)
    else:
        return
    if path.is_dir():
        yield from files_in(path)
    elif path.exists():
        yield path
