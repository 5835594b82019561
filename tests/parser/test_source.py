import bz2
import codecs
import gzip
import io
import lzma
import os
import random
import stat
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, strategies as st

from tests.drip import Drip
from wxr.diagnostics import Code, Diagnostic
from wxr.errors import ReadError
from wxr.parser import Limits, archives, parts
from wxr.parser.reader import PartReader
from wxr.parser.source import Part, Source

EXPORT: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>\n'
    "<title>Café</title>\n</channel></rss>\n"
).encode()

PACK: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gz": gzip.compress,
    "bz2": lambda data: bz2.compress(data, 1),
    "xz": lzma.compress,
}
every_packing = pytest.mark.parametrize("packing", sorted(PACK))


def zipped(
    files: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return target.getvalue()


def content(part: Part, size: int = 1 << 20, encoding: str | None = None) -> bytes:
    with closing(PartReader(part, encoding=encoding)) as reader:
        return b"".join(iter(lambda: reader.read(size), b""))


def found(
    *sources: Source, limits: Limits | None = None
) -> tuple[list[Part], list[Diagnostic]]:
    seen: list[Diagnostic] = []
    return parts(sources, seen.append, limits=limits), seen


def problems(part: Part) -> list[Code]:
    """Read a part to its end, and give what was wrong with it."""
    seen: list[Diagnostic] = []
    with closing(PartReader(part)) as reader:
        while reader.read(1 << 20):
            pass
        reader.report(seen.append)
    return [each.code for each in seen]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "blog.xml"


# --- one compressed file


@every_packing
def test_compressed_export_is_read_whatever_it_is_called(
    packing: str, path: Path
) -> None:
    path.write_bytes(PACK[packing](EXPORT))

    [part], seen = found(path)

    assert content(part) == EXPORT
    assert content(part) == EXPORT, "a part opens again"
    assert part.name == str(path)
    assert part.size is None
    assert seen == []
    assert problems(part) == []


@every_packing
def test_compressed_export_is_read_from_a_stream(packing: str) -> None:
    [part], _ = found(io.BytesIO(PACK[packing](EXPORT)))

    assert content(part) == EXPORT
    assert content(part) == EXPORT


@every_packing
def test_joined_streams_are_one(packing: str, path: Path) -> None:
    pieces = [EXPORT[at : at + 7] for at in range(0, len(EXPORT), 7)]
    path.write_bytes(b"".join(map(PACK[packing], pieces)) + b"\0" * 100)

    [part], _ = found(path)

    assert content(part) == EXPORT
    assert problems(part) == []


def test_a_thousand_empty_streams_are_no_burden(path: Path) -> None:
    path.write_bytes(gzip.compress(b"") * 20_000 + gzip.compress(EXPORT))

    [part], _ = found(path)

    assert content(part) == EXPORT


@every_packing
def test_what_arrived_of_a_cut_archive_is_kept(packing: str, path: Path) -> None:
    noise = random.Random(7).randbytes(1 << 18)
    text = EXPORT + noise.hex().encode()
    whole = PACK[packing](text)
    path.write_bytes(whole[: len(whole) - 30])

    [part], _ = found(path)
    got = content(part)

    # bzip2 gives text in blocks of 100 kB, the others as it comes.
    assert len(got) > len(text) - (100_000 if packing == "bz2" else 1000)
    assert text.startswith(got)
    assert problems(part) == [Code.ARCHIVE_DAMAGED]


def test_text_up_to_damage_is_kept(path: Path) -> None:
    text = EXPORT + random.Random(7).randbytes(1 << 18).hex().encode()
    whole = bytearray(gzip.compress(text))
    half = len(whole) // 2
    whole[half : half + 200] = b"\xff" * 200
    path.write_bytes(whole)

    [part], _ = found(path)
    got = content(part)

    sound = len(text) // 2 - 1000
    assert got[:sound] == text[:sound]
    assert problems(part) == [Code.ARCHIVE_DAMAGED]


def test_wrong_checksum_is_told(path: Path) -> None:
    whole = bytearray(gzip.compress(EXPORT))
    whole[-8] ^= 1
    path.write_bytes(whole)

    [part], _ = found(path)

    assert content(part) == EXPORT
    assert problems(part) == [Code.ARCHIVE_DAMAGED]


def test_what_follows_an_archive_is_told(path: Path) -> None:
    path.write_bytes(gzip.compress(EXPORT) + b"<html>")

    [part], _ = found(path)

    assert content(part) == EXPORT
    assert problems(part) == [Code.ARCHIVE_DAMAGED]


@every_packing
def test_archive_damaged_from_its_start_is_an_error(packing: str, path: Path) -> None:
    path.write_bytes(PACK[packing](EXPORT)[:12])

    [part], _ = found(path)

    with pytest.raises(ReadError, match="cannot be unpacked"):
        content(part)


PACKED: Final = [pack(EXPORT) for pack in PACK.values()] + [zipped([("a.xml", EXPORT)])]


@given(data=st.data(), packed=st.sampled_from(PACKED))
def test_any_damage_gives_text_or_our_error(data: st.DataObject, packed: bytes) -> None:
    whole = bytearray(packed)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)))

    try:
        read, _ = found(io.BytesIO(bytes(whole[:end])))
        for part in read:
            content(part)
    except ReadError:
        pass


def test_bytes_told_are_those_of_the_file(path: Path) -> None:
    """The bar on the terminal measures the file, not what it unpacks to."""
    path.write_bytes(gzip.compress(EXPORT * 5000))
    told: list[int] = []
    [part], _ = found(path)

    with closing(PartReader(part, on_bytes=told.append)) as reader:
        while reader.read(1 << 16):
            pass

    assert sum(told) == path.stat().st_size


# --- caps


def bomb(size: int) -> bytes:
    return gzip.compress(EXPORT + b" " * size)


def test_ratio_is_capped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE", 1 << 20)
    path.write_bytes(bomb(4 << 20))

    with pytest.raises(ReadError, match="--max-ratio"):
        content(found(path)[0][0])
    assert len(content(found(path, limits=Limits(ratio=2000))[0][0])) > 4 << 20


def test_what_is_small_may_repeat_itself(path: Path) -> None:
    path.write_bytes(bomb(4 << 20))

    assert len(content(found(path)[0][0])) > 4 << 20


def test_size_is_capped_over_all_parts_and_not_over_readings(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.xml").write_bytes(bomb(1 << 20))
    read, _ = found(tmp_path, limits=Limits(size=5 << 19))

    assert content(read[0]) == content(read[0]) == content(read[0])
    content(read[1])
    with pytest.raises(ReadError, match="--max-size"):
        content(read[2])


def test_memory_that_xz_asks_for_is_capped(path: Path) -> None:
    whole = bytearray(lzma.compress(EXPORT, check=lzma.CHECK_NONE))
    # A byte of the block's header says how large the dictionary is: 512 MB.
    whole[16] = 34
    whole[20:24] = zlib.crc32(whole[12:20]).to_bytes(4, "little")
    path.write_bytes(whole)

    with pytest.raises(ReadError, match="cannot be unpacked"):
        content(found(path)[0][0])


# --- zip


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]
)
def test_parts_in_a_zip_come_by_number(method: int, path: Path) -> None:
    names = ["b.010.xml", "b.009.xml", "b.000.xml"]
    path.write_bytes(zipped([(name, EXPORT) for name in names], method))

    read, _ = found(path)

    assert [part.name for part in read] == [
        f"{path}!{name}" for name in ("b.000.xml", "b.009.xml", "b.010.xml")
    ]
    assert [part.number for part in read] == [0, 1, 2]
    assert {content(part) for part in read} == {EXPORT}
    assert [part.size for part in read] == [len(EXPORT)] * 3
    assert [code for part in read for code in problems(part)] == []


def test_zip_is_read_from_a_stream() -> None:
    [part], _ = found(io.BytesIO(zipped([("a.xml", EXPORT)])))

    assert part.name == "<stream>!a.xml"
    assert content(part) == content(part) == EXPORT


def test_what_in_a_zip_is_no_export_is_told(path: Path) -> None:
    path.write_bytes(
        zipped(
            [
                ("folder/", b""),
                ("__MACOSX/._a.xml", b"x"),
                (".DS_Store", b"x"),
                ("a.xml", EXPORT),
                ("photo.jpg", b"\xff\xd8"),
                ("b.xml", b""),
                ("c.zip", zipped([("a.xml", EXPORT)])),
            ]
        )
    )

    read, seen = found(path)

    assert [part.name for part in read] == [f"{path}!a.xml"]
    assert {(each.part, each.code) for each in seen} == {
        (f"{path}!photo.jpg", Code.FILE_SKIPPED),
        (f"{path}!b.xml", Code.PART_UNREADABLE),
        (f"{path}!c.zip", Code.PART_UNREADABLE),
    }


def test_member_names_reach_neither_disk_nor_terminal(path: Path) -> None:
    hostile = "../../etc/\x1b[2J\u202eevil.xml"
    path.write_bytes(zipped([(hostile, EXPORT), ("/abs.xml", EXPORT)]))

    read, _ = found(path)

    assert len(read) == 2
    assert all(part.name.isprintable() for part in read)
    assert [each.name for each in path.parent.iterdir()] == ["blog.xml"]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda data: data[: len(data) // 2], "list of files"),
        (lambda data: data.replace(b"PK\1\2", b"PK\1\3"), "list of files"),
        (lambda _: zipped([]), "holds no export"),
        (lambda _: zipped([("a.txt", b"x")]), "holds no export"),
    ],
)
def test_zip_that_gives_no_export_is_an_error(
    spoil: Callable[[bytes], bytes], why: str, path: Path
) -> None:
    path.write_bytes(spoil(zipped([("a.xml", EXPORT)])))

    with pytest.raises(ReadError, match=why):
        found(path)


def test_encrypted_zip_is_an_error(path: Path) -> None:
    data = bytearray(zipped([("a.xml", EXPORT)]))
    at = data.index(b"PK\1\2") + 8
    data[at] |= 1
    path.write_bytes(data)

    with pytest.raises(ReadError, match=r"a\.xml: it is encrypted"):
        found(path)


def test_wrong_checksum_in_a_zip_is_told(path: Path) -> None:
    data = bytearray(zipped([("a.xml", EXPORT)]))
    at = data.index(b"PK\1\2") + 16
    data[at] ^= 1
    path.write_bytes(data)

    [part], _ = found(path)

    assert content(part) == EXPORT
    assert problems(part) == [Code.ARCHIVE_DAMAGED]


def test_members_are_capped(path: Path) -> None:
    path.write_bytes(zipped([(f"{number}.xml", EXPORT) for number in range(3)]))

    with pytest.raises(ReadError, match="--max-members"):
        found(path, limits=Limits(members=2))


# --- folders, several sources, pipes


def test_folder_gives_its_exports_and_those_in_its_archives(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_bytes(EXPORT)
    (tmp_path / "c.gz").write_bytes(gzip.compress(EXPORT))
    (tmp_path / "a.zip").write_bytes(zipped([("x.xml", EXPORT), ("y.xml", EXPORT)]))
    (tmp_path / "export").write_bytes(EXPORT)
    (tmp_path / "README").write_bytes(b"hello")
    (tmp_path / ".hidden.xml").write_bytes(EXPORT)
    (tmp_path / "sub").mkdir()

    read, seen = found(tmp_path)

    names = [part.name.removeprefix(f"{tmp_path}/") for part in read]
    assert names == ["a.zip!x.xml", "a.zip!y.xml", "b.xml", "c.gz", "export"]
    assert [each.code for each in seen] == [Code.FILE_SKIPPED]


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.xml", tmp_path / "folder"
    outside.write_bytes(EXPORT)
    folder.mkdir()
    (folder / "link.xml").symlink_to(outside)

    with pytest.raises(ReadError, match="no export"):
        found(folder)


def test_missing_number_is_told(tmp_path: Path) -> None:
    for number in (0, 2):
        (tmp_path / f"blog.{number:03}.xml").write_bytes(EXPORT)

    _, seen = found(tmp_path)

    assert [(each.code, each.message[-9:]) for each in seen] == [
        (Code.PART_MISSING, "there is no 1"[-9:])
    ]


def test_several_parts_come_by_number(tmp_path: Path) -> None:
    names = [tmp_path / f"blog.{number:03}.xml" for number in (2, 1, 0)]
    for name in names:
        name.write_bytes(EXPORT)

    read, _ = found(*names)

    assert [part.name for part in read] == [str(name) for name in reversed(names)]


def test_pipe_is_read_twice(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    packed = gzip.compress(EXPORT)
    writer = threading.Thread(target=lambda: pipe.write_bytes(packed))
    writer.start()

    [part], _ = found(pipe)
    writer.join()

    assert content(part) == content(part) == EXPORT


# --- encodings


UTF8: Final = EXPORT.decode()


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + EXPORT,
        UTF8.encode("utf-16"),
        UTF8.encode("utf-16-le"),
        UTF8.encode("utf-16-be"),
        ("\n \n" + UTF8).encode("utf-16-le"),
        UTF8.encode("utf-32"),
        UTF8.encode("utf-32-le"),
        UTF8.encode("utf-32-be"),
        UTF8.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        UTF8.replace("UTF-8", "windows-1252").encode("cp1252"),
        UTF8.replace("UTF-8", "ISO-8859-1").encode(),
        UTF8.replace("UTF-8", "UTF-16").encode(),
        UTF8.replace("UTF-8", "US-ASCII").encode(),
    ],
)
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_any_encoding_gives_utf8(data: bytes, size: int, path: Path) -> None:
    path.write_bytes(data)

    text = content(found(path)[0][0], size).decode()

    assert text.strip().partition("\n")[2] == UTF8.strip().partition("\n")[2]


def test_utf8_under_another_declaration_is_told(path: Path) -> None:
    path.write_bytes(UTF8.replace("UTF-8", "ISO-8859-1").encode())

    assert problems(found(path)[0][0]) == [Code.WRONG_ENCODING]


def test_encoding_given_overrides_all(path: Path) -> None:
    path.write_bytes(UTF8.encode("cp1252"))

    assert "Café".encode() in content(found(path)[0][0], encoding="cp1252")


@pytest.mark.parametrize(
    "name", ["rot13", "nonesuch", "idna", "undefined", "unicode_escape", "base64"]
)
def test_unknown_encoding_is_an_error(name: str, path: Path) -> None:
    path.write_bytes(UTF8.replace("UTF-8", name).encode())

    with pytest.raises(ReadError, match=name):
        content(found(path)[0][0])


@pytest.mark.parametrize("size", [1, 3, 7, 64])
@pytest.mark.parametrize("name", ["utf16.xml", "latin1.xml", "bom.xml", "crlf.xml"])
def test_a_part_that_comes_by_drips_is_read_as_one(
    name: str, size: int, fixtures: Path
) -> None:
    data = (fixtures / name).read_bytes()

    def read_in(chunk: int) -> bytes:
        reader = PartReader(Part(name, 0, lambda: Drip(data, chunk), None))
        return b"".join(iter(lambda: reader.read(chunk), b""))

    assert read_in(size) == read_in(len(data))
