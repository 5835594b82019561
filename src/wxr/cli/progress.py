"""A bar of bytes on a terminal; nothing anywhere else."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from wxr.parser import OnBytes


@contextmanager
def bar(
    exports: Sequence[str], *, passes: int, quiet: bool
) -> Iterator[OnBytes | None]:
    """Give what is to be called with the bytes of each reading."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm  # noqa: PLC0415  only where there is someone to look

    total = _size(exports)
    with tqdm(
        total=total * passes if total else None,
        unit="B",
        unit_scale=True,
        desc="reading",
        leave=False,
        file=sys.stderr,
    ) as progress:
        yield progress.update


def _size(exports: Sequence[str]) -> int | None:
    """Bytes of all files; None where one has no size that is known beforehand."""
    sizes = [_size_of(Path(name)) if name != "-" else None for name in exports]
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None


def _size_of(path: Path) -> int | None:
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.glob("*.xml"))
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None  # reading it will say what is wrong
