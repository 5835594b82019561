"""The options that raise the caps on compressed exports, the same for each command."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import click

from wxr.parser import Limits

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DEFAULT: Final = Limits()
_OPTIONS: Final = (
    ("size", "BYTES", "Most that compressed exports may unpack to"),
    ("ratio", "N", "Most times its own size that one may unpack to"),
    ("members", "N", "Most files in one archive"),
)


def limit_options(command: _Command) -> _Command:
    """Give a command `--max-size`, `--max-ratio` and `--max-members`."""
    for name, metavar, text in reversed(_OPTIONS):
        default = getattr(_DEFAULT, name)
        command = click.option(
            f"--max-{name}",
            type=click.IntRange(min=1),
            metavar=metavar,
            help=f"{text}. [default: {default}]",
        )(command)
    return command


def limits(given: Mapping[str, Any]) -> Limits:
    """Give what was asked for, and the default where nothing was."""
    return Limits(
        **{
            name: given[f"max_{name}"] or getattr(_DEFAULT, name)
            for name, _, _ in _OPTIONS
        }
    )
