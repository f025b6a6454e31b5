"""Staff lists as people bring them: every bad row is explained, duplicates become one."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from organisations.exchange.tables import Unreadable
from organisations.rules.mobile import uk_mobile
from surveys.exchange.addresses import Address
from surveys.exchange.staff_list import StaffList, check_staff, corrected
from surveys.exchange.staff_table import (
    COLUMNS,
    LARGEST_FILE,
    MOST_ROWS,
    read_paste,
    read_upload,
)

MOBILE = "+447700900123"
HEAD = "email,mobile,name,language,works nights\n"


def listed(text: str, *units: str) -> StaffList:
    return check_staff(read_paste(text).records, units=units or ["Ward 7"])


def workbook(
    *rows: list[Any],
    title: str = "Staff",
    further: dict[str, list[list[Any]]] | None = None,
    hidden: str = "",
) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for another, more in (further or {}).items():
        sheet = book.create_sheet(another)
        for row in more:
            sheet.append(row)
    if hidden:
        book[hidden].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123",
        "+44 7700 900123",
        "+44 (0)7700 900-123",
        "00447700900123",
        "447700900123",
        "7700900123",  # a spreadsheet dropped the 0
        "tel:07700.900.123",
    ],
)
def test_a_uk_mobile_has_one_form(text: str) -> None:
    assert uk_mobile(text) == MOBILE


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("07700 9001", "has 11 digits; this has 9"),
        ("01632 960001", "begin with 071 to 079"),
        ("07012 345678", "begin with 071 to 079"),
        ("07612 345678", "a pager’s number"),
        ("+353 86 123 4567", "not a UK number"),
        ("ask Ann", "digits only"),
        ("٠٧٧٠٠٩٠٠١٢٣", "digits only"),
    ],
)
def test_any_other_number_is_told_why_not(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        uk_mobile(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}Ann@Example.org,07700 900123,Ann Lee,Welsh,yes",
        "Works nights;Name;E-mail address;Phone;Language;Band\n"
        "Y;Ann Lee;ann@example.org;07700900123;cy;5",
        "name\temail\tmobile number\tnights\tlanguage\n"
        "Ann  Lee\tann@example.org\t+447700900123\tx\tCymraeg",
    ],
)
def test_columns_come_in_any_order_and_under_usual_names(text: str) -> None:
    found = listed(text)
    assert found.problems == []
    assert [one.address for one in found.people] == [
        Address("ann@example.org", "Ann Lee", MOBILE, "cy", works_nights=True)
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("ann@example.org\n\nbob@example.org", ["ann@example.org", "bob@example.org"]),
        ("ann@example.org; bob@example.org,", ["ann@example.org", "bob@example.org"]),
        ("ann@example.org bob@example.org", ["ann@example.org", "bob@example.org"]),
        (
            "Ann Lee <ann@example.org>, Bob <bob@example.org>",
            ["ann@example.org", "bob@example.org"],
        ),
        ("07700 900123\nAnn, 07700 900124", [MOBILE, "+447700900124"]),
    ],
)
def test_without_headings_addresses_are_found_one_a_line_or_several(
    text: str, people: list[str]
) -> None:
    found = listed(text)
    assert found.problems == []
    assert [one.address.email or one.address.mobile for one in found.people] == people


def test_every_bad_cell_says_where_what_and_how_to_mend_it() -> None:
    found = listed(
        f"{HEAD}"
        "ann@example.org,,,,\n"
        "night ward@example.org,,,,\n"
        ",07700 9001,,,\n"
        "bob@example.org,,,,sometimes\n"
        ",,Nobody,,\n"
        "cat at example.org,,,French,\n"
    )
    assert [(one.line, one.label, one.suggestion) for one in found.problems] == [
        (3, "Email", "nightward@example.org"),
        (4, "Mobile", ""),
        (5, "Works nights", ""),
        (6, "Email", ""),
        (7, "Email", "cat@example.org"),
        (7, "Language", "English"),
    ]
    assert found.bad_places == [1, 2, 3, 4, 5]
    assert [one.line for one in found.people] == [2]
    assert all(one.wrong.endswith(".") and one.mend.endswith(".") for one in found.problems)
    assert found.problems[1].sentence == (
        "Row 4, Mobile: “07700 9001”. A UK mobile number has 11 digits; this has 9. Write a UK "
        "mobile number, like 07700 900123, or leave it blank if the row has an email address."
    )


def test_what_is_mended_is_good() -> None:
    records = read_paste(f"{HEAD}night ward@example.org,,,,\n,07700 9001,,,often").records
    found = check_staff(records, units=["Ward 7"])
    mends = {(one.place, one.column): one.suggestion for one in found.problems}
    mends[1, "mobile"] = "07700 900123"
    again = check_staff(corrected(records, mends), units=["Ward 7"])
    assert again.problems == []
    assert [one.address.mobile for one in again.people] == ["", MOBILE]
    assert corrected(records, {(99, "email"): "x", (0, "nothing"): "x"}) == records


def test_rows_of_one_person_become_one_with_all_they_say() -> None:
    found = listed(
        f"{HEAD}"
        "ann@example.org,,,,\n"
        "bob@example.org,,Bob,,\n"
        "ANN@example.org,07700900123,Ann,Welsh,\n"
        ",+44 7700 900123,,,yes\n"
        "bob@example.org,,Bob B,,yes\n"
    )
    assert found.joined == [(4, 2), (5, 2), (6, 3)]
    assert [one.address for one in found.people] == [
        Address("ann@example.org", "Ann", MOBILE, "cy", works_nights=True),
        Address("bob@example.org", "Bob B", works_nights=True),
    ]


def test_several_units_are_told_apart_by_a_column() -> None:
    text = "email,unit\na@b.org,ward 7\nc@d.org,Wrad 9\ne@f.org,\ng@h.org,Ward 9"
    found = listed(text, "Ward 7", "Ward 9")
    assert [(one.line, one.suggestion) for one in found.problems] == [(3, "Ward 9"), (4, "Ward 9")]
    assert "one of: Ward 7, Ward 9" in found.problems[1].mend
    assert [one.unit for one in found.people] == ["Ward 7", "Ward 9"]
    assert [one.line for one in listed("email,unit\na@b.org,Ward 9").problems] == [2]


def test_a_spreadsheet_reads_the_same_with_its_own_row_numbers() -> None:
    content = workbook(
        ["Email", "Mobile", "Works nights"],
        [],
        ["ann@example.org", 7700900123, True],
        ["bob", None, None],
    )
    found = check_staff(read_upload(content, "staff.xlsx").records, units=["Ward 7"])
    assert [one.address for one in found.people] == [
        Address("ann@example.org", mobile=MOBILE, works_nights=True)
    ]
    assert [one.line for one in found.problems] == [4]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 100_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no people on this list"),
        (b"\n \n", "no people on this list"),
        (HEAD.encode(), "no people on this list"),
        (b"name,language\nAnn,cy", "no email addresses or mobile numbers"),
        ("email\nann@example.org".encode("utf-16"), "UTF-16"),
        (b"email,name\nann@example.org,Si\x81n", "letters cannot be read"),
        (b"email\n\x00", "must be a spreadsheet"),
        (b"email\n" + b"a@b.org\n" * (MOST_ROWS + 1), "more than"),
        (b"x" * (LARGEST_FILE + 1), "smaller than 1MB"),
        (b"email\n" + b"a" * 700_000, "too long"),
        (b'email\n"' + b"a" * 200_000, "not a proper CSV file"),
        (bomb(), "unpacks to far more"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel"),
        (workbook(["email"], ["=A3"]), "Staff, A2: contains a formula"),
        (workbook(["email"], *(["a@b.org"] for _ in range(MOST_ROWS + 1))), "more than"),
    ],
)
def test_a_file_that_is_no_list_is_told_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_upload(content, "staff")
    assert sentence in " ".join(refusal.value.sentences)


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    try:
        found = listed(text)
    except Unreadable as unreadable:
        assert unreadable.sentences
    else:
        assert all(one.column in COLUMNS for one in found.problems)
        assert all(one.address.email or one.address.mobile for one in found.people)
        assert all("\n" not in one.address.email for one in found.people)
