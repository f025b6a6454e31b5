"""The pages of a staff list: brought, checked, mended, added; nothing before the last step.

Over 300 lines: one list, from its file to the survey.
"""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from fieldwork.actions.launch import UnitToAsk
from organisations.models import Role
from surveys.actions.opt_out import opt_out
from surveys.carriers import import_progress
from surveys.exchange.addresses import Address
from surveys.exchange.staff_list import check_staff
from surveys.exchange.staff_table import read_paste
from surveys.models import Contact, Invitation, StaffImport, Survey, SurveyUnit
from surveys.presenters.staff_check import SHOWN
from tests.fieldwork.launching import Trust, a_trust
from tests.instruments.exchange_files import add_all

pytestmark = pytest.mark.django_db
EMAIL = "there@merrowfield.example"
LIST = (
    "email,mobile,name,language,works nights,band\n"
    "ann@merrowfield.example,,Ann,,,5\n"
    ",07700 900123,,Welsh,yes,6\n"
    "night ward@merrowfield.example,,,,,\n"
    "ANN@merrowfield.example,,,,,\n"
)


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def survey(trust: Trust) -> Survey:
    return trust.open()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def place(trust: Trust, survey: Survey, rest: str = "") -> str:
    return trust.url(f"surveys/{survey.pk}/staff{rest}")


def words(html: bytes) -> str:
    return " ".join(html.decode().split())


def upload(manager: Client, trust: Trust, survey: Survey, text: str, status: int) -> str:
    answer = manager.post(place(trust, survey), {"people": text})
    assert answer.status_code == status
    assert not Contact.objects.exclude(email="there@merrowfield.example").exists()
    return words(answer.content)


def kept_in(page: str) -> str:
    return page.split('name="kept" value="', 1)[1].split('"', 1)[0]


def test_a_list_with_a_bad_row_is_checked_mended_and_added(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    page = upload(manager, trust, survey, LIST, 422)
    assert "<dd>2</dd><dt>people ready to invite" in page
    assert "<dd>1</dd><dt>row to correct" in page
    assert "row 5 is the same person as row 2" in page
    assert "There is a space in the address." in page
    assert 'name="mend-2-email" value="nightward@merrowfield.example"' in page
    assert "Not used: column “band”" in page
    assert "1 works nights and gets messages between 6pm and 8pm." in page
    assert "The unit has 12 staff, so at least 10 are not on this list" in page
    mend = {"kept": kept_in(page), "mend-2-email": "nights@merrowfield.example"}
    again = manager.post(place(trust, survey, "/check"), {**mend, "do": "check"})
    assert again.status_code == 200
    assert "Invite 3 people" in words(again.content)
    assert not Contact.objects.exists()
    corrected = {"kept": kept_in(words(again.content)), "do": "add"}
    added = [manager.post(place(trust, survey, "/check"), corrected) for _ in range(2)]
    assert [one.status_code for one in added] == [302, 302]
    assert added[0]["Location"] == added[1]["Location"], "the button pressed twice"
    waiting = words(manager.get(added[0]["Location"]).content)
    assert "Added: 0 of 3" in waiting
    assert not Contact.objects.exists()
    add_all()
    page = words(manager.get(added[0]["Location"]).content)
    assert "3 people added" in page
    assert "They get their message now." in page
    assert Contact.objects.count() == 3


def test_adding_with_a_bad_row_adds_nobody_unless_it_is_left_out(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    kept = kept_in(upload(manager, trust, survey, LIST, 422))
    answer = manager.post(place(trust, survey, "/check"), {"kept": kept, "do": "add"})
    assert answer.status_code == 422
    assert not Contact.objects.exists()
    manager.post(place(trust, survey, "/check"), {"kept": kept, "do": "leave out"})
    add_all()
    assert Contact.objects.count() == 2
    assert Invitation.objects.count() == 2


def test_a_file_reads_the_same_and_its_name_stays(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    file = SimpleUploadedFile("ward7-staff.csv", LIST.encode())
    answer = manager.post(place(trust, survey), {"file": file})
    assert "Ward 7. ward7-staff.csv" in words(answer.content)
    for content, sentence in ((b"\xff\xfe", "UTF-16"), (b"PK\x03\x04", "damaged")):
        file = SimpleUploadedFile("staff.xlsx", content)
        answer = manager.post(place(trust, survey), {"file": file})
        assert answer.status_code == 422
        assert sentence in words(answer.content)
    answer = manager.post(place(trust, survey), {})
    assert (answer.status_code, "Paste a list or choose a file" in words(answer.content)) == (
        422,
        True,
    )


def test_people_there_already_and_who_want_no_messages_are_told_apart(
    trust: Trust, manager: Client
) -> None:
    there = Address("there@merrowfield.example")
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=[there]))
    opt_out(invitation=Invitation.objects.get())
    later = trust.open(UnitToAsk(trust.ward_7, 12))
    page = upload(manager, trust, later, "email\nthere@merrowfield.example", 200)
    assert "1 person has asked for no messages and will not get any (row 2)" in page
    assert "Everyone on this list has already been added" in page
    page = upload(manager, trust, survey, "email\nthere@merrowfield.example", 200)
    assert "1 person is already on the list and will not change." in page


def test_the_dry_run_says_who_cannot_be_reached(
    trust: Trust, survey: Survey, manager: Client, settings: Settings
) -> None:
    text = "email,mobile\na@merrowfield.example,\n,07700 900123\n"
    page = upload(manager, trust, survey, text, 200)
    assert "1 person has only a mobile number. Text messages are turned off on this site" in page
    assert "1 by email, 1 with only a mobile number." in page
    assert "Invite 2 people" in page
    settings.NOTIFY_SMS_TEMPLATE = "template"
    page = upload(manager, trust, survey, text, 200)
    assert "turned off" not in page
    assert "1 by email, 1 by text message." in page


def test_many_bad_rows_show_fifty_and_come_as_a_file(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    text = "email,name\n" + "".join(f"bad{n},=1+{n}\n" for n in range(SHOWN + 7))
    page = upload(manager, trust, survey, text, 422)
    assert page.count('name="mend-') == SHOWN
    assert "Showing the first 50 rows of 57." in page
    answer = manager.post(place(trust, survey, "/check"), {"kept": kept_in(page), "do": "file"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "row"
    assert len(rows) == SHOWN + 8
    assert rows[1][:2] == ["2", "bad0"]
    assert rows[1][3] == "'=1+0", "no formula for a spreadsheet to run"
    assert "it has no @" in rows[1][-1]


def test_who_was_taken_off_stays_off_and_the_page_says_so(trust: Trust, manager: Client) -> None:
    staff = [Address("there@merrowfield.example"), Address("left@merrowfield.example")]
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=staff))
    left = Contact.objects.get(email="left@merrowfield.example")
    manager.post(place(trust, survey, f"/{left.pk}/remove"))
    text = "email\nthere@merrowfield.example\nleft@merrowfield.example"
    page = upload(manager, trust, survey, text, 200)
    assert "1 person was removed from this list and will not be added again (row 3)." in page
    assert "Everyone on this list has already been added" in page
    text += "\nnew@merrowfield.example"
    kept = kept_in(upload(manager, trust, survey, text, 200))
    answer = manager.post(place(trust, survey, "/check"), {"kept": kept, "do": "add"})
    add_all()
    page = words(manager.get(answer["Location"]).content)
    assert "1 person added" in page
    assert "1 person was there already and did not change." in page
    assert "1 person was removed before and not added again." in page
    manager.post(place(trust, survey, "/add"), {"email": "left@merrowfield.example"})
    assert Contact.objects.count() == 3


@pytest.mark.parametrize("kept", ["", "nonsense", "W10:1:x"])
def test_what_is_not_ours_is_not_read(
    trust: Trust, survey: Survey, manager: Client, kept: str
) -> None:
    answer = manager.post(place(trust, survey, "/check"), {"kept": kept, "do": "add"})
    assert answer.status_code == 302
    assert not Contact.objects.exists()


@pytest.mark.parametrize(("days", "status"), [(21, 200), (22, 422)])
def test_a_list_is_refused_at_once_where_the_result_comes_too_late(
    trust: Trust, survey: Survey, manager: Client, days: int, status: int
) -> None:
    survey.result_at = survey.closes_at + timedelta(days=days)
    survey.save()
    page = upload(manager, trust, survey, "new@merrowfield.example", status)
    assert ("no more than 21 days after the survey closes" in page) is (status == 422)


def test_a_result_put_off_after_the_check_refuses_the_list(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    page = upload(manager, trust, survey, "new@merrowfield.example", 200)
    survey.result_at = survey.closes_at + timedelta(days=22)
    survey.save()
    added = {"kept": kept_in(page), "do": "add"}
    answer = manager.post(place(trust, survey, "/check"), added, follow=True)
    assert "no more than 21 days after the survey closes" in words(answer.content)
    assert not StaffImport.objects.exists()


def test_a_survey_that_is_over_says_so(trust: Trust, survey: Survey, manager: Client) -> None:
    kept = kept_in(upload(manager, trust, survey, "email\nann@merrowfield.example", 200))
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    assert "You cannot invite more staff" in words(manager.get(place(trust, survey)).content)
    manager.post(place(trust, survey, "/check"), {"kept": kept, "do": "add"})
    add_all()
    assert not Contact.objects.exists()


def test_a_manager_of_one_ward_adds_to_that_ward_only(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22))
    text = "email,unit\nann@merrowfield.example,Ward 9"
    page = upload(manager, trust, survey, text, 422)
    assert "This unit is not in the survey." in page
    assert "Ward 9" not in page.replace("Ward 9</td>", "").replace('value="Ward 9"', "")
    manager.force_login(trust.member(Role.LEAD))
    upload(manager, trust, survey, text, 200)


def test_queries_do_not_grow_with_the_list(
    trust: Trust, survey: Survey, manager: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (5, 300):
        text = "".join(f"person{n}@merrowfield.example\n" for n in range(number))
        with django_assert_num_queries(12):
            answer = manager.post(place(trust, survey), {"people": text})
        assert answer.status_code == 200


def test_people_without_e_mail_are_recipients_and_are_asked_again(
    trust: Trust, manager: Client
) -> None:
    nights = Address(mobile="+447700900123", name="Nights", language="cy", works_nights=True)
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=[nights, Address("a@m.example")]))
    page = words(manager.get(trust.url(f"surveys/{survey.pk}/recipients")).content)
    assert "07700 900123" in page
    again = manager.get(trust.url(f"surveys/launch?repeat={survey.pk}")).content.decode()
    rows = again.split('name="staff_emails"', 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    found = check_staff(read_paste(rows.strip()).records, units=["Ward 7"])
    assert found.problems == []
    assert {one.address for one in found.people} == {nights, Address("a@m.example")}


def test_a_list_on_its_way_has_a_bar_for_who_reaches_all_its_units(
    trust: Trust, manager: Client
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22))
    lead = Client()
    lead.force_login(trust.member(Role.LEAD))
    pages = {}
    for client, text in (
        (lead, "email,unit\na@m.example,Ward 7\nb@m.example,Ward 9"),
        (manager, "email\nc@m.example"),
    ):
        kept = kept_in(upload(client, trust, survey, text, 200))
        answer = client.post(place(trust, survey, "/check"), {"kept": kept, "do": "add"})
        pages[client] = answer["Location"]
    assert words(lead.get(trust.url(f"surveys/{survey.pk}/")).content).count("Staff added:") == 2
    of_ward = words(manager.get(trust.url(f"surveys/{survey.pk}/")).content)
    assert of_ward.count("Staff added: 0 of 1") == 1
    assert "Staff added: 0 of 2" not in of_ward
    assert manager.get(pages[lead]).status_code == 403
    assert lead.get(pages[manager]).status_code == 200
    fragment = manager.get(pages[manager], headers={"HX-Request": "true"})
    assert "HX-Refresh" not in fragment
    assert "<html" not in fragment.content.decode()
    import_progress.set_progress(StaffImport.objects.latest("pk").pk, 1)
    assert "Added: 1 of 1" in words(manager.get(pages[manager]).content)
    add_all()
    done = manager.get(pages[manager], headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    assert "Staff added" not in words(manager.get(trust.url(f"surveys/{survey.pk}/")).content)


def test_a_list_that_failed_says_why_and_offers_another_try(
    trust: Trust, survey: Survey, manager: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept = kept_in(upload(manager, trust, survey, "email\na@m.example", 200))
    page = manager.post(place(trust, survey, "/check"), {"kept": kept, "do": "add"})["Location"]
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    add_all()
    said = words(manager.get(page).content)
    assert "Nobody was added" in said
    assert "You cannot invite more staff" in said
    with django_assert_num_queries(9):
        manager.get(page)


QUESTIONS = (
    "Ward 7 staff\n"
    "email,mobile,name,works nights,band\n"
    "ward7@merrowfield.example,07700 900701,Ann,,5\n"
    "ward7@merrowfield.example,07700 900702,Bob,,5\n"
    ",07700 900703,Cat,sometimes,6\n"
)


def test_questions_are_asked_before_anybody_is_added(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    page = upload(manager, trust, survey, QUESTIONS, 422)
    assert "<dd>1</dd><dt>person ready to invite" in page
    assert "Not used: row 1: “Ward 7 staff”; column “band”." in page
    assert "Row 3 has the same email address but another name." in page
    for name in ("answer-1-same", "answer-2-nights"):
        assert f'name="{name}" autocomplete="off"> <option value="">' in page
    unanswered = {"kept": kept_in(page), "answer-1-same": "", "answer-2-nights": "", "do": "add"}
    again = manager.post(place(trust, survey, "/check"), unanswered)
    assert again.status_code == 422
    assert "Not used: row 1: “Ward 7 staff”; column “band”." in words(again.content)
    answered = unanswered | {"answer-1-same": "no", "answer-2-nights": "yes"}
    manager.post(place(trust, survey, "/check"), answered)
    add_all()
    assert sorted(Contact.objects.values_list("email", "mobile", "works_nights")) == [
        ("", "+447700900701", False),
        ("", "+447700900702", False),
        ("", "+447700900703", True),
    ]


def test_a_row_with_the_address_of_somebody_there_is_a_question(
    trust: Trust, manager: Client
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=[Address(EMAIL, "Ann Lee")]))
    page = upload(manager, trust, survey, f"email,mobile,name\n{EMAIL},07700900702,Bob\n", 422)
    assert "Somebody on the list has the same email address but another name." in page
    assert "<dd>0</dd><dt>people ready to invite" in page
    manager.post(
        place(trust, survey, "/check"), {"kept": kept_in(page), "answer-0-same": "no", "do": "add"}
    )
    add_all()
    assert sorted(Contact.objects.values_list("email", "mobile", "name")) == [
        ("", "+447700900702", "Bob"),
        (EMAIL, "", "Ann Lee"),
    ]


def test_who_is_ready_is_named_once(trust: Trust, survey: Survey, manager: Client) -> None:
    page = upload(manager, trust, survey, "Bob Ng <bob@merrowfield.example>", 200)
    assert "<li>Bob Ng, bob@merrowfield.example</li>" in page
