"""Namespace URIs that libxml2 accepts: it refuses a document for one that is none."""

import re
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import quote

from wxr.parser import strict

# What RFC 3986 lets a URI hold.
_NOT_IN_URI: Final = re.compile(
    r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})"
)


@lru_cache(maxsize=256)
def legal(uri: bytes) -> bytes:
    """Give a URI, as it stands in an attribute, so that it may be a namespace.

    One that may stays as it is; others are percent-encoded, as little as helps.
    """
    text = unescape(uri.decode("utf-8", "replace"))
    little = _NOT_IN_URI.sub(lambda match: quote(match[0], safe=""), text)
    if little == text and _is_accepted(uri):
        return uri
    encoded = little.replace("&", "&amp;").encode()
    if _is_accepted(encoded):
        return encoded
    return b"urn:unknown:" + quote(text, safe="").encode()


def _is_accepted(uri: bytes) -> bool:
    return strict.is_well_formed(b'<a xmlns:b="%b"/>' % uri)
