"""Whoever asks wxr to end gets a clean end: nothing half-written, no traceback."""

import os
import signal
import subprocess
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import pytest
from click.testing import CliRunner

from wxr.__main__ import main as run
from wxr.cli import main
from wxr.exporters.markdown.manifest import MANIFEST

BLOG = Path(__file__).parents[2] / "fixtures" / "blog-fr.xml"
PATIENCE = 120

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no signals")


ITEM = """
<item>
    <title>Essay {number}</title>
    <wp:post_id>{number}</wp:post_id>
    <wp:post_name>essay-{number}</wp:post_name>
    <wp:post_type>post</wp:post_type>
    <wp:status>publish</wp:status>
    <content:encoded><![CDATA[{text}]]></content:encoded>
</item>"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an export that takes longer than it takes to send a signal."""
    head, _, items = BLOG.read_text().partition("<item>")
    _, foot, end = items.rpartition("</channel>")
    text = "Un essai, <em>long</em> comme un jour sans pain.\n\n" * 20
    items = "".join(ITEM.format(number=each, text=text) for each in range(8_000))
    path = tmp_path_factory.mktemp("large") / "large.xml"
    path.write_text(head + items + foot + end)
    return path


def _is_written(path: Path) -> bool:
    """Say whether something was written, not only its list begun."""
    return path.is_file() and path.name != MANIFEST


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("convert", "--to", "jsonl"),
        ("convert", "--to", "markdown", "--jobs", "2"),
        ("repair",),
    ],
    ids="-".join,
)
def test_a_signal_ends_a_run_and_leaves_nothing(
    large: Path, tmp_path: Path, arguments: tuple[str, ...], name: str
) -> None:
    number = getattr(signal, name)
    with (
        TemporaryDirectory(prefix="wxr-") as temporary,  # short: workers have sockets
        subprocess.Popen(
            [sys.executable, "-m", "wxr", *arguments, str(large), "--out", "out"],
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env={**os.environ, "TMPDIR": temporary},
            # A shell that runs the tests in the background has SIGINT ignored.
            preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # noqa: PLW1509
        ) as process,
    ):
        end = monotonic() + PATIENCE
        # Until it writes: while workers start, Python's own words may join in.
        while not any(map(_is_written, tmp_path.rglob("*"))):
            assert process.poll() is None
            assert monotonic() < end
            sleep(0.01)
        process.send_signal(number)
        try:
            _, said = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()  # where it did not end, waiting for it would not either
        left = [*Path(temporary).iterdir(), *tmp_path.iterdir()]

    assert said.decode() == "wxr: interrupted; nothing new stands at the target\n"
    assert process.returncode == 128 + number
    assert left == []


class _Interrupting(MetaPathFinder):
    """Ctrl-C, just when the command is looked for."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "wxr.cli":
            raise KeyboardInterrupt


def test_an_interrupt_while_the_command_loads_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [each for each in sys.modules if each.startswith("wxr.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_Interrupting(), *sys.meta_path])

    with pytest.raises(SystemExit) as ended:
        run()

    assert ended.value.code == 128 + signal.SIGINT
    assert capsys.readouterr().err == "wxr: interrupted\n"


@pytest.mark.parametrize(
    ("arguments", "interrupted", "said"),
    [
        (("inspect",), "wxr.cli.inspect.inspect", ""),
        (
            ("convert", "--to", "json", "--out", "out"),
            "wxr.cli.convert.convert",
            "; nothing new stands at the target",
        ),
        (
            ("convert", "--to", "json", "--out", "-"),
            "wxr.cli.convert.convert",
            "; what went to standard output is not whole",
        ),
        (
            ("convert", "--to", "json", "--out", "out"),
            "wxr.exporters.files.Draft.rename",
            "; what is new may stand at the target already",
        ),
        (
            ("convert", "--to", "markdown", "--force", "--out", "site"),
            "wxr.exporters.markdown.sink.Manifest.replace",
            "; some files are new, others of before; run it again with --force",
        ),
        (
            ("convert", "--to", "json", "--out", "out", "--verify"),
            "wxr.cli.convert.verified",
            "; what was written stands, but is not verified",
        ),
    ],
)
def test_an_interrupt_says_what_stands(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    interrupted: str,
    said: str,
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(interrupted, interrupt)

    done = CliRunner().invoke(main, [*arguments, "--quiet", str(BLOG)])

    assert done.stderr == f"wxr: interrupted{said}\n"
    assert done.exit_code == 128 + signal.SIGINT


def test_what_the_caller_ignores_stays_ignored() -> None:
    script = (
        "import signal, os\n"
        "from wxr.cli.signals import ending_cleanly\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "with ending_cleanly():\n"
        "    os.kill(os.getpid(), signal.SIGHUP)\n"
        "print('went on')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("went on\n", "")
