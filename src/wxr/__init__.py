"""WordPress exports to Markdown, JSON and SQL, with nothing lost in silence.

import wxr

for record in wxr.read("blog.xml"):
    ...
report = wxr.convert("blog.xml", "site", to="markdown")
report = wxr.repair("blog.xml", "clean.xml")
"""

from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, Final

from wxr import _version

if TYPE_CHECKING:
    from wxr.cleaning import repair
    from wxr.conversion import convert, read
    from wxr.diagnostics import Diagnostic
    from wxr.errors import WxrError
    from wxr.ledger import Report
    from wxr.model import Author, Comment, Meta, Post, Site, Term, TermRef, plain

__version__ = _version.VERSION

__all__ = [
    "Author",
    "Comment",
    "Diagnostic",
    "Meta",
    "Post",
    "Report",
    "Site",
    "Term",
    "TermRef",
    "WxrError",
    "__version__",
    "convert",
    "plain",
    "read",
    "repair",
]

_HOMES: Final = MappingProxyType(
    {
        "Diagnostic": "diagnostics",
        "Report": "ledger",
        "WxrError": "errors",
        "convert": "conversion",
        "read": "conversion",
        "repair": "cleaning",
    }
)
"""Where names are that are not in `model`."""


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever the name stands for
    """Load what is asked for: the command is there before all of the library is."""
    if name not in __all__:
        return _submodule(name)
    module = import_module(f"{__name__}.{_HOMES.get(name, 'model')}")
    value = globals()[name] = getattr(module, name)
    return value


def _submodule(name: str) -> ModuleType:
    full = f"{__name__}.{name}"
    if name.startswith("_") or find_spec(full) is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(full)


def __dir__() -> list[str]:
    return sorted(__all__)
