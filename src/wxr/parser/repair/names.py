"""What names mean in a damaged slice: which hold text, and where they belong."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from wxr.parser import elements, values
from wxr.parser.elements import local_name
from wxr.parser.irregular import NESTED

_WXR: Final = "http://wordpress.org/export/1.2/"

WELL_KNOWN: Final[Mapping[bytes, bytes]] = MappingProxyType(
    {
        b"app": b"http://www.w3.org/2007/app",
        b"atom": b"http://www.w3.org/2005/Atom",
        b"content": b"http://purl.org/rss/1.0/modules/content/",
        b"creativeCommons": b"http://backend.userland.com/creativeCommonsRssModule",
        b"dc": b"http://purl.org/dc/elements/1.1/",
        b"dcterms": b"http://purl.org/dc/terms/",
        b"dsq": b"http://www.disqus.com/",
        b"excerpt": b"http://wordpress.org/export/1.2/excerpt/",
        b"feedburner": b"http://rssnamespace.org/feedburner/ext/1.0",
        b"geo": b"http://www.w3.org/2003/01/geo/wgs84_pos#",
        b"georss": b"http://www.georss.org/georss",
        b"googleplay": b"http://www.google.com/schemas/play-podcasts/1.0",
        b"itunes": b"http://www.itunes.com/dtds/podcast-1.0.dtd",
        b"media": b"http://search.yahoo.com/mrss/",
        b"opensearch": b"http://a9.com/-/spec/opensearch/1.1/",
        b"podcast": b"https://podcastindex.org/namespace/1.0",
        b"rawvoice": b"http://www.rawvoice.com/rawvoiceRssModule/",
        b"rdf": b"http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        b"slash": b"http://purl.org/rss/1.0/modules/slash/",
        b"sy": b"http://purl.org/rss/1.0/modules/syndication/",
        b"thr": b"http://purl.org/syndication/thread/1.0",
        b"wfw": b"http://wellformedweb.org/CommentAPI/",
        b"wp": _WXR.encode(),
        b"xlink": b"http://www.w3.org/1999/xlink",
    }
)
"""Namespaces of the prefixes that exports use and sometimes do not declare."""


_IN_ANY_CASE: Final = {prefix.lower(): uri for prefix, uri in WELL_KNOWN.items()}


def namespace_for(prefix: bytes) -> bytes:
    """Give the namespace for a prefix that nothing declares, in any case."""
    known = _IN_ANY_CASE.get(prefix.lower())
    return known or b"urn:unknown:" + quote(prefix).encode()


LEAVES: Final = elements.KNOWN - NESTED
"""What holds text."""

_OF_NUMBERS: Final = frozenset({values.number, values.reference, values.flag})
NUMBERS: Final = frozenset(
    name
    for fields, converts in (
        (elements.AUTHOR, values.AUTHOR),
        (elements.TERM, values.TERM),
        (elements.POST, values.POST),
        (elements.COMMENT, values.COMMENT),
    )
    for name, field in fields.items()
    if converts.get(field) in _OF_NUMBERS
)
"""Leaves of a number, in which no author writes."""

_ITEM: Final = frozenset({"item"})
_TERMS: Final = frozenset({"wp:category", "wp:tag", "wp:term"})
_AUTHORS: Final = frozenset({"wp:author", "wp:wp_author"})
_METAS: Final = frozenset({"wp:postmeta", "wp:commentmeta", "wp:termmeta"})

HOMES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **dict.fromkeys(elements.POST, _ITEM),
        **dict.fromkeys(elements.AUTHOR, _AUTHORS),
        **dict.fromkeys(elements.TERM, _TERMS),
        **dict.fromkeys(elements.COMMENT, frozenset({"wp:comment"})),
        **dict.fromkeys(elements.META, _METAS),
        "wp:comment": frozenset({"item", "wp:comments"}),
        "wp:comments": _ITEM,
    }
)
"""The elements that an element stands in."""

TEXTS: Final = frozenset(
    {
        "title", "description", "content:encoded", "excerpt:encoded", "wp:meta_value",
        "wp:comment_content", "wp:comment_author", "wp:cat_name", "wp:tag_name",
        "wp:term_name", "wp:category_description", "wp:tag_description",
        "wp:term_description", "wp:author_display_name",
    }
)  # fmt: skip
"""Leaves of which a part is worth keeping. Half a number or a date is a wrong one."""


_TAG: Final = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>|(</?(?:[^\s<>:/]+:)?)([\w.-]+)",
    re.DOTALL,
)


def in_usual_case(data: bytes) -> bytes:
    """Write the names of tags that differ in case from WordPress' as it does."""
    return _TAG.sub(_usual, data)


def _usual(match: re.Match[bytes]) -> bytes:
    if match[1] is None:
        return match[0]
    written = match[0].lstrip(b"</").decode("utf-8", "replace")
    usual = elements.usual_tag(written)
    return match[1] + usual.encode() if usual else match[0]


class Scope:
    """The prefixes that are bound somewhere in a slice."""

    def __init__(self, bindings: Mapping[bytes, bytes]) -> None:
        self._bindings = bindings
        self._short: dict[bytes, str] = {}

    def declares(self, prefix: bytes) -> bool:
        """Say whether a prefix is bound; none needs no binding."""
        return prefix in self._bindings or prefix in {b"", b"xml"}

    def inside(self, declared: Mapping[bytes, bytes]) -> "Scope":
        """Give the scope inside a tag that declares prefixes."""
        return Scope({**self._bindings, **declared}) if declared else self

    def short(self, name: bytes) -> str:
        """Give the short name that a written name has here, as in `elements`."""
        if (short := self._short.get(name)) is None:
            prefix, _, local = name.rpartition(b":")
            uri = self._bindings.get(prefix, b"")
            if prefix and not uri:
                uri = namespace_for(prefix)
            tag = b"{%b}%b" % (uri, local) if uri else local
            short = self._short[name] = local_name(tag.decode("utf-8", "replace"))
        return short


@lru_cache(maxsize=64)
def known_tag(prefixes: frozenset[bytes]) -> re.Pattern[bytes]:
    """Give a pattern of any tag that WXR knows, written with one of the prefixes."""
    locals_: dict[str, set[str]] = {}
    for name in elements.KNOWN:
        space, _, local = name.rpartition(":")
        locals_.setdefault(space, set()).add(local)
    prefixed = sorted(set().union(*(locals_[space] for space in locals_ if space)))
    bare = sorted(locals_[""] | {"channel", "rss"})
    names = rb"(?:%b)" % b"|".join(name.encode() for name in prefixed)
    named = [re.escape(prefix) + b":" for prefix in sorted(prefixes) if prefix]
    before = b"(?:%b)" % b"|".join(named) if named else b"(?!)"
    if b"" in prefixes:
        bare = sorted({*bare, *prefixed})
    plain = b"|".join(name.encode() for name in bare)
    return re.compile(rb"</?(?:%b%b|%b)(?=[\s/>]|\Z)" % (before, names, plain))
