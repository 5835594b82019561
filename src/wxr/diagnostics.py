"""What can go wrong with an export, as data: it is reported, never printed or raised.

The codes are stable: programs match on them. `docs/diagnostics.md` is generated
from the texts under them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeAlias


class Severity(StrEnum):
    """How much a problem matters; `lost` makes the exit code 3."""

    INFO = "info"
    """Nothing was changed."""
    REPAIRED = "repaired"
    """Bytes were changed, and all legal text was kept."""
    LOST = "lost"
    """Text, a field or an item is missing or was guessed."""


class Code(StrEnum):
    """The kinds of problem; each has one severity and one meaning."""

    severity: Severity
    meaning: str

    def __new__(cls, value: str, severity: Severity, meaning: str) -> Self:
        """Make the member, with its severity and meaning beside its value."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.severity, code.meaning = severity, meaning
        return code

    # --- reading
    ARCHIVE_DAMAGED = (
        "archive-damaged",
        Severity.LOST,
        "An archive breaks off or is damaged; what could be unpacked was read.",
    )
    BAD_DATE = "bad-date", Severity.LOST, "A date that is none; its text is in `extra`."
    BAD_ENCODING = (
        "bad-encoding",
        Severity.LOST,
        "Bytes that are no text in the part's encoding were replaced by U+FFFD.",
    )
    BAD_NAMESPACE = (
        "bad-namespace",
        Severity.REPAIRED,
        "A namespace is declared as XML forbids; it was mended or left out.",
    )
    BAD_NUMBER = (
        "bad-number",
        Severity.LOST,
        "A number that is none; its text is in `extra`.",
    )
    BAD_REFERENCE = (
        "bad-reference",
        Severity.REPAIRED,
        "A reference to a character that XML cannot hold was replaced.",
    )
    BARE_AMPERSAND = (
        "bare-ampersand",
        Severity.REPAIRED,
        "An `&` that begins no reference was read as text.",
    )
    BARE_LESS_THAN = (
        "bare-less-than",
        Severity.REPAIRED,
        "A `<` that begins no tag was read as text.",
    )
    BROKEN_ATTRIBUTE = (
        "broken-attribute",
        Severity.REPAIRED,
        "An attribute or start tag is not as XML wants it; it was read as meant.",
    )
    CDATA_END = (
        "cdata-end",
        Severity.REPAIRED,
        "A `]]>` stands inside a value, or is missing after it.",
    )
    CONTROL_CHARACTER = (
        "control-character",
        Severity.REPAIRED,
        "A character that XML cannot hold was left out or became a line end.",
    )
    DOCTYPE = (
        "doctype",
        Severity.REPAIRED,
        "A document type declaration was skipped; nothing it declares was read.",
    )
    DUPLICATE_ID = (
        "duplicate-id",
        Severity.INFO,
        "Two different items have one id; both are kept, with their id.",
    )
    DUPLICATE_TERM = (
        "duplicate-term",
        Severity.INFO,
        "A term or author is declared twice with different values; both are kept.",
    )
    FILE_SKIPPED = (
        "file-skipped",
        Severity.INFO,
        "A file in a folder or an archive is no export, nor named like one.",
    )
    INTERNAL_ERROR = (
        "internal-error",
        Severity.LOST,
        "A fault of wxr itself made this item fail; please report it.",
    )
    INVALID_BYTES = (
        "invalid-bytes",
        Severity.REPAIRED,
        "Bytes that are no UTF-8 were read as Windows-1252, or as CESU-8.",
    )
    ITEM_TOO_LARGE = (
        "item-too-large",
        Severity.LOST,
        "An item is larger than the cap of `--max-item` and was not read.",
    )
    JUNK = (
        "junk",
        Severity.REPAIRED,
        "What stands outside the export itself was skipped.",
    )
    LOST_ATTRIBUTE = (
        "lost-attribute",
        Severity.LOST,
        "An attribute is given twice, or has a name XML does not allow.",
    )
    MALFORMED = (
        "malformed",
        Severity.LOST,
        "An item or header element is not well-formed XML and was not read.",
    )
    MISMATCHED_TAG = (
        "mismatched-tag",
        Severity.REPAIRED,
        "An end tag is missing, or ends nothing; elements were closed where they end.",
    )
    MISSING_CDATA = (
        "missing-cdata",
        Severity.REPAIRED,
        "HTML stands in a value without CDATA; it was kept as it is written.",
    )
    MISSING_HEADER = (
        "missing-header",
        Severity.INFO,
        "A part begins with items; it has no header that describes the site.",
    )
    MISSING_ID = (
        "missing-id",
        Severity.REPAIRED,
        "An item or comment has no id; it was given a negative one.",
    )
    MISSING_TYPE = (
        "missing-type",
        Severity.INFO,
        "An item has no post type; Markdown treats it as a post.",
    )
    MISSING_VERSION = (
        "missing-version",
        Severity.INFO,
        "The export does not say its WXR version.",
    )
    MOJIBAKE = (
        "mojibake",
        Severity.INFO,
        "Text looks like UTF-8 read as Windows-1252; `--fix-mojibake` repairs it.",
    )
    MOJIBAKE_REPAIRED = (
        "mojibake-repaired",
        Severity.REPAIRED,
        "Text that was UTF-8 read as Windows-1252 became what it was.",
    )
    NAMED_ENTITY = (
        "named-entity",
        Severity.REPAIRED,
        "An entity of HTML, which XML does not know, was read as its character.",
    )
    NOT_CARRIED = (
        "not-carried",
        Severity.LOST,
        "The format written has no place for something of `extra`; it was left out.",
    )
    PART_MISSING = (
        "part-missing",
        Severity.LOST,
        "Numbers of a split export are missing between those of its parts.",
    )
    PART_UNREADABLE = (
        "part-unreadable",
        Severity.LOST,
        "A file in a folder or an archive is named like an export and is none.",
    )
    PHP_NOTICE = (
        "php-notice",
        Severity.REPAIRED,
        "A message of PHP was printed into the export; it was skipped.",
    )
    REPEATED_ELEMENT = (
        "repeated-element",
        Severity.REPAIRED,
        "An element stands twice; the last with text was taken, both are in `extra`.",
    )
    SECOND_DOCUMENT = (
        "second-document",
        Severity.REPAIRED,
        "A second export or channel begins in the same file; both were read.",
    )
    STRAY_TEXT = (
        "stray-text",
        Severity.LOST,
        "Text stands where only elements belong; it was left out.",
    )
    TRUNCATED = (
        "truncated",
        Severity.LOST,
        "The export breaks off; the item it breaks off in keeps what arrived.",
    )
    UNDECLARED_PREFIX = (
        "undeclared-prefix",
        Severity.REPAIRED,
        "A namespace prefix is used but not declared; it was declared.",
    )
    UNEXPECTED_VERSION = (
        "unexpected-version",
        Severity.INFO,
        "The WXR version is not one of 1.0, 1.1 and 1.2.",
    )
    UNKNOWN_ENTITY = (
        "unknown-entity",
        Severity.LOST,
        "An entity that neither XML nor HTML knows was kept as it is written.",
    )
    UNKNOWN_NAMESPACE = (
        "unknown-namespace",
        Severity.REPAIRED,
        "The prefix of WXR is bound to an unknown namespace; it was read as WXR.",
    )
    WRONG_ENCODING = (
        "wrong-encoding",
        Severity.REPAIRED,
        "A part declares an encoding and is UTF-8; it was read as UTF-8.",
    )
    WRONG_CASE = (
        "wrong-case",
        Severity.REPAIRED,
        "An element's name is in another case than WordPress', and was read as that.",
    )
    ZERO_DATE = (
        "zero-date",
        Severity.INFO,
        "WordPress' zero date stands for no date; its text is in `extra`.",
    )

    # --- custom fields
    META_GUESSED = (
        "meta-guessed",
        Severity.INFO,
        "A serialized custom field states wrong lengths; its decoded form is a guess.",
    )
    META_NOT_DECODED = (
        "meta-not-decoded",
        Severity.INFO,
        "A custom field looks serialized and could not be decoded; it is as it was.",
    )

    # --- the site as a whole
    COMMENT_CYCLE = (
        "comment-cycle",
        Severity.INFO,
        "Comments answer each other in a circle; it is opened at its lowest id.",
    )
    COMMENT_ORPHAN = (
        "comment-orphan",
        Severity.INFO,
        "A comment answers one that is not shown; it stands at the top level.",
    )
    FILTER_UNMET = (
        "filter-unmet",
        Severity.INFO,
        "A filter names what no item has, or leaves none: a slip?",
    )
    PATH_CHANGED = (
        "path-changed",
        Severity.INFO,
        "A file could not be called as its slug says, or was called so already.",
    )
    REPLY_NUMBERED_FIRST = (
        "reply-numbered-first",
        Severity.INFO,
        "A reply's id is lower than what it answers; WordPress' importer goes by ids.",
    )

    # --- databases
    NO_FULL_TEXT = (
        "no-full-text",
        Severity.INFO,
        "The database has no full-text search; it is complete otherwise.",
    )
    UNSTORABLE_CHARACTER = (
        "unstorable-character",
        Severity.REPAIRED,
        "The database cannot hold a character (NUL, half a pair); it was spelled out.",
    )

    # --- bodies
    HTML_KEPT = (
        "html-kept",
        Severity.INFO,
        "Markdown cannot say this; it was kept as HTML.",
    )
    LEFT_OUT = (
        "left-out",
        Severity.INFO,
        "A form, widget or comment of HTML, which has no text to show, was left out.",
    )
    UNKNOWN_SHORTCODE = (
        "unknown-shortcode",
        Severity.INFO,
        "No rule for this shortcode; what is in it was kept without it.",
    )
    UNRESOLVED = (
        "unresolved",
        Severity.INFO,
        "A body refers to an item that the export does not hold.",
    )
    HTML_CLEANED = (
        "html-cleaned",
        Severity.INFO,
        "HTML that could run code or break the page was left out of a comment.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem: what, where, how bad."""

    code: Code
    message: str
    """One sentence, about this case."""
    part: str | None = None
    """The file it is in, as the user named it."""
    line: int | None = None
    """1-based, in the decoded part."""
    item: int | None = None
    """Id of the item, where one is known."""
    count: int = 1
    """How many of this kind the item has."""

    @property
    def severity(self) -> Severity:
        """How much it matters: a property of the code."""
        return self.code.severity


OnDiagnostic: TypeAlias = Callable[[Diagnostic], None]
"""Called with each problem as it is met."""
