"""Lines of text, plain marks, links, images and code, as most are, in one pass.

Where marks must be judged together, or where there is more, a line is written from its
runs, in `inline`. Both ways give the same Markdown, and a test holds them against each
other.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from wxr.markdown import escape, media, phrases
from wxr.markdown.places import Place, break_in
from wxr.markdown.usual.tags import attributes_of, name_of, text_of
from wxr.markdown.usual.tokens import Tokens
from wxr.markdown.writer import Writer

IMAGES: Final = ("![", "[![")
"""What a line that is an image begins with, and no other."""

_Read: TypeAlias = Callable[[Tokens, int, Writer, Place], tuple[str, int]]
"""From the index of a tag to an element's Markdown, empty where it takes more than one
pass, and the index of the text behind it."""

_MARKS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        **{name: (f"/{name}", "**") for name in ("b", "strong")},
        **{name: (f"/{name}", "*") for name in ("em", "i")},
        **{name: (f"/{name}", "~~") for name in ("del", "s")},
    }
)
_STARRED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(("b", "strong"), ("em", "i")),
        **dict.fromkeys(("em", "i"), ("b", "strong")),
    }
)
_BREAKS: Final = ("br /", "br", "br/")
_BY_BLANK: Final = ("&", "~", "\\", "<")
"""What is escaped by whether a blank is beside it."""


def text(value: str, place: Place) -> str | None:
    """Give a line that is nothing but text; None where it takes more than this."""
    begun = _begun(value, place)
    return begun if begun is None else _ended(begun)


def plain(texts: Sequence[str]) -> str | None:
    """Give a paragraph of lines of text; None where it takes more than this."""
    written = [text(each, Place.BLOCK) or "" for each in texts]
    # A line is empty that has nothing to show, or takes more.
    return break_in(Place.BLOCK).join(written) if all(written) else None


def line(
    tokens: Tokens, first: int, last: int, writer: Writer, place: Place
) -> str | None:
    """Give the line from one text up to another; None where it takes more than this."""
    written, first = _unbroken(tokens, first, last, writer, place)
    if first == last or not written:
        return written if first == last else None
    lines = [written]
    while written is not None and first < last:
        written, first = _unbroken(tokens, first + 1, last, writer, place)
        lines.append(written or "")
    # A break ends no line, and an image is none.
    if not written or lines[0].startswith(IMAGES):
        return None
    return break_in(place).join(lines)


def _unbroken(
    tokens: Tokens, first: int, last: int, writer: Writer, place: Place
) -> tuple[str | None, int]:
    """Give a line up to its end or a break, and which."""
    tags, texts = tokens.tags, tokens.texts
    text = _begun(texts[first], place)
    out = [text or ""]
    index = first
    while index < last and text is not None and tags[index] not in _BREAKS:
        tag = tags[index]
        read = _ELEMENTS.get(tag) or _ELEMENTS.get(name_of(tag))
        piece, after = read(tokens, index, writer, place) if read else ("", index)
        # Pieces that touch are judged together, and "!" would make a link an image.
        is_judged = index > first and not text
        if not piece or is_judged or (text[-1:] == "!" and piece[0] == "["):
            return None, index
        text = texts[after]
        out += piece, text
        index = after
    if text is None or (out[1:] and _is_image_and_more(out)):
        return None, index
    return _ended("".join(out)), index


def _is_image_and_more(out: list[str]) -> bool:
    """Whether an image begins a line that goes on, which makes it no image alone."""
    is_first = not out[0] and out[1].startswith(IMAGES)
    return is_first and (bool(out[3:]) or out[2] not in ("", " "))


def _begun(value: str, place: Place) -> str | None:
    """Give the text that a line begins with; None where it takes more than this."""
    if value[:1] == " ":
        value = value[1:]
        if value[:1] == "~":
            return None
    first = value[:1]
    if first.isalpha() and first != "h":
        return value
    # White space that is text needs a name here, and an address alone is a link.
    if first.isspace() or value.startswith("http"):
        return None
    return escape.line_start(value) if place is Place.BLOCK else value


def _ended(out: str) -> str | None:
    """Leave out the space at the end of a line."""
    last = out[-1:]
    if last == " ":
        out = out[:-1]
        last = out[-1:]
        if last in _BY_BLANK:
            return None
    return None if last.isspace() else out


def _marked(
    tokens: Tokens, index: int, _writer: Writer, _place: Place
) -> tuple[str, int]:
    """Give marked text that CommonMark is sure to see: the marks are beside letters."""
    closing, mark = _MARKS.get(tokens.tags[index], ("", ""))
    text = tokens.texts[index + 1]
    if tokens.tags[index + 1] != closing:
        return _starred(tokens, index)
    if not (text[:1].isalnum() and text[-1:].isalnum()):
        return "", index
    return f"{mark}{text}{mark}", index + 2


def _starred(tokens: Tokens, index: int) -> tuple[str, int]:
    """Give strong emphasis, whose marks are one run of stars."""
    tags, texts = tokens.tags, tokens.texts
    if tags[index + 1] not in _STARRED.get(tags[index], ()):
        return "", index
    expected = [tags[index + 1], _MARKS[tags[index + 1]][0], f"/{tags[index]}"]
    if tags[index + 1 : index + 4] != expected or texts[index + 1] or texts[index + 3]:
        return "", index
    text = texts[index + 2]
    is_word = text[:1].isalnum() and text[-1:].isalnum()
    return f"***{text}***" if is_word else "", index + 4


def _code(tokens: Tokens, index: int, _writer: Writer, place: Place) -> tuple[str, int]:
    if tokens.tags[index] != "code" or tokens.tags[index + 1] != "/code":
        return "", index
    return phrases.span(text_of(tokens.raw(index + 1)), place), index + 2


def _link(tokens: Tokens, index: int, writer: Writer, place: Place) -> tuple[str, int]:
    attributes = attributes_of(tokens.tags[index])
    url = attributes.get("href", "")
    label, end = _label(tokens, index + 1, writer, place)
    if not label or "class" in attributes or not url.strip() or escape.runs_code(url):
        return "", index
    return f"[{label}]({phrases.target(writer, attributes, place)})", end


def _label(tokens: Tokens, index: int, writer: Writer, place: Place) -> tuple[str, int]:
    """Give what a link shows, text or an image, and where the link ends."""
    text, tag = tokens.texts[index], tokens.tags[index]
    if tag == "/a":
        # Among a link's text every bracket counts, and marks are moved off its edges.
        is_plain = text and not (text[0].isspace() or text[-1].isspace())
        is_plain = is_plain and "[" not in text and "]" not in text
        return text if is_plain else "", index + 1
    is_image = tag.startswith("img ") and tokens.tags[index + 1] == "/a"
    if not is_image or text or tokens.texts[index + 1]:
        return "", index
    return media.picture(writer, attributes_of(tag), place) or "", index + 2


def _image(tokens: Tokens, index: int, writer: Writer, place: Place) -> tuple[str, int]:
    picture = media.picture(writer, attributes_of(tokens.tags[index]), place)
    return picture or "", index + 1


def _span(
    tokens: Tokens, index: int, _writer: Writer, _place: Place
) -> tuple[str, int]:
    """Look through a `<span>` around words: they are one with the text beside it."""
    if tokens.tags[index + 1] != "/span":
        return "", index
    attributes_of(tokens.tags[index])
    before, text, after = tokens.texts[index : index + 3]
    is_word = text[:1].isalnum() and text[-1:].isalnum()
    is_apart = _is_begun(before, text) and (not after or _is_plain(after[0]))
    # A reference or brackets may reach from one text into the next.
    is_apart = is_apart and "&" not in f"{before.rpartition(' ')[2]}{text}"
    has_brackets = any(sign in f"{before}{text}{after}" for sign in "[]")
    return (
        (text, index + 2) if is_word and is_apart and not has_brackets else ("", index)
    )


def _is_begun(before: str, text: str) -> bool:
    """Whether text that is one with what is before it changes nothing of that.

    How a line begins depends on what follows, if it is no letter, or an address.
    """
    if before in ("", " "):
        return text[:1].isalpha() and text[:1] != "h"
    return before[0].isalpha() and _is_plain(before[-1])


def _is_plain(letter: str) -> bool:
    return letter == " " or letter.isalnum()


_ELEMENTS: Final[Mapping[str, _Read]] = MappingProxyType(
    {
        **dict.fromkeys(_MARKS, _marked),
        "a": _link,
        "code": _code,
        "img": _image,
        "span": _span,
    }
)
