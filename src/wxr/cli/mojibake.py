"""The option `--fix-mojibake`, the same for each command."""

from typing import Final

import click

fix_mojibake_option: Final = click.option(
    "--fix-mojibake",
    is_flag=True,
    help="Repair text that was encoded twice: cafÃ© becomes café.",
)
