"""What is being written: finished blocks, the paragraph under way, and open frames."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from wxr.content.context import Flavour
from wxr.content.notes import Notes
from wxr.content.scope import Scope
from wxr.content.tree import Node
from wxr.diagnostics import Code
from wxr.markdown import escape, templates
from wxr.markdown.inline import paragraph
from wxr.markdown.places import Place
from wxr.markdown.runs import BREAK, MARKDOWN, TEXT, Marks, Run

MAX_FRAMES: Final = 40
"""How deep lists and quotes nest; what is deeper is written at this depth."""

FINISHED: Final = "wxr-finished"
"""The attribute of a paragraph that finished blocks stand for."""


class Block(NamedTuple):
    """A finished block of Markdown."""

    kind: str
    """`text` outside any `<p>`, `p`, `image`, `bullets`, `numbers`, `stray`, …"""
    text: str
    marker: str = ""
    """The marker of a list, so that a list right after it can take another."""


Step: TypeAlias = Block | Callable[[list[Block]], None]
"""A finished block, or what adds one by what stands before it."""

Steps: TypeAlias = list[Step]


def add_steps(steps: Steps, blocks: list[Block]) -> None:
    """Add finished blocks to those before them."""
    for step in steps:
        if isinstance(step, Block):
            blocks.append(step)
        else:
            step(blocks)


@dataclass(slots=True)
class Frame:
    """A container that is open: a list, an item, a quote; or the body itself."""

    kind: str
    node: Node | None = None
    blocks: list[Block] = field(default_factory=list)
    items: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class Writer:
    """The state of one walk over a tree."""

    scope: Scope
    place: Place = Place.BLOCK
    marks: Marks = ()
    runs: list[Run] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=lambda: [Frame("body")])
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    """Notes below the text, in order: their id (empty without one) and Markdown."""
    numbers: dict[str, int] = field(default_factory=dict)
    """The numbers of the notes that have an id."""
    finished: Sequence[Steps] = ()
    """Blocks that were read without a parser; the tree has a mark where they belong."""
    anchors: frozenset[str] = frozenset()
    """The places within the page that one of its links leads to."""

    @property
    def notes(self) -> Notes:
        """The notes of this conversion."""
        return self.scope.notes

    @property
    def flavour(self) -> Flavour:
        """What the Markdown is for."""
        return self.scope.context.flavour

    @property
    def blocks(self) -> list[Block]:
        """The finished blocks of the innermost frame."""
        return self.frames[-1].blocks

    def text(self, value: str) -> None:
        """Add text as HTML has it."""
        flavour = self.flavour
        if (flavour.templates or flavour.mdx) and ("{" in value or "<" in value):
            self._braced(value)
        elif self.runs or not value.isspace() or "\xa0" in value:
            self.runs.append((TEXT, value, self.marks))

    def _braced(self, value: str) -> None:
        """Add text in which some characters mean something before Markdown's turn."""
        for number, piece in enumerate(templates.pieces(value, self.flavour)):
            if number % 2:
                self.markdown(f"\\{piece}")
            elif piece:
                self.runs.append((TEXT, piece, self.marks))

    def markdown(self, value: str) -> None:
        """Add a piece of finished Markdown to the paragraph."""
        add_markdown(self.runs, value, self.marks)

    def line_break(self) -> None:
        """Break the line."""
        self.runs.append((BREAK, "", self.marks))

    def flush(self, kind: str = "text") -> None:
        """End the paragraph under way, if there is one."""
        if not self.runs:
            return
        if self.place is not Place.BLOCK:
            self.line_break()
            return
        written = templates.paragraph(paragraph(_dollars_kept(self.runs)), self.flavour)
        if written:
            self.blocks.append(Block(kind_of(self.runs, kind), written))
        self.runs = []

    def block(self, text: str, kind: str = "other") -> None:
        """Add a finished block; where only a line fits, it becomes part of that."""
        if self.place is not Place.BLOCK:
            self.markdown(" ".join(text.split("\n")))
            return
        self.flush()
        if text:
            text = templates.paragraph(text, self.flavour) if kind == "p" else text
            self.blocks.append(Block(kind, text))

    def inline(self, place: Place) -> "Writer":
        """Start a paragraph apart, for a cell, a heading or a caption."""
        return Writer(
            self.scope,
            place,
            self.marks,
            footnotes=self.footnotes,
            numbers=self.numbers,
            anchors=self.anchors,
        )

    def paragraph(self) -> str:
        """Give the paragraph that a writer of `inline` has gathered."""
        return paragraph(_dollars_kept(self.runs), self.place)

    def kept(self, tag: str) -> None:
        """Note that an element stays HTML."""
        self.notes.add(Code.HTML_KEPT, f"<{tag}> was kept as HTML")


def _dollars_kept(runs: list[Run]) -> list[Run]:
    """Escape the dollars of text beside a formula, which would be taken for its own."""
    if not any(kind is MARKDOWN and value[:1] == "$" for kind, value, _ in runs):
        return runs
    kept: list[Run] = []
    for run in runs:
        kind, text, marks = run
        if kind is not TEXT or "$" not in text:
            kept.append(run)
            continue
        for number, piece in enumerate(text.split("$")):
            kept += [(MARKDOWN, "\\$", marks)] if number else ()
            kept += [(TEXT, piece, marks)] if piece else ()
    return kept


def add_markdown(runs: list[Run], value: str, marks: Marks) -> None:
    """Add a piece of finished Markdown to runs."""
    if value[:1] == "`" and runs:
        kind, before, around = runs[-1]
        if kind is MARKDOWN and before[-1:] == "`" and around == marks:
            # Side by side their fences would be one.
            runs.pop()
            value = escape.merged_code(before, value)
    runs.append((MARKDOWN, value, marks))


def kind_of(runs: list[Run], kind: str) -> str:
    """Tell images from text, since a caption belongs to the image above it."""
    for what, value, _ in runs:
        if what is TEXT and not value.isspace():
            return kind
        if what is MARKDOWN and not value.startswith("!["):
            return kind
    return "image"


def joined(blocks: list[Block]) -> str:
    """Give blocks with blank lines between them."""
    parts: list[str] = []
    before = ""
    for kind, text, _ in blocks:
        if before:
            # Items without a list make one together.
            parts.append("\n" if kind == before == "stray" else "\n\n")
        parts.append(text)
        before = kind
    return "".join(parts)
