"""Lists: items by content width, tight or loose, and never merged with a neighbour."""

from re import compile as pattern
from typing import Final

from wxr.content.tree import Node
from wxr.markdown.node import attribute, children
from wxr.markdown.writer import Block, joined

_MAX_NUMBER: Final = 999_999_999
_DASHES: Final = pattern(r"- -(?: -)*(?:\n|\Z)")


def is_sayable(node: Node) -> bool:
    """Whether Markdown can number a list as HTML does."""
    if node.tag != "ol":
        return True
    has = node.attributes
    if "reversed" in has or (has.get("type") or "1") != "1":
        return False
    start = _start(node)
    if start is None:
        return False
    items = [child for child in children(node) if child.tag == "li"]
    return not any("value" in item.attributes for item in items[1:])


def _start(node: Node) -> int | None:
    """Give the number of the first item; None where Markdown cannot start there."""
    first = next((child for child in children(node) if child.tag == "li"), None)
    written = attribute(node, "start")
    if first is not None and (value := attribute(first, "value")):
        written = value
    if not written:
        return 1
    try:
        number = int(written)
    except ValueError:
        return 1
    return number if 0 <= number <= _MAX_NUMBER else None


def start_of(node: Node | None) -> int | None:
    """Give the number that a list begins with; None where it has bullets."""
    if node is None or node.tag != "ol":
        return None
    return _start(node) or 0


def add(blocks: list[Block], start: int | None, items: list[list[Block]]) -> None:
    """Add a finished list to blocks; without a start it has bullets."""
    if not items:
        return
    is_ordered = start is not None
    kind = "numbers" if is_ordered else "bullets"
    markers = (".", ")") if is_ordered else ("-", "*")
    before = blocks[-1] if blocks else None
    # A list right after one with the same marker would go on with it.
    is_same = before is not None and before.kind == kind and before.marker == markers[0]
    # "- - -" would be a rule.
    is_rule = any(item and _DASHES.match(item[0].text) for item in items)
    marker = markers[1] if is_same or (is_rule and not is_ordered) else markers[0]
    tight = all(_is_tight(item) for item in items)
    written = [
        _item(item, f"{marker} " if start is None else f"{start + n}{marker} ", tight)
        for n, item in enumerate(items)
    ]
    text = ("\n" if tight else "\n\n").join(written)
    blocks.append(Block(kind, text, marker))


def _is_tight(item: list[Block]) -> bool:
    """Whether an item can do without blank lines: a line, and lists below it."""
    if not item:
        return True
    first, *rest = item
    if not rest:
        return first.kind != "p"
    if first.kind not in ("text", "image"):
        return False
    return all(_may_interrupt(block) for block in rest) and len(rest) == 1


def _may_interrupt(block: Block) -> bool:
    """Whether a list is seen as one right below a line of text."""
    if block.kind == "numbers":
        return block.text.startswith(f"1{block.marker} ")
    # An empty first item would underline the text above it as a heading.
    return block.kind == "bullets" and block.text[1:2] == " "


def _item(blocks: list[Block], marker: str, tight: bool) -> str:  # noqa: FBT001
    text = "\n".join(block.text for block in blocks) if tight else joined(blocks)
    if text.startswith("---") and blocks[0].kind == "rule":
        # "- ---" would be a rule itself.
        text = f"___{text[3:]}"
    return marker.rstrip() if not text else marker + indented(text, len(marker))


def indented(text: str, width: int) -> str:
    """Indent all lines but the first and the blank ones."""
    if "\n" not in text:
        return text
    pad = " " * width
    first, *rest = text.split("\n")
    return "\n".join((first, *(pad + line if line else line for line in rest)))
