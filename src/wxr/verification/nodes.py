"""What an element of a tree holds: attributes, children, text."""

from wxr.content.tree import TEXT, Node


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
    parts: list[str] = []
    stack: list[Node] = []
    node = root.first_child
    while node is not None or stack:
        if node is None:
            node = stack.pop().next
            continue
        if node.tag == TEXT:
            parts.append(node.text_content or "")
        elif node.tag == "br":
            parts.append("\n")
        if node.first_child is not None:
            stack.append(node)
            node = node.first_child
        else:
            node = node.next
    return "".join(parts)
