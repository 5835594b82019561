"""Runs of characters that are UTF-8 read as Windows-1252, and where they are meant.

Each run of characters that Windows-1252 has beyond ASCII is looked at as a
whole: where its bytes are UTF-8 from end to end, and what they say is plausible where
it stands, it is mojibake. A run that fits only by chance (« Ã », CAFÉ», passé…») is
taken for one only where all else in its field is, too. So nothing that is fine is
ever touched, and a run that does not round-trip neither.
"""

import re
from typing import Final

_WINDOWS: Final = {
    code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)
}
# The five bytes that Windows-1252 leaves open become controls, as browsers have it; and
# those who read ISO-8859-1 made controls of all of them.
_TO_LATIN: Final = {
    ord(character): chr(code)
    for code, character in _WINDOWS.items()
    if character != "\ufffd"
}
_CHARACTERS: Final = "\x80-\xff" + "".join(map(chr, _TO_LATIN))
_RUN: Final = re.compile(f"[{_CHARACTERS}]{{2,}}")

# The characters that UTF-8 begins with when it is taken for text are, in UTF-8, this
# byte and one that is rare in fine text; what they stand before is beyond ASCII, too.
_FIRST: Final = b"\xc3"
_RARE: Final = tuple(lead.encode()[-1:] for lead in "ÂÃÅÎÐ×Øð")
_SUSPECT: Final = re.compile(
    rb"\xc3(?:[%b][\xc2\xc3\xc5\xc6\xcb\xe2]|\xa2\xe2\x82\xac)" % b"".join(_RARE)
)

_PLAUSIBLE: Final = re.compile(
    "[\xa0-\u017f"  # Latin
    "\u0386-\u03ce\u0401-\u045f\u05d0-\u05ea\u060c-\u0652"  # Greek to Arabic
    "\u2010-\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212\u2713"  # signs
    "\u3001-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"  # East Asia
    "\U0001f000-\U0001faff\u200d\ufe0f]+"
)
"""What text is made of; characters of phonetics, say, come of chance."""
_ALONE: Final = re.compile(
    "[\xa0-\u017f\u2010-\u203a\u20ac\u2122\U0001f000-\U0001faff]"
)
"""What may stand alone: letters of other scripts come in words."""
# What may follow a capital that ends its word, as in « VOILÀ » or AMANHÃ….
_CLOSING: Final = frozenset("\xa0»”’“‘›…–—")
_BREAKS: Final = frozenset("\xa0…–—")
_PASSES: Final = 4
"""How often text may have been mistaken."""
_SHORTEST: Final = 2


def is_suspect(data: bytes) -> bool:
    """Say whether a slice may hold any; cheap, because nearly none does."""
    if _FIRST not in data or not any(byte in data for byte in _RARE):
        return False
    return _SUSPECT.search(data) is not None


def repaired(field: str) -> tuple[str, list[re.Match[str]]]:
    """Give a text without mojibake, and where it had some."""
    text, cases = _once(field)
    for _ in range(_PASSES if cases else 0):
        again, more = _once(text)
        if not more:
            break
        text = again
    return text, cases


def _once(text: str) -> tuple[str, list[re.Match[str]]]:
    runs = [(match, _meaning(match[0])) for match in _RUN.finditer(text)]
    sure = [m for m, meant in runs if meant and _is_sure(text, m, meant)]
    if not sure:
        return text, []
    is_whole = all(meant for _, meant in runs) and _RUN.sub("", text).isascii()
    cases = [m for m, _ in runs] if is_whole else sure
    spans = {match.start() for match in cases}
    return _RUN.sub(
        lambda m: (m.start() in spans and _meaning(m[0])) or m[0], text
    ), cases


def _meaning(run: str, passes: int = _PASSES) -> str | None:
    """Give what a run of characters means as UTF-8; None where it means nothing."""
    try:
        meant = run.translate(_TO_LATIN).encode("latin-1").decode()
    except UnicodeError:
        return None
    if _PLAUSIBLE.fullmatch(meant):
        return meant
    # Controls are no text, but may be the middle of what was mistaken twice.
    is_middle = passes and _RUN.fullmatch(meant) and _meaning(meant, passes - 1)
    return meant if is_middle else None


def _is_sure(text: str, match: re.Match[str], meant: str) -> bool:
    """Say whether a run that means something means it where it stands."""
    run = match[0]
    start, end = match.span()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if len(meant) > 1:
        return True
    if not _ALONE.fullmatch(meant):
        return False
    if run[0] in "ÂÃ" and before.islower():  # a capital within a word
        return True
    if run[-1] in _CLOSING and len(run) == _SHORTEST:
        return run[0] in "ÃÅ" and run[-1] not in _BREAKS and after.islower()
    return run[0] in "ÂÃâð" or after.islower()
