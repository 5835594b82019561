"""What an interrupt leaves at the target, as far as a command knows it."""

from wxr.exporters.files import STDOUT


def until_done(target: str) -> str:
    """Say what stands at a target while it is written; see `wxr.errors.standing`."""
    if target == STDOUT:
        return "what went to standard output is not whole"
    return "nothing new stands at the target"
