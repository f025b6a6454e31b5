"""What may be typed on the launch page, and what it answers to the rest.

Over 300 lines: the fields of one form are checked against each other.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from fieldwork.forms.launch import LaunchForm
from fieldwork.forms.more_choices import Offer
from fieldwork.presenters.launch_page import summary_of
from fieldwork.queries.launching import editions_on_offer, leaders_of
from organisations.models import Unit
from surveys.actions.distribution import Leader
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
# An opening is compared with the clock too.
NEXT_YEAR = timezone.localdate().year + 1


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def offer_of(trust: Trust, *units: Unit, several: bool = False, today: date = TODAY) -> Offer:
    return Offer(
        organisation=trust.organisation,
        units=units or (trust.ward_7,),
        initiatives=[an_initiative(trust, title="Protected mealtimes")],
        editions=editions_on_offer(trust.organisation),
        candidates=leaders_of(organisation=trust.organisation, units=units or (trust.ward_7,)),
        several=several,
        today=today,
    )


TYPED = {
    "title": "Fewer falls at night",
    "problem": "Too many patients fall at night.",
    "change": "We offer help to the toilet at 2am.",
    "staff": "12",
    "closes_day": "30",
    "closes_month": "11",
    "closes_year": "2026",
}


def form_of(trust: Trust, *units: Unit, several: bool = False, **typed: Any) -> LaunchForm:
    offer = offer_of(trust, *units, several=several)
    form = LaunchForm({**TYPED, **typed}, offer=offer)
    with timezone.override(trust.organisation.zone):
        form.is_valid()
    return form


def test_four_fields_are_enough(trust: Trust) -> None:
    form = form_of(trust)
    assert form.errors == {}
    plan = form.plan
    assert plan.closes_at == datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert (plan.opens_at, plan.result_at, plan.debrief_at) == (None, None, None)
    assert plan.ward_edition == trust.front_line
    (asked,) = plan.units
    assert (asked.unit, asked.headcount, asked.k) == (trust.ward_7, 12, 7)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Enter a short name for the improvement"),
        ({"title": "x" * 81}, "title", "The short name must be 80 characters or fewer"),
        ({"problem": " "}, "problem", "Enter the problem, in a sentence"),
        ({"change": ""}, "change", "Enter what would change, in a sentence"),
        ({"change": "x" * 241}, "change", "What would change must be 240 characters or fewer"),
        ({"staff": ""}, "staff", "Enter the number of staff as one whole number, like 12"),
        ({"staff": "12-14"}, "staff", "Enter the number of staff as one whole number, like 12"),
        ({"staff": "twelve"}, "staff", "Enter the number of staff as one whole number, like 12"),
        ({"staff": "-3"}, "staff", "Enter the number of staff as one whole number, like 12"),
        ({"staff": "1٢"}, "staff", "Enter the number of staff as one whole number, like 12"),
        ({"staff": "9" * 30}, "staff", "Enter the number of staff as one whole number, like 12"),
        ({"staff": "1"}, "staff", "Enter 2 staff or more"),
        ({"staff": "2001"}, "staff", "Enter 2000 staff or fewer, or choose several units"),
        ({"closes_day": "20"}, "closes", "Closing date must be after today, 20 November 2026"),
        ({"closes_year": "2027"}, "closes", "Closing date must be before 20 March 2027"),
        ({"closes_day": "31"}, "closes", "Closing date must be a real date, like 30 11 2026"),
        ({"closes_day": "x"}, "closes", "Closing date must be a real date, like 30 11 2026"),
        ({"closes_month": ""}, "closes", "Closing date must include a month"),
        (
            {"closes_day": "", "closes_year": ""},
            "closes",
            "Closing date must include a day and a year",
        ),
        (
            {"closes_day": "", "closes_month": "", "closes_year": ""},
            "closes",
            "Enter the closing date, with day, month and year",
        ),
        ({"initiative": "999"}, "initiative", "Choose an improvement from the list"),
        ({"minimum_group": "5"}, "minimum_group", "You cannot choose 5 for 12 staff"),
        ({"opens": "later"}, "opens_time", "Enter the opening date, with day, month and year"),
        (
            {"opens": "later", "opens_day_day": "1", "opens_day_month": "12",
             "opens_day_year": str(NEXT_YEAR)},
            "opens_time",
            "Opening must be before closing",
        ),
        (
            {"opens": "later", "opens_day_day": "1", "opens_day_month": "1",
             "opens_day_year": "2020"},
            "opens_time",
            "Opening time must be in the future, or choose “Now”",
        ),
        (
            {"opens": "later", "opens_day_day": "21", "opens_day_month": "11",
             "opens_day_year": "2026", "opens_time": "after lunch"},
            "opens_time",
            "Opening time must be a time, like 10am",
        ),
        ({"result": "later"}, "result_time", "Enter the result date, with day, month and year"),
        (
            {"result": "later", "result_day_day": "29", "result_day_month": "11",
             "result_day_year": "2026"},
            "result_time",
            "Result date must be after the survey closes",
        ),
        (
            {"talk_day_day": "1", "talk_day_month": "11", "talk_day_year": "2026"},
            "talk_time",
            "Debrief date must be after the survey closes",
        ),
        (
            {"staff_emails": "ann@example.org\nbob"},
            "staff_emails",
            "Row 2, Email: “bob”. This is not an email address: it has no @. "
            "Write it like ann.lee@nhs.net",
        ),
        (
            {"staff": "6", "staff_emails": "ann@example.org"},
            "staff_emails",
            "Teams of fewer than 8 answer together. Leave the staff list blank",
        ),
        ({"leader_emails": "bob"}, "leader_emails", "Line 1: “bob” is not an email address"),
        ({"ward_edition": "no"}, "ward_edition", "Select a valid choice"),
        ({"reminders": ["5"]}, "reminders", "Select a valid choice"),
        ({"reminders": ["2", "4", "6", "8"]}, "reminders", "Choose up to 3 reminders"),
        ({"launch_key": "no"}, "launch_key", "Enter a valid UUID"),
    ],
)  # fmt: skip
def test_wrong_answers_are_told_what_to_enter(
    trust: Trust, typed: dict[str, Any], field: str, sentence: str
) -> None:
    form = form_of(trust, **typed)
    assert list(form.errors) == [field]
    assert str(form.errors[field][0]).startswith(sentence)


def test_problems_are_listed_in_the_order_of_the_page(trust: Trust) -> None:
    form = LaunchForm({}, offer=offer_of(trust, trust.ward_7, trust.ward_9))
    form.is_valid()
    assert list(form.errors) == ["unit", "title", "problem", "change", "staff", "closes"]


def test_the_register_fills_in_what_is_left_empty(trust: Trust) -> None:
    offer = offer_of(trust)
    initiative = offer.initiatives[0]
    typed = {**TYPED, "initiative": initiative.pk, "title": "", "problem": "", "change": "Ours."}
    form = LaunchForm(typed, offer=offer)
    assert form.is_valid()
    plan = form.plan
    assert (plan.initiative, plan.title) == (initiative, "Protected mealtimes")
    assert (plan.problem, plan.change) == (initiative.problem, "Ours.")


@pytest.mark.parametrize(("staff", "k"), [("8", 5), ("11", 5), ("20", 10), ("140", 10)])
def test_k_may_be_chosen_where_there_is_a_choice(trust: Trust, staff: str, k: int) -> None:
    form = form_of(trust, staff=staff, minimum_group=str(k))
    assert form.errors == {}
    assert form.plan.units[0].k == k


def test_closing_in_summer_is_ten_on_the_wall(trust: Trust) -> None:
    offer = offer_of(trust, today=date(2027, 3, 26))
    typed = {**TYPED, "closes_day": "5", "closes_month": "4", "closes_year": "27"}
    form = LaunchForm(typed, offer=offer)
    assert form.is_valid()
    assert form.plan.closes_at == datetime(2027, 4, 5, 9, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_refused(trust: Trust) -> None:
    offer = offer_of(trust, today=date(2027, 3, 20))
    day = {"result_day_day": "28", "result_day_month": "3", "result_day_year": "2027"}
    closes = {"closes_day": "27", "closes_month": "3", "closes_year": "2027"}
    typed = {**TYPED, **closes, **day, "result": "later", "result_time": "01:30"}
    form = LaunchForm(typed, offer=offer)
    assert not form.is_valid()
    assert form.errors["result_time"] == [
        "1:30am does not exist on Sunday 28 March 2027: the clocks go forward"
    ]


def test_several_units_each_with_staff(trust: Trust) -> None:
    typed: dict[str, Any] = {"units": [trust.ward_7.pk, trust.ward_9.pk], "minimum_group": "10"}
    numbers = {f"staff_{trust.ward_7.pk}": "6", f"staff_{trust.ward_9.pk}": "22"}
    form = form_of(trust, trust.ward_7, trust.ward_9, several=True, **typed, **numbers)
    assert form.errors == {}
    assert [(one.unit, one.headcount, one.k) for one in form.plan.units] == [
        (trust.ward_7, 6, 1),
        (trust.ward_9, 22, 10),
    ]


def test_several_units_name_the_one_without_a_number(trust: Trust) -> None:
    typed: dict[str, Any] = {
        "units": [trust.ward_7.pk, trust.ward_9.pk],
        f"staff_{trust.ward_7.pk}": "12",
    }
    form = form_of(trust, trust.ward_7, trust.ward_9, several=True, **typed)
    assert form.errors == {
        "units": ["Ward 9: enter the number of staff as one whole number, like 12"]
    }
    none = form_of(trust, trust.ward_7, trust.ward_9, several=True)
    assert none.errors == {"units": ["Select at least one unit"]}


def test_a_unit_beyond_reach_cannot_be_chosen(trust: Trust) -> None:
    form = LaunchForm(
        {**TYPED, "unit": trust.medicine.pk}, offer=offer_of(trust, trust.ward_7, trust.ward_9)
    )
    assert not form.is_valid()
    assert form.errors == {"unit": ["Choose a unit from the list"]}


@pytest.mark.parametrize(("chosen", "together"), [("together", True), ("", False)])
def test_leaders_may_be_asked_to_agree_one_form(trust: Trust, chosen: str, together: bool) -> None:
    leaders = [str(trust.manager.pk), str(trust.lead.pk)]
    form = form_of(trust, leaders=leaders, leaders_form=chosen)
    assert form.plan.units[0].leaders_together is together
    assert ("agree one leaders’ form" in summary_of(form, trust.closing())) is together


def test_leaders_are_those_ticked_who_reach_the_unit(trust: Trust) -> None:
    both = (trust.ward_7, trust.ward_9)
    leaders = [str(trust.manager.pk), str(trust.lead.pk)]
    pasted = "Ann <a@example.org>"
    form = form_of(trust, *both, unit=trust.ward_9.pk, leaders=leaders, leader_emails=pasted)
    assert form.errors == {}
    assert form.plan.units[0].leaders == [
        Leader("Ann", "a@example.org"),
        Leader("Improvement lead", trust.lead.email, trust.lead),
    ]


def test_defaults_are_the_good_ones(trust: Trust) -> None:
    form = LaunchForm(offer=offer_of(trust))
    assert form["closes"].value() == TODAY + timedelta(days=10)
    assert form["staff"].value() == "12"
    assert form["leaders"].value() == [str(trust.lead.pk), str(trust.manager.pk)]
    assert form["reminders"].value() == ["4", "8"]
    assert form["launch_key"].value() != LaunchForm(offer=offer_of(trust))["launch_key"].value()


def several(trust: Trust, **typed: Any) -> LaunchForm:
    ticked = {"units": [trust.ward_7.pk, trust.ward_9.pk]}
    numbers = {f"staff_{trust.ward_7.pk}": "12", f"staff_{trust.ward_9.pk}": "22"}
    return form_of(
        trust, trust.ward_7, trust.ward_9, several=True, **{**ticked, **numbers, **typed}
    )


def emails_of(unit: Unit) -> str:
    return f"emails_{unit.pk}"


def test_each_of_several_units_has_its_own_addresses(trust: Trust) -> None:
    both = "Ann Lee <ann@merrowfield.example>\nbo@merrowfield.example, bo@merrowfield.example"
    form = several(trust, **{emails_of(trust.ward_7): both})
    assert form.errors == {}
    assert [[staff.email for staff in one.staff] for one in form.plan.units] == [
        ["ann@merrowfield.example", "bo@merrowfield.example"],
        [],
    ]


def test_a_wrong_address_is_named_with_its_unit_and_line(trust: Trust) -> None:
    name = emails_of(trust.ward_9)
    form = several(trust, **{name: "ann@merrowfield.example\nbob"})
    assert form.errors == {
        name: [
            "Ward 9, row 2, Email: “bob”. This is not an email address: it has no @. Write it "
            "like ann.lee@nhs.net, or leave it blank if there is a mobile number."
        ]
    }


def test_a_small_team_and_a_unit_without_a_tick_take_no_addresses(trust: Trust) -> None:
    small, other = emails_of(trust.ward_7), emails_of(trust.ward_9)
    form = several(
        trust,
        units=[trust.ward_7.pk],
        **{
            f"staff_{trust.ward_7.pk}": "6",
            small: "ann@merrowfield.example",
            other: "bo@merrowfield.example",
        },
    )
    assert form.errors == {
        small: ["Ward 7: teams of fewer than 8 answer together. Leave the staff list blank"],
        other: ["Ward 9: select the unit or remove its email addresses"],
    }


def test_the_addresses_of_all_units_together_have_an_end(
    trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.forms.staff_emails.MOST_IN_ALL", 1)
    form = several(
        trust,
        **{emails_of(one): f"a{one.pk}@example.org" for one in (trust.ward_7, trust.ward_9)},
    )
    assert form.errors == {"units": ["You can paste up to 1 contacts in total. You have pasted 2"]}
