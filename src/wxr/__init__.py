"""WordPress exports to Markdown, JSON and SQL, with nothing lost in silence.

import wxr

for record in wxr.read("blog.xml"):
    ...
report = wxr.convert("blog.xml", "site", to="markdown")
report = wxr.repair("blog.xml", "clean.xml")
"""

from wxr import _version
from wxr.cleaning import repair
from wxr.convert import convert, read
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
