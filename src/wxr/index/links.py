"""One key for all ways to write an address, so that a link finds its item."""

from html import unescape
from re import ASCII, IGNORECASE, compile as pattern
from typing import Final, NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urljoin, urlsplit

_ID_FIELDS: Final = ("p", "page_id", "attachment_id")
"""The query fields by which WordPress finds an item without its permalink."""
_MOST_DIGITS: Final = 18
_USUAL: Final = pattern(
    r"https?://(?:www\.)?+([a-z0-9.-]+)(/[a-z0-9/_.~-]*)?(\?[a-z0-9_=&.-]+)?",
    ASCII | IGNORECASE,
)
"""Addresses as WordPress writes nearly all of them: they can be read off."""
_SCHEMES: Final = frozenset({"", "http", "https"})


class Target(NamedTuple):
    """What a link of the site itself points to."""

    key: str
    """As `link_key` gives it."""
    item: int | None
    """Id of the item that a query such as `?p=12` names."""
    fragment: str


def link_key(url: str) -> str | None:
    """Give what an address has in common with its variants; None where it is none.

    Scheme, `www.`, default port, closing slash, fragment and the case of escapes do
    not count: WordPress redirects from one to the other.
    """
    if usual := _usual(url):
        return "".join(usual)
    split = _split(url)
    return _key(split) if split is not None and split.hostname else None


def _usual(url: str) -> tuple[str, str, str] | None:
    """Read off host, path and query of an address that needs no taking apart."""
    found = _USUAL.fullmatch(unescape(url) if "&" in url else url)
    if found is None:
        return None
    host, path, query = found.groups(default="")
    return host.lower(), path.rstrip("/"), query


def target_of(url: str, *, base: str, hosts: frozenset[str]) -> Target | None:
    """Read a link; None where it does not lead to one of the hosts.

    Args:
        url: As the body has it, absolute or relative.
        base: The site's own address.
        hosts: Names under which the site is known, as `host_of` gives them.
    """
    if "&" in url and _is_elsewhere(url, hosts):
        return None
    if usual := _usual(url):
        return _usual_target(*usual) if usual[0] in hosts else None
    split = None if _is_elsewhere(url, hosts) else _split(url)
    if split is None or split.scheme not in _SCHEMES:
        return None
    if not split.netloc:
        if not (split.path.startswith("/") or split.query):
            return None  # "#note", or a name that stands for nothing without its page
        split = _split(urljoin(base, url))
    if split is None or (split.hostname or "").removeprefix("www.") not in hosts:
        return None
    return Target(_key(split), _item_id(split.query), split.fragment)


def _usual_target(host: str, path: str, query: str) -> Target:
    return Target(f"{host}{path}{query}", _item_id(query[1:]) if query else None, "")


def host_of(url: str | None) -> str | None:
    """Give the host of an address, without `www.`."""
    split = _split(url or "")
    return split.hostname.removeprefix("www.") if split and split.hostname else None


def _is_elsewhere(url: str, hosts: frozenset[str]) -> bool:
    """Say quickly of most links that they lead elsewhere: they name no host of ours."""
    lower = url.lower()
    return lower.startswith("http") and not any(host in lower for host in hosts)


def _split(url: str) -> SplitResult | None:
    try:
        split = urlsplit(unescape(url.strip()) if "&" in url else url.strip())
        _ = split.hostname, split.port
    except ValueError:  # a bracket without its other half, a port that is no number
        return None
    return split


def _key(split: SplitResult) -> str:
    host = (split.hostname or "").removeprefix("www.")
    port = "" if split.port in {None, 80, 443} else f":{split.port}"
    query = f"?{split.query}" if split.query else ""
    return f"{host}{port}{unquote(split.path).rstrip('/')}{query}"


def _item_id(query: str) -> int | None:
    if "p=" not in query and "_id=" not in query and "%" not in query:
        return None  # parsed only where it may have one of these fields
    try:
        fields = parse_qs(query, max_num_fields=20)
    except ValueError:
        return None
    for name in _ID_FIELDS:
        (value, *_) = fields.get(name, [""])
        if value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS:
            return int(value)
    return None
