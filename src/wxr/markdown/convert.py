"""A tree to Markdown: one walk, without recursion, by the table of rules."""

from typing import Final

from wxr.content.scope import Scope
from wxr.content.tree import COMMENT, TEXT, Node, parse
from wxr.markdown import anchors, notes, rules, usual
from wxr.markdown.phrases import Close, transparent
from wxr.markdown.places import Place
from wxr.markdown.writer import Writer, add_steps, joined

_NONE: Final[frozenset[str]] = frozenset()


def convert(html: str, scope: Scope) -> str:
    """Give the Markdown of a fragment of HTML, with no line end at its end."""
    writer = Writer(scope, anchors=anchors.wanted(html) if "#" in html else _NONE)
    _write(html, writer)
    writer.flush()
    blocks = writer.frames[0].blocks
    blocks += notes.definitions(writer, _inline)
    return joined(blocks)


def _write(html: str, writer: Writer) -> None:
    """Write a fragment: at once what can be read one way only, the rest as a tree."""
    reading = usual.read(html, writer)
    if reading.is_whole:
        for steps in reading.steps:
            add_steps(steps, writer.blocks)
        return
    root = parse(reading.html) if reading.steps else None
    if root is not None and reading.fits(root):
        writer.finished = reading.steps
    else:
        root = parse(html)
    if root is not None:
        walk(root, writer)


def _inline(html: str, writer: Writer) -> str:
    """Give a fragment as one line of Markdown."""
    line = writer.inline(Place.LINE)
    root = parse(html)
    if root is not None:
        walk(root, line)
    return line.paragraph()


def walk(root: Node, writer: Writer) -> None:
    """Write all that is inside an element."""
    stack: list[tuple[Node, Close]] = []
    find = RULES.get
    node = root.first_child
    while True:
        if node is None:
            if not stack:
                return
            node, close = stack.pop()
            close(writer)
            node = node.next
            continue
        name = node.tag or ""
        if name == TEXT:
            text = node.text_content or ""
            # Between blocks there is nearly always a line end, which shows nothing.
            if text != "\n" or writer.runs:
                writer.text(text)
        elif name == COMMENT:
            rules.comment(writer, node.comment_content or "")
        else:
            if writer.anchors:
                anchors.before(writer, node)
            close_ = find(name, transparent)(writer, node)
            if close_ is not None:
                if writer.anchors:
                    anchors.within(writer, node)
                stack.append((node, close_))
                node = node.first_child
                continue
        node = node.next


RULES: Final = rules.table_of_rules(walk)
