"""`[toc]`, a table of the page's headings, which the site or its generator makes."""

from html import escape
from typing import Final

from wxr.content.scope import Attributes, Scope, tag
from wxr.content.tree import names
from wxr.diagnostics import Code

NAMES: Final = names("ez-toc ez_toc lwptoc rank_math_toc toc wpdiscuz_toc")


def expand(
    name: str, _attributes: Attributes, _content: str | None, scope: Scope
) -> str:
    """Give what the flavour has for it, or nothing, and say so."""
    if scope.context.flavour.toc:
        return contents(scope)
    scope.notes.add(Code.LEFT_OUT, f"[{name}] shows the page's headings")
    return ""


def contents(scope: Scope) -> str:
    """Give the flavour's own table of contents."""
    return tag("wxr-markdown", escape(scope.context.flavour.toc))
