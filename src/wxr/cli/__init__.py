"""The command `wxr`: one file per command, each parses, calls, says."""

from wxr.cli.group import main

__all__ = ["main"]
