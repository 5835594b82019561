"""`[code]`, `[sourcecode]` and the shortcodes named for a language."""

from html import escape, unescape
from types import MappingProxyType
from typing import Final

from wxr.content.scope import Attributes, Scope, tag

LANGUAGES: Final = MappingProxyType(
    {
        "actionscript3": "actionscript",
        "applescript": "applescript",
        "bash": "bash",
        "clojure": "clojure",
        "coldfusion": "coldfusion",
        "cpp": "cpp",
        "csharp": "csharp",
        "css": "css",
        "diff": "diff",
        "erlang": "erlang",
        "fsharp": "fsharp",
        "go": "go",
        "groovy": "groovy",
        "haskell": "haskell",
        "html": "html",
        "java": "java",
        "javafx": "javafx",
        "javascript": "javascript",
        "js": "javascript",
        "latexcode": "latex",
        "matlab": "matlab",
        "objc": "objectivec",
        "perl": "perl",
        "php": "php",
        "powershell": "powershell",
        "python": "python",
        "r": "r",
        "ruby": "ruby",
        "scala": "scala",
        "shell": "shell",
        "sql": "sql",
        "vb": "vb",
        "xml": "xml",
    }
)
"""Shortcodes named for the language of the code in them."""

NAMES: Final = frozenset(
    {"code", "sourcecode", "source", "highlight", "cc", "crayon", "enlighter"}
    | LANGUAGES.keys()
)


def expand(
    name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give preformatted code, its text exact and its entities decoded once."""
    language = (
        attributes.get("language")
        or attributes.get("lang")
        or LANGUAGES.get(name)
        or attributes.get("0", "")
    )
    if name == "highlight" and not language:
        return None  # Themes mark text with it.
    text = unescape(content or "").strip("\r\n")
    word = "".join(letter for letter in language if letter.isalnum() or letter in "+#-")
    return tag(
        "pre",
        # The parser leaves out one line end after the tag.
        tag("code", escape(text, quote=False), class_=f"language-{word}" * bool(word)),
    )
