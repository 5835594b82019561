"""Values as text that a database reads back as the same values, whatever they hold.

No form here depends on a setting of the server, so that a script means the same
everywhere: MySQL takes a backslash in quotes for an escape or not, PostgreSQL too, and
command-line clients fold CR LF and stop at NUL. A text that holds such a character is
written in hexadecimal, or in the format of COPY, which escapes all of them.
"""

from re import compile as pattern
from typing import Final

_ODD_FOR_SQLITE: Final = pattern("[\x00\r]")
_ODD_FOR_MYSQL: Final = pattern("[\x00-\x08\x0b-\x1f\\\\\x7f]")


def sqlite_value(value: object) -> str:
    """Give a value as a literal of SQLite."""
    if value is None:
        return "NULL"
    return sqlite_text(value) if isinstance(value, str) else f"{value:d}"


def sqlite_text(text: str) -> str:
    """Give a text as a literal of SQLite."""
    if _ODD_FOR_SQLITE.search(text):
        return f"CAST(X'{text.encode().hex()}' AS TEXT)"
    return _quoted(text)


def mysql_value(value: object) -> str:
    """Give a value as a literal of MySQL and MariaDB."""
    if value is None:
        return "NULL"
    return mysql_text(value) if isinstance(value, str) else f"{value:d}"


def mysql_text(text: str) -> str:
    """Give a text as a literal of MySQL and MariaDB."""
    if _ODD_FOR_MYSQL.search(text):
        return f"_utf8mb4 X'{text.encode().hex()}'"
    return _quoted(text)


def copied_value(value: object) -> str:
    r"""Give a value as a field of PostgreSQL's COPY in text; a tab stands between."""
    if value is None:
        return "\\N"
    return copied_text(value) if isinstance(value, str) else f"{value:d}"


def copied_text(text: str) -> str:
    r"""Give a text as a field of PostgreSQL's COPY: no line of it can be `\.`."""
    # To look first is cheaper than to copy: most texts hold none of these.
    for character, escape in _COPY_ESCAPES:
        if character in text:
            text = text.replace(character, escape)
    return text


_COPY_ESCAPES: Final = (
    ("\\", "\\\\"),  # first, or it would escape the escapes
    ("\n", "\\n"),
    ("\r", "\\r"),
    ("\t", "\\t"),
)


def _quoted(text: str) -> str:
    return f"""'{text.replace("'", "''")}'"""
