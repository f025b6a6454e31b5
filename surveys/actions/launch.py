"""Launching a survey: from four answers to everything that has to be there before it opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.actions.register import add_initiative, commit_units
from initiatives.models import Initiative
from initiatives.queries.register import load_of, sum_of
from organisations.audit import record
from organisations.models import Organisation, Unit, User
from organisations.refusal import Refused
from surveys import comments as comment_rules
from surveys import minimum_group, tokens, wall_clock
from surveys.actions.distribution import Leader, invite_leaders
from surveys.actions.plan import MOST_REMINDERS
from surveys.actions.staff_import import keep_list
from surveys.actions.worker import ask_soon
from surveys.addresses import Address
from surveys.models import Edition, Survey, SurveyUnit
from surveys.queries.screeners import has_screener
from surveys.staff_list import Person

MOST_STAFF = 2000
TRIES = 5


@dataclass(frozen=True, slots=True)
class UnitToAsk:
    """One unit of a launch: its posts, its k (the default if none is given), whom to write to."""

    unit: Unit
    headcount: int
    minimum_group: int | None = None
    staff: Sequence[Address] = field(default=())
    leaders: Sequence[Leader] = field(default=())

    @property
    def k(self) -> int:
        """The minimum group that will be told to staff."""
        if self.minimum_group is None or minimum_group.is_joint(self.headcount):
            return minimum_group.default(self.headcount)
        return self.minimum_group


def launch_survey(
    *,
    organisation: Organisation,
    by: User,
    title: str,
    problem: str,
    change: str,
    units: Sequence[UnitToAsk],
    closes_at: datetime,
    ward_edition: Edition,
    initiative: Initiative | None = None,
    opens_at: datetime | None = None,
    result_at: datetime | None = None,
    talk_at: datetime | None = None,
    reminder_days: Iterable[int] = wall_clock.REMINDER_DAYS,
    comments: str = comment_rules.NONE,
    reminds_everyone: bool = False,
    launch_key: UUID | None = None,
    why_now: str = "",
) -> Survey:
    """A survey in state `preparing`; the counting worker makes its key, then it opens at its time.

    `initiative` is one from the register; without it the improvement is added there. No `opens_at`
    means now. The same `launch_key` twice gives the same survey. `why_now` is kept where a unit
    carries as many hours as its organisation asks it to stay below. Raises `Refused`.
    """
    earlier = _earlier(organisation, launch_key)
    if earlier is not None:
        return earlier
    opening = opens_at or timezone.now()
    days = sorted(set(reminder_days))
    if len(days) > MOST_REMINDERS:
        raise Refused(f"Choose {MOST_REMINDERS} reminders at most", field="reminders")
    _check(organisation, units=units, opens_at=opening, closes_at=closes_at, result_at=result_at)
    if comments != comment_rules.NONE:
        _check_comments(organisation, units)
    try:
        with transaction.atomic():
            asked = [one.unit for one in units]
            hours = _hours_beyond(organisation, asked)
            if initiative is None:
                initiative = add_initiative(
                    organisation=organisation,
                    title=title,
                    problem=problem,
                    change=change,
                    units=asked,
                    by=by,
                )
            else:
                commit_units(initiative=initiative, units=asked)
            survey = Survey.objects.create(
                organisation=organisation,
                initiative=initiative,
                version=ward_edition.version,
                ward_edition=ward_edition,
                leaders_edition=ward_edition.version.editions.get(is_verbatim=True),
                state=Survey.State.PREPARING,
                title=title,
                problem=problem,
                change=change,
                opens_at=opening,
                closes_at=closes_at,
                result_at=result_at,
                talk_at=talk_at,
                comments=comments,
                reminder_days=days,
                reminds_everyone=reminds_everyone,
                launched_by=by,
                launched_at=timezone.now(),
                launch_key=launch_key,
                hours_at_launch=hours,
                why_now=why_now if hours is not None else "",
            )
            ask_soon("surveys.counting.prepare_survey", survey.pk)
            for one in units:
                _ask_unit(survey, one)
            record(
                action="survey launched",
                on=survey,
                organisation=organisation,
                by=by,
                units=[one.unit.pk for one in units],
                **_load_detail(survey),
            )
    except IntegrityError:
        # The other press of the button was first.
        earlier = _earlier(organisation, launch_key)
        if earlier is None:
            raise
        return earlier
    return survey


def _earlier(organisation: Organisation, launch_key: UUID | None) -> Survey | None:
    if launch_key is None:
        return None
    return Survey.objects.filter(organisation=organisation, launch_key=launch_key).first()


def _hours_beyond(organisation: Organisation, units: Sequence[Unit]) -> Decimal | None:
    """The hours a week of the fullest unit, if they reach the organisation's limit."""
    sums = (sum_of(commitments) for commitments in load_of(units).values())
    most = max(sums, default=Decimal())
    return most if most >= organisation.weekly_hours_limit else None


def _load_detail(survey: Survey) -> dict[str, object]:
    if survey.hours_at_launch is None:
        return {}
    return {
        "hours_a_week": float(survey.hours_at_launch),
        "limit": survey.organisation.weekly_hours_limit,
        "reason": "given" if survey.why_now else "none given",
    }


def _check(
    organisation: Organisation,
    *,
    units: Sequence[UnitToAsk],
    opens_at: datetime,
    closes_at: datetime,
    result_at: datetime | None,
) -> None:
    if not units:
        raise Refused("Choose at least one unit", field="unit")
    if closes_at <= opens_at:
        raise Refused("Closing must be after opening", field="closes")
    if result_at is not None and result_at < closes_at:
        raise Refused("The result cannot come before the survey closes", field="result")
    for one in units:
        if one.unit.organisation_id != organisation.pk:
            raise Refused("Choose units of your own organisation", field="unit")
        if not 1 <= one.headcount <= MOST_STAFF:
            raise Refused("Enter the number of staff as one whole number, like 12", field="staff")
        if not minimum_group.is_allowed(headcount=one.headcount, minimum_group=one.k):
            raise Refused(
                f"{one.k} cannot be chosen for {one.headcount} staff", field="minimum_group"
            )
        if one.staff and minimum_group.is_joint(one.headcount):
            raise Refused(
                "A team of fewer than 8 scores together, so nobody needs a personal link. "
                "Leave the staff list empty",
                field="staff_emails",
            )


def _check_comments(organisation: Organisation, units: Sequence[UnitToAsk]) -> None:
    """Nobody is asked to write what could never be read."""
    fewest = comment_rules.FEWEST_RESPONDENTS
    if any(one.headcount < fewest for one in units):
        raise Refused(
            f"Comments are shown from {fewest} answers, so they are not for units of fewer than "
            f"{fewest} staff. Choose “No”",
            field="comments",
        )
    if not all(has_screener(organisation, one.unit) for one in units):
        raise Refused(
            "Nobody outside the line management could read the comments first. Ask your "
            "administrator for an improvement lead, or choose “No”",
            field="comments",
        )


def _ask_unit(survey: Survey, one: UnitToAsk) -> SurveyUnit:
    joint = minimum_group.is_joint(one.headcount)
    survey_unit = SurveyUnit.objects.create(
        survey=survey,
        unit=one.unit,
        way=SurveyUnit.Way.JOINT if joint else SurveyUnit.Way.WARD,
        unit_name=one.unit.name,
        unit_path=one.unit.path,
        headcount=one.headcount,
        minimum_group=one.k,
        closes_at=survey.closes_at,
        answer_code=_free_code(),
        ward_page_code=tokens.new_ward_page_code(),
    )
    if one.staff:
        # A list for each unit: two of them may have the same name.
        keep_list(
            survey=survey,
            units=[survey_unit],
            people=[Person(line, who, one.unit.name) for line, who in enumerate(one.staff, 1)],
            by=survey.launched_by,
            key=f"launch {survey_unit.pk}",
        )
    invite_leaders(survey_unit=survey_unit, leaders=one.leaders)
    return survey_unit


def _free_code() -> str:
    for _ in range(TRIES):
        code = tokens.new_answer_code()
        if not SurveyUnit.objects.filter(answer_code=code).exists():
            return code
    raise RuntimeError("No free code was found; the codes are too short for so many surveys.")
