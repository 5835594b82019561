"""Memory is bounded by the largest item, not by the file."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.parser.exports import FOOT, HEAD, item

MEBIBYTE: Final = 1 << 20
LIMIT: Final = 60 * MEBIBYTE

# Not `ru_maxrss`: it counts the process that started this one, too.
_CONVERT: Final = """
import re, sys, wxr
report = wxr.convert(sys.argv[1], sys.argv[2], to=sys.argv[3])
assert report.balanced, report
with open("/proc/self/status") as status:
    print(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1])
"""


def write_export(path: Path, *, items: int) -> None:
    """Write items of about 8 kB, each with comments and metas, one after the other."""
    text = "<p>Un mot, <em>un</em> autre, « et » encore un.</p>\n" * 160
    comments = "".join(
        f"<wp:comment><wp:comment_id>{{number}}{n}</wp:comment_id>"
        "<wp:comment_content><![CDATA[Oui.]]></wp:comment_content></wp:comment>"
        for n in range(8)
    )
    inside = (
        "<title>Titre {number}</title>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded>{comments}"
    )
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(1, items + 1):
            file.write(item(inside.replace("{number}", str(number)), number=number))
        file.write(FOOT)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an export that is larger than what memory may hold of it."""
    source = tmp_path_factory.mktemp("large") / "large.xml"
    write_export(source, items=4000)
    assert source.stat().st_size > 30 * MEBIBYTE
    return source


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.parametrize("to", ["jsonl", "sqlite", "wxr"])
def test_a_large_export_takes_no_more_than_a_small_one(
    to: str, large: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CONVERT, large, tmp_path / "out", to],
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(done.stdout) * 1024 < LIMIT
