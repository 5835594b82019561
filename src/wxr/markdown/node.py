"""Facts about a node of the tree that several rules ask for."""

from collections.abc import Iterator
from typing import Final

from wxr.content.tree import TEXT, Node, names


def attribute(node: Node, name: str) -> str:
    """Give an attribute's value; empty where it is missing."""
    return node.attributes.get(name) or ""


def descendants(root: Node) -> Iterator[Node]:
    """Yield all nodes below one, in order, without recursion."""
    stack: list[Node] = []
    node = root.first_child
    while True:
        if node is None:
            if not stack:
                return
            node = stack.pop().next
            continue
        yield node
        child = node.first_child
        if child is None:
            node = node.next
        else:
            stack.append(node)
            node = child


def text_of(root: Node) -> str:
    """Give the text of an element as it stands, a line end for each `<br>`."""
    parts: list[str] = []
    for node in descendants(root):
        if node.tag == TEXT:
            parts.append(node.text_content or "")
        elif node.tag == "br":
            parts.append("\n")
    return "".join(parts)


def has_content(root: Node) -> bool:
    """Whether an element shows something: text, or an image or the like."""
    return any(
        (node.text_content or "").strip() if node.tag == TEXT else node.tag in _SHOWN
        for node in descendants(root)
    )


_SHOWN: Final = names("audio embed iframe img input object svg video")


def children(node: Node) -> Iterator[Node]:
    """Yield an element's children that are elements."""
    child = node.first_child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next
