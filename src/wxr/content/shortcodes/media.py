"""`[audio src="…"]` and `[video mp4="…" poster="…"]`, players of the site's files."""

from typing import Final

from wxr.content.scope import Attributes, Scope, tag

_SOURCES: Final = (
    *("src", "mp4", "m4v", "webm", "ogv", "ogg", "wmv", "flv"),
    *("mp3", "m4a", "wav", "flac", "aac", "url", "0"),
)


def expand(
    name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give the HTML player."""
    url = next((attributes[key] for key in _SOURCES if attributes.get(key)), "")
    url = url or (content or "").strip()
    if not url or "<" in url or "." not in url:
        return None
    poster = attributes.get("poster")
    return tag(name, "", controls="controls", src=url, poster=poster)
