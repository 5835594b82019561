"""No word of the real exports is lost, by the account of a parser that is not ours."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

import wxr
from wxr.verification import verify

LOST: Final[Mapping[str, str]] = {
    "pelican-wordpressexport": (
        "a link that is never closed, so that browsers make the caption part of it"
    ),
}
"""Exports of which something is lost, and why."""


@pytest.mark.slow
def test_no_word_is_lost(real_export: Path, tmp_path: Path) -> None:
    wxr.convert(real_export, tmp_path / "site", to="markdown")

    found = verify(real_export, str(tmp_path / "site"))

    assert found.extra == found.missing == 0
    losing = {finding.path for finding in found.findings}
    assert len(losing) == (1 if real_export.stem in LOST else 0)
