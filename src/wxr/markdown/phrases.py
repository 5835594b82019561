"""Rules for what stands within a line: marks, links, inline code, formulas."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from wxr.content.tree import Node
from wxr.diagnostics import Code
from wxr.markdown import code, escape, fallback, media, templates
from wxr.markdown.node import attribute, text_of
from wxr.markdown.places import Place
from wxr.markdown.runs import SPACE, Mark, Marks
from wxr.markdown.writer import Writer

Close: TypeAlias = Callable[[Writer], None]
Rule: TypeAlias = Callable[[Writer, Node], Close | None]
Walk: TypeAlias = Callable[[Node, Writer], None]


def nothing(_writer: Writer) -> None:
    """Close an element that leaves no trace."""


def transparent(_writer: Writer, _node: Node) -> Close:
    """Look through an element."""
    return nothing


def _restore(marks: Marks, writer: Writer) -> None:
    writer.marks = marks


def marked(mark: Mark, writer: Writer, _node: Node) -> Close:
    """Put what is inside under a mark."""
    marks = writer.marks
    if mark in marks:
        return nothing
    writer.marks = (*marks, mark)
    return partial(_restore, marks)


def tagged(writer: Writer, node: Node) -> Close:
    """Keep the tag of an inline element that Markdown has no mark for."""
    if not writer.flavour.raw_html:
        return nothing
    writer.kept(str(node.tag))
    return marked(Mark(fallback.opening(node), f"</{node.tag}>"), writer, node)


def link(writer: Writer, node: Node) -> Close | None:
    """Link what is inside, unless it is a link already or the address runs code."""
    attributes = node.attributes
    if "wp-block-file__button" in (attributes.get("class") or ""):
        return None  # The name before it is the same link.
    url = attributes.get("href") or ""
    if not url.strip() or any(mark.is_link for mark in writer.marks):
        return nothing
    if escape.runs_code(url):
        writer.notes.add(Code.LEFT_OUT, "a link that runs code was left out")
        return nothing
    where = target(writer, attributes, writer.place)
    return marked(Mark("[", f"]({where})", is_link=True), writer, node)


def target(writer: Writer, attributes: Mapping[str, str | None], place: Place) -> str:
    """Give what stands in a link's parentheses: its address, and its title."""
    url = media.address(writer, attributes.get("href") or "")
    written = escape.destination(url) + escape.title(attributes.get("title") or "")
    return _in(place, written)


def code_span(writer: Writer, node: Node) -> Close | None:
    """Give inline code, or keep its tag where it holds more than text."""
    if not code.is_plain(node):
        return tagged(writer, node)
    text = text_of(node)
    if written := span(text, writer.place):
        writer.markdown(templates.code(written, writer.flavour))
    elif text:
        writer.text(text)
    return None


def span(text: str, place: Place) -> str:
    """Give inline code; empty where there is none.

    Markdown has no empty code, and no line that is nothing but white space.
    """
    if not text.strip(SPACE):
        return ""
    return _in(place, escape.code_span(" ".join(text.split("\n"))))


def _in(place: Place, written: str) -> str:
    return written.replace("|", "\\|") if place is Place.CELL else written


def line_break(writer: Writer, _node: Node) -> None:
    """Break the line."""
    writer.line_break()


def formula(writer: Writer, node: Node) -> None:
    """Give a formula in dollars, or as code where those are not known."""
    text = text_of(node)
    is_block = attribute(node, "kind") == "block"
    if not writer.flavour.math or "$" in text:
        writer.markdown(escape.code_span(text))
    elif is_block and writer.place is Place.BLOCK:
        writer.block(f"$$\n{text}\n$$")
    else:
        writer.markdown(f"${text}$")
