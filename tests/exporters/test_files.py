"""One file as a target: refused, replaced or left alone, never half written."""

import errno
import os
import resource
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exporters.running import export
from wxr.errors import WriteError
from wxr.exporters import AnyExporter, Place, exporter_class
from wxr.exporters.files import Draft, write_error
from wxr.model import Post, Record, Site, Term

RECORDS: list[Record] = [
    Site(title="Le carnet"),
    Post(id=1, type="post", title="Un"),
    Term(taxonomy="category", slug="late"),
]


@pytest.fixture(params=["json", "jsonl", "sqlite", "wxr"])
def exporter(request: pytest.FixtureRequest) -> AnyExporter:
    """Every format that is one file."""
    return exporter_class(request.param)()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def _fail_half_way(exporter: AnyExporter, target: Path) -> None:
    def records() -> Iterator[Record]:
        yield from RECORDS * 50
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(exporter, records(), target, force=True)


def test_only_its_owner_may_read_it(exporter: AnyExporter, target: Path) -> None:
    export(exporter, RECORDS, target)

    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(target.parent.iterdir()) == [target]


def test_an_existing_target_is_refused(exporter: AnyExporter, target: Path) -> None:
    target.write_text("mine")

    with pytest.raises(WriteError, match="--force"):
        export(exporter, RECORDS, target)

    assert target.read_text() == "mine"
    assert list(target.parent.iterdir()) == [target]


def test_an_empty_target_is_none(exporter: AnyExporter, target: Path) -> None:
    target.touch()

    export(exporter, RECORDS, target)

    assert target.stat().st_size


def test_force_replaces_it(exporter: AnyExporter, target: Path) -> None:
    target.write_text("mine")

    export(exporter, RECORDS, target, force=True)

    assert target.read_bytes() != b"mine"
    assert list(target.parent.iterdir()) == [target]


def test_a_failed_run_leaves_the_old_one(exporter: AnyExporter, target: Path) -> None:
    target.write_text("mine")

    _fail_half_way(exporter, target)

    assert target.read_text() == "mine"
    assert list(target.parent.iterdir()) == [target]


def test_a_failed_run_leaves_nothing_new(exporter: AnyExporter, target: Path) -> None:
    _fail_half_way(exporter, target)

    assert list(target.parent.iterdir()) == []


def test_a_run_interrupted_at_its_very_end_leaves_the_old_one(
    exporter: AnyExporter, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_draft: Draft) -> None:
        raise KeyboardInterrupt

    target.write_text("mine")
    monkeypatch.setattr(Draft, "commit", interrupt)

    with pytest.raises(KeyboardInterrupt):
        export(exporter, RECORDS, target, force=True)

    assert target.read_text() == "mine"
    assert list(target.parent.iterdir()) == [target]


def test_nothing_counts_as_written_before_the_end(
    exporter: AnyExporter, target: Path
) -> None:
    with exporter.sink(str(target), force=False) as sink:
        rendered = exporter.render(Post(id=1), Place(0, 0))
        assert rendered is not None
        sink.write(rendered)
        before = bool(sink.written)

    assert not before
    assert sink.written


def test_a_target_made_meanwhile_is_not_replaced(
    exporter: AnyExporter, target: Path
) -> None:
    with (
        pytest.raises(WriteError, match="--force"),
        exporter.sink(str(target), force=False),
    ):
        target.write_text("another run's")

    assert target.read_text() == "another run's"
    assert list(target.parent.iterdir()) == [target]


def test_a_link_stays_one(exporter: AnyExporter, target: Path) -> None:
    real = target.with_name("real")
    target.symlink_to(real)

    export(exporter, RECORDS, target)

    assert target.is_symlink()
    assert real.stat().st_size


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "is a folder"),
        ("absent/out", "folder does not exist"),
        ("file/out", "is not a folder"),
        ("x" * 300, "too long"),
    ],
)
def test_a_target_that_cannot_be_is_an_error_in_one_line(
    exporter: AnyExporter, tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(WriteError, match=reason) as caught:
        export(exporter, RECORDS, tmp_path / name)

    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Let no file grow past 64 KiB, which is as near as a test comes to a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_is_an_error_that_leaves_the_old_one(
    exporter: AnyExporter, target: Path
) -> None:
    target.write_text("mine")
    large = Post(id=1, content="Parler moins, parler mieux. " * 20_000)

    with pytest.raises(WriteError) as caught:
        export(exporter, [large] * 4, target, force=True)

    assert "\n" not in str(caught.value)
    assert target.read_text() == "mine"
    assert list(target.parent.iterdir()) == [target]


def test_a_device_is_not_replaced(exporter: AnyExporter) -> None:
    with pytest.raises(WriteError, match="no ordinary file"):
        export(exporter, RECORDS, os.devnull, force=True)

    assert Path(os.devnull).is_char_device()


def test_a_database_cannot_go_to_standard_output() -> None:
    with pytest.raises(WriteError, match="standard output"):
        export(exporter_class("sqlite")(), RECORDS, "-")


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "may not"), (errno.EIO, "cannot")],
)
def test_an_error_says_what_to_do(number: int, advice: str) -> None:
    error = write_error(OSError(number, os.strerror(number)), "out.json")

    assert str(error).startswith("out.json: ")
    assert advice in str(error)
