"""Several headers of one site: the parts of an export each have their own."""

from dataclasses import fields
from typing import Any

from wxr.model import Extra, Site


class Sites:
    """The headers that a run meets, each once."""

    def __init__(self) -> None:
        self._each: dict[Site, None] = {}

    def add(self, site: Site) -> None:
        """Take a header."""
        self._each.setdefault(site)

    def merged(self) -> Site:
        """Give the site that all of them are of; an empty one where there are none."""
        return merge_sites(*(self._each or (Site(),)))


def merge_sites(first: Site, *later: Site) -> Site:
    """Give the first site, with what it does not say taken from the later ones.

    A field that is None is filled by the first later site that has it. Of `extra`,
    the first site's pairs come first, then what the later ones have besides.
    """
    values: dict[str, Any] = {
        field.name: next(
            (
                value
                for site in (first, *later)
                if (value := getattr(site, field.name)) is not None
            ),
            None,
        )
        for field in fields(Site)
    }
    return Site(**values | {"extra": _all_extra(first, later)})


def _all_extra(first: Site, later: tuple[Site, ...]) -> Extra:
    known = set(first.extra)
    # A dict rather than a set: the order is the files'.
    others = dict.fromkeys(pair for site in later for pair in site.extra)
    return (*first.extra, *(pair for pair in others if pair not in known))
