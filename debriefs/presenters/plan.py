"""A unit's plan, and what the ward reads of it: "You said, we did"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from debriefs.models import Attachment, Choice, Debrief, Note
from debriefs.presenters.action_list import moved_words
from debriefs.queries.debriefs import OpenBefore, Plan
from debriefs.rules.views import is_named
from initiatives.models import Action, Decision, Priority
from initiatives.presenters.requests import latest_by_action, state_of_action
from initiatives.presenters.suggestions import SuggestionView, shown
from initiatives.queries.plans import PlanProgress
from initiatives.rules.requests import Standing
from initiatives.rules.suggestions import what_could_help
from initiatives.words.requests import request_line
from organisations.words import dates
from results.presenters.decision import DecidedView, decided_view, undecided_lines
from results.queries.suggestions import Helps
from results.words.decision import UNNAMED, actions_in_words
from results.words.phrases import listed, plural
from surveys.models import SurveyUnit

# What nobody waits for any more.
OVER = (Standing.WITHDRAWN, Standing.NEEDLESS)
NO_PICTURES: Mapping[int, tuple[Attachment, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class ActionRow:
    """One action as it stands. `asked` is the line of its request to a department or a member."""

    pk: int
    what: str
    owner: str
    due: str
    since: str
    state: str
    is_open: bool
    outcome: str
    moved: str
    asked: str


@dataclass(frozen=True)
class AskedLine:
    """A request that is for no single action: what is needed, and how it stands."""

    needs: str
    line: str


@dataclass(frozen=True)
class BeforeLine:
    """What an earlier plan leaves open, in a sentence; where that plan is: of which result, and
    the code of its team page.
    """

    words: str
    result: int
    ward_page_code: str


@dataclass(frozen=True)
class PriorityCard:
    """A priority with its evidence, its actions and requests, and what could help."""

    pk: int
    title: str
    help_from: str
    wording: str
    evidence: str
    link: str
    chosen_by: str
    actions: tuple[ActionRow, ...]
    asked: tuple[AskedLine, ...]
    suggestions: tuple[SuggestionView, ...]


@dataclass(frozen=True)
class Said:
    """A meeting as the ward's page shows it: only what the team agreed to."""

    name: str
    day: str
    choice: str
    reason: str
    count: str
    notes: tuple[Note, ...]
    pictures: tuple[Attachment, ...]


@dataclass(frozen=True)
class YouSaid:
    """All of "You said, we did"."""

    meetings: tuple[Said, ...]
    priorities: tuple[PriorityCard, ...]
    decision: DecidedView | None
    undecided: tuple[str, ...]
    promises: tuple[ActionRow, ...]
    asked: tuple[AskedLine, ...]
    before: tuple[BeforeLine, ...]
    early_reason: str


def priority_cards(plan: Plan, helps: Helps | None = None) -> tuple[PriorityCard, ...]:
    """Each priority; with `helps` also at most three suggestions."""
    return tuple(
        PriorityCard(
            pk=priority.pk,
            title=priority.title,
            help_from=_help_from(priority),
            wording=priority.evidence_wording,
            evidence=evidence_words(priority),
            link=priority.evidence_link,
            chosen_by=_chosen_by(plan.chosen_by[priority.pk]),
            actions=tuple(_row(action, plan) for action in plan.actions.get(priority.pk, ())),
            asked=_asked(plan, priority),
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


def _help_from(priority: Priority) -> str:
    if not priority.needs_help:
        return ""
    who = f" {priority.help_from} could help." if priority.help_from else ""
    return f"We cannot do this alone.{who}"


def evidence_words(evidence: Priority | Action) -> str:
    """`2.2 on a scale to 5, 13 scored it`; or that no figure was released."""
    if not evidence.evidence_figure:
        return "no figure shown"
    owner = f", scored by {evidence.evidence_n} people" if evidence.evidence_n else ""
    return f"{evidence.evidence_figure}{owner}"


def you_said(
    plan: Plan,
    debriefs: Sequence[Debrief],
    decision: Decision | None,
    unit: SurveyUnit,
    *,
    pictures: Mapping[int, tuple[Attachment, ...]] = NO_PICTURES,
) -> YouSaid | None:
    """What the team reads; None before its first debrief has ended. `pictures` are by debrief.

    While debriefs differ it reads what each says; an earlier decision is then no longer the last.
    """
    ended = [one for one in debriefs if one.ended_at is not None and one.choice]
    if not ended:
        return None
    differ = unit.debrief_state == SurveyUnit.DebriefState.DIFFER
    return YouSaid(
        meetings=tuple(_said(debrief, pictures.get(debrief.pk, ())) for debrief in ended),
        priorities=priority_cards(plan),
        decision=None if differ else decided_view(decision),
        undecided=undecided_lines(unit.debrief_views) if differ else (),
        promises=promise_rows(plan),
        asked=_asked(plan, None),
        before=before_lines(one for one in plan.before if one.is_told),
        early_reason=plan.early.reason if plan.early else "",
    )


def _name(debrief: Debrief) -> str:
    """Its name, but of a small debrief only where that agreed to be named."""
    named = is_named(debrief.people, agreed=debrief.names_itself)
    return debrief.name if named else UNNAMED


def _said(debrief: Debrief, pictures: tuple[Attachment, ...]) -> Said:
    named = is_named(debrief.people, agreed=debrief.names_itself)
    return Said(
        debrief.name if named else UNNAMED.capitalize(),
        dates.day(debrief.ended_at or debrief.started_at),
        debrief.get_choice_display(),
        debrief.reason if named else "",
        f"{debrief.counted}: {debrief.count_result}" if named and debrief.counted else "",
        tuple(note for note in debrief.notes.all() if note.is_shown),
        pictures,
    )


def _chosen_by(choices: Sequence[Choice]) -> str:
    names = dict.fromkeys(_name(choice.debrief) for choice in choices if choice.debrief)
    return f"Chosen by: {listed([*names])}" if names else "Chosen before a debrief"


def _row(action: Action, plan: Plan) -> ActionRow:
    state, asked = state_of_action(
        action.get_state_display(), action.pk, latest_by_action(plan.requests)
    )
    is_open = action.state in (Action.State.PLANNED, Action.State.DOING)
    return ActionRow(
        action.pk,
        action.what,
        action.owner,
        dates.day(action.due_on),
        dates.in_days(action.due_on) if is_open else "",
        state,
        is_open,
        action.outcome,
        moved_words(action),
        asked,
    )


def _asked(plan: Plan, priority: Priority | None) -> tuple[AskedLine, ...]:
    """What is asked for a priority, or for the improvement, and for no single action; an action
    from an idea stands with its idea, so what that needs is said here.
    """
    alone = {None} if priority else {None, *(one.pk for one in plan.from_ideas)}
    return tuple(
        AskedLine(found.request.needs, request_line(found))
        for found in plan.requests
        if found.request.action_id in alone
        and found.request.priority_id == (priority.pk if priority else None)
        and found.standing not in OVER
    )


def promise_rows(plan: Plan) -> tuple[ActionRow, ...]:
    """What leaders promised."""
    return tuple(_row(action, plan) for action in plan.promises)


def idea_rows(plan: Plan) -> tuple[ActionRow, ...]:
    """What follows from ideas of staff."""
    return tuple(_row(action, plan) for action in plan.from_ideas)


def before_lines(before: Iterable[OpenBefore]) -> tuple[BeforeLine, ...]:
    """`2 actions are still open from the plan after the survey that closed on Tuesday 12 May.`"""
    return tuple(
        BeforeLine(
            f"{plural(one.number, 'action')} {'is' if one.number == 1 else 'are'} still open from "
            f"the plan after the survey that closed on {dates.day(one.closed_at)}.",
            one.result,
            one.ward_page_code,
        )
        for one in before
    )


def how_far(plan: Plan) -> str:
    """`1 of 3 actions is done; the next is due on 14 December.`: as beside the result."""
    progress = PlanProgress(priorities=len(plan.priorities))
    for priority in plan.priorities:
        for action in plan.actions.get(priority.pk, ()):
            progress.add(action.state, action.due_on)
    return actions_in_words(progress) if progress.actions or progress.dropped else ""
