"""Links from items' terms to the rows of `terms`, once all rows are loaded.

It is done in the database, so a site of a million terms needs no memory for it, and
a term that a later part declares is found like any other.
"""

import sqlite3
from typing import Final

# Where both sides have a slug, it alone decides: two terms may share a name. WXR 1.0
# names terms without their slug, and may declare categories with an empty one.
_BY_SLUG: Final = """
UPDATE post_terms SET term_row_id = (
    SELECT min(terms.row_id) FROM terms
    WHERE terms.taxonomy = post_terms.taxonomy AND terms.slug = post_terms.slug
)
WHERE slug <> ''
"""
_BY_NAME: Final = """
UPDATE post_terms SET term_row_id = (
    SELECT min(terms.row_id) FROM terms
    WHERE terms.taxonomy = post_terms.taxonomy AND terms.name = post_terms.name
      AND (coalesce(terms.slug, '') = '' OR coalesce(post_terms.slug, '') = '')
)
WHERE term_row_id IS NULL AND name <> ''
"""
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
    database.execute(_BY_SLUG)
    database.execute(_BY_NAME)
    if database.execute(_ADD_UNDECLARED).rowcount:
        database.execute(_BY_SLUG)
        database.execute(_BY_NAME)
