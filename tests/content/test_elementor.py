"""Pages of Elementor whose text is only in a custom field."""

import json
from typing import Any

from wxr.content.context import Context
from wxr.diagnostics import Code
from wxr.markdown import body


def widget(kind: str, **settings: object) -> dict[str, Any]:
    return {
        "elType": "widget",
        "widgetType": kind,
        "settings": settings,
        "elements": [],
    }


def page(*widgets: dict[str, Any]) -> str:
    column = {"elType": "column", "settings": {}, "elements": list(widgets)}
    return json.dumps([{"elType": "section", "settings": [], "elements": [column]}])


def test_widgets_are_written_in_order() -> None:
    data = page(
        widget("heading", title="Welcome", header_size="h1"),
        widget("text-editor", editor="<p>Some <b>text</b></p>"),
        widget("image", image={"url": "/a.jpg", "alt": "A"}, caption="Said"),
        widget("button", text="Go", link={"url": "/go"}),
        widget("video", youtube_url="https://www.youtube.com/watch?v=x"),
        widget("icon-list", icon_list=[{"text": "One"}, {"text": "Two"}]),
        widget("image-gallery", wp_gallery=[{"id": 1, "url": "/b.jpg"}]),
        widget("toggle", tabs=[{"tab_title": "More", "tab_content": "<p>Inside</p>"}]),
        widget("testimonial", testimonial_content="Fine", testimonial_name="Ana"),
        widget("icon-box", title_text="Fast", description_text="Very"),
        widget("counter", ending_number=12, suffix="%", title="Done"),
        widget("divider"),
        widget("google_maps", address="1 Rue Fictive"),
        widget("shortcode", shortcode="[vimeo 12]"),
    )

    result = body("", Context(elementor=data))

    assert (
        result.markdown
        == """\
# Welcome

Some **text**

![A](/a.jpg)\\
*Said*

[Go](/go)

<https://www.youtube.com/watch?v=x>

- One
- Two

![](/b.jpg)

<details>
<summary>More</summary>

Inside

</details>

> Fine
>
> — *Ana*

### Fast

Very

12% Done

---

1 Rue Fictive

<https://vimeo.com/12>"""
    )
    assert {note.code for note in result.notes} <= {Code.HTML_KEPT}


def test_widgets_without_a_rule_say_what_they_can_and_are_noted() -> None:
    data = page(widget("acme", title="T", editor="<p>E</p>"), widget("acme-form", x=1))

    result = body(" ", Context(elementor=data))

    assert result.markdown == "### T\n\nE"
    assert [note.code for note in result.notes] == [Code.LEFT_OUT]


def test_a_body_that_holds_text_stands() -> None:
    assert body("text", Context(elementor=page(widget("divider")))).markdown == "text"


def test_a_broken_page_is_noted() -> None:
    result = body("", Context(elementor="[{" * 3))

    assert result.markdown == ""
    assert [note.code for note in result.notes] == [Code.UNRESOLVED]


def test_depth_and_oddities_are_no_trouble() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    odd = json.dumps(
        [
            {"widgetType": "image", "settings": {"image": 3}},
            1,
            {"widgetType": "heading"},
        ]
    )

    assert body("", Context(elementor=deep)).markdown == ""
    assert body("", Context(elementor=odd)).markdown == ""
