"""Sizes of files as people write them: `10MB`, `1.5 GB`, `512KiB`, `1000`."""

import re
from typing import Final

import click

_SIZE: Final = re.compile(
    r"([0-9]{1,15}(?:\.[0-9]{1,6})?)\s*([kmgt]?)(i?)b?", re.IGNORECASE
)
_POWERS: Final = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def size(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
    """Read the value of an option that is a size; `MB` is a million, `MiB` is not.

    Raises:
        click.BadParameter: It is none.
    """
    if value is None:
        return None
    match = _SIZE.fullmatch(value.strip())
    if match is None:
        raise click.BadParameter(f"{value!r} is no size; write 10MB or 500KB")
    number, unit, is_binary = match.groups()
    each = (1024 if is_binary else 1000) ** _POWERS[unit.lower()]
    found = int(float(number) * each)
    if found < 1:
        raise click.BadParameter(f"{value!r} is too small; write 10MB or 500KB")
    return found
