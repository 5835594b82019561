"""Facts of all records to one inspection."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from heapq import heappush, heappushpop
from types import TracebackType
from typing import Any, ClassVar, Final, Self

from wxr.exporters import Place, Rendered
from wxr.inspection.counts import MOST_NAMES, NOTHING, Count, Counting, Counts
from wxr.inspection.era import era_of
from wxr.inspection.facts import Facts, Table, facts_of
from wxr.inspection.relations import Relations
from wxr.inspection.zones import NO_ZONES, Clock, Zones, is_later
from wxr.ledger import Tally
from wxr.model import Record, Site

_BUSIEST: Final = 10
_MOST_SHAPES: Final = 20
_WITH_EXAMPLES: Final = frozenset(
    {Table.BLOCK, Table.SHORTCODE, Table.ODDITY, Table.META}
)
_BY_NAME: Final = frozenset({Table.YEAR})


@dataclass(frozen=True, slots=True)
class Discussed:
    """An item, and a number of its comments."""

    item: int | None
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A taxonomy: the terms it declares, and how items use them."""

    name: str
    declared: int
    uses: int
    terms: Counts
    """Uses of each term, by its slug."""


@dataclass(frozen=True, slots=True)
class Field:
    """A custom field: a key, how often it is there, and what its values look like."""

    key: str
    count: int
    examples: tuple[int, ...]
    shapes: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What all records together say."""

    site: Site = field(default_factory=Site)
    era: str = ""
    """What wrote the export, as far as it tells."""
    types: Counts = NOTHING
    statuses: Counts = NOTHING
    statuses_by_type: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    years: Counts = NOTHING
    """Of posts, pages and custom types; so for authors."""
    authors: Counts = NOTHING
    comment_types: Counts = NOTHING
    comment_statuses: Counts = NOTHING
    deepest: Discussed | None = None
    """The item with the deepest reply: 1 where a comment was answered."""
    busiest: tuple[Discussed, ...] = ()
    """The items with most comments."""
    taxonomies: tuple[Taxonomy, ...] = ()
    bodies: Counts = NOTHING
    """`blocks`, `classic` or `empty`."""
    blocks: Counts = NOTHING
    shortcodes: Counts = NOTHING
    meta: tuple[Field, ...] = ()
    media_hosts: Counts = NOTHING
    link_hosts: Counts = NOTHING
    oddities: Counts = NOTHING
    """What is strange among items: slugs, parents, dates, replies."""
    zones: Zones = NO_ZONES

    def as_dict(self) -> dict[str, Any]:
        """Give it as JSON has it; the site without what has no field."""
        shown = asdict(self)
        shown["site"].pop("extra")
        stamp = self.site.pub_date
        shown["site"]["pub_date"] = f"{stamp:%Y-%m-%dT%H:%M:%SZ}" if stamp else None
        return shown


@dataclass(frozen=True, slots=True)
class Surveyor:
    """The exporter that writes nothing: `render` tells facts, `sink` adds them up."""

    needs_index: ClassVar[bool] = False

    def render(self, record: Record, place: Place) -> Rendered[Facts]:
        """Give what is of interest in a record."""
        del place
        return Rendered(facts_of(record), Tally.of(record))

    def sink(self, target: str, *, force: bool) -> "Summing":
        """Start to add up."""
        del target, force
        return Summing()


class Summing:
    """Adds up; its memory does not grow with the export."""

    def __init__(self) -> None:
        self._counting = {
            table: Counting(examples=table in _WITH_EXAMPLES) for table in Table
        }
        self._shapes: dict[str, Counting] = {}
        self._busiest: list[tuple[int, int, int | None, str]] = []
        self._deepest: Discussed | None = None
        self._relations = Relations()
        self._clock = Clock()
        self._site: Site | None = None
        self._order = 0
        self.written = Tally()
        self.survey = Survey()
        """What came out; there when the context is left."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._relations:
            if error is None:
                self.survey = self._surveyed()

    def write(self, rendered: Rendered[Facts]) -> None:
        """Add the facts of the next record."""
        facts = rendered.payload
        self.written.add(rendered.tally)
        if facts.site is not None and self._site is None:
            self._site = facts.site
        for (table, name), number in facts.counts.items():
            self._counting[table].add(name, number, facts.item)
        for (key, shape), number in facts.shapes.items():
            self._add_shape(key, shape, number)
        for instant, offset in facts.offsets:
            self._clock.add(instant, offset)
        if facts.item is not None:
            self._add_item(facts)

    def _add_shape(self, key: str, shape: str, number: int) -> None:
        if key not in self._shapes and len(self._shapes) >= MOST_NAMES:
            return
        counting = self._shapes.setdefault(key, Counting(most=_MOST_SHAPES))
        counting.add(shape, number)

    def _add_item(self, facts: Facts) -> None:
        self._relations.add(facts)
        if self._site and is_later(facts.published, self._site.pub_date):
            oddity = "published later than the export was made"
            self._counting[Table.ODDITY].add(oddity, item=facts.item)
        if not facts.comments:
            return
        # Earlier items win among equals, so that the order is always the same.
        self._order -= 1
        entry = (facts.comments, self._order, facts.item, facts.title)
        if len(self._busiest) < _BUSIEST:
            heappush(self._busiest, entry)
        else:
            heappushpop(self._busiest, entry)
        if self._deepest is None or facts.depth > self._deepest.number:
            self._deepest = Discussed(facts.item, facts.title, facts.depth)

    def _surveyed(self) -> Survey:
        for oddity, item in self._relations.oddities():
            self._counting[Table.ODDITY].add(oddity, item=item)
        counts = {
            table: counting.counted(by_name=table in _BY_NAME)
            for table, counting in self._counting.items()
        }
        site = self._site or Site()
        return Survey(
            site=site,
            era=era_of(site),
            types=counts[Table.TYPE],
            statuses=counts[Table.STATUS],
            statuses_by_type=_nested(counts[Table.TYPE_STATUS]),
            years=counts[Table.YEAR],
            authors=counts[Table.AUTHOR],
            comment_types=counts[Table.COMMENT_TYPE],
            comment_statuses=counts[Table.COMMENT_STATUS],
            deepest=self._deepest,
            busiest=tuple(
                Discussed(item, title, number)
                for number, _, item, title in sorted(self._busiest, reverse=True)
            ),
            taxonomies=tuple(_taxonomies(counts)),
            bodies=counts[Table.BODY],
            blocks=counts[Table.BLOCK],
            shortcodes=counts[Table.SHORTCODE],
            meta=tuple(self._fields(counts[Table.META])),
            media_hosts=counts[Table.MEDIA_HOST],
            link_hosts=counts[Table.LINK_HOST],
            oddities=counts[Table.ODDITY],
            zones=self._clock.zones(),
        )

    def _fields(self, keys: Counts) -> Iterator[Field]:
        for entry in keys.entries:
            counting = self._shapes.get(entry.name, Counting())
            yield Field(entry.name, entry.count, entry.examples, counting.counted())


def _nested(counts: Counts) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = defaultdict(dict)
    for entry in counts.entries:
        kind, _, status = entry.name.partition("\0")
        nested[kind][status] = entry.count
    return dict(nested)


def _taxonomies(counts: dict[Table, Counts]) -> Iterator[Taxonomy]:
    declared = {each.name: each.count for each in counts[Table.TAXONOMY].entries}
    uses = {each.name: each.count for each in counts[Table.TERM_USE].entries}
    terms: dict[str, list[Count]] = defaultdict(list)
    for each in counts[Table.TERM].entries:
        taxonomy, _, slug = each.name.partition(":")
        terms[taxonomy].append(Count(slug, each.count))
    for name in sorted({*declared, *uses}, key=lambda name: (-uses.get(name, 0), name)):
        total, listed = uses.get(name, 0), tuple(terms.get(name, ()))
        others = total - sum(each.count for each in listed)
        yield Taxonomy(
            name, declared.get(name, 0), total, Counts(total, listed, others)
        )
