"""Pseudonyms: the same for the same, nothing private left, and the shape kept."""

import pickle
import re
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, strategies as st

import wxr
from tests.strategies import records
from wxr import phpvalue
from wxr.errors import WriteError
from wxr.model import Author, Comment, Meta, Post, Term, TermRef
from wxr.redaction import Redaction

FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
REDACT: Final = Redaction.with_key("une clé")


def _comment(**fields: Any) -> Comment:  # noqa: ANN401  of any field
    redacted = REDACT(Post(id=1, comments=(Comment(id=2, **fields),)))
    assert isinstance(redacted, Post)
    return redacted.comments[0]


def _post(**fields: Any) -> Post:  # noqa: ANN401  of any field
    redacted = REDACT(Post(id=1, **fields))
    assert isinstance(redacted, Post)
    return redacted


def _value(key: str, value: str) -> str | None:
    return _post(meta=(Meta(key=key, value=value),)).meta[0].value


def test_the_same_address_gets_the_same_pseudonym_everywhere() -> None:
    address = "josette@courriel.example"

    email = _comment(author_email=address).author_email

    assert email is not None
    assert email != address
    assert re.fullmatch(r"[0-9a-f]{7}@[a-p0-9]+\.example", email)
    assert _comment(author_email=address.upper()).author_email == email
    assert _comment(content=f"À <{address}>.").content == f"À <{email}>."
    assert _post(content=f"mailto:{address}").content == f"mailto:{email}"
    author = REDACT(Author(email=address, login=address))
    assert author == Author(email=email, login=email)


def test_who_writes_from_one_host_still_does() -> None:
    one = _comment(author_email="josette@courriel.example").author_email or ""
    other = _comment(author_email="bertrand@courriel.example").author_email or ""

    assert one != other
    assert one.partition("@")[2] == other.partition("@")[2]


def test_another_key_gives_other_pseudonyms() -> None:
    comment = Comment(id=2, author_email="josette@courriel.example")
    post = Post(id=1, comments=(comment,))

    assert Redaction.with_key("autre")(post) != REDACT(post)
    assert Redaction.with_key(None)(post) != Redaction.with_key(None)(post)
    assert pickle.loads(pickle.dumps(REDACT))(post) == REDACT(post)


@pytest.mark.parametrize(
    "text",
    [
        "a@b.co",
        "josette.odile+blog@mail.courriel.example",
        "josette%40courriel.example",
        "josette&#064;courriel.example",
        "élodie@café.example",
    ],
)
def test_a_pseudonym_is_as_long_as_the_address(text: str) -> None:
    redacted = REDACT.emails(f"({text})")

    assert text not in redacted
    assert "courriel" not in redacted
    assert len(redacted.encode()) == len(f"({text})".encode())


@pytest.mark.parametrize(
    "text", ["", "@", "a@b", "@media (x.y)", "1@", "user@localhost", "a @ b.c"]
)
def test_what_is_no_address_stays(text: str) -> None:
    assert REDACT.emails(text) == text


@pytest.mark.parametrize(
    "text", ["192.0.2.1", "198.51.100.23", "::1", "2001:db8::ff00:42", "0.0.0.0"]
)
def test_an_ip_becomes_one_of_nobody(text: str) -> None:
    redacted = _comment(author_ip=text).author_ip

    assert redacted is not None
    assert redacted != text
    assert len(redacted) == len(text) or text.startswith(":")
    assert not ip_address(redacted).is_global
    assert _comment(author_ip=text).author_ip == redacted


@pytest.mark.parametrize("text", ["192.0.2.1, 198.51.100.2", "::ffff:192.0.2.1", "xyz"])
def test_whatever_stands_in_the_place_of_an_ip_is_replaced(text: str) -> None:
    redacted = _comment(author_ip=text).author_ip or ""

    assert "192.0.2" not in redacted
    assert "198.51" not in redacted
    assert redacted != text


def test_an_ip_in_a_text_is_replaced_and_a_version_stays() -> None:
    assert "192.0.2.1" not in (_comment(content="(de 192.0.2.1.)").content or "")
    assert _post(content="WordPress 6.4.3, 1.2.3.4.5").content == (
        "WordPress 6.4.3, 1.2.3.4.5"
    )


def test_passwords_are_scrambled_and_empty_ones_stay_empty() -> None:
    secret = "Sésame-42"

    redacted = _post(password=secret).password

    assert redacted is not None
    assert re.fullmatch(r"[A-P][a-p]{6}-\d\d", redacted)
    assert redacted[6] == "-" or redacted != secret
    assert _post(password="").password == ""


def test_logins_stay_the_same_person() -> None:
    author = REDACT(Author(id=1, login="odile", display_name="Odile Marchandeau"))

    assert isinstance(author, Author)
    assert author.login != "odile"
    assert author.display_name == "Odile Marchandeau"
    assert _post(author="odile").author == author.login
    refs = (TermRef(taxonomy="author", slug="cap-odile", name="odile"),)
    assert _post(terms=refs).terms == (
        TermRef(taxonomy="author", slug=f"cap-{author.login}", name=author.login),
    )
    term = REDACT(
        Term(taxonomy="author", slug="cap-odile", name="odile", description="Odile 1")
    )
    assert isinstance(term, Term)
    assert (term.slug, term.name) == (f"cap-{author.login}", author.login)
    assert "Odile" not in (term.description or "")


@pytest.mark.parametrize(
    "key",
    [
        "_billing_phone",
        "_customer_ip_address",
        "akismet_as_submitted",
        "api_key",
        "user_agent",
        "_wp_old_password",
        "contact-email",
    ],
)
def test_private_fields_are_replaced(key: str) -> None:
    assert "12" not in (_value(key, "Rue 12") or "")
    serialized = _value(key, 'a:1:{s:3:"tel";s:2:"12";}') or ""
    assert phpvalue.loads(serialized) == "redacted"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("_thumbnail_id", "12"),
        ("_wp_attached_file", "2024/01/été.jpg"),
        ("_menu_item_url", "https://carnet.example/"),
        ("_author_note", "42"),
        ("description", "42"),
    ],
)
def test_other_fields_stay(key: str, value: str) -> None:
    assert _value(key, value) == value


def test_an_address_in_a_serialized_value_leaves_its_lengths_true() -> None:
    value = 'a:2:{i:0;s:24:"josette@courriel.example";i:1;s:9:"192.0.2.1";}'

    redacted = _value("options", value) or ""

    assert "josette" not in redacted
    assert "192.0.2.1" not in redacted
    found = phpvalue.loads(redacted)
    assert isinstance(found, list)
    assert [len(str(each)) for each in found] == [24, 9]


def test_texts_of_repeated_elements_are_redacted_as_their_field_is() -> None:
    post = _post(
        password="Sésame",
        extra=(("password", "Ancien"), ("password", "Sésame"), ("x", "<x>a@b.co</x>")),
    )

    assert post.extra[1] == ("password", post.password)
    assert "Ancien" not in str(post.extra)
    assert "a@b.co" not in str(post.extra)


@given(records)
def test_any_record_is_redacted_once_and_for_all(record: wxr.Post) -> None:
    """It stays a record of its kind, and what is not private stays as it is."""
    redacted = REDACT(record)

    assert type(redacted) is type(record)
    assert REDACT(record) == redacted
    if isinstance(record, Post):
        assert isinstance(redacted, Post)
        assert (redacted.id, redacted.slug, redacted.date) == (
            record.id,
            record.slug,
            record.date,
        )
        assert len(redacted.meta) == len(record.meta)


@given(st.text(alphabet="a@.1%40&#6;é:-+ ", max_size=30))
def test_no_text_changes_its_length(text: str) -> None:
    assert len(REDACT.addresses(text).encode()) == len(text.encode())
    assert len(REDACT.scrambled(text).encode()) == len(text.encode())


def test_long_texts_take_no_longer_than_they_are() -> None:
    for text in ("a" * 10**6, "a@" * 10**6, "a@b" * 10**6, "1." * 10**6, "@.-" * 10**6):
        REDACT.addresses(text)


@pytest.mark.parametrize("to", ["json", "jsonl", "sqlite", "wxr"])
def test_archives_hold_nothing_private_then(to: str, tmp_path: Path) -> None:
    report = wxr.convert(FIXTURES / "privacy.xml", tmp_path / "o", to=to, redact="clé")

    data = (tmp_path / "o").read_bytes()
    assert report.balanced
    assert report.redacted
    assert b"Tout le monde peut lire ceci." in data
    assert b"josette@" not in data
    assert b"192.0.2." not in data


def test_markdown_is_not_redacted(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="only archives"):
        wxr.convert(FIXTURES / "privacy.xml", tmp_path / "o", redact=True)


def test_nothing_else_is_changed(tmp_path: Path) -> None:
    report = wxr.convert(
        FIXTURES / "slugs.xml", tmp_path / "o.xml", to="wxr", redact=True
    )

    def shown(path: Path) -> list[object]:
        return [
            replace(record, author=None)
            for record in wxr.read(path)
            if isinstance(record, Post)
        ]

    assert report.exit_code == 0
    assert shown(tmp_path / "o.xml") == shown(FIXTURES / "slugs.xml")
