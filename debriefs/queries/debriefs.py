"""Reads the debriefs of a result and the plan that came of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from debriefs.models import Attachment, Choice, Debrief, EarlyPlan, Note
from initiatives.models import Action, ClosedIdeaBox, Priority
from initiatives.queries.plans import OPEN
from initiatives.queries.requests import RequestStanding, requests_on
from initiatives.queries.ten_checks import Price, price_on
from results.queries.context_notes import Gathered
from surveys.models import SurveyUnit


@dataclass(frozen=True, slots=True)
class OpenBefore:
    """What is still open in the plan of an earlier result (its survey unit) of the same unit and
    improvement: so many actions. `is_told`: its team reads that plan, since it held a debrief.
    """

    result: int
    ward_page_code: str
    closed_at: datetime
    is_told: bool
    number: int


@dataclass(frozen=True)
class Plan:
    """The priorities of a result, those that most meetings chose first; `actions` by priority.
    What a meeting chooses is in it when that has ended.

    `promises` are actions of the leaders' own, and `from_ideas` follow from ideas of staff, both
    without a priority; `requests` all that the unit asked of departments and members for this
    improvement, the latest first. `before` is what earlier plans leave open, in their order.
    """

    priorities: tuple[Priority, ...]
    chosen_by: dict[int, tuple[Choice, ...]]
    early: EarlyPlan | None
    actions: dict[int | None, list[Action]] = field(default_factory=dict)
    promises: tuple[Action, ...] = ()
    from_ideas: tuple[Action, ...] = ()
    requests: tuple[RequestStanding, ...] = ()
    before: tuple[OpenBefore, ...] = ()


def debriefs_of(unit: SurveyUnit) -> list[Debrief]:
    """Every debrief with its notes, pictures (without their bytes) and choices. Four queries."""
    pictures = Attachment.objects.defer("content")
    choices = Choice.objects.select_related("priority")
    return list(
        Debrief.objects.filter(survey_unit=unit).prefetch_related(
            "notes", Prefetch("attachments", pictures), Prefetch("choices", choices)
        )
    )


def leaders_met(survey_units: Collection[int]) -> set[int]:
    """Those of these results whose leaders held their preparation. One query."""
    held = Debrief.objects.filter(
        survey_unit__in=survey_units, kind=Debrief.Kind.PREPARATION, ended_at__isnull=False
    )
    return set(held.values_list("survey_unit", flat=True))


def plan_of(unit: SurveyUnit) -> Plan:
    """Priorities joined over the meetings. Four queries."""
    return _plan(unit, EarlyPlan.objects.filter(survey_unit=unit).first())


@dataclass(frozen=True)
class Told:
    """What a team reads of its debriefs; `closed` is until when, and why, it can send no ideas.
    `pictures` are those that it shows, without their bytes, by debrief; `price` is there where
    somebody has said one.
    """

    plan: Plan
    debriefs: Sequence[Debrief]
    pictures: dict[int, tuple[Attachment, ...]]
    closed: ClosedIdeaBox | None
    price: Price | None


def told_of(unit: SurveyUnit) -> Told:
    """Debriefs with what they agreed to show, and the plan. Six queries: pictures, and what else
    is one value, come with the debriefs, without which there is no page.
    """
    today = timezone.localdate(timezone=unit.survey.organisation.zone)
    early = EarlyPlan.objects.filter(survey_unit=OuterRef("survey_unit")).values("reason")
    closed = ClosedIdeaBox.objects.filter(unit=unit.unit_id, until__gt=today)
    shown = Attachment.objects.filter(debrief=OuterRef("pk"), is_shown=True).order_by("pk")
    picture = JSONObject(pk="pk", caption="caption", width="width", height="height")
    debriefs = list(
        Debrief.objects.filter(survey_unit=unit)
        .annotate(
            early_reason=Subquery(early[:1]),
            closed_until=Subquery(closed.values("until")[:1]),
            closed_why=Subquery(closed.values("why")[:1]),
            price=price_on(unit.survey.initiative_id, unit.unit_id),
            pictures=Gathered(shown.annotate(one=picture).values("one")),
        )
        .prefetch_related(Prefetch("notes", Note.objects.filter(is_shown=True)))
    )
    reason, until, why, said = (
        (one.early_reason, one.closed_until, one.closed_why, one.price)
        if (one := next(iter(debriefs), None))
        else (None, None, None, None)
    )
    price = Price(**said) if said else None
    return Told(
        _plan(unit, EarlyPlan(survey_unit=unit, reason=reason) if reason else None),
        debriefs,
        {one.pk: tuple(Attachment(**row) for row in one.pictures) for one in debriefs},
        ClosedIdeaBox(unit_id=unit.unit_id, until=until, why=why) if until and why else None,
        price if price != Price(None, None) else None,
    )


def _plan(unit: SurveyUnit, early: EarlyPlan | None) -> Plan:
    """Three queries."""
    chosen: dict[int, list[Choice]] = {}
    is_settled = Q(debrief=None) | Q(debrief__ended_at__isnull=False)
    choices = Choice.objects.filter(is_settled, priority__result=unit.pk)
    for choice in choices.select_related("priority", "debrief"):
        chosen.setdefault(choice.priority_id, []).append(choice)
    actions: dict[int | None, list[Action]] = {}
    before: list[Action] = []
    for action in _with_open_before(unit):
        if action.result == unit.pk:
            actions.setdefault(action.priority_id, []).append(action)
        else:
            before.append(action)
    alone = actions.get(None, [])
    in_order = sorted(chosen.values(), key=lambda choices: (-len(choices), choices[0].pk))
    return Plan(
        tuple(choices[0].priority for choices in in_order),
        {key: tuple(choices) for key, choices in chosen.items()},
        early,
        actions,
        tuple(one for one in alone if one.is_promise),
        tuple(one for one in alone if not one.is_promise),
        tuple(requests_on(unit.survey.initiative_id, unit.unit_id)),
        _by_result(before),
    )


def _with_open_before(unit: SurveyUnit) -> QuerySet[Action]:
    """The actions of a result's plan, and those that plans before it leave open. One query."""
    earlier = SurveyUnit.objects.filter(
        pk=OuterRef("result"), survey__opens_at__lt=unit.survey.opens_at
    )
    return Action.objects.filter(
        Q(result=unit.pk) | (Q(Exists(earlier)) & Q(state__in=OPEN)),
        initiative=unit.survey.initiative_id,
        unit=unit.unit_id,
    ).annotate(
        code=Subquery(earlier.values("ward_page_code")[:1]),
        closed_at=Subquery(earlier.values("closes_at")[:1]),
        is_told=Exists(earlier.filter(debriefed_at__isnull=False)),
    )


def _by_result(actions: Iterable[Action]) -> tuple[OpenBefore, ...]:
    number = Counter(
        (one.closed_at, one.result, one.code, one.is_told)  # type: ignore[attr-defined]
        for one in actions
    )
    return tuple(
        OpenBefore(result, code, closed_at, is_told, number[closed_at, result, code, is_told])
        for closed_at, result, code, is_told in sorted(number)
    )
