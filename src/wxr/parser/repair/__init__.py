"""A damaged slice to one that parses, with all its text, and notes on what was done.

Repair works on bytes and lexically, kind by kind, and keeps every line where it is.
It never guesses at text: what it cannot place is left for the parser to refuse. What
comes out is parsed strictly again, so that a fault here costs an item, never a lie.

    characters ──► walk ──► values, tags, text
"""

from dataclasses import dataclass

from wxr.diagnostics import Code
from wxr.parser.envelope import Envelope
from wxr.parser.repair import characters, notices
from wxr.parser.repair.characters import StandIns
from wxr.parser.repair.names import Scope, known_tag
from wxr.parser.repair.notes import Note, Notes, shown
from wxr.parser.repair.walk import TooDeepError, Walk

__all__ = ["Note", "Repaired", "repair"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A slice after repair."""

    data: bytes
    """With as many line ends before each tag as it had."""
    notes: tuple[Note, ...]
    stand_ins: StandIns | None
    """What stands for control characters in it; to be restored after parsing."""


def repair(data: bytes, envelope: Envelope, *, is_cut: bool = False) -> Repaired | None:
    """Repair a slice; None where it is nested too deep to be an export's.

    Args:
        data: The slice.
        envelope: What it stands in.
        is_cut: Whether the export breaks off in it.
    """
    notes = Notes()
    data = _with_space(data, notes)
    if is_cut:
        data = _without_last_words(data, notes)
    data = characters.as_utf_8(data, notes, is_cut=is_cut)
    data = characters.without_in_names(data, notes, known_tag(envelope.name_prefixes))
    held = characters.stand_ins(data)
    data = characters.without_forbidden(data, notes, held)
    walk = Walk(
        data,
        Scope(envelope.bindings),
        envelope.name_prefixes,
        notes,
        held,
        is_cut=is_cut,
    )
    try:
        sound = walk.sound()
    except TooDeepError:
        return None
    codes = {note.code for note in notes}
    return Repaired(sound, tuple(notes), held if codes & _WITH_STAND_INS else None)


_WITH_STAND_INS = frozenset({Code.CONTROL_CHARACTER, Code.BAD_REFERENCE})


def _with_space(data: bytes, notes: Notes) -> bytes:
    """Let a character that is white space, but not to XML, end the name of an item."""
    if data[:6].lower() not in {b"<item\v", b"<item\f"}:
        return data
    message = "a control character in the tag of an item was read as a space"
    notes.add(Code.CONTROL_CHARACTER, message, data, 0)
    return data[:5] + b" " + data[6:]


def _without_last_words(data: bytes, notes: Notes) -> bytes:
    """Leave out the fatal error that an export breaks off with."""
    at = notices.last_words(data)
    if at is None:
        return data
    message = f"a message of PHP was skipped: {shown(data[at:], 80)}"
    notes.add(Code.PHP_NOTICE, message, data, at)
    return data[:at]
