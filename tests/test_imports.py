import os
import subprocess
import sys

import pytest

HEAVY = (
    *("click", "distributed", "markdown_it", "nh3", "psycopg", "pymysql"),
    *("selectolax", "sqlite3", "tqdm", "yaml"),
    *("asyncio", "dateutil", "email", "multiprocessing", "ssl", "urllib.request"),
)
PUBLIC = [
    "Author",
    "Comment",
    "Diagnostic",
    "Meta",
    "Post",
    "Report",
    "Site",
    "Term",
    "TermRef",
    "WxrError",
    "convert",
    "plain",
    "read",
    "repair",
]


@pytest.mark.parametrize("package", HEAVY)
def test_library_import_does_not_load(package: str) -> None:
    """Whoever only reads should not pay for what only writing or the shell needs."""
    program = f"import sys, wxr; sys.exit({package!r} in sys.modules)"

    # Coverage starts itself in our children, and keeps its data in SQLite.
    own = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    done = subprocess.run([sys.executable, "-c", program], check=False, env=own)

    assert done.returncode == 0


def test_public_names_are_what_the_library_promises() -> None:
    program = "import wxr; print(*sorted(wxr.__all__))"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    names = [name for name in done.stdout.split() if not name.startswith("_")]
    assert names == PUBLIC
