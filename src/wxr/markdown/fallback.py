"""What Markdown cannot say, as HTML that no Markdown parser takes apart.

A blank line would end an HTML block, and an element whose name CommonMark does not
know begins one only where its tag has a line for itself.
"""

from collections.abc import Iterator
from html import escape
from re import ASCII, IGNORECASE, compile as pattern
from typing import Final

from wxr.content.tree import COMMENT, TEXT, Node, names

_VOID: Final = names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta "
    "param source track wbr"
)
_RAW: Final = names("script style xmp iframe noembed noframes plaintext")
_PREFORMATTED: Final = frozenset(("pre", "textarea", "listing"))
_KNOWN_BLOCKS: Final = names(
    "address article aside base basefont blockquote body caption center col "
    "colgroup dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li "
    "link main menu menuitem nav noframes ol optgroup option p param pre script "
    "search section style summary table tbody td textarea tfoot th thead title tr "
    "track ul"
)
_BLANK_LINES: Final = pattern(r"\n[ \t\r\f]*(?=\n)", ASCII)
_ENDS_BLOCK: Final = pattern("</(?:pre|script|style|textarea)>", IGNORECASE)
_LINE_END: Final = "&#10;"
_UNSAFE_NAME: Final = pattern(r"[^A-Za-z0-9_:.\-]")


def block(node: Node) -> str:
    """Give an element as an HTML block."""
    name = str(node.tag)
    if name in _KNOWN_BLOCKS:
        return html(node)
    inside = _safe("".join(_pieces(node)))
    return f"{opening(node)}\n{inside.strip(chr(10))}\n</{name}>"


def html(node: Node) -> str:
    """Give an element's HTML without blank lines."""
    name = str(node.tag)
    if name in _VOID:
        return opening(node)
    if name == "pre":
        return _preformatted(node)
    inside = "".join(_pieces(node))
    # Scripts and the like end only at their closing tag, whatever their lines.
    inside = inside if name in ("script", "style") else _safe(inside)
    return f"{opening(node)}{inside}</{name}>"


def _preformatted(node: Node) -> str:
    """Give what goes on over blank lines to the first end tag of its kind."""
    inside = "".join(_pieces(node))
    if _ENDS_BLOCK.search(inside):
        return f"{opening(node)}{_safe(inside)}</pre>"
    inside = inside.replace(_LINE_END, "\n")
    # Browsers pass over a line end right after the tag.
    between = "\n" if inside.startswith("\n") else ""
    return f"{opening(node)}{between}{inside}</pre>"


def inner(node: Node) -> str:
    """Give the HTML inside an element, on one line."""
    return " ".join(_safe("".join(_pieces(node))).split("\n")).strip()


def opening(node: Node) -> str:
    """Give an element's opening tag, on one line."""
    attributes = "".join(
        f' {name}="{_value(value)}"' if value is not None else f" {name}"
        for name, value in node.attributes.items()
        if name and not _UNSAFE_NAME.search(name)
    )
    return f"<{node.tag}{attributes}>"


def _value(value: str) -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return " ".join(value.replace('"', "&quot;").split("\n"))


def _safe(text: str) -> str:
    if "\n" not in text:
        return text
    return _BLANK_LINES.sub("", text.replace("\r", "\n"))


def _pieces(root: Node) -> Iterator[str]:
    """Yield the HTML inside an element, without recursion."""
    stack: list[Node] = []
    pre = int(root.tag in _PREFORMATTED)
    raw = root.tag in _RAW
    node = root.first_child
    while True:
        if node is None:
            if not stack:
                return
            node = stack.pop()
            yield f"</{node.tag}>"
            pre -= node.tag in _PREFORMATTED
            raw = False
            node = node.next
            continue
        name = str(node.tag)
        if name == TEXT:
            yield _text(node.text_content or "", pre=pre > 0, raw=raw)
        elif name != COMMENT:
            yield opening(node)
            if name not in _VOID:
                stack.append(node)
                pre += name in _PREFORMATTED
                raw = name in _RAW
                node = node.first_child
                continue
        node = node.next


def _text(value: str, *, pre: bool, raw: bool) -> str:
    if raw:
        return value
    value = escape(value, quote=False)
    return value.replace("\n", _LINE_END) if pre else value
