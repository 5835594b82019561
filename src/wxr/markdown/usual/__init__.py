"""Bodies as editors write them, read without a parser.

Most HTML can be read one way only: tags in lower case that nest and are closed. What
is so becomes blocks at once; the rest is left for the parser and the walk over its
tree, with a mark where finished blocks belong. Both ways give the same Markdown, and a
test holds them against each other.
"""

from dataclasses import dataclass, field

from wxr.content.tree import TEXT, Node
from wxr.markdown.usual import blocks
from wxr.markdown.usual.page import Page
from wxr.markdown.usual.tags import Unusual
from wxr.markdown.usual.tokens import Tokens
from wxr.markdown.writer import FINISHED, Steps, Writer

__all__ = ["Reading", "read"]


@dataclass(slots=True)
class Reading:
    """What was read of a body: finished blocks, and HTML between them."""

    parts: list[Steps | str] = field(default_factory=list)
    _text: tuple[int, int] | None = None
    """Where text in no element began that came last, and how many blocks it is."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left for the parser."""
        return not any(isinstance(part, str) for part in self.parts)

    @property
    def is_left(self) -> bool:
        """Whether what came last is left for the parser."""
        return bool(self.parts) and isinstance(self.parts[-1], str)

    def add(self, steps: Steps, start: int, *, is_text: bool) -> None:
        """Add finished blocks to those they stand with."""
        if self.parts and isinstance(self.parts[-1], list):
            self.parts[-1] += steps
        else:
            self.parts.append(steps)
        self._text = (start, len(steps)) if is_text else None

    def without_text(self, position: int) -> int:
        """Take back text in no element, which may go on; gives where it began.

        Without such text before it, that is the position itself.
        """
        if self._text is None:
            return position
        start, count = self._text
        if count and isinstance(self.parts[-1], list):
            del self.parts[-1][-count:]
        self._text = None
        return start

    @property
    def steps(self) -> list[Steps]:
        """The finished blocks, in groups that stand together."""
        return [part for part in self.parts if not isinstance(part, str)]

    @property
    def html(self) -> str:
        """What is left for the parser, with a paragraph for each group of blocks."""
        numbers = iter(range(len(self.parts)))
        return "".join(
            part if isinstance(part, str) else f"<p {FINISHED}>{next(numbers)}</p>"
            for part in self.parts
        )

    def fits(self, root: Node) -> bool:
        """Whether each group stands where it stood, and nothing reaches into it.

        An element that is not closed would have what follows it inside.
        """
        expected = len(self.steps)
        number = 0
        node = root.first_child
        while node is not None:
            if node.tag == "p" and FINISHED in node.attributes:
                if not _holds_only(node, str(number)):
                    return False
                number += 1
            node = node.next
        return number == expected


def _holds_only(node: Node, text: str) -> bool:
    child = node.first_child
    return (
        child is not None
        and child.tag == TEXT
        and child.next is None
        and child.text_content == text
    )


def read(html: str, writer: Writer) -> Reading:
    """Read as much of a body as can be read one way only."""
    reading = Reading()
    try:
        page = Page(_tokens(html, writer), writer, _has_places(writer))
    except Unusual:
        reading.parts.append(html)
        return reading
    position = 0
    while not page.tokens.is_over(position):
        position = _read_on(reading, page, position)
    if not reading.is_whole:
        # In what is not closed, a line end at the end may show.
        reading.parts.append(page.tokens.html(position, len(page.tokens.parts)))
    return reading


def _read_on(reading: Reading, page: Page, position: int) -> int:
    """Read the next block, or leave it to the parser; gives the position behind it."""
    try:
        steps, after = blocks.read(page, position)
    except Unusual:
        page.around.clear()
        return _leave(reading, page, position)
    is_text = not page.tokens.is_before_text(after)
    if is_text and reading.is_left:
        # It may go on what the parser is left with.
        return _leave(reading, page, position)
    reading.add(steps, position, is_text=is_text)
    return after


def _leave(reading: Reading, page: Page, position: int) -> int:
    """Leave what cannot be read to the parser, with the text that it may go on."""
    end = blocks.after(page, position)
    start = reading.without_text(position)
    reading.parts.append(page.tokens.html(start, end))
    return end


def _tokens(html: str, writer: Writer) -> Tokens:
    """Cut a body; Unusual where a tag or a letter may be read in more than one way."""
    flavour = writer.flavour
    if flavour.templates or flavour.mdx or flavour.alerts:
        raise Unusual
    lower = html.lower()
    if "\r" in html or "\0" in html or FINISHED in lower or _is_foreign(html, lower):
        raise Unusual
    try:
        html.encode()
    except UnicodeEncodeError:  # a surrogate alone, which the parser drops
        raise Unusual from None
    return Tokens.of(html)


def _is_foreign(html: str, lower: str) -> bool:
    """Whether marks could stand below the body that were put somewhere else.

    A paragraph leaves a drawing, a formula, and a table that it is not in a cell of.
    """
    tables = html.count("<table>") + html.count("<table ")
    return "<svg" in lower or "<math" in lower or lower.count("<table") != tables


def _has_places(writer: Writer) -> bool:
    return bool(writer.anchors) or writer.flavour.heading_ids
