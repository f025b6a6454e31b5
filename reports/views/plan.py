"""A unit's plan: priorities, what could help, actions.

It opens after the debrief, or with a reason why it cannot wait.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from initiatives.actions.plan import add_action, change_action
from initiatives.queries.suggestions import local_suggestions
from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.refusal import Refused
from reports import access, debrief_access
from reports.access import Result
from reports.actions.debrief import choose_early
from reports.actions.early_plan import open_early
from reports.forms.debrief import PriorityForm
from reports.forms.plan import ActionForm, EarlyForm, NewActionForm
from reports.presenters.debrief import payload_of
from reports.presenters.plan import crumbs, evidence_words, how_far, priority_cards
from reports.presenters.sharing import ward_page_link
from reports.queries.debriefs import plan_of, served_by
from reports.views.debrief import nothing_to_talk_about, own_result, released


@member_of(*access.READERS)
def plan(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """The plan; before a debrief a page that asks why it cannot wait. A reviewer only reads it."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    snapshot = released(found)
    if snapshot is None:
        return nothing_to_talk_about(request, found)
    unit, may_change = found.survey_unit, found.is_own
    if not may_change and request.method == "POST":
        raise PermissionDenied
    its = plan_of(unit)
    was_debriefed = found.is_debriefed
    is_open = was_debriefed or its.early is not None
    if may_change and not is_open:
        return _too_early(request, found)
    helps = served_by(unit, local_suggestions(request.organisation)) if may_change else None
    chooses = may_change and not was_debriefed
    context = {
        "unit": unit,
        "early": its.early,
        "is_open": is_open,
        "may_change": may_change,
        "was_debriefed": was_debriefed,
        "cards": priority_cards(its, helps),
        "how_far": how_far(its),
        "form": PriorityForm(payload=payload_of(snapshot)) if chooses else None,
        "share": ward_page_link(unit),
        "crumbs": crumbs(request.organisation, unit),
    }
    return render(request, "reports/plan/plan.html", context)


def _too_early(request: MemberRequest, found: Result) -> HttpResponse:
    unit = found.survey_unit
    form = EarlyForm(posted(request))
    if form.is_bound and form.is_valid():
        open_early(survey_unit=unit, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The plan is open. The reason is kept with it.")
        return redirect("plan", request.organisation.slug, unit.pk)
    context = {"unit": unit, "form": form, "crumbs": crumbs(request.organisation, unit)}
    status = 422 if form.is_bound else 200
    return render(request, "reports/plan/too_early.html", context, status=status)


@require_POST
@member_of(*access.OWN)
def priority(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """A priority in a plan that was opened early."""
    found = own_result(request, survey_unit_id)
    snapshot = released(found)
    if snapshot is None:
        return nothing_to_talk_about(request, found)
    unit = found.survey_unit
    form = PriorityForm(request.POST, payload=payload_of(snapshot))
    if found.is_debriefed or plan_of(unit).early is None:
        messages.warning(request, "Priorities are chosen in the debrief.")
    elif not form.is_valid():
        for problems in form.errors.values():
            messages.warning(request, str(problems[0]))
    else:
        try:
            choose_early(survey_unit=unit, by=request.user, **form.cleaned_data)
        except Refused as refused:
            messages.warning(request, str(refused))
    return redirect("plan", request.organisation.slug, unit.pk)


@member_of(*access.OWN)
def new_action(request: MemberRequest, survey_unit_id: int, priority_id: int) -> HttpResponse:
    """An action for a priority; `?what=` fills in a suggestion."""
    found = own_result(request, survey_unit_id)
    its = debrief_access.priority_for(survey_unit=found.survey_unit, priority_id=priority_id)
    typed = request.GET.get("what", "").replace("\0", "")[:160]
    form = NewActionForm(posted(request), initial={"what": typed})

    def act(fields: dict[str, Any]) -> None:
        add_action(priority=its, by=request.user, **fields)

    context = {"heading": "Add an action", "priority": its, "evidence": evidence_words(its)}
    return _form(request, found, form, act, "The action was added.", context)


@member_of(*access.OWN)
def action(request: MemberRequest, survey_unit_id: int, action_id: int) -> HttpResponse:
    """Changes an action: its words, its day, how far it is."""
    found = own_result(request, survey_unit_id)
    its = debrief_access.action_for(survey_unit=found.survey_unit, action_id=action_id)
    names = ("what", "who", "due_on", "state", "outcome")
    form = ActionForm(posted(request), initial={name: getattr(its, name) for name in names})

    def act(fields: dict[str, Any]) -> None:
        change_action(action=its, by=request.user, **fields)

    context = {"heading": "Change an action", "priority": its.priority}
    context["evidence"] = evidence_words(its)
    return _form(request, found, form, act, "The action was saved.", context)


def _form(
    request: MemberRequest,
    found: Result,
    form: NewActionForm,
    act: Callable[[dict[str, Any]], None],
    done: str,
    context: dict[str, Any],
) -> HttpResponse:
    unit = found.survey_unit
    if form.is_bound and form.is_valid():
        act(form.cleaned_data)
        messages.success(request, done)
        return redirect("plan", request.organisation.slug, unit.pk)
    context |= {"form": form, "unit": unit, "crumbs": crumbs(request.organisation, unit, plan=True)}
    status = 422 if form.is_bound else 200
    return render(request, "reports/plan/action.html", context, status=status)
