"""The group of all commands, and what they share: how an error is said."""

import errno
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

import click

from wxr._version import VERSION
from wxr.cli.secrets import hide_passwords
from wxr.cli.signals import ending_cleanly, status_of
from wxr.cli.text import printable
from wxr.errors import WxrError

_COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "convert": "wxr.cli.convert",
        "inspect": "wxr.cli.inspect",
        "repair": "wxr.cli.repair",
        "verify": "wxr.cli.verify",
    }
)
"""Commands and where they are, imported on use."""

_FAILED: Final = 1
_NO_ROOM: Final = frozenset({errno.EDQUOT, errno.EFBIG, errno.ENOSPC})


class _Group(click.Group):
    """Say our own errors in one line, and others too, unless `--debug` was given."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        del ctx
        return [*_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(
            import_module(_COMMANDS[cmd_name]), f"{cmd_name}_command"
        )
        return command

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  click's own
        """Run a command and exit: 0 done, 1 failed, 2 usage, 3 something was lost."""
        hide_passwords(sys.argv)
        try:
            with ending_cleanly():
                return super().main(*args, **extra)
        except WxrError as error:
            _say(str(error))
        except BrokenPipeError:
            # Whoever read our output has gone; nothing more can be said to them.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except Exception as error:
            if "--debug" in sys.argv:
                raise
            _say(_described(error))
        sys.exit(_FAILED)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  click's own
        """Run the command; Ctrl-C and signals end with the status shells expect."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interrupt:
            _say("; ".join(("interrupted", *getattr(interrupt, "__notes__", ())[:1])))
            sys.exit(status_of(interrupt))


def _described(error: Exception) -> str:
    # Of files that have a name, sinks and sources have said it in their own words.
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        reason = (error.strerror or str(error)).lower()
        return (
            f"output cannot be written ({reason}); free some room, or send it elsewhere"
        )
    return (
        f"a fault of wxr: {type(error).__name__}: {error}; please report it with what "
        "--debug shows"
    )


def _say(message: str) -> None:
    click.echo(f"wxr: {printable(message)}", err=True)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="wxr")
def main() -> None:
    """Take a WordPress blog out of its export, and lose nothing in silence.

    \b
    Examples:
      wxr convert blog.xml --to markdown --out site
      wxr convert blog.xml --to sqlite --out blog.db --report receipt.json
      wxr convert part.000.xml part.001.xml --to jsonl --out blog.jsonl
      wxr verify blog.xml --against site
      wxr repair blog.xml --out clean.xml
    """  # noqa: D301  click's mark for text that is not wrapped
