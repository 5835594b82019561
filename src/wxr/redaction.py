"""What is private, replaced by pseudonyms: an export that can be shown to others.

The same e-mail address, IP, login or password gets the same pseudonym wherever it
stands, so a sample keeps its shape: who wrote how often, which comments are one
person's. Which pseudonym it is depends on a key; without the key nobody can try which
address it was made from. Pseudonyms in text are as long as what they replace, so the
lengths in PHP-serialized values stay true.

What a blog shows to everyone stays: texts, titles, names of authors and commenters,
addresses of pages.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from itertools import cycle, islice
from types import MappingProxyType
from typing import Any, Final, Self, TypeAlias, TypeVar

from wxr import phpvalue
from wxr.model import Author, Comment, Extra, Meta, Post, Record, Site, Term, TermRef

_Redact: TypeAlias = Callable[["Redaction", str], str]
_Recorded = TypeVar("_Recorded", Author, Comment, Post, Site, Term)

# A match can only begin where no name is under way, so a long word is read once.
_EMAIL: Final = re.compile(
    r"(?<![\w.+-])([\w.+-]++)(@|%40|&\#0?64;)([\w-]++(?:\.[\w-]++)++)"
)
_EMAIL_SIGNS: Final = ("@", "%40", "64;")
_IPV4: Final = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?!\w|\.[0-9])")
_IPV6: Final = re.compile(r"[0-9a-fA-F:]*:[0-9a-fA-F:.]*(?:%\w+)?")
_HEX_GROUP: Final = re.compile(r"[0-9a-fA-F]+")
# A first number of each length, from networks where no one's address is.
_FIRST_NUMBERS: Final = ("0", "10", "127")
_LARGEST: Final = 255

_PRIVATE_META: Final = re.compile(
    r"mail|passw|secret|token|nonce|api_?key|licen[sc]e|session|cookie|phone|mobile|"
    r"(?<![a-z])(?:ip|auth)(?![a-z])|user_?agent|address|billing|shipping|customer|"
    r"payer|transaction|iban|card_|birth|first_?name|last_?name|full_?name|akismet|"
    r"geo_|latitude|longitude",
    re.IGNORECASE,
)
"""What the names of custom fields with people's data, or with keys, have in them."""
_CO_AUTHOR: Final = "author"
"""The taxonomy in which the plug-in Co-Authors Plus keeps logins."""
_CO_AUTHOR_SLUG: Final = "cap-"

_HEX_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True, slots=True)
class Redaction:
    """Give records without what is private. Pickles, and keeps no state.

    Args:
        key: What pseudonyms depend on. Whoever has it can find out which address a
            pseudonym stands for, by trying; who has none cannot.
    """

    key: bytes

    @classmethod
    def with_key(cls, key: str | None) -> Self:
        """Give one whose key comes from a text; a random one where there is none."""
        if key is None:
            return cls(secrets.token_bytes(32))
        return cls(sha256(key.encode("utf-8", "surrogateescape")).digest())

    def __call__(self, record: Record) -> Record:
        """Redact one record and all that hangs on it."""
        match record:
            case Post():
                return self._post(record)
            case Author():
                return self._fields(record, _AUTHOR)
            case Term():
                return self._term(record)
            case Site():
                return self._fields(record, _SITE)

    def _post(self, post: Post) -> Post:
        return replace(
            self._fields(post, _POST),
            terms=tuple(map(self._term_ref, post.terms)),
            meta=tuple(map(self._meta, post.meta)),
            comments=tuple(map(self._comment, post.comments)),
        )

    def _comment(self, comment: Comment) -> Comment:
        redacted = self._fields(comment, _COMMENT)
        return replace(redacted, meta=tuple(map(self._meta, comment.meta)))

    def _term(self, term: Term) -> Term:
        redacted = self._fields(term, _TERM)
        if term.taxonomy == _CO_AUTHOR:
            redacted = replace(
                redacted,
                slug=self._co_author(term.slug),
                name=term.name and self.login(term.name),
                description=term.description and self.scrambled(term.description),
            )
        return replace(redacted, meta=tuple(map(self._meta, term.meta)))

    def _term_ref(self, ref: TermRef) -> TermRef:
        if ref.taxonomy != _CO_AUTHOR:
            return ref
        name = ref.name and self.login(ref.name)
        return replace(ref, slug=self._co_author(ref.slug), name=name)

    def _co_author(self, slug: str | None) -> str | None:
        if not slug:
            return slug
        login = slug.removeprefix(_CO_AUTHOR_SLUG)
        return slug[: len(slug) - len(login)] + self.login(login)

    def _meta(self, meta: Meta) -> Meta:
        if not meta.value:
            return meta
        if not _PRIVATE_META.search(meta.key or ""):
            return replace(meta, value=self.addresses(meta.value))
        # A serialized value is told by its marks, which must not be scrambled.
        is_serialized = phpvalue.is_serialized(meta.value)
        value = 's:8:"redacted";' if is_serialized else self.scrambled(meta.value)
        return replace(meta, value=value)

    def _fields(self, record: _Recorded, fields: Mapping[str, _Redact]) -> _Recorded:
        changed: dict[str, Any] = {
            name: redact(self, value)
            for name, redact in fields.items()
            if (value := getattr(record, name))
        }
        return replace(record, **changed, extra=self._extra(record.extra, fields))

    def _extra(self, extra: Extra, fields: Mapping[str, _Redact]) -> Extra:
        """A repeated element's texts are here: they are redacted as their field is."""
        return tuple(
            (name, fields.get(name, Redaction.addresses)(self, text))
            for name, text in extra
        )

    def emails(self, text: str) -> str:
        """Replace the e-mail addresses in a text."""
        if any(sign in text for sign in _EMAIL_SIGNS):
            return _EMAIL.sub(self._email, text)
        return text

    def addresses(self, text: str) -> str:
        """Replace the e-mail addresses and the IPs of version 4 in a text."""
        return _IPV4.sub(self._ipv4, self.emails(text))

    def email(self, text: str) -> str:
        """Replace the text of a field for an e-mail address, whatever it holds."""
        redacted = self.emails(text)
        return self.scrambled(text) if redacted == text else redacted

    def ip(self, text: str) -> str:
        """Replace the text of a field for an IP, whatever it holds."""
        redacted = _IPV4.sub(self._ipv4, text)
        if redacted != text:
            return redacted
        if _IPV6.fullmatch(text):
            return self._ipv6(text)
        return self.scrambled(text)

    def login(self, text: str) -> str:
        """Replace a login; an e-mail address that is one stays an address."""
        redacted = self.emails(text)
        return f"user-{self._hex(text, 10)}" if redacted == text else redacted

    def scrambled(self, text: str) -> str:
        """Replace letters and digits by others: the shape of a text, not its words."""
        noise = cycle(self._hex(text, 64))
        return "".join([_like(character, noise) for character in text])

    def _email(self, match: re.Match[str]) -> str:
        name, at, domain = match.groups()
        size = len(domain.encode())
        # Neither ending is anyone's: the one is reserved, the other no country.
        ending = ".example" if size > len(".example") else ".zz"[: size - 1]
        host = self._hex(domain, size - len(ending)).translate(_HEX_LETTERS)
        return self._hex(f"{name}@{domain}", len(name.encode())) + at + host + ending

    def _ipv4(self, match: re.Match[str]) -> str:
        first, *others = match[0].split(".")
        if any(int(number) > _LARGEST for number in (first, *others)):
            return match[0]
        noise = self._bytes(match[0])
        numbers = (_number(other, noise[at]) for at, other in enumerate(others))
        return ".".join((_FIRST_NUMBERS[len(first) - 1], *numbers))

    def _ipv6(self, text: str) -> str:
        noise = iter(self._hex(text, 64))
        made = _HEX_GROUP.sub(lambda m: "".join(islice(noise, len(m[0]))), text)
        # The first number of a private network, whatever stood there.
        return f"fd{next(noise)}{next(noise)}{made[made.index(':') :]}"

    def _hex(self, text: str, size: int) -> str:
        return "".join(islice(cycle(self._bytes(text).hex()), size))

    def _bytes(self, text: str) -> bytes:
        """Give noise that is the same for the same text, however it is written."""
        data = text.strip().lower().encode("utf-8", "surrogatepass")
        return blake2b(data, key=self.key).digest()


def _like(character: str, noise: "cycle[str]") -> str:
    if character.isascii() and not character.isalnum():
        return character
    digit = int(next(noise), 16)
    if character.isdigit() and character.isascii():
        return str(digit % 10)
    # As many bytes as there were.
    letter = chr(ord("a") + digit) * len(character.encode("utf-8", "surrogatepass"))
    return letter.upper() if character.isupper() else letter


def _number(like: str, noise: int) -> str:
    """Give a number of an IP that has as many digits."""
    least = (0, 10, 100)[len(like) - 1]
    most = (9, 99, _LARGEST)[len(like) - 1]
    return str(least + noise % (most - least + 1))


_SITE: Final[Mapping[str, _Redact]] = MappingProxyType(
    {"title": Redaction.emails, "description": Redaction.emails}
)
_AUTHOR: Final[Mapping[str, _Redact]] = MappingProxyType(
    {
        "login": Redaction.login,
        "email": Redaction.email,
        "display_name": Redaction.emails,
        "first_name": Redaction.scrambled,
        "last_name": Redaction.scrambled,
    }
)
_TERM: Final[Mapping[str, _Redact]] = MappingProxyType(
    {"name": Redaction.emails, "description": Redaction.emails}
)
_POST: Final[Mapping[str, _Redact]] = MappingProxyType(
    {
        "title": Redaction.emails,
        "link": Redaction.emails,
        "guid": Redaction.emails,
        "author": Redaction.login,
        "content": Redaction.addresses,
        "excerpt": Redaction.addresses,
        "password": Redaction.scrambled,
    }
)
_COMMENT: Final[Mapping[str, _Redact]] = MappingProxyType(
    {
        "author_name": Redaction.emails,
        "author_email": Redaction.email,
        "author_url": Redaction.emails,
        "author_ip": Redaction.ip,
        "content": Redaction.addresses,
    }
)
"""What becomes of the fields of a record; those that are not named stay."""
