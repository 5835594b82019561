"""`wxr convert`: an export in, Markdown, JSON, a database or an export out."""

from typing import Any

import click

from wxr.cli.checking import jobs, passes, verified
from wxr.cli.filters import filter_options, filters
from wxr.cli.limits import limit_options, limits, max_item
from wxr.cli.progress import bar
from wxr.cli.reading import encoding_option, fix_mojibake_option, jobs_option
from wxr.cli.receipt import report_file
from wxr.cli.sizes import size
from wxr.cli.standing import until_done
from wxr.cli.summary import summary
from wxr.cli.usage import FORMATS_OF, name, refuse_idle_options, wrong_options
from wxr.conversion import convert
from wxr.errors import standing
from wxr.exporters import FORMATS
from wxr.ledger import Report


@click.command("convert", short_help="Write Markdown, JSON, SQL, a database or WXR.")
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...")
@click.option(
    "--to",
    "to",
    type=click.Choice(sorted(FORMATS)),
    required=True,
    help="The format to write.",
)
@click.option(
    "--out",
    "target",
    required=True,
    callback=name,
    metavar="TARGET",
    help="The folder (markdown), database (postgresql, mysql) or file to write; - is"
    " standard output.",
)
@click.option(
    "--report",
    callback=name,
    metavar="FILE",
    help="Write the receipt as JSON; - for stdout.",
)
@click.option("--strict", is_flag=True, help="Exit 3 for repairs too, not only losses.")
@click.option(
    "--verify", is_flag=True, help="Read again what was written, and compare."
)
@click.option("--force", is_flag=True, help="Replace what an earlier run wrote.")
@jobs_option
@encoding_option
@fix_mojibake_option
@limit_options
@filter_options
@click.option(
    "--comments",
    type=click.Choice(["section", "data", "none"]),
    help="Markdown only: below each post, in a file beside it, or not at all.",
)
@click.option(
    "--redact",
    is_flag=True,
    help="Pseudonyms for e-mails, IPs, logins, passwords, private custom fields.",
)
@click.option(
    "--redact-key",
    metavar="TEXT",
    envvar="WXR_REDACT_KEY",
    help="The same pseudonyms as in other runs with this key. [default: random]",
)
@click.option(
    "--split",
    callback=size,
    metavar="SIZE",
    help="WXR only: numbered parts of at most 10MB, 500KB, ….",
)
@click.option(
    "--dialect",
    type=click.Choice(["sqlite", "postgresql", "mysql"]),
    help="SQL only: whose words the script is in. [default: sqlite]",
)
@click.option("--schema", metavar="NAME", help="PostgreSQL only: where the tables go.")
@click.option(
    "--prefix", metavar="NAME", help="Servers only: begins the name of each table."
)
@click.option(
    "--append", is_flag=True, help="Servers only: add to the tables that are there."
)
@click.option(
    "--decode-meta",
    is_flag=True,
    help="JSON only: say beside serialized custom fields what they hold.",
)
@click.option("--quiet", is_flag=True, help="No bar and no summary; errors only.")
@click.option("--debug", is_flag=True, help="Show a traceback where wxr itself fails.")
@click.pass_context
def convert_command(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401
    """Convert EXPORT... (files, folders, or - for standard input).

    An export is one of WordPress, or what wxr made of one: JSON or SQLite. Several
    are parts of one site. Markdown holds what the blog shows to
    anyone; drafts, private posts, posts with a password, e-mails and IPs stay out
    of it, and are counted. JSON, SQLite, SQL and WXR are complete archives.

    \b
    Examples:
      wxr convert blog.xml --to markdown --out site
      wxr convert blog.xml --to markdown --out site --include draft,private
      wxr convert blog.xml --to json --out - | jq '.posts[].title'
      wxr convert blog.xml --to sqlite --out blog.db --report receipt.json
      wxr convert blog.xml --to sql --dialect postgresql --out - | psql blog
      wxr convert blog.xml --to postgresql --out postgresql://me@localhost/blog
      wxr convert blog.xml --to mysql --out mysql://me@localhost/blog --prefix wp_
      wxr convert blog.xml --to wxr --out 2024.xml --since 2024-01-01 --no-comments
      wxr convert blog.xml --to wxr --out sample.xml --redact --since 2024-01-01
      wxr convert part1.xml part2.xml --to wxr --out blog.xml --split 10MB

    \b
    Exit status:
      0  done, nothing lost      1  failed, nothing written
      2  wrong usage             3  done, but something was lost: see --report
    """  # noqa: D301  click's mark for text that is not wrapped
    quiet = given["quiet"]
    refuse_idle_options(ctx, given)
    readings = passes(given["to"]) * (1 + given["verify"])
    with (
        report_file(given, "--out") as write_report,
        bar(given["exports"], passes=readings, quiet=quiet) as advance,
    ):
        with wrong_options(), standing(until_done(given["target"])):
            report, found = _convert(given, advance), None
        try:
            if given["verify"]:
                with standing("what was written stands, but is not verified"):
                    found = verified(given, given["to"], advance)
        finally:
            # What was written is told even where it cannot be read again.
            checked = {} if found is None else {"verification": found.as_dict()}
            write_report(report.as_dict() | checked)
    if not quiet:
        click.echo(summary(report), err=True)
    if found is not None and not (quiet and found.is_whole):
        from wxr.cli.verdict import verdict  # noqa: PLC0415  it loads all comparers

        click.echo(verdict(found), err=True)
    ctx.exit(max(report.exit_code, found.exit_code if found is not None else 0))


def _convert(given: dict[str, Any], on_bytes: Any) -> Report:  # noqa: ANN401
    to = given["to"]
    return convert(
        given["exports"],
        given["target"],
        to=to,
        jobs=jobs(given, to),
        force=given["force"],
        strict=given["strict"],
        encoding=given["encoding"],
        max_item=max_item(given),
        limits=limits(given),
        fix_mojibake=given["fix_mojibake"],
        **filters(given),
        redact=given["redact"] and (given["redact_key"] or True),
        options={name: given[name] for name in FORMATS_OF if given[name]},
        on_bytes=on_bytes,
    )
