"""Blocks as editors write them, read without a parser."""

from collections.abc import Callable, Mapping
from functools import partial
from re import compile as pattern
from types import MappingProxyType
from typing import Final, TypeAlias

from wxr.content.tree import names
from wxr.markdown import code, escape, lists
from wxr.markdown.containers import add_caption, add_quote, is_gallery
from wxr.markdown.inline import paragraph
from wxr.markdown.places import Place
from wxr.markdown.runs import EMPHASIS
from wxr.markdown.usual import tables
from wxr.markdown.usual.page import Page
from wxr.markdown.usual.tags import Attributes, Unusual, attributes_of, name_of, text_of
from wxr.markdown.writer import Block, Steps, add_steps

Reader: TypeAlias = Callable[[Page, int], tuple[Steps, int]]
"""From the index of a tag to what it adds, and the index of the tag after it."""

_APART: Final = pattern(
    r"!--(?:more|nextpage)--\Z|/?(?:a(?:ddress|rticle|side|udio)|blockquote|c(?:anvas"
    r"|aption|enter|ol(?:group)?)|d(?:etails|i[rv]|[dlt])|embed|f(?:i(?:eldset|g(?:caption"
    r"|ure))|o(?:oter|rm))|h(?:[1-6r]|eader|group)|iframe|l(?:egend|i)|m(?:a(?:in|p|th)"
    r"|enu)|nav|no(?:embed|script)|o(?:bject|l)|p(?:re)?|s(?:cript|e(?:arch|ction|lect)"
    r"|tyle|ummary|vg)|t(?:able|body|e(?:mplate|xtarea)|foot|head|[dhr])|ul|video)"
    r"(?![A-Za-z0-9-])"
)
"""Where a paragraph ends that has no `<p>`."""

_MARKS: Final = ("!--more--", "!--nextpage--")
_VOID: Final = names("col embed hr")
_UNSAYABLE: Final = ("start", "reversed", "type")


def read(page: Page, position: int) -> tuple[Steps, int]:
    """Read the next block; gives what it adds, and the position behind it.

    Raises:
        Unusual: It takes a parser.
    """
    if page.tokens.is_blank(position):
        index = position // 2
        tag = page.tokens.tags[index]
        reader = _READERS.get(tag.partition(" ")[0])
        if reader is not None:
            steps, index = reader(page, index)
            return steps, 2 * index
    return _unwrapped(page, position)


def after(page: Page, position: int) -> int:
    """Give where what cannot be read here ends: an element, or text without any."""
    tags, index = page.tokens.tags, position // 2
    end = _apart(tags, index)
    if end > index or not page.tokens.is_blank(position):
        return 2 * end + 1
    name = name_of(tags[index])
    if name[:1].isalpha() and not name.isalnum():
        return len(page.tokens.parts)
    if name in _VOID or not name.isalnum():
        return 2 * index + 2
    depth = 0
    for place in range(index, len(tags)):
        depth += name_of(tags[place]) == name
        depth -= tags[place] == f"/{name}"
        if not depth:
            return 2 * place + 2
    return len(page.tokens.parts)


def _apart(tags: list[str], index: int) -> int:
    """Find the next tag of a block; the end is one."""
    while tags[index] and not _APART.match(tags[index]):
        index += 1
    return index


def _unwrapped(page: Page, position: int) -> tuple[Steps, int]:
    """Read text up to the next block."""
    index = position // 2
    end = _apart(page.tokens.tags, index)
    is_nothing = end == index and page.tokens.is_blank(position)
    if is_nothing or position % 2 or (page.around and not page.tokens.tags[end]):
        raise Unusual
    return [*page.paragraph(index, end, "text")], 2 * end + 1


def _mark(page: Page, index: int) -> tuple[Steps, int]:
    """Read a mark that splits the post."""
    return [Block("other", f"<{page.tokens.tags[index]}>")], index + 1


def _paragraph(page: Page, index: int) -> tuple[Steps, int]:
    if page.tokens.tags[index] != "p":
        page.attributes(index)
    end = page.closing("/p", index)
    if end == index + 2 and page.tokens.tags[index + 1] in _MARKS:
        page.refuse_text(index + 1)
        page.refuse_text(end)
        return _mark(page, index + 1)[0], end + 1
    return [*page.paragraph(index + 1, end, "p")], end + 1


def _heading(page: Page, index: int) -> tuple[Steps, int]:
    page.attributes(index)
    name = name_of(page.tokens.tags[index])
    end = page.closing(f"/{name}", index)
    text = page.line(index + 1, end, Place.LINE)
    if not text:
        raise Unusual
    signs = "#" * int(name[1])
    return [Block("other", f"{signs} {escape.heading_end(text)}")], end + 1


def _rule(page: Page, index: int) -> tuple[Steps, int]:
    page.attributes(index)
    return [Block("rule", "---")], index + 1


def _preformatted(page: Page, index: int) -> tuple[Steps, int]:
    places = [page.attributes(index)]
    if "wp-block-verse" in places[0].get("class", ""):
        raise Unusual
    if page.around and name_of(page.around[-1]) == "div":
        places.append(attributes_of(page.around[-1]))
    # Browsers pass over a line end right after the tag.
    text, end = page.tokens.raw(index + 1).removeprefix("\n"), index + 1
    if not text and name_of(page.tokens.tags[end]) == "code":
        places.append(page.attributes(end))
        text, end = _code(page, end + 1)
    if page.tokens.tags[end] != "/pre":
        raise Unusual
    return [Block("other", code.fence(text_of(text), code.named(places)))], end + 1


def _code(page: Page, index: int) -> tuple[str, int]:
    """Read the only element in a `<pre>`, which holds all its text."""
    tokens = page.tokens
    if tokens.tags[index] != "/code" or tokens.raw(index + 1):
        raise Unusual
    return tokens.raw(index), index + 1


def _list(page: Page, index: int) -> tuple[Steps, int]:
    tags = page.tokens.tags
    tag = name_of(tags[index])
    start = _first_number(tag, page.attributes(index))
    page.enter(index)
    items: list[list[Block]] = []
    index += 1
    while tags[index] != f"/{tag}":
        page.refuse_text(index)
        item, index = _item(page, index)
        items.append(item)
    page.refuse_text(index)
    page.leave()
    return [partial(lists.add, start=start, items=items)], index + 1


def _first_number(tag: str, attributes: Attributes) -> int | None:
    """Give the number of a list's first item; none where it has bullets."""
    if is_gallery(attributes.get("class", "")):
        raise Unusual
    if tag != "ol":
        return None
    if any(name in attributes for name in _UNSAYABLE):
        raise Unusual
    return 1


def _item(page: Page, index: int) -> tuple[list[Block], int]:
    """Read an item: a line, and lists below it."""
    tags = page.tokens.tags
    if name_of(tags[index]) != "li" or "value" in page.attributes(index):
        raise Unusual
    end = _apart(tags, index + 1)
    blocks = page.paragraph(index + 1, end, "text")
    while name_of(tags[end]) in ("ul", "ol"):
        steps, end = _list(page, end)
        add_steps(steps, blocks)
        page.refuse_text(end)
    if tags[end] != "/li":
        raise Unusual
    return blocks, end + 1


def _quote(page: Page, index: int) -> tuple[Steps, int]:
    steps, end = _division(page, index)
    inside: list[Block] = []
    add_steps(steps, inside)
    return [partial(add_quote, inside=inside)], end


def _division(page: Page, index: int) -> tuple[Steps, int]:
    """Read all blocks inside an element."""
    tags = page.tokens.tags
    page.attributes(index)
    page.enter(index)
    closing = f"/{name_of(tags[index])}"
    steps: Steps = []
    position = 2 * index + 2
    while (tag := _next_tag(page, position)) != closing:
        if name_of(tag) == "cite":
            more, place = _source(page, position // 2)
            position = 2 * place
        else:
            more, position = read(page, position)
        steps += more
    page.leave()
    return steps, position // 2 + 1


def _next_tag(page: Page, position: int) -> str:
    """Give the tag that comes next, if nothing that shows is before it."""
    tokens = page.tokens
    return tokens.tags[position // 2] if tokens.is_blank(position) else ""


def _source(page: Page, index: int) -> tuple[Steps, int]:
    """Read what says where a quotation is from."""
    page.attributes(index)
    end = page.closing("/cite", index)
    text = paragraph(page.runs(index + 1, end, Place.LINE, (EMPHASIS,)), Place.LINE)
    if not text or name_of(page.around[-1]) != "blockquote":
        raise Unusual
    return [Block("other", f"— {text}")], end + 1


def _caption(page: Page, index: int) -> tuple[Steps, int]:
    attributes = page.attributes(index)
    end = page.closing("/figcaption", index)
    text = paragraph(page.runs(index + 1, end, Place.LINE, (EMPHASIS,)))
    of_gallery = "gallery-caption" in attributes.get("class", "")
    return [partial(add_caption, text=text, of_gallery=of_gallery)], end + 1


_READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "blockquote": _quote,
        "figcaption": _caption,
        **dict.fromkeys(("hr", "hr/"), _rule),
        **dict.fromkeys(_MARKS, _mark),
        "p": _paragraph,
        "pre": _preformatted,
        "table": tables.read,
        **dict.fromkeys(("ol", "ul"), _list),
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
        **dict.fromkeys(
            names("article aside center div figure footer header main section"),
            _division,
        ),
    }
)
