"""Bytes put into a file that is written already, by moving what follows."""

from typing import IO, Final

_BLOCK: Final = 1 << 20


def insert(file: IO[bytes], at: int, data: bytes) -> None:
    """Put bytes into a file at a place, holding one block of it at a time."""
    held = data
    file.seek(at)
    while block := file.read(max(_BLOCK, len(held))):
        held += block
        file.seek(at)
        at += file.write(held[: len(block)])
        held = held[len(block) :]
        file.seek(at)
    file.write(held)
