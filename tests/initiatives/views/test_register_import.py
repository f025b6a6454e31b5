"""Adding many improvements from a list: checked first, all or nothing, twice adds nothing."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.models import Commitment, Initiative, Responsibility, StatusChange
from organisations.models import AuditEntry, Role
from tests.factories import CommitmentFactory, UnitFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative
from tests.initiatives.asking import in_days

pytestmark = pytest.mark.django_db
HEADS = ["name", "problem", "change", "unit", "hours", "led by", "begins", "status"]


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def listed(*rows: list[str], heads: list[str] | None = None) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([heads or HEADS, *rows])
    return out.getvalue()


def row(name: str, unit: str, *rest: str) -> list[str]:
    return [name, "Patients wake up.", "Lights go out at 11pm.", unit, *rest]


def save(client: Client, trust: Trust, text: str) -> int:
    sent = client.post(trust.url("initiatives/import/check"), {"text": text})
    return sent.status_code


def test_a_list_is_checked_then_saved_once(trust: Trust, client: Client) -> None:
    later = timezone.localdate() + timedelta(days=40)
    text = listed(
        row("Quieter nights", "Ward 7", "2.5", "Night sister"),
        row("Quieter nights", "medicine > ward 9", "", "", later.isoformat()),
        row("Bedside handover", "Ward 9", "3", "", "", "active"),
    )
    client.force_login(trust.lead)
    page = client.post(trust.url("initiatives/import"), {"list_text": text})
    assert page.status_code == 200
    assert "Quieter nights: Ward 7, Ward 9" in " ".join(page.text.split())
    assert not Initiative.objects.exists()
    assert save(client, trust, text) == save(client, trust, text) == 302
    both = Initiative.objects.get(title="Quieter nights")
    seven, nine = both.commitments.order_by("unit__name")
    assert (seven.state, seven.hours_a_week, nine.state, nine.begins_on) == (
        "proposed", Decimal("2.5"), "planned", later,
    )  # fmt: skip
    assert both.state == "planned"
    assert Responsibility.objects.get().words == "Night sister"
    other = Initiative.objects.get(title="Bedside handover")
    assert (other.state, other.started_on) == ("active", timezone.localdate())
    assert Commitment.objects.count() == 3
    # No status without its reason.
    assert {one.state for one in StatusChange.objects.all()} == {"planned", "active"}
    entry = AuditEntry.objects.get(action="improvements imported")
    assert entry.detail["rows"] == 3 and len(entry.detail["added"]) == 2
    again = client.post(trust.url("initiatives/import"), {"list_text": text})
    assert "Every row of this list is on the register already." in again.text


def test_what_is_on_the_register_gains_a_unit_and_keeps_its_own(
    trust: Trust, client: Client
) -> None:
    known = CommitmentFactory.create(
        initiative=an_initiative(trust, title="Quieter nights"), unit=trust.ward_7, hours_a_week=5
    )
    text = listed(row("quieter nights", "Ward 7", "1"), row("quieter nights", "Ward 9", "1"))
    client.force_login(trust.lead)
    assert save(client, trust, text) == 302
    known.refresh_from_db()
    assert known.hours_a_week == 5
    assert Initiative.objects.count() == 1
    assert known.initiative.commitments.count() == 2


def test_the_same_name_can_be_another_improvement(trust: Trust, client: Client) -> None:
    known = an_initiative(trust, title="Quieter nights")
    CommitmentFactory.create(initiative=known, unit=trust.ward_7)
    text = listed(row("Quieter nights", "Ward 9"), row("Bedside handover", "Ward 9"))
    client.force_login(trust.lead)
    page = client.post(trust.url("initiatives/import"), {"list_text": text}).text
    assert "Which of these are another improvement with the same name?" in page
    assert f'name="another" type="checkbox" value="{known.pk}"' in page
    assert "Bedside handover: another improvement" not in page
    for _ in range(2):  # pressed twice
        sent = client.post(
            trust.url("initiatives/import/check"), {"text": text, "another": [known.pk, "x"]}
        )
        assert sent.status_code == 302
    first, second = Initiative.objects.filter(title="Quieter nights").order_by("pk")
    assert [one.unit for one in first.commitments.all()] == [trust.ward_7]
    assert [one.unit for one in second.commitments.all()] == [trust.ward_9]
    assert Initiative.objects.count() == 3


def test_another_of_a_strangers_number_changes_nothing(trust: Trust, client: Client) -> None:
    """A number that is none of these is as if nothing was ticked."""
    known = an_initiative(trust, title="Quieter nights")
    CommitmentFactory.create(initiative=known, unit=trust.ward_7)
    client.force_login(trust.lead)
    for another in ("999999", "9" * 30, "-1"):
        sent = client.post(
            trust.url("initiatives/import/check"),
            {"text": listed(row("Quieter nights", "Ward 9")), "another": another},
        )
        assert sent.status_code == 302
    assert Initiative.objects.count() == 1
    assert known.commitments.count() == 2


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (row("", "Ward 7"), "This cell is blank."),
        (row("x" * 81, "Ward 7"), "This has 81 characters."),
        (row("Quieter nights www.evil.example", "Ward 7"), "This has a link."),
        (row("Quieter nights", "Ward 70"), "You have no open unit with this name."),
        (row("Quieter nights", "Ward 7", "much"), "These are not hours."),
        (row("Quieter nights", "Ward 7", "-1"), "These are not hours."),
        (row("Quieter nights", "Ward 7", "80.5"), "These are not hours."),
        (row("Quieter nights", "Ward 7", "2.4"), "These are not hours."),
        (row("Quieter nights", "Ward 7", "", "", "31 Feb 2027"), "This is not a date."),
        (row("Quieter nights", "Ward 7", "", "", "", "perhaps"), "This is not a status."),
        (row("Quieter nights", "Ward 7", "", "", "", "planned"), "starts later."),
        (row("Quieter nights", "Ward 7", "", "", "2099-01-01", "planned"), "too far ahead."),
        (row("Quieter nights", "Ward 7", "", "", f"{in_days(365)}", "active"), "has started."),
        (row("Fine", "Ward 7"), "Row 2 has the same improvement and unit."),
    ],
)
def test_a_cell_to_correct_is_named_and_nothing_is_saved(
    trust: Trust, client: Client, cells: list[str], sentence: str
) -> None:
    text = listed(row("Fine", "Ward 7"), cells)
    client.force_login(trust.lead)
    page = client.post(trust.url("initiatives/import"), {"list_text": text})
    assert page.status_code == 422
    assert sentence in page.text
    assert save(client, trust, text) == 422
    assert not Initiative.objects.exists()


def test_two_units_of_one_name_are_asked_apart(trust: Trust, client: Client) -> None:
    UnitFactory.create(organisation=trust.organisation, name="Ward 7")
    client.force_login(trust.lead)
    text = listed(row("Quieter nights", "Ward 7"))
    page = client.post(trust.url("initiatives/import"), {"list_text": text})
    assert "2 units have this name." in page.text


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("x.csv", b"name,problem,unit\na,b,c\n"), "“change” is missing"),
        (SimpleUploadedFile("x.csv", b"\0\0\0\0\0"), "Save it again as"),
        (SimpleUploadedFile("x.xlsx", b"PK\x03\x04 no workbook"), "There is a problem"),
        (SimpleUploadedFile("x.csv", b"<html>"), "This is a web page"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    trust: Trust, client: Client, file: SimpleUploadedFile, sentence: str
) -> None:
    client.force_login(trust.lead)
    page = client.post(trust.url("initiatives/import"), {"file": file})
    assert page.status_code == 422
    assert sentence in page.text


def test_a_lead_of_one_ward_cannot_write_on_another(trust: Trust, client: Client) -> None:
    client.force_login(trust.member(Role.LEAD, trust.ward_7))
    page = client.post(
        trust.url("initiatives/import"), {"list_text": listed(row("Quieter nights", "Ward 9"))}
    )
    assert "You have no open unit with this name." in page.text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.LEAD, 200), (Role.REVIEWER, 200), (Role.ADMINISTRATOR, 200),
        (Role.MANAGER, 403), (Role.EDITOR, 403),
    ],
)  # fmt: skip
def test_who_may_import(trust: Trust, client: Client, role: Role, status: int) -> None:
    client.force_login(trust.member(role))
    page = client.get(trust.url("initiatives/import"))
    assert page.status_code == status
    register = client.get(trust.url("initiatives/")).text
    assert ("from a spreadsheet" in register) == (status == 200)


def test_two_thousand_rows_cost_no_statement_each(
    trust: Trust, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(trust.lead)
    text = listed(*(row(f"Improvement {number}", "Ward 7", "1") for number in range(2000)))
    with django_assert_max_num_queries(100):
        assert save(client, trust, text) == 302
    assert Initiative.objects.count() == 2000
    more = listed(*(row(f"Improvement {number}", "Ward 9") for number in range(2001)))
    page = client.post(trust.url("initiatives/import"), {"list_text": more})
    assert "The list has more than 2000 rows." in page.text
