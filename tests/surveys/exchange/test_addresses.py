"""What people paste: lists from mail programs and spreadsheets, with mistakes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.exchange.addresses import MOST, Address, read_pasted


@pytest.mark.parametrize(
    ("pasted", "emails"),
    [
        ("", []),
        ("ann@example.org\nbob@example.org", ["ann@example.org", "bob@example.org"]),
        ("ann@example.org; bob@example.org,", ["ann@example.org", "bob@example.org"]),
        ("  ANN@Example.org \r\n\r\nann@example.org", ["ann@example.org"]),
        ("ann@example.org bob@example.org", ["ann@example.org", "bob@example.org"]),
        ("Ann Lee <ann@example.org>", ["ann@example.org"]),
        (
            "Ann Lee <ann@example.org>, Bob <bob@example.org>",
            ["ann@example.org", "bob@example.org"],
        ),
    ],
)
def test_addresses_are_found_once_each(pasted: str, emails: list[str]) -> None:
    found = read_pasted(pasted)
    assert [one.email for one in found.addresses] == emails
    assert found.problems == []


def test_a_name_before_the_address_is_kept() -> None:
    assert read_pasted("Ann Lee <ann@example.org>").addresses[0].name == "Ann Lee"


@pytest.mark.parametrize("head", ["Name\tEmail", "email,name", "Leader; Work email"])
def test_the_headings_of_a_spreadsheet_are_no_leader(head: str) -> None:
    found = read_pasted(f"{head}\nAnn Lee\tann@x.example")
    assert (found.addresses, found.problems) == ([Address("ann@x.example", "Ann Lee")], [])


def test_each_wrong_line_is_named_by_its_number() -> None:
    found = read_pasted("ann@example.org\n\nbob at example.org\ncat@")
    assert [problem.split(" is not")[0] for problem in found.problems] == [
        "Line 3: “bob at example.org”",
        "Line 4: “cat@”",
    ]
    assert [one.email for one in found.addresses] == ["ann@example.org"]


def test_a_paste_of_a_whole_hospital_is_refused() -> None:
    found = read_pasted("\n".join(f"person{number}@example.org" for number in range(MOST + 1)))
    assert found.problems == [
        f"You can paste up to {MOST} email addresses. You have pasted {MOST + 1}"
    ]


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    found = read_pasted(text)
    assert all("\n" not in one.email for one in found.addresses)
