"""Footnotes: `[^1]` where the text refers to one, and what they say at the end."""

import json
from collections.abc import Callable
from typing import TypeAlias

from wxr.content.tree import Node
from wxr.markdown import fallback
from wxr.markdown.node import attribute
from wxr.markdown.places import Place
from wxr.markdown.runs import Mark
from wxr.markdown.writer import Block, Writer

Inline: TypeAlias = Callable[[str, Writer], str]


def reference(writer: Writer, node: Node) -> Callable[[Writer], None] | None:
    """Give the reference of the footnotes block; other superscripts stay tags."""
    id_ = attribute(node, "data-fn")
    if not id_ or not writer.flavour.footnotes:
        return _superscript(writer, node)
    writer.markdown(_refer(writer, id_, ""))
    return None


def _superscript(writer: Writer, node: Node) -> Callable[[Writer], None]:
    marks = writer.marks
    if writer.flavour.raw_html:
        writer.kept("sup")
        writer.marks = (*marks, Mark(fallback.opening(node), "</sup>"))

    def restore(writer: Writer) -> None:
        writer.marks = marks

    return restore


def note(
    walk: Callable[[Node, Writer], None], writer: Writer, node: Node
) -> Callable[[Writer], None] | None:
    """Put the text of a footnote shortcode below, and a reference here."""
    if writer.place is not Place.BLOCK or not writer.flavour.footnotes:
        writer.markdown(" (")
        return _close_bracket
    line = writer.inline(Place.LINE)
    line.marks = ()
    walk(node, line)
    if text := line.paragraph():
        writer.markdown(_refer(writer, "", text))
    return None


def _close_bracket(writer: Writer) -> None:
    writer.markdown(")")


def _refer(writer: Writer, id_: str, text: str) -> str:
    number = writer.numbers.get(id_)
    if number is None:
        writer.footnotes.append((id_, text))
        number = len(writer.footnotes)
        if id_:
            writer.numbers[id_] = number
    return f"[^{number}]"


def definitions(writer: Writer, inline: Inline) -> list[Block]:
    """Give what the notes say, in the order the text refers to them."""
    stored = _stored(writer.scope.context.footnotes)
    if not writer.footnotes and not stored:
        return []
    referred = {id_ for id_, _ in writer.footnotes}
    rest = [(id_, "") for id_ in stored if id_ not in referred]
    blocks: list[Block] = []
    for number, (id_, text) in enumerate((*writer.footnotes, *rest), start=1):
        if id_ and id_ not in stored:
            writer.scope.unresolved("a footnote's text is missing")
        written = text or inline(stored.get(id_, ""), writer)
        blocks.append(Block("other", f"[^{number}]: {written}".rstrip()))
    return blocks


def _stored(value: str | None) -> dict[str, str]:
    """Read the footnotes that WordPress keeps as JSON in a custom field."""
    if not value:
        return {}
    try:
        listed = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(listed, list):
        return {}
    return {
        str(one["id"]): str(one.get("content", ""))
        for one in listed
        if isinstance(one, dict) and "id" in one
    }
