"""Images, players and embeds."""

from collections.abc import Callable, Mapping
from re import compile as pattern
from typing import Final, TypeAlias

from wxr.content.tree import Node
from wxr.diagnostics import Code
from wxr.markdown import escape, fallback, templates
from wxr.markdown.node import attribute, children, text_of
from wxr.markdown.places import Place
from wxr.markdown.runs import collapse
from wxr.markdown.writer import Writer

Attributes: TypeAlias = Mapping[str, str | None]

_ATTACHMENT: Final = pattern(r"(?:^|\s)wp-image-([0-9]{1,15})(?:\s|$)")
_DATA_IMAGE: Final = pattern(r"\s*data:image/")
_COMMON_IMAGE: Final = pattern(r"\s*data:image/(?:png|gif|jpeg|webp);")
_SIZE: Final = pattern(r"-[0-9]{1,5}x[0-9]{1,5}(?=\.[A-Za-z0-9]+$)")
_SCALED: Final = pattern(r"-(?:scaled|rotated)(?=\.[A-Za-z0-9]+$)")
_TWICE: Final = pattern("&(?:amp|#0*38);")
"""What stands for `&` in addresses that were escaped twice."""


def address(writer: Writer, url: str) -> str:
    """Give a link's new address, where it leads to another page of the site."""
    library = writer.scope.context.library
    url = (library.address(url) or url) if library is not None else url
    return templates.address(url, writer.flavour)


def image(writer: Writer, node: Node) -> None:
    """Give an image with its alternative text and title."""
    attributes = node.attributes
    url, alt = _file(writer, attributes)
    if not url.strip():
        return
    if _DATA_IMAGE.match(url) and not _COMMON_IMAGE.match(url):
        _kept_image(writer, node)
    elif escape.runs_code(url) and not _COMMON_IMAGE.match(url):
        writer.notes.add(Code.LEFT_OUT, "an image that runs code was left out")
    else:
        title = attributes.get("title") or ""
        writer.markdown(_picture(writer, url, alt, title, writer.place))


def picture(writer: Writer, attributes: Attributes, place: Place) -> str | None:
    """Give an image's Markdown; None where there is more to say of it."""
    url, alt = _file(writer, attributes)
    if not url.strip() or escape.runs_code(url):
        return None
    return _picture(writer, url, alt, attributes.get("title") or "", place)


def _file(writer: Writer, attributes: Attributes) -> tuple[str, str]:
    """Give an image's address and alternative text, from the library if it has them."""
    url = attributes.get("src") or attributes.get("data-src") or ""
    alt = attributes.get("alt") or ""
    library = writer.scope.context.library
    if library is None or not url.strip():
        return url, alt
    found = _ATTACHMENT.search(attributes.get("class") or "")
    file = library.attachment(int(found[1])) if found and int(found[1]) else None
    if file is None:
        return url, alt
    return file.url if _is_resized(url, file.url) else url, alt or file.alt


def _picture(writer: Writer, url: str, alt: str, title: str, place: Place) -> str:
    alt = escape.text(collapse(alt).strip(), in_link=True)
    alt = alt.replace("!", "\\!") if alt.endswith("!") else alt
    url = templates.address(escape.destination(url), writer.flavour)
    written = f"![{alt}]({url}{escape.title(title)})"
    return written.replace("|", "\\|") if place is Place.CELL else written


def _kept_image(writer: Writer, node: Node) -> None:
    """Keep an image in a form that renderers of Markdown refuse, such as SVG."""
    if writer.flavour.raw_html:
        writer.kept("img")
        writer.markdown(fallback.opening(node))
    elif alt := attribute(node, "alt"):
        writer.text(alt)


def _is_resized(url: str, original: str) -> bool:
    """Whether an address is a smaller copy of a file that WordPress made."""
    stem = _SIZE.sub("", url.partition("?")[0].rpartition("/")[2])
    name = original.rpartition("/")[2]
    return stem != url.rpartition("/")[2] and stem == _SCALED.sub("", name)


def embed(writer: Writer, node: Node) -> Callable[[Writer], None] | None:
    """Give an object of another site as a link on a line of its own."""
    url = _source(node)
    if "wp-block-file__embed" in attribute(node, "class"):
        return None  # A preview; the link to the file stands below it.
    if not url:
        return Writer.flush
    if escape.runs_code(url):
        writer.notes.add(Code.LEFT_OUT, "an embed that runs code was left out")
        return None
    writer.block(_link(attribute(node, "title"), url), "p")
    return None


def _source(node: Node) -> str:
    for name in ("src", "data", "data-src"):
        if url := attribute(node, name):
            return _absolute(url)
    for child in children(node):
        if child.tag == "param" and attribute(child, "name") in ("movie", "src"):
            return _absolute(attribute(child, "value"))
    return ""


def _absolute(url: str) -> str:
    url = url.strip()
    return f"https:{url}" if url.startswith("//") else url


def _link(text: str, url: str) -> str:
    url = _TWICE.sub("&", url)
    target = escape.destination(url)
    text = escape.text(collapse(text).strip(), in_link=True)
    if text:
        return f"[{text}]({target})"
    if escape.scheme(target) and not escape.has_entity(f"{url}>"):
        return f"<{target}>"
    return f"[{escape.text(url, in_link=True)}]({target})"


def player(writer: Writer, node: Node) -> Callable[[Writer], None] | None:
    """Give audio or video as a link, or as the player where the flavour has one."""
    urls = [_absolute(attribute(node, "src"))]
    urls += [
        _absolute(attribute(part, "src"))
        for part in children(node)
        if part.tag == "source"
    ]
    url = next((url for url in urls if url and not escape.runs_code(url)), "")
    if not url:
        return Writer.flush
    if writer.flavour.media == "html" and writer.place is Place.BLOCK:
        writer.kept(str(node.tag))
        writer.block(fallback.block(node))
        return None
    name = text_of(node).strip() or url.rpartition("/")[2].partition("?")[0]
    writer.block(_link(name, url), "p")
    return None
