"""The options that narrow what is kept, or open it: the same for each command."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DATE: Final = click.DateTime(formats=["%Y-%m-%d"])
_OPTIONS: Final = (
    click.option(
        "--include",
        multiple=True,
        metavar="NAMES",
        help="Publish too: draft, private, password, hold, a type, … "
        "(comma-separated).",
    ),
    click.option(
        "--type", "types", multiple=True, metavar="NAMES", help="Only these types."
    ),
    click.option(
        "--status", "statuses", multiple=True, metavar="NAMES", help="Only these."
    ),
    click.option(
        "--author", "authors", multiple=True, metavar="LOGINS", help="Only theirs."
    ),
    click.option(
        "--term",
        "terms",
        multiple=True,
        metavar="SLUGS",
        help="Only with one of these terms.",
    ),
    click.option("--since", type=_DATE, metavar="YYYY-MM-DD", help="From this day on."),
    click.option("--until", type=_DATE, metavar="YYYY-MM-DD", help="Up to this day."),
    click.option("--no-comments", is_flag=True, help="Leave all comments out."),
)
_NAMES: Final = {
    "include": "--include",
    "types": "--type",
    "statuses": "--status",
    "authors": "--author",
    "terms": "--term",
}


def filter_options(command: _Command) -> _Command:
    """Give a command `--include`, `--type` and the others."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def filters(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was asked for, by the names that `convert` and `Rules` share.

    Raises:
        click.UsageError: The first day is after the last, comments are both wanted and
            not, or an option names nothing.
    """
    if given["no_comments"] and given.get("comments") in {"section", "data"}:
        where = given["comments"]
        raise click.UsageError(f"--no-comments leaves none for --comments {where}")
    days = {name: _day(given[name]) for name in ("since", "until")}
    if None not in days.values() and days["since"] > days["until"]:
        raise click.UsageError("--since is after --until, so no day is in between")
    names = {name: _names(option, given[name]) for name, option in _NAMES.items()}
    return {**names, **days, "comments": not given["no_comments"]}


def _names(option: str, values: tuple[str, ...]) -> frozenset[str]:
    stripped = (name.strip() for value in values for name in value.split(","))
    names = frozenset(name for name in stripped if name)
    if values and not names:
        raise click.UsageError(f"{option} is empty; name something, or leave it out")
    return names


def _day(stamp: datetime | None) -> Any:  # noqa: ANN401
    return stamp.date() if stamp else None
