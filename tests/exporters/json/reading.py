"""JSON back to records, written for the tests and from the documentation alone."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from wxr.model import Author, Comment, Meta, Post, Record, Site, Term, TermRef


def read_document(data: bytes) -> list[Record]:
    """Give the records of a document: site, authors, terms, posts."""
    document = json.loads(data)
    assert (document["format"], document["version"]) == ("wxr-json", 1)
    return [
        _site(document["site"]),
        *map(_author, document["authors"]),
        *map(_term, document["terms"]),
        *map(_post, document["posts"]),
    ]


def read_lines(data: bytes) -> list[Record]:
    """Give the records of JSON Lines, in their order."""
    objects = [json.loads(line) for line in data.split(b"\n")[:-1]]
    return [_BUILDERS[fields.pop("record")](fields) for fields in objects]


def _site(fields: dict[str, Any]) -> Site:
    return Site(**fields | _dates(fields) | _extra(fields))


def _author(fields: dict[str, Any]) -> Author:
    return Author(**fields | _extra(fields))


def _term(fields: dict[str, Any]) -> Term:
    return Term(**fields | _extra(fields) | _metas(fields))


def _post(fields: dict[str, Any]) -> Post:
    lists = {
        "terms": tuple(TermRef(**ref) for ref in fields["terms"]),
        "comments": tuple(_comment(comment) for comment in fields["comments"]),
    }
    return Post(**fields | _dates(fields) | _extra(fields) | _metas(fields) | lists)


def _comment(fields: dict[str, Any]) -> Comment:
    return Comment(**fields | _dates(fields) | _extra(fields) | _metas(fields))


def _dates(fields: Mapping[str, Any]) -> dict[str, datetime | None]:
    names = ("date", "date_gmt", "modified", "modified_gmt", "pub_date")
    return {
        name: fields[name] and datetime.fromisoformat(fields[name])
        for name in names
        if name in fields
    }


def _extra(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"extra": tuple((name, xml) for name, xml in fields["extra"])}


def _metas(fields: Mapping[str, Any]) -> dict[str, Any]:
    found = fields["meta"]
    return {"meta": tuple(Meta(key=each["key"], value=each["value"]) for each in found)}


_BUILDERS: Final[Mapping[str, Callable[[dict[str, Any]], Record]]] = {
    "author": _author,
    "post": _post,
    "site": _site,
    "term": _term,
}
