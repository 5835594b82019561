"""Root and channel tags as XML wants them."""

from typing import Final

from wxr.diagnostics import Code
from wxr.parser import strict
from wxr.parser.elements import short_name
from wxr.parser.repair.characters import as_utf_8, without_forbidden
from wxr.parser.repair.finder import Finder
from wxr.parser.repair.names import WELL_KNOWN, namespace_for
from wxr.parser.repair.notes import Note, Notes, shown
from wxr.parser.repair.tags import Tag, Tags
from wxr.parser.repair.text import Text

_OURS: Final = (b"wp", b"excerpt", b"content", b"dc")


def sound_root(tag: bytes) -> tuple[bytes, list[Note]]:
    """Give a root or channel tag as it can stand, and what was done to it.

    Where WXR's own prefix is bound to a namespace that no WordPress writes, and no
    other prefix to one that it does, the file still means WXR by it: a plugin's
    exporter once left the name of a constant in the URI.
    """
    notes = Notes()
    text = without_forbidden(as_utf_8(tag, notes), notes, None)
    read = Tags(Finder(text), Text(text, notes, None), notes).read(0)
    if read is None:
        return tag, []
    _bind(read, notes, tag)
    more = {
        b"xmlns:" + prefix: namespace_for(prefix)
        for name in read.attributes
        if (prefix := name.rpartition(b":")[0]) not in {b"", b"xml", b"xmlns"}
        and b"xmlns:" + prefix not in read.attributes
    }
    for name in more:
        message = f"the prefix {shown(name[6:])} is not declared"
        notes.add(Code.UNDECLARED_PREFIX, message, tag, 0)
    sound = read.written(more) if [*notes] else tag
    # All that is in it would be lost with a tag that does not parse.
    if not strict.is_well_formed(b"%b</%b>" % (sound, read.name)):
        sound = _usual(read.name)
        message = f"{shown(tag)} cannot be read; the usual one was put in its place"
        notes.add(Code.BROKEN_ATTRIBUTE, message, tag, 0)
    return sound, [*notes]


def _usual(name: bytes) -> bytes:
    """Give a start tag that declares what WordPress declares, if it is the root."""
    usual = {b"xmlns:" + prefix: WELL_KNOWN[prefix] for prefix in _OURS}
    return Tag(name, usual if name == b"rss" else {}, False, 0, 0).written()  # noqa: FBT003


def _bind(tag: Tag, notes: Notes, data: bytes) -> None:
    for prefix in _OURS:
        name = b"xmlns:" + prefix
        uri = tag.attributes.get(name)
        meant = WELL_KNOWN[prefix]
        if uri is None or _is_known(uri) or _binds(tag, meant):
            continue
        message = f"{shown(prefix)} is bound to {shown(uri)}; it was read as WXR's"
        notes.add(Code.UNKNOWN_NAMESPACE, message, data, max(0, data.find(uri)))
        tag.attributes[name] = meant


def _is_known(uri: bytes) -> bool:
    return not short_name(f"{{{uri.decode('utf-8', 'replace')}}}x").startswith("{")


def _binds(tag: Tag, uri: bytes) -> bool:
    """Say whether some prefix is bound to a namespace like this one."""
    wanted = short_name(f"{{{uri.decode()}}}x")
    return any(
        short_name(f"{{{value.decode('utf-8', 'replace')}}}x") == wanted
        for name, value in tag.attributes.items()
        if name.startswith(b"xmlns")
    )
