"""How fast PostgreSQL takes an export by COPY, against a statement for each row.

Usage: python benchmarks/loading.py EXPORT

It starts a PostgreSQL server of its own, and throws it away. Both ways load the same
rows into the same tables in one transaction; what reading and rendering take alone is
measured too, and left out of the comparison. Memory is the peak of `wxr convert`.
"""

import argparse
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))

import wxr
from tests.servers import Server, postgresql
from wxr.exporters.sql.dialects import POSTGRESQL
from wxr.exporters.sql.load import Load, Loader
from wxr.exporters.sql.postgresql import PostgresqlSession
from wxr.exporters.sql.rows import Rows, rows_of
from wxr.exporters.sql.statements import TABLE_OF, Names
from wxr.exporters.sql.url import parse_url
from wxr.exporters.sql.written import written
from wxr.model import Site

_NAMES: Final = Names(POSTGRESQL)


def _rows(export: Path) -> Iterator[Rows]:
    for record in wxr.read(export, on_diagnostic=lambda _: None):
        if not isinstance(record, Site):
            yield rows_of(record, [])


def _by_copy(export: Path, session: PostgresqlSession) -> None:
    def insert(rows: object) -> None:
        for table, their in dict(rows).items():  # type: ignore[call-overload]
            session.load(table, their)

    loader = Loader(insert)
    for rows in _rows(export):
        loader.add(written(rows, POSTGRESQL, []))
    loader.flush()


def _row_by_row(export: Path, session: PostgresqlSession) -> None:
    execute = session._connection.execute  # noqa: SLF001 - a way that wxr has not
    statements = {
        name: f"INSERT INTO {_NAMES.of(name)} ({_NAMES.listed(table.loaded)})"
        f" VALUES ({', '.join(['%s'] * len(table.loaded))})".encode()
        for name, table in TABLE_OF.items()
    }

    def insert(rows: object) -> None:
        for table, their in dict(rows).items():  # type: ignore[call-overload]
            for row in their:
                execute(statements[table], row)

    loader = Loader(insert)
    for rows in _rows(export):
        loader.add(Load(rows, 0))
    loader.flush()


def _only_render(export: Path, _: PostgresqlSession) -> None:
    loader = Loader(lambda _: None)
    for rows in _rows(export):
        loader.add(written(rows, POSTGRESQL, []))


def _seconds(
    way: Callable[[Path, PostgresqlSession], None], export: Path, url: str
) -> float:
    session = PostgresqlSession(parse_url(url, "postgresql"), _NAMES, url)
    session.marks()
    session.start(replaced=())
    start = perf_counter()
    way(export, session)
    seconds = perf_counter() - start
    session.close()
    return seconds


def _peak(export: Path, url: str) -> tuple[float, float]:
    """Give seconds and megabytes of a whole conversion."""
    command = [sys.executable, "-m", "wxr", "convert", str(export), "--quiet"]
    start = perf_counter()
    subprocess.run([*command, "--to", "postgresql", "--out", url], check=False)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return perf_counter() - start, peak


def _url(server: Server) -> str:
    return f"postgresql://{server.user}@/postgres?host={server.folder}"


def main() -> None:
    """Load an export both ways, and whole; print seconds, ratio and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path)
    export = parser.parse_args().export
    with postgresql() as server:
        url = _url(server)
        rendering = _seconds(_only_render, export, url)
        copy = _seconds(_by_copy, export, url)
        inserts = _seconds(_row_by_row, export, url)
        whole, peak = _peak(export, url)
    size = export.stat().st_size / 1e6
    copy, inserts = copy - rendering, inserts - rendering
    print(f"{export.name}: {size:.1f} MB")
    print(f"reading and rendering alone   {rendering:8.2f} s")
    print(f"loading by COPY               {copy:8.2f} s on top")
    print(f"a statement for each row      {inserts:8.2f} s on top")
    print(f"COPY is faster by             {inserts / copy:8.1f}")
    print(f"wxr convert, indexes and all  {whole:8.2f} s, {peak:.0f} MB at most")


if __name__ == "__main__":
    main()
