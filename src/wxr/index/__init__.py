"""The site index: what one item's Markdown must know of the rest of the site.

A small SQLite file, made by a first pass over the export and then opened read-only by
every worker: ids, types, slugs, links, parents, attachments, menus. It holds no
e-mails, no bodies but those of patterns, and no comments, so it stays small.
"""

from wxr.index.links import link_key
from wxr.index.look_up import Entry, SiteIndex, close_indexes, open_index
from wxr.index.paths import PathTable
from wxr.index.rows import Row, rows_of
from wxr.index.statuses import Statuses, withhold
from wxr.index.writer import IndexWriter

__all__ = [
    "Entry",
    "IndexWriter",
    "PathTable",
    "Row",
    "SiteIndex",
    "Statuses",
    "close_indexes",
    "link_key",
    "open_index",
    "rows_of",
    "withhold",
]
