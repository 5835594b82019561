"""Automatic paragraphs: the case files, and that no text is lost."""

import time
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tests.cases import Case, cases
from wxr.content.autop import _formed, _separated, autop
from wxr.content.tree import names

CASES = cases(Path(__file__).parent / "autop")


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    assert autop(case.input).rstrip("\n") == case.expected


@given(st.text(alphabet="ab \n\r\t\xa0.é", max_size=60))
def test_words_survive(text: str) -> None:
    html = autop(text)

    shown = html.replace("<p>", " ").replace("</p>", " ").replace("<br />", " ")
    assert shown.split() == text.split()


MARKUP = sorted(
    names(
        "<p> </p> <div> </div> <li> </li> <ul> <blockquote> </blockquote> <BLOCKQUOTE> "
        "<b> </b> <br> <br/> <hr> <td> </td> <form> </form> <link> <pre> > text é <"
    )
)
SPACE = ["<p class=x>", "</div\n>", "<a\nx>", " ", "\n", "\n\n", "\t", "\r\n", "\xa0"]


@given(st.lists(st.sampled_from(MARKUP + SPACE), max_size=14).map("".join))
def test_a_piece_alone_gives_what_it_gives_in_the_whole_text(text: str) -> None:
    separated = _separated(text, across=True)

    assert _formed(separated, across=False) == _formed(separated, across=True)


@pytest.mark.unmeasured  # their size is the point
@pytest.mark.parametrize(
    "piece",
    [
        "<p ",
        "<pre",
        "<p>",
        "</p>",
        "<p>x\n\n",
        "<li>x\n",
        "x<br>\n",
        "</td> ",
        "\n ",
        " ",
        "<svg ",
        "<p><li ",
        "<a \n",
        "<br ",
        "[audio <source",
    ],
)
def test_hostile_text_costs_no_more_than_its_size(piece: str) -> None:
    text = piece * (400_000 // len(piece)) + "<source"
    start = time.process_time()

    autop(text)

    assert time.process_time() - start < 5
