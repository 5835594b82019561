"""Passwords in addresses, kept out of lists of processes.

Whoever may list the processes of a machine sees the words of their commands. On Linux
those words are memory of the process itself, so what is secret there is written over.
"""

import ctypes
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wxr.exporters.sql.url import secrets_of

_STATE: Final = Path("/proc/self/stat")
_WORDS: Final = Path("/proc/self/cmdline")
_START: Final = 45
"""Which field of the state tells where the words start, from the one behind `)`."""


def hide_passwords(arguments: Iterable[str]) -> None:
    """Write over the passwords of these arguments, where the system shows them."""
    secrets = [secret for word in arguments for secret in secrets_of(word)]
    if not secrets or not _STATE.exists():
        return
    start, shown = _shown()
    for secret in map(str.encode, secrets):
        place = shown.find(secret)
        while secret and place >= 0:
            ctypes.memset(start + place, ord("x"), len(secret))
            place = shown.find(secret, place + 1)


def _shown() -> tuple[int, bytes]:
    """Give where the words stand in memory, and what stands there."""
    fields = _STATE.read_bytes().rpartition(b")")[2].split()
    start = int(fields[_START])
    shown = _WORDS.read_bytes()
    # Where it is not what the system shows, it is left alone.
    if not start or ctypes.string_at(start, len(shown)) != shown:
        return 0, b""
    return start, shown
