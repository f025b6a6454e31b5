"""The launch page: who may open it, what it shows, what it keeps after a mistake.

Over 300 lines: one page and all that it offers.
"""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fieldwork.actions.launch import UnitToAsk
from initiatives.actions.register import commit_units
from initiatives.models import Initiative
from instruments.actions.load_instrument import load_instrument
from organisations.models import Role
from surveys.actions.distribution import Leader
from surveys.exchange.addresses import Address
from surveys.models import Contact, Survey
from tests.factories import MembershipFactory, UnitFactory, edition_without
from tests.fieldwork.launching import Trust, a_trust, an_initiative, only_unit, page_of, typed
from tests.instruments.exchange_files import add_all
from tests.instruments.shipped import shipped_ffit

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


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
    assert "12 staff: at least 7 must answer" in page
    assert "Please note that FFIT has not been validated and tested." in page
    assert "2 leaders invited to the leaders’ form" in page
    assert "Survey more than one unit" not in page


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
    assert only_unit(survey).named_responses.count() == 2


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
    assert "We have not launched the survey. Your answers are still here." in page
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
    assert page.count("Ward 9, row 1, Email: “bob”. This is not an email address") == 2
    assert '<details class="nhsuk-details" open>' in page
    assert "bob</textarea>" in page
    assert not Survey.objects.exists()


def test_a_mistake_in_the_fold_opens_it(trust: Trust, manager: Client) -> None:
    fine = manager.get(trust.url("surveys/launch")).content.decode()
    assert '<details class="nhsuk-details">' in fine
    answer = manager.post(trust.url("surveys/launch"), typed(trust, staff_emails="bob"))
    assert '<details class="nhsuk-details" open>' in answer.content.decode()


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
    assert list(Survey.objects.get().survey_units.values_list("headcount", "mode")) == [
        (12, "sealed"),
        (6, "joint"),
    ]


def test_a_repeat_is_filled_in(trust: Trust, manager: Client) -> None:
    leader = Leader("Ann", "ann@merrowfield.example")
    survey = trust.launch(
        UnitToAsk(trust.ward_7, 9, 5, staff=[Address("x@merrowfield.example")], leaders=[leader]),
        reminder_days=[8],
    )
    page = page_of(manager, trust.url(f"surveys/launch?repeat={survey.pk}"))
    assert "9 staff: at least 5 must answer" in page
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
    assert "30 staff: at least 7 must answer" in page
    assert page.count("x@merrowfield.example</textarea>") == 1


def test_a_survey_beyond_reach_cannot_be_repeated(trust: Trust, manager: Client) -> None:
    other = trust.launch(UnitToAsk(trust.ward_9, 22))
    assert manager.get(trust.url(f"surveys/launch?repeat={other.pk}")).status_code == 403
    assert manager.get(trust.url("surveys/launch?repeat=999999")).status_code == 404


@pytest.mark.parametrize("odd", ["repeat=x", "unit=-1", "initiative=" + "9" * 40])
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
    assert "You do not have a unit you can survey. Ask your administrator" in page


def test_the_page_costs_the_same_for_many_units(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(trust.lead)
    for number in range(6):
        unit = UnitFactory.create(organisation=trust.organisation, parent=trust.medicine)
        trust.member(Role.MANAGER, unit)
        trust.launch(UnitToAsk(unit, 12), title=f"Improvement {number}")
    with django_assert_num_queries(18):
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


def test_the_page_says_which_wording_has_welsh(trust: Trust, manager: Client) -> None:
    assert "In Cymraeg" not in page_of(manager, trust.url("surveys/launch"))
    load_instrument(text=shipped_ffit())
    page = page_of(manager, trust.url("surveys/launch"))
    assert "In Cymraeg: Front-line edition only." in page


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
    assert "No units match “&lt;x&gt;”" in page_of(client, f"{address}?q=<x>")
    several = page_of(client, f"{address}?several=1&q=ward 10")
    assert several.count("data-unit=") == 10
    assert '<input type="hidden" name="several" value="1">' in several


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("staff", text) for text in ("²", "\uff11\uff12", "9" * 5000, "1e3", "12\0")),
        *(("minimum_group", text) for text in ("²", "9" * 5000, "abc")),
        *(("reminders", text) for text in ("99999999999", "²", "9" * 5000)),
        *((name, text) for name in ("ward_edition", "unit", "leaders") for text in ("abc", "²")),
        *((f"closes_{part}", text) for part in ("day", "month", "year") for text in ("²", "9999")),
        *(("opens_time", text) for text in ("\uff19:00", "25:00")),
    ],
)
def test_odd_values_are_refused_with_the_page(
    trust: Trust, client: Client, field: str, value: str
) -> None:
    client.force_login(trust.lead)
    fields = typed(trust, unit=str(trust.ward_7.pk))
    for do in ({}, {"do": "plan"}):
        answer = client.post(trust.url("surveys/launch"), {**fields, **do, field: value})
        assert answer.status_code == 422
    assert not Survey.objects.exists()


@pytest.mark.parametrize("value", ["²", "9" * 19, "9" * 5000, "abc", "-1"])
def test_odd_addresses_show_the_plain_page(trust: Trust, manager: Client, value: str) -> None:
    for name in ("repeat", "initiative", "unit"):
        answer = manager.get(trust.url("surveys/launch"), {name: value})
        assert answer.status_code == 200


def test_times_and_months_as_people_write_them(trust: Trust, manager: Client) -> None:
    closes = timezone.localdate(timezone=trust.organisation.zone) + timedelta(days=10)
    fields = typed(
        trust, closes_month=f"{closes:%b}", result="later", result_time="9am",
        result_day_day=str(closes.day), result_day_month=f"{closes:%B}",
        result_day_year=str(closes.year),
    )  # fmt: skip
    answer = manager.post(trust.url("surveys/launch"), fields)
    assert answer.status_code == 422
    assert "Result date must be after the survey closes" in answer.text
    answer = manager.post(trust.url("surveys/launch"), fields | {"result_time": "10.30"})
    assert answer.status_code == 302
    survey = Survey.objects.get()
    assert survey.result_at is not None
    assert f"{survey.result_at.astimezone(trust.organisation.zone):%H:%M}" == "10:30"


def test_a_repeat_for_one_unit_ticks_that_unit_alone(trust: Trust, client: Client) -> None:
    staff = [Address("x@merrowfield.example")]
    survey = trust.launch(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 30, staff=staff))
    client.force_login(trust.lead)
    page = page_of(client, trust.url(f"surveys/launch?repeat={survey.pk}&unit={trust.ward_9.pk}"))
    assert f'<option value="{trust.ward_9.pk}" selected>' in page
    assert "30 staff: at least 7 must answer" in page
    assert page.count("x@merrowfield.example</textarea>") == 1
    assert f'name="staff_{trust.ward_7.pk}"' not in page


def test_hours_said_at_launch_are_kept_on_the_register(trust: Trust, client: Client) -> None:
    one = an_initiative(trust, title="Quieter nights")
    commit_units(initiative=one, units=[trust.ward_7, trust.ward_9], hours=Decimal(3))
    client.force_login(trust.lead)
    fields = typed(trust, initiative=one.pk, unit=trust.ward_7.pk, hours="6")
    assert client.post(trust.url("surveys/launch"), fields).status_code == 302
    assert list(one.commitments.order_by("unit__name").values_list("hours_a_week", flat=True)) == [
        6,
        3,
    ]
