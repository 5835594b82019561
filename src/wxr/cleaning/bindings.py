"""Namespaces of slices that stand in another root than they came from."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from wxr.parser.elements import short_name
from wxr.parser.envelope import NAMESPACES

_START_TAG: Final = re.compile(
    rb"""<[^\s<>/!?"'=]++(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>"""
)
_NAME: Final = re.compile(rb"<[^\s/>]++")


def bound_to(
    data: bytes, own: Mapping[bytes, bytes], root: Mapping[bytes, bytes]
) -> bytes:
    """Give a slice that binds by itself what the root binds otherwise.

    Args:
        data: The slice.
        own: What was bound where it stood.
        root: What is bound where it will stand.
    """
    if own == root:
        return data
    wanted = {
        prefix: own.get(prefix, b"")
        for prefix in {*own, b""}
        if not _mean_the_same(own.get(prefix, b""), root.get(prefix, b""))
    }
    used = {p: uri for p, uri in wanted.items() if not p or p + b":" in data}
    return _with_declarations(data, used) if used else data


@lru_cache(maxsize=256)
def _mean_the_same(one: bytes, other: bytes) -> bool:
    """Say whether names in two namespaces are the same to WordPress.

    Its importer knows one version of each, the root's, and ignores what is in another.
    """
    names = [
        short_name(f"{{{uri.decode('utf-8', 'replace')}}}x") for uri in (one, other)
    ]
    return one == other or (names[0] == names[1] and not names[0].startswith("{"))


def undeclared(data: bytes, declared: frozenset[bytes]) -> set[bytes]:
    """Give the prefixes of WordPress' own that a slice uses and no tag declares."""
    if len(declared & NAMESPACES.keys()) == len(NAMESPACES):
        return set()
    return {p for p in NAMESPACES if p not in declared and p + b":" in data}


def _with_declarations(data: bytes, bindings: Mapping[bytes, bytes]) -> bytes:
    tag, name = _START_TAG.match(data), _NAME.match(data)
    if tag is None or name is None:
        return data
    own = b"".join(
        b' %b="%b"' % (attribute, uri.replace(b'"', b"&quot;"))
        for prefix, uri in sorted(bindings.items())
        if not _declares(tag[0], attribute := _attribute(prefix))
    )
    return name[0] + own + data[name.end() :]


def _attribute(prefix: bytes) -> bytes:
    return b"xmlns:" + prefix if prefix else b"xmlns"


def _declares(tag: bytes, attribute: bytes) -> bool:
    return re.search(rb"\s%b\s*=" % re.escape(attribute), tag) is not None
