"""UTF-8 read as Windows-1252: found, told, repaired if wished; fine text is left."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given, strategies as st

import wxr
from tests.parser.exports import export, item, records
from wxr.diagnostics import Code
from wxr.model import Post
from wxr.parser.mojibake.runs import is_suspect, repaired

TEXTS: Final = [
    "Été à l’école : « ça » — où ? Cœur, œuvre, Œil naïf, 10 € ; 20 °C… “oui” !",
    "Größe süß „x“ über Fußgänger",
    "¿Qué? ¡Mañana! España nº 3",
    "Não é só coração, avó",
    "Šel žluťoučký kůň, łódź",
    "Привет, мир",
    "Ελληνικά κείμενο",
    "שלום עולם",
    "مرحبا بالعالم",
    "Merci 😀",
    "It’s a café",
    "voilà\xa0!",
]
FINE: Final = [
    *("« Ã »", "«\xa0Ã\xa0»", "Ã", "Ã, Â et ã", "ÃÃ", "Â»", "Â\xa0:", "â", "l’Â"),
    *("CAFÉ»", "passé…»", "VOILÀ…", "RÉSUMÉ—1", "MARCHÉ®", "É”", "voilà…»", "ÉÉ…»"),
    *("MANHÃ\xa0DE", "AMANHÃ…", "IRMÃ»", "MAÇÃ–", "SÃO PAULO™", "NÃO É»", "PÃO"),
    *("BLÅ“", "Spaß“", "PÅ»", "Ü”", "10 Å–20 Å", "Ð Ñ", "10 €, ça va", "30°", "×2"),
    *TEXTS,
]


def mistaken(text: str, times: int = 1, *, by: str = "windows") -> str:
    """Read the UTF-8 of a text as what it is not."""
    for _ in range(times):
        data = text.encode()
        text = (
            "".join(map(_windows, data)) if by == "windows" else data.decode("latin-1")
        )
    return text


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:  # five bytes, of which browsers make controls
        return chr(byte)


@pytest.mark.parametrize("by", ["windows", "latin"])
@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("text", TEXTS)
def test_what_was_mistaken_becomes_what_it_was(text: str, times: int, by: str) -> None:
    wrong = mistaken(text, times, by=by)

    assert is_suspect(wrong.encode())
    assert repaired(wrong)[0] == text


@pytest.mark.parametrize("text", FINE)
def test_fine_text_is_left(text: str) -> None:
    assert repaired(text) == (text, [])
    assert repaired(f"Il dit {text} et part.")[1] == []


def test_in_a_text_that_is_partly_fine_only_what_is_sure_changes() -> None:
    text, cases = repaired("Un café, un cafÃ© ; MANHÃ\xa0DE")

    assert text == "Un café, un café ; MANHÃ\xa0DE"
    assert len(cases) == 1


def test_what_does_not_round_trip_is_left() -> None:
    # The no-break space of "Ã\xa0" became a plain one, and is not to be known.
    assert repaired("Ã l’écoleâ€")[1] == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
@example("Ã")
def test_repairing_is_done_when_it_is_done(text: str) -> None:
    once, _ = repaired(text)

    assert repaired(once)[0] == once or len(once) < len(text)


@given(st.text("ÃÂâ€™éà»…\xa0 aÉ—"))
def test_what_changes_says_the_same_bytes(text: str) -> None:
    better, cases = repaired(text)

    assert bool(cases) == (better != text)


@given(st.text("abcé à«»œ’…É", min_size=1))
def test_french_is_left(text: str) -> None:
    assert repaired(text)[0] == text


# --- in an export


def _posts(text: str, folder: Path, *, fix: bool) -> tuple[list[Post], list[str]]:
    path = folder / "export.xml"
    path.write_text(text, encoding="utf-8")
    said: list[str] = []
    found = wxr.read(
        path,
        on_diagnostic=lambda each: said.append(f"{each.code} {each.line} {each.count}"),
        fix_mojibake=fix,
    )
    return [each for each in found if isinstance(each, Post)], said


USUAL: Final = Path(__file__).parents[2] / "fixtures" / "blog-fr.xml"


def test_it_is_told_and_left_unless_asked(tmp_path: Path) -> None:
    text = export(item("<title>CafÃ© et thÃ©</title>"))

    found, said = records(text, tmp_path)

    (post,) = [each for each in found if isinstance(each, Post)]
    (problem,) = said
    assert post.title == "CafÃ© et thÃ©"
    assert (problem.code, problem.item, problem.count) == (Code.MOJIBAKE, 1, 2)
    assert problem.line == text[: text.index("CafÃ")].count("\n") + 1
    assert problem.message == "'CafÃ© et thÃ©' is probably 'Café et thé'"


def test_it_is_repaired_on_both_ways_of_reading(tmp_path: Path) -> None:
    fine = USUAL.read_text(encoding="utf-8")
    unusual = fine.replace("<item>", "<item >")
    expected, said = _posts(fine, tmp_path, fix=True)

    for text in (fine, unusual):
        assert _posts(mistaken(text), tmp_path, fix=True)[0] == expected
    assert not any("mojibake" in each for each in said)


def test_headers_and_terms_are_repaired_too(tmp_path: Path) -> None:
    text = export().replace("Carnet", "Carnet dâ€™OdÃ©on")

    (tmp_path / "export.xml").write_text(text, encoding="utf-8")
    site, *_ = wxr.read(tmp_path / "export.xml", fix_mojibake=True)

    assert isinstance(site, wxr.Site)
    assert site.title == "Carnet d’Odéon"


def _meta(value: str) -> str:
    return item(
        "<wp:postmeta><wp:meta_key>k</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def test_serialized_values_whose_lengths_fit_only_so_are_repaired(
    tmp_path: Path,
) -> None:
    (post,), said = _posts(export(_meta('a:1:{i:0;s:5:"cafÃ©";}')), tmp_path, fix=True)

    assert post.meta[0].value == 'a:1:{i:0;s:5:"café";}'
    assert said == ["mojibake-repaired 13 1"]


def test_serialized_values_whose_lengths_would_lie_are_left(tmp_path: Path) -> None:
    value = 'a:1:{i:0;s:7:"cafÃ©";}'

    (post,), said = _posts(export(_meta(value)), tmp_path, fix=True)

    assert post.meta[0].value == value
    assert said == ["mojibake 13 1"]


def test_an_export_is_repaired_into_another(tmp_path: Path) -> None:
    fine = USUAL.read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.xml"
    wrong.write_text(mistaken(fine), encoding="utf-8")

    report = wxr.repair(wrong, tmp_path / "clean.xml", fix_mojibake=True)

    assert (tmp_path / "clean.xml").read_text(encoding="utf-8") == fine
    assert {each.code for each in report.diagnostics} == {Code.MOJIBAKE_REPAIRED}
