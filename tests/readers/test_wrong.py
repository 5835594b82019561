"""JSON and databases that are damaged, foreign or hostile: said, never a traceback."""

import json
import sqlite3
from pathlib import Path
from time import process_time
from typing import Final

import pytest
from hypothesis import given, strategies as st

import wxr
from wxr.diagnostics import Code
from wxr.errors import ReadError
from wxr.model import Author, Comment, Post, Record, Site, Term
from wxr.readers.lines import Lines

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
BLOG: Final = FIXTURES / "blog-fr.xml"
SITE: Final = '{"record":"site","title":"Le carnet"}'


def _lines(tmp_path: Path, *lines: str) -> tuple[list[Record], list[wxr.Diagnostic]]:
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n".join((SITE, *lines, "")).encode("utf-8", "surrogatepass"))
    return _read(path)


def _read(path: Path) -> tuple[list[Record], list[wxr.Diagnostic]]:
    seen: list[wxr.Diagnostic] = []
    return list(wxr.read(path, on_diagnostic=seen.append)), seen


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no JSON"),
        ("nonsense", "no JSON"),
        ('{"record":"post","title":"a', "no JSON (unterminated string starting at its"),
        ('{"record":"post","id":1', "no JSON"),
        ('{"record":"post","id":1}}', "no JSON"),
        ("[]", "`record` is None"),
        ('{"record":"page","id":1}', "`record` is 'page'"),
        ('{"record":["post"],"id":1}', "`record` is"),
        ('{"record":"post"}', "`id` is None"),
        ('{"record":"post","id":"1"}', "`id` is '1', and not a whole number"),
        ('{"record":"post","id":1.5}', "`id` is 1.5"),
        ('{"record":"post","id":true}', "`id` is True"),
        ('{"record":"post","id":NaN}', "NaN is no number"),
        ('{"record":"post","id":9223372036854775808}', "64 bits"),
        ('{"record":"post","id":' + "9" * 5000 + "}", "record was not read"),
        ('{"record":"post","id":1,"title":5}', "`title` is 5, and not text"),
        ('{"record":"post","id":1,"sticky":1}', "`sticky` is 1"),
        ('{"record":"post","id":1,"menu_order":null}', "`menu_order` is None"),
        ('{"record":"post","id":1,"date":"2024-01-01"}', "`date` is '2024-01-01'"),
        ('{"record":"post","id":1,"date":"2024-01-01T00:00:00Z"}', "no offset"),
        ('{"record":"post","id":1,"date_gmt":"2024-01-01T00:00:00"}', "ends in Z"),
        ('{"record":"post","id":1,"date_gmt":"2024-01-01T00:00:00+02:00"}', "in Z"),
        ('{"record":"post","id":1,"date":"2024-02-30T00:00:00"}', "not a date"),
        ('{"record":"post","id":1,"meta":{}}', "`meta` is {}, and not a list"),
        ('{"record":"post","id":1,"meta":["a"]}', "`meta` is 'a', and not an object"),
        ('{"record":"post","id":1,"extra":[["a"]]}', "`extra` is ['a']"),
        ('{"record":"post","id":1,"extra":[["a",null]]}', "`extra` is None"),
        ('{"record":"post","id":1,"terms":[{"slug":"a"}]}', "`terms.taxonomy`"),
        ('{"record":"post","id":1,"comments":[{"type":"a"}]}', "`comments.id`"),
        ('{"record":"post","id":1,"comments":[{"id":1,"date":7}]}', "`comments.date`"),
        ('{"record":"term","id":1}', "`taxonomy` is None"),
        ('{"record":"post","id":1,"extra":' + "[" * 10**5, "too deeply"),
    ],
)
def test_a_wrong_line_is_lost_alone_and_named(
    line: str, said: str, tmp_path: Path
) -> None:
    records, seen = _lines(tmp_path, line, '{"record":"post","id":2}')

    assert records == [Site(title="Le carnet"), Post(id=2)]
    (problem,) = seen
    assert (problem.code, problem.line) == (Code.MALFORMED, 2)
    assert said in problem.message
    assert "\n" not in problem.message


def test_what_is_missing_is_absent(tmp_path: Path) -> None:
    records, seen = _lines(
        tmp_path,
        '{"record":"author"}',
        '{"record":"term","taxonomy":"a"}',
        '{"record":"post","id":1,"comments":[{"id":2}]}',
    )

    assert records[1:] == [
        Author(),
        Term(taxonomy="a"),
        Post(id=1, comments=(Comment(id=2),)),
    ]
    assert seen == []


def test_what_is_derived_is_passed_over_and_what_is_strange_is_said(
    tmp_path: Path,
) -> None:
    meta = '{"key":"k","value":"i:1;","decoded":1}'
    records, seen = _lines(
        tmp_path, f'{{"record":"post","id":1,"mood":"gai","meta":[{meta}]}}'
    )

    assert records[1:] == [Post(id=1, meta=(wxr.Meta(key="k", value="i:1;"),))]
    assert [(each.code, each.item) for each in seen] == [(Code.NOT_CARRIED, 1)]
    assert "`mood`" in seen[0].message


def test_half_a_surrogate_pair_is_replaced_and_said(tmp_path: Path) -> None:
    line = r'{"record":"post","id":1,"title":"a\ud83d","slug":"\ud83d\ude00"}'

    records, seen = _lines(tmp_path, line)

    assert records[1:] == [Post(id=1, title="a\ufffd", slug="😀")]
    assert [each.code for each in seen] == [Code.BAD_REFERENCE]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    title = "'; DROP TABLE posts; -- </item> ]]> \x00 \u2028 {{ 7 }}"

    records, _ = _lines(
        tmp_path, json.dumps({"record": "post", "id": 1, "title": title})
    )

    assert records[1:] == [Post(id=1, title=title)]


def test_the_sums_come_out_where_lines_are_lost(tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "a.jsonl", to="jsonl")
    lines = (tmp_path / "a.jsonl").read_text("utf-8").split("\n")
    lines[2] = lines[2][:-5]
    lines[12] = lines[12][:-5]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")

    report = wxr.convert(tmp_path / "a.jsonl", tmp_path / "o", to="jsonl")

    assert report.balanced
    assert report.exit_code == 3
    assert report.failed["malformed"].items == {"unknown": 1}
    assert report.failed["malformed"].terms == 1


def test_a_record_over_the_cap_is_lost_alone(tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "a.json", to="json")
    biggest = max(map(len, (tmp_path / "a.json").read_bytes().split(b"\n")))

    report = wxr.convert(
        tmp_path / "a.json", tmp_path / "o", to="jsonl", max_item=biggest - 100
    )

    assert report.balanced
    assert report.failed["item-too-large"].items == {"unknown": 1}
    assert report.written.items.total() == 5


def test_a_document_that_breaks_off_is_said(tmp_path: Path) -> None:
    wxr.convert(BLOG, tmp_path / "a.json", to="json")
    whole = (tmp_path / "a.json").read_bytes()
    path = tmp_path / "b.json"
    for indent in (None, 2):
        text = json.dumps(json.loads(whole), indent=indent).encode()
        for data in (whole, text):
            path.write_bytes(data[: len(data) - 3000])

            records, seen = _read(path)

            assert Code.TRUNCATED in {each.code for each in seen}
            assert sum(isinstance(record, Post) for record in records) >= 4


def _document(login: str, *ids: int, indent: int | None = None) -> str:
    site, posts = {"title": login}, [{"id": each} for each in ids]
    if indent is not None:
        head = {"format": "wxr-json", "version": 1, "site": site}
        lists = {"authors": [{"login": login}], "terms": [], "posts": posts}
        return json.dumps({**head, **lists}, indent=indent) + "\n"
    rows = ",\n".join(json.dumps(post) for post in posts)
    return (
        f'{{"format":"wxr-json","version":1,"site":{{"title":"{login}"}},\n'
        f'"authors":[\n{{"login":"{login}"}}],\n"terms":[],\n"posts":[\n{rows}]}}\n'
    )


def _records(login: str, *ids: int) -> str:
    posts = "".join(f'{{"record":"post","id":{each}}}\n' for each in ids)
    author = f'{{"record":"author","login":"{login}"}}'
    return f'{{"record":"site","title":"{login}"}}\n{author}\n{posts}'


@pytest.mark.parametrize("space", ["", "\n", " " * 300_000])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (_document("odile", 1, 2), _document("marc", 3)),
        (_document("odile", 1, 2, indent=2), _document("marc", 3, indent=2)),
        (_document("odile", 1, 2, indent=2), _document("marc", 3)),
        (_document("odile", 1, 2), _document("marc", 3, indent=0)),
        (_document("odile", 1, 2), _records("marc", 3)),
        (_document("odile", 1, 2, indent=2), _records("marc", 3)),
        (_records("odile", 1, 2), _document("marc", 3, indent=2)),
        (_records("odile", 1, 2).replace("{", "{\n"), _document("marc", 3)),
    ],
)
def test_documents_that_follow_each_other_are_all_read(
    first: str, space: str, second: str, tmp_path: Path
) -> None:
    path = tmp_path / "ab.json"
    path.write_text(first + space + second)

    records, seen = _read(path)

    assert records == [
        *(Site(title="odile"), Author(login="odile"), Post(id=1), Post(id=2)),
        *(Site(title="marc"), Author(login="marc"), Post(id=3)),
    ]
    assert [each.code for each in seen] == [Code.SECOND_DOCUMENT]


def test_members_of_a_document_that_are_strange_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    document = json.loads(_document("odile", 1))
    document |= {"pages": [{"id": 2}], "generator": "jq"}
    path.write_text(json.dumps(document, indent=2))

    records, seen = _read(path)

    assert records[-1] == Post(id=1)
    assert [each.code for each in seen] == [Code.NOT_CARRIED, Code.NOT_CARRIED]
    assert [each.line for each in seen] == [18, 23]
    assert "'pages'" in seen[0].message


@pytest.mark.parametrize("indent", [None, 2])
def test_what_stands_behind_a_document_is_said(
    indent: int | None, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    path.write_text(_document("odile", 1, indent=indent) + "nonsense\n")

    records, seen = _read(path)

    assert records[-1] == Post(id=1)
    assert Code.MALFORMED in {each.code for each in seen}


def test_a_document_that_breaks_off_before_another_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ab.json"
    whole = _document("odile", 1, 2)
    path.write_text(whole[: whole.rindex("{")] + _document("marc", 3))

    records, seen = _read(path)

    assert [each.id for each in records if isinstance(each, Post)] == [1, 3]
    assert [each.code for each in seen] == [Code.TRUNCATED, Code.SECOND_DOCUMENT]


@pytest.mark.parametrize("head", ["json", "jsonl"])
@pytest.mark.parametrize("line", ["\f\n", "\v \n", "{\f\n", "{ \n"])
def test_white_space_of_any_kind_takes_linear_time(
    tmp_path: Path, head: str, line: str
) -> None:
    wxr.convert(BLOG, tmp_path / "one", to=head)
    written = (tmp_path / "one").read_text("utf-8")

    def seconds(lines: int) -> float:
        path = tmp_path / f"{lines}.json"
        path.write_text(written + line * lines, "utf-8")
        start = process_time()
        wxr.convert(path, tmp_path / "two", to="jsonl", force=True)
        return process_time() - start

    seconds(100)  # imports
    assert seconds(16_000) < 12 * seconds(4_000) + 0.5


def test_a_second_document_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ab.json"
    newer = _document("marc", 3).replace('"version":1', '"version":2')
    path.write_text(_document("odile", 1) + newer)

    with pytest.raises(ReadError, match="version 2"):
        _read(path)


@given(st.integers(0, 2**16), st.binary(max_size=3))
def test_damage_anywhere_is_no_traceback(at: int, damage: bytes) -> None:
    document = (
        b'{"format":"wxr-json","version":1,"site":{"title":"a"},\n"authors":[\n'
        b'{"login":"odile"}],\n"terms":[],\n"posts":[\n{"id":1},\n{"id":2}]}\n'
    )
    lines = b'{"record":"site"}\n{"record":"post","id":1}\n{"record":"post","id":2}\n'
    for data in (document, lines, document.replace(b"\n", b" ")):
        where = at % len(data)
        broken = _Bytes(data[:where] + damage + data[where + len(damage) :])
        found = Lines(broken, "x", lambda _: None, first_number=1, max_item=10**6)
        try:
            pieces = list(found)
        except ReadError:
            continue
        assert found.next_number - 1 == sum(piece.number > 0 for piece in pieces)


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int) -> bytes:
        data, self._data = self._data[:size], self._data[size:]
        return data


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"posts": []}', "JSON"),
        ("[1, 2]", "JSON"),
        ('{"format":"wxr-json","version":2,"site":{}}', "version 2"),
        ('{"format":"wxr-xml","version":1,"site":{}}', "JSON"),
    ],
)
def test_foreign_json_is_refused_in_one_line(
    text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(text)

    with pytest.raises(ReadError, match=said) as error:
        _read(tmp_path / "a.json")

    assert "\n" not in str(error.value)


def _database(tmp_path: Path, *statements: str) -> Path:
    path = tmp_path / "a.db"
    wxr.convert(BLOG, path, to="sqlite", force=True)
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE posts",
        "PRAGMA user_version = 99",
        "ALTER TABLE comments RENAME COLUMN author_ip TO ip",
    ],
)
def test_a_foreign_database_is_refused_in_one_line(
    statement: str, tmp_path: Path
) -> None:
    path = _database(tmp_path, "DROP VIEW comment_threads", "DROP VIEW pingbacks")
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.close()

    with pytest.raises(ReadError, match="not one that this wxr wrote"):
        _read(path)


def test_a_view_in_the_place_of_a_table_is_not_run(tmp_path: Path) -> None:
    endless = (
        "CREATE VIEW authors AS WITH RECURSIVE n(id) AS "
        "(SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id AS row_id FROM n"
    )

    path = _database(tmp_path, "DROP TABLE authors", endless)

    with pytest.raises(ReadError, match="not one that this wxr wrote"):
        _read(path)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE posts SET title = x'00ff' WHERE id = 68", "`title`"),
        ("UPDATE posts SET extra = 'nonsense' WHERE id = 68", "`extra`"),
        ("UPDATE posts SET date = 'hier' WHERE id = 68", "`date`"),
        ("UPDATE posts SET sticky = 7 WHERE id = 68", "`sticky`"),
        ("UPDATE posts SET id = 'x' WHERE id = 68", "`id`"),
    ],
)
def test_a_wrong_row_is_lost_alone_and_named(
    statement: str, said: str, tmp_path: Path
) -> None:
    path = _database(tmp_path, statement)

    records, seen = _read(path)

    assert sum(isinstance(record, Post) for record in records) == 5
    assert [each.code for each in seen] == [Code.MALFORMED]
    assert said in seen[0].message


def test_rows_that_hang_on_nothing_are_said(tmp_path: Path) -> None:
    path = _database(
        tmp_path,
        "INSERT INTO post_meta (post_row_id, key, value) VALUES (999, 'a', 'b')",
        "INSERT INTO comments (post_row_id, id) VALUES (0, 5)",
    )

    _, seen = _read(path)

    assert [each.code for each in seen] == [Code.NOT_CARRIED]
    assert "2 rows" in seen[0].message


def test_a_damaged_database_is_one_line(tmp_path: Path) -> None:
    path = _database(tmp_path)
    data = bytearray(path.read_bytes())
    data[20_000:60_000] = b"\xff" * 40_000
    path.write_bytes(data)

    with pytest.raises(ReadError, match="damaged") as error:
        _read(path)

    assert "\n" not in str(error.value)


def test_the_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = _database(tmp_path)
    before = path.read_bytes()

    _read(path)

    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.parametrize("to", ["json", "jsonl", "sqlite"])
def test_mojibake_that_would_stay_is_not_asked_to_be_repaired(
    to: str, tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    wxr.convert(BLOG, ours, to=to)

    with pytest.raises(ReadError, match="leave out --fix-mojibake"):
        wxr.convert(ours, tmp_path / "again", to="jsonl", fix_mojibake=True)

    assert [each.name for each in tmp_path.iterdir()] == ["ours"]
