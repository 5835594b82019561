"""Whether a file is an export, and what it looks like where it is none.

Nobody else judges that. It is judged by the first bytes, and by more of them where the
file begins as exports do that have their root far behind: with messages of PHP, white
space, or a document type.
"""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from wxr.errors import ReadError
from wxr.parser.repair.notices import NOTICE, PLAIN_NOTICE

FAR: Final = 8 << 20
"""Bytes within which an export must begin, whatever stands before it."""

Ahead: TypeAlias = Callable[[int], bytes]
"""Gives about so many of a part's first bytes, in UTF-8."""

_NEAR: Final = 1 << 16
_FURTHER: Final = 1 << 18
_BLANK: Final = b" \t\r\n\0"
_WXR: Final = re.compile(rb"wordpress\.org/export/|<wp:|</?(?i:item)[\s>]")
_RSS: Final = re.compile(rb"<(?i:rss)[\s>]")

_DECLARATION: Final = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?")
_PREAMBLES: Final = (
    re.compile(rb"(?i:<!doctype(?!\s+html)|<!--|<br)|\Z"),
    NOTICE,
    PLAIN_NOTICE,
)
"""What may go on for long before an export begins."""

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
    *(
        (
            notice,
            (
                "messages of PHP, and no export follows them; export again, with "
                "display_errors off"
            ),
        )
        for notice in (NOTICE, PLAIN_NOTICE)
    ),
    (
        re.compile(rb"^\s*<"),
        "XML, but no WordPress export; use the file that Tools > Export gives",
    ),
)


def require_export(ahead: Ahead, name: str) -> None:
    """Raise where the first bytes of a part are not those of an export.

    Raises:
        ReadError: It is empty or something else; says what it looks like.
    """
    head = ahead(_NEAR)
    for magic, kind in _ARCHIVES:
        if head.startswith(magic):
            raise ReadError(f"it is {kind}; unpack it first", source=name)
    if _is_export(head):
        return
    further = _further(head)
    if further and _is_export(ahead(further)):
        return
    if not head.strip(_BLANK) and not ahead(further).strip(_BLANK):
        raise ReadError("it is empty; export again from WordPress", source=name)
    for look, kind in _LOOKS:
        if look.search(head):
            raise ReadError(f"it looks like {kind}", source=name)
    raise ReadError(
        "it is not XML; wxr reads the file that Tools > Export gives in WordPress",
        source=name,
    )


def _further(head: bytes) -> int:
    """Give how many bytes to look at where the first ones are of no export."""
    if b"\0" in head.strip(_BLANK):  # an image or the like, of which there are many
        return 0
    begin = _DECLARATION.match(head)
    at = begin.end() if begin else 0
    is_preamble = any(each.match(head, at) for each in _PREAMBLES)
    return FAR if is_preamble else _FURTHER


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
