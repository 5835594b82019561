"""A file that comes by drips, as pipes and archives give theirs."""

import io


class Drip(io.BytesIO):
    """A binary file that gives so many bytes at a time, whatever is asked."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self._size = size

    def read(self, _size: int | None = -1, /) -> bytes:
        return super().read(self._size)
