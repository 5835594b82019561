"""What the section of comments says, in the site's language, as WordPress words it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeAlias

_Plural: TypeAlias = Callable[[int], int]
"""From a number to the place of its form in `Words.comments`."""


def _one(number: int) -> int:
    return 0 if number == 1 else 1


def _up_to_one(number: int) -> int:
    return 0 if number <= 1 else 1


def _none(_number: int) -> int:
    return 0


def _polish(number: int) -> int:
    if number == 1:
        return 0
    few = number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}
    return 1 if few else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. Templates are for `str.format`."""

    comments: tuple[str, ...]
    """The heading of a post with a title, one per plural form: `{n}`, `{title}`."""
    bare: tuple[str, ...]
    """The same where the post has no title."""
    plural: _Plural = field(default=_one)
    date: str
    """From `{day} {month} {year} {time}` to what is read; `month` is a name."""
    months: tuple[str, ...]
    anonymous: str
    pingback: str
    trackback: str
    answers: str
    """Says whom a reply answers that cannot be nested under it: `{name}`."""
    closed: str

    def heading(self, number: int, title: str) -> str:
        """Give the text of the heading; the title is Markdown already."""
        forms = self.comments if title else self.bare
        return forms[self.plural(number)].format(n=number, title=title)

    def moment(self, stamp: datetime) -> str:
        """Give a date and time of day as a reader says it."""
        return self.date.format(
            day=stamp.day,
            month=self.months[stamp.month - 1],
            year=stamp.year,
            time=f"{stamp.hour:02}:{stamp.minute:02}",
        )


ENGLISH: Final = Words(
    comments=("{n} comment on “{title}”", "{n} comments on “{title}”"),
    bare=("{n} comment", "{n} comments"),
    date="{month} {day}, {year} at {time}",
    months=(
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    anonymous="Anonymous",
    pingback="Pingback:",
    trackback="Trackback:",
    answers="In reply to {name}:",
    closed="Comments are closed.",
)

# French puts a no-break space inside its quotation marks and before a colon.
FRENCH: Final = Words(
    comments=(
        "{n} réflexion sur «\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»",
        "{n} réflexions sur «\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»",
    ),
    bare=("{n} réflexion", "{n} réflexions"),
    plural=_up_to_one,
    date="{day} {month} {year} à {time}",
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
        *("août", "septembre", "octobre", "novembre", "décembre"),
    ),
    anonymous="Anonyme",
    pingback="Ping\N{NO-BREAK SPACE}:",
    trackback="Rétrolien\N{NO-BREAK SPACE}:",
    answers="En réponse à {name}\N{NO-BREAK SPACE}:",
    closed="Les commentaires sont fermés.",
)

GERMAN: Final = Words(
    comments=("{n} Kommentar zu „{title}“", "{n} Kommentare zu „{title}“"),
    bare=("{n} Kommentar", "{n} Kommentare"),
    date="{day}. {month} {year} um {time} Uhr",
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
        *("August", "September", "Oktober", "November", "Dezember"),
    ),
    anonymous="Anonym",
    pingback="Pingback:",
    trackback="Trackback:",
    answers="Als Antwort auf {name}:",
    closed="Kommentare sind geschlossen.",
)

SPANISH: Final = Words(
    comments=("{n} comentario en «{title}»", "{n} comentarios en «{title}»"),
    bare=("{n} comentario", "{n} comentarios"),
    date="{day} de {month} de {year} a las {time}",
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
        *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    anonymous="Anónimo",
    pingback="Pingback:",
    trackback="Trackback:",
    answers="En respuesta a {name}:",
    closed="Los comentarios están cerrados.",
)

ITALIAN: Final = Words(
    comments=("{n} commento su “{title}”", "{n} commenti su “{title}”"),
    bare=("{n} commento", "{n} commenti"),
    date="{day} {month} {year} alle {time}",
    months=(
        *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio"),
        *("agosto", "settembre", "ottobre", "novembre", "dicembre"),
    ),
    anonymous="Anonimo",
    pingback="Pingback:",
    trackback="Trackback:",
    answers="In risposta a {name}:",
    closed="I commenti sono chiusi.",
)

PORTUGUESE: Final = Words(
    comments=("{n} comentário em “{title}”", "{n} comentários em “{title}”"),
    bare=("{n} comentário", "{n} comentários"),
    date="{day} de {month} de {year} às {time}",
    months=(
        *("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho"),
        *("agosto", "setembro", "outubro", "novembro", "dezembro"),
    ),
    anonymous="Anônimo",
    pingback="Pingback:",
    trackback="Trackback:",
    answers="Em resposta a {name}:",
    closed="Os comentários estão encerrados.",
)

DUTCH: Final = Words(
    comments=("{n} reactie op “{title}”", "{n} reacties op “{title}”"),
    bare=("{n} reactie", "{n} reacties"),
    date="{day} {month} {year} om {time}",
    months=(
        *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
        *("augustus", "september", "oktober", "november", "december"),
    ),
    anonymous="Anoniem",
    pingback="Pingback:",
    trackback="Trackback:",
    answers="Als antwoord op {name}:",
    closed="Reacties zijn gesloten.",
)

POLISH: Final = Words(
    comments=(
        "{n} komentarz do „{title}”",
        "{n} komentarze do „{title}”",
        "{n} komentarzy do „{title}”",
    ),
    bare=("{n} komentarz", "{n} komentarze", "{n} komentarzy"),
    plural=_polish,
    date="{day} {month} {year} o {time}",
    months=(
        *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca"),
        *("sierpnia", "września", "października", "listopada", "grudnia"),
    ),
    anonymous="Anonim",
    pingback="Pingback:",
    trackback="Trackback:",
    answers="W odpowiedzi na {name}:",
    closed="Możliwość komentowania została wyłączona.",
)

JAPANESE: Final = Words(
    comments=("「{title}」への{n}件のコメント",),
    bare=("{n}件のコメント",),
    plural=_none,
    date="{year}年{month}{day}日 {time}",
    months=tuple(f"{number}月" for number in range(1, 13)),
    anonymous="匿名",
    pingback="ピンバック:",
    trackback="トラックバック:",
    answers="{name} への返信:",
    closed="コメントは受け付けていません。",
)

LANGUAGES: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "de": GERMAN,
        "en": ENGLISH,
        "es": SPANISH,
        "fr": FRENCH,
        "it": ITALIAN,
        "ja": JAPANESE,
        "nl": DUTCH,
        "pl": POLISH,
        "pt": PORTUGUESE,
    }
)
"""By the first part of the language's tag; whatever is not here is English."""


def words_for(language: str | None) -> Words:
    """Choose by a tag such as `fr`, `fr-FR` or `fr_CA`."""
    tag = (language or "").strip().replace("_", "-").casefold()
    return LANGUAGES.get(tag.partition("-")[0], ENGLISH)
