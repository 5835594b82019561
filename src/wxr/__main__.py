"""`python -m wxr` is `wxr`, which may be interrupted while it loads, too."""

import sys
from typing import Final

_INTERRUPTED: Final = 130
"""The status shells expect of a program that Ctrl-C ended."""


def main() -> None:
    """Run the command `wxr`."""
    try:
        from wxr.cli import main as command  # noqa: PLC0415  it takes a while
        from wxr.engines.collecting import collect_seldom  # noqa: PLC0415
    except KeyboardInterrupt:
        sys.stderr.write("wxr: interrupted\n")
        sys.exit(_INTERRUPTED)
    # Here and not in the command, which may run in a process that is not ours.
    collect_seldom()
    command()


if __name__ == "__main__":
    main()
