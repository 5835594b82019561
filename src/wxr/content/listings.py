"""Code that is in a body as it stands: `<pre lang="php">`, with tags nobody escaped.

WP-Syntax, Crayon and CodeColorer cut it out before anything else reads the body, so
what looks like a tag or a reference in it is code. It is HTML as any other where the
plugin is told that an editor has escaped it (`escaped="true"`, `decode:true`), where it
holds no more than a highlighter's own spans, and where the language is a people's.

SyntaxHighlighter takes it from the page, `<pre class="brush: php">`, where references
are decoded. In any other `<pre>` a name that is none of HTML's is code: no browser
shows anything of `<stdio.h>`.
"""

from html import escape
from re import DOTALL, IGNORECASE, Match, compile as pattern
from typing import Final

from wxr.content.tree import names

# No pattern may scan past the next `<`: hostile bodies would make that quadratic.
_OPENING: Final = pattern(r"<!--|<(pre|code)(?=[\s>])[^<>]*>", IGNORECASE)
_CLOSING: Final = {name: pattern(f"</{name}>", IGNORECASE) for name in ("pre", "code")}
_LANGUAGE: Final = pattern(
    r"""\s(?:lang=["']|class=["'](?:[^"']*\s)?lang:)([\w+#.-]+)""", IGNORECASE
)
_ESCAPED: Final = pattern(r"""\sescaped=["']true|[\s"']decode:true""", IGNORECASE)
_BY_SCRIPT: Final = pattern(
    r"""\s(?:class=["'][^"']*\bbrush:|name=["']code["'])""", IGNORECASE
)
_TAG: Final = pattern(r"<(?:/?([A-Za-z][^\s<>/]*)|\?)")
_SHORTCODE: Final = pattern(
    r"\s*\[((?:source)?code)(?:\s[^\[\]]*)?\](.*)\[/\1\]\s*", DOTALL
)
_COLOURED: Final = pattern(r"<(?:span|br|font)\b", IGNORECASE)
_MARKED_UP: Final = pattern(
    r"\s*<code\b.*|(?:[^<]|</?(?:span|br)\b[^<>]*>)*", IGNORECASE | DOTALL
)
_PEOPLES: Final = names(
    "af am ar az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fil fo fr fy "
    "ga gd gl grc gsw gu he hi hr ht hu hy id ig is it ja ka kk km kn ko ku ky la lb "
    "lo lt lv mg mi mk mn mr ms mt my nb ne nl nn no oc pa pl pt rm ro ru rw si sk sl "
    "so sq sr sv sw ta te tg th tk tl tr ug uk ur uz vi wo xh yi yo zh zu x"
)
_HTML: Final = names(
    "a abbr acronym address area article aside audio b base basefont bdi bdo bgsound "
    "big blink blockquote body br button canvas caption center cite code col colgroup "
    "data datalist dd del details dfn dialog dir div dl dt em embed fieldset "
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header "
    "hgroup hr html i iframe img input ins kbd label legend li link main map mark "
    "marquee math menu meta meter nav nobr noembed noframes noscript object ol "
    "optgroup option output p param picture plaintext pre progress q rb rp rt rtc "
    "ruby s samp script search section select slot small source span strike strong "
    "style sub summary sup svg table tbody td template textarea tfoot th thead time "
    "title tr track tt u ul var video wbr xmp"
)


_INLINE: Final = names(
    "a abbr b br code del em font i ins kbd mark s small span strong sub sup tt u var"
)
_LEFT_BEHIND: Final = pattern(r"(?:[ovwm]|st1):.*|g")
"""Names that office programs and checkers of grammar leave in a text."""


def protect(content: str, *, in_pre: bool = False) -> str:
    """Escape what is code in the listings of a body, so that it is read as text.

    Args:
        content: The body, or what is in a `<pre>` of it.
        in_pre: Which it is.
    """
    if not ("lang" in content or "<pre" in content or "<PRE" in content):
        return content
    parts: list[str] = []
    missing: set[str] = set()
    kept = passed = 0
    for opening in _OPENING.finditer(content):
        if opening.start() < max(kept, passed):
            continue
        if opening[1] is None:
            # Without an end it is none, and neither is any behind it.
            end = -1 if "!--" in missing else content.find("-->", opening.end())
            missing |= {"!--"} if end < 0 else set()
            passed = max(passed, end)
            continue
        name = opening[1].lower()
        if name in missing or (name == "code" and not _is_listing(opening)):
            continue
        closing = _CLOSING[name].search(content, opening.end())
        if closing is None:
            missing.add(name)
            continue
        code = content[opening.end() : closing.start()]
        written = _written(opening, code, in_pre=in_pre)
        parts += content[kept : opening.start()], written
        kept = closing.end()
    return "".join((*parts, content[kept:])) if parts else content


def _written(opening: Match[str], code: str, *, in_pre: bool) -> str:
    """Give a listing as HTML in which only that is a tag which is meant as one."""
    if "wp-block-code" in opening[0]:
        return f"{opening[0]}{code}</{opening[1]}>"  # The editor escapes it.
    if opening[1] == "pre" and (inside := _shortcode(code)):
        return inside
    if _is_listing(opening) and not _is_html(code):
        return _literal(opening, code, in_pre=in_pre)
    if _BY_SCRIPT.search(opening[0]) and not _MARKED_UP.fullmatch(code):
        code = code.replace("<", "&lt;")
    elif "<" in code and not ("<svg" in code or "<math" in code):
        # No end of this element is in it, so what is in here is read but once more.
        code = _TAG.sub(_unless_known, protect(code, in_pre=True))
    return f"{opening[0]}{code}</{opening[1]}>"


def _shortcode(code: str) -> str:
    """Give the shortcode around all the code, which is read in a `<pre>` as anywhere.

    With a highlighter's spans in it, it is no more than text.
    """
    found = _SHORTCODE.fullmatch(code)
    is_alone = found is not None and f"[/{found[1]}]" not in found[2]
    return code.strip() if is_alone and not _COLOURED.search(code) else ""


def _is_html(code: str) -> bool:
    """Whether it is marked up by a highlighter, or by an author in an editor."""
    if _MARKED_UP.fullmatch(code):
        return True
    tags = (found[1] for found in _TAG.finditer(code))
    return "&lt;" in code and all(tag and tag.lower() in _INLINE for tag in tags)


def _unless_known(tag: Match[str]) -> str:
    name = (tag[1] or "").lower()
    is_known = name in _HTML or _LEFT_BEHIND.fullmatch(name)
    return tag[0] if is_known else f"&lt;{tag[0][1:]}"


def _is_listing(opening: Match[str]) -> bool:
    """Whether a tag says in what language its code is."""
    found = _LANGUAGE.search(opening[0])
    if found is None or _ESCAPED.search(opening[0]):
        return False
    return not is_peoples(found[1])


def is_peoples(language: str) -> bool:
    """Whether a language is one that people speak, so that it names no code's."""
    return language.replace("_", "-").partition("-")[0].lower() in _PEOPLES


def _literal(opening: Match[str], code: str, *, in_pre: bool) -> str:
    """Give code as HTML; what CodeColorer shows as a block is one."""
    name, tag = opening[1], opening[0]
    if "\n" in code and name.lower() == "code" and not in_pre:
        name, tag = "pre", f"<pre{tag[len('<code') :]}"
    return f"{tag}{escape(code, quote=False)}</{name}>"
