"""A unit's plan, and what the ward reads of it: "You said, we did"."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from initiatives.models import Action, Decision, Priority
from initiatives.presenters.suggestions import SuggestionShown, shown
from initiatives.suggestions import what_could_help
from organisations import dates
from organisations.models import Organisation
from reports.models import Attachment, Choice, Debrief, Note
from reports.presenters.phrases import listed, plural
from reports.queries.debriefs import Helps, Plan
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class ActionRow:
    """One action as it stands."""

    pk: int
    what: str
    who: str
    due: str
    since: str
    state: str
    is_open: bool
    outcome: str


@dataclass(frozen=True)
class PriorityCard:
    """A priority with its evidence, its actions, and what could help."""

    pk: int
    title: str
    wording: str
    evidence: str
    link: str
    chosen_by: str
    actions: tuple[ActionRow, ...]
    suggestions: tuple[SuggestionShown, ...]


@dataclass(frozen=True)
class Said:
    """A meeting as the ward's page shows it: only what the team agreed to."""

    name: str
    day: str
    decision: str
    reason: str
    notes: tuple[Note, ...]
    pictures: tuple[Attachment, ...]


@dataclass(frozen=True)
class YouSaid:
    """All of "You said, we did"."""

    meetings: tuple[Said, ...]
    priorities: tuple[PriorityCard, ...]
    decision: str
    reason: str
    early_reason: str


DECIDED = {
    Decision.Word.GO_AHEAD: "We go ahead.",
    Decision.Word.STRENGTHEN: "We strengthen first, then start.",
    Decision.Word.HOLD: "We hold. Now is not the time.",
}


def crumbs(
    organisation: Organisation, unit: SurveyUnit, *, debrief: bool = False, plan: bool = False
) -> list[dict[str, str]]:
    """The way back: Start, Results, the result, and below it."""
    slug = organisation.slug
    rows = [
        {"text": "Start", "href": reverse("start_of", args=[slug])},
        {"text": "Results", "href": reverse("results", args=[slug])},
        {"text": unit.unit_name, "href": reverse("result", args=[slug, unit.pk])},
    ]
    if debrief:
        rows.append({"text": "Debrief", "href": reverse("debrief", args=[slug, unit.pk])})
    if plan:
        rows.append({"text": "Plan", "href": reverse("plan", args=[slug, unit.pk])})
    return rows


def priority_cards(plan: Plan, helps: Helps | None = None) -> tuple[PriorityCard, ...]:
    """Each priority; with `helps` also at most three suggestions."""
    return tuple(
        PriorityCard(
            pk=priority.pk,
            title=priority.title,
            wording=priority.evidence_wording,
            evidence=evidence_words(priority),
            link=priority.evidence_link,
            chosen_by=_chosen_by(plan.chosen_by[priority.pk]),
            actions=tuple(_row(action) for action in priority.actions.all()),
            suggestions=()
            if helps is None
            else tuple(
                shown(one)
                for one in what_could_help(
                    instrument=helps.instrument,
                    item=priority.evidence_code,
                    tasks=helps.tasks_of(priority.evidence_code),
                    local=helps.local,
                )
            ),
        )
        for priority in plan.priorities
    )


def evidence_words(evidence: Priority | Action) -> str:
    """`2.2 on a scale to 5, 13 scored it`; or that no figure was released."""
    if not evidence.evidence_figure:
        return "no figure was released"
    who = f", {evidence.evidence_n} scored it" if evidence.evidence_n else ""
    return f"{evidence.evidence_figure}{who}"


def you_said(plan: Plan, debriefs: Sequence[Debrief]) -> YouSaid | None:
    """What the ward reads; None before its first debrief has ended."""
    ended = [debrief for debrief in debriefs if debrief.ended_at is not None]
    if not ended:
        return None
    open_meetings = {debrief.pk for debrief in debriefs if debrief.ended_at is None}
    said = Plan(
        tuple(
            priority
            for priority in plan.priorities
            if any(choice.debrief_id not in open_meetings for choice in plan.chosen_by[priority.pk])
        ),
        {
            key: tuple(choice for choice in choices if choice.debrief_id not in open_meetings)
            for key, choices in plan.chosen_by.items()
        },
        plan.early,
    )
    latest = max(ended, key=lambda debrief: debrief.ended_at or debrief.started_at).decision
    return YouSaid(
        meetings=tuple(_said(debrief) for debrief in ended),
        priorities=priority_cards(said),
        decision=DECIDED[Decision.Word(latest.word)] if latest else "",
        reason=latest.reason if latest else "",
        early_reason=plan.early.reason if plan.early else "",
    )


def _said(debrief: Debrief) -> Said:
    decision = debrief.decision
    return Said(
        debrief.name,
        dates.day(debrief.ended_at or debrief.started_at),
        decision.get_word_display() if decision else "",
        decision.reason if decision else "",
        tuple(note for note in debrief.notes.all() if note.is_shown),
        tuple(picture for picture in debrief.attachments.all() if picture.is_shown),
    )


def _chosen_by(choices: Sequence[Choice]) -> str:
    names = [choice.debrief.name for choice in choices if choice.debrief]
    return f"Chosen by: {listed(names)}" if names else "Chosen before a debrief"


def _row(action: Action) -> ActionRow:
    is_open = action.state in (Action.State.PLANNED, Action.State.DOING)
    return ActionRow(
        action.pk,
        action.what,
        action.who,
        dates.short_day(action.due_on),
        dates.in_days(action.due_on) if is_open else "",
        action.get_state_display(),
        is_open,
        action.outcome,
    )


def how_far(plan: Plan) -> str:
    """`5 actions, 2 done`."""
    actions = [action for priority in plan.priorities for action in priority.actions.all()]
    if not actions:
        return ""
    done = sum(action.state == Action.State.DONE for action in actions)
    return f"{plural(len(actions), 'action')}, {done} done"
