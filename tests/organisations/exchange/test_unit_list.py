import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from organisations.exchange.tables import Problem, Unreadable
from organisations.exchange.unit_list import (
    LARGEST_FILE,
    MOST_ROWS,
    UNIT_LISTS,
    Row,
    read_unit_list,
)
from organisations.rules.plain_text import one_line
from organisations.rules.reading_order import reading_order


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("unit,parent\nWard 7,".encode("utf-16"), "UTF-16"),
        ("unit,parent\nSt\x81tion,".encode("latin-1"), "letters cannot be read"),
        (b"PK\x03\x04spreadsheet", "damaged"),
        (b"\xd0\xcf\x11\xe0old spreadsheet", "old Excel"),
        (b"unit,parent\n\x00,", "must be a spreadsheet"),
        (b"x" * (LARGEST_FILE + 1), "smaller than 500KB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        UNIT_LISTS.file_text(content)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code,above\nWard 7,Medicine", "“unit” is missing"),
        ("unit;posts\nWard 7;22", "“parent” is missing"),
        ("Ward 7\nWard 8", "“unit” is missing"),
        ("unit,parent", "no units below"),
        ("unit,parent\n" + "".join(f"W{n},\n" for n in range(MOST_ROWS + 1)), "Split it"),
        ('unit,parent\n"' + "x" * 140_000 + '",', "proper CSV"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_unit_list(text)


def test_a_spreadsheet_below_a_title_on_any_sheet_keeps_its_row_numbers() -> None:
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Agreed in May"])
    units = book.create_sheet("Units")
    for row in (["Our wards"], [], ["Part of", "Ward name", "Staff", "Site"], [],
                ["Medicine", "Ward\u202e 7", 22, "North"], ["", "", "", "South"]):  # fmt: skip
        units.append(row)
    out = io.BytesIO()
    book.save(out)
    text, others = UNIT_LISTS.file_text(out.getvalue())
    found = read_unit_list(text)
    assert found.rows == [Row(5, "Ward 7", "Medicine", 22)]
    assert [one.words for one in (*others, *found.not_used)] == [
        "sheet “Notes”", "row 1: “Our wards”", "column “Site”", "row 6: “South”"
    ]  # fmt: skip


def test_units_of_a_hidden_sheet_are_left_out_and_named() -> None:
    book = Workbook()
    book.active.title = "Before the merger"
    for sheet, unit in ((book.active, "Ward 1"), (book.create_sheet("Units"), "Ward 7")):
        sheet.append(["Unit", "Parent", "Posts"])
        sheet.append([unit, "", 22])
    book["Before the merger"].sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    text, others = UNIT_LISTS.file_text(out.getvalue())
    assert [row.name for row in read_unit_list(text).rows] == ["Ward 7"]
    assert [one.words for one in others] == ["hidden worksheet “Before the merger”"]


@pytest.mark.parametrize(
    "head",
    [
        "Ward / Dept,Directorate,No. of staff", "Name of unit,Belongs to,Establishment",
        "Department name,Division name,Staff in post", "Ward or team,Part of,Headcount (July)",
    ],
)  # fmt: skip
def test_headings_are_read_by_what_they_are_about(head: str) -> None:
    found = read_unit_list(f'{head}\nWard 7,Medicine,"1,200"\nWard 8,Medicine,34.0\nWard 9,,-\n')
    assert [(row.name, row.posts) for row in found.rows] == [
        ("Ward 7", 1200), ("Ward 8", 34), ("Ward 9", None)
    ]  # fmt: skip
    assert found.problems == [] and found.not_used == []


def test_windows_1252_and_excels_hint_are_read() -> None:
    content = "sep=;\nunit;parent\nÄrzte;Médecine".encode("cp1252")
    found = read_unit_list(UNIT_LISTS.file_text(content)[0])
    assert found.rows == [Row(3, "Ärzte", "Médecine", None)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_spreadsheets_of_every_country_are_read(delimiter: str, newline: str) -> None:
    rows = [
        ["\ufeffUnit".lstrip("\ufeff"), " PARENT ", "posts", "notes"],
        ["Ward 7", "Medicine", "22", "x"],
    ]
    text = newline.join(delimiter.join(row) for row in rows)
    assert read_unit_list(text).rows == [Row(2, "Ward 7", "Medicine", 22)]


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    found = read_unit_list('unit,parent\n\n"Ward\n7",Medicine\n,Medicine\n')
    assert found.rows == [Row(3, "Ward 7", "Medicine", None)]
    assert [problem.line for problem in found.problems] == [4]


def test_every_bad_row_is_named_with_line_column_reason_and_how_to_mend_it() -> None:
    found = read_unit_list(
        "unit,parent,posts\n"
        ",Medicine,1\n"
        "Ward 7,ward 7,22\n"
        "Ward 8,,a few\n"
        "Ward 9,,99999\n"
        f"{'x' * 121},,\n"
        "Ward 10,Medicine,-1\n"
        "Ward 11,Medicine,\n"
        "WARD 11,medicine,3\n"
    )
    assert [(p.line, p.column) for p in found.problems] == [
        (2, "unit"), (3, "parent"), (4, "posts"), (5, "posts"), (6, "unit"), (7, "posts"),
        (9, "unit"),
    ]  # fmt: skip
    assert found.problems[2] == Problem(
        4, "posts", "a few", "This is not a whole number.",
        "Enter a whole number up to 5000 or leave it blank.",
    )  # fmt: skip
    assert found.rows == [Row(8, "Ward 11", "Medicine", None)]


@given(st.lists(st.text(max_size=12)))
def test_any_names_can_be_put_in_order(names: list[str]) -> None:
    assert sorted(sorted(names, key=reading_order)) == sorted(names)


def test_ward_7_comes_before_ward_10() -> None:
    assert sorted(["Ward 10", "ward 7", "Bay", "Ward 7 B"], key=reading_order) == [
        "Bay", "ward 7", "Ward 7 B", "Ward 10",
    ]  # fmt: skip


@given(st.binary(max_size=400))
@example(b"unit,parent\n\xff")
@example(b'unit,parent\n"')
def test_any_bytes_are_read_or_refused_with_a_sentence(content: bytes) -> None:
    try:
        read_unit_list(UNIT_LISTS.file_text(content)[0])
    except Unreadable as refused:
        assert refused.sentences


@given(
    st.lists(
        st.tuples(st.text(max_size=130), st.text(max_size=20), st.text(max_size=8)), max_size=6
    )
)
def test_any_cells_become_clean_rows_or_problems(cells: list[tuple[str, str, str]]) -> None:
    import csv

    file = io.StringIO()
    csv.writer(file).writerows([("unit", "parent", "posts"), *cells])
    try:
        found = read_unit_list(file.getvalue())
    except Unreadable:
        return
    for row in found.rows:
        assert row.name == one_line(row.name) != ""
        assert len(row.name) <= 120
        assert row.posts is None or 0 <= row.posts <= 5000
    for problem in found.problems:
        assert problem.wrong.endswith(".") and problem.mend.endswith(".")
