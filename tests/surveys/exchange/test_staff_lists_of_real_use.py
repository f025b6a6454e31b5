"""Lists as hospitals keep them: titles above, two lists of numbers, shifts, shared mailboxes.

Over 300 lines: each list stands beside what is read from it.
"""

import time

import pytest

from organisations.exchange.tables import Unreadable
from surveys.exchange.addresses import Address
from surveys.exchange.nearest_name import NearestName
from surveys.exchange.same_person import may_be_one_name
from surveys.exchange.staff_headings import staff_columns
from surveys.exchange.staff_list import StaffList, check_staff, corrected
from surveys.exchange.staff_table import StaffTable, read_paste, read_upload
from surveys.exchange.staff_words import nights_of
from tests.surveys.exchange.test_staff_list import workbook

ONE, TWO = "+447700900701", "+447700900702"


def checked(table: StaffTable, *units: str) -> StaffList:
    found = check_staff(table.records, units=units or ["Ward 7"])
    found.not_used[:0] = table.unused
    return found


def pasted(text: str, *units: str) -> StaffList:
    return checked(read_paste(text), *units)


def unused(found: StaffList) -> list[str]:
    return [one.words for one in found.not_used]


HEADS = ["email", "mobile", "name", "language", "works nights"]
NURSES = [
    [None, "07700 900701", "Night nurse A", "Welsh", "yes"],
    [None, "07700 900702", "Night nurse B", None, "yes"],
]


@pytest.mark.parametrize("notes", [False, True])
def test_headings_are_found_below_a_title_and_on_another_sheet(notes: bool) -> None:
    content = workbook(
        ["Ward 7 staff list, questions to sister@ward.example"], [], HEADS, *NURSES,
        further={"Notes": [["Keep this list safe"]]} if notes else {},
    )  # fmt: skip
    found = checked(read_upload(content, "staff.xlsx"))
    assert [one.address for one in found.people] == [
        Address("", "Night nurse A", ONE, "cy", works_nights=True),
        Address("", "Night nurse B", TWO, "", works_nights=True),
    ]
    assert [one.line for one in found.people] == [4, 5]
    assert found.problems == []
    title = "“Ward 7 staff list, questions to sister@ward.example”"
    assert unused(found) == (
        [f"row 1 on sheet “Staff”: {title}", "sheet “Notes”"] if notes else [f"row 1: {title}"]
    )


def test_two_sheets_with_headings_are_one_list() -> None:
    content = workbook(
        HEADS, NURSES[0], further={"Nights": [["Mobile", "Name"], ["7700900702", "B"]]}
    )
    found = checked(read_upload(content, "staff.xlsx"))
    assert [one.address.mobile for one in found.people] == [ONE, TWO]


@pytest.mark.parametrize(
    "text",
    [
        "Work Email,Mobile No.,First Name,Last Name,Shift: Nights\n"
        "ann@x.example,07700900701,Ann,Lee,x",
        "sep=;\nTel;E-mail address;Surname;Forename;Night shift?\n"
        "07700 900701;ann@x.example;Lee;Ann;Y",
        "Contact Number|NHS email|Staff name|Shift\n07700900701|ann@x.example|Ann Lee|Nights",
        "Name\tContact details\tShift pattern\n"
        "Ann Lee\tann@x.example 07700900701\tinternal rotation",
        "Ann Lee, ann@x.example, 07700 900701, works nights",
        "ann@x.example\tAnn Lee\t07700900701\tnight shift",
    ],
)
def test_columns_are_read_by_meaning(text: str) -> None:
    found = pasted(text)
    assert found.problems == []
    assert [one.address for one in found.people] == [
        Address("ann@x.example", "Ann Lee", ONE, "", works_nights=True)
    ]
    assert unused(found) == []


@pytest.mark.parametrize("mark", ["\t", ";", ",", "|"])
def test_one_known_column_among_others_is_cut_out_of_them(mark: str) -> None:
    found = pasted(f"Band{mark}Email{mark}Grade\n5{mark}ann@x.example{mark}B\n")
    assert [one.address for one in found.people] == [Address("ann@x.example")]
    assert unused(found) == ["column “Band”", "column “Grade”"]


def test_what_windows_wrote_is_read() -> None:
    table = read_upload("Email,Name\nsian@x.example,Siân O’Brien".encode("cp1252"), "staff.csv")
    assert checked(table).people[0].address == Address("sian@x.example", "Siân O’Brien")


def test_nothing_is_dropped_in_silence() -> None:
    found = pasted(
        "Staff of Ward 7\n"
        "Email,Mobile,Name,Band,Line manager email\n"
        "ann@x.example,07700 900701 / 01632 960001,Ann,5,boss@x.example\n"
        "n/a,07700 900702 (Bob’s own),,,\n"
        ",,,Total 2,\n"
    )
    assert [one.address.mobile for one in found.people] == [ONE, TWO]
    assert found.people[1].address.name == "Bob’s own"
    assert unused(found) == [
        "row 1: “Staff of Ward 7”", "column “Band”", "column “Line manager email”",
        "row 5: “Total 2”", "row 3, Mobile: “01632 960001”", "row 4, Email: “n/a”",
    ]  # fmt: skip


def test_a_second_column_of_a_kind_fills_the_first_or_is_named() -> None:
    found = pasted("Mobile,Tel,Email\n07700900701,01632 960001,\n,07700900702,\n")
    assert [one.address.mobile for one in found.people] == [ONE, TWO]
    assert unused(found) == ["row 2, Mobile: “01632 960001”"]


@pytest.mark.parametrize(
    "text", ["sometimes", "Rota B", "3", "night or so", "yes / no?", "no days"]
)
def test_nights_that_cannot_be_read_are_asked_and_nobody_is_ready(text: str) -> None:
    found = pasted(f"mobile,works nights\n07700900701,{text}\n")
    assert found.people == []
    (asked,) = found.problems
    assert (asked.column, asked.wrote, asked.suggestion) == ("nights", text, "")
    assert [value for value, _ in asked.choices] == ["yes", "no"]


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("Nights", True), ("permanent nights", True), ("days & nights", True), ("Y", True),
        ("Long days", False), ("", False), ("no nights", False), ("never", False),
        ("LD", None), ("N/D", None), ("occasionally", None),
    ],
)  # fmt: skip
def test_a_shift_says_nights_days_or_nothing(text: str, works: bool | None) -> None:
    assert nights_of(text) is works


def test_n_under_shift_and_yes_without_a_heading_are_asked() -> None:
    for text in ("Shift,Mobile\nN,07700900701", "Bob 07700900701; yes", "Night nurse 07700900701"):
        assert [one.column for one in pasted(text).problems] == ["nights"], text


def test_a_line_or_a_sheet_may_say_who_works_nights() -> None:
    found = pasted("Ward 7\nDay staff\na@x.example\nNight staff:\nb@x.example\nDays\nc@x.example")
    assert [one.address.works_nights for one in found.people] == [False, True, False]
    content = workbook(["Email"], ["a@x.example"], further={"Nights": [["Email"], ["b@x.example"]]})
    found = checked(read_upload(content, "staff.xlsx"))
    assert [one.address.works_nights for one in found.people] == [False, True]


def test_words_beside_an_address_are_language_nights_a_name_or_named() -> None:
    found = pasted(
        "ann@x.example,Ann Lee,07700900701,Welsh,no,Ward 7\n"
        "To: bob@x.example (work)\n"
        "Cat Cole, nights, cat@x.example\n"
    )
    assert [one.address for one in found.people] == [
        Address("ann@x.example", "Ann Lee", ONE, "cy"), Address("bob@x.example"),
        Address("cat@x.example", "Cat Cole", "", "", works_nights=True),
    ]  # fmt: skip
    assert unused(found) == ["row 1: “no”", "row 1: “Ward 7”", "row 2: “work”"]


def test_a_name_beside_a_first_name_is_the_last_name() -> None:
    found = pasted("First name,Name,Email\nAnn,Lee,ann@x.example\nBob,Bob Ng,bob@x.example\n")
    assert [one.address.name for one in found.people] == ["Ann Lee", "Bob Ng"]
    assert unused(found) == []


SHARED = "email,mobile,name\nward7@x.example,07700900701,Ann Lee\nward7@x.example,07700900702,Bob\n"


def test_one_address_with_two_names_is_a_question_never_one_person() -> None:
    table = read_paste(SHARED)
    found = checked(table)
    assert [one.address.name for one in found.people] == ["Ann Lee"]
    (asked,) = found.problems
    assert (asked.place, asked.column) == (1, "same")
    assert asked.sentence.startswith(
        "Row 3, Same address: “ward7@x.example”. Row 2 has the same email address but another name."
    )
    several = check_staff(corrected(table.records, {(1, "same"): "no"}), units=["Ward 7"])
    assert several.problems == [] and several.joined == []
    assert [one.address for one in several.people] == [
        Address("", "Ann Lee", ONE), Address("", "Bob", TWO)
    ]  # fmt: skip
    one = check_staff(corrected(table.records, {(1, "same"): "yes"}), units=["Ward 7"])
    assert [(p.address.email, p.address.mobile) for p in one.people] == [("ward7@x.example", ONE)]
    assert one.joined == [(3, 2)]


def test_different_people_with_nothing_of_their_own_need_an_address() -> None:
    table = read_paste("email,name\nward7@x.example,Ann\nward7@x.example,Bob\n")
    found = check_staff(corrected(table.records, {(1, "same"): "no"}), units=["Ward 7"])
    assert [one.address.name for one in found.people] == ["Ann"]
    assert [(one.place, one.column) for one in found.problems] == [(1, "email")]


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Lee, Ann", "Ann Lee", True), ("A. Lee", "Ann Lee", True), ("Ann", "Ann Lee", True),
        ("Mrs Ann Lee", "ann lee", True), ("", "Ann", True), ("Siân", "Sian", True),
        ("Ann Lee", "Bob Lee", False), ("Ann", "Annette", False), ("Ann Lee", "Lee Brown", False),
    ],
)  # fmt: skip
def test_names_that_may_be_one(one: str, other: str, may: bool) -> None:
    assert may_be_one_name(one, other) is may_be_one_name(other, one) is may


def test_several_addresses_in_one_cell_are_several_people_or_asked() -> None:
    found = pasted("email\nAnn Lee <ann@x.example>; bob@x.example\n")
    assert [(one.address.email, one.address.name) for one in found.people] == [
        ("ann@x.example", "Ann Lee"), ("bob@x.example", "")
    ]  # fmt: skip
    found = pasted("email,name\nann@x.example; ann@home.example,Ann\n")
    assert [value for value, _ in found.problems[0].choices] == [
        "ann@x.example",
        "ann@home.example",
    ]
    found = pasted("mobile,name\n07700900701 or 07700900702,Ann\n")
    assert [value for value, _ in found.problems[0].choices] == ["07700 900701", "07700 900702"]


def test_a_list_without_any_address_is_told() -> None:
    with pytest.raises(Unreadable, match="no email addresses or mobile numbers"):
        read_paste("Ann Lee\nBob Jones\n")


def test_wrong_units_cost_each_name_once() -> None:
    units = [f"Ward {n} – Care of older people" for n in range(40)]
    nearest = NearestName(units)
    assert nearest.nearest("Wrad 7 Care of older peeple") == units[7]
    assert nearest.nearest("Pharmacy") == ""
    assert NearestName(["Ward 7", "Ward 9"]).nearest("Ward 8") == ""
    before = nearest.compared
    nearest.nearest("wrad 7  care of older peeple")
    assert nearest.compared == before == 2 * len(units)
    rows = "".join(f"p{n}@x.example,Wrad {n % 40} Care of peeple {n}\n" for n in range(2000))
    started = time.process_time()
    found = pasted(f"email,unit\n{rows}", *units)
    # A tenth of it on a quiet machine.
    assert time.process_time() - started < 10
    assert len(found.problems) == 2000


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("PrimarySmtpAddress", "email"), ("emailAddress", "email"), ("E–mail", "email"),
        ("Mobile Nos", "mobile"), ("Tel nos.", "mobile"), ("Nos", "nights"),
        ("Surname, Forename", "name"), ("Name (Last, First)", "name"), ("Display name", "name"),
        ("Ward or team", "unit"), ("Line manager email", ""), ("Location", ""),
    ],
)  # fmt: skip
def test_headings_mean_what_people_and_directories_mean(head: str, column: str) -> None:
    assert set(staff_columns([head, "Work email"])) == {"email", column} - {""}


def nights(found: StaffList) -> list[bool]:
    return [one.address.works_nights for one in found.people]


def asked(found: StaffList) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.wrote) for one in found.problems]


def test_a_line_between_rows_with_headings_says_who_works_nights() -> None:
    found = pasted(
        "Day shift\nName,Email\nAnn,a@x.example\nNight staff,\nBob,b@x.example\nDays,\n"
        "Cat,c@x.example\n"
    )
    assert (nights(found), asked(found)) == ([False, True, False], [])
    assert unused(found) == ["row 1: “Day shift”", "row 4: “Night staff”", "row 6: “Days”"]


@pytest.mark.parametrize("head", ["Email,Name\n", ""])
def test_a_title_about_nights_is_asked_about_before_anybody_is_texted(head: str) -> None:
    found = pasted(f"Ward 7 night staff\n{head}a@x.example,Ann\n")
    assert asked(found) == [(3 if head else 2, "nights", "Ward 7 night staff")]


def test_the_name_of_an_only_sheet_counts_and_a_number_says_nothing() -> None:
    rows = [["Email"], ["a@x.example"]]
    assert nights(checked(read_upload(workbook(*rows, title="Nights"), "a.xlsx"))) == [True]
    found = checked(read_upload(workbook(*rows, title="Night team"), "a.xlsx"))
    assert asked(found) == [(2, "nights", "Night team")]
    for title in ("1", "x"):
        content = workbook(*rows, title=title, further={"2": [["Email"], ["b@x.example"]]})
        assert nights(checked(read_upload(content, "a.xlsx"))) == [False, False]


def test_nights_among_notes_or_behind_a_name_are_read_or_asked() -> None:
    found = pasted(
        "Name,Email,Notes\nAnn,a@x.example,Nights\nBob (night duty),b@x.example,\n"
        "Cat,c@x.example (nights),\nDan,d@x.example,not at night?\nNight sister,e@x.example,\n"
        "Fay,night.ward@x.example,\n"
    )
    assert [(one.address.name, one.address.works_nights) for one in found.people] == [
        ("Ann", True), ("Bob", True), ("Cat", True), ("Fay", False)
    ]  # fmt: skip
    assert asked(found) == [
        (5, "nights", "Notes: not at night?"), (6, "nights", "Night sister")
    ]  # fmt: skip
    # Where a column says it, that column counts.
    found = pasted("Name,Email,Nights\nNight sister,e@x.example,\n")
    assert nights(found) == [False]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("[Ann Lee](mailto:ann@x.example)", [("ann@x.example", "Ann Lee")]),
        ("Ann Lee \u2039ann@x.example\u203a", [("ann@x.example", "Ann Lee")]),
        ("Ann Lee «ann@x.example»", [("ann@x.example", "Ann Lee")]),
        ('email\n=HYPERLINK("mailto:ann@x.example","Ann")', [("ann@x.example", "Ann")]),
    ],
)
def test_signs_around_an_address_are_no_part_of_it(text: str, people: list[object]) -> None:
    assert [(one.address.email, one.address.name) for one in pasted(text).people] == people


@pytest.mark.parametrize("text", ["email,name\n a n n@x.example,Ann\n", "a n n@x.example"])
def test_an_address_torn_into_letters_is_nobodys(text: str) -> None:
    (torn,) = pasted(text).problems
    assert torn.suggestion == "ann@x.example"


def test_a_second_unit_of_one_person_is_named() -> None:
    found = pasted("email,unit\na@x.example,Ward 7\na@x.example,Ward 8\n", "Ward 7", "Ward 8")
    assert [one.unit for one in found.people] == ["Ward 7"]
    assert unused(found) == ["row 3, Unit: “Ward 8”"]


def test_a_web_page_under_the_name_of_a_spreadsheet_is_told() -> None:
    page = "<html><table><tr><td>ann@x.example</td></tr></table>"
    for read in (read_paste, lambda text: read_upload(text.encode(), "staff.xls")):
        with pytest.raises(Unreadable, match="This is a web page"):
            read(page)


THERE = [Address("ward7@x.example", "Ann Lee", ONE)]


@pytest.mark.parametrize(
    ("row", "asks"),
    [
        ("ward7@x.example,,Bob", True), (",07700900701,Bob", True),
        ("ward7@x.example,07700900702,", True), ("ward7@x.example,,Lee Ann", False),
        ("ward7@x.example,,", False), ("new@x.example,,Ann Lee", False),
    ],
)  # fmt: skip
def test_a_row_with_an_address_that_is_there_but_another_name_is_asked(
    row: str, asks: bool
) -> None:
    records = read_paste(f"email,mobile,name\n{row}\n").records
    found = check_staff(records, units=["Ward 7"], there=THERE)
    assert [one.column for one in found.problems] == (["same"] if asks else [])
    assert len(found.people) == (0 if asks else 1)


def test_different_people_beside_somebody_there_use_what_is_their_own() -> None:
    records = read_paste(
        "email,mobile,name\nward7@x.example,07700900702,Bob\nward7@x.example,,Cat\n"
    ).records
    answers = {(0, "same"): "no", (1, "same"): "no"}
    found = check_staff(corrected(records, answers), units=["Ward 7"], there=THERE)
    assert [one.address for one in found.people] == [Address("", "Bob", TWO)]
    assert [(one.place, one.column) for one in found.problems] == [(1, "email")]
    answers[1, "same"] = "yes"
    found = check_staff(corrected(records, answers), units=["Ward 7"], there=THERE)
    assert [one.address.email for one in found.people] == ["", "ward7@x.example"]
