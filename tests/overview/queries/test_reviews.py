"""What the database finds to be stalled: an action, a number or a small test is a step."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.actions.requests import Said, answer_request, withdraw_request
from initiatives.models import (
    Commitment,
    DepartmentRequest,
    Initiative,
    Measure,
    Point,
    Review,
    SmallTest,
)
from organisations.models import Role, Unit
from overview.queries.reviews import reviews_of
from surveys.models import SurveyUnit
from tests.factories import ActionFactory, CommitmentFactory, SurveyUnitFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative
from tests.initiatives.asking import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    """Active on Ward 7 for 300 days, with a sponsor and no review day."""
    one: Initiative = an_initiative(trust, state="active")
    one.responsibilities.create(part="sponsor", words="Matron")
    made: Commitment = CommitmentFactory.create(
        initiative=one,
        unit=trust.ward_7,
        hours_a_week=1,
        begins_on=timezone.localdate() - timedelta(days=300),
    )
    return made


def reasons(trust: Trust) -> list[str]:
    found = reviews_of(trust.organisation, Unit.objects.filter(organisation=trust.organisation))
    return [str(due.reason) for one in found.due for due in one.due]


def local(trust: Trust, days: int, hour: int = 12) -> datetime:
    """So many days ago by the organisation's clock."""
    zone = trust.organisation.zone
    day = timezone.localdate(timezone=zone) - timedelta(days=days)
    return datetime.combine(day, time(hour, 30), zone)


def a_step(kind: str, here: Commitment, trust: Trust, days: int) -> None:
    day = timezone.localdate() - timedelta(days=days)
    on = {"initiative": here.initiative, "unit": here.unit, "added_by": trust.lead}
    if kind == "action":
        ActionFactory.create(
            what="A sheet", owner="Clerk", due_on=day, state="done", is_promise=True, result=1, **on
        )
    elif kind == "number":
        measure = Measure.objects.create(name="Falls", every="week", better="less", **on)
        Point.objects.create(measure=measure, day=day, value=Decimal(2))
    else:
        SmallTest.objects.create(
            number=1, what="A sign", expects="Fewer", until=day, outcome="keep",
            ended_at=timezone.make_aware(datetime.combine(day, time(12))), **on,
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["action", "number", "test"])
@pytest.mark.parametrize(("days", "due"), [(41, False), (42, True), (43, True)])
def test_a_step_puts_it_off_by_six_weeks(
    trust: Trust, here: Commitment, kind: str, days: int, due: bool
) -> None:
    assert reasons(trust) == ["stalled"]
    a_step(kind, here, trust, days)
    assert reasons(trust) == ["stalled"] * due


def test_what_happens_on_another_unit_is_no_step_here(trust: Trust, here: Commitment) -> None:
    other: Commitment = CommitmentFactory.create(
        initiative=here.initiative, unit=trust.ward_9, begins_on=timezone.localdate()
    )
    a_step("action", other, trust, 1)
    assert reasons(trust) == ["stalled"]


def test_the_sign_to_stop_is_a_reason_until_the_review(
    trust: Trust, here: Commitment, client: Client
) -> None:
    a_step("number", here, trust, 1)
    assert reasons(trust) == []
    Initiative.objects.update(stop_sign_on=timezone.localdate())
    assert reasons(trust) == ["stop_sign"]
    client.force_login(trust.member(Role.REVIEWER))
    address = trust.url(f"initiatives/{here.initiative_id}/review")
    page = client.get(address).text
    assert "the sign to stop has come" in page
    assert ">Ten checks (opens in a new tab)</a>, open: 2, 5, 6, 8, 9, 10" in page


def test_a_review_of_what_stalled_settles_it(trust: Trust, here: Commitment) -> None:
    review = Review.objects.create(
        initiative=here.initiative, decision="continue", reason="So.", reviewer=trust.lead
    )
    review.units.add(here.unit)
    assert reasons(trust) == []


def request_late(here: Commitment, trust: Trust, days: int) -> DepartmentRequest:
    one = ask(trust, here)
    one.answer_by = timezone.localdate() - timedelta(days=days)
    one.save()
    return one


@pytest.mark.parametrize(("days", "due"), [(2, False), (3, True), (4, True)])
def test_a_request_three_days_past_its_day_is_a_reason(
    trust: Trust, here: Commitment, days: int, due: bool
) -> None:
    a_step("number", here, trust, 1)
    request_late(here, trust, days)
    assert reasons(trust) == ["request_overdue"] * due


@pytest.mark.parametrize("ends", ["answer", "withdrawal", "action", "elsewhere"])
def test_a_request_that_is_over_is_no_reason(trust: Trust, here: Commitment, ends: str) -> None:
    a_step("number", here, trust, 1)
    one = request_late(here, trust, 9)
    if ends == "answer":
        answer_request(one=one, said=Said("no", "No money"), by=None)
    elif ends == "withdrawal":
        withdraw_request(one=one, by=trust.manager)
    elif ends == "action":
        one.action = ActionFactory.create(
            initiative=here.initiative, unit=here.unit, added_by=trust.lead, state="done",
            is_promise=True, result=1, what="A sheet", owner="Clerk",
            due_on=timezone.localdate() - timedelta(days=60),
        )  # fmt: skip
        one.save()
    else:
        one.unit = trust.ward_9
        one.save()
    assert reasons(trust) == []


def test_what_stalled_says_whose_answer_it_waits_for(trust: Trust, here: Commitment) -> None:
    client = Client()
    client.force_login(trust.member(Role.REVIEWER))
    stalled = "no small test ended."
    assert stalled in client.get(trust.url("reviews/")).text
    ask(trust, here)
    page = client.get(trust.url("reviews/")).text
    assert f"{stalled} No answer yet from Estates." in page


@pytest.mark.parametrize(("days", "due"), [(-1, False), (0, True), (1, True)])
def test_its_review_day_is_a_reason(trust: Trust, here: Commitment, days: int, due: bool) -> None:
    a_step("number", here, trust, 1)
    day = timezone.localdate() - timedelta(days=days)
    Initiative.objects.update(review_on=day)
    assert reasons(trust) == ["review_day"] * due


@pytest.mark.parametrize(("days", "due"), [(55, False), (56, True), (57, True)])
def test_eight_weeks_without_a_sponsor_are_a_reason(
    trust: Trust, here: Commitment, days: int, due: bool
) -> None:
    a_step("number", here, trust, 1)
    here.begins_on = timezone.localdate() - timedelta(days=days)
    here.save()
    assert reasons(trust) == []
    here.initiative.responsibilities.all().delete()
    assert reasons(trust) == ["no_sponsor"] * due


@pytest.mark.parametrize(("days", "due"), [(13, False), (14, True), (15, True)])
def test_debriefs_that_differ_for_two_weeks_are_a_reason(
    trust: Trust, here: Commitment, days: int, due: bool
) -> None:
    a_step("number", here, trust, 1)
    SurveyUnitFactory.create(
        survey__organisation=trust.organisation, survey__initiative=here.initiative,
        unit=here.unit, debrief_state="differ", differ_since=local(trust, days),
    )  # fmt: skip
    assert reasons(trust) == ["debriefs_differ"] * due


def test_debriefs_that_differ_are_a_reason_of_the_latest_result_alone(
    trust: Trust, here: Commitment
) -> None:
    a_step("number", here, trust, 1)
    of_it = {
        "survey__organisation": trust.organisation, "survey__initiative": here.initiative,
        "unit": here.unit,
    }  # fmt: skip
    first = timezone.now() - timedelta(days=100)
    SurveyUnitFactory.create(
        **of_it, survey__opens_at=first, debrief_state="differ", differ_since=local(trust, 80)
    )
    later = SurveyUnitFactory.create(**of_it, state="cancelled")
    assert reasons(trust) == ["debriefs_differ"]
    SurveyUnit.objects.filter(pk=later.pk).update(state="counted")
    assert reasons(trust) == []
    SurveyUnit.objects.filter(pk=later.pk).update(
        debrief_state="differ", differ_since=local(trust, 13)
    )
    assert reasons(trust) == []
    SurveyUnit.objects.filter(pk=later.pk).update(differ_since=local(trust, 14))
    assert reasons(trust) == ["debriefs_differ"]


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("hour", [0, 23])
@pytest.mark.parametrize(("days", "due"), [(111, False), (112, True), (113, True)])
def test_days_are_the_organisations_wherever_it_is(
    trust: Trust, here: Commitment, zone: str, hour: int, days: int, due: bool
) -> None:
    """Proposed for 16 weeks, or active and a small test ended 6 weeks ago."""
    trust.organisation.time_zone = zone
    trust.organisation.save()
    SmallTest.objects.create(
        initiative=here.initiative, unit=here.unit, added_by=trust.lead, number=1, what="A sign",
        expects="Fewer", until=timezone.localdate(), outcome="keep",
        ended_at=local(trust, days - 70, hour),
    )  # fmt: skip
    assert reasons(trust) == ["stalled"] * due
    here.delete()
    proposed = an_initiative(trust, added_at=local(trust, days, hour))
    CommitmentFactory.create(initiative=proposed, unit=trust.ward_7, state="proposed")
    assert reasons(trust) == ["nothing_followed"] * due


@pytest.mark.parametrize(("hours", "due"), [(7, False), (8, True), (9, True)])
def test_the_last_of_a_unit_at_its_limit_is_a_reason_there_alone(
    trust: Trust, here: Commitment, hours: int, due: bool
) -> None:
    """It is on both wards and came last to both; the limit of 8 hours is reached on one. What was
    there before is due for its review day alone.
    """
    a_step("number", here, trust, 1)
    Initiative.objects.update(review_on=timezone.localdate() - timedelta(days=9))
    last = an_initiative(trust, state="active")
    last.responsibilities.create(part="sponsor", words="Matron")
    for unit, its in ((trust.ward_7, hours - 1), (trust.ward_9, 1)):
        CommitmentFactory.create(
            initiative=last, unit=unit, hours_a_week=its, begins_on=timezone.localdate()
        )
    found = reviews_of(trust.organisation, Unit.objects.filter(organisation=trust.organisation))
    why = [(one.initiative, due.reason, due.units) for one in found.due for due in one.due]
    assert why == [
        (here.initiative_id, "review_day", ()),
        *[(last.pk, "full_unit", (trust.ward_7.pk,))] * due,
    ]


def test_each_asks_for_their_own_units(trust: Trust, here: Commitment) -> None:
    """Though the statement is put together once."""
    assert reasons(trust) == ["stalled"]
    organisation = trust.organisation
    for units, due in (
        (Unit.objects.filter(pk=trust.ward_9.pk), 0),
        (Unit.objects.filter(pk=trust.ward_7.pk), 1),
        (Unit.objects.none(), 0),
    ):
        assert len(reviews_of(organisation, units).due) == due
