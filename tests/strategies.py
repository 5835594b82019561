"""Records as Hypothesis draws them: every field absent, empty or hostile.

A record has up to thirty fields. Hypothesis takes as long for one choice as wxr for a
field, so a record is one choice: a byte for each field, that says which of the hostile
texts it holds, or of the few that were drawn for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from wxr.model import Author, Comment, Extra, Meta, Post, Record, Site, Term, TermRef

_Value = TypeVar("_Value")

_HOSTILE: Final = (
    "",
    " ",
    "\n",
    "\r\n",
    "'; DROP TABLE posts; --",
    'it\'s "quoted" `so` and \\so\\',
    "]]>",
    "<script>alert('x')</script>",
    "</item>",
    "{{ 7 * 7 }} {% raw %}",
    "%s %d {} ${x}",
    "--- \n: [a, b]",
    "naïve café, Ōsaka, Ångström, ﬁn",
    "שלום \u202eright to left\u202c مرحبا",
    "👩‍👩‍👧 🇫🇷 \U0001f9d1\U0001f3fd",
    "\u0085 \u2028 \u2029 \ufeff",
    "\x00",
    "a\x00b",
    "null",
    "0",
    "1e3",
    "🙂" * 40,
)
_SERIALIZED: Final = (
    'a:2:{s:1:"k";d:INF;i:3;s:9:"too long";}',
    'O:1:"A":1:{s:1:"p";R:1;}',
    "a:1:{i:0;",
    '{"a": [1, {"$php": null}]}',
)
_SMALL: Final = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3)
_TIMES: Final = (
    *(datetime(1970, 1, 1, 0, 0, 1), datetime.min, datetime(9999, 12, 31, 23, 59, 59)),  # noqa: DTZ001, DTZ901 - wall clock
    *(datetime(1969, 12, 31, 23), datetime(2024, 2, 29, 12), datetime(2000, 1, 1)),  # noqa: DTZ001 - wall clock
)
_TAXONOMIES: Final = ("category", "post_tag", "série")
_FIELDS: Final = 72
"""More than any record takes; behind them are zeros."""


@dataclass(slots=True)
class _Drawn:
    """What is drawn for one record, and then picked from, field by field."""

    picks: Iterator[int]
    texts: Sequence[str]
    numbers: Sequence[int]
    times: Sequence[datetime]

    def one(self, *kinds: Sequence[_Value]) -> _Value:
        """Pick a value of one of the kinds, each of which is as likely."""
        pick = next(self.picks)
        values = kinds[pick % len(kinds)]
        return values[pick // len(kinds) % len(values)]

    def text(self) -> str:
        return self.one(_HOSTILE, self.texts)

    def maybe_text(self) -> str | None:
        return self.one((None,), _HOSTILE, self.texts)

    def number(self) -> int:
        return self.one(_SMALL, self.numbers)

    def maybe_number(self) -> int | None:
        return self.one((None,), _SMALL, self.numbers)

    def local(self) -> datetime | None:
        return self.one((None,), _TIMES, self.times)

    def instant(self) -> datetime | None:
        date = self.local()
        return date and date.replace(tzinfo=UTC)

    def several(self, most: int) -> range:
        return range(next(self.picks) % (most + 1))

    def extra(self) -> Extra:
        return tuple((self.text(), self.text()) for _ in self.several(2))

    def metas(self) -> tuple[Meta, ...]:
        return tuple(self._meta() for _ in self.several(3))

    def _meta(self) -> Meta:
        kinds = ((None,), _HOSTILE, self.texts, _SERIALIZED)
        return Meta(key=self.maybe_text(), value=self.one(*kinds))

    def term_refs(self) -> tuple[TermRef, ...]:
        return tuple(
            TermRef(
                taxonomy=self.one(_TAXONOMIES),
                slug=self.one((None, "", "a", "b", "Ünïcode")),
                name=self.maybe_text(),
            )
            for _ in self.several(3)
        )

    def texts_for(self, *names: str) -> dict[str, Any]:
        return {name: self.maybe_text() for name in names}


@dataclass(frozen=True, slots=True)
class _Values:
    """What is drawn for one record, beside what is hostile to any."""

    text: str
    number: int
    second: int

    def picked(self, picks: bytes) -> _Drawn:
        """Give what fields are picked from."""
        texts = (self.text, self.text[1:], self.text[::-1])
        times = (datetime.min + timedelta(seconds=self.second),)  # noqa: DTZ901
        return _Drawn(chain(picks, repeat(0)), texts, (self.number,), times)


_seconds: Final = int((datetime.max - datetime.min).total_seconds()) - 1  # noqa: DTZ901
_values: Final = st.builds(
    _Values,
    st.text(max_size=12),  # without lone surrogates, which no XML can hold
    st.integers(-(2**63), 2**63 - 1),  # what 64 bits hold
    st.integers(0, _seconds),
)
_picks: Final = st.binary(min_size=_FIELDS, max_size=_FIELDS)
_draws: Final = st.builds(_Values.picked, _values, _picks)


def _comment(drawn: _Drawn) -> Comment:
    return Comment(
        **drawn.texts_for("author_name", "author_email", "author_url", "author_ip"),
        **drawn.texts_for("content", "status"),
        id=drawn.number(),
        type=drawn.one(("comment", "pingback", "trackback", "review")),
        date=drawn.local(),
        date_gmt=drawn.instant(),
        parent=drawn.maybe_number(),
        user_id=drawn.maybe_number(),
        meta=drawn.metas(),
        extra=drawn.extra(),
    )


def _site(drawn: _Drawn) -> Site:
    return Site(
        **drawn.texts_for("title", "link", "description", "language", "wxr_version"),
        **drawn.texts_for("base_site_url", "base_blog_url", "generator"),
        pub_date=drawn.instant(),
        extra=drawn.extra(),
    )


def _author(drawn: _Drawn) -> Author:
    return Author(
        **drawn.texts_for("login", "email", "display_name", "first_name", "last_name"),
        id=drawn.maybe_number(),
        extra=drawn.extra(),
    )


def _term(drawn: _Drawn) -> Term:
    return Term(
        **drawn.texts_for("slug", "name", "parent", "description"),
        id=drawn.maybe_number(),
        taxonomy=drawn.one(_TAXONOMIES),
        meta=drawn.metas(),
        extra=drawn.extra(),
    )


def _post(values: _Values, picks: bytes, of_comments: list[bytes]) -> Post:
    drawn = values.picked(picks)
    return Post(
        **drawn.texts_for("status", "title", "slug", "link", "guid", "author"),
        **drawn.texts_for("content", "excerpt", "comment_status", "ping_status"),
        **drawn.texts_for("password", "attachment_url"),
        id=drawn.number(),
        type=drawn.one((None, "", "post", "page", "attachment", "série")),
        date=drawn.local(),
        date_gmt=drawn.instant(),
        modified=drawn.local(),
        modified_gmt=drawn.instant(),
        pub_date=drawn.instant(),
        parent=drawn.maybe_number(),
        menu_order=drawn.number(),
        sticky=drawn.one((False, True)),
        terms=drawn.term_refs(),
        meta=drawn.metas(),
        extra=drawn.extra(),
        comments=tuple(_comment(values.picked(each)) for each in of_comments),
    )


sites: Final = _draws.map(_site)
authors: Final = _draws.map(_author)
terms: Final = _draws.map(_term)
posts: Final = st.builds(_post, _values, _picks, st.lists(_picks, max_size=4))

records: Final[st.SearchStrategy[Record]] = st.one_of(sites, authors, terms, posts)
exports: Final = st.lists(records, max_size=8)
"""The records of one export, in any order, as several parts may bring them."""


def tokens(of: Sequence[_Value], most: int) -> st.SearchStrategy[list[_Value]]:
    """Give lists of tokens, of any length up to a most, in one choice."""
    assert len(of) <= 256
    picks = st.binary(min_size=most + 1, max_size=most + 1)
    return picks.map(
        lambda drawn: [
            of[each % len(of)] for each in drawn[1:][: drawn[0] % (most + 1)]
        ]
    )
