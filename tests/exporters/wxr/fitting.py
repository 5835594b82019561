"""Records as an export can hold them, for tests that write and read them back."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from wxr.model import Author, Comment, Post, Record, Site, Term

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TOKENS: Final[dict[type, tuple[str, ...]]] = {
    Site: (
        *("link", "language", "wxr_version", "base_site_url", "base_blog_url"),
        "generator",
    ),
    Author: ("login", "email"),
    Term: ("taxonomy", "slug", "parent"),
    Post: (
        *("type", "status", "slug", "link", "guid", "author", "comment_status"),
        *("ping_status", "attachment_url"),
    ),
    Comment: ("type", "author_email", "author_url", "author_ip", "status"),
}
"""Fields without white space around: a reader takes it for a formatter's."""
_STATUSES: Final = {"1": "approved", "0": "hold"}


def fitting(record: Record) -> Record:
    """Give what a reader gives of a record that was written, its `extra` aside."""
    fit = _fit(record)
    assert isinstance(fit, Record)
    return fit


def _fit(value: Any) -> Any:  # noqa: ANN401  a record, or what is in one
    if isinstance(value, str):
        return _ILLEGAL.sub("", value)
    if isinstance(value, tuple):
        return tuple(map(_fit, value))
    if isinstance(value, int) and not isinstance(value, bool):
        return value % 10**18 if abs(value) >= 10**18 else value
    if not is_dataclass(value) or isinstance(value, type):
        return value
    made: Any = replace(
        value, **{each.name: _fit(getattr(value, each.name)) for each in fields(value)}
    )
    for name in _TOKENS.get(type(value), ()):
        if text := getattr(made, name):
            made = replace(made, **{name: text.strip()})
    return _special(made)


def _special(made: Any) -> Any:  # noqa: ANN401  a record, or a part of one
    match made:
        case Site():
            version = made.wxr_version or ""
            is_one = re.fullmatch(r"[0-9]+\.[0-9]+", version)
            return replace(made, wxr_version=version if is_one else "1.2", extra=())
        case Post():
            return _post(made)
        case Comment():
            status = _STATUSES.get(made.status or "", made.status)
            parent, user = made.parent or None, made.user_id or None
            return replace(made, status=status, parent=parent, user_id=user, extra=())
        case Author() | Term():
            return replace(made, extra=())
        case _:
            return made


def _post(post: Post) -> Post:
    refs = [replace(ref, name=ref.name or "") for ref in post.terms]
    full = {(ref.taxonomy, ref.name) for ref in refs if ref.slug is not None}
    kept = tuple(
        ref
        for ref in refs
        if ref.slug is not None or (ref.taxonomy, ref.name) not in full
    )
    return replace(post, terms=kept, parent=post.parent or None, extra=())
