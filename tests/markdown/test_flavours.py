"""What a flavour changes: definition lists, alerts, contents, templates, MDX."""

import pytest

from wxr.content.context import Context, Flavour
from wxr.markdown import body


def written(html: str, flavour: Flavour) -> str:
    return body(
        f"<!-- wp:html -->{html}<!-- /wp:html -->", Context(flavour=flavour)
    ).markdown


def test_definition_lists() -> None:
    html = (
        "<dl><dt>A <b>b</b></dt><dd>One</dd><dd><p>Two</p><ul><li>x</li></ul></dd>"
        "<dt>C</dt><dt>D</dt><dd>Three</dd></dl><p>after</p>"
    )

    assert written(html, Flavour(definitions=True)) == (
        "A **b**\n:   One\n:   Two\n\n    - x\n\nC\nD\n:   Three\n\nafter"
    )
    assert written(html, Flavour(raw_html=False)).startswith("**A b**\n\nOne\n\nTwo")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("[warning]Mind.[/warning]", "> [!WARNING]\n> Mind."),
        ('[alert type="success"]Done.[/alert]', "> [!TIP]\n> Done."),
        ('<div class="alert alert-danger"><p>No</p></div>', "> [!CAUTION]\n> No"),
        ('<div class="callout">So</div>', "> [!NOTE]\n> So"),
        ('<div class="alerted">So</div>', "So"),
        ("<blockquote>So</blockquote>", "> So"),
    ],
)
def test_alerts(html: str, expected: str) -> None:
    assert written(html, Flavour(alerts=True)) == expected


def test_table_of_contents() -> None:
    flavour = Flavour(toc="[TOC]")

    assert written("[toc]", flavour) == "[TOC]"
    assert body(
        "<!-- wp:rank-math/toc-block /-->", Context(flavour=flavour)
    ).markdown == ("[TOC]")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>{{ a }} {% b %} {c} {{{d</p>", r"\{\{ a }} \{% b %} {c} \{\{\{d"),
        ("<p><code>{{ a }}</code></p>", "{% raw %}`{{ a }}`{% endraw %}"),
        ("<pre>{% a %}</pre>", "{% raw %}\n```\n{% a %}\n```\n{% endraw %}"),
        ("<pre>{a}</pre>", "```\n{a}\n```"),
        ('<p><a href="/{{x}}">y</a></p>', "[y](/%7B%7Bx%7D%7D)"),
    ],
)
def test_templates(html: str, expected: str) -> None:
    assert written(html, Flavour(templates=True)) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>{a} &lt; b &lt;3</p>", r"\{a} \< b \<3"),
        ("<p>import x from y</p>", "&#105;mport x from y"),
        ("<p>important</p>", "important"),
        ("<p>https://a.example/x</p>", "[https://a.example/x](https://a.example/x)"),
        ("<p><code>{a}</code></p>", "`{a}`"),
        ("<p>a</p><!--more--><p>b</p>", "a\n\n{/* truncate */}\n\nb"),
    ],
)
def test_mdx(html: str, expected: str) -> None:
    assert written(html, Flavour(mdx=True, raw_html=False)) == expected
