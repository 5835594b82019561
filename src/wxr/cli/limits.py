"""The options that move the caps on items and archives, the same for each command."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import click

from wxr.parser import MAX_ITEM, Limits

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DEFAULT: Final = Limits()
_OPTIONS: Final = (
    ("size", "BYTES", "Most that compressed exports may unpack to"),
    ("ratio", "N", "Most times its own size that one may unpack to"),
    ("members", "N", "Most files in one archive"),
)


def limit_options(command: _Command) -> _Command:
    """Give a command `--max-item`, `--max-size`, `--max-ratio` and `--max-members`."""
    for name, metavar, text in reversed(_OPTIONS):
        default = getattr(_DEFAULT, name)
        command = _option(name, metavar, text, default)(command)
    return _option("item", "BYTES", "Refuse larger items", MAX_ITEM)(command)


def _option(
    name: str, metavar: str, text: str, default: int
) -> Callable[[_Command], _Command]:
    return click.option(
        f"--max-{name}",
        type=click.IntRange(min=1),
        metavar=metavar,
        help=f"{text}. [default: {default}]",
    )


def max_item(given: Mapping[str, Any]) -> int:
    """Give what was asked for, and the default where nothing was."""
    return given["max_item"] or MAX_ITEM


def limits(given: Mapping[str, Any]) -> Limits:
    """Give what was asked for, and the default where nothing was."""
    return Limits(
        **{
            name: given[f"max_{name}"] or getattr(_DEFAULT, name)
            for name, _, _ in _OPTIONS
        }
    )
