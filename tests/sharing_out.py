"""Which worker of a run gets which tests, and which come first.

What is read of a real export, and a server that was started, serve all tests that ask
for them, so those go to one worker, one after the other. Long tests come first, so that
no worker is left with one while others have nothing to do.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pytest

SERVERS: Final = ("mariadb", "postgresql")


class Shares:
    """The groups of tests for `--dist=loadgroup`."""

    def __init__(self, items: list[pytest.Item]) -> None:
        """Mark each test with its group, which xdist reads when it has all tests."""
        self._turns: dict[int, tuple[int, int]] = {}
        groups = [_group(item) for item in items]
        sizes = Counter(groups)
        for item, group in zip(items, groups, strict=True):
            self._turns[id(item)] = _turn(item, group), -sizes[group]
            if group != item.nodeid:
                item.add_marker(pytest.mark.xdist_group(group))

    def sort(self, items: list[pytest.Item]) -> None:
        """Put tests in the order to start them, however they were shuffled."""
        items.sort(key=lambda item: self._turns[id(item)])


def is_drawn(item: pytest.Item) -> bool:
    """Say whether Hypothesis draws what a test gets."""
    return bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


def _group(item: pytest.Item) -> str:
    """Name what a test shares with others: a server, an export, or its module."""
    params = _params(item)
    if server := _server(item, params):
        return server
    if export := params.get("real_export"):
        return str(export.name)
    return item.nodeid if _is_long(item) else item.path.stem


def _server(item: pytest.Item, params: Mapping[str, Any]) -> str | None:
    names = {*getattr(item, "fixturenames", ()), *map(str, params.values())}
    return next((server for server in SERVERS if server in names), None)


def _is_long(item: pytest.Item) -> bool:
    return is_drawn(item) or item.get_closest_marker("slow") is not None


def _turn(item: pytest.Item, group: str) -> int:
    """Give the turn of a test: servers, long ones, real exports, then all others."""
    turns = (group in SERVERS, group == item.nodeid, group.endswith(".xml"), True)
    return turns.index(True)


def _params(item: pytest.Item) -> Mapping[str, Any]:
    callspec = getattr(item, "callspec", None)
    return callspec.params if callspec else {}
