"""Links from items' terms to the rows of `terms`, once all rows are loaded.

It is done in the database, so a site of a million terms needs no memory for it, and
a term that a later part declares is found like any other.
"""

from typing import Final

# Each look-up takes the first entry of an index, so that a thousand terms of one name
# cost no more than one. MySQL finds `a` and `a ` equal, so lengths are compared too.
_BY_SLUG: Final = """
UPDATE {post_terms} AS refs SET term_row_id = (
    SELECT terms.row_id FROM {terms} AS terms
    WHERE terms.taxonomy = refs.taxonomy AND terms.slug = refs.slug
      AND length(terms.slug) = length(refs.slug)
    ORDER BY terms.row_id LIMIT 1
)
WHERE term_row_id IS NULL AND slug <> ''
"""
# Where both sides have a slug, it alone decides: two terms may share a name. But WXR
# 1.0 names an item's terms without their slug, and may declare one with an empty slug.
_WITHOUT_SLUG: Final = """
UPDATE {post_terms} AS refs SET term_row_id = (
    SELECT terms.row_id FROM {terms} AS terms
    WHERE terms.taxonomy = refs.taxonomy AND terms.name = refs.name
      AND length(terms.name) = length(refs.name)
    ORDER BY terms.slug{nulls_first}, terms.row_id LIMIT 1
)
WHERE term_row_id IS NULL AND coalesce(slug, '') = '' AND name <> ''
"""
_TO_ONE_WITHOUT_SLUG: Final = """
UPDATE {post_terms} AS refs SET term_row_id = coalesce(
    (
        SELECT terms.row_id FROM {terms} AS terms
        WHERE terms.taxonomy = refs.taxonomy AND terms.name = refs.name
          AND length(terms.name) = length(refs.name) AND terms.slug = ''
        ORDER BY terms.row_id LIMIT 1
    ),
    (
        SELECT terms.row_id FROM {terms} AS terms
        WHERE terms.taxonomy = refs.taxonomy AND terms.name = refs.name
          AND length(terms.name) = length(refs.name) AND terms.slug IS NULL
        ORDER BY terms.row_id LIMIT 1
    )
)
WHERE term_row_id IS NULL AND name <> ''
"""
_LINKS: Final = (_BY_SLUG, _WITHOUT_SLUG, _TO_ONE_WITHOUT_SLUG)
"""Best first: each takes what those before it left."""

# The name is that of the first mention.
_ADD_UNDECLARED: Final = """
INSERT INTO {terms} (row_id, taxonomy, slug, name)
SELECT (SELECT coalesce(max(row_id), 0) FROM {terms})
       + row_number() OVER (ORDER BY refs.row_id),
       refs.taxonomy, refs.slug, refs.name
FROM {post_terms} AS refs
JOIN (
    SELECT min(row_id) AS row_id FROM {post_terms}
    WHERE term_row_id IS NULL AND (slug <> '' OR name <> '')
    GROUP BY taxonomy, coalesce(slug, ''), length(slug),
             CASE WHEN coalesce(slug, '') = '' THEN name END,
             CASE WHEN coalesce(slug, '') = '' THEN length(name) END
) AS firsts ON firsts.row_id = refs.row_id
"""

LINKS: Final = (*_LINKS, _ADD_UNDECLARED, *_LINKS)
"""Statements that fill `post_terms.term_row_id`; terms that only items name get a row.

A mention without slug and name is of no term, and its link stays NULL.
"""
