"""Reads the debriefs of a result and the plan that came of them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch

from debriefs.models import Attachment, Choice, Debrief, EarlyPlan
from initiatives.models import Action, Priority
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class Plan:
    """The priorities of a result, those that most meetings chose first, with their actions.

    `promises` are actions of the leaders' own, without a priority.
    """

    priorities: tuple[Priority, ...]
    chosen_by: dict[int, tuple[Choice, ...]]
    early: EarlyPlan | None
    promises: tuple[Action, ...] = ()


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
    """Priorities joined over the meetings. Four queries at most."""
    chosen: dict[int, list[Choice]] = {}
    actions = Prefetch("priority__actions", Action.objects.all())
    for choice in (
        Choice.objects.filter(survey_unit=unit)
        .select_related("priority", "debrief")
        .prefetch_related(actions)
    ):
        chosen.setdefault(choice.priority_id, []).append(choice)
    in_order = sorted(chosen.values(), key=lambda choices: (-len(choices), choices[0].pk))
    return Plan(
        tuple(choices[0].priority for choices in in_order),
        {key: tuple(choices) for key, choices in chosen.items()},
        EarlyPlan.objects.filter(survey_unit=unit).first(),
        tuple(Action.objects.filter(result=unit.pk, is_promise=True)),
    )
