import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

import pytest
from hypothesis import settings

from tests import real as real_files
from tests.sharing_out import Shares, is_drawn

# Where nothing may be kept of what was compiled, as in many containers, every worker
# and every command that a test runs would compile all of it anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_SELDOM: Final = 5_000
"""Objects more than there were; Python begins to search at 700."""

Golden: TypeAlias = Callable[[str, Path], None]

# How long an example takes depends on what else the machine does.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the files of expected text instead of comparing with them",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    items: list[pytest.Item],
) -> Generator[None, object, object]:
    """Measure the coverage of chosen examples only, and share out all tests.

    Measuring doubles the time of the tests that take most of it: real exports, and
    drawn ones. They are there to find what nobody thought of, not to cover lines.
    """
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if is_drawn(item) or names & {"shared", "real", "real_export"}:
            item.add_marker("unmeasured")
    shares = Shares(items)
    try:
        return (yield)
    finally:
        shares.sort(items)


def pytest_collection_finish() -> None:
    """Search for circles of objects seldom, and not in what all tests are made of."""
    gc.freeze()
    gc.set_threshold(_SELDOM)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no coverage of a test marked so, nor of its fixtures.

    pytest-cov's own `no_cover` goes on measuring in workers, where it starts twice.
    """
    tracer = sys.gettrace()
    if item.get_closest_marker("unmeasured"):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `real_export` once for each of them."""
    if "real_export" in metafunc.fixturenames:
        found = real_files.exports()
        metafunc.parametrize(
            "real_export",
            found or [None],
            ids=[path.stem for path in found] or ["none"],
            indirect=True,
            scope="session",
        )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare text with a file, or rewrite the file under --update-golden."""

    def check(actual: str, expected: Path) -> None:
        if request.config.getoption("--update-golden"):
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_text(actual, encoding="utf-8", newline="\n")
        assert actual == expected.read_bytes().decode()

    return check


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """Give the folder of the exports written for this project."""
    return Path(__file__).parents[1] / "fixtures"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder beside the project; without it skip, or fail under CI."""
    if not real_files.SHARED.is_dir():
        absent = f"no real exports: {real_files.SHARED} is not there"
        if os.environ.get("CI"):
            pytest.fail(absent)
        pytest.skip(absent)
    return real_files.SHARED


@pytest.fixture(scope="session")
def real(shared: Path) -> Path:
    """Give the folder of exports that nobody here wrote."""
    return shared / "real"


@pytest.fixture(scope="session")
def real_export(request: pytest.FixtureRequest, real: Path) -> Path:
    """Give one real export; the test runs for each."""
    path = request.param
    assert isinstance(path, Path)
    assert path.parent == real
    return path


@pytest.fixture(scope="session")
def shared_export(real_export: Path) -> Iterator[real_files.Shared]:
    """Give what the tests of one real export share."""
    with TemporaryDirectory() as folder:
        yield real_files.Shared(real_export, Path(folder))
