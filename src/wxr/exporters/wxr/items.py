"""An item with its terms, metas and comments, in the order of WordPress' template."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wxr.diagnostics import Code, Diagnostic
from wxr.exporters.wxr import leaves
from wxr.exporters.wxr.extra import children
from wxr.exporters.wxr.leaves import Leaf, Template, attribute, cdata
from wxr.model import Comment, Meta, Post, TermRef

_ITEM: Final = Template(
    Leaf("title", "title", leaves.cdata),
    Leaf("link", "link", leaves.url),
    Leaf("pubDate", "pub_date", leaves.feed_date),
    Leaf("dc:creator", "author", leaves.cdata),
    Leaf("guid", "guid", leaves.url, ' isPermaLink="false"'),
    Leaf("description", "description", leaves.nothing),
    Leaf("content:encoded", "content", leaves.cdata),
    Leaf("excerpt:encoded", "excerpt", leaves.cdata),
    Leaf("wp:post_id", "id", leaves.number),
    Leaf("wp:post_date", "date", leaves.stamp),
    Leaf("wp:post_date_gmt", "date_gmt", leaves.stamp),
    Leaf("wp:post_modified", "modified", leaves.optional_stamp),
    Leaf("wp:post_modified_gmt", "modified_gmt", leaves.optional_stamp),
    Leaf("wp:comment_status", "comment_status", leaves.cdata),
    Leaf("wp:ping_status", "ping_status", leaves.cdata),
    Leaf("wp:post_name", "slug", leaves.cdata),
    Leaf("wp:status", "status", leaves.cdata),
    Leaf("wp:post_parent", "parent", leaves.reference),
    Leaf("wp:menu_order", "menu_order", leaves.number),
    Leaf("wp:post_type", "type", leaves.cdata),
    Leaf("wp:post_password", "password", leaves.cdata),
    Leaf("wp:is_sticky", "sticky", leaves.flag),
    Leaf("wp:attachment_url", "attachment_url", leaves.cdata),
)

_COMMENT: Final = Template(
    Leaf("wp:comment_id", "id", leaves.number),
    Leaf("wp:comment_author", "author_name", leaves.cdata),
    Leaf("wp:comment_author_email", "author_email", leaves.cdata),
    Leaf("wp:comment_author_url", "author_url", leaves.escaped),
    Leaf("wp:comment_author_IP", "author_ip", leaves.cdata),
    Leaf("wp:comment_date", "date", leaves.stamp),
    Leaf("wp:comment_date_gmt", "date_gmt", leaves.stamp),
    Leaf("wp:comment_content", "content", leaves.cdata),
    Leaf("wp:comment_approved", "status", leaves.status),
    Leaf("wp:comment_type", "type", leaves.cdata),
    Leaf("wp:comment_parent", "parent", leaves.reference),
    Leaf("wp:comment_user_id", "user_id", leaves.reference),
)


def item(post: Post, found: list[Diagnostic]) -> str:
    """Write an item.

    Args:
        post: It.
        found: Takes what no element can hold.
    """
    after = (
        *(("category", _category(ref)) for ref in post.terms),
        *(("wp:postmeta", each) for each in metas(post.meta, "wp:postmeta", "\t\t")),
        *(("wp:comment", _comment(each, found)) for each in post.comments),
    )
    inside = children(post, _ITEM, found, name="item", after=after, item=post.id)
    found.extend(_numbered_first(post.comments))
    return inside.around("item", "\t")


def _numbered_first(comments: Sequence[Comment]) -> Iterator[Diagnostic]:
    """Say where WordPress' importer, which goes by ids, would lose a thread."""
    if all(each.parent is None or each.parent < each.id for each in comments):
        return
    ids = {comment.id for comment in comments}
    count = sum(
        (each.parent or 0) > each.id and each.parent in ids for each in comments
    )
    if count:
        yield Diagnostic(
            code=Code.REPLY_NUMBERED_FIRST,
            message="a reply has a lower id than what it answers",
            count=count,
        )


def metas(found: Iterable[Meta], name: str, indent: str) -> Iterator[str]:
    """Write custom fields, as elements of a name."""
    for meta in found:
        key, value = cdata(meta.key), cdata(meta.value)
        lines = [
            f"{indent}<wp:meta_key>{key}</wp:meta_key>\n" if key is not None else "",
            f"{indent}<wp:meta_value>{value}</wp:meta_value>\n"
            if value is not None
            else "",
        ]
        yield f"<{name}>\n{''.join(lines)}{indent}</{name}>"


def _category(ref: TermRef) -> str:
    slug = "" if ref.slug is None else f' nicename="{attribute(ref.slug)}"'
    return (
        f'<category domain="{attribute(ref.taxonomy)}"{slug}>'
        f"{cdata(ref.name or '')}</category>"
    )


def _comment(comment: Comment, found: list[Diagnostic]) -> str:
    after = (
        ("wp:commentmeta", each)
        for each in metas(comment.meta, "wp:commentmeta", "\t\t\t")
    )
    inside = children(comment, _COMMENT, found, name="wp:comment", after=after)
    return inside.around("wp:comment", "\t\t").strip()
