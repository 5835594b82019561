"""From a tag to its Markdown: the rules of blocks, and the table of all rules.

A rule is called where its element opens. It gives what to do where the element
closes, or None when it has dealt with all inside, so that the walk goes past it.
"""

from collections.abc import Mapping
from functools import partial
from re import ASCII, compile as pattern
from types import MappingProxyType
from typing import Final

from wxr.content.tree import Node, names
from wxr.diagnostics import Code
from wxr.markdown import code, escape, media, notes, tables, templates
from wxr.markdown.containers import (
    can_keep,
    caption,
    cite,
    definition,
    definitions,
    details,
    division,
    item,
    kept,
    list_,
    paragraph,
    quote,
    summary_,
    term,
)
from wxr.markdown.node import attribute, children, descendants, text_of
from wxr.markdown.phrases import (
    Close,
    Rule,
    Walk,
    code_span,
    formula,
    line_break,
    link,
    marked,
    tagged,
    transparent,
)
from wxr.markdown.places import Place
from wxr.markdown.runs import BREAK, EMPHASIS, STRIKE, STRONG
from wxr.markdown.writer import Writer


def heading(walk: Walk, writer: Writer, node: Node) -> Close | None:
    """Give an ATX heading, which is one line."""
    if writer.place is not Place.BLOCK or _holds_blocks(node):
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
    elif anchor in writer.anchors:
        text = f'<a id="{escape.attribute(anchor)}"></a>{text}'
    writer.block(f"{'#' * int(str(node.tag)[1])} {text}")
    return None


def _holds_blocks(node: Node) -> bool:
    """Whether a heading, one that nobody closed, say, is more than a line."""
    return any(child.tag in _MORE_THAN_A_LINE for child in descendants(node))


def rule(writer: Writer, _node: Node) -> None:
    """Give a thematic break, which within a line is a line break."""
    if writer.place is Place.BLOCK:
        writer.block("---", "rule")
    else:
        writer.line_break()


def preformatted(writer: Writer, node: Node) -> None:
    """Give a fence, or keep the HTML where it holds more than text."""
    if "wp-block-verse" in attribute(node, "class"):
        verse(writer, node)
    elif can_keep(writer) and _is_more_than_code(node):
        kept(writer, node)
    elif text := code.fenced(node):
        writer.block(templates.code(text, writer.flavour))


def _is_more_than_code(node: Node) -> bool:
    return code.has_page(node) or (code.has_markup(node) and not code.language(node))


def verse(writer: Writer, node: Node) -> None:
    """Keep the lines of a poem; where blanks at their start count, as HTML."""
    lines = text_of(node).split("\n")
    is_more = code.has_markup(node) or any(line[:1].isspace() for line in lines)
    if is_more and can_keep(writer):
        kept(writer, node)
        return
    writer.flush()
    for number, line in enumerate(lines):
        if number:
            writer.line_break()
        writer.text(line)
    writer.flush("p")


def table(walk: Walk, writer: Writer, node: Node) -> Close | None:
    """Give a GFM table, or keep the HTML of one that is more than that."""
    if writer.place is not Place.BLOCK:
        return division(writer, node)
    rows = tables.rows_of(node)
    if rows is None:
        if not any(child.tag for child in children(node)):
            return None
        return kept(writer, node)
    writer.block(tables.written(rows, partial(_cell, walk, writer)))
    for part in children(node):
        if part.tag == "caption":
            caption(walk, writer, part)
    return None


def _cell(walk: Walk, writer: Writer, node: Node) -> str:
    cell = writer.inline(Place.CELL)
    walk(node, cell)
    return cell.paragraph()


def verbatim(writer: Writer, node: Node) -> None:
    """Give what is Markdown already."""
    source = text_of(node).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    writer.block(source)


def hidden(writer: Writer, node: Node) -> None:
    """Give a comment; at the start of a line it would take the line with it."""
    text = " ".join(text_of(node).split()).replace("--", "- -")
    if not writer.flavour.raw_html:
        return
    written = f"<!-- {text} -->"
    seen = (kind for kind, value, _ in reversed(writer.runs) if not value.isspace())
    if writer.place is Place.BLOCK and next(seen, BREAK) is BREAK:
        writer.block(written)
    else:
        writer.markdown(written)


def dropped(writer: Writer, node: Node) -> None:
    """Leave out what is code of the page and shows nothing."""
    writer.notes.add(Code.LEFT_OUT, f"<{node.tag}> was left out")


def script(writer: Writer, node: Node) -> None:
    """Give a gist, which is embedded by a script, by its address; drop the others."""
    found = _GIST.match(attribute(node, "src").strip())
    if found:
        writer.block(f"<https://{found[1]}>", "p")
    else:
        dropped(writer, node)


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
    if attribute(node, "type") == "hidden":
        return None
    return unseen(writer, node)


def comment(writer: Writer, text: str) -> None:
    """Keep the marks that split a post; other comments show nothing."""
    if writer.place is not Place.BLOCK:
        return
    word = text.strip()
    if word == "nextpage" or word.startswith("more"):
        written = "<!--nextpage-->" if word == "nextpage" else "<!--more-->"
        writer.block("{/* truncate */}" if writer.flavour.mdx else written)
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
            "dd": partial(definition, walk),
            "details": details,
            "dl": definitions,
            "dt": partial(term, walk),
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
            **dict.fromkeys(_DROPPED, dropped),
            "script": script,
            "wxr-comment": hidden,
        }
    )


_MORE_THAN_A_LINE: Final = names("blockquote dl ol pre table ul")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_DIVISIONS: Final = names(
    "address article aside body center div fieldset figure footer header "
    "hgroup legend main nav noscript option search section tbody td tfoot th thead "
    "tr"
)
_INLINE: Final = names(
    "basefont bdi big blink button data font label marquee nobr output picture rb "
    "rp rtc small source span time track wbr"
)
_TAGGED: Final = names("abbr acronym bdo ins kbd mark q rt ruby samp sub sup u")
_KEPT: Final = names("canvas form map math select svg")
_DROPPED: Final = names("base link meta style template title")
_UNSEEN: Final = names("area col colgroup frame frameset param textarea")
_GIST: Final = pattern(
    r"(?:https?:)?//(gist\.github\.com/[\w./-]{1,200}?)\.js(?:[?#]|\Z)", ASCII
)
