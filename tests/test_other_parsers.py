"""What the tests of other parsers of WXR assert of their own exports holds for ours.

WordPress' importer has four parsers and tests them by one set of files; php-toolkit has
a fifth. `test_real.GROUND` has the counts of each file; here are the values. Where the
two differ on purpose, the test says so: a file that they refuse, or read in part and in
silence, is read here.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pytest

import wxr
from tests.real import SHARED
from wxr import Author, Comment, Post, Site, Term, phpvalue
from wxr.diagnostics import Code, Diagnostic

SHRUG: Final = "¯\\_(ツ)_/¯"
SERIALIZED_SHRUG: Final = f'a:1:{{s:3:"key";s:13:"{SHRUG}";}}'

pytestmark = pytest.mark.usefixtures("shared")


class Export:
    """The records of a file, by kind."""

    def __init__(self, name: str) -> None:
        self.said: list[Diagnostic] = []
        path = SHARED / "real" / f"{name}.xml"
        records = list(wxr.read(path, on_diagnostic=self.said.append))
        self.records = records
        (self.site, *_) = [each for each in records if isinstance(each, Site)]
        self.authors = [each for each in records if isinstance(each, Author)]
        self.terms = [each for each in records if isinstance(each, Term)]
        self.posts = [each for each in records if isinstance(each, Post)]

    def titled(self, title: str) -> Post:
        """Give the item of this title."""
        return next(post for post in self.posts if post.title == title)

    def of(self, taxonomy: str) -> list[Term]:
        """Give the terms of a taxonomy."""
        return [term for term in self.terms if term.taxonomy == taxonomy]


read = cache(Export)


def metas(record: Post | Comment) -> list[tuple[str, str]]:
    return [(meta.key or "", meta.value or "") for meta in record.meta]


def refs(post: Post) -> list[tuple[str, str | None]]:
    return [(ref.taxonomy, ref.slug) for ref in post.terms]


def _values(term: Term) -> tuple[object, ...]:
    return (term.id, term.taxonomy, term.slug, term.name, term.parent)


Check = Callable[[Export], object]

# Named for what is asserted; a check gives what was found, beside what must be.
VALUES: Final[Sequence[tuple[str, str, Check, object]]] = (
    # --- WordPress' importer: parser.php
    (
        "version 1.1: the site",
        "wpi-valid-wxr-1.1",
        lambda x: (x.site.wxr_version, x.site.base_site_url),
        ("1.1", "http://localhost/"),
    ),
    (
        "version 1.1: the author",
        "wpi-valid-wxr-1.1",
        lambda x: [(a.id, a.login, a.display_name) for a in x.authors],
        [(2, "john", "John Doe")],
    ),
    (
        "version 1.1: terms",
        "wpi-valid-wxr-1.1",
        lambda x: [_values(term) for term in x.terms],
        [
            (3, "category", "alpha", "alpha", ""),
            (22, "post_tag", "clippable", "Clippable", None),
            (40, "post_tax", "bieup", "bieup", ""),
        ],
    ),
    (
        "version 1.1: terms are described",
        "wpi-valid-wxr-1.1",
        lambda x: all(term.description for term in x.terms),
        True,
    ),
    (
        "version 1.1: terms and comments of items",
        "wpi-valid-wxr-1.1",
        lambda x: [(refs(post), len(post.comments)) for post in x.posts],
        [
            (
                [
                    ("category", "alpha"),
                    ("post_tag", "clippable"),
                    ("post_tax", "bieup"),
                ],
                1,
            ),
            ([], 0),
        ],
    ),
    (
        "version 1.1: custom fields",
        "wpi-valid-wxr-1.1",
        lambda x: metas(x.posts[1]),
        [("_wp_page_template", "default")],
    ),
    (
        "version 1.0: the doubled terms of items are one each",
        "wpi-valid-wxr-1.0",
        lambda x: [refs(x.posts[number]) for number in (0, 2, 3)],
        [
            [("category", "uncategorized")],
            [("category", "alpha"), ("post_tag", "news"), ("post_tag", "roar")],
            [("post_tag", "chicken"), ("category", "child"), ("post_tag", "face")],
        ],
    ),
    (
        "version 1.0: first terms",
        "wpi-valid-wxr-1.0",
        lambda x: (x.of("category")[0].slug, x.of("post_tag")[0].slug),
        ("alpha", "chicken"),
    ),
    (
        "version 1.0: there is no parent of a top category",
        "wpi-valid-wxr-1.0",
        lambda x: x.of("category")[0].parent,
        "",
    ),
    (
        "blank lines stay in a body",
        "wpi-blank-lines",
        lambda x: (x.posts[0].content or "").count("\n"),
        3,
    ),
    (
        "terms are told in any layout",
        "wpi-term-formats",
        lambda x: Counter(term.taxonomy for term in x.terms),
        {"category": 2, "post_tag": 3, "custom-taxonomy": 1, "nav_menu": 1},
    ),
    (
        "an escaped end of CDATA: the body",
        "wpi-crazy-cdata-escaped",
        lambda x: x.posts[0].content,
        "Content with nested <![CDATA[ tags ]]> :)",
    ),
    (
        "an unescaped end of CDATA reads as the escaped",
        "wpi-crazy-cdata",
        lambda x: [(post.content, metas(post)) for post in x.posts],
        [
            (
                "Content with nested <![CDATA[ tags ]]> :)",
                [
                    ("Plain string", "Foo"),
                    ("Closing CDATA", "]]>"),
                    (
                        "Alot of CDATA",
                        (
                            "This has <![CDATA[ opening and ]]> closing "
                            "<![CDATA[ tags like this: ]]>"
                        ),
                    ),
                ],
            )
        ],
    ),
    (
        "custom fields of comments",
        "wpi-serialized-comment-meta",
        lambda x: metas(x.posts[0].comments[0]),
        [("string", SHRUG), ("array", SERIALIZED_SHRUG)],
    ),
    (
        "and what they say",
        "wpi-serialized-comment-meta",
        lambda x: phpvalue.loads(metas(x.posts[0].comments[0])[1][1]),
        {"key": SHRUG},
    ),
    (
        "serialized fields without CDATA",
        "wpi-serialized-postmeta-nocdata",
        lambda x: phpvalue.loads(metas(x.posts[0])[0][1]),
        {"special_post_title": "A special title", "is_calendar": ""},
    ),
    (
        "hostile Unicode is kept: logins and names",
        "wpi-utf8-challenges",
        lambda x: [
            (a.login, a.first_name, (a.last_name or "")[:18]) for a in x.authors
        ],
        [("admin\u200c\u200b\u200d\u200e", "🅰️", "&#x1F1FA;&#x1F1F8;")],
    ),
    (
        "hostile Unicode is kept: slug, term and keys",
        "wpi-utf8-challenges",
        lambda x: (
            x.posts[0].slug,
            refs(x.posts[0]),
            [key for key, _ in metas(x.posts[0])][:2],
        ),
        (
            "hello-w\u202eorld\u202c-utf8-💫-test",
            [("category", "uncat\u202eegorized\u202c")],
            ["_pingme\u200c\u200b\u200d\u200e", "_encloseme"],
        ),
    ),
    (
        "references in CDATA are text",
        "wpi-utf8-challenges",
        lambda x: [v.count("&#x") for k, v in metas(x.posts[0]) if "special" in k],
        [8],
    ),
    # --- WordPress' importer: import.php
    (
        "a small export: authors",
        "wpi-small-export",
        lambda x: [(a.login, a.first_name, a.last_name) for a in x.authors],
        [("admin", "", ""), ("editor", "FirstName", "LastName"), ("author", "", "")],
    ),
    (
        "a small export: a category below another",
        "wpi-small-export",
        lambda x: {t.slug: t.parent for t in x.terms if t.slug in {"foo", "foo-bar"}},
        {"foo": "", "foo-bar": "bar"},
    ),
    (
        "a small export: types and statuses",
        "wpi-small-export",
        lambda x: Counter((post.type, post.status) for post in x.posts),
        {
            ("post", "publish"): 5,
            ("post", "private"): 1,
            ("page", "publish"): 4,
            ("page", "draft"): 1,
        },
    ),
    (
        "a small export: terms of items",
        "wpi-small-export",
        lambda x: [
            len(x.titled("Many Categories").terms),
            refs(x.titled("Non-standard post format"))[0],
            refs(x.titled("Top-level Foo")),
            refs(x.titled("Foo-child")),
            [slug for tax, slug in refs(x.titled("Private Post")) if tax != "category"],
        ],
        [
            27,
            ("post_format", "post-format-aside"),
            [("category", "foo")],
            [("category", "foo-bar")],
            ["tag1", "tag2", "tag3"],
        ],
    ),
    (
        "a small export: authors of items",
        "wpi-small-export",
        lambda x: [x.titled(each).author for each in ("Foo-child", "Hello world!")],
        ["editor", "author"],
    ),
    (
        "a small export: pages, their templates and parents",
        "wpi-small-export",
        lambda x: [
            ("_wp_page_template", "onecolumn-page.php")
            in metas(x.titled("1-col page")),
            x.titled("Child Page").parent == x.titled("Parent Page").id,
            x.titled("Draft Page").slug,
        ],
        [True, True, ""],
    ),
    (
        "backslashes are kept: terms",
        "wpi-slashes",
        lambda x: [term.name for term in x.terms],
        ['a \\"great\\" category', "foo\\'bar"],
    ),
    (
        "backslashes are kept: body and comment",
        "wpi-slashes",
        lambda x: (x.posts[0].content, x.posts[0].comments[0].content),
        ('Slashes aren\\\'t \\"cool\\"', f"\\o/ {SHRUG}"),
    ),
    (
        "a comprehensive export: terms",
        "wpi-comprehensive",
        lambda x: [(term.slug, term.parent) for term in x.terms],
        [("news", ""), ("updates", "news"), ("t1", None), ("t2", None)],
    ),
    (
        "a comprehensive export: fields of comments",
        "wpi-comprehensive",
        lambda x: metas(x.titled("Comprehensive Post").comments[0]),
        [("rating", "5"), ("note", "vip")],
    ),
    (
        "a comprehensive export: the page",
        "wpi-comprehensive",
        lambda x: x.titled("Comprehensive Page").type,
        "page",
    ),
    # --- the files' own counts, beyond `test_real.GROUND`
    (
        "the theme's test data: types",
        "wp-theme-test-data-head",
        lambda x: Counter(post.type for post in x.posts),
        {"post": 58, "page": 21, "attachment": 37, "nav_menu_item": 70},
    ),
    (
        "the theme's test data: comments",
        "wp-theme-test-data-head",
        lambda x: (
            Counter(c.type for post in x.posts for c in post.comments),
            Counter(c.status for post in x.posts for c in post.comments),
        ),
        (
            {"comment": 29, "trackback": 2, "pingback": 2},
            {"approved": 30, "hold": 3},
        ),
    ),
    (
        # Their streaming parser finds none: the namespace is https.
        "the theme's test data: excerpts",
        "wp-theme-test-data-head",
        lambda x: sum(bool(post.excerpt) for post in x.posts),
        23,
    ),
    (
        # Their importer drops the second of each.
        "the theme's test data: ids that stand twice",
        "wp-theme-test-data-head",
        lambda x: [i for i, n in Counter(p.id for p in x.posts).items() if n > 1],
        [*range(1643, 1661)],
    ),
    # --- php-toolkit
    (
        "an attachment",
        "phptk-woo-demo-products",
        lambda x: [
            (
                post.title,
                post.parent,
                post.status,
                post.content,
                post.excerpt,
                [key for key, _ in metas(post)],
            )
            for post in x.posts
            if post.id == 31
        ],
        [("vneck-tee-2.jpg", 6, "inherit", "", "", ["_wc_attachment_source"])],
    ),
    (
        "products",
        "phptk-woo-demo-products",
        lambda x: (x.site.base_site_url, Counter(post.type for post in x.posts)),
        ("http:", {"attachment": 22, "product": 18, "product_variation": 7}),
    ),
    (
        "pages",
        "phptk-stylish-press",
        lambda x: [(post.id, post.type, post.slug) for post in x.posts],
        [
            (1, "page", "home"),
            (2, "page", "the-stylish-story"),
            (5, "page", "contact-us"),
        ],
    ),
    (
        "an author under another name, and one after the categories",
        "phptk-entities-options",
        lambda x: ([a.login for a in x.authors], len(x.of("category"))),
        (["a11yteam", "admin"], 3),
    ),
    (
        "an item's id, dates' fields and custom fields",
        "phptk-entities-options",
        lambda x: (x.posts[0].id, refs(x.posts[0]), metas(x.posts[0])),
        (
            10,
            [("category", "uncategorized")],
            [("_pingme", "1"), ("_encloseme", "1")],
        ),
    ),
)


@pytest.mark.parametrize(
    ("name", "check", "expected"),
    [pytest.param(*row, id=title) for title, *row in VALUES],
)
def test_values_are_those_of_other_parsers(
    name: str, check: Check, expected: object
) -> None:
    assert check(read(name)) == expected


# php-toolkit counts entities: options of the site (title and two addresses), authors,
# terms, items, comments, and custom fields of items and comments.
ENTITIES: Final[Mapping[str, int]] = {
    "phptk-entities-options": 11,
    "phptk-stylish-press": 10,
    "phptk-woo-demo-products": 975,
    "wp-theme-test-data-head": 1146,
    "wpi-crazy-cdata": 5,
    "wpi-crazy-cdata-escaped": 5,
    "wpi-missing-version-tag": 57,
    "wpi-serialized-postmeta-nocdata": 5,
    "wpi-small-export": 68,
    "wpi-valid-wxr-1.0": 32,
    "wpi-valid-wxr-1.1": 11,
}


@pytest.mark.parametrize("name", sorted(ENTITIES))
def test_entities_are_as_many_as_php_toolkit_counts(name: str) -> None:
    found = read(name)
    site = found.site
    options = (site.title, site.base_site_url, site.base_blog_url)
    comments = [comment for post in found.posts for comment in post.comments]
    entities: list[object] = [
        *(option for option in options if option is not None),
        *(record for record in found.records if not isinstance(record, Site)),
        *comments,
        *(meta for post in found.posts for meta in post.meta),
        *(meta for comment in comments for meta in comment.meta),
    ]

    assert len(entities) == ENTITIES[name]


def test_a_version_that_is_missing_is_said_and_no_reason_to_refuse() -> None:
    found = read("wpi-missing-version-tag")

    assert Code.MISSING_VERSION in {each.code for each in found.said}
    assert Counter(term.taxonomy for term in found.terms) == {
        "category": 21,
        "post_tag": 18,
        "post_tax": 14,
    }


def test_reading_twice_gives_the_same() -> None:
    assert Export("wpi-small-export").records == read("wpi-small-export").records


def test_reading_a_file_with_itself_merges_all(tmp_path: Path) -> None:
    """Their importer finds each item there already, when it imports twice."""
    path = SHARED / "real" / "wpi-small-export.xml"

    report = wxr.convert([path, path], tmp_path / "out.jsonl", to="jsonl")

    assert report.merged.as_dict() == report.written.as_dict()
    assert report.balanced
