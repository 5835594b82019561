"""Comments, instructions and declarations as XML wants them."""

import re
from typing import Final

from wxr.parser.repair import characters
from wxr.parser.repair.notes import Notes
from wxr.parser.strict import is_well_formed

_DECLARATION: Final = re.compile(rb"<\?xml(?=[\s?])")
_SOUND: Final = re.compile(
    rb"""<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')"""
    rb"""(?:\s+encoding\s*=\s*(?:"[Uu][Tt][Ff]-8"|'[Uu][Tt][Ff]-8'))?"""
    rb"""(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>"""
)
_OURS: Final = b'<?xml version="1.0" encoding="UTF-8"?>'
_HYPHENS: Final = re.compile(rb"-(?=-)")


def is_declaration(markup: bytes) -> bool:
    """Say whether markup is an XML declaration, wherever it stands."""
    return _DECLARATION.match(markup) is not None


def sound_declaration(declaration: bytes) -> bytes:
    """Give a declaration that is true of XML 1.0 in UTF-8."""
    return declaration if _SOUND.fullmatch(declaration) else _OURS


def sound_markup(markup: bytes) -> bytes | None:
    """Give a comment or instruction that XML allows; None where none can be made."""
    if _is_sound(markup):
        return markup
    notes = Notes()
    markup = characters.as_utf_8(markup, notes)
    markup = characters.without_forbidden(markup, notes, None)
    if markup.startswith(b"<!--"):
        # A comment may hold no two hyphens, and not end with a third.
        inside = markup.removeprefix(b"<!--").removesuffix(b"-->")
        inside = _HYPHENS.sub(b"- ", inside)
        markup = b"<!--%b%b-->" % (inside, b" " if inside.endswith(b"-") else b"")
    return markup if _is_sound(markup) else None


def _is_sound(markup: bytes) -> bool:
    return is_well_formed(b"<x>%b</x>" % markup)
