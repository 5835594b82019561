"""Code that plugins take from a body as it stands: `<pre lang="php">`.

WP-Syntax, Crayon and CodeColorer cut it out before anything else reads the body, so
what looks like a tag or a reference in it is code. It is HTML as any other where the
plugin is told that an editor has escaped it (`escaped="true"`, `decode:true`), where it
holds no more than a highlighter's own spans, and where the language is a people's.
"""

from html import escape
from re import DOTALL, IGNORECASE, Match, compile as pattern
from typing import Final

from wxr.content.tree import names

# No pattern may scan past the next `<`: hostile bodies would make that quadratic.
_OPENING: Final = pattern(r"<(pre|code)\s[^<>]*>", IGNORECASE)
_CLOSING: Final = {name: pattern(f"</{name}>", IGNORECASE) for name in ("pre", "code")}
_LANGUAGE: Final = pattern(
    r"""\s(?:lang=["']|class=["'](?:[^"']*\s)?lang:)([\w+#.-]+)""", IGNORECASE
)
_ESCAPED: Final = pattern(r"""\sescaped=["']true|[\s"']decode:true""", IGNORECASE)
_MARKED_UP: Final = pattern(
    r"\s*<code\b.*|(?:[^<]|</?(?:span|br)\b[^<>]*>)*", IGNORECASE | DOTALL
)
_PEOPLES: Final = names(
    "ar bg bn ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it"
    " ja ka ko la lt lv mk ms nb nl nn no oc pl pt ro ru sk sl sq sr sv ta th tr uk ur"
    " vi zh"
)


def protect(content: str) -> str:
    """Escape what is code in the listings of plugins, so that it is read as text."""
    if "lang" not in content or "<" not in content:
        return content
    parts: list[str] = []
    kept = 0
    for opening in _OPENING.finditer(content):
        if opening.start() < kept or not _is_listing(opening):
            continue
        name = opening[1].lower()
        closing = _CLOSING[name].search(content, opening.end())
        if closing is None:
            break
        code = content[opening.end() : closing.start()]
        if not _MARKED_UP.fullmatch(code):
            parts += content[kept : opening.start()], _literal(opening, code)
            kept = closing.end()
    return "".join((*parts, content[kept:])) if parts else content


def _is_listing(opening: Match[str]) -> bool:
    """Whether a tag says in what language its code is."""
    found = _LANGUAGE.search(opening[0])
    if found is None or _ESCAPED.search(opening[0]):
        return False
    return not is_peoples(found[1])


def is_peoples(language: str) -> bool:
    """Whether a language is one that people speak, so that it names no code's."""
    return language.partition("-")[0].lower() in _PEOPLES


def _literal(opening: Match[str], code: str) -> str:
    """Give code as HTML; what CodeColorer shows as a block is one."""
    name, tag = opening[1], opening[0]
    if "\n" in code and name.lower() == "code":
        name, tag = "pre", f"<pre{tag[len('<code') :]}"
    return f"{tag}{escape(code, quote=False)}</{name}>"
