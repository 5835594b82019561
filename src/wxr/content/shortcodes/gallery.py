"""`[gallery ids="1,2"]`, `[playlist]` and `[slideshow]`: files of the media library."""

from collections.abc import Sequence
from re import compile as pattern
from typing import Final

from wxr.content.context import Attachment
from wxr.content.scope import Attributes, Scope, tag
from wxr.content.shortcodes import marker

_NUMBER: Final = pattern(r"[0-9]{1,15}")
_IMAGES: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".heic")
_SOUNDS: Final = (".mp3", ".m4a", ".ogg", ".wav", ".flac", ".mp4", ".m4v", ".webm")
_KINDS: Final = (_IMAGES, _SOUNDS)


def expand(
    name: str, attributes: Attributes, _content: str | None, scope: Scope
) -> str | None:
    """Give a figure for each image, or a list of links for a playlist's files."""
    files = attachments(attributes, scope, _KINDS[name == "playlist"])
    if not files:
        # Without a library nobody knows; with one WordPress would show nothing.
        return marker.comment(name, attributes) if scope.context.library else None
    if name == "playlist":
        items = (tag("li", tag("a", _name(file), href=file.url)) for file in files)
        return tag("ul", "".join(items))
    return "".join(figure(file) for file in files)


def attachments(
    attributes: Attributes, scope: Scope, endings: tuple[str, ...] = ()
) -> Sequence[Attachment]:
    """Find the files that a gallery shows, in its order; note what is missing."""
    library = scope.context.library
    ids = numbers(attributes.get("ids") or attributes.get("include") or "")
    if library is None:
        scope.unresolved("a gallery's images are not known")
        return ()
    if not ids:
        parents = numbers(attributes.get("id", "")) or [scope.context.post_id]
        left_out = set(numbers(attributes.get("exclude", "")))
        files = [
            file
            for file in library.attachments(parents[0])
            if file.id not in left_out and file.url.lower().endswith(endings or "")
        ]
        if not files:
            scope.unresolved("a gallery's post has no images")
    else:
        found = [library.attachment(id_) for id_ in ids]
        files = [file for file in found if file is not None]
        for id_, file in zip(ids, found, strict=True):
            if file is None:
                scope.unresolved(f"a gallery shows attachment {id_}, which is missing")
    is_descending = attributes.get("order", "").upper() == "DESC"
    return files[::-1] if is_descending else files


def numbers(text: str) -> list[int]:
    """Read ids between commas; what is no number is left out."""
    words = (word.strip() for word in text.split(","))
    return [int(word) for word in words if _NUMBER.fullmatch(word)]


def figure(file: Attachment) -> str:
    """Give an image of the library with its caption."""
    caption = tag("figcaption", file.caption) if file.caption else ""
    # An empty alternative text is still one, so it is written here.
    image = tag("img", src=file.url, alt=file.alt)
    return tag("figure", image + caption)


def _name(file: Attachment) -> str:
    return tag("span", (file.title or file.url.rpartition("/")[2]).replace("<", "&lt;"))
