"""Images, players and embeds."""

from collections.abc import Callable
from html import unescape

from wxr.content.tree import Node
from wxr.diagnostics import Code
from wxr.markdown import escape, fallback
from wxr.markdown.inline import Place, collapse
from wxr.markdown.node import attribute, children, text_of
from wxr.markdown.writer import Writer


def address(writer: Writer, url: str) -> str:
    """Give a link's new address, where it leads to another page of the site."""
    library = writer.scope.context.library
    if library is None:
        return url
    return library.address(url) or url


def image(writer: Writer, node: Node) -> None:
    """Give an image with its alternative text and title."""
    url = attribute(node, "src") or attribute(node, "data-src")
    if not url.strip():
        return
    if escape.scheme(url) != "data" and escape.runs_code(url):
        writer.notes.add(Code.LEFT_OUT, "an image that runs code was left out")
        return
    alt = escape.text(collapse(attribute(node, "alt")).strip(), in_link=True)
    alt = alt.replace("!", "\\!") if alt.endswith("!") else alt
    title = escape.title(attribute(node, "title"))
    written = f"![{alt}]({escape.destination(url)}{title})"
    if writer.place is Place.CELL:
        written = written.replace("|", "\\|")
    writer.markdown(written)


def embed(writer: Writer, node: Node) -> "Callable[[Writer], None] | None":
    """Give an object of another site as a link on a line of its own."""
    url = _source(node)
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
    target = escape.destination(unescape(url))
    text = escape.text(collapse(text).strip(), in_link=True)
    if text:
        return f"[{text}]({target})"
    if escape.scheme(target) and not escape.has_entity(target):
        return f"<{target}>"
    return f"[{escape.text(target, in_link=True)}]({target})"


def player(writer: Writer, node: Node) -> "Callable[[Writer], None] | None":
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
