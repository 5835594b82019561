"""What could not be said while a body was converted, counted as it is met."""

from dataclasses import dataclass, field

from wxr.diagnostics import Code


@dataclass(frozen=True, slots=True)
class Note:
    """One kind of thing in one body; the exporter makes a `Diagnostic` of it."""

    code: Code
    message: str
    count: int = 1


@dataclass(slots=True)
class Notes:
    """The notes of one conversion, one per code and message, in the order met."""

    counts: dict[tuple[Code, str], int] = field(default_factory=dict)

    def add(self, code: Code, message: str) -> None:
        """Note one more of this kind."""
        key = (code, message)
        self.counts[key] = self.counts.get(key, 0) + 1

    def all(self) -> tuple[Note, ...]:
        """Give what was noted so far."""
        return tuple(Note(code, text, n) for (code, text), n in self.counts.items())
