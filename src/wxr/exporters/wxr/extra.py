"""What has no field of its own, back at its place among the elements that have one.

A reader notes what it has no field for in the order met. So `extra` is written in that
order, between the elements of the template: an unknown element as it is, a text that
does not fit its field in that field's element, an attribute on the element it was on.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from lxml import etree

from wxr.diagnostics import Code, Diagnostic
from wxr.exporters.wxr.leaves import Leaf, Template, attribute
from wxr.model import Extra

_NAMESPACES: Final = {
    "http://wordpress.org/export/1.2/": "wp",
    "http://wordpress.org/export/1.2/excerpt/": "excerpt",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_TAG: Final = r"(?:\{([^{}]*)\})?([^{}/@]+)"
_ATTRIBUTE: Final = re.compile(f"{_TAG}/@{_TAG}")
# What PHP makes of a date that is none; a reader sets it aside after all else.
_MADE_UP: Final = re.compile(r"\b(?:0?1 Jan 1970|30 Nov 1999) 00:00:00\b")
_SHOWN: Final = 60


class _HasExtra(Protocol):
    @property
    def extra(self) -> Extra: ...


@dataclass(slots=True)
class Children:
    """The elements inside of one, each with its name."""

    elements: list[tuple[str, str]]
    attributes: str = ""
    """Of the element they are in."""

    def around(self, name: str, indent: str) -> str:
        """Write the element around them, one to a line."""
        lines = "".join([f"{indent}\t{text}\n" for _, text in self.elements])
        return f"{indent}<{name}{self.attributes}>\n{lines}{indent}</{name}>\n"

    def on_one_line(self, name: str) -> str:
        """Write the element around them on one line."""
        inside = "".join([text for _, text in self.elements])
        return f"<{name}{self.attributes}>{inside}</{name}>"

    def divided(self, first_of_second: str, indent: str) -> tuple[str, str]:
        """Write those before an element, and those from it on."""
        lines = [f"{indent}{text}\n" for _, text in self.elements]
        names = [name for name, _ in self.elements]
        at = names.index(first_of_second) if first_of_second in names else len(names)
        return "".join(lines[:at]), "".join(lines[at:])


def children(
    record: _HasExtra,
    template: Template,
    found: list[Diagnostic],
    *,
    name: str,
    after: Iterable[tuple[str, str]] = (),
    item: int | None = None,
) -> Children:
    """Give the elements of a record, those of `extra` among them.

    Args:
        record: It.
        template: Its own elements.
        found: Takes what no element can hold.
        name: Of the element they are in.
        after: What follows the template, each with its name.
        item: Id of the item, for what is reported.
    """
    if not record.extra:
        return Children([*template.written(record), *after])
    others = [*after]
    pairs = _Pairs(record, template.leaves, {name, *(other for other, _ in others)})
    elements = [*_Weaver(record, template.leaves, pairs).elements(), *others]
    inside = Children(elements)
    lost = pairs.lost + _put_attributes(inside, name, pairs.attributes)
    found.extend(_not_carried(name, pair, item) for pair in lost)
    return inside


def _not_carried(inside: str, pair: tuple[str, str], item: int | None) -> Diagnostic:
    name, text = (part[:_SHOWN] for part in pair)
    message = f"{inside} has no place for {name!r}, which is {text!r}"
    return Diagnostic(code=Code.NOT_CARRIED, message=message, item=item)


class _Pairs:
    """The pairs of `extra`, by what becomes of them."""

    def __init__(
        self, record: _HasExtra, leaves: Sequence[Leaf], names: set[str]
    ) -> None:
        self._record = record
        self._leaves = {leaf.field: leaf for leaf in leaves}
        self._names = names | {leaf.name for leaf in leaves} | _RECORDS
        pairs = [*record.extra]
        self.late = self._take_late(pairs)
        """Texts that a reader sets aside at the end, wherever their element stands."""
        self.lost: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str]] = []
        self.steps: list[tuple[str, str]] = []
        """Texts of fields, and unknown elements, in their order."""
        unfit = self._unfit(pairs)
        for name, text in pairs:
            if name in self._leaves:
                (self.lost if name in unfit else self.steps).append((name, text))
            elif _ATTRIBUTE.fullmatch(name):
                self.attributes.append((name, text))
            elif self._is_unknown(name) and _is_element(name, text):
                self.steps.append(("", text))
            else:
                self.lost.append((name, text))

    def _take_late(self, pairs: list[tuple[str, str]]) -> dict[str, str]:
        late: dict[str, str] = {}
        for field_ in ("description", "pub_date"):
            leaf = self._leaves.get(field_)
            if leaf and pairs and pairs[-1][0] == field_ and self._is_late(pairs[-1]):
                late[field_] = pairs.pop()[1]
        return late

    def _is_late(self, pair: tuple[str, str]) -> bool:
        name, text = pair
        if hasattr(self._record, name) and getattr(self._record, name) is not None:
            return False
        return name != "pub_date" or _MADE_UP.search(text) is not None

    def _unfit(self, pairs: list[tuple[str, str]]) -> set[str]:
        """Give the fields of text whose pairs are not what repeated elements leave."""
        texts: dict[str, list[str]] = {}
        for name, text in pairs:
            leaf = self._leaves.get(name)
            if leaf is not None and leaf.holds_any_text and name not in self.late:
                texts.setdefault(name, []).append(text)
        return {
            name
            for name, found in texts.items()
            if not _is_chain(found, self._leaves[name], self._record)
        }

    def _is_unknown(self, name: str) -> bool:
        """Say whether an element has no field, so that a reader keeps it as it is."""
        uri, _, local = name.removeprefix("{").rpartition("}")
        if not uri:
            return local not in self._names
        if "wordpress.org/export/" in uri:
            prefix = "excerpt" if uri.rstrip("/").endswith("excerpt") else "wp"
        else:
            prefix = _NAMESPACES.get(uri, "")
        short = f"{prefix}:{local}"
        is_term_in_item = short == "wp:category" and "wp:post_id" in self._names
        return not prefix or is_term_in_item or short not in self._names


# Read as records wherever they stand.
_RECORDS: Final = frozenset(
    {
        *("item", "rss", "channel", "category", "wp:author", "wp:wp_author"),
        *("wp:category", "wp:tag", "wp:term", "wp:comment", "wp:comments"),
        *("wp:postmeta", "wp:commentmeta", "wp:termmeta"),
    }
)


def _is_chain(texts: list[str], leaf: Leaf, record: _HasExtra) -> bool:
    """Say whether texts are what is left of elements that stood several times.

    Each time another text follows, a reader notes the one before and the new one.
    """
    befores, nexts = texts[::2], texts[1::2]
    is_linked = befores[1:] == [text.strip() for text in nexts[:-1]] or (
        befores[1:] == nexts[:-1]
    )
    last = nexts[-1] if nexts else ""
    is_last = leaf.of(record) in {leaf.of_text(last), leaf.of_text(last.strip())}
    return len(befores) == len(nexts) and is_linked and is_last


def _is_element(name: str, text: str) -> bool:
    """Say whether a text is one sound element of a name."""
    if not text.startswith("<") or text.startswith(("<!", "<?")):
        return False
    try:
        root = _parsed(text)
    except (etree.XMLSyntaxError, ValueError):  # of what cannot be encoded
        return False
    return root.tag == name and text.endswith(">") and root.getnext() is None


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(text.encode(), parser)


class _Weaver:
    """Puts pairs between the elements of a template."""

    def __init__(
        self, record: _HasExtra, leaves: Sequence[Leaf], pairs: _Pairs
    ) -> None:
        self._record, self._leaves, self._pairs = record, leaves, pairs
        self._places = {leaf.field: place for place, leaf in enumerate(leaves)}
        self._to_come = Counter(name for name, _ in pairs.steps)
        self._at = 0
        self._out: list[tuple[str, str]] = []

    def elements(self) -> list[tuple[str, str]]:
        """Give all elements, each with its name."""
        for name, text in self._pairs.steps:
            if name:
                self._put_text(name, text)
            else:
                self._out.append(("", text))
        self._put_up_to(len(self._leaves))
        return self._out

    def _put_text(self, name: str, text: str) -> None:
        place = self._places[name]
        leaf = self._leaves[place]
        self._put_up_to(place)
        self._to_come[name] -= 1
        own = leaf.of_text(text)
        self._out.append((leaf.name, own))
        if not self._to_come[name]:
            value = self._value(leaf)
            if value is not None and value != own and self._has_value(name):
                self._out.append((leaf.name, value))

    def _put_up_to(self, place: int) -> None:
        """Put what the template has before a place and no pair has put."""
        for leaf in self._leaves[self._at : place]:
            if leaf.field not in self._to_come:
                value = self._value(leaf)
                if value is not None:
                    self._out.append((leaf.name, value))
        self._at = max(self._at, place)

    def _value(self, leaf: Leaf) -> str | None:
        late = self._pairs.late.get(leaf.field)
        return leaf.of(self._record) if late is None else leaf.of_text(late)

    def _has_value(self, name: str) -> bool:
        return name in self._pairs.late or bool(getattr(self._record, name, None))


def _put_attributes(
    inside: Children, name: str, pairs: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Put attributes on their elements, in the order of both; gives those without."""
    lost = []
    first = 0
    for pair in pairs:
        match = _ATTRIBUTE.fullmatch(pair[0])
        made = _attribute(match, pair[1]) if match else None
        if match is None or made is None:
            lost.append(pair)
            continue
        tag = _written_name(match[1], match[2])
        if tag == name and made.name not in inside.attributes:
            inside.attributes += made.text
            continue
        places = (
            place
            for place in range(first, len(inside.elements))
            if inside.elements[place][0] == tag
            and made.name not in _start_tag(inside.elements[place][1])
        )
        place = next(places, None)
        if place is None:
            lost.append(pair)
            continue
        first = place
        text = inside.elements[place][1]
        end = len(_start_tag(text))
        inside.elements[place] = (tag, text[:end] + made.text + text[end:])
    return lost


@dataclass(frozen=True, slots=True)
class _Attribute:
    name: str
    """With what surrounds it in a tag."""
    text: str


def _attribute(match: re.Match[str], value: str) -> _Attribute | None:
    uri, local = match[3], match[4]
    name = local if not uri else f"xml:{local}" if uri == _XML else f"x:{local}"
    declared = f' xmlns:x="{attribute(uri)}"' if name.startswith("x:") else ""
    made = _Attribute(f" {name}=", f'{declared} {name}="{attribute(value)}"')
    try:
        _parsed(f"<a{made.text}/>")
    except (etree.XMLSyntaxError, ValueError):
        return None
    return made


def _written_name(uri: str | None, local: str) -> str:
    prefix = _NAMESPACES.get(uri) if uri else ""
    return f"{prefix}:{local}" if prefix else local if prefix == "" else ""


def _start_tag(text: str) -> str:
    return text[: text.index(">")]
