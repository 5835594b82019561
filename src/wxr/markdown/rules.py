"""From a tag to its Markdown: the rules, and the table of them.

A rule is called where its element opens. It gives what to do where the element
closes, or None when it has dealt with all inside, so that the walk goes past it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final, TypeAlias

from wxr.content.tree import Node, names
from wxr.diagnostics import Code
from wxr.markdown import code, escape, fallback, lists, media, notes, tables
from wxr.markdown.inline import Place
from wxr.markdown.node import attribute, children, text_of
from wxr.markdown.runs import EMPHASIS, STRIKE, STRONG, Mark, Marks
from wxr.markdown.writer import MAX_FRAMES, Block, Frame, Writer, joined

Close: TypeAlias = Callable[[Writer], None]
Rule: TypeAlias = Callable[[Writer, Node], Close | None]
Walk: TypeAlias = Callable[[Node, Writer], None]


# --- within a line


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
        writer.markdown(span.replace("|", "\\|") if _is_cell(writer) else span)
    return None


def _is_cell(writer: Writer) -> bool:
    return writer.place is Place.CELL


def line_break(writer: Writer, _node: Node) -> None:
    """Break the line."""
    writer.line_break()


# --- blocks


def division(writer: Writer, _node: Node) -> Close:
    """Keep a box's content apart from what is around it."""
    writer.flush()
    return Writer.flush


def paragraph(writer: Writer, _node: Node) -> Close:
    """Give a paragraph."""
    writer.flush()
    return partial(Writer.flush, kind="p")


def heading(walk: Walk, writer: Writer, node: Node) -> Close | None:
    """Give an ATX heading, which is one line."""
    if writer.place is not Place.BLOCK:
        return division(writer, node)
    line = writer.inline(Place.LINE)
    walk(node, line)
    text = line.paragraph()
    if not text:
        return None
    text = escape.heading_end(text)
    anchor = attribute(node, "id")
    if anchor and writer.flavour.heading_ids:
        text = f"{text} {{#{anchor}}}"
    writer.block(f"{'#' * int(str(node.tag)[1])} {text}")
    return None


def rule(writer: Writer, _node: Node) -> None:
    """Give a thematic break."""
    writer.block("---", "rule")


def preformatted(writer: Writer, node: Node) -> None:
    """Give a fence, or keep the HTML where it holds more than text."""
    if "wp-block-verse" in attribute(node, "class"):
        verse(writer, node)
    elif code.has_markup(node) and not code.language(node):
        kept(writer, node)
    elif text := code.fenced(node):
        writer.block(text)


def verse(writer: Writer, node: Node) -> None:
    """Keep the lines of a poem; where blanks at their start count, as HTML."""
    lines = text_of(node).split("\n")
    if code.has_markup(node) or any(line[:1].isspace() for line in lines):
        kept(writer, node)
        return
    writer.flush()
    for number, line in enumerate(lines):
        if number:
            writer.line_break()
        writer.text(line)
    writer.flush("p")


def quote(writer: Writer, node: Node) -> Close:
    """Open a quotation."""
    writer.flush()
    if writer.place is not Place.BLOCK or len(writer.frames) >= MAX_FRAMES:
        return Writer.flush
    writer.frames.append(Frame("quote", node))
    return _close_quote


def _close_quote(writer: Writer) -> None:
    writer.flush()
    text = joined(writer.frames.pop().blocks)
    if text:
        lines = (f"> {line}" if line else ">" for line in text.split("\n"))
        writer.blocks.append(Block("other", "\n".join(lines)))


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
    if _is_gallery(attribute(node, "class")):
        return division(writer, node)
    if not lists.is_sayable(node) and writer.flavour.raw_html:
        kept(writer, node)
        return None
    writer.flush()
    writer.frames.append(Frame("list", node))
    return _close_list


def _is_gallery(names_: str) -> bool:
    """Whether a list is the frame of a gallery or slide show, by its classes."""
    return "gallery" in names_ or "swiper-wrapper" in names_


def _close_list(writer: Writer) -> None:
    writer.flush()
    frame = writer.frames.pop()
    _adopt(frame)
    lists.add(writer, frame.node, frame.items)


def _adopt(frame: Frame) -> None:
    """Give what stands between items to the item before it, as browsers show it."""
    if frame.blocks:
        if frame.items:
            frame.items[-1] += frame.blocks
        else:
            frame.items.append(frame.blocks)
        frame.blocks = []


def item(writer: Writer, node: Node) -> Close:
    """Open an item."""
    writer.flush()
    if writer.place is not Place.BLOCK or len(writer.frames) >= MAX_FRAMES:
        return Writer.flush
    frame = writer.frames[-1]
    parent = node.parent
    if parent is not None and _is_gallery(attribute(parent, "class")):
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
    before = writer.blocks[-1] if writer.blocks else None
    lists.add(writer, None, frame.items)
    if before is not None and before.kind == "stray":
        added = writer.blocks.pop()
        writer.blocks[-1] = Block("stray", f"{before.text}\n{added.text}", "-")
    else:
        writer.blocks[-1] = writer.blocks[-1]._replace(kind="stray")


def table(walk: Walk, writer: Writer, node: Node) -> Close | None:
    """Give a GFM table, or keep the HTML of one that is more than that."""
    if writer.place is not Place.BLOCK:
        return division(writer, node)
    rows = tables.rows_of(node)
    if rows is None:
        if not any(child.tag for child in children(node)):
            return None
        kept(writer, node)
        return None
    writer.block(tables.written(rows, partial(_cell, walk, writer)))
    for part in children(node):
        if part.tag == "caption":
            caption(walk, writer, part)
    return None


def _cell(walk: Walk, writer: Writer, node: Node) -> str:
    cell = writer.inline(Place.CELL)
    walk(node, cell)
    return cell.paragraph()


def caption(walk: Walk, writer: Writer, node: Node) -> Close | None:
    """Give a caption in italics, below what it belongs to."""
    if writer.place is not Place.BLOCK:
        return division(writer, node)
    writer.flush()
    line = writer.inline(Place.LINE)
    line.marks = (EMPHASIS,)
    walk(node, line)
    text = line.paragraph()
    if text and writer.blocks and writer.blocks[-1].kind == "image":
        image = writer.blocks.pop()
        writer.blocks.append(Block("figure", f"{image.text}\\\n{text}"))
    elif text:
        writer.blocks.append(Block("p", text))
    return None


def verbatim(writer: Writer, node: Node) -> None:
    """Give what is Markdown already."""
    source = text_of(node).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    writer.block(source)


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
    parts = (head, *(block.text for block in frame.blocks), "</details>")
    writer.blocks.append(Block("other", "\n\n".join(parts)))


def summary_(writer: Writer, node: Node) -> Close | None:
    """Leave a summary to the `<details>` that it heads."""
    parent = node.parent
    frame = writer.frames[-1]
    if frame.kind == "details" and parent is not None and parent == frame.node:
        return None
    return division(writer, node)


def kept(writer: Writer, node: Node) -> Close | None:
    """Keep an element as HTML, all of it."""
    if writer.place is not Place.BLOCK or not writer.flavour.raw_html:
        return division(writer, node)
    writer.kept(str(node.tag))
    writer.block(fallback.block(node))
    return None


def unseen(writer: Writer, node: Node) -> Close | None:
    """Keep what has no text of its own; within a line it has no place."""
    if writer.place is Place.BLOCK and writer.flavour.raw_html:
        return kept(writer, node)
    writer.notes.add(Code.LEFT_OUT, f"<{node.tag}> was left out")
    return None


def checkbox(writer: Writer, node: Node) -> Close | None:
    """Give a task's box at the start of an item; keep other fields."""
    is_first = writer.frames[-1].kind == "item" and not writer.runs
    if is_first and attribute(node, "type") == "checkbox" and not writer.blocks:
        writer.markdown("[x]" if "checked" in node.attributes else "[ ]")
        writer.text(" ")
        return None
    return unseen(writer, node)


def comment(writer: Writer, text: str) -> None:
    """Keep the marks that split a post; other comments show nothing."""
    word = text.strip()
    if word == "nextpage" or word.startswith("more"):
        writer.block("<!--nextpage-->" if word == "nextpage" else "<!--more-->")
    elif word != "noteaser" and word:
        writer.notes.add(Code.LEFT_OUT, "an HTML comment was left out")


def table_of_rules(walk: Walk) -> Mapping[str, Rule]:
    """Give the rules by tag; those with a paragraph apart are given the walk."""
    return MappingProxyType(
        {
            "a": link,
            "audio": media.player,
            "blockquote": quote,
            "br": line_break,
            "caption": partial(caption, walk),
            "cite": partial(cite, walk),
            "code": code_span,
            "details": details,
            "embed": media.embed,
            "figcaption": partial(caption, walk),
            "hr": rule,
            "iframe": media.embed,
            "img": media.image,
            "input": checkbox,
            "li": item,
            "object": media.embed,
            "p": paragraph,
            "pre": preformatted,
            "summary": summary_,
            "table": partial(table, walk),
            "tt": code_span,
            "video": media.player,
            **dict.fromkeys(("b", "strong"), partial(marked, STRONG)),
            **dict.fromkeys(("dfn", "em", "i", "var"), partial(marked, EMPHASIS)),
            **dict.fromkeys(("del", "s", "strike"), partial(marked, STRIKE)),
            **dict.fromkeys(_HEADINGS, partial(heading, walk)),
            **dict.fromkeys(("ol", "ul", "menu", "dir"), list_),
            **dict.fromkeys(_DIVISIONS, division),
            **dict.fromkeys(_INLINE, transparent),
            **dict.fromkeys(_TAGGED, tagged),
            "sup": notes.reference,
            "wxr-markdown": verbatim,
            "wxr-math": formula,
            "wxr-note": partial(notes.note, walk),
            **dict.fromkeys(_KEPT, kept),
            **dict.fromkeys(_UNSEEN, unseen),
        }
    )


_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_DIVISIONS: Final = names(
    "address article aside body center dd div dt fieldset figure footer header "
    "hgroup legend main nav noscript option search section tbody td tfoot th thead "
    "tr"
)
_INLINE: Final = names(
    "basefont bdi big blink button data font label marquee nobr output picture rb "
    "rp rtc small source span time track wbr"
)
_TAGGED: Final = names("abbr acronym bdo ins kbd mark q rt ruby samp sub sup u")
_KEPT: Final = names("canvas dl form map math select svg")
_UNSEEN: Final = names(
    "area base col colgroup frame frameset link meta param script style template "
    "textarea title"
)
