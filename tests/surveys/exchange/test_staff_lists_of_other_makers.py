"""Lists as phones, directories and notice boards give them out, before real use brings them."""

import io
import zipfile

import pytest

from organisations.exchange.tables import Unreadable
from surveys.exchange.staff_headings import staff_columns
from surveys.exchange.staff_list import StaffList, check_staff
from surveys.exchange.staff_table import read_upload
from surveys.exchange.staff_words import shift_behind
from tests.surveys.exchange.test_staff_list import workbook
from tests.surveys.exchange.test_staff_lists_of_real_use import asked, checked, pasted, unused

ONE, TWO = "+447700900701", "+447700900702"


def people(found: StaffList) -> list[tuple[str, str, str]]:
    return [(one.address.name, one.address.email, one.address.mobile) for one in found.people]


BOTH = [("Ann Lee", "ann@x.example", ONE), ("Bob Ng", "bob@x.example", TWO)]


def of_digits(nought: int) -> str:
    """The number in the digits of another script."""
    return "".join(chr(nought + int(digit)) for digit in "07700900701")


def zipped(*names: str) -> bytes:
    """A zip file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("hidden", "emails", "not_used"),
    [
        ("", ["ann@x.example", "old@x.example"], []),
        ("Leavers", ["ann@x.example"], ["hidden worksheet “Leavers”"]),
    ],
)
def test_nobody_is_invited_from_a_sheet_that_nobody_sees(
    hidden: str, emails: list[str], not_used: list[str]
) -> None:
    leavers = {"Leavers": [["Email"], ["old@x.example"]]}
    book = workbook(["Email"], ["ann@x.example"], further=leavers, hidden=hidden)
    table = read_upload(book, "staff.xlsx")
    found = check_staff(table.records, units=["Ward 7"])
    assert [one.address.email for one in found.people] == emails
    assert [one.words for one in table.unused] == not_used


class TestSeveralLines:
    @pytest.mark.parametrize(
        "text",
        [
            "Ann Lee\nann@x.example\n07700 900701\n\nBob Ng\n07700 900702\nbob@x.example",
            "Ann Lee\nann@x.example\n07700 900701\nBob Ng\nbob@x.example\n07700 900702",
            "Name: Ann Lee\nEmail: ann@x.example\nMobile: 07700 900701\n"
            "Name: Bob Ng\nEmail: bob@x.example\nMobile: 07700 900702",
        ],
    )
    def test_a_person_on_several_lines_is_one(self, text: str) -> None:
        assert people(pasted(text)) == BOTH

    def test_what_stands_below_an_address_is_of_the_same_person(self) -> None:
        found = pasted("Ann\na@x.example\nNights\n\nBob\n07700 900702\nWelsh")
        assert [(one.address.works_nights, one.address.language) for one in found.people] == [
            (True, ""), (False, "cy")
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("a@x.example\n07700900701\nb@x.example", 3),
            ("07700900701\na@x.example", 2),
            ("07700900701\na@x.example\n07700900702\nb@x.example", 4),
            ("07700900701\na@x.example\n\nb@x.example", 3),
            ("Ward sister\na@x.example\nb@x.example", 2),
            ("Ward 7\nDay staff\na@x.example\nNight staff\nb@x.example", 2),
            ("Ann a@x.example\n07700900701", 2),
        ],
    )
    def test_one_line_each_stays_one_line_each(self, text: str, number: int) -> None:
        assert len(pasted(text).people) == number

    def test_a_name_without_an_address_is_still_to_be_corrected(self) -> None:
        found = pasted("Ann\na@x.example\nCat\nBob\nb@x.example")
        assert [one.address.name for one in found.people] == ["Ann", "Bob"]
        assert asked(found) == [(3, "email", "Cat")]


class TestHeadings:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (["Staff", None, "Contact", None], ["First name", "Last name", "Email", "Mobile"]),
            (["Work", None, None, "Mobile"], ["Email", "Forename", "Surname", "Number"]),
        ],
    )
    def test_a_second_row_of_headings_says_the_rest(
        self, first: list[object], second: list[str]
    ) -> None:
        cells = {"E": "ann@x.example", "F": "Ann", "S": "Lee", "L": "Lee", "M": ONE, "N": ONE}
        row = [cells["F"] if head == "First name" else cells[head[0]] for head in second]
        found = checked(read_upload(workbook(first, second, row), "a.xlsx"))
        assert people(found) == BOTH[:1]
        assert unused(found) == [f"row 1: “{' '.join(str(cell) for cell in first if cell)}”"]

    def test_lists_side_by_side_are_one_list(self) -> None:
        found = pasted(
            "Name,Email,,Name,Email\nAnn,a@x.example,,Bob,b@x.example\nCat,c@x.example,,,\n"
        )
        assert sorted(one.address.name for one in found.people) == ["Ann", "Bob", "Cat"]
        assert found.problems == [] and unused(found) == []

    def test_headings_that_are_printed_again_in_capitals_are_nobody(self) -> None:
        assert len(pasted("Email,Name\na@x.example,Ann\nEMAIL,NAME\nb@x.example,Bob\n").people) == 2

    @pytest.mark.parametrize(
        ("head", "text"),
        [
            ("Days/Nights", "N"), ("Day or night", "D"), ("D/N", "N"), ("E/L/N", "N"),
            ("Exempt from nights", "yes"), ("No nights", "yes"), ("Can't do nights", "x"),
        ],
    )  # fmt: skip
    def test_a_heading_of_both_or_of_no_nights_is_asked_about(self, head: str, text: str) -> None:
        found = pasted(f"Email\t{head}\na@x.example\t{text}\n")
        assert asked(found) == [(2, "nights", f"{head}: {text}")]

    @pytest.mark.parametrize(
        "head", ["E-mail 1 - Type", "Mobile consent", "Email verified", "Phone 1 - Label"]
    )
    def test_what_is_said_of_an_address_is_none(self, head: str) -> None:
        assert set(staff_columns([head, "Work email"])) == {"email"}

    def test_an_org_unit_is_a_unit(self) -> None:
        assert set(staff_columns(["Org Unit", "Email"])) == {"email", "unit"}

    def test_addresses_beyond_the_columns_that_are_read_are_told(self) -> None:
        rows = [[f"x{n}" for n in range(45)] for _ in range(2)]
        with pytest.raises(Unreadable, match="first 40 columns"):
            read_upload(workbook(*rows, further={"b": [["y"]]}), "a.xlsx")


class TestUnits:
    def test_a_sheet_a_title_or_a_row_of_its_own_says_the_unit(self) -> None:
        ann, bob = ["a@x.example", "Ann"], ["b@x.example", "Bob"]
        heads = ["Email", "Name"]
        sheets = workbook(heads, ann, title="Ward 7", further={"Ward 8": [heads, bob]})
        for found in (
            checked(read_upload(sheets, "a.xlsx"), "Ward 7", "Ward 8"),
            pasted("Name,Email\nWard 7,\nAnn,a@x.example\nward 8,\nBob,b@x.example\n",
                   "Ward 7", "Ward 8"),
            pasted("Ward 7\nAnn,a@x.example\nWard 8\nBob,b@x.example\n", "Ward 7", "Ward 8"),
        ):  # fmt: skip
            assert [one.unit for one in found.people] == ["Ward 7", "Ward 8"]
            assert found.problems == []

    def test_an_empty_cell_below_a_unit_is_asked_with_that_unit_filled_in(self) -> None:
        found = pasted("Unit,Email\nWard 7,a@x.example\n,b@x.example\n", "Ward 7", "Ward 8")
        assert [(one.line, one.suggestion) for one in found.problems] == [(3, "Ward 7")]


class TestNumbers:
    @pytest.mark.parametrize(
        "text",
        ["7700900701.0", "07700900701.00", "7.700900701E9", "4.47700900701e+11", "O7700900701"],
    )
    def test_what_spreadsheets_make_of_a_number_is_read(self, text: str) -> None:
        found = pasted(f"Name,Mobile\nAnn,{text}\n")
        assert people(found) == [("Ann", "", ONE)] and unused(found) == []

    def test_a_number_that_was_cut_short_is_told(self) -> None:
        (one,) = pasted("Name,Mobile\nAnn,7.70E+09\n").problems
        assert one.wrong == "The spreadsheet has cut this number short."

    @pytest.mark.parametrize("text", [of_digits(0xFF10), of_digits(0x660), "o77OO 9OO7Ol"])
    def test_other_digits_are_no_number_but_a_suggestion(self, text: str) -> None:
        (one,) = pasted(f"Name,Mobile\nAnn,{text}\n").problems
        assert (one.column, one.suggestion) == ("mobile", "07700 900701")

    @pytest.mark.parametrize("text", ["TBC", "?", "unknown", "#N/A", "null"])
    def test_words_for_nothing_are_named_and_no_fault(self, text: str) -> None:
        found = pasted(f"Name,Mobile,Email\nAnn,{text},ann@x.example\n")
        assert people(found) == [("Ann", "ann@x.example", "")]
        assert unused(found) == [f"row 2, Mobile: “{text}”"]


class TestWordsBeside:
    @pytest.mark.parametrize(
        "text", ["on maternity leave", "no longer works here", "left in May", "not on the ward"]
    )
    def test_a_remark_is_named_and_nobodys_name(self, text: str) -> None:
        found = pasted(f"ann@x.example ({text})")
        assert people(found) == [("", "ann@x.example", "")]
        assert unused(found) == [f"row 1: “{text}”"]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Ann (perm nights)", ("Ann", "perm nights")), ("Ann – days", ("Ann", "days")),
            ("Ann (rotates)", ("Ann", "rotates")), ("Ann on nights", ("Ann", "on nights")),
            ("Ann (Band 5)", ("Ann (Band 5)", "")), ("Ann Day", ("Ann Day", "")),
            ("Jo Knight", ("Jo Knight", "")), ("Ann (yes)", ("Ann (yes)", "")),
        ],
    )  # fmt: skip
    def test_a_shift_behind_a_name_is_no_part_of_it(self, text: str, said: object) -> None:
        assert shift_behind(text) == said

    def test_it_counts_with_headings_and_without(self) -> None:
        for text in ("Name,Email\nAnn (rotates),a@x.example\n", "Ann (rotates) a@x.example"):
            (one,) = pasted(text).people
            assert (one.address.name, one.address.works_nights) == ("Ann", True), text

    def test_labels_are_no_part_of_a_name(self) -> None:
        text = "Name: Ann Lee, Email: ann@x.example, Mobile: 07700900701, Nights: yes"
        (one,) = pasted(text).people
        assert (one.address.name, one.address.works_nights) == ("Ann Lee", True)


class TestSigns:
    @pytest.mark.parametrize(
        "text",
        [
            "1\tAnn Lee\tann@x.example\n2\tBob Ng\tbob@x.example",
            "1 Ann Lee ann@x.example\n2 Bob Ng bob@x.example",
            "a) Ann Lee ann@x.example\nb) Bob Ng bob@x.example",
            "i) Ann Lee ann@x.example\nii) Bob Ng bob@x.example",
            "► Ann Lee ann@x.example\n→ Bob Ng bob@x.example",
            "Ann Lee &lt;ann@x.example&gt;; Bob Ng &lt;bob@x.example&gt;",
        ],
    )
    def test_numbers_and_signs_before_people_are_nobody(self, text: str) -> None:
        found = pasted(text)
        assert people(found) == [(name, email, "") for name, email, _ in BOTH]
        assert unused(found) == [] and found.problems == []

    def test_a_typographic_hyphen_is_a_hyphen(self) -> None:
        assert people(pasted("ann\u2011lee@x.example")) == [("", "ann-lee@x.example", "")]

    def test_a_name_stands_next_to_its_address(self) -> None:
        found = pasted("Lee, Ann; Ng, Bob <bob@x.example>")
        assert people(found) == [("Ng, Bob", "bob@x.example", "")]
        assert unused(found) == ["row 1: “Lee”", "row 1: “Ann”"]

    def test_two_addresses_of_one_person_are_asked_about(self) -> None:
        found = pasted("Ann Lee ann@x.example ann@home.example; Bob bob@x.example")
        assert people(found) == [("Bob", "bob@x.example", "")]
        (one,) = found.problems
        assert [value for value, _ in one.choices] == ["ann@x.example", "ann@home.example"]
        assert len(pasted("ann@x.example bob@x.example").people) == 2

    def test_a_tick_under_days_says_nothing_of_nights(self) -> None:
        heads = "Name,Email,Shift: Nights,Shift: Days\n"
        found = pasted(f"{heads}Ann,a@x.example,✓,\nBob,b@x.example,,✓\n")
        assert [one.address.works_nights for one in found.people] == [True, False]
        assert unused(found) == ["column “Shift: Days”"]
        found = pasted("Email,Day shift\na@x.example,✓\n")
        assert asked(found) == [(2, "nights", "Day shift: ✓")]

    @pytest.mark.parametrize(
        ("text", "suggestion"),
        [("Welsh please", "Welsh"), ("Cymraeg/Welsh", "Welsh"), ("English (UK)", "English"),
         ("Welsh / English", "English"), ("Polish", "English")],
    )  # fmt: skip
    def test_the_language_that_is_named_is_suggested(self, text: str, suggestion: str) -> None:
        (one,) = pasted(f"Email;Language\na@x.example;{text}\n").problems
        assert one.suggestion == suggestion and suggestion in one.mend


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"), (b"\x89PNG\r\n\x1a\n" + bytes(30), "a picture"),
        (b"BEGIN:VCARD\nFN:Ann\nEMAIL:a@x.example\nEND:VCARD", "contact cards"),
        (b'[{"email": "a@x.example"}]', "JSON"), (b"{\\rtf1 a@x.example}", "a text document"),
        (zipped("word/document.xml"), "a Word document"),
        (zipped("mimetype", "content.xml"), "an OpenDocument file"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_named(content: bytes, what: str) -> None:
    with pytest.raises(Unreadable, match=what):
        read_upload(content, "staff")
