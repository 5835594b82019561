"""Print the marks, and every post that differs."""

import argparse
import tempfile
from pathlib import Path

from tests.marks.measuring import MARKS, Compared, Marks, measure, names


def main() -> None:
    """Measure the exports whose names hold one of the words given."""
    parser = argparse.ArgumentParser(prog="python -m tests.marks")
    parser.add_argument("names", nargs="*", help="parts of the names of exports")
    parser.add_argument("--post", help="slug or id of one post: show it in full")
    given = parser.parse_args()
    together = Marks()
    for name in names():
        if given.names and not any(part in name for part in given.names):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            found = measure(name, Path(scratch) / "site")
        together.posts += found.posts
        for post in found.posts:
            if given.post in (None, post.slug, str(post.id)):
                _print_post(post)
    _print_marks(together)


def _print_post(post: Compared) -> None:
    if post.differences or (post.can_be_said and post.html_blocks):
        print(f"\n{post.export} {post.id} {post.slug}")
    for mark, (shown, written) in post.differences.items():
        share = post.shares[mark]
        print(f"  {mark}: {share.lost} of {share.total} lost, {share.added} added")
        print(f"    shown    {shown[:300]}")
        print(f"    written  {written[:300]}")
    if post.can_be_said and post.html_blocks:
        print(f"  HTML: {len(post.html_blocks)} blocks")
        print(f"    {' '.join(post.html_blocks[0].split())[:200]}")


def _print_marks(marks: Marks) -> None:
    print(f"\n{len(marks.counted)} posts")
    for mark in MARKS:
        share = marks.share(mark)
        differing = sum(mark in post.differences for post in marks.counted)
        print(
            f"{mark:10} {share.percent:7.3f} %  of {share.total:6}"
            f"  {share.lost:5} lost {share.added:5} added in {differing} posts"
        )
    percents = marks.percents()
    for mark in ("identical", "no words added", "no HTML"):
        print(f"{mark:14} {percents[mark]:7.3f} %")


if __name__ == "__main__":
    main()
