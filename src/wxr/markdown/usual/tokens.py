"""HTML cut at its tags, with all its text decoded and escaped at once.

What a text costs one by one in Python, all texts of a body cost together.
"""

from dataclasses import dataclass
from re import compile as pattern
from typing import Final, Self

from wxr.markdown import escape
from wxr.markdown.runs import collapse
from wxr.markdown.usual.tags import Unusual, text_of

_TAG: Final = pattern(r"<([^<>]*+)>")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Texts and the tags between them: text 0, tag 0, text 1, tag 1, …, text n."""

    parts: list[str]
    """All of them in order; a position is an index into these."""
    tags: list[str]
    """What stands between `<` and `>`; an empty one ends them."""
    texts: list[str]
    """Texts as Markdown, but for what depends on where in a line they stand."""

    @classmethod
    def of(cls, html: str) -> Self:
        """Cut HTML.

        Raises:
            Unusual: It has a `<` that begins no tag, or a number for no character.
        """
        parts = _TAG.split(html)
        together = "\0".join(parts[::2])
        if "<" in together:
            raise Unusual
        texts = escape.text(collapse(text_of(together))).split("\0")
        return cls(parts, [*parts[1::2], ""], texts)

    def raw(self, index: int) -> str:
        """Give a text as it stands in HTML."""
        return self.parts[2 * index]

    def is_over(self, position: int) -> bool:
        """Whether nothing but white space is left."""
        last = len(self.parts) - 1
        return position > last or (position == last and self.is_blank(position))

    def is_before_text(self, position: int) -> bool:
        """Whether a text comes next, and not a tag."""
        return position % 2 == 0

    def is_blank(self, position: int) -> bool:
        """Whether nothing shows before the next tag."""
        return position % 2 == 1 or self.texts[position // 2] in ("", " ")

    def html(self, start: int, end: int) -> str:
        """Give the HTML between two positions."""
        return "".join(
            f"<{self.parts[place]}>" if place % 2 else self.parts[place]
            for place in range(start, end)
        )
