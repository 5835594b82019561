"""`wxr repair`: a damaged export in, a well-formed one out."""

from typing import Any

import click

from wxr.cleaning import repair
from wxr.cli.limits import limit_options, limits, max_item
from wxr.cli.progress import bar
from wxr.cli.reading import encoding_option, fix_mojibake_option
from wxr.cli.receipt import report_file
from wxr.cli.standing import until_done
from wxr.cli.summary import summary
from wxr.cli.usage import name
from wxr.errors import standing


@click.command("repair", short_help="Write one well-formed export.")
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...")
@click.option(
    "--out",
    "target",
    required=True,
    callback=name,
    metavar="CLEAN.xml",
    help="The file to write; - is standard output.",
)
@click.option(
    "--report",
    callback=name,
    metavar="FILE",
    help="Write the receipt as JSON; - for stdout.",
)
@click.option("--strict", is_flag=True, help="Exit 3 for repairs too, not only losses.")
@click.option("--force", is_flag=True, help="Replace what stands at the target.")
@encoding_option
@fix_mojibake_option
@limit_options
@click.option("--quiet", is_flag=True, help="No bar and no summary; errors only.")
@click.option("--debug", is_flag=True, help="Show a traceback where wxr itself fails.")
@click.pass_context
def repair_command(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401
    """Write EXPORT... as one well-formed file that WordPress and any tool can read.

    What is not damaged stays as it is, byte for byte. Several exports are parts of
    one site; they are joined under the first one's header, and no item is dropped.

    \b
    Examples:
      wxr repair blog.xml --out clean.xml
      wxr repair export.zip --out clean.xml --report receipt.json
      wxr repair part.000.xml part.001.xml --out whole.xml
      cat blog.xml | wxr repair - --out - --quiet > clean.xml

    \b
    Exit status:
      0  done, nothing lost      1  failed, nothing written
      2  wrong usage             3  done, but something was lost: see --report
    """  # noqa: D301  click's mark for text that is not wrapped
    exports, target, quiet = given["exports"], given["target"], given["quiet"]
    with report_file(given, "--out") as write_report:
        with (
            bar(exports, passes=1, quiet=quiet) as advance,
            standing(until_done(target)),
        ):
            report = repair(
                exports,
                target,
                force=given["force"],
                strict=given["strict"],
                encoding=given["encoding"],
                max_item=max_item(given),
                limits=limits(given),
                fix_mojibake=given["fix_mojibake"],
                on_bytes=advance,
            )
        write_report(report.as_dict())
    if not quiet:
        click.echo(summary(report), err=True)
    ctx.exit(report.exit_code)
