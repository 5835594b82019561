"""The folder: all of a run or nothing of it, and never a file that is not ours."""

import errno
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.exporters.markdown.pages import Blog, blog, item, said
from wxr.errors import WriteError
from wxr.exporters import Rendered
from wxr.exporters.markdown.manifest import MANIFEST
from wxr.exporters.markdown.sink import FolderSink
from wxr.ledger import Tally
from wxr.model import Author, Term


def no_last() -> Iterable[tuple[str, Iterable[bytes]]]:
    return [("site.yaml", [b"a: ", b"1\n"])]


def sink(target: Path, *, force: bool = False) -> FolderSink:
    return FolderSink(str(target), force=force, last=no_last)


def one(path: str, data: bytes = b"text") -> Rendered[tuple[tuple[str, bytes], ...]]:
    return Rendered(((path, data),), Tally.of(item()))


def tree(folder: Path) -> dict[str, str]:
    """Give all files below a folder, hidden ones too."""
    return {
        str(path.relative_to(folder)): path.read_bytes().decode(errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(target: Path, *paths: str, force: bool = False, text: str = "text") -> None:
    with sink(target, force=force) as out:
        for path in paths:
            out.write(one(path, text.encode()))


def manifest(target: Path) -> list[str]:
    found = json.loads((target / MANIFEST).read_text())
    assert (found["tool"], found["version"]) == ("wxr", 1)
    files = found["files"]
    assert isinstance(files, list)
    return files


def test_new_folder_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"

    with sink(target) as out:
        out.write(one("posts/a.md"))
        assert not target.exists()
        assert not out.written

    assert set(tree(tmp_path)) == {"out/posts/a.md", "out/site.yaml", f"out/{MANIFEST}"}
    assert manifest(target) == ["posts/a.md", "site.yaml"]
    assert out.written.items == {"post": 1}


def test_new_folder_is_readable_as_any_other(tmp_path: Path) -> None:
    write(tmp_path / "out", "a.md")
    (tmp_path / "other").mkdir()

    assert (tmp_path / "out").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_empty_folder_is_filled(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()

    write(target, "posts/a.md")

    assert set(tree(target)) == {"posts/a.md", "site.yaml", MANIFEST}


def test_folder_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(WriteError, match="--force"):
        sink(tmp_path)

    assert tree(tmp_path) == {"mine.txt": "mine"}


def test_file_is_no_target(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("mine")

    with pytest.raises(WriteError, match="no folder"):
        sink(target, force=True)


def test_missing_parent_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(WriteError) as caught:
        sink(tmp_path / "a" / "b")

    assert "\n" not in str(caught.value)


def test_force_replaces_and_removes_only_what_is_ours(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write(target, "posts/a.md", "posts/b.md", "old/c.md")
    (target / "posts" / "mine.md").write_text("mine")

    write(target, "posts/a.md", "pages/d.md", force=True, text="new")

    assert tree(target) == {
        "posts/a.md": "new",
        "posts/mine.md": "mine",
        "pages/d.md": "new",
        "site.yaml": "a: 1\n",
        MANIFEST: (target / MANIFEST).read_text(),
    }
    assert manifest(target) == ["posts/a.md", "pages/d.md", "site.yaml"]
    assert not (target / "old").exists()


def test_force_does_not_replace_what_is_not_ours(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write(target, "posts/a.md")
    (target / "posts" / "b.md").write_text("mine")
    before = tree(target)

    with pytest.raises(WriteError, match=r"posts/b\.md"):
        write(target, "posts/a.md", "posts/b.md", force=True)

    assert tree(target) == before


@pytest.mark.parametrize("made", [False, True], ids=["new", "forced"])
def test_error_leaves_the_target_as_it_was(tmp_path: Path, *, made: bool) -> None:
    target = tmp_path / "out"
    if made:
        write(target, "posts/a.md")
    before = tree(tmp_path)

    out = sink(target, force=made)
    with suppress(KeyboardInterrupt), out:
        out.write(one("posts/a.md", b"new"))
        raise KeyboardInterrupt

    assert tree(tmp_path) == before
    assert not out.written
    assert target.exists() == made


def test_run_killed_while_moving_in_can_be_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that stands already is in the manifest, so the next run may replace it."""
    target = tmp_path / "out"
    write(target, "posts/a.md")
    moved: list[Path] = []
    replace = Path.replace

    def killed(self: Path, other: Path) -> Path:
        if self.suffix == ".md":
            if moved:
                raise KeyboardInterrupt
            moved.append(self)
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write(target, "posts/b.md", "posts/c.md", force=True)
    monkeypatch.undo()

    write(target, "posts/b.md", "posts/c.md", force=True)

    assert set(tree(target)) == {"posts/b.md", "posts/c.md", "site.yaml", MANIFEST}


def test_links_are_not_followed_out_of_the_target(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_text("theirs")
    target = tmp_path / "out"
    write(target, "posts/a.md", "old/a.md")
    for name in ("posts", "old"):
        (target / name / "a.md").unlink()
        (target / name).rmdir()
        (target / name).symlink_to(outside, target_is_directory=True)

    with pytest.raises(WriteError, match="posts is a link"):
        write(target, "posts/a.md", force=True)
    with pytest.raises(WriteError, match="old is a link"):
        write(target, "new/a.md", force=True)

    assert tree(outside) == {"a.md": "theirs"}


def test_link_in_place_of_a_file_is_replaced_itself(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.md"
    theirs.write_text("theirs")
    target = tmp_path / "out"
    write(target, "a.md")
    (target / "a.md").unlink()
    (target / "a.md").symlink_to(theirs)

    write(target, "a.md", force=True, text="new")

    assert theirs.read_text() == "theirs"
    assert not (target / "a.md").is_symlink()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "not json",
        '{"files": "a"}',
        '{"files": ["../outside.txt"]}',
        '{"files": ["/etc/passwd"]}',
        '{"files": ["a//b"]}',
        '{"files": ["a\\\\..\\\\b"]}',
        '{"files": [1]}',
        '{"files": [".wxr-manifest.json"]}',
        "[" * 100_000,
        "\xff",
    ],
)
def test_manifest_that_is_not_ours_is_refused(tmp_path: Path, text: str) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (tmp_path / "outside.txt").write_text("theirs")
    (target / MANIFEST).write_bytes(text.encode("latin-1"))

    with pytest.raises(WriteError, match="manifest"):
        sink(target, force=True)

    assert (tmp_path / "outside.txt").exists()
    assert [path.name for path in target.iterdir()] == [MANIFEST]


@pytest.mark.parametrize("force", [False, True])
def test_full_disk_is_one_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, force: bool
) -> None:
    target = tmp_path / "out"
    if force:
        target.mkdir()

    def full(_place: object, _data: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("wxr.exporters.markdown.sink._write_at_once", full)
    with pytest.raises(WriteError, match="disk is full") as caught:
        write(target, "posts/a.md", force=force)

    assert "\n" not in str(caught.value)
    assert tree(tmp_path) == {}
    assert target.exists() == force


def test_count_is_of_what_was_written(tmp_path: Path) -> None:
    made: Blog = blog(
        tmp_path,
        Author(login="ana", display_name="Ana"),
        Term(taxonomy="category", slug="a", name="A"),
        item(1, comments=(said(1), said(2, type="pingback"))),
        item(2, type="nav_menu_item"),
        item(3, type="page"),
    )

    with made.exporter.sink(str(tmp_path / "out"), force=False) as out:
        for number in range(len(made.records)):
            out.write(made.render(number))

    assert out.written.as_dict() == {
        "items": {"nav_menu_item": 1, "page": 1, "post": 1},
        "comments": {"comment": 1, "pingback": 1},
        "authors": 1,
        "terms": 1,
        "meta": {},
    }


def test_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    made = blog(tmp_path, item(1), item(2, type="page"), item(3, slug="billet-1"))

    made.write(tmp_path / "one")
    made.write(tmp_path / "two")

    assert tree(tmp_path / "one") == tree(tmp_path / "two")
