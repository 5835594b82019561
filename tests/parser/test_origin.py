"""Slices that other processes read where they lie."""

import gzip
import os
import pickle
from importlib import import_module
from pathlib import Path

import pytest

import wxr
from tests.parser.exports import export, item
from wxr.errors import ReadError
from wxr.parser import Batch, Reading, Travelling, parts
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


def test_a_file_that_changes_meanwhile_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "blog.xml"
    path.write_text(TEXT, encoding="utf-8")

    def late(work: Work, reading: Reading) -> list[Outcomes]:
        travelling = [sent(batch) for batch in reading]
        os.utime(path, ns=(1, 1))
        return [work(each) for each in travelling]

    monkeypatch.setattr(import_module("wxr.convert"), "_engine", lambda *_: late)
    with pytest.raises(ReadError, match="changed while it was read") as error:
        wxr.convert(path, tmp_path / "out.jsonl", to="jsonl")

    assert str(error.value) == str(pickle.loads(pickle.dumps(error.value)))
    assert [each.name for each in tmp_path.iterdir()] == ["blog.xml"]
