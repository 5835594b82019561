"""Bodies that refer to the rest of the site: galleries, patterns, links, notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wxr.content.context import Attachment, Context, Flavour
from wxr.diagnostics import Code
from wxr.markdown import Converted, body

ONE = Attachment(1, "https://a.example/u/one.jpg", "Alt", "Cap <b>one</b>", "One")
TWO = Attachment(2, "https://a.example/u/two.mp3", title="Two & more")


@dataclass(frozen=True)
class Shelf:
    """A library of two files, some patterns, and one link that moved."""

    patterns: dict[int, str] = field(default_factory=dict)

    def attachment(self, id_: int) -> Attachment | None:
        return {1: ONE, 2: TWO}.get(id_)

    def attachments(self, parent: int) -> Sequence[Attachment]:
        return (ONE, TWO) if parent == 7 else ()

    def pattern(self, id_: int) -> str | None:
        return self.patterns.get(id_)

    def address(self, url: str) -> str | None:
        return "../b.md" if url == "https://a.example/?p=2" else None


def converted(content: str, *, patterns: dict[int, str] | None = None) -> Converted:
    return body(content, Context(post_id=7, library=Shelf(patterns or {})))


def codes(result: Converted) -> list[Code]:
    return [note.code for note in result.notes]


def test_gallery_shows_the_images_it_names() -> None:
    result = converted('[gallery ids="1"]')

    assert result.markdown == "![Alt](https://a.example/u/one.jpg)\\\n*Cap **one***"
    assert result.notes == ()


def test_gallery_without_ids_shows_the_images_of_its_post() -> None:
    assert converted("[gallery]").markdown == converted('[gallery ids="1"]').markdown


def test_playlist_lists_the_sounds_of_its_post() -> None:
    assert (
        converted("[playlist]").markdown
        == "- [Two & more](https://a.example/u/two.mp3)"
    )


def test_missing_image_of_a_gallery_is_noted() -> None:
    result = converted('[gallery ids="1,99"]')

    assert "one.jpg" in result.markdown
    assert codes(result) == [Code.UNRESOLVED]


def test_gallery_stays_as_it_stands_where_nothing_is_known() -> None:
    result = body('[gallery ids="1"]', Context())

    assert result.markdown == '[gallery ids="1"]'
    assert codes(result) == [Code.UNRESOLVED]


def test_resized_image_is_the_original() -> None:
    html = '<img class="wp-image-1" src="/u/one-300x200.jpg" alt="">'

    assert converted(html).markdown == "![Alt](https://a.example/u/one.jpg)"


def test_other_image_of_the_class_is_left_alone() -> None:
    html = '<img class="wp-image-1" src="/u/other.jpg" alt="b">'

    assert converted(html).markdown == "![b](/u/other.jpg)"


def test_link_within_the_site_gets_its_new_address() -> None:
    html = '<a href="https://a.example/?p=2">b</a> <a href="/c">c</a>'

    assert converted(html).markdown == "[b](../b.md) [c](/c)"


def test_pattern_stands_where_it_is_used() -> None:
    patterns = {5: "<!-- wp:paragraph --><p>shared</p><!-- /wp:paragraph -->"}

    assert converted('<!-- wp:block {"ref":5} /-->', patterns=patterns).markdown == (
        "shared"
    )


def test_pattern_does_not_hold_itself() -> None:
    patterns = {5: '<p>a</p><!-- wp:block {"ref":5} /-->'}

    result = converted('<!-- wp:block {"ref":5} /-->', patterns=patterns)

    assert result.markdown == "a"
    assert codes(result) == [Code.UNRESOLVED]


def test_missing_pattern_is_noted() -> None:
    assert codes(converted('<!-- wp:block {"ref":9} /-->')) == [Code.UNRESOLVED]


NOTES = '[{"id":"x","content":"<em>Une</em> note"},{"id":"y","content":"Autre"}]'
REFERS = (
    '<!-- wp:paragraph --><p>a<sup data-fn="{}"><a href="#{}">1</a></sup></p><!-- -->'
)


def test_footnotes_stand_at_the_end() -> None:
    content = REFERS.replace("{}", "x") + REFERS.replace("{}", "y")

    result = body(content, Context(footnotes=NOTES))

    assert result.markdown == "a[^1]\n\na[^2]\n\n[^1]: *Une* note\n\n[^2]: Autre"


def test_footnote_without_text_is_noted() -> None:
    result = body(REFERS.replace("{}", "z"), Context(footnotes="no JSON"))

    assert result.markdown.startswith("a[^1]")
    assert Code.UNRESOLVED in codes(result)


def test_flavours_choose() -> None:
    content = (
        '<!-- wp:html --><h2 id="top">T</h2><video src="/v.mp4"></video>'
        "<p>H<sub>2</sub>O [latex]x[/latex]</p><dl><dt>a</dt></dl>"
    )
    flavour = Flavour(raw_html=False, heading_ids=True, math=False)

    plain = body(content, Context()).markdown
    chosen = body(content, Context(flavour=flavour)).markdown
    player = body(content, Context(flavour=Flavour(media="html"))).markdown

    assert "## T\n" in plain
    assert "H<sub>2</sub>O $x$" in plain
    assert chosen == "## T {#top}\n\n[v.mp4](/v.mp4)\n\nH2O `x`\n\n**a**"
    assert '<video src="/v.mp4">' in player


def test_what_is_kept_as_html_is_noted_once_with_its_count() -> None:
    result = body("<u>a</u> <u>b</u> <kbd>c</kbd>", Context())

    assert [(note.message, note.count) for note in result.notes] == [
        ("<u> was kept as HTML", 2),
        ("<kbd> was kept as HTML", 1),
    ]


def test_pattern_says_what_its_use_says() -> None:
    pattern = (
        '<!-- wp:paragraph {"metadata":{"name":"Text","bindings":{"__default":'
        '{"source":"core/pattern-overrides"}}}} --><p class="x">Old</p>'
        "<!-- /wp:paragraph -->"
        '<!-- wp:image {"metadata":{"name":"Pic","bindings":{"url":'
        '{"source":"core/pattern-overrides"}}}} --><figure>'
        '<img src="/old.jpg" alt="o"/>'
        "</figure><!-- /wp:image -->"
        '<!-- wp:button {"metadata":{"name":"Go","bindings":{"__default":'
        '{"source":"core/pattern-overrides"}}}} --><div><a href="/old">Old</a></div>'
        "<!-- /wp:button -->"
        '<!-- wp:paragraph {"metadata":{"name":"Text"}} --><p>Kept</p>'
        "<!-- /wp:paragraph -->"
    )
    use = (
        '<!-- wp:block {"ref":5,"content":{"Text":{"content":"New <em>one</em>"},'
        '"Pic":{"url":"/new.jpg","alt":"n"},"Go":{"text":"New","url":"/new"}}} /-->'
    )

    changed = converted(use, patterns={5: pattern})
    plain = converted('<!-- wp:block {"ref":5} /-->', patterns={5: pattern})

    assert changed.markdown == "New *one*\n\n![n](/new.jpg)\n\n[New](/new)\n\nKept"
    assert plain.markdown == "Old\n\n![o](/old.jpg)\n\n[Old](/old)\n\nKept"
