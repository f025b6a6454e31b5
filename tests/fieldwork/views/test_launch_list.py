"""A staff list as a file on the launch page: read, mended there, launched with; nothing before."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from surveys.models import Contact, Survey
from tests.fieldwork.launching import Trust, a_trust
from tests.instruments.exchange_files import add_all

pytestmark = pytest.mark.django_db
LIST = (
    "email,mobile,name,works nights\n"
    "ann@merrowfield.example,07700 900123,Ann,\n"
    "night ward@merrowfield.example,,,yes\n"
    ",07700 9001,,\n"
    "ANN@merrowfield.example,,,\n"
)
GOOD = "email,mobile\nann@merrowfield.example,07700 900123\nbo@merrowfield.example,\n"


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def typed(trust: Trust, **more: object) -> dict[str, object]:
    closes = trust.closing()
    return {
        "title": "Fewer falls at night",
        "problem": "Too many patients fall at night.",
        "change": "We offer help to the toilet at 2am.",
        "staff": "12",
        "closes_day": str(closes.day),
        "closes_month": str(closes.month),
        "closes_year": str(closes.year),
        "reminders": ["4", "8"],
        **more,
    }


def file(text: str = LIST, name: str = "ward7-staff.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def words(html: bytes) -> str:
    return " ".join(html.decode().split())


def refused(client: Client, trust: Trust, **more: object) -> str:
    answer = client.post(trust.url("surveys/launch"), typed(trust, **more))
    assert answer.status_code == 422
    assert not Survey.objects.exists()
    return words(answer.content)


def launched(client: Client, trust: Trust, rest: str = "", **more: object) -> list[str]:
    answer = client.post(trust.url(f"surveys/launch{rest}"), typed(trust, **more))
    assert answer.status_code == 302, words(answer.content)
    add_all()
    return sorted(one.email or one.mobile for one in Contact.objects.all())


def field(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def test_a_clean_file_is_launched_with(trust: Trust, manager: Client) -> None:
    people = launched(manager, trust, staff_file=file(GOOD))
    assert people == ["ann@merrowfield.example", "bo@merrowfield.example"]


def test_a_spreadsheet_reads_the_same(trust: Trust, manager: Client) -> None:
    book = openpyxl.Workbook()
    for row in (("Email", "Mobile"), ("ann@merrowfield.example", None), (None, 7700900123)):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    people = launched(
        manager, trust, staff_file=SimpleUploadedFile("staff.xlsx", content.getvalue())
    )
    assert people == ["+447700900123", "ann@merrowfield.example"]


def test_bad_rows_are_mended_on_the_page_and_nothing_is_lost(trust: Trust, manager: Client) -> None:
    page = refused(manager, trust, staff_file=file(), title="")
    assert "ward7-staff.csv: 1 person ready to invite, 2 rows to correct." in page
    assert "Correct 2 rows of the list, or skip them" in page
    assert "A UK mobile number has 11 digits; this has 9." in page
    assert 'name="mend-1-email" value="nightward@merrowfield.example"' in page
    stays = {name: field(page, name) for name in ("kept", "kept_source")}
    mends = {"mend-1-email": field(page, "mend-1-email"), "mend-2-mobile": "07700 9001"}
    page = refused(manager, trust, **stays, **mends)
    assert "ward7-staff.csv: 2 people ready to invite, 1 row to correct." in page
    stays = {name: field(page, name) for name in ("kept", "kept_source")}
    people = launched(manager, trust, **stays, **{"mend-2-mobile": "07700 900124"})
    assert people == [
        "+447700900124",
        "ann@merrowfield.example",
        "nightward@merrowfield.example",
    ]
    assert Contact.objects.get(email="nightward@merrowfield.example").works_nights


def test_bad_rows_may_be_left_out_and_the_list_dropped(trust: Trust, manager: Client) -> None:
    page = refused(manager, trust, staff_file=file())
    kept = field(page, "kept")
    assert launched(manager, trust, kept=kept, leave_out="on") == ["ann@merrowfield.example"]
    Contact.objects.all().delete()
    assert launched(manager, trust, kept=kept, drop_list="on") == []


def test_another_file_takes_its_place(trust: Trust, manager: Client) -> None:
    page = refused(manager, trust, staff_file=file())
    people = launched(manager, trust, kept=field(page, "kept"), staff_file=file(GOOD))
    assert people == ["ann@merrowfield.example", "bo@merrowfield.example"]


def test_who_is_pasted_too_is_one_person(trust: Trust, manager: Client) -> None:
    people = launched(
        manager, trust, staff_file=file(GOOD), staff_emails="07700 900123\ncy@merrowfield.example"
    )
    assert people == [
        "ann@merrowfield.example",
        "bo@merrowfield.example",
        "cy@merrowfield.example",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The selected file is empty"),
        (b"\xff\xfe", "UTF-16"),
        (b"PK\x03\x04", "damaged"),
        (b"email\n", "There are no people on this list"),
        (b"email\n" + b"a@m.example\n" * 2001, "The list has more than 2000 rows."),
        (b"x" * 1_000_001, "must be smaller than 1MB."),
        (b"a\x00b", "must be a spreadsheet"),
    ],
)
def test_what_is_no_list_is_refused(
    trust: Trust, manager: Client, content: bytes, sentence: str
) -> None:
    page = refused(manager, trust, staff_file=SimpleUploadedFile("list.csv", content))
    assert sentence in page


@pytest.mark.parametrize("kept", ["nonsense", "W10:1:x"])
def test_what_is_not_ours_is_not_read(trust: Trust, manager: Client, kept: str) -> None:
    assert "Choose the file again" in refused(manager, trust, kept=kept)


def test_a_small_team_takes_no_list(trust: Trust, manager: Client) -> None:
    page = refused(manager, trust, staff="6", staff_file=file(GOOD))
    assert "Teams of fewer than 8 answer together." in page


def test_of_several_units_each_row_names_its_own(trust: Trust, client: Client) -> None:
    client.force_login(trust.lead)
    several = {
        "units": [str(trust.ward_7.pk), str(trust.ward_9.pk)],
        f"staff_{trust.ward_7.pk}": "12",
        f"staff_{trust.ward_9.pk}": "22",
        "staff_file": file(
            "email,unit\nann@m.example,Ward 7\nbo@m.example,ward 9\ncy@m.example,W\n"
        ),
    }
    answer = client.post(trust.url("surveys/launch?several=1"), typed(trust, **several))
    page = words(answer.content)
    assert (answer.status_code, "This unit is not in the survey." in page) == (422, True)
    del several["staff_file"]
    mend = {"kept": field(page, "kept"), "mend-2-unit": "Ward 9"}
    launched(client, trust, "?several=1", **several, **mend)
    rows = Contact.objects.order_by("email").values_list("email", "survey_unit__unit_name")
    assert list(rows) == [
        ("ann@m.example", "Ward 7"),
        ("bo@m.example", "Ward 9"),
        ("cy@m.example", "Ward 9"),
    ]


def test_what_the_lists_hold_besides_is_named_after_the_launch(
    trust: Trust, manager: Client
) -> None:
    listed = file("Band,email\n5,ann@merrowfield.example\n")
    pasted = "Ward 7\nBo <bo@merrowfield.example> 01632 960001"
    said = typed(trust, staff_file=listed, staff_emails=pasted)
    answer = manager.post(trust.url("surveys/launch"), said, follow=True)
    assert answer.redirect_chain
    assert (
        "Not used from the staff list: column “Band”; row 1: “Ward 7”; row 2: “01632 960001”"
        in words(answer.content)
    )
