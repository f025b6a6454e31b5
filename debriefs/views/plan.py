"""A unit's plan: priorities, what could help, actions.

It opens after the debrief, or with a reason why it cannot wait.
"""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from debriefs import access as debrief_access
from debriefs.actions.debrief import Wanted, choose_early
from debriefs.actions.early_plan import open_early
from debriefs.forms.debrief import PriorityForm
from debriefs.forms.plan import (
    ActionForm,
    CloseActionForm,
    EarlyForm,
    MoveActionForm,
    NewActionForm,
)
from debriefs.presenters.action_list import due_words, kind_of
from debriefs.presenters.debrief import words_not_kept
from debriefs.presenters.plan import (
    before_lines,
    evidence_words,
    how_far,
    idea_rows,
    priority_cards,
    promise_rows,
)
from debriefs.presenters.points import about
from debriefs.queries.debriefs import Plan, plan_of
from debriefs.rules.steps import course_of, first_kind
from debriefs.views.debrief import not_published, released
from initiatives.actions.plan import (
    add_action,
    change_action,
    close_action,
    move_action,
    take_up_again,
)
from initiatives.models import Action
from initiatives.queries.plans import OPEN
from initiatives.queries.suggestions import local_suggestions
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, say_errors, shown_on
from organisations.views.membership import MemberRequest, members_only
from organisations.words.units import closed_words, no_more_words
from results import access
from results.access import Result
from results.presenters.crumbs import crumbs
from results.presenters.sharing import ward_page_link
from results.queries.questions import questions_of
from results.queries.suggestions import served_by
from results.views.own_result import own_result
from scoring.rules.payload import SnapshotPayload


@members_only(*access.READERS)
def plan(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """The plan; before a debrief a page that asks why it cannot wait. A reviewer only reads it."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    snapshot = released(found)
    if snapshot is None:
        return not_published(request, found)
    if not found.is_own and request.method == "POST":
        raise PermissionDenied
    its = plan_of(found.survey_unit)
    is_open = found.is_debriefed or its.early is not None
    if found.is_own and not is_open:
        return _too_early(request, found, snapshot.payload)
    return _plan(request, found, its, snapshot.payload)


def _plan(
    request: MemberRequest,
    found: Result,
    its: Plan,
    payload: SnapshotPayload,
    refused: PriorityForm | None = None,
) -> HttpResponse:
    """The page; with a priority that was `refused`, what was typed stays in its fields."""
    unit, may_change, was_debriefed = found.survey_unit, found.is_own, found.is_debriefed
    has_closed = closed_words(unit.unit)
    may_add = may_change and not has_closed
    helps = served_by(unit, local_suggestions(request.organisation)) if may_add else None
    chooses = may_add and not was_debriefed
    context = {
        "unit": unit,
        "early": its.early,
        "is_open": was_debriefed or its.early is not None,
        "may_change": may_change,
        "may_add": may_add,
        "has_closed": has_closed,
        "was_debriefed": was_debriefed,
        "cards": priority_cards(its, helps),
        "promises": promise_rows(its),
        "from_ideas": idea_rows(its),
        "how_far": how_far(its),
        "before": before_lines(its.before),
        "form": refused or PriorityForm(about=about(payload, questions_of(unit.survey)))
        if chooses
        else None,
        "share": ward_page_link(unit),
        "notice": payload["notice"],
        "crumbs": crumbs(request.organisation, unit),
    }
    return render(request, "debriefs/plan/plan.html", context, status=422 if refused else 200)


def _too_early(request: MemberRequest, found: Result, payload: SnapshotPayload) -> HttpResponse:
    unit = found.survey_unit
    form = EarlyForm(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            open_early(survey_unit=unit, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Plan started. Your reason is saved with it.")
            return redirect("plan", request.organisation.slug, unit.pk)
    course = course_of(first_kind(has_figures=bool(payload["sections"])), payload["tier"])
    context = {
        "unit": unit,
        "form": form,
        "has_closed": closed_words(unit.unit),
        "minutes": course.minutes,
        "crumbs": crumbs(request.organisation, unit),
    }
    status = 422 if form.is_bound else 200
    return render(request, "debriefs/plan/too_early.html", context, status=status)


@require_POST
@members_only(*access.OWN)
def priority(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """A priority in a plan that was opened early."""
    found = own_result(request, survey_unit_id)
    snapshot = released(found)
    if snapshot is None:
        return not_published(request, found)
    unit = found.survey_unit
    offered = about(snapshot.payload, questions_of(unit.survey))
    form = PriorityForm(request.POST, about=offered)
    its = plan_of(unit)
    if found.is_debriefed or its.early is None:
        messages.warning(request, "Priorities are chosen in the debrief.")
    elif not form.is_valid():
        say_errors(request, form)
        return _plan(request, found, its, snapshot.payload, form)
    else:
        wanted = Wanted(**form.cleaned_data)
        with said_to(request):
            chosen = choose_early(survey_unit=unit, wanted=wanted, by=request.user)
            if other := words_not_kept(chosen.title, wanted.title):
                messages.warning(request, other)
    return redirect("plan", request.organisation.slug, unit.pk)


@members_only(*access.OWN)
def new_action(request: MemberRequest, survey_unit_id: int, priority_id: int) -> HttpResponse:
    """An action for a priority; `?what=` fills in a suggestion."""
    found = own_result(request, survey_unit_id)
    its = debrief_access.priority_for(survey_unit=found.survey_unit, priority_id=priority_id)
    if request.method != "POST" and (closed := no_more_words(found.survey_unit.unit)):
        messages.warning(request, closed)
        return redirect("plan", request.organisation.slug, survey_unit_id)
    typed = request.GET.get("what", "")[:160]
    form = NewActionForm(posted(request), initial={"what": typed})
    act = partial(add_action, priority=its, by=request.user)
    context = {"heading": "Add an action", "priority": its, "evidence": evidence_words(its)}
    return _form(request, found, form, act, "The action was added.", context)


@members_only(*access.OWN)
def action(request: MemberRequest, survey_unit_id: int, action_id: int) -> HttpResponse:
    """Changes an action: its words, its day, how far it is."""
    found = own_result(request, survey_unit_id)
    its = debrief_access.action_for(survey_unit=found.survey_unit, action_id=action_id)
    names = ("what", "owner", "due_on", "state", "outcome")
    form = ActionForm(posted(request), initial={name: getattr(its, name) for name in names})
    act = partial(change_action, action=its, by=request.user)
    context: dict[str, object] = {"heading": "Change an action", "priority": its.priority}
    context |= {"evidence": evidence_words(its), "kind": kind_of(its)}
    return _form(request, found, form, act, "The action was saved.", context)


@members_only(*access.OWN)
def close(request: MemberRequest, survey_unit_id: int, action_id: int) -> HttpResponse:
    """Whether it is done or dropped, and what came of it."""
    found = own_result(request, survey_unit_id)
    its = debrief_access.action_for(survey_unit=found.survey_unit, action_id=action_id)
    form = CloseActionForm(posted(request), initial={"outcome": its.outcome})
    act = partial(close_action, action=its, by=request.user)
    return _form(request, found, form, act, "The action was saved.", _of_one(its, "How did it go?"))


@members_only(*access.OWN)
def move(request: MemberRequest, survey_unit_id: int, action_id: int) -> HttpResponse:
    """Another day for an action that is open."""
    found = own_result(request, survey_unit_id)
    its = debrief_access.action_for(survey_unit=found.survey_unit, action_id=action_id)
    form = MoveActionForm(posted(request), initial={"due_on": its.due_on})
    act = partial(move_action, action=its, by=request.user)
    context = _of_one(its, "Move its date")
    return _form(request, found, form, act, "The date was moved.", context)


@require_POST
@members_only(*access.OWN)
def take_up(request: MemberRequest, survey_unit_id: int, action_id: int) -> HttpResponse:
    """What ended with its improvement is planned again."""
    found = own_result(request, survey_unit_id)
    its = debrief_access.action_for(survey_unit=found.survey_unit, action_id=action_id)
    with said_to(request):
        take_up_again(action=its, by=request.user)
        messages.success(request, "The action is planned again.")
    return redirect("actions", request.organisation.slug)


def _of_one(action: Action, heading: str) -> dict[str, object]:
    """An action by itself: its words, its day, and the other forms that it has."""
    return {
        "heading": heading,
        "priority": action.priority,
        "evidence": evidence_words(action),
        "kind": kind_of(action),
        "action": action,
        "due": due_words(action),
        "is_open": action.state in OPEN,
    }


def _form(
    request: MemberRequest,
    found: Result,
    form: NhsForm,
    act: Callable[..., object],
    done: str,
    context: dict[str, object],
) -> HttpResponse:
    unit = found.survey_unit
    if form.is_bound and form.is_valid():
        with shown_on(form):
            act(**form.cleaned_data)
            messages.success(request, done)
            return redirect("plan", request.organisation.slug, unit.pk)
    if found.snapshot is not None:
        context["notice"] = found.snapshot.payload["notice"]
    context |= {"form": form, "unit": unit, "crumbs": crumbs(request.organisation, unit, plan=True)}
    status = 422 if form.is_bound else 200
    return render(request, "debriefs/plan/action.html", context, status=status)
