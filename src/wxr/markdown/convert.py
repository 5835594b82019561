"""A tree to Markdown: one walk, without recursion, by the table of rules."""

from typing import Final

from wxr.content.scope import Scope
from wxr.content.tree import COMMENT, TEXT, Node, parse
from wxr.markdown import rules
from wxr.markdown.inline import Place
from wxr.markdown.writer import Writer, joined


def convert(html: str, scope: Scope) -> str:
    """Give the Markdown of a fragment of HTML, with no line end at its end."""
    root = parse(html)
    if root is None:
        return ""
    writer = Writer(scope)
    walk(root, writer)
    writer.flush()
    return joined(writer.frames[0].blocks)


def walk(root: Node, writer: Writer) -> None:
    """Write all that is inside an element."""
    stack: list[tuple[Node, rules.Close]] = []
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
        name = str(node.tag)
        if name == TEXT:
            writer.text(node.text_content or "")
        elif name == COMMENT:
            if writer.place is Place.BLOCK:
                rules.comment(writer, node.comment_content or "")
        else:
            close_ = find(name, rules.transparent)(writer, node)
            if close_ is not None:
                stack.append((node, close_))
                node = node.first_child
                continue
        node = node.next


RULES: Final = rules.table_of_rules(walk)
