"""Rules for what holds blocks: boxes, quotations, lists, what folds open."""

from functools import partial
from typing import Final

from wxr.content.shortcodes.box import ALERT_KINDS
from wxr.content.tree import Node
from wxr.markdown import fallback, inline, lists
from wxr.markdown.node import attribute, children, has_content, text_of
from wxr.markdown.phrases import Close, Walk, marked
from wxr.markdown.places import Place
from wxr.markdown.runs import EMPHASIS, STRONG
from wxr.markdown.writer import (
    FINISHED,
    MAX_FRAMES,
    Block,
    Frame,
    Writer,
    add_steps,
    joined,
)


def division(writer: Writer, node: Node) -> Close:
    """Keep a box's content apart from what is around it."""
    writer.flush()
    if writer.flavour.alerts and _alert_kind(node):
        return quote(writer, node)
    return Writer.flush


def paragraph(writer: Writer, node: Node) -> Close | None:
    """Give a paragraph, or the finished blocks that it stands for."""
    writer.flush()
    if writer.finished and FINISHED in node.attributes:
        add_steps(writer.finished[int(text_of(node))], writer.blocks)
        return None
    return _end_paragraph


_end_paragraph: Final = partial(Writer.flush, kind="p")


def quote(writer: Writer, node: Node) -> Close:
    """Open a quotation."""
    writer.flush()
    if writer.place is not Place.BLOCK or len(writer.frames) >= MAX_FRAMES:
        return Writer.flush
    writer.frames.append(Frame("quote", node))
    return _close_quote


def _close_quote(writer: Writer) -> None:
    writer.flush()
    frame = writer.frames.pop()
    alert = writer.flavour.alerts and _alert_kind(frame.node)
    add_quote(writer.blocks, frame.blocks, f"[!{alert.upper()}]\n" if alert else "")


def add_quote(blocks: list[Block], inside: list[Block], head: str = "") -> None:
    """Add a finished quotation to blocks, if it says anything."""
    if text := joined(inside):
        lines = f"{head}{text}".split("\n")
        quoted = [f"> {line}" if line else ">" for line in lines]
        blocks.append(Block("other", "\n".join(quoted)))


def _alert_kind(node: Node | None) -> str:
    """Give what kind of alert a box is, by its classes; empty where it is none."""
    if node is None:
        return ""
    if kind := attribute(node, "data-alert"):
        return kind
    words = attribute(node, "class").replace("_", "-").split()
    if not any(word in ("alert", "callout", "admonition") for word in words):
        return ""
    kinds = (
        ALERT_KINDS.get(word.rpartition("-")[2]) for word in words if word != "alert"
    )
    return next(filter(None, kinds), "note")


def definitions(writer: Writer, node: Node) -> Close | None:
    """Keep a definition list, or write it where the flavour knows them.

    WordPress once used them for captions, and themes did for galleries.
    """
    words = attribute(node, "class")
    if "caption" in words or "gallery" in words or not has_content(node):
        return division(writer, node)
    if not writer.flavour.definitions:
        return kept(writer, node)
    if writer.place is not Place.BLOCK or len(writer.frames) >= MAX_FRAMES:
        return division(writer, node)
    writer.flush()
    writer.frames.append(Frame("definitions", node))
    return _close_definitions


def _close_definitions(writer: Writer) -> None:
    writer.flush()
    blocks = writer.frames.pop().blocks
    parts: list[str] = []
    before = ""
    for kind, text, _ in blocks:
        if before:
            parts.append("\n" if kind in ("definition", before) else "\n\n")
        parts.append(text)
        before = kind
    if parts:
        writer.blocks.append(Block("other", "".join(parts)))


def term(walk: Walk, writer: Writer, node: Node) -> Close | None:
    """Give a term on a line of its own, in bold where it stands outside a list."""
    if writer.frames[-1].kind != "definitions":
        writer.flush()
        is_listed = node.parent is not None and node.parent.tag == "dl"
        if (
            not is_listed
            or "caption" in attribute(node, "class")
            or not text_of(node).strip()
        ):
            return Writer.flush
        restore = marked(STRONG, writer, node)

        def close(writer: Writer) -> None:
            restore(writer)
            writer.flush()

        return close
    line = writer.inline(Place.LINE)
    walk(node, line)
    writer.block(line.paragraph(), "term")
    return None


def definition(walk: Walk, writer: Writer, node: Node) -> Close | None:
    """Give what a term means, or the caption that a `<dd>` may be."""
    if "caption" in attribute(node, "class"):
        return caption(walk, writer, node)
    writer.flush()
    if writer.frames[-1].kind != "definitions" or len(writer.frames) >= MAX_FRAMES:
        return Writer.flush
    writer.frames.append(Frame("definition", node))
    return _close_definition


def _close_definition(writer: Writer) -> None:
    writer.flush()
    text = joined(writer.frames.pop().blocks)
    writer.blocks.append(Block("definition", f":   {lists.indented(text, 4)}".rstrip()))


def caption(walk: Walk, writer: Writer, node: Node) -> Close | None:
    """Give a caption in italics, below what it belongs to."""
    if writer.place is not Place.BLOCK:
        return division(writer, node)
    writer.flush()
    line = writer.inline(Place.LINE)
    line.marks = (EMPHASIS,)
    walk(node, line)
    text = inline.paragraph(line.runs)
    is_gallery = "gallery-caption" in attribute(node, "class")
    add_caption(writer.blocks, text, of_gallery=is_gallery)
    return None


def add_caption(blocks: list[Block], text: str, *, of_gallery: bool = False) -> None:
    """Add a finished caption to blocks, right below the image it belongs to."""
    if text and blocks and blocks[-1].kind == "image" and not of_gallery:
        image = blocks.pop()
        blocks.append(Block("figure", f"{image.text}\\\n{text}"))
    elif text:
        blocks.append(Block("p", text))


def cite(walk: Walk, writer: Writer, node: Node) -> Close | None:
    """Give the source of a quotation a line of its own; elsewhere emphasize it."""
    if writer.frames[-1].kind != "quote" or not _is_source(node):
        return marked(EMPHASIS, writer, node)
    line = writer.inline(Place.LINE)
    line.marks = (EMPHASIS,)
    walk(node, line)
    if text := line.paragraph():
        writer.block(f"— {text}")
    return None


def _is_source(node: Node) -> bool:
    """Whether a `<cite>` says where the quotation is from, at its end."""
    parent = node.parent
    if parent is None or parent.tag not in ("blockquote", "footer", "figure", "p"):
        return False
    if parent.tag != "p":
        return True
    after = node.next
    return after is None or not (text_of(after) or after.text_content or "").strip()


def list_(writer: Writer, node: Node) -> Close | None:
    """Open a list."""
    if writer.place is not Place.BLOCK or len(writer.frames) >= MAX_FRAMES:
        return division(writer, node)
    if is_gallery(attribute(node, "class")):
        return division(writer, node)
    if not lists.is_sayable(node) and can_keep(writer):
        return kept(writer, node)
    writer.flush()
    writer.frames.append(Frame("list", node))
    return _close_list


def is_gallery(names_: str) -> bool:
    """Whether a list is the frame of a gallery or slide show, by its classes."""
    return "gallery" in names_ or "swiper-wrapper" in names_


def _close_list(writer: Writer) -> None:
    writer.flush()
    frame = writer.frames.pop()
    _adopt(frame)
    lists.add(writer.blocks, lists.start_of(frame.node), frame.items)


def _adopt(frame: Frame) -> None:
    """Give what stands between items to the item before it, as browsers show it."""
    if frame.blocks:
        if frame.items:
            frame.items[-1] += frame.blocks
        else:
            frame.items.append(frame.blocks)
        frame.blocks = []


def item(writer: Writer, node: Node) -> Close | None:
    """Open an item."""
    writer.flush()
    if writer.place is not Place.BLOCK or len(writer.frames) >= MAX_FRAMES:
        return Writer.flush
    frame = writer.frames[-1]
    parent = node.parent
    # A list that has a frame is no gallery.
    is_own = parent is not None and parent == frame.node
    if parent is not None and not is_own and is_gallery(attribute(parent, "class")):
        return Writer.flush
    if frame.kind != "list":
        writer.frames += Frame("list"), Frame("item", node)
        return _close_stray
    _adopt(frame)
    writer.frames.append(Frame("item", node))
    return _close_item


def _close_item(writer: Writer) -> None:
    writer.flush()
    blocks = writer.frames.pop().blocks
    writer.frames[-1].items.append(blocks)


def _close_stray(writer: Writer) -> None:
    """Close an item without a list; its neighbours make one with it."""
    _close_item(writer)
    frame = writer.frames.pop()
    lists.add(writer.blocks, None, frame.items)
    writer.blocks[-1] = writer.blocks[-1]._replace(kind="stray")


def details(writer: Writer, node: Node) -> Close:
    """Keep what folds open as HTML, with Markdown in it."""
    writer.flush()
    is_deep = len(writer.frames) >= MAX_FRAMES
    if writer.place is not Place.BLOCK or is_deep or not writer.flavour.raw_html:
        return Writer.flush
    writer.frames.append(Frame("details", node))
    return _close_details


def _close_details(writer: Writer) -> None:
    writer.flush()
    frame = writer.frames.pop()
    node = frame.node
    if node is None:
        return
    summary = next((part for part in children(node) if part.tag == "summary"), None)
    head = fallback.opening(node)
    if summary is not None:
        head = f"{head}\n<summary>{fallback.inner(summary)}</summary>"
    parts = [head, joined(frame.blocks), "</details>"]
    writer.blocks.append(Block("other", "\n\n".join(part for part in parts if part)))


def summary_(writer: Writer, node: Node) -> Close | None:
    """Leave a summary to the `<details>` that it heads."""
    parent = node.parent
    frame = writer.frames[-1]
    if frame.kind == "details" and parent is not None and parent == frame.node:
        return None
    return division(writer, node)


def can_keep(writer: Writer) -> bool:
    """Say whether a block of HTML can stand where the writer is."""
    return writer.place is Place.BLOCK and writer.flavour.raw_html


def kept(writer: Writer, node: Node) -> Close | None:
    """Keep an element as HTML, all of it; else what is inside is still to be walked."""
    if not can_keep(writer):
        return division(writer, node)
    writer.kept(str(node.tag))
    writer.block(fallback.block(node))
    return None
