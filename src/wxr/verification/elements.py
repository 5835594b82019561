"""What each element of HTML adds to the facts, by its tag."""

from collections.abc import Mapping
from functools import partial
from re import ASCII, compile as pattern
from types import MappingProxyType
from typing import Final

from wxr.content.tree import COMMENT, TEXT, Node, names
from wxr.verification.facts import LINE, Close, Facts, Rule
from wxr.verification.nodes import children, code_of, text_of, value_of

_CODE_SCHEMES: Final = ("javascript:", "vbscript:", "data:", "file:")
_WRAPS: Final = pattern(r"[\t\n\r]")
_ATTACHMENT: Final = pattern(r"(?:^|\s)wp-image-([0-9]{1,15})(?:\s|$)")
_SIZE: Final = pattern(r"-[0-9]{1,5}x[0-9]{1,5}(?=\.[A-Za-z0-9]+$)")
_SCALED: Final = pattern(r"-(?:scaled|rotated)(?=\.[A-Za-z0-9]+$)")


def gather(root: Node, facts: Facts) -> None:
    """Add what is inside an element, without recursion."""
    stack: list[tuple[Node, Close]] = []
    find = RULES.get
    node = root.first_child
    while True:
        if node is None:
            if not stack:
                return
            node, close = stack.pop()
            close(facts)
            node = node.next
            continue
        name = str(node.tag)
        if name == TEXT:
            facts.text(node.text_content or "")
        elif name == COMMENT:
            _comment(facts, node.comment_content or "")
        else:
            closing = find(name, _transparent)(facts, node)
            if closing is not None:
                stack.append((node, closing))
                node = node.first_child
                continue
        node = node.next


def _comment(facts: Facts, comment: str) -> None:
    number = comment.removeprefix(LINE)
    if facts.is_source:
        _split(facts, comment.strip())
    if not facts.is_source and comment.lstrip().startswith("["):
        facts.add_shortcode(comment)
    elif number != comment and number.isdecimal() and len(number) < 10:  # noqa: PLR2004
        facts.place(int(number))


def _split(facts: Facts, word: str) -> None:
    """Keep apart what a mark of WordPress divides, within a paragraph too."""
    if not facts.in_line and (word == "nextpage" or word.startswith("more")):
        facts.apart()


def _nothing(_facts: Facts) -> None:
    """Close an element that adds nothing."""


def _transparent(_facts: Facts, _node: Node) -> Close:
    return _nothing


def _block(facts: Facts, _node: Node) -> Close:
    facts.apart()
    return Facts.apart


def _skipped(facts: Facts, _node: Node) -> None:
    facts.apart()


def _one_line(facts: Facts, _node: Node) -> Close:
    facts.apart()
    facts.in_line += 1
    return _end_line


def _end_line(facts: Facts) -> None:
    facts.in_line -= 1
    facts.apart()


def _heading(facts: Facts, node: Node) -> Close:
    if any(node.css_first(name) is not None for name in _MORE_THAN_A_LINE):
        return _block(facts, node)
    _one_line(facts, node)
    heading = facts.begin()

    def close(facts: Facts) -> None:
        facts.end_heading(int(str(node.tag)[1]), heading)
        _end_line(facts)

    return close


_MORE_THAN_A_LINE: Final = ("pre", "table", "ul", "ol", "dl", "blockquote")


def _link(facts: Facts, node: Node) -> Close | None:
    names_ = value_of(node, "class")
    if "wp-block-file__button" in names_ or "footnote-backref" in names_:
        return None  # The first says again what stands before it.
    address = value_of(node, "href")
    if not address.strip() or facts.in_pre or _runs_code(address):
        return _nothing
    library = facts.library
    address = (library and library.address(address)) or address
    link = facts.begin(address, optional="data-wxr-auto" in node.attributes)
    return partial(Facts.end_link, link=link)


def _runs_code(address: str) -> bool:
    bare = _WRAPS.sub("", address).strip("\x00 ").lower()
    return bare.startswith(_CODE_SCHEMES)


def _image(facts: Facts, node: Node) -> None:
    address = value_of(node, "src") or value_of(node, "data-src")
    alt = value_of(node, "alt")
    is_data = address.strip().lower().startswith("data:image/")
    if not address.strip() or (_runs_code(address) and not is_data):
        return
    if facts.library is not None and (found := _ATTACHMENT.search(_class(node))):
        file = facts.library.attachment(int(found[1]))
        if file is not None:
            alt = alt or file.alt
            address = file.url if _is_smaller(address, file.url) else address
    facts.add_image(address, alt)


def _class(node: Node) -> str:
    return value_of(node, "class")


def _is_smaller(address: str, original: str) -> bool:
    """Whether an address is a smaller copy of a file of the library."""
    name = address.rpartition("/")[2]
    stem = _SIZE.sub("", name.partition("?")[0])
    return stem != name and stem == _SCALED.sub("", original.rpartition("/")[2])


_TWICE: Final = pattern("&(?:amp|#0*38);")


def _embed(facts: Facts, node: Node) -> Close | None:
    """An object of another site is a link to it; a preview of a file is nothing."""
    if "wp-block-file__embed" in _class(node):
        return None
    sources = [value_of(node, name) for name in ("src", "data", "data-src")]
    sources += [
        value_of(child, "value")
        for child in children(node)
        if child.tag == "param" and value_of(child, "name") in ("movie", "src")
    ]
    address = next(filter(None, sources), "").strip()
    if not address:
        return _block(facts, node)
    if not _runs_code(address):
        address = _TWICE.sub("&", _absolute(address))
        facts.add_link(address, value_of(node, "title"))
    return None


def _script(facts: Facts, node: Node) -> None:
    """A gist is embedded by a script, and is a link to it."""
    found = _GIST.match(value_of(node, "src").strip())
    if found is not None:
        facts.add_link(f"https://{found[1]}", "")


_GIST: Final = pattern(
    r"(?:https?:)?//(gist\.github\.com/[\w./-]{1,200}?)\.js(?:[?#]|\Z)", ASCII
)


def _player(facts: Facts, node: Node) -> Close | None:
    """Audio and video are a link to the file."""
    addresses = [value_of(node, "src")]
    addresses += [
        value_of(child, "src") for child in children(node) if child.tag == "source"
    ]
    address = next((each for each in addresses if each and not _runs_code(each)), "")
    if not address.strip():
        return _block(facts, node)
    name = address.strip().rpartition("/")[2].partition("?")[0]
    facts.add_link(_absolute(address), text_of(node).strip() or name)
    return None


def _absolute(address: str) -> str:
    address = address.strip()
    return f"https:{address}" if address.startswith("//") else address


def _preformatted(facts: Facts, node: Node) -> Close:
    facts.apart()
    if facts.in_pre == 0 and "wp-block-verse" not in _class(node):
        facts.add_code(code_of(node))
    facts.in_pre += 1
    return _end_preformatted


def _end_preformatted(facts: Facts) -> None:
    facts.in_pre -= 1
    facts.apart()


def _cite(facts: Facts, node: Node) -> Close:
    """A quotation's source gets a line and a dash of its own."""
    if not facts.is_source or not _is_source_of_quotation(node):
        return _nothing
    facts.apart()
    facts.text("— ")
    return Facts.apart


def _is_source_of_quotation(node: Node) -> bool:
    parent = node.parent
    if parent is None or not text_of(node).strip():
        return False
    if parent.tag == "p":
        after = node.next
        if after is not None and (text_of(after) or after.text_content or "").strip():
            return False
    elif parent.tag not in ("blockquote", "figure", "footer"):
        return False
    while parent is not None and parent.tag not in _FRAMES:
        parent = parent.parent
    return parent is not None and parent.tag == "blockquote"


_FRAMES: Final = names("blockquote li details")


def _shortcode(facts: Facts, node: Node) -> None:
    facts.add_shortcode(text_of(node))


def _table(facts: Facts, node: Node) -> Close:
    """A table's caption is read after it, where Markdown has to put it."""
    facts.apart()
    captions = [child for child in children(node) if child.tag == "caption"]

    def close(facts: Facts) -> None:
        facts.apart()
        for caption in captions:
            gather(caption, facts)
            facts.apart()

    return close


def _caption(facts: Facts, node: Node) -> Close | None:
    parent = node.parent
    if parent is not None and parent.tag == "table":
        return None
    return _block(facts, node)


def _superscript(facts: Facts, node: Node) -> Close | None:
    """A reference to a footnote is a link to the note of its number."""
    id_ = value_of(node, "data-fn")
    if id_ and facts.is_source:
        facts.add_note(id_, "")
        return None
    if "footnote-ref" in _class(node):
        for child in children(node):
            number = value_of(child, "href").removeprefix("#fn")
            facts.add_reference(int(number) if number.isdecimal() else 0)
        return None
    return _nothing


def _note(facts: Facts, node: Node) -> Close | None:
    """A footnote within the text goes below it, or stands in brackets in a line."""
    if not facts.is_source:
        return _nothing
    if facts.in_line:
        facts.text(" (")
        return _end_bracket
    if text_of(node).strip():
        facts.add_note("", node.inner_html or "")
    return None


def _end_bracket(facts: Facts) -> None:
    facts.text(")")


def _verbatim(facts: Facts, node: Node) -> Close | None:
    """What is Markdown already is read as such."""
    from wxr.verification.rendering import tree_of  # noqa: PLC0415  needs a parser

    if not facts.is_source:
        return _nothing
    facts.apart()
    root = tree_of(text_of(node).strip("\n"), with_math=False)
    library, facts.library = facts.library, None
    facts.is_source = False
    if root is not None:
        gather(root, facts)
    facts.is_source, facts.library = True, library
    facts.apart()
    return None


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        **dict.fromkeys(
            names(
                "address article aside blockquote body br canvas center dd details "
                "dialog dir div dl dt fieldset figure footer form header hgroup hr "
                "legend li main map math menu nav noscript ol optgroup option p "
                "search section select summary svg tbody tfoot thead tr ul"
            ),
            _block,
        ),
        **dict.fromkeys(
            names("noframes style template textarea title xmp"),
            _skipped,
        ),
        **dict.fromkeys(names("figcaption td th"), _one_line),
        **dict.fromkeys(names("h1 h2 h3 h4 h5 h6"), _heading),
        **dict.fromkeys(names("embed iframe object"), _embed),
        **dict.fromkeys(names("audio video"), _player),
        "a": _link,
        "caption": _caption,
        "cite": _cite,
        "img": _image,
        "pre": _preformatted,
        "script": _script,
        "sup": _superscript,
        "table": _table,
        "wxr-comment": _shortcode,
        "wxr-markdown": _verbatim,
        "wxr-note": _note,
    }
)
