"""The root and channel tags of a part, to wrap slices in when they are parsed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from wxr.parser.elements import short_name

NAMESPACES: Final = {
    b"wp": b"http://wordpress.org/export/1.2/",
    b"excerpt": b"http://wordpress.org/export/1.2/excerpt/",
    b"content": b"http://purl.org/rss/1.0/modules/content/",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"wfw": b"http://wellformedweb.org/CommentAPI/",
}
"""The namespaces that WordPress declares, by their prefix."""
CORE: Final = frozenset(NAMESPACES.keys() - {b"wfw"})
"""The prefixes that WordPress writes elements with."""
# WordPress' own URI under any scheme and version, with or without the last slash.
_WXR_URI: Final = re.compile(rb"https?://wordpress\.org/export/\d+\.\d+/?")
_DECLARATION: Final = re.compile(
    rb"""\sxmlns(?::([^\s=<>"']++))?\s*=\s*(?:"([^"<]*+)"|'([^'<]*+)')"""
)
_TERMS: Final = frozenset({b"author", b"wp_author", b"category", b"tag", b"term"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """The tags that slices stand in, with the file's own namespace declarations."""

    start: bytes
    """Start tags, on one line, so that lines of slices are easily told."""
    end: bytes
    """Their end tags."""
    prefixes: frozenset[bytes] = frozenset()
    """Prefixes that are bound to WXR's namespace; `b""` for the default one."""
    has_carriage_returns: bool = False
    """Whether the file's own markup has CR line ends, so that those in values say
    nothing."""

    def opened_by(self, tag: bytes, name: bytes) -> "Envelope":
        """Give the envelope after one more start tag."""
        # A second root begins a second document; only a channel stands inside it.
        nested = name == b"channel" and self.start != DEFAULT.start
        start = (self.start if nested else b"") + b" ".join(tag.split())
        end = b"</" + name + b">" + (self.end if nested else b"")
        return replace(self, start=start, end=end, prefixes=_prefixes_in(start))

    def with_space(self, space: bytes) -> "Envelope":
        """Give the envelope after white space between elements."""
        if self.has_carriage_returns or b"\r" not in space:
            return self
        return replace(self, has_carriage_returns=True)

    @property
    def is_root(self) -> bool:
        """Whether it is a root that no channel was opened in yet."""
        return self.start.startswith(b"<rss") and b"<channel" not in self.start

    @property
    def declared(self) -> frozenset[bytes]:
        """The prefixes that its own tags bind."""
        return frozenset(match[1] for match in _DECLARATION.finditer(self.start))

    @property
    def bindings(self) -> Mapping[bytes, bytes]:
        """The namespaces of all prefixes that are bound in it."""
        return _bindings(self.start)

    @property
    def name_prefixes(self) -> frozenset[bytes]:
        """What may stand before the local names that WordPress writes."""
        return _name_prefixes(self.start)

    @property
    def depth(self) -> int:
        """How many elements stand around a slice in a wrapped document."""
        return self.end.count(b"</") + 1

    def wrap(self, slices: bytes) -> bytes:
        """Give a document of the slices."""
        start, end = _complete(self.start, self.end)
        return b"".join((start, slices, end))


def is_term(name: bytes, tag: bytes, envelope: Envelope) -> bool:
    """Say whether an element of the channel is an author, category, tag or term.

    Its start tag may bind a prefix, or the default namespace, for itself. A prefix that
    nothing binds is meant as the usual one that differs from it in case alone.
    """
    prefix, _, local = name.rpartition(b":")
    if local.lower() not in _TERMS:
        return False
    own = _wxr_prefixes(tag) if b"xmlns" in tag else frozenset()
    if prefix in own or prefix in envelope.prefixes:
        return True
    is_bound = prefix in _bindings(tag) or prefix in envelope.bindings
    return not is_bound and prefix.lower() in envelope.prefixes


@lru_cache(maxsize=64)
def _wxr_prefixes(start: bytes) -> frozenset[bytes]:
    found = {
        match[1] or b""
        for match in _DECLARATION.finditer(start)
        if _WXR_URI.fullmatch(match[2] if match[2] is not None else match[3])
    }
    return frozenset(found)


@lru_cache(maxsize=64)
def _prefixes_in(start: bytes) -> frozenset[bytes]:
    """The usual prefix counts where nothing binds it: it will be bound."""
    found = _wxr_prefixes(start)
    is_bound = any(match[1] == b"wp" for match in _DECLARATION.finditer(start))
    return found if is_bound else found | {b"wp"}


@lru_cache(maxsize=64)
def _bindings(start: bytes) -> Mapping[bytes, bytes]:
    found = {
        match[1] or b"": match[2] if match[2] is not None else match[3]
        for match in _DECLARATION.finditer(start)
    }
    return MappingProxyType({**NAMESPACES, **found})


@lru_cache(maxsize=64)
def _name_prefixes(start: bytes) -> frozenset[bytes]:
    """The usual prefixes count even where they are bound to something else."""
    own = {
        prefix
        for prefix, uri in _bindings(start).items()
        if not short_name(f"{{{uri.decode('utf-8', 'replace')}}}x").startswith("{")
    }
    return frozenset(own) | CORE


@lru_cache(maxsize=64)
def _complete(start: bytes, end: bytes) -> tuple[bytes, bytes]:
    """Bind the usual prefixes where the file does not, so that its slices parse."""
    bound = {match[1] for match in _DECLARATION.finditer(start)}
    missing = b"".join(
        b' xmlns:%b="%b"' % (prefix, uri)
        for prefix, uri in NAMESPACES.items()
        if prefix not in bound
    )
    return b"<wxr%b>%b" % (missing, start), end + b"</wxr>"


DEFAULT: Final = Envelope(
    start=b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>',
    end=b"</channel></rss>",
    prefixes=frozenset({b"wp"}),
)
"""What a headless run of items stands in."""
