"""`[code]`, `[sourcecode]` and the shortcodes named for a language."""

from html import escape, unescape
from re import ASCII, compile as pattern
from types import MappingProxyType
from typing import Final

from wxr.content.scope import Attributes, Scope, tag

LANGUAGES: Final = MappingProxyType(
    {
        "actionscript3": "actionscript",
        "applescript": "applescript",
        "as3": "actionscript",
        "bash": "bash",
        "c": "c",
        "c-sharp": "csharp",
        "cf": "coldfusion",
        "clj": "clojure",
        "clojure": "clojure",
        "coldfusion": "coldfusion",
        "cpp": "cpp",
        "csharp": "csharp",
        "css": "css",
        "delphi": "delphi",
        "diff": "diff",
        "erl": "erlang",
        "erlang": "erlang",
        "fsharp": "fsharp",
        "go": "go",
        "golang": "go",
        "groovy": "groovy",
        "haskell": "haskell",
        "html": "html",
        "java": "java",
        "javafx": "javafx",
        "javascript": "javascript",
        "jfx": "javafx",
        "js": "javascript",
        "jscript": "javascript",
        "latexcode": "latex",
        "matlab": "matlab",
        "obj-c": "objectivec",
        "objc": "objectivec",
        "pascal": "pascal",
        "patch": "diff",
        "perl": "perl",
        "php": "php",
        "pl": "perl",
        "plain": "text",
        "powershell": "powershell",
        "ps": "powershell",
        "py": "python",
        "python": "python",
        "r": "r",
        "rb": "ruby",
        "ruby": "ruby",
        "scala": "scala",
        "shell": "shell",
        "sql": "sql",
        "swift": "swift",
        "text": "text",
        "vb": "vb",
        "vbnet": "vb",
        "xhtml": "html",
        "xml": "xml",
        "xslt": "xml",
    }
)
"""Shortcodes named for the language of the code in them."""

NAMES: Final = frozenset(
    {"code", "sourcecode", "source", "highlight", "cc", "crayon", "enlighter"}
    | LANGUAGES.keys()
)
_MAY_BE_TEXT: Final = frozenset({"plain", "text"})
_CODE_COLORER: Final = pattern(
    r"cc(?P<modes>[bdeilnstwBDEILNSTW]{0,4})(?:_(?P<language>\w+))?", ASCII
)
"""`[ccie_java]`: the modes of CodeColorer, of which `i` is inline, and a language."""


def holds_code(name: str) -> bool:
    """Whether what stands between a shortcode's tags is code."""
    if name in NAMES:
        return True
    found = _CODE_COLORER.fullmatch(name)
    return found is not None and (found["language"] or "c").lower() in LANGUAGES


def expand(
    name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give preformatted code, its text exact and its entities decoded once."""
    colorer = _CODE_COLORER.fullmatch(name)
    language = (
        attributes.get("language")
        or attributes.get("lang")
        or LANGUAGES.get(name)
        or (colorer and colorer["language"])
        or attributes.get("0")
        or ""
    )
    if name == "highlight" and not language:
        return None  # Themes mark text with it.
    if name in _MAY_BE_TEXT and "</" in (content or ""):
        return None  # Builders of pages have a box of this name.
    text = unescape(content or "").strip("\r\n")
    word = "".join(letter for letter in language if letter.isalnum() or letter in "+#-")
    # The parser leaves out one line end after the tag.
    code = tag(
        "code", escape(text, quote=False), class_=f"language-{word}" * bool(word)
    )
    is_inline = colorer is not None and "i" in colorer["modes"]
    return code if is_inline else tag("pre", code)
