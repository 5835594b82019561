"""One well-formed file of exports, documents and parts, piece by piece."""

import io
import os
from pathlib import Path

import pytest

import wxr
from tests.cleaning.clean import comparable, read, require_well_formed
from tests.parser.exports import FOOT, HEAD, export, item
from wxr.diagnostics import Code
from wxr.errors import WriteError
from wxr.ledger import Report


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return tmp_path / "clean.xml"


def repaired(source: str | bytes, target: Path) -> tuple[bytes, Report]:
    data = source.encode() if isinstance(source, str) else source
    report = wxr.repair(io.BytesIO(data), target)
    written = target.read_bytes()
    require_well_formed(written)
    return written, report


def codes(report: Report) -> set[Code]:
    return {each.code for each in report.diagnostics}


# --- what is whole

WHOLE = export(item(), item("<title>Deux</title>", number=2))


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.replace("\n", "\r\n"),
        "\ufeff" + WHOLE,
        WHOLE.partition("\n")[2],
        WHOLE.replace(' encoding="UTF-8"', ""),
        WHOLE.replace("UTF-8", "utf-8").replace("version='1.0'", 'version="1.0"'),
        WHOLE + "\n<!-- served from a cache -->\n",
        WHOLE.replace("<channel>", "<!-- c -->\n<channel>\n<?x y?>"),
        WHOLE.replace(FOOT, "</channel \n></rss\t>"),
        WHOLE.replace("<title>Deux", "<title>Dé]]&gt;ux &#233;&amp;"),
    ],
)
def test_what_is_whole_goes_through_byte_for_byte(text: str, clean: Path) -> None:
    written, report = repaired(text, clean)

    assert written == text.encode()
    assert report.diagnostics == ()


def test_what_is_odd_and_well_formed_is_left_and_not_reported(clean: Path) -> None:
    text = export("<item>\n<title>Ni id</title>\nstray<pubDate>never</pubDate></item>")

    written, report = repaired(text, clean)

    assert written == text.encode()
    assert (report.diagnostics, report.exit_code) == ((), 0)


def test_only_the_damaged_item_changes(clean: Path) -> None:
    damaged = export(item("<title>A & B</title>"), item(number=2))

    written, report = repaired(damaged, clean)

    assert written.decode() == damaged.replace("A & B", "A &amp; B")
    assert codes(report) == {Code.BARE_AMPERSAND}


# --- declarations and encodings


@pytest.mark.parametrize(
    "declaration",
    [
        '<?xml version="1.1" encoding="UTF-8"?>',
        '<?xml version="1.0" encoding="ISO-8859-1"?>',
        "<?xml encoding='UTF-8'?>",
        "<?xml?>",
    ],
)
def test_a_declaration_that_would_be_wrong_is_written_anew(
    declaration: str, clean: Path
) -> None:
    text = WHOLE.replace("Deux", "Dé").partition("\n")[2]

    written, _ = repaired(f"{declaration}\n{text}".encode(), clean)

    assert written.decode() == f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def test_other_encodings_become_utf_8(clean: Path) -> None:
    text = WHOLE.replace("Deux", "Dé").replace("UTF-8", "UTF-16")

    written, _ = repaired(text.encode("utf-16"), clean)

    assert written.decode() == text.replace("UTF-16", "UTF-8").replace(
        '<?xml version="1.0" encoding="UTF-8" ?>',
        '<?xml version="1.0" encoding="UTF-8"?>',
    )


def test_the_encoding_can_be_named(clean: Path) -> None:
    text = WHOLE.replace("Deux", "d’été")

    wxr.repair(io.BytesIO(text.encode("cp1252")), clean, encoding="cp1252")

    assert clean.read_bytes().decode() == text


def test_a_declaration_that_is_not_first_goes(clean: Path) -> None:
    written, _ = repaired("<!-- first -->\n" + WHOLE, clean)

    assert written.decode() == "<!-- first -->" + WHOLE.partition("?>")[2]


# --- comments and instructions


@pytest.mark.parametrize(
    ("comment", "sound"),
    [
        ("<!-- a -- b -->", "<!-- a - - b -->"),
        ("<!-- a --->", "<!-- a - -->"),
        ("<!-- \0 -->", "<!--  -->"),
        ("<?1 x?>", ""),
    ],
)
def test_comments_are_made_what_xml_allows(
    comment: str, sound: str, clean: Path
) -> None:
    text = WHOLE.replace("<channel>\n", f"<channel>\n{comment}\n")

    written, report = repaired(text, clean)

    assert written.decode() == text.replace(comment, sound)
    assert codes(report) == {Code.JUNK}
    assert report.diagnostics[0].line == 9


# --- roots


def test_what_has_no_header_gets_one(clean: Path) -> None:
    written, report = repaired("\n" + item() + item(number=2), clean)

    assert written.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<rss')
    assert codes(report) == {Code.MISSING_HEADER, Code.MISSING_VERSION}
    assert report.written.items.total() == 2


def test_missing_prefixes_are_declared_on_the_root(clean: Path) -> None:
    text = WHOLE.replace("\txmlns:wp=", "\txmlns:other=")

    written, report = repaired(text, clean)

    assert written.count(b"xmlns:wp=") == 1
    assert written.index(b"xmlns:wp=") < written.index(b"<channel>")
    assert codes(report) == {Code.UNDECLARED_PREFIX}


@pytest.mark.parametrize("foot", ["", "</channel>\n", "</rss>\n", "</rss", "</channel"])
def test_missing_ends_are_written(foot: str, clean: Path) -> None:
    written, _ = repaired(WHOLE.replace(FOOT, foot), clean)

    assert written.decode().rstrip() == WHOLE.rstrip()


def test_a_channel_may_be_empty(clean: Path) -> None:
    head, _, _ = HEAD.partition("<channel>")

    written, _ = repaired(f"{head}<channel/></rss>", clean)

    assert b"<channel>" in written


def test_a_channel_without_a_root_gets_one(clean: Path) -> None:
    text = "<channel><title>Carnet</title>" + item() + "</channel>"

    written, _ = repaired(text, clean)

    assert comparable(read(written)[0]) == comparable(read(text.encode())[0])


# --- several documents


def test_a_second_document_goes_into_the_first_channel(clean: Path) -> None:
    second = export(
        item(number=2),
        head=HEAD.replace("<title>Carnet", "<language>fr</language>\n<title>Autre"),
    )

    written, report = repaired(export(item()) + second, clean)

    (site,) = [record for record in read(written)[0] if isinstance(record, wxr.Site)][
        :1
    ]
    assert site.title == "Carnet"
    assert b"Autre" not in written
    assert b"<language>fr</language>" in written
    assert written.count(b"<item>") == 2
    assert codes(report) == {Code.SECOND_DOCUMENT}


def test_no_item_is_merged(clean: Path) -> None:
    _, report = repaired(export(item()) * 2, clean)

    assert report.written.items.total() == 2
    assert not report.merged


def test_parts_with_other_namespaces_keep_theirs(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_text(export(item()), encoding="utf-8")
    # WXR under another prefix, and the usual one for something else.
    other = (
        export(item("<wp:odd>1</wp:odd>", number=2))
        .replace("<wp:post", "<w:post")
        .replace("</wp:post", "</w:post")
        .replace("wp:wxr_version", "w:wxr_version")
        .replace("xmlns:wp=", 'xmlns:wp="urn:example:other" xmlns:w=')
    )
    second.write_text(other, encoding="utf-8")

    wxr.repair([first, second], tmp_path / "clean.xml")

    written = (tmp_path / "clean.xml").read_bytes()
    require_well_formed(written)
    posts = [each for each in read(written)[0] if isinstance(each, wxr.Post)]
    before = [each for each in read(second)[0] if isinstance(each, wxr.Post)]
    assert posts[1:] == before
    assert posts[1].id == 2


def test_parts_in_the_default_namespace_keep_it(tmp_path: Path) -> None:
    head = '<rss xmlns="http://wordpress.org/export/1.2/"><channel xmlns="">'
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_text(export(item()), encoding="utf-8")
    second.write_text(
        head.replace(' xmlns=""', "") + "<item><post_id>7</post_id></item>" + FOOT,
        encoding="utf-8",
    )

    wxr.repair([first, second], tmp_path / "clean.xml")

    written = (tmp_path / "clean.xml").read_bytes()
    require_well_formed(written)
    assert b'<item xmlns="http://wordpress.org/export/1.2/">' in written


def test_versions_of_a_namespace_are_the_same_to_wordpress(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_text(export(item()), encoding="utf-8")
    older = export(item(number=2)).replace("export/1.2/", "export/1.1/")
    second.write_text(older, encoding="utf-8")

    wxr.repair([first, second], tmp_path / "clean.xml")

    written = (tmp_path / "clean.xml").read_bytes()
    assert written.count(b"xmlns:wp") == 1
    assert comparable(read(written)[0])[1] == [
        *comparable(read(first)[0])[1],
        *comparable(read(second)[0])[1],
    ]


# --- the version


def test_a_version_is_written_where_there_is_none(clean: Path) -> None:
    text = WHOLE.replace("<wp:wxr_version>1.2</wp:wxr_version>\n", "")

    written, report = repaired(text, clean)

    assert written.decode() == WHOLE
    assert codes(report) == {Code.MISSING_VERSION}
    assert report.exit_code == 0


@pytest.mark.parametrize(
    "empty", ["/>", "> </wp:wxr_version>", "><![CDATA[]]></wp:wxr_version>"]
)
def test_an_empty_version_is_none(empty: str, clean: Path) -> None:
    text = WHOLE.replace(">1.2</wp:wxr_version>", empty)

    written, _ = repaired(text, clean)

    assert written.decode() == WHOLE


# --- what cannot be repaired


def test_what_is_beyond_repair_fails_and_the_rest_is_written(clean: Path) -> None:
    deep = "<item>" + "<x>" * 5000 + "</x>" * 5000 + "</item>"

    written, report = repaired(export(item(), deep, item(number=2)), clean)

    assert written.count(b"<item>") == 2
    assert report.balanced
    assert report.exit_code == 3
    assert report.failed.keys() == {"malformed"}


def test_a_cut_export_says_what_it_lost(clean: Path) -> None:
    cut = WHOLE[: WHOLE.index("Deux") + 2]

    written, report = repaired(cut, clean)

    assert b"<title>De</title>" in written
    assert codes(report) == {Code.TRUNCATED}
    assert report.exit_code == 3


def test_a_control_character_between_brackets_ends_no_section(clean: Path) -> None:
    text = export(item("<content:encoded><![CDATA[a]]\0>b]]></content:encoded>"))

    written, _ = repaired(text, clean)

    assert b"a]] >b" in written


# --- the target


def test_nothing_stands_at_the_target_after_an_error(clean: Path) -> None:
    with pytest.raises(wxr.WxrError):
        wxr.repair(io.BytesIO(b"not an export"), clean)

    assert not clean.exists()
    assert list(clean.parent.iterdir()) == []


def test_a_target_that_exists_is_replaced_only_by_force(clean: Path) -> None:
    clean.write_text("mine")

    with pytest.raises(WriteError, match="--force"):
        wxr.repair(io.BytesIO(WHOLE.encode()), clean)
    assert clean.read_text() == "mine"
    wxr.repair(io.BytesIO(WHOLE.encode()), clean, force=True)
    assert clean.read_text() == WHOLE


def test_an_export_is_never_written_over(clean: Path, tmp_path: Path) -> None:
    clean.write_text(WHOLE)
    os.link(clean, tmp_path / "other.xml")

    with pytest.raises(WriteError, match="export that is read here"):
        wxr.repair(clean, tmp_path / "other.xml", force=True)
    assert clean.read_text() == WHOLE
