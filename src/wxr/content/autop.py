"""WordPress' automatic paragraphs: what `wpautop` makes of a classic body.

The order of the steps is WordPress' (`wp-includes/formatting.php`), since each step
sees what the one before has made; so is every oddity that a page shows.
"""

from re import ASCII, IGNORECASE, Match, compile as pattern
from typing import Final

# Grouped by first letter, which is what the regex engine decides by.
_BLOCKS: Final = (
    "a(?:ddress|rea|rticle|side)|blockquote|c(?:aption|ol(?:group)?)"
    "|d(?:etails|iv|[dlt])|f(?:i(?:eldset|g(?:caption|ure))|o(?:oter|rm))"
    "|h(?:[1-6r]|eader|group)|l(?:egend|i)|m(?:a(?:p|th)|enu)|nav|ol|p(?:re)?"
    "|s(?:ection|tyle|ummary)|t(?:able|body|foot|head|[dhr])|ul"
)
# All white space is ASCII here: a non-breaking space is text to WordPress.
# No pattern may start in the middle of a run that it then scans to its end, and
# none may scan past the next `<`: hostile bodies would make them quadratic.
_DOUBLE_BR: Final = pattern(r"<br\s*/?>\s*?<br\s*/?>", ASCII)
_OPENING: Final = pattern(rf"<(?=(?:{_BLOCKS})[\s/>])", ASCII)
_CLOSING: Final = pattern(rf"</(?:{_BLOCKS})>")
_RULE: Final = pattern(r"<hr\s*?/?>", ASCII)
_BREAKING_TAG: Final = pattern(r"<[^<>\n]*\n[^<>]*>")
_BLANK_LINE: Final = pattern(r"\n[ \t\r\f\v]*\n\s*", ASCII)
_EMPTY: Final = pattern(r"<p>\s*</p>", ASCII)
_UNCLOSED: Final = pattern(r"<p>([^<]+)</(div|address|form)>")
_AROUND: Final = pattern(rf"<p>\s*(</?(?:{_BLOCKS})[^<>]*>)\s*</p>", ASCII)
_ITEM: Final = pattern(r"<p>(<li(?:[^<\n]|<(?!/?p>))+)</p>")
_QUOTE: Final = pattern(r"<p><blockquote([^<>]*)>", IGNORECASE)
_BEFORE: Final = pattern(rf"<p>\s*(?=</?(?:{_BLOCKS})[^<>]*>)", ASCII)
_AFTER: Final = pattern(rf"(</?(?:{_BLOCKS})[^<>]*>)\s*</p>", ASCII)
_VERBATIM: Final = pattern(
    r"<(script|style|svg)(?:[^<]|<(?!/?(?:script|style|svg)\b))*</\1>"
)
_LOOSE_BR: Final = pattern(r"<br\s*/?>", ASCII)
_BR_AFTER: Final = pattern(rf"(</?(?:{_BLOCKS})[^<>]*>)\s*<br />", ASCII)
_BR_BEFORE: Final = pattern(
    r"<br />(?=\s*</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)[^<>]*>)", ASCII
)

_ACROSS: Final = pattern(
    r"</?(?:figcaption|o(?:bject|ption)|s(?:cript|ource|tyle|vg)|track)"
)
_BLOCK_TAG: Final = pattern(rf"</?(?:{_BLOCKS})[^<>]*>")
_BARE_P: Final = pattern(r"(?:<p>)?\s*(?:</p>)?", ASCII)
_BLANKS: Final = " \t\r\f\v"
_MEETING: Final = frozenset("<> \t\r\f\v\n")

# Marks that no text holds: a line end that must not become a break, and a `<pre>`.
_KEPT_LINE: Final = "\x00"
_KEPT_PRE: Final = "\x01"
_PRE_MARK: Final = pattern(rf"<pre {_KEPT_PRE}(\d+)></pre>")

# WordPress draws the parts of these together, so that no paragraph comes between.
_COLLAPSED: Final = tuple(
    (needle, pattern(expression, ASCII))
    for needle, expression in (
        ("<option", r"(?<!\s)\s*(<option)"),
        ("</option>", r"(</option>)\s*"),
        ("</object>", r"(<object[^<>]*>)\s*"),
        ("</object>", r"(?<!\s)\s*(</object>)"),
        ("</object>", r"(?<!\s)\s*(</?(?:param|embed)[^<>]*>)\s*"),
        ("<source", r"([<\[](?:audio|video)[^<>\[\]]*[>\]])\s*"),
        ("<source", r"(?<!\s)\s*([<\[]/(?:audio|video)[>\]])"),
        ("<source", r"(?<!\s)\s*(<(?:source|track)[^<>]*>)\s*"),
        ("<track", r"([<\[](?:audio|video)[^<>\[\]]*[>\]])\s*"),
        ("<track", r"(?<!\s)\s*([<\[]/(?:audio|video)[>\]])"),
        ("<track", r"(?<!\s)\s*(<(?:source|track)[^<>]*>)\s*"),
        ("<figcaption", r"(?<!\s)\s*(<figcaption[^<>]*>)"),
        ("<figcaption", r"(</figcaption>)\s*"),
    )
)


def autop(text: str) -> str:
    """Give the HTML that WordPress shows for text with blank lines in it."""
    if not text or text.isspace():
        return ""
    if "<" not in text:
        lines = [piece.replace("\n", "<br />\n") for piece in pieces(text)]
        return "".join([f"<p>{piece}</p>\n" for piece in lines])
    text = _unmarked(text)
    text, protected = _without_pre(text + "\n")
    across = _ACROSS.search(text) is not None
    text = _formed(_separated(text, across=across), across=across)
    return _with_pre(text.replace(_KEPT_LINE, "\n"), protected)


def pieces(text: str) -> list[str]:
    """Give the paragraphs of text without markup, their lines as they are."""
    return _between_blank_lines(_unix(_unmarked(text)))


def _between_blank_lines(text: str) -> list[str]:
    return [piece for part in _BLANK_LINE.split(text) if (piece := part.strip("\n"))]


def _unmarked(text: str) -> str:
    return text.replace(_KEPT_LINE, "").replace(_KEPT_PRE, "")


def _formed(text: str, *, across: bool) -> str:
    """Make paragraphs of pieces between blank lines.

    What is done to a piece depends on nothing outside it, but for code, which may hold
    blank lines, for parts that were drawn together, and for bare paragraph tags, which
    meet across pieces. With these, each pattern searches the whole text, which takes
    several times as long.
    """
    parts = _between_blank_lines(text)
    has_p = "<p>" in text or "</p>" in text
    if across or (has_p and any(map(_BARE_P.fullmatch, parts))):
        text = "".join([f"<p>{piece}</p>\n" for piece in parts])
        text = _broken(_unwrapped(text))
    else:
        text = "".join(map(_piece, parts))
    if "<br" in text:
        text = _BR_BEFORE.sub("", text)
    return text.replace("\n</p>", "</p>")


def _piece(piece: str) -> str:
    """Make a paragraph of a piece, if it is not a block or part of one.

    Block tags stand only at the edges of pieces.
    """
    if piece[0] in _BLANKS or piece[-1] in _BLANKS or "blockquote" in piece:
        return _broken(_unwrapped(f"<p>{piece}</p>\n"))
    starts = piece[0] == "<" and _BLOCK_TAG.match(piece)
    ends = piece[-1] == ">" and _BLOCK_TAG.fullmatch(piece, piece.rfind("<"))
    has_break = "\n" in piece or "<br" in piece
    if starts and ends and not has_break and _stands(piece):
        return f"{piece}\n"
    if starts or ends or piece[:3].lower() in ("<bl", "<li"):
        return _broken(_unwrapped(f"<p>{piece}</p>\n"))
    return _broken(f"<p>{piece}</p>\n") if has_break else f"<p>{piece}</p>\n"


def _without_pre(text: str) -> tuple[str, list[str]]:
    """Put a mark for each `<pre>…</pre>`, whose lines are nobody's business."""
    protected: list[str] = []
    if "<pre" not in text:
        return text, protected
    *parts, rest = text.split("</pre>")
    out: list[str] = []
    for part in parts:
        start = part.find("<pre")
        if start < 0:
            out.append(part)
            continue
        out += part[:start], f"<pre {_KEPT_PRE}{len(protected)}></pre>"
        protected.append(part[start:] + "</pre>")
    return "".join((*out, rest)), protected


def _with_pre(text: str, protected: list[str]) -> str:
    if not protected:
        return text
    return _PRE_MARK.sub(lambda found: protected[int(found[1])], text)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _separated(text: str, *, across: bool) -> str:
    """Put blank lines around block tags, and none within any tag."""
    if "<br" in text:
        text = _DOUBLE_BR.sub("\n\n", text)
    text = _OPENING.sub("\n\n<", text)
    text = _CLOSING.sub(_apart, text)
    if "<hr" in text:
        text = _RULE.sub(_apart, text)
    text = _unix(text)
    text = _BREAKING_TAG.sub(_kept_lines, text)
    for needle, regex in _COLLAPSED if across else ():
        if needle in text:
            text = regex.sub(r"\1", text)
    return text


def _apart(found: Match[str]) -> str:
    # A replacement with a group in it would be several times as slow.
    return f"{found[0]}\n\n"


def _first(found: Match[str]) -> str:
    return found[1]


def _kept_lines(found: Match[str]) -> str:
    return found[0].replace("\n", _KEPT_LINE)


def _unwrapped(text: str) -> str:
    """Take the paragraphs off block tags again."""
    text = _EMPTY.sub("", text)
    text = _UNCLOSED.sub(r"<p>\1</p></\2>", text)
    text = _AROUND.sub(_first, text)
    if "<li" in text:
        text = _ITEM.sub(r"\1", text)
    if "<blockquote" in text or "<B" in text or "<b" in text:
        text = _QUOTE.sub(r"<blockquote\1><p>", text)
    text = text.replace("</blockquote></p>", "</p></blockquote>")
    text = _BEFORE.sub("", text)
    return _AFTER.sub(_first, text)


def _stands(piece: str) -> bool:
    """Whether no bare paragraph tag at an edge meets another tag there."""
    opens, closes = piece[:3] == "<p>", piece[-4:] == "</p>"
    if not (opens or closes):
        return True
    text = piece[3:-4]
    edges = text[:1] + text[-1:]
    return opens and closes and edges != "" and not _MEETING.intersection(edges)


def _has_verbatim(text: str) -> bool:
    return "<script" in text or "<style" in text or "<svg" in text


def _broken(text: str) -> str:
    """Make breaks of the single line ends that are left within paragraphs."""
    if _has_verbatim(text):
        text = _VERBATIM.sub(_kept_lines, text)
    text = _LOOSE_BR.sub("<br />", text) if "<br" in text else text
    text = _with_breaks(text)
    return _BR_AFTER.sub(_first, text) if "<br" in text else text


def _with_breaks(text: str) -> str:
    """Put a break before each line end, but for those that have one, or need none.

    A break after `</p>` would be taken away again, so none is put there. White space
    around a break goes, be it blank lines.
    """
    *lines, last = text.split("\n")
    out: list[str] = []
    after_break = False
    for line in lines:
        if after_break:
            line = line.lstrip(_BLANKS)  # noqa: PLW2901  as the next line begins there
            if not line:
                continue
        core = line.rstrip(_BLANKS)
        after_break = not core.endswith(("<br />", "</p>"))
        out.append(f"{core}<br />\n" if after_break else f"{line}\n")
    out.append(last.lstrip(_BLANKS) if after_break else last)
    return "".join(out)
