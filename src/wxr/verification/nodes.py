"""What an element of a tree holds: attributes, children, text."""

from typing import Final

from wxr.content.tree import TEXT, Node, names

_LINES: Final = names("blockquote dd div dl dt li ol p table tr ul")


def value_of(node: Node, name: str) -> str:
    """Give an attribute's value; empty where it is missing."""
    return node.attributes.get(name) or ""


def children(node: Node) -> list[Node]:
    """Give the elements right inside an element."""
    found: list[Node] = []
    child = node.first_child
    while child is not None:
        if child.is_element_node:
            found.append(child)
        child = child.next
    return found


def text_of(root: Node) -> str:
    """Give the text inside an element as it stands, a line end for each `<br>`."""
    return _text(root, frozenset())


def code_of(root: Node) -> str:
    """Give the text inside a `<pre>`, items of lists and the like as lines of it."""
    return _text(root, _LINES)


def _text(root: Node, lines: frozenset[str]) -> str:
    parts: list[str] = []
    stack: list[Node] = []
    node = root.first_child
    while node is not None or stack:
        edge = node if node is not None else stack[-1]
        if edge.tag in lines and parts and not parts[-1].endswith("\n"):
            parts.append("\n")
        if node is None:
            node = stack.pop().next
            continue
        if node.tag == TEXT:
            parts += filter(None, [node.text_content])
        elif node.tag == "br" or (node.tag in lines and _is_blank_item(node)):
            parts.append("\n")
        if node.first_child is not None:
            stack.append(node)
            node = node.first_child
        else:
            node = node.next
    return "".join(parts)


def _is_blank_item(node: Node) -> bool:
    return node.tag == "li" and node.first_child is None
