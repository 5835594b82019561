"""What stands at a target: told by what it is, not by what it is called."""

from pathlib import Path
from typing import Final

from wxr.errors import ReadError
from wxr.exporters.sql.url import SCHEMES
from wxr.exporters.wxr.parts import parts_there

_SCRIPT: Final = b"-- A WordPress export, as wxr wrote it for "
_REPLAY: Final = (
    "is a script of SQL; replay it into a database, and verify against that database"
)
_HEADS: Final = {
    b"SQLite format 3\0": "sqlite",
    b"<?xml": "wxr",
    b'{"format":"wxr-json"': "json",
    b'{"record":': "jsonl",
}
_ENDINGS: Final = {
    ".db": "sqlite",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".xml": "wxr",
}


def format_of(target: str) -> str:
    """Tell the format of what was written.

    Raises:
        ReadError: There is nothing, or nothing that wxr writes.
    """
    scheme, is_address, _ = target.partition("://")
    if is_address and (found := SCHEMES.get(scheme.partition("+")[0])):
        return found
    path = Path(target)
    try:
        if path.is_dir():
            return "markdown"
        if not path.is_file():
            if not path.exists() and parts_there(target):
                return "wxr"
            reason = "is no file or folder" if path.exists() else "does not exist"
            raise ReadError(f"{reason}; name what was written", source=target)
        with path.open("rb") as file:
            head = file.read(64)
        if head.startswith(_SCRIPT):
            raise ReadError(_REPLAY, source=target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ReadError(f"cannot be read ({reason})", source=target) from error
    return _by_head(head) or _by_ending(path, target)


def _by_head(head: bytes) -> str | None:
    return next(
        (name for magic, name in _HEADS.items() if head.startswith(magic)), None
    )


def _by_ending(path: Path, target: str) -> str:
    if found := _ENDINGS.get(path.suffix.lower()):
        return found
    reason = "is nothing that wxr writes, as far as it shows; say what it is by --to"
    raise ReadError(reason, source=target)
