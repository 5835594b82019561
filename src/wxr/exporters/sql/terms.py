"""Links from items' terms to the rows of `terms`, once all rows are loaded.

It is done in the database, so a site of a million terms needs no memory for it, and
a term that a later part declares is found like any other.
"""

import sqlite3
from typing import Final

# Each look-up takes the first entry of an index, so that a thousand terms of one name
# cost no more than one.
_BY_SLUG: Final = """
UPDATE post_terms SET term_row_id = (
    SELECT row_id FROM terms
    WHERE terms.taxonomy = post_terms.taxonomy AND terms.slug = post_terms.slug
    ORDER BY row_id LIMIT 1
)
WHERE term_row_id IS NULL AND slug <> ''
"""
# Where both sides have a slug, it alone decides: two terms may share a name. But WXR
# 1.0 names an item's terms without their slug, and may declare one with an empty slug.
_WITHOUT_SLUG: Final = """
UPDATE post_terms SET term_row_id = (
    SELECT row_id FROM terms
    WHERE terms.taxonomy = post_terms.taxonomy AND terms.name = post_terms.name
    ORDER BY slug, row_id LIMIT 1
)
WHERE term_row_id IS NULL AND coalesce(slug, '') = '' AND name <> ''
"""
_TO_ONE_WITHOUT_SLUG: Final = """
UPDATE post_terms SET term_row_id = coalesce(
    (
        SELECT row_id FROM terms
        WHERE terms.taxonomy = post_terms.taxonomy AND terms.name = post_terms.name
          AND terms.slug = ''
        ORDER BY row_id LIMIT 1
    ),
    (
        SELECT row_id FROM terms
        WHERE terms.taxonomy = post_terms.taxonomy AND terms.name = post_terms.name
          AND terms.slug IS NULL
        ORDER BY row_id LIMIT 1
    )
)
WHERE term_row_id IS NULL AND name <> ''
"""
_LINKS: Final = (_BY_SLUG, _WITHOUT_SLUG, _TO_ONE_WITHOUT_SLUG)
"""Best first: each takes what those before it left."""

# The name is that of the first mention: with a bare min() SQLite takes its row.
_ADD_UNDECLARED: Final = """
INSERT INTO terms (taxonomy, slug, name)
SELECT taxonomy, slug, name FROM (
    SELECT taxonomy, slug, name, min(row_id) AS first FROM post_terms
    WHERE term_row_id IS NULL AND (slug <> '' OR name <> '')
    GROUP BY taxonomy, coalesce(slug, ''),
             CASE WHEN coalesce(slug, '') = '' THEN name END
)
ORDER BY first
"""


def link_terms(database: sqlite3.Connection) -> None:
    """Fill `post_terms.term_row_id`; terms that only items name get a row first.

    A mention without slug and name is of no term, and its link stays NULL.
    """
    _link(database)
    if database.execute(_ADD_UNDECLARED).rowcount:
        _link(database)


def _link(database: sqlite3.Connection) -> None:
    for statement in _LINKS:
        database.execute(statement)
