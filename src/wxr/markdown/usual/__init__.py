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

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left for the parser."""
        return not any(isinstance(part, str) for part in self.parts)

    @property
    def is_left(self) -> bool:
        """Whether what came last is left for the parser."""
        return bool(self.parts) and isinstance(self.parts[-1], str)

    def add(self, steps: Steps) -> None:
        """Add finished blocks to those they stand with."""
        if self.parts and isinstance(self.parts[-1], list):
            self.parts[-1] += steps
        else:
            self.parts.append(steps)

    def take_back(self, start: int, count: int) -> int:
        """Take back the last blocks, which go on in what follows; gives their start."""
        if count and isinstance(self.parts[-1], list):
            del self.parts[-1][-count:]
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
    position, end = 0, len(page.tokens.parts)
    loose: tuple[int, int] | None = None
    while position < end - 1 or (position < end and not page.tokens.is_blank(position)):
        try:
            steps, after = blocks.read(page, position)
            is_loose = after % 2 == 1
            if is_loose and reading.is_left:
                raise Unusual  # noqa: TRY301  as if it were read so
            reading.add(steps)
            loose = (position, len(steps)) if is_loose else None
        except Unusual:
            page.around.clear()
            after = blocks.after(page, position)
            start = position if loose is None else reading.take_back(*loose)
            reading.parts.append(page.tokens.html(start, after))
            loose = None
        position = after
    if not reading.is_whole:
        # In what is not closed, a line end at the end may show.
        reading.parts.append(page.tokens.html(position, end))
    return reading


def _tokens(html: str, writer: Writer) -> Tokens:
    flavour = writer.flavour
    if flavour.templates or flavour.mdx or flavour.alerts:
        raise Unusual
    if "\r" in html or "\0" in html or FINISHED in html:
        raise Unusual
    return Tokens.of(html)


def _has_places(writer: Writer) -> bool:
    return bool(writer.anchors) or writer.flavour.heading_ids
