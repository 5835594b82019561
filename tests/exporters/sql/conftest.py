"""Servers for the tests of SQL: started once for a run, each test gets them empty."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

import pytest

from tests import servers
from tests.exporters.sql.databases import (
    Engine,
    Mariadb,
    Postgresql,
    ServerEngine,
    Sqlite,
)

_PROGRAMS: Final = {
    "sqlite": ("sqlite3",),
    "postgresql": ("postgres", "initdb", "psql"),
    "mysql": ("mariadbd", "mariadb-install-db", "mariadb"),
}


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[servers.Server]:
    """Give PostgreSQL; without it skip, or fail under CI."""
    yield from _server("postgresql", servers.postgresql)


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[servers.Server]:
    """Give MariaDB; without it skip, or fail under CI."""
    yield from _server("mysql", servers.mariadb)


@pytest.fixture
def sqlite(tmp_path: Path) -> Sqlite:
    """Give SQLite with its shell; without it skip, or fail under CI."""
    _require("sqlite")
    return Sqlite(tmp_path)


@pytest.fixture
def postgresql(postgresql_server: servers.Server) -> Postgresql:
    """Give an empty database of PostgreSQL."""
    engine = Postgresql(postgresql_server)
    engine.empty()
    return engine


@pytest.fixture
def mariadb(mariadb_server: servers.Server) -> Mariadb:
    """Give an empty database of MariaDB."""
    engine = Mariadb(mariadb_server)
    engine.empty()
    return engine


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give each database system in its turn."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture(params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest) -> ServerEngine:
    """Give each database system that has a server in its turn."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def _server(
    name: str, start: Callable[[], AbstractContextManager[servers.Server]]
) -> Iterator[servers.Server]:
    _require(name)
    with start() as server:
        yield server


def _require(name: str) -> None:
    missing = servers.missing_programs(*_PROGRAMS[name])
    if missing:
        reason = f"no {', '.join(missing)} here; install by: {servers.INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
