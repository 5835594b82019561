"""What the rules of blocks and shortcodes share while one body is prepared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TypeAlias

from wxr.content.context import Context
from wxr.content.notes import Notes
from wxr.diagnostics import Code

Attributes: TypeAlias = Mapping[str, str]
"""A shortcode's attributes: names in lower case, positions as `"0"`, `"1"`, …"""


@dataclass(slots=True)
class Scope:
    """One body on its way to HTML."""

    context: Context = field(default_factory=Context)
    notes: Notes = field(default_factory=Notes)
    patterns: tuple[int, ...] = ()
    """The synced patterns this body stands in, so that none holds itself."""

    def unresolved(self, what: str) -> None:
        """Note that a body refers to something the export does not hold."""
        self.notes.add(Code.UNRESOLVED, what)


def tag(name: str, content: str | None = None, **attributes: str | None) -> str:
    """Give an element's HTML; `content` is HTML, None makes the tag void.

    Attributes that are None or empty are left out, and `_` reads as `-`.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>" + ("" if content is None else f"{content}</{name}>")
