"""A staff list in a survey: all or nothing, twice is once, new people only, one invitation each."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fieldwork.actions.launch import UnitToAsk
from organisations.models import AuditEntry
from surveys.actions.locks import NotPossible
from surveys.actions.opt_out import opt_out
from surveys.actions.staff import add_staff
from surveys.exchange.addresses import Address
from surveys.exchange.staff_problem import Person
from surveys.models import Channel, Contact, Invitation, Message, Survey, SurveyUnit
from surveys.queries.staff import StaffPlan
from tests.fieldwork.launching import Trust, a_trust
from tests.responses.killed import killed_at

ANN, BOB = Address("ann@merrowfield.example"), Address("bob@merrowfield.example")
CAT = Address(mobile="+447700900123", language="cy", works_nights=True)


@pytest.fixture
def trust(db: None) -> Trust:
    return a_trust()


def people(*addresses: Address, unit: str = "Ward 7") -> list[Person]:
    return [Person(line, one, unit) for line, one in enumerate(addresses, start=2)]


def bring(trust: Trust, survey: Survey, *addresses: Address, **fields: Any) -> StaffPlan:
    return add_staff(
        survey=survey,
        units=list(survey.survey_units.all()),
        people=people(*addresses, **fields),
        by=trust.manager,
    )


def test_new_people_get_a_contact_an_invitation_and_their_messages(trust: Trust) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=[ANN]))
    plan = bring(trust, survey, ANN, BOB, CAT)
    assert (plan.known, plan.declined, len(plan.people)) == ([2], [], 2)
    rows = Invitation.objects.order_by("contact__email").values_list(
        "contact__email", "contact__mobile", "contact__language", "contact__works_nights", "channel"
    )
    assert list(rows) == [
        ("", CAT.mobile, "cy", True, Channel.SMS),
        (ANN.email, "", "", False, Channel.EMAIL),
        (BOB.email, "", "", False, Channel.EMAIL),
    ]
    assert Invitation.objects.filter(token_hash=None).count() == 0
    firsts = Message.objects.filter(step=Message.Step.INVITATION, invitation__isnull=False)
    assert sorted(firsts.values_list("channel", flat=True)) == ["email", "email", "sms"]
    entry = AuditEntry.objects.filter(action="staff invited").latest("pk")
    assert (entry.actor, entry.detail) == (trust.manager, {"number": 2})


def test_the_same_list_again_changes_nothing(trust: Trust) -> None:
    survey = trust.open()
    bring(trust, survey, ANN, CAT)

    def everything() -> list[Any]:
        models = (Contact, Invitation, Message, AuditEntry)
        return [list(model._default_manager.order_by("pk").values()) for model in models]

    before = everything()
    plan = bring(trust, survey, CAT, ANN)
    assert (sorted(plan.known), plan.people) == ([2, 3], [])
    assert everything() == before


def test_one_person_gets_one_invitation_in_a_survey_of_several_units(trust: Trust) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22))
    bring(trust, survey, ANN)
    plan = bring(trust, survey, ANN, BOB, unit="Ward 9")
    assert plan.known == [2]
    assert list(
        Contact.objects.order_by("email").values_list("email", "survey_unit__unit_name")
    ) == [(ANN.email, "Ward 7"), (BOB.email, "Ward 9")]


def test_who_wants_no_messages_is_left_out_then_and_at_the_next_launch(trust: Trust) -> None:
    first = trust.open(UnitToAsk(trust.ward_7, 12, staff=[ANN]))
    opt_out(invitation=Invitation.objects.get())
    later = trust.open(UnitToAsk(trust.ward_9, 22, staff=[ANN, BOB]), by=trust.lead)
    assert list(Contact.objects.filter(survey_unit__survey=later).values_list("email")) == [
        (BOB.email,)
    ]
    third = trust.open(UnitToAsk(trust.ward_9, 22), by=trust.lead)
    assert bring(trust, third, ANN, BOB, unit="Ward 9").declined == [2]
    assert first.pk != later.pk


@pytest.mark.parametrize("state", ["closed", "too_few", "cancelled", "counted"])
def test_a_unit_that_is_over_takes_nobody(trust: Trust, state: str) -> None:
    survey = trust.open()
    SurveyUnit.objects.update(state=state)
    with pytest.raises(NotPossible, match="You cannot invite more staff"):
        bring(trust, survey, ANN)
    assert not Contact.objects.exists()


def test_a_scheduled_survey_invites_at_its_opening(trust: Trust) -> None:
    opens_at = timezone.now() + timedelta(days=1)
    survey = trust.launch(opens_at=opens_at)
    bring(trust, survey, ANN)
    invitation = Message.objects.get(step=Message.Step.INVITATION)
    assert invitation.due_at >= opens_at


def test_the_number_of_queries_does_not_grow_with_the_list(
    trust: Trust, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    survey = trust.open()
    with django_assert_max_num_queries(24):
        bring(trust, survey, *(Address(f"p{number}@m.example") for number in range(60)))
    assert Contact.objects.count() == 60


KILLED = """
from organisations.models import User
from surveys.actions.staff import add_staff
from surveys.exchange.addresses import Address
from surveys.models import Survey
from surveys.exchange.staff_problem import Person
survey = Survey.objects.get()
people = [Person(n, Address(f"p{{n}}@m.example"), "Ward 7") for n in range(2, 40)]
add_staff(survey=survey, units=list(survey.survey_units.all()), people=people,
          by=User.objects.get(pk={by}))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["plan_messages", "_link"])
def test_killed_midway_nothing_is_there_and_the_next_try_does_it_all(point: str) -> None:
    trust = a_trust()
    survey = trust.open()
    killed_at(f"surveys.actions.distribution.{point}", KILLED.format(by=trust.manager.pk))
    assert not Contact.objects.exists()
    assert not Invitation.objects.exists()
    bring(trust, survey, ANN, BOB)
    assert Contact.objects.count() == Invitation.objects.filter(used=False).count() == 2
