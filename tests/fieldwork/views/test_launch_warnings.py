"""What the launch page warns of, and what it says of the odds: reasons, never a block."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Action, Commitment
from initiatives.rules.hours import monday_of
from organisations.models import AuditEntry
from responses.models import Tally
from surveys.models import Survey, SurveyUnit
from surveys.queries.load import loads_of
from tests.factories import ActionFactory, CommitmentFactory, PriorityFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative, only_unit, page_of, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def test_a_full_week_is_a_warning_with_reasons_never_a_block(trust: Trust, manager: Client) -> None:
    running = an_initiative(trust, title="Protected mealtimes", state="active")
    CommitmentFactory.create(initiative=running, unit=trust.ward_7, hours_a_week="8.5")
    trust.open()
    page = page_of(manager, trust.url("surveys/launch"))
    assert "This unit already has a survey running and 1 improvement running" in page
    assert "Protected mealtimes, since March 2026: about 8.5 staff hours a week." in page
    assert (
        "Merrowfield Hospitals asks units to stay below 8 hours, with up to 3 improvements. "
        "You can still launch this survey."
    ) in page
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
    CommitmentFactory.create(initiative=running, unit=trust.ward_7, hours_a_week=hours)
    answer = manager.post(trust.url("surveys/launch"), typed(trust, why_now=why))
    survey = Survey.objects.get()
    assert (survey.hours_at_launch, survey.why_now) == kept
    entry = AuditEntry.objects.get(action="survey launched")
    assert ("hours_a_week" in entry.detail) == (kept[0] is not None)
    assert entry.detail.get("limit") == (8 if kept[0] is not None else None)
    assert why not in str(entry.detail) or not why
    page = page_of(manager, answer["Location"])
    assert ("This survey was launched at a limit: " in page) == (kept[0] is not None)
    assert (f"Why now: {kept[1]}" in page) == bool(kept[1])


def test_too_long_a_reason_is_refused(trust: Trust, manager: Client) -> None:
    answer = manager.post(trust.url("surveys/launch"), typed(trust, why_now="x" * 241))
    assert answer.status_code == 422
    assert "“Why now?” must be 240 characters or fewer" in answer.content.decode()
    assert not Survey.objects.exists()


def test_a_quiet_ward_has_no_warning(trust: Trust, manager: Client) -> None:
    assert "You can still launch" not in page_of(manager, trust.url("surveys/launch"))


def shown_lately(trust: Trust, *, days_ago: int, answers: int) -> None:
    """A survey of Ward 7 that was counted that many days before today's 10:00."""
    survey = trust.launch(title="Quieter nights")
    closed = trust.closing(-days_ago)
    unit = only_unit(survey)
    Survey.objects.filter(pk=survey.pk).update(opens_at=closed - timedelta(days=10))
    unit.state, unit.closes_at = SurveyUnit.State.COUNTED, closed
    unit.save()
    Tally.objects.create(survey_unit=unit, channel="qr", count=answers)


@pytest.mark.parametrize(
    ("days_ago", "answers", "warns"),
    [(31, 11, True), (32, 11, False), (33, 11, False), (31, 10, False), (31, 12, True)],
)
def test_a_result_with_bars_warns_for_42_days(
    trust: Trust, manager: Client, days_ago: int, answers: int, warns: bool
) -> None:
    """The page closes in 10 days: 41, 42 and 43 days after the survey before."""
    shown_lately(trust, days_ago=days_ago, answers=answers)
    page = page_of(manager, trust.url(f"surveys/launch?unit={trust.ward_7.pk}"))
    assert ("had a survey a short time ago" in page) is warns
    assert ("closed on" in page and "may show no bars" in page) is warns


def test_open_actions_are_told(trust: Trust, manager: Client) -> None:
    survey = trust.launch()
    survey.survey_units.update(state=SurveyUnit.State.CANCELLED)
    priority = PriorityFactory.create(
        initiative=survey.initiative, unit=trust.ward_7, result=1, title="Time"
    )
    for state in Action.State.values:
        ActionFactory.create(
            initiative=survey.initiative, unit=trust.ward_7, priority=priority,
            what="Ask", owner="Sister", due_on=timezone.localdate(),
            state=state, added_by=trust.manager, evidence_code="ENV01",
        )  # fmt: skip
    page = page_of(manager, trust.url("surveys/launch"))
    assert "This unit has 2 open actions" in page
    assert "You can still launch this survey." in page


def test_the_odds_are_told(trust: Trust, manager: Client) -> None:
    page = page_of(manager, trust.url("surveys/launch"))
    assert "If 2 in 3 answer, about 8 in 10 units of this size get there." in page


def test_from_20_past_surveys_the_odds_are_the_organisations_own(
    trust: Trust, manager: Client
) -> None:
    for number in range(20):
        page = page_of(manager, trust.url("surveys/launch"))
        assert "If 2 in 3 answer" in page
        shown_lately(trust, days_ago=100 + number, answers=6)
    page = page_of(manager, trust.url("surveys/launch"))
    assert "About 4 in 10 units of this size get there, as your past surveys went." in page


@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        ({"hours": "6"}, Decimal(6)),
        ({"hours": "other", "hours_other": "2.5"}, Decimal("2.5")),
        ({"hours": "unknown"}, None),
        ({}, None),
    ],
)
def test_the_hours_are_asked_at_launch(
    trust: Trust, manager: Client, fields: dict[str, str], hours: Decimal | None
) -> None:
    assert manager.post(trust.url("surveys/launch"), typed(trust, **fields)).status_code == 302
    assert Commitment.objects.get().hours_a_week == hours


def test_hours_that_are_none_launch_nothing(trust: Trust, manager: Client) -> None:
    wrong = typed(trust, hours="other", hours_other="many")
    answer = manager.post(trust.url("surveys/launch"), wrong)
    assert answer.status_code == 422
    assert "Enter the hours as a number, like 3 or 2.5" in answer.text
    assert not Survey.objects.exists()


def test_what_the_register_knows_is_filled_in_and_may_be_corrected(
    trust: Trust, manager: Client
) -> None:
    known = CommitmentFactory.create(
        initiative=an_initiative(trust), unit=trust.ward_7, hours_a_week="2.5"
    )
    about = f"initiative={known.initiative_id}&unit={trust.ward_7.pk}"
    page = page_of(manager, trust.url(f"surveys/launch?{about}"))
    assert 'value="other" checked' in page and 'value="2.5"' in page
    chosen = typed(trust, initiative=str(known.initiative_id), hours="6")
    assert manager.post(trust.url("surveys/launch"), chosen).status_code == 302
    known.refresh_from_db()
    assert known.hours_a_week == Decimal(6)
    assert AuditEntry.objects.filter(action="hours set").count() == 1


def test_a_survey_that_is_open_counts_as_hours_until_it_is_not(trust: Trust) -> None:
    """Closing, extending and cancelling follow by themselves: nothing is stored."""
    survey = trust.open()
    unit = only_unit(survey)
    monday = monday_of(timezone.localdate(unit.closes_at, trust.organisation.zone))
    before = loads_of(trust.organisation, [trust.ward_7], monday=monday)[trust.ward_7.pk]
    assert before.now == Decimal("1.5")
    week_after = monday + timedelta(days=7)
    later = loads_of(trust.organisation, [trust.ward_7], monday=week_after)[trust.ward_7.pk]
    assert later.now == 0
    SurveyUnit.objects.update(closes_at=unit.closes_at + timedelta(days=7))
    extended = loads_of(trust.organisation, [trust.ward_7], monday=week_after)[trust.ward_7.pk]
    assert extended.now > 0
    SurveyUnit.objects.update(state=SurveyUnit.State.CANCELLED)
    gone = loads_of(trust.organisation, [trust.ward_7], monday=monday)[trust.ward_7.pk]
    assert gone.now == 0
