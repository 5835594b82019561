"""No word of the real exports is lost, by the account of a parser that is not ours."""

from collections.abc import Mapping
from typing import Final

import pytest

from tests.real import Shared
from wxr.verification import verify

LOST: Final[Mapping[str, str]] = {
    "pelican-wordpressexport": (
        "a link that is never closed, so that browsers make the caption part of it"
    ),
}
"""Exports of which something is lost, and why."""


@pytest.mark.slow
def test_no_word_is_lost(shared_export: Shared) -> None:
    site = shared_export.written("markdown").path

    found = verify(shared_export.export, str(site))

    assert found.extra == found.missing == 0
    losing = {finding.path for finding in found.findings}
    assert len(losing) == (1 if shared_export.export.stem in LOST else 0)
