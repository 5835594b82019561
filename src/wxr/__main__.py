"""`python -m wxr` is `wxr`, which may be interrupted while it loads, too."""

import sys
from typing import Final

_INTERRUPTED: Final = 130
"""The status shells expect of a program that Ctrl-C ended."""


def main() -> None:
    """Run the command `wxr`."""
    try:
        from wxr.cli import main as command  # noqa: PLC0415  it takes a while
    except KeyboardInterrupt:
        sys.stderr.write("wxr: interrupted; nothing new stands at the target\n")
        sys.exit(_INTERRUPTED)
    command()


if __name__ == "__main__":
    main()
