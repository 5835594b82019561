"""The marks of our Markdown against WordPress' own rendering: they only go up.

`python -m tests.marks` prints each mark, and every post that differs.
"""

import re
from pathlib import Path
from typing import Final

from tests.marks.folding import folded, words
from tests.marks.measuring import Compared, Marks, measure, names
from tests.marks.outline import Part, outline
from tests.marks.shown import DECORATIONS, DYNAMIC, UNWRAPPED, embeds, tree
from wxr.content.tree import parse

FLOORS: Final = {
    "words": 99.99,
    "no words added": 99.99,
    "identical": 99.2,
    "links": 100.0,
    "images": 100.0,
    "code": 100.0,
    "emphasis": 99.9,
    "structure": 100.0,
    "embeds": 100.0,
    "no HTML": 99.7,
}
"""Percent, rounded down: what is measured today."""

_NAMED: Final = "a shortcode that is shown by name, since its plugin was not there"
_COVER: Final = "a cover's picture, which WordPress shows as a background, in CSS"
KNOWN: Final = {
    ("wordpress-7.1-a11y", 1730): _COVER,
    ("wordpress-7.1-a11y", 1745): _COVER,
    ("wordpress-7.1-a8c-gutenberg-test-data", 90): _NAMED,
    ("wordpress-7.1-a8c-jetpack-shortcodes", 2842): _NAMED,
    ("wordpress-7.1-en-antoniocapelo", 797): _NAMED,
    ("wordpress-7.1-theme-unit-test", 587): (
        "a player whose address WordPress does not find, so that it shows nothing"
    ),
    ("wordpress-7.1-theme-unit-test", 1031): "a gallery in random order",
    ("wordpress-7.1-theme-unit-test", 1777): _COVER,
    ("wordpress-7.1-theme-unit-test", 1778): "line breaks in a verse, which stays HTML",
    ("wordpress-7.1-theme-unit-test", 1783): _COVER,
    ("wordpress-7.1-theme-unit-test", 1786): (
        "emphasis within a caption, which is emphasised as a whole"
    ),
    ("wordpress-7.1-wp-64-block-test", 88): _COVER,
}
"""Posts that differ, and why: what is not listed must not differ."""


def test_marks_do_not_fall(real: Path, tmp_path: Path) -> None:
    """Every mark holds, and every post that differs is known, with its reason."""
    del real
    marks = Marks()
    for name in names():
        marks.posts += measure(name, tmp_path / name).posts

    low = {
        mark: round(percent, 3)
        for mark, percent in marks.percents().items()
        if percent < FLOORS[mark]
    }
    assert low == {}
    differing = {(post.export, post.id) for post in marks.posts if _differs(post)}
    assert differing == set(KNOWN)


def _differs(post: Compared) -> bool:
    return bool(post.differences) or (post.can_be_said and bool(post.html_blocks))


def test_words_are_folded_as_they_were_before_wordpress_curled_them() -> None:
    assert folded("“L’été” – 5×3…") == '"L\'été" - 5x3...'
    assert words([":)", "🙂", "--"]) == ["🙂", "🙂", "-"]


def test_outline_tells_nesting_and_stress() -> None:
    found = outline(
        parse(
            "<h2>A</h2><ul><li>b <em>c</em> <em>d</em><ol start=3><li>e</ol></ul>"
            "<blockquote><p><strong>f</strong>g</blockquote>"
        )
    )

    assert found.parts == [
        Part("h2", ()),
        Part("item", ("ul",)),
        Part("ol", ("ul",), "3"),
        Part("item", ("ul", "ol")),
        Part("quotation", ()),
    ]
    assert found.stressed == [("em", "cd"), ("strong", "f")]


def test_decoration_is_left_out_and_nothing_else() -> None:
    root, notes = tree(
        '<p>a<sup data-fn="x"><a href="#x">1</a></sup></p>'
        '<div class="wp-block-file"><a href="f">f</a>'
        '<a class="wp-block-file__button" href="f">Download</a></div>'
        '<div class="wp-block-query"><h2>kept</h2>'
        '<ul class="wp-block-post-template"><li>computed</li></ul></div>'
        '<ol class="wp-block-footnotes"><li>b <a href="#x-link">↩︎</a></li></ol>'
    )

    assert root is not None
    assert root.text() == "a1fkept"
    assert notes is not None
    assert notes.text().split() == ["b"]


def test_no_exclusion_is_left_that_nothing_needs(real: Path) -> None:
    shows = "".join(path.read_text("utf-8") for path in real.glob("*.rendered.json"))
    classes = {
        name
        for selector in (*DECORATIONS, *DYNAMIC, *UNWRAPPED)
        for name in re.findall(r"\.([\w-]+)", selector)
    }

    assert [name for name in sorted(classes) if name not in shows] == []


def test_embeds_are_told_from_what_is_stored() -> None:
    assert embeds(
        '<!-- wp:embed {"url":"https:\\/\\/a.example\\/?x=1\\u0026y=2"} -->\n'
        "https://a.example/?x=1&amp;y=2\n<!-- /wp:embed -->\n"
        "[embed]https://b.example/[/embed]\n\nhttps://c.example/d\n\n"
        "see https://e.example/ for more"
    ) == ["https://a.example/?x=1&y=2", "https://b.example/", "https://c.example/d"]
