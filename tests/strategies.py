"""Records as Hypothesis draws them: every field absent, empty or hostile."""

from datetime import UTC
from typing import Any, Final

from hypothesis import strategies as st

from wxr.model import Author, Comment, Extra, Meta, Post, Record, Site, Term, TermRef

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

texts: Final = st.sampled_from(_HOSTILE) | st.text(max_size=12)
"""Text without lone surrogates, which no XML can hold."""
maybe_texts: Final = st.none() | texts

numbers: Final = st.integers(-(2**63), 2**63 - 1)
"""What 64 bits hold."""
ids: Final = st.integers(-3, 9) | numbers
maybe_ids: Final = st.none() | ids

local_times: Final = st.none() | st.datetimes().map(
    lambda date: date.replace(microsecond=0)
)
instants: Final = local_times.map(lambda date: date and date.replace(tzinfo=UTC))

extras: Final[st.SearchStrategy[Extra]] = st.lists(
    st.tuples(texts, texts), max_size=2
).map(tuple)
_SERIALIZED: Final = (
    'a:2:{s:1:"k";d:INF;i:3;s:9:"too long";}',
    'O:1:"A":1:{s:1:"p";R:1;}',
    "a:1:{i:0;",
    '{"a": [1, {"$php": null}]}',
)
metas: Final = st.lists(
    st.builds(Meta, key=maybe_texts, value=maybe_texts | st.sampled_from(_SERIALIZED)),
    max_size=3,
).map(tuple)
term_refs: Final = st.builds(
    TermRef,
    taxonomy=st.sampled_from(("category", "post_tag", "série")),
    slug=st.sampled_from((None, "", "a", "b", "Ünïcode")),
    name=maybe_texts,
)


def _fields(**special: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {"extra": extras, **special}


def _texts_for(*names: str) -> dict[str, st.SearchStrategy[Any]]:
    return dict.fromkeys(names, maybe_texts)


comments: Final = st.builds(
    Comment,
    **_texts_for(
        "author_name", "author_email", "author_url", "author_ip", "content", "status"
    ),
    **_fields(
        id=ids,
        type=st.sampled_from(("comment", "pingback", "trackback", "review")),
        date=local_times,
        date_gmt=instants,
        parent=maybe_ids,
        user_id=maybe_ids,
        meta=metas,
    ),
)

sites: Final = st.builds(
    Site,
    **_texts_for(
        "title", "link", "description", "language", "wxr_version", "base_site_url"
    ),
    **_texts_for("base_blog_url", "generator"),
    **_fields(pub_date=instants),
)
authors: Final = st.builds(
    Author,
    **_texts_for("login", "email", "display_name", "first_name", "last_name"),
    **_fields(id=maybe_ids),
)
terms: Final = st.builds(
    Term,
    **_texts_for("slug", "name", "parent", "description"),
    **_fields(
        id=maybe_ids,
        taxonomy=st.sampled_from(("category", "post_tag", "série")),
        meta=metas,
    ),
)
posts: Final = st.builds(
    Post,
    **_texts_for(
        "status", "title", "slug", "link", "guid", "author", "content", "excerpt"
    ),
    **_texts_for("comment_status", "ping_status", "password", "attachment_url"),
    **_fields(
        id=ids,
        type=st.sampled_from((None, "", "post", "page", "attachment", "série")),
        date=local_times,
        date_gmt=instants,
        modified=local_times,
        modified_gmt=instants,
        pub_date=instants,
        parent=maybe_ids,
        menu_order=ids,
        sticky=st.booleans(),
        terms=st.lists(term_refs, max_size=3).map(tuple),
        meta=metas,
        comments=st.lists(comments, max_size=4).map(tuple),
    ),
)

records: Final[st.SearchStrategy[Record]] = st.one_of(sites, authors, terms, posts)
exports: Final = st.lists(records, max_size=8)
"""The records of one export, in any order, as several parts may bring them."""
