"""What fuzzing starts from: the fixtures, slices of them, and values written here."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wxr.parser.slicer import Kind, Slice, Slicer

_FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
_MOST: Final = 1 << 12
"""Bytes past which a seed is no seed: what is small is read, and mutated, often."""

_PHP: Final = (
    b"N;",
    b"b:1;",
    b"i:-12;",
    b"d:0.1;",
    b"d:-INF;",
    b'a:2:{i:0;s:3:"a;b";i:1;a:1:{s:1:"k";b:0;}}',
    b'a:3:{s:5:"width";i:1600;s:4:"file";s:8:"quai.jpg";i:7;R:2;}',
    b'O:8:"stdClass":2:{s:4:"\0*\0p";N;s:7:"\0A\0priv";r:1;}',
    b'C:11:"ArrayObject":9:{x:i:0;m:a}',
    b'E:11:"Suit:Hearts";',
    b'S:3:"\\41bc";',
    b's:22:"a:1:{s:1:"a";s:1:"b";}";',
    's:6:"été!";'.encode(),
    b'a:1:{i:0;s:99:"too short";}',
    b's:7:"a\nb\nc";',
    b'a:2:{i:0;s:4:"a\n";";i:1;s:1:"}";}',
    b'{"a": [1, null, {"b": "\\u00e9"}]}',
)

_SLICES: Final = (
    b"<item><title>A & B &nbsp; < C</title><wp:post_id>1</wp:post_id></item>",
    b"<item><content:encoded><![CDATA[a ]]> b <![CDATA[ c ]]></content:encoded></item>",
    b"<item><content:encoded><p>a<br>b</p></content:encoded></item>",
    b'<item><category domain="tag" nicename="a"b&c<d"><![CDATA[x]]></category></item>',
    b"<item><title>a</title><wp:comment><wp:comment_content>b</wp:comment></item>",
    b"<item>\n<b>Warning</b>:  x in <b>/f.php</b> on line <b>3</b><br />\n</item>",
    b"<item><title>a&#0;b&#xFFFE;c\x0c\x00</title><x:y z='1' z='2'/></item>",
    b"<item><?php echo 1 ?><!-- a -- b --><title>\xe9\xed\xa0\xbd\xed\xb8\x80</title>",
    b"<item xmlns:wp='urn:a'><wp:post_id>1</wp:post_id><a><b></a></b>text</item>",
)


def _fixtures() -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted(_FIXTURES.glob("*.xml")))


def _sliced(data: bytes) -> list[Slice]:
    found = Slicer(io.BytesIO(data), "part", lambda _: None)
    return [piece for piece in found if len(piece.data) <= _MOST]


def _slices() -> Iterator[bytes]:
    yield from _SLICES
    for data in _fixtures():
        yield from {piece.data for piece in _sliced(data)}


def _exports() -> Iterator[bytes]:
    """Give fixtures of a few lines whole, and of each two elements as an export."""
    for data in _fixtures():
        if len(data) <= _MOST:
            yield data
        slices = _sliced(data)
        for kind in Kind:
            pieces = [piece for piece in slices if piece.kind is kind][-2:]
            if pieces:
                envelope = pieces[0].envelope
                inside = b"\n".join(piece.data for piece in pieces)
                yield b"%b\n%b\n%b\n" % (envelope.start, inside, envelope.end)


SEEDS: Final[Mapping[str, tuple[bytes, ...]]] = MappingProxyType(
    {
        "parser": tuple(_exports()),
        "phpvalue": _PHP,
        "repair": tuple(_slices()),
        "slicer": tuple(_exports()),
    }
)
