"""Addresses of databases, as libpq and SQLAlchemy write them.

A password in one is a secret: what is said or reported shows the address without it.
So nothing here, nor any driver, ever quotes an address that could not be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from re import Match, compile as pattern
from typing import Final
from urllib.parse import parse_qsl, unquote

from wxr.errors import WriteError

SCHEMES: Final = {
    "mariadb": "mysql",
    "mysql": "mysql",
    "postgres": "postgresql",
    "postgresql": "postgresql",
}
"""Schemes, and the formats they are for."""

# SQLAlchemy names the driver behind a plus.
_URL: Final = pattern(
    r"(?P<scheme>[a-z]+)(?:\+\w+)?://"
    r"(?:(?P<user>[^/?#:]*)(?::(?P<password>[^/?]*))?@)?"
    r"(?P<hosts>[^/?@]*)(?:/(?P<database>[^?]*))?(?:\?(?P<query>.*))?"
)
_HOST: Final = pattern(
    r"(?P<host>\[[0-9A-Fa-f:.%]+\]|[^:\[\]]*)(?::(?P<port>[0-9]{1,9}))?"
)
_LAST_PORT: Final = 65535
_SECRETS: Final = pattern(
    # Up to the last @: whatever comes before it may be a part of a password.
    r"(?P<before>\w://[^:@/?]*):.*(?P<at>@)"
    r"|(?P<name>[?&](?:ssl)?(?:password|passwd|pwd)=)[^&]*"
)
_HIDDEN: Final = "***"


@dataclass(frozen=True, slots=True)
class Url:
    """Where a database is, and who asks for it."""

    format: str
    hosts: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    database: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


def parse_url(target: str, to: str) -> Url:
    """Read the address of a database.

    Raises:
        WriteError: It is none, or none of this format's.
    """
    found = _URL.fullmatch(target)
    hosts = (
        [_HOST.fullmatch(each) for each in found["hosts"].split(",")] if found else []
    )
    if found is None or SCHEMES.get(found["scheme"]) != to or not all(hosts):
        raise WriteError(
            f"is no address of a database; write {to}://USER@HOST:PORT/DATABASE, with"
            " %40, %3A, %2F and %3F for @, :, / and ? in a password",
            target=without_secrets(target),
        )
    _require_ports((host["port"] for host in hosts if host), target)
    return Url(
        format=to,
        hosts=tuple(unquote(host["host"]).strip("[]") for host in hosts if host),
        ports=tuple(host["port"] or "" for host in hosts if host),
        user=_text(found["user"]),
        password=_text(found["password"]),
        database=_text(found["database"]),
        options=dict(parse_qsl(found["query"] or "", keep_blank_values=True)),
    )


def _require_ports(ports: Iterable[str | None], target: str) -> None:
    for port in ports:
        if port is not None and not 0 < int(port) <= _LAST_PORT:
            raise WriteError(
                f"there is no port {port}; ports are numbered from 1 to {_LAST_PORT}",
                target=without_secrets(target),
            )


def without_secrets(target: str) -> str:
    """Give a target as it may be shown: an address without its passwords."""
    return _SECRETS.sub(_without, target) if "://" in target else target


def secrets_of(target: str) -> list[str]:
    """Give the passwords that stand in an address, as they are written there."""
    if "://" not in target:
        return []
    return [
        found[0][len(found["before"] or found["name"]) :].strip(":@")
        for found in _SECRETS.finditer(target)
    ]


def _without(found: Match[str]) -> str:
    if found["name"]:
        return f"{found['name']}{_HIDDEN}"
    return f"{found['before']}:{_HIDDEN}@"


def _text(part: str | None) -> str | None:
    return unquote(part) if part else None
