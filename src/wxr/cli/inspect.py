"""`wxr inspect`: what is in an export, before it goes anywhere."""

import json
import sys
from typing import Any

import click

from wxr.cli.limits import limit_options, limits, max_item
from wxr.cli.overview import overview
from wxr.cli.progress import bar
from wxr.cli.reading import encoding_option
from wxr.inspection import inspect


@click.command("inspect", short_help="Say what is in an export.")
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...")
@click.option("--json", "as_json", is_flag=True, help="Everything, for programs.")
@encoding_option
@limit_options
@click.option("--quiet", is_flag=True, help="No bar.")
@click.option("--debug", is_flag=True, help="Show a traceback where wxr itself fails.")
def inspect_command(**given: Any) -> None:  # noqa: ANN401
    """Say what is in EXPORT... (files, folders, archives, or - for standard input).

    Nothing is written. Shown are the site, items by type, status, author and year,
    comments and the busiest items, taxonomies, blocks and shortcodes, custom fields,
    hosts of media and links, time zones that fit, and whatever is strange or damaged.

    \b
    Examples:
      wxr inspect blog.xml
      wxr inspect export.zip --json > export.json
      wxr inspect blog.xml --json | jq -r '.shortcodes.entries[].name'

    \b
    Exit status:
      0  read, whatever is wrong in it      1  it cannot be read
      2  wrong usage
    """  # noqa: D301  click's mark for text that is not wrapped
    with bar(given["exports"], passes=1, quiet=given["quiet"]) as advance:
        inspection = inspect(
            given["exports"],
            encoding=given["encoding"],
            max_item=max_item(given),
            limits=limits(given),
            on_bytes=advance,
        )
    if given["as_json"]:
        text = json.dumps(inspection.as_dict(), ensure_ascii=False, indent=2)
        # Bytes of a file name that are no text become JSON's own escapes.
        click.echo(text.encode("utf-8", "backslashreplace"))
    else:
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        click.echo(overview(inspection).encode(encoding, "replace"))
