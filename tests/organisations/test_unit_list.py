import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from organisations.unit_list import (
    LARGEST_FILE,
    MOST_ROWS,
    Problem,
    Row,
    Unreadable,
    clean_name,
    decode,
    read_unit_list,
    reading_order,
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("unit,parent\nWard 7,".encode("utf-16"), "UTF-16"),
        ("unit,parent\nSt\xe4tion,".encode("latin-1"), "not in UTF-8"),
        (b"PK\x03\x04spreadsheet", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0old spreadsheet", "spreadsheet"),
        (b"unit,parent\n\x00,", "not a text file"),
        (b"x" * (LARGEST_FILE + 1), "too large"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        decode(content)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,above\nWard 7,Medicine", "“unit” is missing"),
        ("unit;posts\nWard 7;22", "“parent” is missing"),
        ("unit,parent", "no units below"),
        ("unit,parent\n" + "".join(f"W{n},\n" for n in range(MOST_ROWS + 1)), "Split it"),
        ('unit,parent\n"' + "x" * 140_000 + '",', "proper CSV"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_unit_list(text)


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
        "Write a whole number up to 5000, or leave it empty.",
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
        read_unit_list(decode(content))
    except Unreadable as refused:
        assert str(refused).endswith(".")


@given(
    st.lists(
        st.tuples(st.text(max_size=130), st.text(max_size=20), st.text(max_size=8)), max_size=6
    )
)
def test_any_cells_become_clean_rows_or_problems(cells: list[tuple[str, str, str]]) -> None:
    import csv
    import io

    file = io.StringIO()
    csv.writer(file).writerows([("unit", "parent", "posts"), *cells])
    try:
        found = read_unit_list(file.getvalue())
    except Unreadable:
        return
    for row in found.rows:
        assert row.name == clean_name(row.name) != ""
        assert len(row.name) <= 120
        assert row.posts is None or 0 <= row.posts <= 5000
    for problem in found.problems:
        assert problem.wrong.endswith(".") and problem.mend.endswith(".")
