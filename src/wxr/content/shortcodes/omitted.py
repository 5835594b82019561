"""Shortcodes that show what is computed on the site: forms, lists, widgets."""

from typing import Final

from wxr.content.scope import Attributes, Scope
from wxr.content.tree import names
from wxr.diagnostics import Code

NAMES: Final = names(
    "archives blog_subscription_form catlist contact-field contact-form "
    "contact-form-7 display-posts displayposts jetpack_subscription_form "
    "gravatar mailchimp mailchimp_subscriber_popup mailpoet mailpoet_form "
    "ninja_form gravityform gravityforms "
    "jetpack-related-posts sitemap subscription_form "
    "upcomingevents upcoming-events wordads wpforms"
)
PREFIXES: Final = ("woocommerce_", "yith_", "edd_", "bbp-", "bp_", "learn_press_")
"""Pages that shops, forums and courses draw by themselves."""


def expand(
    name: str, _attributes: Attributes, _content: str | None, scope: Scope
) -> str:
    """Give nothing, and say so."""
    scope.notes.add(Code.LEFT_OUT, f"[{name}] shows nothing that is stored")
    return ""
