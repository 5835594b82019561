"""Every block and shortcode that the converter promises to know has a case.

The rows are the promise; each names what a case's input must hold. A name that no
case holds fails here, and so does one whose case says nothing.
"""

from pathlib import Path

import pytest

from tests.cases import cases
from wxr.content.rules import BLOCKS, STATIC
from wxr.content.shortcodes import RULES, code
from wxr.content.tree import names

CASES = cases(Path(__file__).parent / "cases")
INPUTS = "\n".join(case.input for case in CASES)

CORE = names(
    "paragraph heading list list-item quote pullquote verse preformatted code table "
    "separator spacer more nextpage image gallery audio video file media-text cover "
    "embed html shortcode freeform missing block pattern group columns column "
    "buttons button details accordion accordion-item tabs math social-links "
    "social-link read-more home-link page-list navigation navigation-link "
    "navigation-submenu table-of-contents latest-posts latest-comments archives "
    "calendar categories tag-cloud rss search loginout query post-template "
    "post-title post-content template-part legacy-widget text-columns footnotes "
    "core-embed/youtube"
)

PLUGINS = names(
    "syntaxhighlighter/code enlighter/codeblock kevinbatdorf/code-block-pro "
    "prismatic/blocks jetpack/markdown jetpack/tiled-gallery jetpack/slideshow "
    "jetpack/story jetpack/image-compare jetpack/gif jetpack/map jetpack/pinterest "
    "jetpack/opentable jetpack/calendly jetpack/eventbrite jetpack/podcast-player "
    "videopress/video jetpack/contact-form jetpack/subscriptions "
    "jetpack/simple-payments jetpack/related-posts jetpack/business-hours "
    "jetpack/contact-info jetpack/rating-star jetpack/recipe "
    "jetpack/event-countdown yoast/faq-block yoast/how-to-block rank-math/faq-block "
    "rank-math/toc-block acf/hero"
)

SHORTCODES = names(
    "caption wp_caption audio video embed code sourcecode php python gist github "
    "latex youtube vimeo dailymotion videopress wpvideo ted twitchtv ustream vine "
    "hulu brightcove kickstarter flickr archiveorg archiveorg-book soundcloud "
    "spotify bandcamp mixcloud pocketcasts descript tweet twitter-timeline facebook "
    "instagram pinterest vr codepen cartodb medium getty houzz nextdoor smartframe "
    "gravatar googleplus googlemaps googleapps scribd slideshare wufoo mailchimp "
    "inline-pdfs flatio untappd-menu polldaddy crowdsignal poll survey quiz "
    "question answer presentation slide recipe recipe-ingredients recipe-directions "
    "contact-form subscription_form wordads upcoming-events sitemap archives "
    "gravityform contact-form-7 wpforms mailpoet toc catlist display-posts ref "
    "footnote efn_note spoiler collapse expand su_spoiler tabs accordion button "
    "vc_btn et_pb_button fusion_button vc_row vc_column vc_column_text vc_raw_html "
    "vc_single_image vc_custom_heading vc_video et_pb_section et_pb_text "
    "fusion_builder_row fusion_title one_half dropcap highlight alert pullquote "
    "blockquote nggallery envira-gallery foogallery rev_slider metaslider "
    "siteorigin_widget"
)


@pytest.mark.parametrize("name", sorted(CORE | PLUGINS))
def test_block_has_a_case(name: str) -> None:
    assert f"<!-- wp:{name} " in INPUTS


@pytest.mark.parametrize("name", sorted(SHORTCODES))
def test_shortcode_has_a_case(name: str) -> None:
    assert any(f"[{name}{end}" in INPUTS for end in " ]=")


def test_each_rule_is_promised_or_shares_a_promise() -> None:
    promised = {RULES[name] for name in SHORTCODES if name in RULES}
    blocks = {BLOCKS[name] for name in CORE | PLUGINS if name in BLOCKS}

    # A gallery and a playlist need a library: `test_library` has their cases.
    assert set(RULES.values()) - promised == {RULES["gallery"]}
    assert set(BLOCKS.values()) - blocks == {BLOCKS["accordion-heading"]}
    assert {"code", "sourcecode", "php"} <= code.NAMES
    assert "columns" in STATIC
