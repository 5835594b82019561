"""Slices that other processes read where they lie."""

import gzip
import os
import pickle
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

import wxr
from tests.parser.exports import export, item
from tests.parser.test_source import zipped
from wxr.errors import ReadError
from wxr.parser import Batch, Reading, Travelling, origin, parts
from wxr.pipeline import Work
from wxr.pipeline.outcomes import Outcomes

TEXT = export(*(item(f"<title>Été {n}</title>", number=n) for n in range(1, 4)))


def batches(path: Path) -> list[Batch]:
    return list(Reading(parts(path), lambda _: None))


def sent(batch: Batch) -> Batch | Travelling:
    found: Batch | Travelling = pickle.loads(pickle.dumps(batch))
    return found


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_travel_and_the_bytes_are_read_on_arrival(
    mark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blog.xml").write_text(mark + TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = batches(Path("blog.xml"))

    travelling = [sent(batch) for batch in found]
    monkeypatch.chdir("/")
    arrived = [t.arrived() for t in travelling if isinstance(t, Travelling)]

    assert [batch.slices for batch in arrived] == [batch.slices for batch in found]
    assert b"Carnet" not in pickle.dumps(found[0])


@pytest.mark.parametrize(
    "data",
    [gzip.compress(TEXT.encode()), TEXT.replace("UTF-8", "Latin-1").encode("latin-1")],
    ids=["gzip", "latin-1"],
)
def test_what_does_not_lie_in_a_file_as_it_is_travels_itself(
    data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "blog"
    path.write_bytes(data)
    found = batches(path)

    assert [sent(batch) for batch in found] == found


def _touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def _shorten(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(file.seek(0, os.SEEK_END) // 2)


def _replace(path: Path) -> None:
    Path(shutil.copy2(path, path.with_suffix(".new"))).replace(path)


CHANGES: Final = {"touch": _touch, "shorten": _shorten, "replace": _replace}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("target", ["out.jsonl", "out"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_changes_before_its_end_ends_any_run(
    jobs: int, target: str, change: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "blog.xml"
    many = [item(f"<title>{n}</title>" + "x" * 2000, number=n) for n in range(1, 500)]
    path.write_text(export(*many), encoding="utf-8")
    sizes: list[int] = []

    def on_bytes(size: int) -> None:
        sizes.append(size)
        if len(sizes) == 2:
            change(path)

    with pytest.raises(ReadError, match="changed while it was read"):
        wxr.convert(
            path,
            tmp_path / target,
            to="jsonl" if target.endswith("jsonl") else "markdown",
            jobs=jobs,
            on_bytes=on_bytes,
        )

    assert [each.name for each in tmp_path.iterdir()] == ["blog.xml"]


@pytest.mark.parametrize("change", [*CHANGES.values(), Path.unlink])
@pytest.mark.parametrize("packed", ["zip", "gz"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_archive_that_changes_while_it_is_read_ends_any_run(
    jobs: int, packed: str, change: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / f"blog.{packed}"
    noise = Random(1).randbytes(400_000).hex()
    data = export(item(noise), item(noise, number=2)).encode()
    path.write_bytes(
        gzip.compress(data) if packed == "gz" else zipped([("blog.xml", data)])
    )
    sizes: list[int] = []

    def on_bytes(size: int) -> None:
        sizes.append(size)
        if len(sizes) == 2:
            change(path)

    with pytest.raises(ReadError, match="changed while it was read"):
        wxr.convert(
            path, tmp_path / "out.jsonl", to="jsonl", jobs=jobs, on_bytes=on_bytes
        )

    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_file_that_changes_between_two_readings_is_refused(
    change: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "blog.xml"
    path.write_text(TEXT, encoding="utf-8")
    found = parts(path)
    assert len(list(Reading(found, lambda _: None))) == 1

    change(path)

    with pytest.raises(ReadError, match="changed while it was read"):
        list(Reading(found, lambda _: None))


@pytest.mark.parametrize("at", [0, 1])
def test_what_is_shortened_while_a_process_reads_it_gives_no_short_slice(
    at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "blog.xml"
    path.write_text(TEXT, encoding="utf-8")
    (travelling,) = [sent(batch) for batch in batches(path)]
    assert isinstance(travelling, Travelling)
    whole = origin._whole
    calls: list[int] = []

    def late(*given: Any) -> bytes:  # noqa: ANN401  as it is called
        calls.append(1)
        if len(calls) == at + 1:
            _shorten(path)
        return whole(*given)

    monkeypatch.setattr(origin, "_whole", late)
    with pytest.raises(ReadError, match="changed while it was read"):
        travelling.arrived()


HAS_NAMES: Final = pytest.mark.skipif(
    not Path("/dev/fd").exists(), reason="open files have no names here"
)


@HAS_NAMES
def test_an_open_file_is_read_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "blog.xml"
    path.write_text(TEXT, encoding="utf-8")
    with path.open("rb") as file:
        (batch,) = batches(Path(f"/dev/fd/{file.fileno()}"))

    travelling = sent(batch)

    arrived = travelling.arrived() if isinstance(travelling, Travelling) else travelling
    assert arrived.slices == batch.slices


@HAS_NAMES
def test_an_open_file_without_a_name_travels_itself(tmp_path: Path) -> None:
    path = tmp_path / "blog.xml"
    path.write_text(TEXT, encoding="utf-8")
    with path.open("rb") as file:
        path.unlink()
        (batch,) = batches(Path(f"/dev/fd/{file.fileno()}"))

    assert sent(batch) == batch


def test_an_error_of_another_process_travels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "blog.xml"
    path.write_text(TEXT, encoding="utf-8")

    def late(work: Work, reading: Reading) -> list[Outcomes]:
        travelling = [sent(batch) for batch in reading]
        os.utime(path, ns=(1, 1))
        return [work(each) for each in travelling]

    monkeypatch.setattr("wxr.conversion._engine", lambda *_: nullcontext(late))
    with pytest.raises(ReadError, match="changed while it was read") as error:
        wxr.convert(path, tmp_path / "out.jsonl", to="jsonl")

    assert str(error.value) == str(pickle.loads(pickle.dumps(error.value)))
    assert [each.name for each in tmp_path.iterdir()] == ["blog.xml"]
