"""What wrote an export, by what it says of itself."""

import re
from typing import Final

from wxr.model import Site

_WORDPRESS: Final = re.compile(r"https?://wordpress\.org/\?v=([\w.-]{1,40})")
_WORDPRESS_COM: Final = re.compile(r"https?://wordpress\.com/?\Z")
_VERSIONS: Final = {
    "1.0": "WordPress 2.1 to 3.0",
    "1.1": "WordPress 3.1 to 3.3",
    "1.2": "WordPress 3.4 or later",
}


def era_of(site: Site) -> str:
    """Name the program an export is from, else the years its version was written in."""
    generator = (site.generator or "").strip()
    if found := _WORDPRESS.match(generator):
        return f"WordPress {found[1]}"
    if _WORDPRESS_COM.match(generator):
        return "WordPress.com"
    if generator:
        return generator[:80]
    version = (site.wxr_version or "").strip()
    return _VERSIONS.get(version, "not told; perhaps no WordPress")
