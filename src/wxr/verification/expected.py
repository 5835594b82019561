"""What a post's page should say: facts of the stored body, and of what it got.

Body and comments are taken to trees by the content room alone, as WordPress would show
them; nothing here looks at Markdown. What the exporter adds by its own rules, such as
the heading of the comments, is said here again, from the records.
"""

import json
from collections.abc import Iterator
from typing import Final

from wxr.content import prepare, sanitize
from wxr.content.autop import autop
from wxr.content.context import Context, Library
from wxr.content.scope import Scope
from wxr.content.tree import parse
from wxr.exporters.markdown.comments import DEEPEST, web_address
from wxr.exporters.markdown.front_matter import one_line, public_name
from wxr.exporters.markdown.words import Words
from wxr.model import Comment, Post
from wxr.threads import PINGS, Placed, thread
from wxr.verification.elements import gather
from wxr.verification.facts import Facts, Place

FORMULA: Final = "<wxr-math"
"""Begins a formula in what the content room makes."""


def page(post: Post, context: Context, words: Words | None) -> tuple[Facts, bool]:
    """Give the facts of a page, and whether there are formulas on it.

    Args:
        post: The post, without what rules withhold.
        context: What the body may know of the rest of the site.
        words: Those of the section of comments; None where there is none.
    """
    facts = Facts(context.library, is_source=True)
    html = prepare(post.content or "", Scope(context))
    _add(html, facts)
    if words is not None and post.comments:
        _add_section(post, words, facts)
    _add_notes(context.footnotes, facts)
    return facts, FORMULA in html


def comment(text: str, library: Library) -> Facts:
    """Give the facts of one comment, as far as a stranger's markup may be shown."""
    facts = Facts(library, is_source=True)
    _add_comment(text, facts)
    return facts


def _add(html: str, facts: Facts) -> None:
    root = parse(html)
    if root is not None:
        gather(root, facts)
    facts.apart()


def _add_comment(text: str, facts: Facts) -> None:
    _add(sanitize.clean(autop(text), Scope().notes), facts)


def _add_notes(stored: str | None, facts: Facts) -> None:
    """Add what the footnotes say: first those the text refers to, in that order."""
    texts = _stored(stored)
    referred = {id_ for id_, _ in facts.notes}
    for id_ in texts:
        if id_ not in referred:
            facts.notes.append((id_, ""))
    # A note within a note is one more, at the end.
    done = 0
    while done < len(facts.notes):
        id_, html = facts.notes[done]
        facts.in_line += 1
        _add(html or texts.get(id_, ""), facts)
        facts.in_line -= 1
        done += 1


def _stored(value: str | None) -> dict[str, str]:
    """Read the footnotes that WordPress keeps as JSON in a custom field."""
    try:
        listed = json.loads(value) if value else []
    except (ValueError, RecursionError):
        return {}
    notes = listed if isinstance(listed, list) else []
    return {
        str(note["id"]): str(note.get("content", ""))
        for note in notes
        if isinstance(note, dict) and "id" in note
    }


def _add_section(post: Post, words: Words, facts: Facts) -> None:
    threads = thread(post.comments)
    placed = threads.comments + threads.pings
    facts.apart()
    heading = facts.begin()
    facts.text(words.heading(len(placed), one_line(post.title)))
    facts.end_heading(2, heading)
    number = 0
    for place in placed:
        number += place.depth == 0
        level = min(place.depth, DEEPEST)
        facts.comments.append(Place(level, "" if level else str(number)))
        facts.apart()
        _add_placed(post, place, words, facts)
    facts.apart()
    if post.comment_status == "closed":
        facts.text(words.closed)
    facts.apart()


def _add_placed(post: Post, place: Placed, words: Words, facts: Facts) -> None:
    said = post.comments[place.index]
    if said.type in PINGS:
        label = words.trackback if said.type == "trackback" else words.pingback
        facts.text(f"{label} ")
        _add_author(said, words, facts)
        return
    _add_author(said, words, facts)
    facts.text("".join(_moment(said, words)))
    facts.apart()
    if place.depth > DEEPEST and place.parent is not None:
        answered = post.comments[place.parent]
        name = public_name(answered.author_name) or words.anonymous
        facts.text(words.answers.format(name=name))
        facts.apart()
    _add_comment(said.content or "", facts)


def _add_author(said: Comment, words: Words, facts: Facts) -> None:
    address = web_address(said.author_url)
    name = public_name(said.author_name)
    if not name:
        is_page = said.type in PINGS and address is not None
        name = str(address) if is_page else words.anonymous
    link = facts.begin(address or "")
    facts.text(name)
    if address is not None:
        facts.end_link(link)


def _moment(said: Comment, words: Words) -> Iterator[str]:
    if said.date is not None:
        yield f", {words.moment(said.date)}"
    elif said.date_gmt is not None:
        yield f", {words.moment(said.date_gmt)} UTC"
