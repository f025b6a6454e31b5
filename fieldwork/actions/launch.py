"""Launching a survey: from four answers to everything that has to be there before it opens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from fieldwork.actions.poster import free_code
from fieldwork.queries.screeners import has_screener
from initiatives.actions.register import add_initiative, commit_units, set_hours_locked
from initiatives.actions.status import lock_initiative
from initiatives.models import Commitment, Initiative
from instruments.models import Edition
from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import Organisation, Unit, User
from organisations.rules.refusal import Refused
from surveys.actions.distribution import Leader, invite_leaders
from surveys.actions.plan import MOST_REMINDERS
from surveys.actions.staff import RESULT_TOO_LATE
from surveys.actions.staff_import import keep_list
from surveys.exchange.addresses import Address
from surveys.exchange.staff_problem import Person
from surveys.models import Survey, SurveyUnit
from surveys.queries.load import loads_of
from surveys.rules import closing_times, minimum_group, tokens, wall_clock
from surveys.rules import comments as comment_rules

MOST_STAFF = 2000
NOT_ASKED = (Initiative.State.STOPPED, Initiative.State.MERGED)
IS_OVER = "This improvement is {state} on {unit}. Choose another unit or improvement"


@dataclass(frozen=True, slots=True)
class UnitToAsk:
    """One unit of a launch: its posts, its k (the default if none is given), whom to write to.

    `leaders_together` holds only with two leaders or more: one alone answers in their own name.
    """

    unit: Unit
    headcount: int
    minimum_group: int | None = None
    staff: Sequence[Address] = field(default=())
    leaders: Sequence[Leader] = field(default=())
    leaders_together: bool = False

    @property
    def agrees_leaders_form(self) -> bool:
        """Whether its leaders fill in one form together."""
        return self.leaders_together and len({one.email.lower() for one in self.leaders}) > 1

    @property
    def k(self) -> int:
        """The minimum group that will be told to staff."""
        if self.minimum_group is None or minimum_group.is_joint(self.headcount):
            return minimum_group.default(self.headcount)
        return self.minimum_group


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchPlan:
    """What a manager decides before a launch; what has a good default may be left unsaid.

    `initiative` is one from the register; without it the improvement is added there. No `opens_at`
    means now. `why_now` is kept where a unit carries as many hours as its organisation asks it to
    stay below. No `hours`: nobody can say yet. Two launches with the same `launch_key` give one
    survey.
    """

    title: str
    problem: str
    change: str
    units: Sequence[UnitToAsk]
    closes_at: datetime
    ward_edition: Edition
    initiative: Initiative | None = None
    opens_at: datetime | None = None
    result_at: datetime | None = None
    debrief_at: datetime | None = None
    reminder_days: Sequence[int] = wall_clock.REMINDER_DAYS
    comments: str = comment_rules.NONE
    reminds_everyone: bool = False
    launch_key: UUID | None = None
    why_now: str = ""
    hours: Decimal | None = None

    @property
    def reminders(self) -> list[int]:
        """The days of the reminders, each once, in order."""
        return sorted(set(self.reminder_days))


def launch_survey(*, organisation: Organisation, by: User, plan: LaunchPlan) -> Survey:
    """A survey in state `preparing`; the counting worker makes its key, then it opens at its time.

    Raises `Refused`.
    """
    earlier = _earlier(organisation, plan.launch_key)
    if earlier is not None:
        return earlier
    refuse_while_held()
    opening = plan.opens_at or timezone.now()
    _check(organisation, plan, opens_at=opening)
    if plan.comments != comment_rules.NONE:
        _check_comments(organisation, plan.units)
    try:
        with transaction.atomic():
            asked = [one.unit for one in plan.units]
            full = _fullest(organisation, asked)
            initiative = plan.initiative
            if initiative is None:
                initiative = add_initiative(
                    organisation=organisation,
                    title=plan.title,
                    problem=plan.problem,
                    change=plan.change,
                    units=asked,
                    hours=plan.hours,
                    by=by,
                )
            else:
                initiative = lock_initiative(initiative)
                _check_runs(initiative, asked)
                commit_units(initiative=initiative, units=asked)
                if plan.hours is not None:
                    set_hours_locked(initiative=initiative, units=asked, hours=plan.hours, by=by)
            survey = Survey.objects.create(
                organisation=organisation,
                initiative=initiative,
                version=plan.ward_edition.version,
                ward_edition=plan.ward_edition,
                leaders_edition=plan.ward_edition.version.editions.get(is_verbatim=True),
                state=Survey.State.PREPARING,
                title=plan.title,
                problem=plan.problem,
                change=plan.change,
                opens_at=opening,
                closes_at=plan.closes_at,
                result_at=plan.result_at,
                debrief_at=plan.debrief_at,
                comments=plan.comments,
                reminder_days=plan.reminders,
                reminds_everyone=plan.reminds_everyone,
                launched_by=by,
                launched_at=timezone.now(),
                launch_key=plan.launch_key,
                hours_at_launch=full[0] if full else None,
                why_now=plan.why_now if full else "",
            )
            enqueue_on_commit("fieldwork.counting.prepare_survey", survey.pk)
            for one in plan.units:
                _ask_unit(survey, one)
            record(
                action="survey launched",
                on=survey,
                organisation=organisation,
                by=by,
                units=[one.unit.pk for one in plan.units],
                **_load_detail(full, plan.why_now),
            )
    except IntegrityError:
        # The other press of the button was first.
        earlier = _earlier(organisation, plan.launch_key)
        if earlier is None:
            raise
        return earlier
    return survey


def _earlier(organisation: Organisation, launch_key: UUID | None) -> Survey | None:
    if launch_key is None:
        return None
    return Survey.objects.filter(organisation=organisation, launch_key=launch_key).first()


def _fullest(organisation: Organisation, units: Sequence[Unit]) -> tuple[Decimal, int] | None:
    """Of the units that reach a limit of theirs the fullest: its hours a week, and their limit."""
    loads = loads_of(organisation, units)
    full = [
        (loads[unit.pk].all, unit.limits(organisation).hours)
        for unit in units
        if loads[unit.pk].reaches(unit.limits(organisation))
    ]
    return max(full, default=None)


def _check_runs(initiative: Initiative, units: Sequence[Unit]) -> None:
    """Nobody is asked about what has stopped there. The improvement is held."""
    over = (
        Commitment.objects.filter(initiative=initiative, unit__in=units, state__in=NOT_ASKED)
        .select_related("unit")
        .first()
    )
    if over is not None:
        state = over.get_state_display().lower()
        raise Refused(IS_OVER.format(state=state, unit=over.unit.name), field="unit")


def _load_detail(full: tuple[Decimal, int] | None, why_now: str) -> dict[str, object]:
    if full is None:
        return {}
    hours, limit = full
    reason = "given" if why_now else "none given"
    return {"hours_a_week": float(hours), "limit": limit, "reason": reason}


def _check(organisation: Organisation, plan: LaunchPlan, *, opens_at: datetime) -> None:
    if len(plan.reminders) > MOST_REMINDERS:
        raise Refused(f"Choose up to {MOST_REMINDERS} reminders", field="reminders")
    if not plan.units:
        raise Refused("Choose at least one unit", field="unit")
    if plan.closes_at <= opens_at:
        raise Refused("Closing must be after opening", field="closes")
    if plan.result_at is not None and plan.result_at < plan.closes_at:
        raise Refused("Result date must be after the survey closes", field="result")
    has_list = any(one.staff for one in plan.units)
    if has_list and closing_times.is_result_too_late(plan.closes_at, plan.result_at):
        raise Refused(RESULT_TOO_LATE, field="result")
    for one in plan.units:
        if one.unit.organisation_id != organisation.pk:
            raise Refused("Choose units of your own organisation", field="unit")
        if not 1 <= one.headcount <= MOST_STAFF:
            raise Refused("Enter the number of staff as one whole number, like 12", field="staff")
        if not minimum_group.is_allowed(headcount=one.headcount, minimum_group=one.k):
            raise Refused(
                f"You cannot choose {one.k} for {one.headcount} staff", field="minimum_group"
            )
        if one.staff and minimum_group.is_joint(one.headcount):
            raise Refused(
                "Teams of fewer than 8 answer together and do not need personal links. Leave "
                "the staff list blank",
                field="staff_emails",
            )


def _check_comments(organisation: Organisation, units: Sequence[UnitToAsk]) -> None:
    """Nobody is asked to write what could never be read."""
    fewest = comment_rules.FEWEST_RESPONDENTS
    if any(one.headcount < fewest for one in units):
        raise Refused(
            f"We only show comments if {fewest} or more people answer. Choose “No” for units with "
            f"fewer than {fewest} staff",
            field="comments",
        )
    if not all(has_screener(organisation, one.unit) for one in units):
        raise Refused(
            "There’s nobody outside line management to check comments first. Ask your "
            "administrator to add an improvement lead, or choose “No”",
            field="comments",
        )


def _ask_unit(survey: Survey, one: UnitToAsk) -> SurveyUnit:
    joint = minimum_group.is_joint(one.headcount)
    survey_unit = SurveyUnit.objects.create(
        survey=survey,
        unit=one.unit,
        mode=SurveyUnit.Mode.JOINT if joint else SurveyUnit.Mode.SEALED,
        leaders_together=one.agrees_leaders_form,
        unit_name=one.unit.name,
        unit_path=one.unit.path,
        headcount=one.headcount,
        minimum_group=one.k,
        closes_at=survey.closes_at,
        answer_code=free_code(),
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
