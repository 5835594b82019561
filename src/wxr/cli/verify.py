"""`wxr verify`: is what was written what was read?"""

from typing import Any

import click

from wxr.cli.checking import passes, verified
from wxr.cli.filters import filter_options
from wxr.cli.limits import limit_options
from wxr.cli.progress import bar
from wxr.cli.reading import encoding_option, fix_mojibake_option, jobs_option
from wxr.cli.receipt import as_json, report_file
from wxr.cli.usage import name, wrong_options
from wxr.cli.verdict import verdict
from wxr.verification import FORMATS
from wxr.verification.targets import format_of


@click.command("verify", short_help="Compare what was written with the export.")
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...")
@click.option(
    "--against",
    "target",
    required=True,
    callback=name,
    metavar="TARGET",
    help="What was written: the folder of Markdown, the file, or the address of the"
    " database.",
)
@click.option(
    "--to",
    type=click.Choice(FORMATS),
    help="The format of TARGET. [default: what it looks like]",
)
@click.option("--json", "as_json_", is_flag=True, help="Everything, for programs.")
@click.option(
    "--report", callback=name, metavar="FILE", help="Write the same JSON; - for stdout."
)
@click.option("--strict", is_flag=True, help="Exit 3 for what was added or moved, too.")
@jobs_option
@encoding_option
@fix_mojibake_option
@limit_options
@filter_options
@click.option(
    "--comments",
    type=click.Choice(["section", "data", "none"]),
    help="Where comments went. [default: what the folder shows]",
)
@click.option("--schema", metavar="NAME", help="PostgreSQL only: where the tables are.")
@click.option(
    "--prefix", metavar="NAME", help="Servers only: begins the name of each table."
)
@click.option("--quiet", is_flag=True, help="No bar, and no text; the status says it.")
@click.option("--debug", is_flag=True, help="Show a traceback where wxr itself fails.")
@click.pass_context
def verify_command(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401
    """Compare TARGET, which `wxr convert` wrote, with EXPORT... which it read.

    Markdown is rendered by a parser that is not wxr's, and its words, links, images,
    code and headings are held against those of the stored bodies; JSON, databases and
    WXR are compared field by field. Filters must be those of the conversion.

    \b
    Examples:
      wxr verify blog.xml --against site
      wxr verify blog.xml --against site --include draft
      wxr verify blog.xml --against blog.db --json | jq .whole
      wxr verify blog.xml --against postgresql://me@localhost/blog

    \b
    Exit status:
      0  nothing lost        1  export or target cannot be read
      2  wrong usage         3  something of the export is not in the target
    """  # noqa: D301  click's mark for text that is not wrapped
    to = given["to"] or format_of(given["target"])
    with wrong_options(), report_file(given, "--against") as write_report:
        with bar(given["exports"], passes=passes(to), quiet=given["quiet"]) as advance:
            found = verified(given, to, advance)
        write_report(found.as_dict())
    if given["as_json_"]:
        click.echo(as_json(found.as_dict()), nl=False)
    elif not given["quiet"] and given["report"] != "-":
        click.echo(verdict(found))
    ctx.exit(found.exit_code)
