"""What a file looks like that is no export, so that the error can say so."""

import re
from typing import Final

from wxr.errors import ReadError

_LOOK: Final = 1 << 16
_WXR: Final = re.compile(rb"wordpress\.org/export/|<wp:|</?(?i:item)[\s>]")
_RSS: Final = re.compile(rb"<(?i:rss)[\s>]")

_ARCHIVES: Final = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
)
_LOOKS: Final = (
    (
        re.compile(rb"<!doctype html|<html[\s>]", re.IGNORECASE),
        (
            "a web page, perhaps a login page or an error; export again from "
            "Tools > Export in WordPress"
        ),
    ),
    (
        re.compile(rb"<feed[\s>]"),
        "an Atom feed, which has only the newest posts; use WordPress' Tools > Export",
    ),
    (
        re.compile(rb"^\s*(?:<\?xml[^>]*>)?\s*[{\[]"),
        (
            "JSON; wxr reads the XML of Tools > Export in WordPress, and converts JSON "
            "that it wrote itself"
        ),
    ),
    (
        re.compile(rb"INSERT INTO|CREATE TABLE", re.IGNORECASE),
        "a database dump; wxr reads the XML of Tools > Export in WordPress",
    ),
    (
        _RSS,
        (
            "an RSS feed, which has only the newest posts and no comments; use "
            "Tools > Export in WordPress"
        ),
    ),
    (
        re.compile(rb"^\s*<"),
        "XML, but no WordPress export; use the file that Tools > Export gives",
    ),
)


def require_export(head: bytes, name: str) -> None:
    """Raise where the first bytes of a part are not those of an export.

    Raises:
        ReadError: It is empty or something else; says what it looks like.
    """
    if not head.strip(b" \t\r\n\0"):
        raise ReadError("it is empty; export again from WordPress", source=name)
    for magic, kind in _ARCHIVES:
        if head.startswith(magic):
            raise ReadError(f"it is {kind}; unpack it first", source=name)
    if _is_export(head):
        return
    for look, kind in _LOOKS:
        if look.search(head[:_LOOK]):
            raise ReadError(f"it looks like {kind}", source=name)
    raise ReadError(
        "it is not XML; wxr reads the file that Tools > Export gives in WordPress",
        source=name,
    )


def _is_export(head: bytes) -> bool:
    """A feed has items too: without WXR's namespace or prefix it is no export."""
    match = _WXR.search(head)
    if match is None:
        return False
    if not match[0].lstrip(b"</").lower().startswith(b"item"):
        return True
    return not _RSS.search(head, 0, match.start()) or bool(
        re.search(rb"wordpress\.org/export/|<wp:", head)
    )
