"""The tables as data: names, columns, references, indexes and views.

Columns are the model's fields. Real exports repeat ids, so `id` is what the export
says, and `row_id`, counted in the order of the file, is the key.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

VERSION: Final = 1
"""Of this schema; it changes when a program that reads the tables would notice."""


class Kind(StrEnum):
    """What a column holds; a dialect has a type for each."""

    KEY = "key"
    """Number of the row, from 1. Every table but `site` starts with it."""
    ROW = "row"
    """Key of a row in another table."""
    INTEGER = "integer"
    """64 bits; a number that does not fit is NULL, and in `extra`."""
    TEXT = "text"
    """Of any length, as WordPress stored it."""
    NAME = "name"
    """Text that is looked up: it stands in an index."""
    PATH = "path"
    """Place in a thread: its characters sort, whatever the language."""
    BOOLEAN = "boolean"
    LOCAL_TIME = "local time"
    """Wall clock of the site."""
    INSTANT = "instant"
    """A moment, in UTC."""
    JSON = "json"
    """JSON text: `extra`, a list of `[name, xml]`; `decoded`, any value."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: Kind
    table: str | None = None
    """The table whose row it names."""
    is_derived: bool = False
    """Filled once all rows are there: a row is loaded without it."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    name: str
    columns: tuple[Column, ...]

    @property
    def owner(self) -> str | None:
        """The table whose row the first value of a row names, its key aside."""
        column = self.columns[1]
        return None if column.is_derived else column.table

    @property
    def loaded(self) -> tuple[str, ...]:
        """Names of the columns that a row is loaded with, in their order."""
        return tuple(column.name for column in self.columns if not column.is_derived)


@dataclass(frozen=True, slots=True)
class Index:
    """An index on what people look up; made once the rows are there."""

    table: str
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name, from what it is on."""
        return "_".join((self.table, "by", *self.columns))


@dataclass(frozen=True, slots=True)
class View:
    """A question worth a name, in SQL of every dialect; a table is `{posts}` there."""

    name: str
    query: str


_KEY: Final = Column("row_id", Kind.KEY)
_EXTRA: Final = Column("extra", Kind.JSON)


def _row_of(table: str, name: str) -> Column:
    return Column(name, Kind.ROW, table)


def _all(kind: Kind, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in names)


_META_COLUMNS: Final = (
    *_all(Kind.NAME, "key"),
    *_all(Kind.TEXT, "value"),
    # Of a value that is PHP-serialized or JSON, what it says; of others NULL.
    *_all(Kind.JSON, "decoded"),
)

SITE: Final = Table(
    "site",
    (
        *_all(Kind.TEXT, "title", "link", "description", "language"),
        *_all(Kind.INSTANT, "pub_date"),
        *_all(Kind.TEXT, "wxr_version", "base_site_url", "base_blog_url"),
        *_all(Kind.TEXT, "generator"),
        _EXTRA,
    ),
)
"""One row, without a key."""

TABLES: Final = (
    Table(
        "authors",
        (
            _KEY,
            *_all(Kind.INTEGER, "id"),
            *_all(Kind.NAME, "login"),
            *_all(Kind.TEXT, "email", "display_name", "first_name", "last_name"),
            _EXTRA,
        ),
    ),
    # A term that only items name has NULL in `id` and in `extra`: a declared one has
    # a list there, if an empty one.
    Table(
        "terms",
        (
            _KEY,
            *_all(Kind.INTEGER, "id"),
            *_all(Kind.NAME, "taxonomy", "slug", "name", "parent"),
            *_all(Kind.TEXT, "description"),
            _EXTRA,
        ),
    ),
    Table("term_meta", (_KEY, _row_of("terms", "term_row_id"), *_META_COLUMNS)),
    Table(
        "posts",
        (
            _KEY,
            *_all(Kind.INTEGER, "id"),
            *_all(Kind.NAME, "type", "status"),
            *_all(Kind.TEXT, "title"),
            *_all(Kind.NAME, "slug"),
            *_all(Kind.TEXT, "link", "guid"),
            *_all(Kind.NAME, "author"),
            *_all(Kind.LOCAL_TIME, "date"),
            *_all(Kind.INSTANT, "date_gmt"),
            *_all(Kind.LOCAL_TIME, "modified"),
            *_all(Kind.INSTANT, "modified_gmt", "pub_date"),
            *_all(Kind.TEXT, "content", "excerpt", "comment_status", "ping_status"),
            *_all(Kind.INTEGER, "parent", "menu_order"),
            *_all(Kind.TEXT, "password"),
            *_all(Kind.BOOLEAN, "sticky"),
            *_all(Kind.TEXT, "attachment_url"),
            _EXTRA,
        ),
    ),
    Table(
        "post_terms",
        (
            _KEY,
            _row_of("posts", "post_row_id"),
            *_all(Kind.NAME, "taxonomy", "slug", "name"),
            Column("term_row_id", Kind.ROW, "terms", is_derived=True),
        ),
    ),
    Table("post_meta", (_KEY, _row_of("posts", "post_row_id"), *_META_COLUMNS)),
    Table(
        "comments",
        (
            _KEY,
            _row_of("posts", "post_row_id"),
            *_all(Kind.INTEGER, "id"),
            *_all(Kind.NAME, "type"),
            *_all(Kind.TEXT, "author_name"),
            *_all(Kind.NAME, "author_email"),
            *_all(Kind.TEXT, "author_url", "author_ip"),
            *_all(Kind.LOCAL_TIME, "date"),
            *_all(Kind.INSTANT, "date_gmt"),
            *_all(Kind.TEXT, "content"),
            *_all(Kind.NAME, "status"),
            *_all(Kind.INTEGER, "parent", "user_id"),
            _EXTRA,
        ),
    ),
    Table(
        "comment_meta", (_KEY, _row_of("comments", "comment_row_id"), *_META_COLUMNS)
    ),
    # What a recursive query would lose: replies to what is not there, and circles.
    Table(
        "comment_places",
        (
            # One row for each comment, in the same order, so with the same number.
            Column("comment_row_id", Kind.KEY, "comments"),
            _row_of("comments", "root_row_id"),
            *_all(Kind.INTEGER, "depth"),
            *_all(Kind.PATH, "path"),
        ),
    ),
)
"""Every table but `site`, after those it refers to."""

INDEXES: Final = (
    Index("authors", ("login",)),
    Index("terms", ("taxonomy", "slug")),
    Index("terms", ("taxonomy", "name", "slug")),
    Index("term_meta", ("term_row_id",)),
    Index("posts", ("id",)),
    Index("posts", ("type", "status")),
    Index("posts", ("slug",)),
    Index("posts", ("author",)),
    Index("posts", ("date",)),
    Index("post_terms", ("post_row_id",)),
    Index("post_terms", ("term_row_id",)),
    Index("post_meta", ("post_row_id",)),
    Index("post_meta", ("key",)),
    Index("comments", ("post_row_id",)),
    Index("comments", ("id",)),
    Index("comments", ("type", "status")),
    Index("comments", ("author_email",)),
    Index("comment_meta", ("comment_row_id",)),
)

VIEWS: Final = (
    # `path` sorts as text into reading order within one post.
    View(
        "comment_threads",
        """
        SELECT places.comment_row_id, comments.post_row_id, places.root_row_id,
               places.depth, places.path
        FROM {comment_places} AS places
        JOIN {comments} AS comments ON comments.row_id = places.comment_row_id
        """,
    ),
    View(
        "pingbacks",
        """
        SELECT comments.row_id AS comment_row_id, comments.post_row_id,
               comments.type, comments.author_name, comments.author_url,
               comments.date, comments.date_gmt, comments.status, comments.content,
               posts.title AS post_title, posts.link AS post_link
        FROM {comments} AS comments
        JOIN {posts} AS posts ON posts.row_id = comments.post_row_id
        WHERE comments.type IN ('pingback', 'trackback')
        """,
    ),
)
