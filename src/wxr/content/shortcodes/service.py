"""Shortcodes that show an object of another site: its address says the same."""

from re import ASCII, compile as pattern
from types import MappingProxyType
from typing import Final

from wxr.content.scope import Attributes, Scope, tag

ADDRESSES: Final = MappingProxyType(
    {
        "archiveorg": "https://archive.org/details/{}",
        "archiveorg-book": "https://archive.org/details/{}",
        "bandcamp": "",
        "brightcove": "",
        "cartodb": "",
        "codepen": "",
        "crowdsignal": "https://poll.fm/{}",
        "dailymotion": "https://www.dailymotion.com/video/{}",
        "descript": "https://share.descript.com/view/{}",
        "facebook": "",
        "flatio": "https://flat.io/score/{}",
        "flickr": "https://www.flickr.com/photo.gne?id={}",
        "getty": "",
        "gist": "https://gist.github.com/{}",
        "github": "https://github.com/{}",
        "googleapps": "",
        "googlemaps": "",
        "googleplus": "",
        "houzz": "",
        "hulu": "https://www.hulu.com/watch/{}",
        "inline-pdfs": "",
        "instagram": "https://www.instagram.com/p/{}/",
        "kickstarter": "",
        "medium": "",
        "mixcloud": "https://www.mixcloud.com/{}",
        "nextdoor": "",
        "pastebin": "https://pastebin.com/{}",
        "pinterest": "",
        "pocketcasts": "https://pca.st/{}",
        "poll": "https://poll.fm/{}",
        "polldaddy": "https://poll.fm/{}",
        "scribd": "https://www.scribd.com/doc/{}",
        "slideshare": "",
        "smartframe": "",
        "soundcloud": "",
        "spotify": "",
        "survey": "https://survey.fm/{}",
        "ted": "https://www.ted.com/talks/view/id/{}",
        "tweet": "https://twitter.com/i/status/{}",
        "twitch": "https://www.twitch.tv/{}",
        "twitchtv": "https://www.twitch.tv/{}",
        "twitter-timeline": "https://twitter.com/{}",
        "untappd-menu": "",
        "ustream": "https://www.ustream.tv/recorded/{}",
        "videopress": "https://videopress.com/v/{}",
        "vimeo": "https://vimeo.com/{}",
        "vine": "https://vine.co/v/{}",
        "vr": "",
        "wpvideo": "https://videopress.com/v/{}",
        "wufoo": "",
        "youtube": "https://www.youtube.com/watch?v={}",
    }
)
"""Where an id of each service leads; empty where it takes only addresses."""

_ID: Final = pattern(r"[\w@./:-]{1,200}", ASCII)
_URL: Final = pattern(r"https?://[^\s\"'<>\[\]]+")
_KEYS: Final = ("id", "video", "poll", "survey", "photo", "username", "0")


def expand(
    name: str, attributes: Attributes, content: str | None, _scope: Scope
) -> str | None:
    """Give the address of the object as a paragraph of its own."""
    url = address(name, attributes, content or "")
    return tag("p", url.replace("&", "&amp;")) if url else None


def address(name: str, attributes: Attributes, content: str) -> str:
    """Find or make the address of an object; empty where nothing says it."""
    for text in (*attributes.values(), content):
        if found := _URL.search(text):
            return found[0].replace("&#038;", "&").replace("&amp;", "&")
        if text.startswith("//"):
            return f"https:{text}"
    if name in _COMPOSED:
        return _composed(name, attributes)
    values = (*(attributes.get(key, "") for key in _KEYS), content)
    id_ = next((value.strip() for value in values if value.strip()), "")
    if not _ID.fullmatch(id_):
        return ""
    if id_.startswith("spotify:"):
        return "https://open.spotify.com/" + id_[8:].replace(":", "/")
    return ADDRESSES[name].format(id_) if ADDRESSES.get(name) else ""


def _composed(name: str, attributes: Attributes) -> str:
    """Give the address that several attributes make together."""
    for keys, address_ in _COMPOSED[name]:
        found = [_WORD.match(attributes.get(key, "")) for key in keys]
        values = [word[0] for word in found if word]
        if len(values) == len(keys):
            return address_.format(*values)
    return ""


_WORD: Final = pattern(r"[A-Za-z0-9_-]{1,100}", ASCII)
_COMPOSED: Final = MappingProxyType(
    {
        "bandcamp": (
            (("track",), "https://bandcamp.com/EmbeddedPlayer/track={}/"),
            (("album",), "https://bandcamp.com/EmbeddedPlayer/album={}/"),
        ),
        "brightcove": (
            (
                ("account_id", "video_id"),
                "https://players.brightcove.net/{}/default_default/index.html?videoId={}",
            ),
        ),
        "getty": ((("src",), "https://www.gettyimages.com/detail/{}"),),
        "slideshare": (
            (("id",), "https://www.slideshare.net/slideshow/embed_code/{}"),
        ),
        "wufoo": ((("username", "formhash"), "https://{}.wufoo.com/forms/{}"),),
    }
)
