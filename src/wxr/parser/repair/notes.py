"""What was repaired in one slice: one note for each kind, with its first place."""

from collections.abc import Iterator
from dataclasses import dataclass

from wxr.diagnostics import Code


@dataclass(slots=True)
class Note:
    """One kind of damage in a slice."""

    code: Code
    message: str
    """Of its first case."""
    line: int
    """Of its first case, from 0, in the slice."""
    count: int = 1


class Notes:
    """The notes of a slice, by their kind, in the order their first cases were met."""

    def __init__(self) -> None:
        self._notes: dict[Code, Note] = {}

    def __iter__(self) -> Iterator[Note]:
        """Give the notes."""
        return iter(self._notes.values())

    def add(self, code: Code, message: str, data: bytes, at: int) -> None:
        """Note one case.

        Args:
            code: Its kind.
            message: What was found and done, for the first case of a kind.
            data: The slice, with the line ends it came with.
            at: Where in it.
        """
        if note := self._notes.get(code):
            note.count += 1
        else:
            # Lines are counted once for a kind, or many cases would be quadratic.
            line = data.count(b"\n", 0, at)
            self._notes[code] = Note(code, message, line)


def shown(data: bytes, longest: int = 40) -> str:
    """Give bytes as they can stand in a message."""
    return repr(data[:longest].decode("utf-8", "replace"))
