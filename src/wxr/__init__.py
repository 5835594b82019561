"""WordPress exports to Markdown, JSON and SQL."""
