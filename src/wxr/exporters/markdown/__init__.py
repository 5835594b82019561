"""Markdown: one file per public item, with front matter, body and comments.

Beside them stands `site.yaml`, with the site, its authors, terms and menus. Files of
ours are listed in `.wxr-manifest.json`.
"""

from wxr.exporters.markdown.exporter import MarkdownExporter

__all__ = ["MarkdownExporter"]
