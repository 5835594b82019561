"""Full text, as each database has it, over titles, authors, contents and comments.

SQLite has a table of its own for it; PostgreSQL an index over an expression, which the
view `search` gives a name; MySQL and MariaDB indexes, which `MATCH` asks by column.
"""

from typing import Final

# `remove_diacritics 2` finds été by ete, and is right for letters with two marks.
SQLITE_TABLE: Final = """
CREATE VIRTUAL TABLE search USING fts5(
    post_row_id UNINDEXED, comment_row_id UNINDEXED, title, author, content,
    content = 'search_texts', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
)
"""
# FTS5 wants one rising number for what lies in two tables.
SQLITE_NUMBERS: Final = """
CREATE TABLE search_numbers (
    number INTEGER PRIMARY KEY,
    post_row_id INTEGER REFERENCES posts (row_id),
    comment_row_id INTEGER REFERENCES comments (row_id)
)
"""
SQLITE_TEXTS: Final = """
CREATE VIEW search_texts AS
SELECT numbers.number, numbers.post_row_id, numbers.comment_row_id,
       posts.title,
       coalesce(posts.author, comments.author_name) AS author,
       coalesce(posts.content, comments.content) AS content
FROM search_numbers AS numbers
LEFT JOIN posts
    ON posts.row_id = numbers.post_row_id AND numbers.comment_row_id IS NULL
LEFT JOIN comments ON comments.row_id = numbers.comment_row_id
"""
SQLITE_SETTINGS: Final = tuple(
    f"INSERT INTO search (search, rank) VALUES ('{name}', {value})"  # noqa: S608 - all of it is ours
    for name, value in (
        # Bytes of words gathered before they are written.
        ("hashsize", 2 << 20),
        # Writings that are merged to one: more means fewer merges, and slower search.
        ("automerge", 8),
        # Bytes of an entry: as many as a page of the database has room for.
        ("pgsz", 8000),
    )
)
"""What makes filling it faster, by a third."""
_FILL: Final = """
INSERT INTO search (rowid, title, author, content)
SELECT number, title, author, content FROM search_texts ORDER BY number
"""
_NUMBER: Final = """
INSERT INTO search_numbers (post_row_id, comment_row_id)
SELECT row_id, NULL FROM posts UNION ALL SELECT post_row_id, row_id FROM comments
"""

SQLITE_SEARCH: Final = (
    SQLITE_TABLE,
    SQLITE_NUMBERS,
    SQLITE_TEXTS,
    *SQLITE_SETTINGS,
    _NUMBER,
    _FILL,
)
"""All of it at once, for a database whose rows are there."""

# Accents go by way of decomposition, which no server needs an extension for. The words
# of one text may take a mebibyte, and a character may take eight bytes: four, and as
# many once more where it stands in a word with a hyphen, whose parts are words too.
_WORDS: Final = r"""to_tsvector('pg_catalog.simple', left(regexp_replace(
    normalize(left(concat_title || ' ' || content, 125000), NFKD),
    E'[\\u0300-\\u036f]', '', 'g'
), 125000))"""


def _words(*columns: str) -> str:
    """Give the words of some columns; the same expression in index and view."""
    texts = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    return _WORDS.replace("concat_title || ' ' || content", texts)


_POST_WORDS: Final = _words("title", "author", "content")
_COMMENT_WORDS: Final = _words("author_name", "content")

POSTGRESQL_SEARCH: Final = (
    f"CREATE INDEX ON {{posts}} USING gin (({_POST_WORDS}))",
    f"CREATE INDEX ON {{comments}} USING gin (({_COMMENT_WORDS}))",
    f"""
    CREATE VIEW {{search}} AS
    SELECT row_id AS post_row_id, NULL::bigint AS comment_row_id,
           title, author, content, {_POST_WORDS} AS words
    FROM {{posts}}
    UNION ALL
    SELECT post_row_id, row_id, NULL, author_name, content, {_COMMENT_WORDS}
    FROM {{comments}}
    """,  # noqa: S608 - all of it is ours
)

MYSQL_SEARCH: Final = (
    "ALTER TABLE {posts} ADD FULLTEXT posts_by_words (title, content)",
    "ALTER TABLE {comments} ADD FULLTEXT comments_by_words (author_name, content)",
)
