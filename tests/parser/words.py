"""Exports in which every text is a word of its own, so that one that is lost is missed.

They are as WordPress writes them: today, with CDATA around nearly all, and in 2008.
"""

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Final, TypeAlias

_Quote: TypeAlias = Callable[[str], str]

WORD: Final = re.compile(rb"wort\d{4}x")

_COMMENT: Final = """\
		<wp:comment>
			<wp:comment_id>NUMBER</wp:comment_id>
			<wp:comment_author>[WORD]</wp:comment_author>
			<wp:comment_author_email>(WORD@mail.example)</wp:comment_author_email>
			<wp:comment_author_url>https://WORD.example/</wp:comment_author_url>
			<wp:comment_date>(2020-01-02 03:04:05)</wp:comment_date>
			<wp:comment_content>[WORD <b>WORD</b>
WORD]</wp:comment_content>
			<wp:comment_approved>(1)</wp:comment_approved>
			<wp:comment_type>(comment)</wp:comment_type>
			<wp:comment_parent>0</wp:comment_parent>
			<wp:commentmeta>
				<wp:meta_key>(WORD)</wp:meta_key>
				<wp:meta_value>[WORD]</wp:meta_value>
			</wp:commentmeta>
		</wp:comment>
"""
_META: Final = """\
		<wp:postmeta>
			<wp:meta_key>(WORD)</wp:meta_key>
			<wp:meta_value>[WORD]</wp:meta_value>
		</wp:postmeta>
"""
_ITEM: Final = f"""\
	<item>
		<title>(WORD)</title>
		<link>https://blog.example/WORD/</link>
		<pubDate>Thu, 02 Jan 2020 02:04:05 +0000</pubDate>
		<dc:creator>[WORD]</dc:creator>
		<guid isPermaLink="false">https://blog.example/?p=NUMBER</guid>
		<description></description>
		<content:encoded>[<p>WORD</p>

WORD ]</content:encoded>
		<excerpt:encoded>[WORD]</excerpt:encoded>
		<wp:post_id>NUMBER</wp:post_id>
		<wp:post_date>(2020-01-02 03:04:05)</wp:post_date>
		<wp:post_date_gmt>(2020-01-02 02:04:05)</wp:post_date_gmt>
		<wp:comment_status>(open)</wp:comment_status>
		<wp:ping_status>(open)</wp:ping_status>
		<wp:post_name>(WORD)</wp:post_name>
		<wp:status>(publish)</wp:status>
		<wp:post_parent>0</wp:post_parent>
		<wp:menu_order>0</wp:menu_order>
		<wp:post_type>(post)</wp:post_type>
		<wp:post_password>()</wp:post_password>
		<wp:is_sticky>0</wp:is_sticky>
		<category domain="category" nicename="WORD">[WORD]</category>
{_META}{_META}{_COMMENT}{_COMMENT}\
	</item>
"""
_EXPORT: Final = f"""\
<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" created="2020-01-01 00:00" -->
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
	<title>WORD</title>
	<link>https://blog.example</link>
	<description>WORD</description>
	<language>fr-FR</language>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:author>
		<wp:author_id>1</wp:author_id>
		<wp:author_login>(WORD)</wp:author_login>
		<wp:author_display_name>[WORD]</wp:author_display_name>
	</wp:author>
	<wp:category>
		<wp:term_id>1</wp:term_id>
		<wp:category_nicename>(WORD)</wp:category_nicename>
		<wp:cat_name>[WORD]</wp:cat_name>
	</wp:category>
	<generator>https://wordpress.org/?v=6.4</generator>
{_ITEM * 4}\
</channel>
</rss>
"""
_MARKS: Final = re.compile(r"WORD|NUMBER|(?<=>)[\[(]|[\])](?=</)")


def _made(quote: _Quote) -> bytes:
    """Fill the marks in: `[…]` is always CDATA, `(…)` where WordPress puts it there."""
    words, numbers = (f"wort{n:04}x" for n in count(1)), count(100)

    def filled(match: re.Match[str]) -> str:
        mark = match[0]
        if mark == "WORD":
            return next(words)
        if mark == "NUMBER":
            return str(next(numbers))
        return {"[": "<![CDATA[", "]": "]]>"}.get(mark) or quote(mark)

    return _MARKS.sub(filled, _EXPORT).encode()


TODAY: Final = _made(lambda mark: {"(": "<![CDATA[", ")": "]]>"}[mark])
IN_2008: Final = _made(lambda _: "")


def words_in(data: bytes) -> Iterator[bytes]:
    """Give the words that stand anywhere but in comments and instructions."""
    yield from WORD.findall(re.sub(rb"(?s)<!--.*?-->|<\?.*?\?>", b"", data))
