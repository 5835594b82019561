"""Passwords in the words of a command, as anyone on the machine sees them."""

import subprocess
import sys
from pathlib import Path

import pytest

from wxr.exporters.sql.url import secrets_of, without_secrets

_PROGRAM = """
import sys
from pathlib import Path
from wxr.cli.secrets import hide_passwords
hide_passwords(sys.argv)
print(Path("/proc/self/cmdline").read_bytes().decode().split("\\0")[-2])
print(sys.argv[-1])
"""


@pytest.mark.skipif(
    not Path("/proc/self/cmdline").exists(), reason="this system has no /proc"
)
def test_a_list_of_processes_shows_no_password() -> None:
    url = "postgresql://me:gehéim@db.example/blog"

    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, url],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    shown, given = done.stdout.splitlines()
    assert shown == "postgresql://me:xxxxxxx@db.example/blog"
    assert given == url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me@h/b", "postgresql://me@h/b"),
        ("postgresql://me:s@h/b", "postgresql://me:***@h/b"),
        ("mysql+pymysql://me:s@t/e@h/b", "mysql+pymysql://me:***@h/b"),
        ("mysql://me:a b:c@h/b?x=1", "mysql://me:***@h/b?x=1"),
        (
            "postgresql://h/b?password=s&user=me",
            "postgresql://h/b?password=***&user=me",
        ),
        ("postgresql://h/b?sslpassword=s", "postgresql://h/b?sslpassword=***"),
        ("out/a:b@c.xml", "out/a:b@c.xml"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_secrets(url) == shown
    assert bool(secrets_of(url)) == (url != shown)
