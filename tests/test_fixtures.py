"""The fixtures are what `fixtures/README.md` says, and nobody's personal data."""

import re
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from lxml import etree

FIXTURES = Path(__file__).parents[1] / "fixtures"
ILL_FORMED = {"malformed-item.xml", "truncated.xml"}
EXPORTS = sorted(path.name for path in FIXTURES.glob("*.xml"))

# Namespaces, generators and the hosting company that exports name themselves.
KNOWN_HOSTS = {
    "purl.org",
    "wellformedweb.org",
    "wordpress.com",
    "wordpress.org",
    "www.w3.org",
}
DOCUMENTATION = [
    ip_network(net)
    for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
]

every_fixture = pytest.mark.parametrize("name", EXPORTS)


def text_of(name: str) -> str:
    data = (FIXTURES / name).read_bytes()
    encoding = {"utf16.xml": "utf-16", "latin1.xml": "latin-1"}.get(name, "utf-8-sig")
    return data.decode(encoding)


def test_readme_names_every_fixture_and_no_other() -> None:
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")

    assert sorted(re.findall(r"^\| `(\S+\.xml)`", readme, re.MULTILINE)) == EXPORTS


@every_fixture
def test_fixture_is_well_formed_unless_that_is_its_subject(name: str) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)

    try:
        etree.parse(str(FIXTURES / name), parser)
        broken = False
    except etree.XMLSyntaxError:
        broken = True

    assert broken == (name in ILL_FORMED)


@every_fixture
def test_hosts_are_invented(name: str) -> None:
    text = text_of(name)
    hosts = set(re.findall(r"(?:https?://|[\w.]@)([\w-]+(?:\.[\w-]+)+)", text))

    assert {host for host in hosts if not host.endswith(".example")} <= KNOWN_HOSTS


@every_fixture
def test_addresses_are_those_of_documentation(name: str) -> None:
    opening = r"<[\w:]*author_IP[^>]*>(?:<!\[CDATA\[)?"
    found = re.findall(opening + r"([^<\]]+)", text_of(name))

    for address in map(ip_address, found):
        assert any(address in network for network in DOCUMENTATION)


def test_fixtures_that_are_about_bytes_still_have_them() -> None:
    """An editor or a checkout can change what these are about without a word."""
    crlf = (FIXTURES / "crlf.xml").read_bytes()

    assert crlf.count(b"\n") == crlf.count(b"\r\n") > 0
    assert (FIXTURES / "utf16.xml").read_bytes().startswith(b"\xff\xfe")
    assert b"\xe9" in (FIXTURES / "latin1.xml").read_bytes()
    assert (FIXTURES / "bom.xml").read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"une\r\ndeux" in (FIXTURES / "meta.xml").read_bytes()
