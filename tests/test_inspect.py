import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from tests import strategies
from tests.parser.exports import HEAD, export, item
from wxr.exporters import Place
from wxr.inspection import Count, Counts, Inspection, inspect
from wxr.inspection.bodies import blocks_of, hosts_of, kind_of, shortcodes_of
from wxr.inspection.counts import Counting
from wxr.inspection.era import era_of
from wxr.inspection.facts import facts_of
from wxr.inspection.shapes import shape_of
from wxr.inspection.survey import Surveyor
from wxr.inspection.zones import Clock, Zones
from wxr.model import Record, Site

FIXTURES = Path(__file__).parents[1] / "fixtures"


def inspected(text: str, folder: Path) -> Inspection:
    path = folder / "export.xml"
    path.write_text(text, encoding="utf-8")
    return inspect(path)


def numbers(counts: Counts) -> dict[str, int]:
    return {entry.name: entry.count for entry in counts.entries}


# --- the whole


def test_blog_is_counted() -> None:
    survey = inspect(FIXTURES / "blog-fr.xml").survey

    assert survey.site.title == "Le Carnet d’Odile"
    assert survey.era == "WordPress 6.8.3"
    assert numbers(survey.types) == {"post": 3, "page": 2, "attachment": 1}
    assert numbers(survey.statuses) == {"publish": 4, "draft": 1, "inherit": 1}
    assert survey.statuses_by_type["post"] == {"publish": 2, "draft": 1}
    assert numbers(survey.years) == {"2009": 2, "2010": 2, "2011": 1}
    assert numbers(survey.comment_types) == {"comment": 5, "pingback": 3}
    assert [each.number for each in survey.busiest] == [6, 2]
    assert [(each.name, each.declared, each.uses) for each in survey.taxonomies] == [
        ("post_tag", 3, 4),
        ("category", 4, 3),
    ]
    assert "Europe/Paris" in [zone.name for zone in survey.zones.candidates]


def test_inspection_says_what_a_conversion_would() -> None:
    damaged = FIXTURES / "malformed-item.xml"

    inspection = inspect(damaged)

    assert inspection.receipt.balanced
    assert inspection.receipt.read.items
    assert [each["code"] for each in inspection.as_dict()["diagnostics"]]


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    inspect(FIXTURES / "blog-fr.xml")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.xml")), ids=lambda p: p.stem)
def test_every_fixture_has_an_inspection_in_json(path: Path) -> None:
    inspection = inspect(path)

    shown = inspection.as_dict()

    assert json.dumps(shown)
    assert inspection.survey.types.total == inspection.receipt.written.items.total()
    assert inspection.receipt.balanced


def test_items_that_are_there_twice_count_once(tmp_path: Path) -> None:
    twice = item(number=7)

    inspection = inspected(export(twice, twice), tmp_path)

    assert inspection.survey.types.total == 1
    assert inspection.receipt.merged.items.total() == 1


# --- oddities

PARENT = "<wp:post_parent>{}</wp:post_parent>"
SLUG = "<wp:post_name>{}</wp:post_name>"
DATE = "<wp:post_date>{}</wp:post_date><wp:post_date_gmt>{}</wp:post_date_gmt>"
PUBLISHED = "<wp:status>publish</wp:status>"


@pytest.mark.parametrize(
    ("items", "oddity", "examples"),
    [
        (
            [item(PARENT.format(99))],
            "parent that is not in the export",
            (1,),
        ),
        (
            [
                item(
                    "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>"
                    "<wp:meta_value>99</wp:meta_value></wp:postmeta>"
                )
            ],
            "featured image that is not in the export",
            (1,),
        ),
        ([item(PARENT.format(1))], "parent is the item itself", (1,)),
        (
            [item(SLUG.format("a")), item(SLUG.format("a"), number=2)],
            "slug that another item has",
            (1, 2),
        ),
        ([item()], "no date at all", (1,)),
        (
            [item(PUBLISHED + DATE.format("2020-01-01 10:00:00", ""))],
            "published, but no date in GMT",
            (1,),
        ),
        (
            [item(DATE.format("2020-01-01 10:00:00", "2019-11-01 10:00:00"))],
            "local time and GMT do not fit",
            (1,),
        ),
        (
            [item(DATE.format("1970-01-01 00:00:00", "1970-01-01 00:00:00"))],
            "date before 1990",
            (1,),
        ),
        (
            [
                item(
                    "<wp:comment><wp:comment_id>5</wp:comment_id>"
                    "<wp:comment_parent>4</wp:comment_parent></wp:comment>"
                )
            ],
            "comment-orphan",
            (1,),
        ),
    ],
)
def test_oddity_is_told(
    items: list[str], oddity: str, examples: tuple[int, ...], tmp_path: Path
) -> None:
    oddities = inspected(export(*items), tmp_path).survey.oddities

    found = {entry.name: entry.examples for entry in oddities.entries}
    assert found[oddity] == examples


def test_later_than_the_export_is_odd(tmp_path: Path) -> None:
    head = HEAD + "<pubDate>Wed, 01 Jan 2020 00:00:00 +0000</pubDate>\n"
    late = item(PUBLISHED + DATE.format("2020-02-01 10:00:00", "2020-02-01 10:00:00"))

    oddities = inspected(export(late, head=head), tmp_path).survey.oddities

    assert "published later than the export was made" in numbers(oddities)


@pytest.mark.parametrize(
    "items",
    [
        [item(PARENT.format(2)), item(number=2)],
        [item(SLUG.format("a")), item(SLUG.format("a"), number=2, kind="page")],
        [
            item(SLUG.format("a") + PARENT.format(3), kind="page"),
            item(SLUG.format("a"), number=2, kind="page"),
            item(number=3, kind="page"),
        ],
    ],
)
def test_what_is_in_order_is_not_odd(items: list[str], tmp_path: Path) -> None:
    oddities = inspected(export(*items), tmp_path).survey.oddities

    assert set(numbers(oddities)) == {"no date at all"}


# --- bodies


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("", []),
        ("<p>text</p>", []),
        ("<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->", ["paragraph"]),
        ("<!-- wp:core/more /--><!-- wp:a/b {} /-->", ["more", "a/b"]),
    ],
)
def test_blocks_are_named(content: str, names: list[str]) -> None:
    assert list(blocks_of(content)) == names


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("[gallery ids='1']", ["gallery"]),
        ("[caption]x[/caption]", ["caption"]),
        ("[made_up]", ["made_up"]),
        ('[unknown a="b"]', ["unknown"]),
        ("[Unknown]x[/Unknown]", ["unknown"]),
        ("quoted [sic] and [1] and [...]", []),
        ("[[gallery]]", []),
        ("<code>[gallery]</code>", []),
    ],
)
def test_shortcodes_are_named_and_words_in_brackets_not(
    content: str, names: list[str]
) -> None:
    assert list(shortcodes_of(content)) == names


@pytest.mark.parametrize(
    ("content", "hosts"),
    [
        ('<a href="https://Blog.example/x">', [(False, "blog.example")]),
        ("<a href='//blog.example:80/a.JPG?x=1'>", [(True, "blog.example")]),
        ('<img data-src = "http://u:p@img.example/a">', [(True, "img.example")]),
        ('<a href="/relative"><a href="mailto:a@blog.example">', []),
        ("https://blog.example/", []),
    ],
)
def test_hosts_are_told(content: str, hosts: list[tuple[bool, str]]) -> None:
    assert list(hosts_of(content, None)) == hosts


def test_host_of_an_attachment_is_one_of_media() -> None:
    assert list(hosts_of("", " https://img.example/a.png")) == [(True, "img.example")]
    assert list(hosts_of("", "a.png")) == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [(" \n", "empty"), ("a", "classic"), ("<!-- wp:more /-->", "blocks")],
)
def test_kind_of_body(content: str, kind: str) -> None:
    assert kind_of(content) == kind


# --- custom fields


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (None, "empty"),
        ("", "empty"),
        ("-1.5", "number"),
        ("2020-01-01 10:00", "date"),
        ("https://blog.example/", "url"),
        ("<b>x</b>", "html"),
        ("hello", "text"),
        ("a:1:{i:0;i:1;}", "php list of 1"),
        ("a:0:{}", "php empty list"),
        ('a:1:{s:1:"k";i:1;}', "php map: k"),
        ('a:1:{s:5:"k";i:1;}', "php map: k, lengths wrong"),
        ("a:1:{i:7;i:1;}", "php map: numbers"),
        ('O:8:"stdClass":0:{}', "php object stdClass"),
        ('E:11:"Suit:Hearts";', "php enum"),
        ('a:1:{s:1:"k', "text"),
        ('a:1:{s:1:"k;}', "php, damaged"),
        ('s:6:"a:0:{}";', "php, serialized twice"),
        ('s:1:"a";', "php text"),
        ("N;", "php null"),
        ('{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}', "json map: a, b, c, d, …"),
        ("[1, 2]", "json list of 2"),
        ("[gallery]", "text"),
        ("[" * 100_000 + "]" * 100_000, "text"),
        ("x" * 300_000, "large"),
    ],
)
def test_shape_of_a_value(value: str | None, shape: str) -> None:
    assert shape_of(value) == shape


# --- counting


def test_names_past_the_cap_only_add_up() -> None:
    counting = Counting(most=2, examples=True)
    for number, name in enumerate("abcabca"):
        counting.add(name, item=number)

    assert counting.counted() == Counts(
        7, (Count("a", 3, (0, 3, 6)), Count("b", 2, (1, 4))), 2
    )


def test_names_are_cut_and_examples_few() -> None:
    counting = Counting(examples=True)
    for number in range(9):
        counting.add("x" * 10_000, item=number)

    [entry] = counting.counted().entries
    assert len(entry.name) == 200
    assert entry.examples == (0, 1, 2)


# --- time zones


def stamps(zone: str, instants: Iterable[datetime]) -> Zones:
    clock = Clock()
    for instant in instants:
        offset = instant.astimezone(ZoneInfo(zone)).utcoffset()
        assert offset is not None
        clock.add(instant, offset)
    return clock.zones()


YEARS = [datetime(2010, 1, 1, tzinfo=UTC) + timedelta(days=9 * n) for n in range(200)]


@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "Asia/Kolkata", "America/New_York", "Asia/Kathmandu"]
)
def test_zone_is_among_the_candidates(zone: str) -> None:
    zones = stamps(zone, YEARS)

    names = [each.name for each in zones.candidates]
    assert zone in names
    assert "Australia/Sydney" not in names
    assert {each.share for each in zones.candidates} == {1.0}


def test_one_offset_all_year_is_told() -> None:
    assert stamps("Asia/Kolkata", YEARS).fixed == "+05:30"
    assert stamps("Europe/Paris", YEARS).fixed is None
    assert stamps("Europe/Paris", YEARS[:5]).fixed is None


def test_few_wrong_clocks_do_not_hide_the_zone() -> None:
    clock = Clock()
    for number, instant in enumerate(YEARS):
        right = instant.astimezone(ZoneInfo("Europe/Paris")).utcoffset()
        assert right is not None
        clock.add(instant, timedelta(hours=-7) if number % 20 == 0 else right)

    candidates = clock.zones().candidates

    assert "Europe/Paris" in [each.name for each in candidates]
    assert candidates[0].share == 0.95


def test_clock_that_no_zone_has_gives_no_candidates() -> None:
    clock = Clock()
    for number, instant in enumerate(YEARS):
        clock.add(instant, timedelta(hours=number % 12))

    assert clock.zones().candidates == ()
    assert Clock().zones() == Zones()


# --- what wrote it


@pytest.mark.parametrize(
    ("site", "era"),
    [
        (Site(generator="https://wordpress.org/?v=6.8.3"), "WordPress 6.8.3"),
        (Site(generator="http://wordpress.com/"), "WordPress.com"),
        (Site(generator="https://other.example/"), "https://other.example/"),
        (Site(wxr_version="1.0"), "WordPress 2.1 to 3.0"),
        (Site(), "not told; perhaps no WordPress"),
    ],
)
def test_era(site: Site, era: str) -> None:
    assert era_of(site) == era


# --- hostile records


@given(st.lists(strategies.records, max_size=4))
def test_any_records_can_be_surveyed(records: list[Record]) -> None:
    surveyor = Surveyor()

    with surveyor.sink("", force=False) as sink:
        for number, record in enumerate(records):
            sink.write(surveyor.render(record, Place(0, number)))

    assert json.dumps(sink.survey.as_dict())


@given(st.text(alphabet='[]/="a_ <>!-wp:{}hrefsrc./'))
def test_any_body_can_be_looked_at(content: str) -> None:
    list(blocks_of(content))
    list(shortcodes_of(content))
    list(hosts_of(content, content))


def test_facts_of_a_site_are_its_own() -> None:
    site = Site(title="a")

    assert facts_of(site).site is site
