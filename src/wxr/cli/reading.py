"""The options that say how exports are read, the same for each command."""

from typing import Final

import click

encoding_option: Final = click.option(
    "--encoding", metavar="NAME", help="Override what the export says of itself."
)

fix_mojibake_option: Final = click.option(
    "--fix-mojibake",
    is_flag=True,
    help="Repair text that was encoded twice: cafÃ© becomes café.",
)

jobs_option: Final = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes. [default: all cores for markdown, else 1]",
)
