"""Brings a list of improvements onto the register: all of it or nothing; twice adds nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from initiatives.actions.status import sum_up
from initiatives.exchange.improvement_list import ImprovementList, Row
from initiatives.models import Commitment, Initiative, Responsibility, StatusChange
from initiatives.rules import status
from organisations.actions.audit_log import record
from organisations.exchange.tables import Problem
from organisations.models import Organisation, Unit, User
from organisations.rules import typed
from organisations.rules.refusal import Refused

WHY = "It was on the list that was uploaded."
SEPARATOR = " > "


@dataclass(slots=True)
class Planned:
    """An improvement of the list: new, or one on the register that gains units."""

    title: str
    known: Initiative | None
    rows: list[tuple[Row, Unit]] = field(default_factory=list)


@dataclass
class RegisterPlan:
    """What the import would do. With any problem it does nothing."""

    added: list[Planned] = field(default_factory=list)
    joined: list[Planned] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


def plan_register(
    *,
    organisation: Organisation,
    units: Iterable[Unit],
    listed: ImprovementList,
    another: Collection[int] = (),
) -> RegisterPlan:
    """Finds each row's unit among these, and each name on the register. Two queries.

    A name means the oldest improvement that has it, but none of `another`.
    """
    plan = RegisterPlan(problems=list(listed.problems))
    today = timezone.localdate(timezone=organisation.zone)
    named = _by_name(units)
    known = {
        one.title.casefold(): one
        for one in Initiative.objects.filter(organisation=organisation)
        .exclude(pk__in=another)
        .order_by("-pk")
    }
    there = set(
        Commitment.objects.filter(initiative__organisation=organisation).values_list(
            "initiative", "unit"
        )
    )
    found: dict[str, Planned] = {}
    for row in listed.rows:
        unit = _unit(row, named, plan)
        if unit is None or not _is_possible(row, today, plan):
            continue
        key = row.title.casefold()
        planned = found.setdefault(key, Planned(row.title, known.get(key)))
        if planned.known is not None and (planned.known.pk, unit.pk) in there:
            plan.same += 1
        else:
            planned.rows.append((row, unit))
    for planned in found.values():
        if planned.known is None:
            plan.added.append(planned)
        elif planned.rows:
            plan.joined.append(planned)
    plan.problems.sort(key=lambda one: one.line)
    return plan


@transaction.atomic
def import_register(
    *,
    organisation: Organisation,
    units: Iterable[Unit],
    listed: ImprovementList,
    by: User,
    another: Collection[int] = (),
) -> RegisterPlan:
    """Does what the plan says. Raises `Refused` where anything is to be corrected.

    Done twice it finds what it added the first time, also beside `another` of the same name.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    plan = plan_register(organisation=organisation, units=units, listed=listed, another=another)
    if plan.problems:
        raise Refused("Correct the list first.")
    today = timezone.localdate(timezone=organisation.zone)
    new = [_initiative(organisation, one.rows[0][0], today, by) for one in plan.added]
    old = [one.known for one in plan.joined if one.known is not None]
    here = {
        id(initiative): [_commitment(initiative, row, unit, today) for row, unit in one.rows]
        for initiative, one in zip([*new, *old], [*plan.added, *plan.joined], strict=True)
    }
    for one in new:
        sum_up(one, here[id(one)])
    Initiative.objects.bulk_create(new)
    Responsibility.objects.bulk_create(
        Responsibility(initiative=initiative, part=part, words=words)
        for initiative, planned in zip(new, plan.added, strict=True)
        for part, words in _parts(planned.rows[0][0])
    )
    commitments = Commitment.objects.bulk_create(one for group in here.values() for one in group)
    StatusChange.objects.bulk_create(
        StatusChange(
            initiative=one.initiative,
            unit=one.unit,
            was=status.PROPOSED,
            state=one.state,
            why=WHY,
            changed_by=by,
        )
        for one in commitments
        if one.state != status.PROPOSED
    )
    for known in Initiative.objects.filter(pk__in=[one.pk for one in old]).prefetch_related(
        "commitments"
    ):
        sum_up(known, known.commitments.all())
        known.save(update_fields=["state", "started_on"])
    if commitments:
        record(
            action="improvements imported",
            on=organisation,
            organisation=organisation,
            by=by,
            added=[one.pk for one in new],
            joined=[one.pk for one in old],
            rows=len(commitments),
        )
    return plan


def _by_name(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    """Units by their name and by their path of names."""
    units = list(units)
    names = {str(unit.pk): unit.name for unit in units}
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        path = [names[pk] for pk in unit.path.strip("/").split("/") if pk in names]
        for name in {unit.name.casefold(), SEPARATOR.join(path).casefold()}:
            found[name].append(unit)
    return found


def _unit(row: Row, named: dict[str, list[Unit]], plan: RegisterPlan) -> Unit | None:
    found = named.get(row.unit.casefold(), [])
    if len(found) == 1:
        return found[0]
    wrong, mend = (
        "You have no open unit with this name.",
        "Write its name as in your list of units.",
    )
    if found:
        wrong = f"{len(found)} units have this name."
        mend = f"Write the unit above it too, like Medicine{SEPARATOR}{found[0].name}."
    plan.problems.append(Problem(row.line, "unit", row.unit[:80], wrong, mend))
    return None


def _is_possible(row: Row, today: date, plan: RegisterPlan) -> bool:
    """A planned start is after today, what is active has begun, no day is years ahead."""
    latest = today + typed.FURTHEST_AHEAD
    far = {"begins": row.begins_on, "review": row.review_on}
    for column, found in far.items():
        if found is not None and found > latest:
            wrong = "This date is too far ahead."
            mend = f"Enter a day no later than {latest.isoformat()}."
            plan.problems.append(Problem(row.line, column, found.isoformat(), wrong, mend))
            return False
    if row.state == status.PLANNED and (row.begins_on is None or row.begins_on <= today):
        wrong, mend = "A planned improvement starts later.", "Enter a day after today."
    elif row.state == status.ACTIVE and row.begins_on is not None and row.begins_on > today:
        wrong, mend = "An active improvement has started.", "Use planned, or an earlier day."
    else:
        return True
    wrote = row.begins_on.isoformat() if row.begins_on else ""
    plan.problems.append(Problem(row.line, "begins", wrote, wrong, mend))
    return False


def _initiative(organisation: Organisation, row: Row, today: date, by: User) -> Initiative:
    return Initiative(
        organisation=organisation,
        title=row.title,
        problem=row.problem,
        change=row.change,
        review_on=row.review_on or today + timedelta(weeks=organisation.review_weeks),
        added_by=by,
    )


def _parts(row: Row) -> list[tuple[str, str]]:
    parts = ((Responsibility.Part.LED_BY, row.led_by), (Responsibility.Part.SPONSOR, row.sponsor))
    return [(part, words) for part, words in parts if words]


def _commitment(initiative: Initiative, row: Row, unit: Unit, today: date) -> Commitment:
    state = _state(row, today)
    return Commitment(
        initiative=initiative,
        unit=unit,
        state=state,
        hours_a_week=row.hours,
        begins_on=row.begins_on or (today if state == status.ACTIVE else None),
        ends_on=today if state in status.OVER else None,
    )


def _state(row: Row, today: date) -> str:
    """What the list says; else by the day on which it begins."""
    if row.state:
        return row.state
    if row.begins_on is None:
        return status.PROPOSED
    return status.PLANNED if row.begins_on > today else status.ACTIVE
