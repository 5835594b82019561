"""JSON objects to records: every value is what the schema says, or the record fails."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NoReturn, TypeAlias

from wxr.diagnostics import Code, Diagnostic
from wxr.model import (
    Author,
    Comment,
    Extra,
    Meta,
    Post,
    Record,
    Site,
    Term,
    TermRef,
)
from wxr.parser import Batch, Parsed
from wxr.parser.making import make_comment, make_post, maker
from wxr.parser.slices import Slice

_Read: TypeAlias = Callable[["_Reader", Any], Any]

_LEAST: Final = -(1 << 63)
_MOST: Final = (1 << 63) - 1
_SHOWN: Final = 60
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DERIVED: Final = frozenset({"record", "decoded"})
"""Members that say again what others say."""


@dataclass(frozen=True, slots=True)
class Objects(Batch):
    """A batch whose slices are JSON objects."""


class _MisfitError(ValueError):
    """A value is not what the schema says."""


def read(batch: Batch) -> Iterator[Parsed]:
    """Read the records of a batch; one that is not as it should be fails alone."""
    for piece in batch.slices:
        yield _parsed(batch, piece)


def _parsed(batch: Batch, piece: Slice) -> Parsed:
    reader = _Reader(may_hold_halves=b"\\u" in piece.data)
    try:
        record = reader.record(_loaded(piece.data))
    except (ValueError, RecursionError) as error:
        reader.say(Code.MALFORMED, f"a record was not read: {_reason(error)}")
        return Parsed(piece, None, _placed(reader, batch, piece, None), Code.MALFORMED)
    item = record.id if isinstance(record, Post) else None
    return Parsed(piece, record, _placed(reader, batch, piece, item))


def _placed(
    reader: "_Reader", batch: Batch, piece: Slice, item: int | None
) -> list[Diagnostic]:
    return [
        Diagnostic(code=code, message=text, part=batch.part, line=piece.line, item=item)
        for code, text in reader.problems
    ]


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        said = error.msg.lower().removesuffix(" at")
        return f"it is no JSON ({said} at its character {error.pos + 1})"
    return str(error)


def _loaded(data: bytes) -> Any:  # noqa: ANN401  whatever it is
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _MisfitError("it is not UTF-8") from error
    return json.loads(text, parse_constant=_no_number)


def _no_number(name: str) -> NoReturn:
    raise _MisfitError(f"{name} is no number of JSON")


@dataclass(slots=True)
class _Reader:
    """Reads one record, and notes what is odd about it."""

    may_hold_halves: bool
    """Whether a text may hold half of a surrogate pair, which is no character."""
    problems: list[tuple[Code, str]] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)

    def say(self, code: Code, message: str) -> None:
        self.problems.append((code, message))

    def record(self, value: object) -> Record:
        """Read a record, which says itself of what kind it is."""
        kind = value.get("record") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in _RECORDS:
            self.refuse(kind, "one of site, author, term and post", "record")
        made: Record = _RECORDS[kind](self, value)
        return made

    def refuse(self, value: object, wanted: str, *path: str) -> NoReturn:
        """Raise for a value that is not what is wanted."""
        where = ".".join([*self._path, *path])
        shown = repr(value)[:_SHOWN]
        raise _MisfitError(f"`{where}` is {shown}, and not {wanted}")

    def members(
        self, value: object, reads: Mapping[str, _Read], required: str | None = None
    ) -> dict[str, Any]:
        """Read the members of an object; those that are missing stay out."""
        if not isinstance(value, dict):
            self.refuse(value, "an object")
        found: dict[str, Any] = {}
        path = self._path
        for name, each in value.items():
            read_it = reads.get(name)
            if read_it is None:
                self._unknown(name)
                continue
            path.append(name)
            found[name] = read_it(self, each)
            path.pop()
        if required is not None and found.get(required) is None:
            self.refuse(None, "given, as it must be", required)
        return found

    def _unknown(self, name: str) -> None:
        if name not in _DERIVED:
            where = ".".join([*self._path, name[:_SHOWN]])
            self.say(Code.NOT_CARRIED, f"`{where}` is no member of ours; left out")

    def each(self, value: object, read_it: _Read) -> tuple[Any, ...]:
        """Read a list."""
        if not isinstance(value, list):
            self.refuse(value, "a list")
        return tuple([read_it(self, each) for each in value])


def _text(reader: _Reader, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        reader.refuse(value, "text")
    if reader.may_hold_halves and _SURROGATE.search(value):
        reader.say(Code.BAD_REFERENCE, "half a surrogate pair was replaced")
        return _SURROGATE.sub("\ufffd", value)
    return value


def _required_text(reader: _Reader, value: object) -> str:
    text = _text(reader, value)
    return reader.refuse(None, "text") if text is None else text


def _number(reader: _Reader, value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        reader.refuse(value, "a whole number")
    if not _LEAST <= value <= _MOST:
        reader.refuse(value, "a number of 64 bits")
    return value


def _required_number(reader: _Reader, value: object) -> int:
    number = _number(reader, value)
    return reader.refuse(None, "a whole number") if number is None else number


def _flag(reader: _Reader, value: object) -> bool:
    return value if isinstance(value, bool) else reader.refuse(value, "true or false")


def _local(reader: _Reader, value: object) -> datetime | None:
    stamp = _stamp(reader, value)
    if stamp is not None and stamp.tzinfo is not None:
        reader.refuse(value, "a wall clock's time, which has no offset")
    return stamp


def _utc(reader: _Reader, value: object) -> datetime | None:
    stamp = _stamp(reader, value)
    if stamp is None:
        return None
    if stamp.utcoffset() != timedelta():
        reader.refuse(value, "a time in UTC, which ends in Z")
    return stamp.replace(tzinfo=UTC)


def _stamp(reader: _Reader, value: object) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str) or "T" not in value:
        reader.refuse(value, "a date as wxr writes it")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        reader.refuse(value, "a date as wxr writes it")


def _extra(reader: _Reader, value: object) -> Extra:
    return reader.each(value, _pair)


def _pair(reader: _Reader, value: object) -> tuple[str, str]:
    is_pair = isinstance(value, list) and len(value) == len(("name", "text"))
    if not isinstance(value, list) or not is_pair:
        reader.refuse(value, "a list of a name and a text")
    return _required_text(reader, value[0]), _required_text(reader, value[1])


def _metas(reader: _Reader, value: object) -> tuple[Meta, ...]:
    return reader.each(value, _meta)


def _meta(reader: _Reader, value: object) -> Meta:
    return _make_meta(**({"key": None, "value": None} | reader.members(value, _META)))


def _term_refs(reader: _Reader, value: object) -> tuple[TermRef, ...]:
    return reader.each(value, _term_ref)


def _term_ref(reader: _Reader, value: object) -> TermRef:
    found = reader.members(value, _TERM_REF, "taxonomy")
    return _make_term_ref(**({"slug": None, "name": None} | found))


def _comments(reader: _Reader, value: object) -> tuple[Comment, ...]:
    return reader.each(value, _comment)


def _comment(reader: _Reader, value: object) -> Comment:
    return make_comment(**reader.members(value, _COMMENT, "id"))


def _post(reader: _Reader, value: object) -> Post:
    return make_post(**reader.members(value, _POST, "id"))


def _term(reader: _Reader, value: object) -> Term:
    return Term(**reader.members(value, _TERM, "taxonomy"))


def _author(reader: _Reader, value: object) -> Author:
    return Author(**reader.members(value, _AUTHOR))


def _site(reader: _Reader, value: object) -> Site:
    return Site(**reader.members(value, _SITE))


_make_meta: Final = maker(Meta)
_make_term_ref: Final = maker(TermRef)

_RECORDS: Final[Mapping[str, _Read]] = {
    "site": _site,
    "author": _author,
    "term": _term,
    "post": _post,
}
_META: Final[Mapping[str, _Read]] = {"key": _text, "value": _text}
_TERM_REF: Final[Mapping[str, _Read]] = {
    "taxonomy": _required_text,
    "slug": _text,
    "name": _text,
}
_SITE: Final[Mapping[str, _Read]] = {
    **dict.fromkeys(("title", "link", "description", "language"), _text),
    "pub_date": _utc,
    **dict.fromkeys(("wxr_version", "base_site_url", "base_blog_url"), _text),
    "generator": _text,
    "extra": _extra,
}
_AUTHOR: Final[Mapping[str, _Read]] = {
    "id": _number,
    **dict.fromkeys(("login", "email", "display_name"), _text),
    **dict.fromkeys(("first_name", "last_name"), _text),
    "extra": _extra,
}
_TERM: Final[Mapping[str, _Read]] = {
    "id": _number,
    "taxonomy": _required_text,
    **dict.fromkeys(("slug", "name", "parent", "description"), _text),
    "meta": _metas,
    "extra": _extra,
}
_COMMENT: Final[Mapping[str, _Read]] = {
    "id": _required_number,
    "type": _required_text,
    **dict.fromkeys(("author_name", "author_email", "author_url"), _text),
    "author_ip": _text,
    "date": _local,
    "date_gmt": _utc,
    **dict.fromkeys(("content", "status"), _text),
    **dict.fromkeys(("parent", "user_id"), _number),
    "meta": _metas,
    "extra": _extra,
}
_POST: Final[Mapping[str, _Read]] = {
    "id": _required_number,
    **dict.fromkeys(("type", "status", "title", "slug", "link", "guid"), _text),
    "author": _text,
    **dict.fromkeys(("date", "modified"), _local),
    **dict.fromkeys(("date_gmt", "modified_gmt", "pub_date"), _utc),
    **dict.fromkeys(("content", "excerpt", "comment_status", "ping_status"), _text),
    "parent": _number,
    "menu_order": _required_number,
    "password": _text,
    "sticky": _flag,
    "attachment_url": _text,
    "terms": _term_refs,
    "meta": _metas,
    "comments": _comments,
    "extra": _extra,
}
