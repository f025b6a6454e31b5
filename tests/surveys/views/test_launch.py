"""The launch page: who may open it, what it shows, what it keeps after a mistake."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.models import Commitment, Initiative
from organisations.models import AuditEntry, Role
from surveys.actions.distribution import Leader
from surveys.actions.launch import UnitToAsk
from surveys.addresses import Address
from surveys.models import Contact, Survey
from tests.factories import MembershipFactory, UnitFactory, edition_without
from tests.surveys.imports import add_all
from tests.surveys.launching import Trust, a_trust, an_initiative, only_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def typed(trust: Trust, **fields: Any) -> dict[str, Any]:
    closes = timezone.localdate(timezone=trust.organisation.zone) + timedelta(days=10)
    return {
        "launch_key": str(uuid4()),
        "title": "Fewer falls at night",
        "problem": "Too many patients fall at night.",
        "change": "We offer help to the toilet at 2am.",
        "staff": "12",
        "closes_day": closes.day,
        "closes_month": closes.month,
        "closes_year": closes.year,
        "opens": "now",
        "result": "counted",
        "leaders": [trust.manager.pk, trust.lead.pk],
        "reminders": ["4", "8"],
        **fields,
    }


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.MANAGER, 200),
        (Role.LEAD, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.REVIEWER, 403),
        (Role.EDITOR, 403),
    ],
)
def test_who_may_launch(trust: Trust, client: Client, role: Role, status: int) -> None:
    client.force_login(trust.member(role))
    assert client.get(trust.url("surveys/launch")).status_code == status


def test_a_stranger_finds_nothing(trust: Trust, client: Client) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(trust.url("surveys/launch")).status_code == 404
    assert client.post(trust.url("surveys/launch"), typed(trust)).status_code == 404
    assert not Survey.objects.exists()


def test_one_unit_is_text_and_its_posts_are_filled_in(trust: Trust, manager: Client) -> None:
    page = page_of(manager, trust.url("surveys/launch"))
    assert 'name="unit"' not in page
    assert "12 staff: 7 must answer" in page
    assert "2 leaders invited to the leaders’ sheet" in page
    assert "Ask several units" not in page


def test_a_division_is_not_offered_but_its_wards_are(trust: Trust, client: Client) -> None:
    client.force_login(trust.lead)
    page = page_of(client, trust.url("surveys/launch"))
    assert f'<option value="{trust.ward_9.pk}">Ward 9</option>' in page
    assert ">Medicine<" not in page


def test_a_closed_ward_is_not_offered(trust: Trust, client: Client) -> None:
    trust.ward_9.valid_to = timezone.localdate()
    trust.ward_9.save()
    client.force_login(trust.lead)
    assert "Ward 9" not in page_of(client, trust.url("surveys/launch"))


def test_launching_leads_to_the_survey(trust: Trust, manager: Client) -> None:
    answer = manager.post(trust.url("surveys/launch"), typed(trust))
    survey = Survey.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == trust.url(f"surveys/{survey.pk}/")
    assert survey.launched_by == trust.manager
    assert only_unit(survey).named_sheets.count() == 2


def test_pressing_launch_twice_launches_once(trust: Trust, manager: Client) -> None:
    form = typed(trust)
    first = manager.post(trust.url("surveys/launch"), form)
    second = manager.post(trust.url("surveys/launch"), form)
    assert first["Location"] == second["Location"]
    assert Survey.objects.count() == 1


def test_mistakes_change_nothing_and_keep_everything(trust: Trust, manager: Client) -> None:
    wrong = typed(trust, change="", staff="12-14", leader_emails="Ann <ann@example.org>")
    answer = manager.post(trust.url("surveys/launch"), wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Launch a survey" in " ".join(page.split())
    assert "Nothing was launched. What you wrote is still here." in page
    links = re.findall(r'<a href="#(\w+)">\s*(.*?)\s*</a>', page)
    assert links == [
        ("id_change", "Enter what would change, in a sentence"),
        ("id_staff", "Enter the number of staff as one whole number, like 12"),
    ]
    assert "Too many patients fall at night." in page
    assert 'value="12-14"' in page
    assert "Ann &lt;ann@example.org&gt;" in page
    assert "What happens next" not in page
    assert not Survey.objects.exists()
    assert not Initiative.objects.exists()


def test_a_wrong_address_of_one_of_several_units_is_shown_at_its_field(
    trust: Trust, client: Client
) -> None:
    client.force_login(trust.lead)
    name = f"emails_{trust.ward_9.pk}"
    form = typed(trust, units=[trust.ward_9.pk], **{f"staff_{trust.ward_9.pk}": "22", name: "bob"})
    answer = client.post(trust.url("surveys/launch?several=1"), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{name}"' in page
    assert page.count("Ward 9, row 1, E-mail: “bob”. This is not an e-mail address") == 2
    assert '<details class="nhsuk-details" open>' in page
    assert "bob</textarea>" in page
    assert not Survey.objects.exists()


def test_a_mistake_in_the_fold_opens_it(trust: Trust, manager: Client) -> None:
    fine = manager.get(trust.url("surveys/launch")).content.decode()
    assert '<details class="nhsuk-details">' in fine
    answer = manager.post(trust.url("surveys/launch"), typed(trust, staff_emails="bob"))
    assert '<details class="nhsuk-details" open>' in answer.content.decode()


def test_a_full_week_is_a_warning_with_reasons_never_a_block(trust: Trust, manager: Client) -> None:
    running = an_initiative(trust, title="Protected mealtimes", state="active")
    Commitment.objects.create(
        initiative=running, unit=trust.ward_7, hours_a_week="8.5", begins_on=date(2026, 3, 1)
    )
    trust.open()
    page = page_of(manager, trust.url("surveys/launch"))
    assert "This unit already has a survey under way and one initiative running" in page
    assert "Protected mealtimes, since March 2026: about 8.5 staff hours a week." in page
    assert "Merrowfield Hospitals asks units to stay below 8. You can still launch." in page
    assert "Why now?" in page
    assert manager.post(trust.url("surveys/launch"), typed(trust)).status_code == 302


@pytest.mark.parametrize(
    ("hours", "why", "kept"),
    [
        ("8.5", "The new lift  opens in March.", (Decimal("8.5"), "The new lift opens in March.")),
        ("8", "", (Decimal(8), "")),
        ("7.5", "Typed for another ward.", (None, "")),
    ],
)
def test_why_now_is_kept_where_the_week_is_full(
    trust: Trust, manager: Client, hours: str, why: str, kept: tuple[Decimal | None, str]
) -> None:
    running = an_initiative(trust, title="Protected mealtimes", state="active")
    Commitment.objects.create(
        initiative=running, unit=trust.ward_7, hours_a_week=hours, begins_on=date(2026, 3, 1)
    )
    answer = manager.post(trust.url("surveys/launch"), typed(trust, why_now=why))
    survey = Survey.objects.get()
    assert (survey.hours_at_launch, survey.why_now) == kept
    entry = AuditEntry.objects.get(action="survey launched")
    assert ("hours_a_week" in entry.detail) == (kept[0] is not None)
    assert why not in str(entry.detail) or not why
    page = page_of(manager, answer["Location"])
    assert ("Launched on a full week" in page) == (kept[0] is not None)
    assert (f"Why now: {kept[1]}" in page) == bool(kept[1])


def test_too_long_a_reason_is_refused(trust: Trust, manager: Client) -> None:
    answer = manager.post(trust.url("surveys/launch"), typed(trust, why_now="x" * 241))
    assert answer.status_code == 422
    assert "“Why now?” must be 240 characters or fewer" in answer.content.decode()
    assert not Survey.objects.exists()


def test_a_quiet_ward_has_no_warning(trust: Trust, manager: Client) -> None:
    assert "You can still launch" not in page_of(manager, trust.url("surveys/launch"))


def test_several_units_at_once(trust: Trust, client: Client) -> None:
    client.force_login(trust.lead)
    page = page_of(client, trust.url("surveys/launch?several=1"))
    assert f'name="staff_{trust.ward_9.pk}" value="22"' in page
    numbers = {f"staff_{trust.ward_7.pk}": "12", f"staff_{trust.ward_9.pk}": "6"}
    form = typed(trust, units=[trust.ward_7.pk, trust.ward_9.pk], staff="", **numbers)
    form[f"emails_{trust.ward_7.pk}"] = "ann@merrowfield.example"
    form["staff_emails"] = "lost@merrowfield.example"
    answer = client.post(trust.url("surveys/launch?several=1"), form)
    assert answer.status_code == 302
    add_all()
    contact = Contact.objects.get()
    assert (contact.email, contact.survey_unit.unit) == ("ann@merrowfield.example", trust.ward_7)
    assert list(Survey.objects.get().survey_units.values_list("headcount", "way")) == [
        (12, "ward"),
        (6, "joint"),
    ]


def test_a_repeat_is_filled_in(trust: Trust, manager: Client) -> None:
    leader = Leader("Ann", "ann@merrowfield.example")
    survey = trust.launch(
        UnitToAsk(trust.ward_7, 9, 5, staff=[Address("x@merrowfield.example")], leaders=[leader]),
        reminder_days=[8],
    )
    page = page_of(manager, trust.url(f"surveys/launch?repeat={survey.pk}"))
    assert "9 staff: 5 must answer" in page
    assert "Too many patients fall at night." in page
    assert f'<option value="{survey.initiative_id}" selected>' in page
    assert "ann@merrowfield.example</textarea>" in page
    assert "x@merrowfield.example</textarea>" in page
    assert "1 leader invited" in page


def test_a_repeat_of_several_units_opens_the_table(trust: Trust, client: Client) -> None:
    staff = [Address("x@merrowfield.example")]
    survey = trust.launch(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 30, staff=staff))
    client.force_login(trust.lead)
    page = page_of(client, trust.url(f"surveys/launch?repeat={survey.pk}"))
    assert f'name="staff_{trust.ward_9.pk}" value="30"' in page
    assert "30 staff: 7 must answer" in page
    assert page.count("x@merrowfield.example</textarea>") == 1


def test_a_survey_beyond_reach_cannot_be_repeated(trust: Trust, manager: Client) -> None:
    other = trust.launch(UnitToAsk(trust.ward_9, 22))
    assert manager.get(trust.url(f"surveys/launch?repeat={other.pk}")).status_code == 403
    assert manager.get(trust.url("surveys/launch?repeat=999999")).status_code == 404


@pytest.mark.parametrize("odd", ["repeat=x", "initiative=%00", "unit=-1", "initiative=" + "9" * 40])
def test_odd_addresses_are_left_aside(trust: Trust, manager: Client, odd: str) -> None:
    assert manager.get(trust.url(f"surveys/launch?{odd}")).status_code == 200


def test_without_a_unit_or_a_questionnaire_the_page_says_whom_to_ask(
    trust: Trust, client: Client, manager: Client
) -> None:
    for member in trust.organisation.memberships.filter(user=trust.manager):
        member.unit = UnitFactory.create(
            organisation=trust.organisation, valid_to=timezone.localdate()
        )
        member.save()
    page = page_of(manager, trust.url("surveys/launch"))
    assert "There is no unit that you may survey. Ask your administrator" in page


def test_the_page_costs_the_same_for_many_units(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(trust.lead)
    for number in range(6):
        unit = UnitFactory.create(organisation=trust.organisation, parent=trust.medicine)
        trust.member(Role.MANAGER, unit)
        trust.launch(UnitToAsk(unit, 12), title=f"Improvement {number}")
    with django_assert_num_queries(13):
        client.get(trust.url("surveys/launch"))


def test_the_page_counts_the_statements_that_the_chosen_wording_asks(
    trust: Trust, manager: Client
) -> None:
    shorter = edition_without("ENV02", trust.organisation)
    page = page_of(manager, trust.url("surveys/launch"))
    assert "Staff answer 44 statements" in page
    whole = shorter.version.editions.get(is_verbatim=True)
    again = manager.post(
        trust.url("surveys/launch"), typed(trust, title="", ward_edition=str(whole.pk))
    )
    assert again.status_code == 422
    assert "Staff answer 45 statements" in again.content.decode()


def test_many_units_have_a_search_on_the_server(trust: Trust, client: Client) -> None:
    client.force_login(trust.lead)
    address = trust.url("surveys/launch")
    assert 'name="q"' not in page_of(client, address)
    for number in range(100, 116):
        UnitFactory.create(
            organisation=trust.organisation, parent=trust.medicine, name=f"Ward {number}"
        )
    assert 'name="q"' in page_of(client, address)
    found = page_of(client, f"{address}?q=WARD 10")
    assert "Ward 101</option>" in found
    assert "Ward 7</option>" not in found
    assert "10 of 18 units match." in found
    chosen = trust.organisation.units.get(name="Ward 101")
    answer = client.post(
        f"{address}?q=WARD 10", typed(trust, unit=chosen.pk, leaders=[trust.lead.pk])
    )
    assert answer.status_code == 302
    assert only_unit(Survey.objects.get()).unit == chosen
    assert "No unit matches “&lt;x&gt;”" in page_of(client, f"{address}?q=<x>")
    several = page_of(client, f"{address}?several=1&q=ward 10")
    assert several.count("data-unit=") == 10
    assert '<input type="hidden" name="several" value="1">' in several
