"""`.wxr-manifest.json`: the files of a folder that are ours to replace and remove."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wxr.errors import WriteError
from wxr.exporters.markdown.yaml import json_string

MANIFEST: Final = ".wxr-manifest.json"
_VERSION: Final = 1
_HEAD: Final = f'{{"tool": "wxr", "version": {_VERSION}, "files": ['
_TAIL: Final = "\n]}\n"


class Manifest:
    """A manifest that is written as its files are: it is never held in memory."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._file.write(_HEAD)
        self._separator = "\n"

    @classmethod
    def start(cls, folder: Path) -> "Manifest":
        """Start the manifest of a folder."""
        return cls(folder / MANIFEST)

    def add(self, path: str) -> None:
        """Name one more file."""
        self._file.write(f"{self._separator}{json_string(path)}")
        self._separator = ",\n"

    def finish(self) -> None:
        """Write the end, and close the file."""
        self._file.write(_TAIL)
        self._file.close()

    def close(self) -> None:
        """Close the file, finished or not."""
        self._file.close()

    @staticmethod
    def read(folder: Path) -> set[str]:
        """Give the files that an earlier run wrote; none where none did.

        Raises:
            WriteError: The manifest is damaged, or names files outside its folder.
        """
        try:
            text = (folder / MANIFEST).read_text(encoding="utf-8")
            files = json.loads(text)["files"]
        except FileNotFoundError:
            return set()
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise _damaged(folder) from error
        if not isinstance(files, list) or not all(map(_is_inside, files)):
            raise _damaged(folder)
        return set(files)

    @staticmethod
    def replace(folder: Path, files: Iterable[str]) -> None:
        """Put a manifest of these files in the place of another."""
        draft = folder / f"{MANIFEST}.part"
        manifest = Manifest(draft)
        try:
            for path in sorted(files):
                manifest.add(path)
            manifest.finish()
        finally:
            manifest.close()
        draft.replace(folder / MANIFEST)


def _is_inside(path: object) -> bool:
    """Say whether this is a path that we could have written."""
    if not isinstance(path, str) or any(sign in path for sign in "\\:\0"):
        return False
    parts = path.split("/")
    return not any(part in {"", ".", ".."} for part in parts) and path != MANIFEST


def _damaged(folder: Path) -> WriteError:
    reason = f"its {MANIFEST} is damaged; choose another folder, or empty this one"
    return WriteError(reason, target=str(folder))
