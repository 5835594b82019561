"""Text that must stay text: what Markdown would take for markup gets a backslash.

Each substitution is guarded by `in`, which is far faster than any regex, and none
uses `str.translate`, which is slow on text that is not ASCII.
"""

from re import VERBOSE, Match, compile as pattern
from typing import Final

# A backslash is itself before what cannot be escaped; what follows the piece can be.
_BACKSLASH: Final = pattern(r"\\(?![A-Za-z0-9 ])")
# Each pattern begins with a letter of its own, which is what makes it fast to search.
# Within a word an underscore is no emphasis: snake_case.
_UNDERSCORE: Final = pattern(r"_(?:(?<![^\W_]_)|(?![^\W_]))")
# `[sic]` and `[1]` cannot be links, for there are no reference definitions. But
# `[x] ` is a task, `[^1]` a footnote, `[!NOTE]` an alert, `[[x]]` a wiki link.
_BRACKET: Final = pattern(
    r"\[(?:(?=[xX ]\])|(?!(?:/|[^\W_])(?:[^\[\]\\`*_<&~\n\0]{0,98})\](?![(:\[])))"
)
_LESS_THAN: Final = pattern(r"<(?=[A-Za-z/!?\0]|\Z)")
_ENTITY: Final = pattern(
    r"&(?=[A-Za-z][A-Za-z0-9]{1,31};|\#[0-9]{1,7};|\#[xX][0-9A-Fa-f]{1,6};|\0|\Z)",
    VERBOSE,
)
_TILDE: Final = pattern(r"~(?:(?!\s)|(?<!\s~))")
_LINE_START: Final = pattern(
    r"""
    \#{1,6}(?=[ \t]|\Z)                # "#1" is not a heading
  | >                                  # ">1" is a quotation
  | [-+](?=[ \t]|\Z)                   # "-1" is not a list
  | (?P<number>[0-9]{1,9})(?=[.)](?:[ \t]|\Z))  # "1984. A year" would be a list
  | [=]+[ \t]*\Z                       # underlines the line above as a heading
  | [-|:][-|:\ \t]*\Z                  # a rule, or the line below a table's head
  | \+\+\+[ \t]*\Z | :::                     # front matter and fences of other tools
    """,
    VERBOSE,
)
_CLOSING: Final = pattern(r"(?<![^ ])(#+)\Z")
_LINE_STARTERS: Final = frozenset("#>-+=|:0123456789")
_IN_URL: Final = pattern(r"[\x00-\x20\x7f<>\\`|\"\s]")
_SCHEME: Final = pattern(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")
_CODE_SCHEMES: Final = frozenset(("javascript", "vbscript", "data", "file"))


def text(value: str, *, in_link: bool = False, in_cell: bool = False) -> str:
    """Escape text wherever in a line it stands; `line_start` does the rest.

    Texts that NUL joins are escaped as if each were alone.
    """
    if "\\" in value:
        value = _BACKSLASH.sub(r"\\\\", value)
    if "*" in value:
        value = value.replace("*", "\\*")
    if "_" in value:
        value = _UNDERSCORE.sub(r"\\_", value)
    if "`" in value:
        value = value.replace("`", "\\`")
    if "<" in value:
        value = _LESS_THAN.sub(r"\\<", value)
    if "&" in value:
        value = _ENTITY.sub(r"\\&", value)
    if "~" in value:
        value = _TILDE.sub(r"\\~", value)
    if "[" in value or "]" in value:
        value = _brackets(value, in_link=in_link)
    if in_cell and "|" in value:
        value = value.replace("|", "\\|")
    return value


def _brackets(value: str, *, in_link: bool) -> str:
    # Within a link's text every bracket counts.
    if in_link:
        return value.replace("[", "\\[").replace("]", "\\]")
    return _BRACKET.sub(r"\\[", value)


def heading_end(value: str) -> str:
    """Escape what would be taken for the closing sequence of a heading."""
    return _CLOSING.sub(r"\\\1", value) if value.endswith("#") else value


def line_start(value: str) -> str:
    """Escape what would be block markup at the start of a line of escaped text."""
    if value[:1] not in _LINE_STARTERS:
        return value
    return (
        _LINE_START.sub(_escaped_start, value, count=1)
        if (_LINE_START.match(value))
        else value
    )


def _escaped_start(found: Match[str]) -> str:
    return f"{found[0]}\\" if found["number"] else f"\\{found[0]}"


def destination(url: str) -> str:
    """Give a URL that a link's parentheses can hold, otherwise as it is."""
    url = url.strip(" \t\n\r\f")
    if _IN_URL.search(url):
        url = _IN_URL.sub(_percent, url)
    if "&" in url and _ENTITY.search(url):
        # Whatever follows a URL ends what would be a reference at its end.
        url = _ENTITY.sub("&amp;", f"{url})")[:-1]
    if ("(" in url or ")" in url) and not _is_balanced(url):
        url = url.replace("(", "%28").replace(")", "%29")
    return url


def _percent(found: Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _is_balanced(url: str) -> bool:
    depth = 0
    for letter in url:
        depth += (letter == "(") - (letter == ")")
        # CommonMark promises no more than 32 levels.
        if not 0 <= depth <= 32:  # noqa: PLR2004
            return False
    return depth == 0


def has_entity(value: str) -> bool:
    """Whether some part of text would be decoded as a reference."""
    return "&" in value and _ENTITY.search(value) is not None


def scheme(url: str) -> str:
    """Give a URL's scheme in lower case; empty where it is relative."""
    found = _SCHEME.match(url)
    return found[1].lower() if found else ""


def runs_code(url: str) -> bool:
    """Whether following a URL could run code, so that no renderer links it."""
    if url.startswith(("http", "/", "#", "mailto:")):
        return False
    # Browsers look through line ends and tabs within a scheme.
    bare = url.replace("\n", "").replace("\t", "").replace("\r", "")
    return scheme(bare) in _CODE_SCHEMES


def title(value: str) -> str:
    """Give a link's title with its quotes, and the blank before it."""
    if not value or value.isspace():
        return ""
    value = " ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"')
    if "&" in value:
        value = _ENTITY.sub("&amp;", value)
    return f' "{value}"'


def attribute(value: str) -> str:
    """Give the value of an attribute, to stand between double quotes."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return " ".join(value.replace('"', "&quot;").split())


def longest_run(value: str, letter: str) -> int:
    """Give the length of the longest run of a letter."""
    longest = 0
    while letter * (longest + 1) in value:
        longest += 1
    return longest


def code_span(value: str) -> str:
    """Give inline code; the fence is longer than any run inside."""
    value = value.replace("\n", " ")
    if "`" not in value:
        # One blank on both sides is taken off again.
        padded = value[:1] == value[-1:] == " " and not value.isspace()
        return f"` {value} `" if padded else f"`{value}`"
    lengths = {len(run) for run in _BACKTICKS.findall(value)}
    fence = next("`" * n for n in range(1, len(lengths) + 2) if n not in lengths)
    return f"{fence} {value} {fence}"


def merged_code(one: str, other: str) -> str:
    """Make one span of inline code of two that stand side by side."""
    return code_span(_code_text(one) + _code_text(other))


def _code_text(span: str) -> str:
    width = len(span) - len(span.lstrip("`"))
    text = span[width:-width]
    is_padded = text[:1] == text[-1:] == " " and not text.isspace()
    return text[1:-1] if is_padded else text


def fenced(value: str, language: str) -> str:
    """Give a fenced block of code, the fence longer than any run of its kind."""
    fence = "`" * max(3, longest_run(value, "`") + 1)
    return f"{fence}{language}\n{value}\n{fence}"


_BACKTICKS: Final = pattern("`+")
