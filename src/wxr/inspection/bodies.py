"""What a body is made of: blocks, shortcodes, and hosts of media and links."""

import re
from collections.abc import Iterator
from typing import Final

from wxr.content.blocks import has_blocks, markers
from wxr.content.shortcodes import RULES, grammar

# An attribute with an address on another host; relative ones have none to count.
_ADDRESS: Final = re.compile(
    r"""\b(?P<name>href|src|poster|data)\s{0,8}=\s{0,8}["']\s{0,8}(?:https?:)?//
    (?:[^/"'\s?\#<>@]{0,200}@)?
    (?P<host>[^/"'\s?\#<>:@]{1,253})""",
    re.IGNORECASE | re.VERBOSE,
)
_HOST: Final = re.compile(
    r"(?:https?:)?//(?:[^/\s?#@]{0,200}@)?([^/\s?#:@]{1,253})", re.IGNORECASE
)
_MEDIA_FILE: Final = re.compile(
    r"\.(?:avif|bmp|flac|gif|jpe?g|m4[av]|mov|mp[34]|og[gv]|pdf|png|svg|wav|webm|webp)\Z",
    re.IGNORECASE,
)
_REST: Final = re.compile(r"""[^"'\s<>?#]{0,2000}""")


def kind_of(content: str) -> str:
    """Tell how a body was written: `blocks`, `classic` or `empty`."""
    if not content.strip():
        return "empty"
    return "blocks" if has_blocks(content) else "classic"


def blocks_of(content: str) -> Iterator[str]:
    """Yield the name of each block in a body."""
    if has_blocks(content):
        yield from (marker.name for marker in markers(content) if marker.name)


def shortcodes_of(content: str) -> Iterator[str]:
    """Yield the name of each shortcode in a body.

    What is in brackets may be text. It is a shortcode if its name is known or could be
    no word, if it has attributes, or if it is closed.
    """
    if "[" not in content:
        return
    tags = [tag for tag in grammar.tags(content) if not tag.is_escaped_before]
    closed = {tag.name for tag in tags if tag.is_closing}
    for tag in tags:
        name = tag.name.lower()
        if not tag.is_closing and (
            name in RULES
            or tag.name in closed
            or "=" in tag.rest
            or tag.is_void
            or "_" in name
        ):
            yield name


def hosts_of(content: str, attachment_url: str | None) -> Iterator[tuple[bool, str]]:
    """Yield each host that a body names, and whether for media (else for a link)."""
    for found in _ADDRESS.finditer(content):
        is_link = found["name"].lower() == "href"
        path = _REST.match(content, found.end())
        is_media = not is_link or bool(path and _MEDIA_FILE.search(path[0]))
        yield is_media, found["host"].lower()
    if attachment_url and (host := _HOST.match(attachment_url.strip())):
        yield True, host[1].lower()
