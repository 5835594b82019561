"""Slugs and titles to names that every file system takes, and none misunderstands."""

import unicodedata
from re import ASCII, compile as pattern
from typing import Final
from urllib.parse import unquote_to_bytes

LONGEST: Final = 240
"""Bytes of a name in UTF-8: 255 less room for the longest extension."""

# What Windows, a shell, a URL or a template engine would take for something else. The
# slugs that WordPress makes have none of it.
_UNSAFE: Final = r"""\x00-\x20\x7f-\x9f<>:"'/\\|?*`$&;()\[\]{}!=#^"""
_FORBIDDEN: Final = pattern(f"[{_UNSAFE}][-{_UNSAFE}]*")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Unicode categories of control, bidi and zero-width characters, and of spaces."""
_JOINERS: Final = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
"""Invisible, but part of how Persian words and many emoji are spelled."""
_EDGES: Final = f" .-{_JOINERS}"
_LONGEST_SUFFIX: Final = 60
"""Bytes; the id of a hostile export may have thousands of digits."""
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
"""Names that Windows keeps for devices, whatever their extension."""

_ESCAPE: Final = pattern(r"%[0-9A-Fa-f]{2}", ASCII)
_CUT_ESCAPE: Final = pattern(r"%[0-9A-Fa-f]?\Z", ASCII)
_GAPS: Final = pattern(r"[-\s./\u2013\u2014]+")
"""What parts words in a title; other signs just go, as in `lart` for `l'art`."""
_LIGATURES: Final = (
    *(("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "o"), ("đ", "d"), ("ł", "l")),
    *(("ð", "d"), ("þ", "th"), ("ı", "i")),
)
"""Letters that do not decompose, as WordPress spells them in slugs."""


def decoded(slug: str) -> str:
    """Undo percent-escapes once, where they are UTF-8; else give the slug as it is.

    WordPress cuts long slugs, so that the last character may be a torn one: it goes.
    """
    if "%" not in slug or not _ESCAPE.search(slug):
        return slug
    data = unquote_to_bytes(_CUT_ESCAPE.sub("", slug))
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return slug
        return data[: error.start].decode()


def from_title(title: str) -> str:
    """Make a slug of a title, nearly as WordPress does; other scripts stay."""
    lower = title.casefold()
    for letter, spelled in _LIGATURES:
        lower = lower.replace(letter, spelled)
    words = filter(None, map(_word, _GAPS.split(_without_accents(lower))))
    return "-".join(words)


def _word(text: str) -> str:
    # Vowel signs of Indic scripts and Thai are marks, not letters.
    return "".join(
        each
        for each in text
        if each.isalnum() or each == "_" or unicodedata.category(each)[0] == "M"
    )


def component(name: str) -> str:
    """Give a name as part of a path; empty where nothing of it can stand there."""
    safe = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", name))
    if not safe.isascii():
        safe = "".join(map(_visible, safe))
    return cut(safe.strip(_EDGES), LONGEST)


def with_suffix(name: str, suffix: str) -> str:
    """Put something after a name, which gives way where both are too long."""
    suffix = suffix[:_LONGEST_SUFFIX]
    return f"{cut(name, LONGEST - len(suffix))}{suffix}"


def cut(name: str, size: int) -> str:
    """Shorten a name to a number of bytes, between characters."""
    data = name.encode()
    if len(data) <= size:
        return name
    return data[:size].decode(errors="ignore").rstrip(_EDGES)


def is_reserved(name: str) -> bool:
    """Say whether Windows would take the name for a device."""
    return name.partition(".")[0].rstrip().casefold() in _DEVICES


def folded(path: str) -> str:
    """Give a path as file systems see it that ignore case and composition."""
    if path.isascii():
        return path.lower()
    whole = unicodedata.normalize("NFD", path).casefold()
    return unicodedata.normalize("NFC", whole)


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE or character in _JOINERS:
        return character
    return "-" if character.isspace() else ""


def _without_accents(lower: str) -> str:
    """Drop marks from Latin letters; elsewhere they make another letter."""
    if lower.isascii():
        return lower
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", lower):
        on_latin = bool(kept) and kept[-1].isascii()
        if not (unicodedata.combining(character) and on_latin):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))
