"""What every engine must do."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from wxr.engines import Engine, serial
from wxr.engines.processes import Processes
from wxr.errors import WorkersError

WINDOW = 4


def processes() -> Engine[int, int]:
    engine: Processes[int, int] = Processes(
        2, split=lambda n: [n], after_death=lambda n: -n
    )
    return engine


every_engine = pytest.mark.parametrize(
    "make", [lambda: serial, processes], ids=["serial", "processes"]
)


def process(_: int) -> int:
    return os.getpid()


def most_uncollected(_: int) -> int:
    return gc.get_threshold()[0]


def double(number: int) -> int:
    return number * 2


def fail_at(bad: int, number: int) -> int:
    if number == bad:
        raise ValueError(number)
    return number


def die_at(bad: int, number: int) -> int:
    if number == bad:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@every_engine
def test_results_come_in_order(make: Callable[[], Engine[int, int]]) -> None:
    assert list(make()(double, range(50))) == [n * 2 for n in range(50)]


@every_engine
def test_it_reads_no_more_than_a_window_ahead(
    make: Callable[[], Engine[int, int]],
) -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = make()(double, source())
    next(results)

    assert len(taken) <= WINDOW
    list(results)
    assert len(taken) == 100


@every_engine
def test_an_error_of_the_function_ends_it(
    make: Callable[[], Engine[int, int]],
) -> None:
    with pytest.raises(ValueError, match="7"):
        list(make()(partial(fail_at, 7), range(20)))


@every_engine
def test_an_error_of_the_source_ends_it(make: Callable[[], Engine[int, int]]) -> None:
    def source() -> Iterator[int]:
        yield 1
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(make()(double, source()))


def test_workers_serve_one_call_after_the_other() -> None:
    """To start them takes as long as to convert some megabytes."""
    engine: Processes[int, int] = Processes(
        1, split=lambda n: [n], after_death=lambda n: -n
    )

    with engine:
        found = {*engine(process, range(3)), *engine(process, range(3, 6))}
        doubled = list(engine(double, range(3)))

    assert len(found) == 1
    assert found != {os.getpid()}
    assert doubled == [0, 2, 4]


def test_workers_look_for_circles_of_objects_seldom() -> None:
    (found,) = processes()(most_uncollected, [0])

    assert found > most_uncollected(0)


def test_a_dead_worker_costs_its_own_item_only() -> None:
    results = list(processes()(partial(die_at, 13), range(20)))

    assert results == [-13 if n == 13 else n for n in range(20)]


def test_an_item_is_split_to_find_what_a_worker_dies_of() -> None:
    def halves(numbers: list[int]) -> Iterable[list[int]]:
        return [[number] for number in numbers]

    engine: Engine[list[int], list[int]] = Processes(
        2, split=halves, after_death=lambda numbers: [-n for n in numbers]
    )

    results = list(engine(die_at_any, [[1, 2, 3], [4, 13, 5], [6]]))

    assert [n for result in results for n in result] == [1, 2, 3, 4, -13, 5, 6]


def test_a_script_without_a_main_guard_is_told_so(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from wxr.engines.processes import Processes\n"
        "engine = Processes(2, split=lambda n: [n], after_death=lambda n: -n)\n"
        "print(list(engine(abs, range(1000))))\n"
    )

    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 1
    assert "\nwxr.errors.WorkersError: worker processes do not start" in done.stderr
    assert '__name__ == "__main__"' in done.stderr


def test_workers_that_the_system_refuses_are_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise OSError("AF_UNIX path too long")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refused)

    with pytest.raises(WorkersError, match="AF_UNIX path too long; one job"):
        list(processes()(double, range(3)))


def die_at_any(numbers: list[int]) -> list[int]:
    return [die_at(13, number) for number in numbers]
