"""What Home costs somebody with several roles: usual in a small hospital."""

import re
from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from debriefs.models import EarlyPlan
from initiatives.models import (
    Decision,
    DepartmentRequest,
    Idea,
    Initiative,
    Measure,
    Point,
    Responsibility,
    Review,
    SmallTest,
)
from instruments.actions.draft import copy_to_draft
from instruments.models import Version
from organisations.models import Membership, Role, Unit, User
from overview.views import start
from responses.models import Screening
from surveys.models import NamedResponse, SurveyUnit
from tests.factories import (
    ActionFactory,
    CommitmentFactory,
    SurveyFactory,
    SurveyUnitFactory,
    UnitFactory,
    UserFactory,
)
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db

STATES = SurveyUnit.State
MANY = 5
DAY = timedelta(days=1)
MIXES = [mix for number in range(1, 6) for mix in combinations(Role, number)]
# Each kind that can wait, one by one or together, and each other part of the page.
SAID = (
    *("tell everyone about the survey", "fill in your leaders’ form", "check the comments"),
    *("discuss the result|ready for a team debrief", "debriefs (of 5 units )?differ"),
    *("repeat the survey", "plan was started|plans were started", "“lamp” is overdue|actions are"),
    *("no answer from estates|requests need you", "number: falls|numbers are due"),
    *("how the small test went|small tests have", "still done", "from staff", "finish the draft"),
    *("review “", "name another reviewer", "actions closed on time", "decided lately"),
    *("improvements on your unit", "decided: go ahead", "launched at a limit"),
)


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def fill(trust: Trust, user: User, units: list[Unit]) -> None:
    """All that can wait, so many of each, on these units in turn."""
    today, now = timezone.localdate(), timezone.now()
    other = UserFactory.create()
    for number in range(MANY):
        unit = units[number % len(units)]
        one = an_initiative(
            trust, title=f"Improvement {number}", state="active", review_on=today - DAY
        )
        CommitmentFactory.create(initiative=one, unit=unit, hours_a_week=1)
        Responsibility.objects.create(initiative=one, part="sponsor", words="Matron")
        Responsibility.objects.create(initiative=one, part="helper", user=user)
        _surveys(trust, user, unit, one)
        _work(trust, user, unit, one, number)
        _counted(user, unit, one)
        review = Review.objects.create(
            initiative=one,
            decision="stop",
            reason="So.",
            reviewer=other,
            reviewed_at=now - DAY * 90,
        )
        review.units.add(unit)
        copy_to_draft(version=trust.version, organisation=trust.organisation, by=user)


def _surveys(trust: Trust, user: User, unit: Unit, initiative: Initiative) -> None:
    now = timezone.now()

    def asked(title: str, **fields: Any) -> SurveyUnit:
        survey = SurveyFactory.create(
            organisation=trust.organisation,
            title=title,
            initiative=initiative if title == "Runs" else an_initiative(trust, title=title),
            hours_at_launch=9 if title == "Runs" else None,
        )
        made: SurveyUnit = SurveyUnitFactory.create(survey=survey, unit=unit, **fields)
        return made

    out: dict[str, Any] = {"state": STATES.COUNTED, "published_at": now - DAY * 100}
    runs = asked("Runs")
    NamedResponse.objects.create(survey_unit=runs, kind="leaders", name="L", user=user)
    Screening.objects.create(survey_unit=asked("Comments", state=STATES.CLOSED))
    asked("Talk", **out)
    asked("Differ", debrief_state="differ", differ_since=now - DAY * 20, **out)
    again = asked("Again", debriefed_at=now - DAY * 90, **out)
    Decision.objects.create(
        initiative=again.survey.initiative, unit=unit, choice="go_ahead", reason="So.",
        decided_by=user,
    )  # fmt: skip
    early = asked("Early", **out)
    EarlyPlan.objects.create(survey_unit=early, reason="A visit.", opened_by=user)


def _work(trust: Trust, user: User, unit: Unit, initiative: Initiative, number: int) -> None:
    today = timezone.localdate()
    here = {"initiative": initiative, "unit": unit, "added_by": user}
    measure = Measure.objects.create(name="Falls", every="week", better="less", **here)
    Point.objects.create(measure=measure, day=today - DAY * 9, value=Decimal(2))
    SmallTest.objects.create(number=1, what="Red apron", expects="Fewer", until=today, **here)
    Idea.objects.create(unit=unit, words="Bins", shown_on=today - DAY * 20)
    over = an_initiative(trust, title=f"Over {number}", state="finished")
    CommitmentFactory.create(initiative=over, unit=unit, ends_on=today - DAY * 190)
    Responsibility.objects.create(initiative=over, part="sponsor", user=user)


def _counted(user: User, unit: Unit, initiative: Initiative) -> None:
    today = timezone.localdate()
    ActionFactory.create(
        initiative=initiative, unit=unit, result=1, is_promise=True, what="Lamp", owner="Clerk",
        added_by=user, due_on=today - DAY * 30,
    )  # fmt: skip
    DepartmentRequest.objects.create(
        initiative=initiative, unit=unit, whom="Estates", email="estates@merrowfield.example",
        needs="Lamp", asked_by=user, answer_by=today - DAY * 9,
    )  # fmt: skip


@pytest.mark.parametrize("wards", [1, MANY])
def test_no_mix_of_roles_takes_more_than_12_statements(
    trust: Trust, client: Client, monkeypatch: pytest.MonkeyPatch, wards: int
) -> None:
    """Over one ward each action and request is named; over several they stand in one line."""
    monkeypatch.setattr(start, "FOLDED", 100)
    units = [trust.ward_7]
    if wards > 1:
        organisation = trust.organisation
        units = UnitFactory.create_batch(wards, organisation=organisation, parent=trust.medicine)
    user = trust.member(Role.EDITOR)
    client.force_login(user)
    fill(trust, user, units)
    costs, said = {}, ""
    for mix in MIXES:
        Membership.objects.filter(user=user).delete()
        for role in mix:
            here = trust.ward_7 if wards == 1 else trust.medicine
            Membership.objects.create(
                organisation=trust.organisation, user=user, role=role, unit=here
            )
        with CaptureQueriesContext(connection) as sent:
            page = client.get(trust.url())
        assert page.status_code == 200
        costs[mix] = len(sent)
        said += page.text
    assert {mix: cost for mix, cost in costs.items() if cost > 12} == {}
    assert [words for words in SAID if not re.search(words, said.lower())] == []


def held(trust: Trust, **units: Unit | None) -> User:
    """Somebody with these roles, each over a unit."""
    user = UserFactory.create()
    for role, unit in units.items():
        Membership.objects.create(organisation=trust.organisation, user=user, role=role, unit=unit)
    return user


def page_of(trust: Trust, client: Client, user: User) -> str:
    client.force_login(user)
    return " ".join(client.get(trust.url()).text.split())


def test_each_role_reaches_its_own_units(trust: Trust, client: Client) -> None:
    """Where one works is where one steers; what one reviews is what stands at a glance."""
    UnitFactory.create_batch(4, organisation=trust.organisation, parent=trust.medicine)
    page = page_of(trust, client, held(trust, lead=trust.ward_9, reviewer=None))
    assert "Ward 9</span> To do" in page
    assert "6 of 6</p>" in page
    page = page_of(trust, client, held(trust, lead=None, reviewer=trust.ward_9))
    assert "Merrowfield Hospitals</span> To do" in page
    assert "1 unit so far: too few to say." in page


@pytest.mark.parametrize(("days", "where"), [(0, "Ward 9"), (1, "Medicine")])
def test_a_unit_that_closes_counts_until_its_day(
    trust: Trust, client: Client, days: int, where: str
) -> None:
    Unit.objects.filter(pk=trust.ward_7.pk).update(valid_to=timezone.localdate() + DAY * days)
    page = page_of(trust, client, held(trust, manager=trust.medicine))
    assert ("Ward 9</span> To do" in page) is (where == "Ward 9")


def test_drafts_of_one_day_stand_with_the_last_saved_first(trust: Trust, client: Client) -> None:
    user = held(trust, editor=None)
    drafts = [
        copy_to_draft(version=trust.version, organisation=trust.organisation, by=user)
        for _ in range(3)
    ]
    noon = timezone.localtime().replace(hour=12, minute=0)
    for draft, minutes in zip(drafts, (5, 9, 1), strict=True):
        Version.objects.filter(pk=draft.pk).update(saved_at=noon + timedelta(minutes=minutes))
    page = page_of(trust, client, user)
    places = [page.index(f"question-bank/{draft.pk}/") for draft in drafts]
    assert places[1] < places[0] < places[2]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REVIEWER])
def test_who_only_reviews_does_not_close_actions(trust: Trust, client: Client, role: Role) -> None:
    one = an_initiative(trust, state="active")
    CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    _counted(trust.manager, trust.ward_7, one)
    page = page_of(trust, client, held(trust, **{role: trust.ward_7}))
    assert ("Say how it went" in page) is (role == Role.MANAGER)
    assert ("See overdue actions" in page) is (role == Role.REVIEWER)


def test_the_latest_survey_and_the_latest_decision_count(trust: Trust, client: Client) -> None:
    one = an_initiative(trust, state="active")
    for days in (0, 30):
        opened = timezone.now() - DAY * days - DAY
        survey = SurveyFactory.create(
            organisation=trust.organisation, initiative=one, opens_at=opened
        )
        state = STATES.CLOSED if days else STATES.OPEN
        SurveyUnitFactory.create(survey=survey, unit=trust.ward_7, state=state)
    page = page_of(trust, client, trust.manager)
    assert "Survey open: not enough yet" in page and "Being counted" not in page
    SurveyUnit.objects.update(state=STATES.COUNTED, published_at=timezone.now())
    for choice in ("go_ahead", "strengthen"):
        Decision.objects.create(
            initiative=one, unit=trust.ward_7, choice=choice, reason="So.", decided_by=trust.lead
        )
    assert "Decided: strengthen first" in page_of(trust, client, trust.manager)
