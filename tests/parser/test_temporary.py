"""Where temporary files find no room, that is said, and neither end is blamed."""

import io
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import wxr
from tests.parser.exports import HEAD, export, item
from wxr.errors import ReadError, WriteError
from wxr.parser import slices

LARGE: Final = export(item("<title>" + "x" * (1 << 18) + "</title>")).encode()
SAID: Final = r"temporary files cannot be written here .*TMPDIR$"


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file grow beyond 64 KiB, as on a disk that is full there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("small_files")
def test_a_stream_that_finds_no_room_is_said() -> None:
    with pytest.raises(WriteError, match=SAID):
        list(wxr.read(io.BytesIO(LARGE)))


def test_a_database_in_an_archive_that_finds_no_room_is_said(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "a.xml").write_bytes(LARGE)
    wxr.convert(tmp_path / "a.xml", tmp_path / "a.sqlite", to="sqlite")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "a.sqlite", "a.sqlite")
    request.getfixturevalue("small_files")

    with pytest.raises(WriteError, match=SAID):
        list(wxr.read(tmp_path / "a.zip"))


@pytest.mark.usefixtures("small_files")
def test_terms_that_find_no_room_are_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(slices, "_SPOOL_MEMORY", 1 << 10)
    term = "<wp:tag><wp:tag_slug>{}</wp:tag_slug></wp:tag>\n"
    head = HEAD + "".join(term.format(number) for number in range(1_000))
    (tmp_path / "a.xml").write_text(export(item(), head=head))

    with pytest.raises(WriteError, match=SAID):
        list(wxr.read(tmp_path / "a.xml"))


def test_a_stream_that_cannot_be_read_is_blamed_itself() -> None:
    class Failing(io.RawIOBase):
        name = "tape"

        def read(self, _: int = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(ReadError, match="tape: it cannot be read"):
        list(wxr.read(Failing()))
