"""Carriage returns that an XML parser would fold away, kept where they count.

A parser turns CR LF and CR into LF, even in CDATA. PHP-serialized values give their
lengths in bytes and count every CR, so a meta value whose CRs are gone no longer
decodes. CRs travel through the parser as a noncharacter that the slices do not hold,
and become CR again in meta values, LF everywhere else.
"""

from typing import Final

from wxr.parser.elements import short_name
from wxr.parser.irregular import Element

# U+FDD0 to U+FDEF: legal in XML, never meant for interchange.
_CANDIDATES: Final = tuple(chr(code) for code in range(0xFDD0, 0xFDF0))


def mark(data: bytes) -> tuple[bytes, str | None]:
    """Replace each CR by a mark; gives the mark, None where there is nothing to do."""
    if b"\r" not in data:
        return data, None
    for candidate in _CANDIDATES:
        encoded = candidate.encode()
        if encoded not in data:
            return data.replace(b"\r", encoded), candidate
    return data, None  # all 32 are taken: fold, as any parser would


def restore(record: Element, mark: str) -> None:
    """Turn marks below an element back: to CR in meta values, elsewhere to LF."""
    for element in record.iter():
        if element.text and mark in element.text:
            is_value = isinstance(element.tag, str) and (
                short_name(element.tag) == "wp:meta_value"
            )
            element.text = (
                element.text.replace(mark, "\r")
                if is_value
                else _folded(element.text, mark)
            )
        if element.tail and mark in element.tail:
            element.tail = _folded(element.tail, mark)
        for name, value in element.items():
            if mark in value:
                element.set(name, _folded(value, mark).replace("\n", " "))


def _folded(text: str, mark: str) -> str:
    return text.replace(mark + "\n", "\n").replace(mark, "\n")
