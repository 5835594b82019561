"""Lines of text, plain marks, links and code, as most are, written in one pass.

A line that takes more than that is written from its runs, in `inline`. Both ways give
the same Markdown where this one gives any; a test holds them against each other.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final, TypeAlias

from wxr.content.tree import TEXT, Node, names
from wxr.markdown import anchors, escape, phrases
from wxr.markdown.inline import BREAKS, Place, break_in, escaped
from wxr.markdown.runs import EMPHASIS, STRIKE, STRONG, Mark, collapse
from wxr.markdown.writer import Writer

_Piece: TypeAlias = Callable[[Writer, Node, Place], str]
"""From an element to Markdown; empty where it takes more than one pass."""


def line(writer: Writer, root: Node, place: Place) -> str | None:
    """Give the Markdown inside an element; None where it takes more than one pass.

    Nothing is written and nothing noted, so that the walk can begin anew after None.
    Whatever changes how all text is written is asked for here first.
    """
    flavour = writer.flavour
    if writer.marks or flavour.templates or flavour.mdx:
        return None
    written = _written(writer, root, place)
    # Asked last, so that no element is looked through again for those around it.
    if written is not None and writer.anchors and anchors.is_within(writer, root):
        return None
    return written


def _written(writer: Writer, root: Node, place: Place) -> str | None:
    out: list[str] = []
    text = ""
    node = root.first_child
    while node is not None:
        tag = node.tag or ""
        if tag == TEXT:
            text += node.text_content or ""
        elif tag == "br":
            if not _broken(out, text, place):
                return None
            text = ""
        elif tag in _LOOKED_THROUGH:
            inside = _only_text(node)
            if inside is None:
                return None
            text += inside
        else:
            rule = _PIECES.get(tag)
            if rule is None or not _added(out, text, place):
                return None
            piece = rule(writer, node, place)
            if not piece or _touches(out, text, piece):
                return None
            out.append(piece)
            text = ""
        node = node.next
    return _ended(out, text, place)


def lines(texts: Sequence[str]) -> str | None:
    """Give a paragraph of lines of text; None where it takes more than one pass."""
    out: list[str] = []
    for text in texts[:-1]:
        if not _broken(out, text, Place.BLOCK):
            return None
    return _ended(out, texts[-1], Place.BLOCK)


def _only_text(node: Node) -> str | None:
    child = node.first_child
    if child is None or child.tag != TEXT or child.next is not None:
        return None
    return child.text_content


def _touches(out: list[str], text: str, piece: str) -> bool:
    """Whether a piece and what is before it would be read as one.

    Marks must be judged together there, and `!` would make an image of a link.
    """
    if not out:
        return False
    return (not text and out[-1] not in BREAKS) or (
        piece[0] == "[" and out[-1][-1] == "!"
    )


def _added(out: list[str], text: str, place: Place, *, is_last: bool = False) -> bool:
    """Add text, without the space that a line begins or ends with."""
    text = collapse(text)
    at_start = not out or out[-1] in BREAKS
    if at_start and text[:1] == " ":
        text = text[1:]
    if is_last and text[-1:] == " ":
        text = text[:-1]
    if not text:
        return True
    # White space that is text needs a name at the edges of a paragraph.
    if (not out and text[0].isspace()) or (is_last and text[-1].isspace()):
        return False
    if text[0] == "[" and out and out[-1][-1] == "!":
        return False
    out.append(escaped(text, place, in_link=False, at_start=at_start))
    return True


def _broken(out: list[str], text: str, place: Place) -> bool:
    """End a line within the paragraph, which must not be its first."""
    if not _added(out, text, place, is_last=True) or not out:
        return False
    out.append(break_in(place))
    return True


def _ended(out: list[str], text: str, place: Place) -> str | None:
    """End the paragraph, whose last line must not be empty."""
    if not _added(out, text, place, is_last=True):
        return None
    return None if out and out[-1] in BREAKS else "".join(out)


def _marked(mark: Mark, _writer: Writer, node: Node, place: Place) -> str:
    text = collapse(_only_text(node) or "")
    # CommonMark sees a mark beside a letter, whatever is on its other side.
    if not (text[:1].isalnum() and text[-1:].isalnum()):
        return ""
    written = escaped(text, place, in_link=False, at_start=False)
    return f"{mark.opening}{written}{mark.closing}"


def _starred(mark: Mark, writer: Writer, node: Node, place: Place) -> str:
    """Give emphasis, strong or not, or both: then the marks are one run of stars."""
    child = node.first_child
    if child is None or child.next is not None:
        return ""
    inner = _STARS.get(str(child.tag))
    if inner is None or inner is mark:
        return _marked(mark, writer, node, place)
    written = _marked(inner, writer, child, place)
    return f"{mark.opening}{written}{mark.closing}" if written else ""


def _link(writer: Writer, node: Node, place: Place) -> str:
    text = collapse(_only_text(node) or "")
    attributes = node.attributes
    url = attributes.get("href") or ""
    if "class" in attributes or text[:1].isspace() or text[-1:].isspace():
        return ""
    if not text or not url.strip() or escape.runs_code(url):
        return ""
    label = escaped(text, place, in_link=True, at_start=False)
    return f"[{label}]({phrases.target(writer, attributes, place)})"


def _code(_writer: Writer, node: Node, place: Place) -> str:
    return phrases.span(_only_text(node) or "", place)


_STARS: Final[Mapping[str, Mark]] = MappingProxyType(
    {
        **dict.fromkeys(("b", "strong"), STRONG),
        **dict.fromkeys(("dfn", "em", "i", "var"), EMPHASIS),
    }
)
_PIECES: Final[Mapping[str, _Piece]] = MappingProxyType(
    {
        "a": _link,
        **{tag: partial(_starred, mark) for tag, mark in _STARS.items()},
        **dict.fromkeys(("del", "s", "strike"), partial(_marked, STRIKE)),
        **dict.fromkeys(("code", "tt"), _code),
    }
)
_LOOKED_THROUGH: Final = names("bdi big font nobr small span time")
