"""A tree to Markdown: one walk, without recursion, by the table of rules."""

from typing import Final

from wxr.content.scope import Scope
from wxr.content.tree import COMMENT, TEXT, Node, parse
from wxr.markdown import anchors, notes, rules
from wxr.markdown.inline import Place
from wxr.markdown.phrases import Close, transparent
from wxr.markdown.writer import Writer, joined

_NONE: Final[frozenset[str]] = frozenset()


def convert(html: str, scope: Scope) -> str:
    """Give the Markdown of a fragment of HTML, with no line end at its end."""
    root = parse(html)
    if root is None:
        return ""
    writer = Writer(scope, anchors=anchors.wanted(html) if "#" in html else _NONE)
    walk(root, writer)
    writer.flush()
    blocks = writer.frames[0].blocks
    blocks += notes.definitions(writer, _inline)
    return joined(blocks)


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
