"""Real PostgreSQL and MariaDB servers, in a folder of their own, for one test run.

They listen on a Unix socket only, keep nothing safe from a crash, and run as somebody
who may do nothing else: as `nobody` where the tests run as root, which PostgreSQL
refuses to be.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

INSTALL: Final = "sh .ci/install-servers"
"""The one command that installs what is missing."""

_IN_MEMORY: Final = Path("/dev/shm")
_ROOM: Final = 1 << 30
"""Bytes that have to be free there: nothing is kept of what the servers write."""

_PATIENCE: Final = 180
"""Seconds that a server may take to start, on a machine with other work."""


@dataclass(frozen=True)
class Server:
    """A server that runs, and how its own client reaches it."""

    folder: Path
    user: str

    def url(self, scheme: str, database: str, query: str) -> str:
        """Give an URL of a database in it."""
        return f"{scheme}://{self.user}@/{database}?{query}"


def missing_programs(*names: str) -> list[str]:
    """Say which programs are not to be found."""
    return [name for name in names if program(name) is None]


def program(name: str) -> str | None:
    """Find a program, also where Debian hides the server's from people."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    hidden = (folder / name for folder in folders)
    return found or next((str(path) for path in hidden if path.exists()), None)


@contextmanager
def postgresql() -> Iterator[Server]:
    """Run PostgreSQL; its superuser is `wxr`, and needs no password on the socket."""
    with _folder("pg") as folder:
        data = folder / "data"
        _run(
            *("initdb", "--no-sync", "--auth=trust", "--username=wxr"),
            *("--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
            f"--pgdata={data}",
        )
        settings = {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "shared_buffers": "32MB",
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "max_connections": "20",
        }
        options = [f"-c{name}={value}" for name, value in settings.items()]
        command = ("postgres", "-D", str(data), *options)
        # It ends at once, but takes its shared memory with it.
        with _running(folder, *command, end=signal.SIGQUIT):
            _wait(folder, "psql", "-h", str(folder), "-U", "wxr", "-c", "", "postgres")
            yield Server(folder, "wxr")


@contextmanager
def mariadb() -> Iterator[Server]:
    """Run MariaDB; its user `root` needs no password on the socket."""
    with _folder("my") as folder:
        data, socket = folder / "data", folder / "socket"
        small = (
            "--no-defaults",
            f"--datadir={data}",
            f"--tmpdir={folder}",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=32M",
            "--innodb-log-file-size=32M",
            "--innodb-flush-method=nosync",
            "--skip-innodb-doublewrite",
        )
        _run(
            *("mariadb-install-db", *small, "--skip-test-db"),
            "--auth-root-authentication-method=normal",
        )
        server = ("mariadbd", *small, "--skip-networking", "--skip-log-bin")
        with _running(folder, *server, f"--socket={socket}", end=signal.SIGKILL):
            _wait(folder, "mariadb", "--no-defaults", f"-S{socket}", "-uroot", "-e", "")
            yield Server(folder, "root")


def as_somebody() -> Mapping[str, Any]:
    """Give how a program is started without root's rights."""
    if os.geteuid():
        return {}
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    # A socket's path may have 107 characters, and pytest's folders are root's alone.
    folder = Path(tempfile.mkdtemp(prefix=f"wxr-{name}-", dir=_where()))
    try:
        if not os.geteuid():
            shutil.chown(folder, "nobody", "nogroup")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _where() -> Path | None:
    """Give the folder that is in memory, where there is one and it has room."""
    if _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
        return _IN_MEMORY
    return None


def _run(name: str, *arguments: str) -> None:
    subprocess.run(
        [program(name) or name, *arguments],
        check=True,
        capture_output=True,
        cwd="/",
        **as_somebody(),
    )


@contextmanager
def _running(
    folder: Path, name: str, *arguments: str, end: signal.Signals
) -> Iterator[None]:
    """Run a server; at the end, what it holds is thrown away."""
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [program(name) or name, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            **as_somebody(),
        ) as process,
    ):
        try:
            yield
        finally:
            process.send_signal(end)
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a server end, and see that it does."""
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def _wait(folder: Path, name: str, *arguments: str) -> None:
    """Wait until a client is let in."""
    end = monotonic() + _PATIENCE
    command = [program(name) or name, *arguments]
    while subprocess.run(command, check=False, capture_output=True).returncode:
        if monotonic() > end:
            raise TimeoutError((folder / "log").read_text(errors="replace"))
        sleep(0.05)
