"""Reads the debriefs of a result and the plan that came of them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch

from initiatives.models import Action, Priority, Suggestion
from reports.models import Attachment, Choice, Debrief, EarlyPlan
from surveys.models import SurveyUnit, Version
from surveys.queries.reading import Spoken, spoken_of


@dataclass(frozen=True)
class Plan:
    """The priorities of a result, those that most meetings chose first, with their actions."""

    priorities: tuple[Priority, ...]
    chosen_by: dict[int, tuple[Choice, ...]]
    early: EarlyPlan | None


@dataclass(frozen=True)
class Helps:
    """What chooses suggestions: the instrument, our reading of it, the organisation's own."""

    instrument: str
    spoken: dict[str, Spoken]
    local: list[Suggestion]

    def tasks_of(self, code: str) -> tuple[str, ...]:
        """The tasks that a statement speaks to."""
        return self.spoken.get(code, Spoken()).tasks


def debrief_held(survey_unit: str) -> Exists:
    """Whether a debrief has ended of the survey unit that this field of the outer row names."""
    return Exists(Debrief.objects.filter(survey_unit=OuterRef(survey_unit), ended_at__isnull=False))


def debriefs_of(unit: SurveyUnit) -> list[Debrief]:
    """Every meeting with its notes, pictures (without their bytes) and choices. Four queries."""
    pictures = Attachment.objects.defer("content")
    choices = Choice.objects.select_related("priority")
    return list(
        Debrief.objects.filter(survey_unit=unit)
        .select_related("decision")
        .prefetch_related("notes", Prefetch("attachments", pictures), Prefetch("choices", choices))
    )


def plan_of(unit: SurveyUnit) -> Plan:
    """Priorities joined over the meetings. Three queries at most."""
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
    )


def served_by(unit: SurveyUnit, local: list[Suggestion]) -> Helps:
    """What it takes to choose suggestions for this unit's statements. One query."""
    version = (
        Version.objects.filter(pk=unit.survey.version_id)
        .select_related("instrument", "reading")
        .get()
    )
    return Helps(version.instrument.code, spoken_of(version), local)
