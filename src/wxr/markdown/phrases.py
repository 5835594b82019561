"""Rules for what stands within a line: marks, links, inline code, formulas."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from wxr.content.tree import Node
from wxr.diagnostics import Code
from wxr.markdown import code, escape, fallback, media, templates
from wxr.markdown.inline import Place
from wxr.markdown.node import attribute, text_of
from wxr.markdown.runs import Mark, Marks
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
    url = media.address(writer, url)
    target = escape.destination(url) + escape.title(attributes.get("title") or "")
    if writer.place is Place.CELL:
        target = target.replace("|", "\\|")
    return marked(Mark("[", f"]({target})", is_link=True), writer, node)


def code_span(writer: Writer, node: Node) -> Close | None:
    """Give inline code, or keep its tag where it holds more than text."""
    if not code.is_plain(node):
        return tagged(writer, node)
    text = text_of(node)
    # Markdown has no empty code, and no line that is nothing but white space.
    if text.strip(" \t\n\r\f"):
        span = escape.code_span(" ".join(text.split("\n")))
        span = templates.code(span, writer.flavour)
        writer.markdown(span.replace("|", "\\|") if _is_cell(writer) else span)
    return None


def _is_cell(writer: Writer) -> bool:
    return writer.place is Place.CELL


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
