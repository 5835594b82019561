import subprocess
import sys
from importlib import import_module

import pytest

import wxr

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


def test_library_import_loads_nothing_heavy() -> None:
    """Whoever only reads should not pay for what only writing or the shell needs."""
    program = "import sys, wxr; wxr.read; print(*sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert {"wxr", "wxr.parser"} <= set(done.stdout.split())
    assert set(HEAVY).isdisjoint(done.stdout.split())


def test_importing_the_package_loads_next_to_nothing() -> None:
    """So that an interrupt while the command loads is the command's to answer."""
    program = "import sys, wxr; print(*sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    names = {name for name in done.stdout.split() if name.partition(".")[0] == "wxr"}
    assert names == {"wxr", "wxr._version"}


def test_every_public_name_is_there_whatever_was_loaded_before() -> None:
    import_module("wxr.cli.convert")

    assert all(getattr(wxr, name) is not None for name in wxr.__all__)
    assert dir(wxr) == sorted(wxr.__all__)
    assert callable(wxr.convert)
    with pytest.raises(AttributeError, match="no attribute 'nosuch'"):
        wxr.nosuch  # noqa: B018


def test_its_modules_are_there_without_being_imported() -> None:
    program = "import wxr; print(wxr.errors.WorkersError, wxr.exporters.__name__)"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert "WorkersError" in done.stdout


def test_public_names_are_what_the_library_promises() -> None:
    program = "import wxr; print(*sorted(wxr.__all__))"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    names = [name for name in done.stdout.split() if not name.startswith("_")]
    assert names == PUBLIC


def test_a_conversion_loads_no_other_command() -> None:
    program = (
        "import sys\n"
        "from wxr.cli import main\n"
        "main(['convert', '--help'], standalone_mode=False)\n"
        "print(*sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    loaded = set(done.stdout.split())
    assert "wxr.cli.convert" in loaded
    assert loaded.isdisjoint({"wxr.cli.inspect", "wxr.inspection", "wxr.verification"})
