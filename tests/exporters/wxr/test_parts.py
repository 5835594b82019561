"""WXR in numbered parts."""

import errno
import os
from pathlib import Path

import pytest

import wxr
from wxr.errors import WriteError
from wxr.exporters.files import Draft
from wxr.exporters.wxr import parts
from wxr.model import Post

FIXTURES = Path(__file__).parents[3] / "fixtures"
BLOG = FIXTURES / "blog-fr.xml"


def _split(target: Path, size: int, *, force: bool = False) -> list[Path]:
    wxr.convert(BLOG, target, to="wxr", options={"split": size}, force=force)
    return sorted(target.parent.glob(f"{target.stem}.*.xml"))


def _all(path: Path) -> list[object]:
    return list(wxr.read(path, on_diagnostic=lambda _: None))


def test_each_part_is_an_export_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    found = _split(tmp_path / "out" / "blog.xml", 9_000)

    assert [path.name for path in found][:2] == ["blog.001.xml", "blog.002.xml"]
    assert len(found) > 2
    whole = _all(BLOG)
    head = [record for record in whole if not isinstance(record, Post)]
    for path in found:
        assert _all(path)[: len(head)] == head
    items = [r for path in found for r in _all(path) if isinstance(r, Post)]
    assert items == [record for record in whole if isinstance(record, Post)]
    assert wxr.convert(tmp_path / "out", tmp_path / "o.xml", to="wxr").exit_code == 0


def test_a_part_is_no_larger_unless_its_only_item_is(tmp_path: Path) -> None:
    for path in _split(tmp_path / "blog.xml", 9_000):
        items = [record for record in _all(path) if isinstance(record, Post)]

        assert path.stat().st_size <= 9_000 or len(items) == 1


def test_a_tiny_size_gives_a_part_for_each_item(tmp_path: Path) -> None:
    found = _split(tmp_path / "blog.xml", 1)

    assert len(found) == sum(isinstance(record, Post) for record in _all(BLOG))


def test_no_items_give_one_part(tmp_path: Path) -> None:
    target = tmp_path / "blog.xml"

    wxr.convert(FIXTURES / "empty-channel.xml", target, to="wxr", options={"split": 1})

    assert [path.name for path in tmp_path.iterdir()] == ["blog.001.xml"]


def test_parts_that_are_there_are_refused_and_with_force_replaced(
    tmp_path: Path,
) -> None:
    before = _split(tmp_path / "blog.xml", 1)
    stranger = tmp_path / "blog.2024.xml"
    stranger.write_text("mine")

    with pytest.raises(WriteError, match="--force"):
        _split(tmp_path / "blog.xml", 10**6)
    assert all(path.exists() for path in before)

    after = _split(tmp_path / "blog.xml", 10**6, force=True)
    assert [path.name for path in after] == ["blog.001.xml", "blog.2024.xml"]
    assert stranger.read_text() == "mine"


def test_a_part_that_another_program_wrote_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "blog.007.xml").write_text("mine")

    with pytest.raises(WriteError, match="wxr did not write"):
        _split(tmp_path / "blog.xml", 1, force=True)

    assert (tmp_path / "blog.007.xml").read_text() == "mine"


def test_a_part_that_is_read_is_never_replaced(tmp_path: Path) -> None:
    before = _split(tmp_path / "blog.xml", 1)
    bytes_before = [path.read_bytes() for path in before]

    with pytest.raises(WriteError, match="stays as it is"):
        wxr.convert(
            before[:2],
            tmp_path / "blog.xml",
            to="wxr",
            force=True,
            options={"split": 10**6},
        )

    assert [path.read_bytes() for path in before] == bytes_before


def test_parts_do_not_go_to_standard_output() -> None:
    with pytest.raises(WriteError, match="standard output"):
        wxr.convert(BLOG, "-", to="wxr", options={"split": 10**6})


def test_more_parts_than_numbers_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_MOST", 2)

    with pytest.raises(WriteError, match="larger --split"):
        _split(tmp_path / "blog.xml", 1)

    assert list(tmp_path.iterdir()) == []


def test_parts_are_not_left_beside_what_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "blog"
    folder.mkdir()

    with pytest.raises(WriteError, match="no ordinary file"):
        _split(folder, 10**6)

    assert [*tmp_path.iterdir()] == [folder]


def test_a_full_disk_at_the_end_leaves_the_earlier_parts_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _split(tmp_path / "blog.xml", 9_000)
    bytes_before = [path.read_bytes() for path in before]
    settled: list[Draft] = []

    def settle(draft: Draft) -> None:
        settled.append(draft)
        if len(settled) == len(before):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Draft, "settle", settle)
    with pytest.raises(WriteError, match="disk is full"):
        _split(tmp_path / "blog.xml", 9_000, force=True)

    assert [path.read_bytes() for path in before] == bytes_before
    assert len([*tmp_path.iterdir()]) == len(before)
