"""Tables: GFM's where each cell is a line and no cell spans; HTML otherwise."""

from collections.abc import Callable, Mapping
from re import IGNORECASE, compile as pattern
from typing import Final

from wxr.content.tree import Node, names
from wxr.markdown.node import attribute, children, descendants

_COMPLEX: Final = names(
    "address article aside blockquote details dl fieldset figure form h1 h2 h3 h4 "
    "h5 h6 hr iframe li object ol pre section table ul video audio"
)
_MOST_ROOM: Final = 1_000
_ALIGN: Final = pattern(r"text-align\s*:\s*(left|center|right)", IGNORECASE)
_DASHES: Final = {"left": ":---", "center": ":---:", "right": "---:", "": "---"}


def rows_of(table: Node) -> list[list[Node]] | None:
    """Give a table's cells if GFM can say them; None where it cannot."""
    heads: list[list[Node]] = []
    bodies: list[list[Node]] = []
    for part in children(table):
        if part.tag in ("thead", "tbody", "tfoot"):
            rows = [_cells(row) for row in children(part) if row.tag == "tr"]
            (heads if part.tag == "thead" else bodies).extend(rows)
    if len(heads) > 1:
        return None
    rows = [row for row in (*heads, *bodies) if row]
    if not rows or _is_ragged(rows):
        return None
    if not all(_is_simple(cell) for row in rows for cell in row):
        return None
    if not heads and not all(cell.tag == "th" for cell in rows[0]):
        # GFM has no table without a head; an empty one shows nothing.
        rows.insert(0, [])
    return rows


def _is_ragged(rows: list[list[Node]]) -> bool:
    """Whether filling the short rows would make more of a table than it is."""
    room = len(rows) * max(map(len, rows))
    return room > _MOST_ROOM and room > 2 * sum(map(len, rows))


def _cells(row: Node) -> list[Node]:
    return [cell for cell in children(row) if cell.tag in ("td", "th")]


def _is_simple(cell: Node) -> bool:
    if cell.attributes and (_span(cell, "colspan") > 1 or _span(cell, "rowspan") > 1):
        return False
    paragraphs = 0
    for node in descendants(cell):
        if node.tag in _COMPLEX:
            return False
        paragraphs += node.tag in ("p", "div")
    return paragraphs <= 1


def _span(cell: Node, name: str) -> int:
    value = attribute(cell, name)
    return int(value[:5]) if value.isdecimal() else 1


def written(rows: list[list[Node]], inline: Callable[[Node], str]) -> str:
    """Give a GFM table."""
    texts = [[inline(cell) for cell in row] for row in rows]
    return grid(texts, _alignments(rows, max(map(len, rows))))


def grid(rows: list[list[str]], sides: list[str]) -> str:
    """Give a GFM table of finished cells, and of the side of each column, if any."""
    head, *body = [row + [""] * (len(sides) - len(row)) for row in rows]
    dashes = [_DASHES[side] for side in sides]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, dashes, *body))


def _alignments(rows: list[list[Node]], width: int) -> list[str]:
    """Give each column's alignment, where all its cells agree, but for the head's."""
    sides = [_of_row(row) for row in rows]
    cols = _of_columns(next(row for row in rows if row)[0])
    cols += [""] * (width - len(cols))
    return [agreed(sides, column) or cols[column] for column in range(width)]


def agreed(sides: list[list[str]], column: int) -> str:
    """Give the side that all rows of a column have, or all below the head; or none."""
    found = {row[column] for row in sides if column < len(row)}
    if len(found) > 1:
        found = {row[column] for row in sides[1:] if column < len(row)}
    return found.pop() if len(found) == 1 else ""


def _of_columns(cell: Node) -> list[str]:
    """Give what the table's `<col>` say, unless one of them speaks for several."""
    table = cell.parent
    while table is not None and table.tag != "table":
        table = table.parent
    if table is None:
        return []
    groups = (part for part in children(table) if part.tag == "colgroup")
    cols = [col for group in groups for col in children(group)]
    is_plain = not any("span" in col.attributes for col in cols)
    return [side_of(col.attributes) for col in cols] if is_plain else []


def _of_row(cells: list[Node]) -> list[str]:
    row = cells[0].parent if cells else None
    side = side_of(row.attributes) if row is not None else ""
    return [side_of(cell.attributes) or side for cell in cells]


def side_of(attributes: Mapping[str, str | None]) -> str:
    """Give the side that attributes align a cell to; empty where they do not say."""
    if not attributes:
        return ""
    value = (attributes.get("align") or "").lower() or attributes.get("data-align")
    if value and value in _DASHES:
        return value
    if found := _ALIGN.search(attributes.get("style") or ""):
        return found[1].lower()
    for name in (attributes.get("class") or "").split():
        side = name.removeprefix("has-text-align-").removeprefix("text-")
        if side != name and side in _DASHES:
            return side
    return ""
