"""Words as they are before WordPress beautifies them: folded alike on both sides.

`wptexturize` curls quotes, joins dashes and dots, and makes signs of some letters;
`convert_smilies` makes pictures of some signs, `capital_P_dangit` writes WordPress as
its makers do. All run when a page is shown, so the
export holds what stood before.
"""

from collections.abc import Iterable
from re import compile as pattern
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚′", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("–—", "-"),
        "…": "...",
        "×": "x",
        "™": "(tm)",
    }
)
_RUNS: Final = (
    (pattern(r"-+"), "-"),
    (pattern(r"``|''"), '"'),
    (pattern(r"Wordpress"), "WordPress"),
)
# Those of WordPress' `$wpsmiliestrans` that stand in the exports.
_SMILEYS: Final = {
    ":)": "🙂",
    ":-)": "🙂",
    ":smile:": "🙂",
    ":D": "😀",
    ":-D": "😀",
    ":grin:": "😀",
    ":(": "🙁",
    ":-(": "🙁",
    ":sad:": "🙁",
    ":o": "😮",
    ":-o": "😮",
    ":eek:": "😮",
    "8O": "😯",
    "8-O": "😯",
    ":shock:": "😯",
    ":?": "😕",
    ":-?": "😕",
    ":???:": "😕",
    "8)": "😎",
    "8-)": "😎",
    ":cool:": "😎",
    ":lol:": "😆",
    ":x": "😡",
    ":-x": "😡",
    ":mad:": "😡",
    ":P": "😛",
    ":-P": "😛",
    ":razz:": "😛",
    ":oops:": "😳",
    ":cry:": "😥",
    ":evil:": "👿",
    ":twisted:": "😈",
    ":roll:": "🙄",
    ";)": "😉",
    ";-)": "😉",
    ":wink:": "😉",
    ":!:": "❗",
    ":?:": "❓",
    ":idea:": "💡",
    ":arrow:": "➡",
    ":|": "😐",
    ":-|": "😐",
    ":neutral:": "😐",
}


def folded(text: str) -> str:
    """Give a text as it was before it was beautified, as far as can be told."""
    text = text.translate(_LETTERS)
    for run, short in _RUNS:
        text = run.sub(short, text)
    return text


def words(found: Iterable[str]) -> list[str]:
    """Fold words; a dash or a smiley that stands alone is one, too."""
    return [folded(_SMILEYS.get(word, word)) for word in found]
