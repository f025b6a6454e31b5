"""The debriefs of a result: start one, look back at them, bring together what they say."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from debriefs import access as debrief_access
from debriefs.actions.debrief import discard_debrief, start_debrief
from debriefs.actions.deciding import record_decision
from debriefs.actions.showing import show
from debriefs.forms.debrief import OF_LEADERS, DiscardForm, RecordForm, ShownForm, StartForm
from debriefs.models import Debrief
from debriefs.presenters import points
from debriefs.presenters.debrief import RULES, answered_words
from debriefs.presenters.views import view_cards
from debriefs.queries.debriefs import debriefs_of
from debriefs.queries.leaders import leaders_questions
from debriefs.rules.steps import course_of, first_kind
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.queries.units import is_open
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only
from results import access
from results.access import Result
from results.presenters.crumbs import crumbs
from results.presenters.decision import decided_view
from results.presenters.sharing import ward_page_link
from results.queries.decision import decision_of
from results.queries.questions import questions_of
from results.views.own_result import own_result
from scoring.models import Snapshot
from surveys.models import SurveyUnit

KIND = Debrief.Kind
WORDS = {
    KIND.PREPARATION: "Leaders’ preparation, {minutes} minutes: those who filled in a leaders’ "
    "form",
    KIND.TEAM: "Team debrief, {minutes} minutes: a team or shift, with its leaders",
    KIND.NO_FIGURES: "Debrief without figures, {minutes} minutes: what the team has seen, and what "
    "comes first",
    KIND.TOGETHER: "Debrief together, {minutes} minutes: people of each debrief. What it says is "
    "the decision",
    KIND.REPLY: "Leaders’ reply, {minutes} minutes: what leaders do about what the team decided",
}


def released(found: Result) -> Snapshot | None:
    """Its snapshot, which may say that too few answered."""
    return found.snapshot


def not_published(request: MemberRequest, found: Result) -> HttpResponse:
    """Back to the page that says when there is a result."""
    messages.warning(request, "There is no result to discuss yet.")
    return redirect("result", request.organisation.slug, found.survey_unit.pk)


def _kinds(request: MemberRequest, found: Result, snapshot: Snapshot) -> list[Debrief.Kind]:
    """The kinds that can be started now, the usual one first."""
    payload, state = snapshot.payload, found.survey_unit.debrief_state
    kinds = [KIND(first_kind(has_figures=bool(payload["sections"])))]
    if state == SurveyUnit.DebriefState.DIFFER:
        kinds.insert(0, KIND.TOGETHER)
    if payload["leaders"] and access.is_leader(user=request.user, result=found):
        kinds.append(KIND.PREPARATION)
    if state == SurveyUnit.DebriefState.DECIDED and is_open(found.survey_unit.unit):
        kinds.append(KIND.REPLY)
    return kinds


@members_only(*access.OWN)
def debrief(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """What a debrief is, the debriefs so far, and the start of another."""
    found = own_result(request, survey_unit_id)
    snapshot = released(found)
    if snapshot is None:
        return not_published(request, found)
    slug, unit, tier = request.organisation.slug, found.survey_unit, snapshot.payload["tier"]
    held = debriefs_of(unit)
    kinds = _kinds(request, found, snapshot)
    choices = [
        (kind.value, WORDS[kind].format(minutes=course_of(kind, tier).minutes)) for kind in kinds
    ]
    form = StartForm(
        posted(request),
        kinds=choices,
        name="" if held else "Day team",
        kind=request.GET.get("kind", ""),
    )
    if form.is_bound and form.is_valid():
        with shown_on(form, "name"):
            kind = form.cleaned_data["kind"]
            started = start_debrief(
                snapshot=snapshot, kind=kind, name=form.cleaned_data["name"], by=request.user
            )
            first = course_of(kind, tier).steps[0]
            return redirect("debrief_step", slug, unit.pk, started.pk, first.slug)
    course = course_of(kinds[0], tier)
    context = {
        "unit": unit,
        "form": form,
        "held": [_looked_back_at(one, tier) for one in held],
        "decision": decided_view(decision_of(unit)),
        "has_figures": bool(snapshot.payload["sections"]),
        "course": course,
        "share": ward_page_link(unit),
        "crumbs": crumbs(request.organisation, unit),
    }
    status = 422 if form.is_bound else 200
    return render(request, "debriefs/debrief/debrief.html", context, status=status)


def _looked_back_at(one: Debrief, tier: str) -> dict[str, object]:
    is_leaders = one.kind in OF_LEADERS
    has_words = bool(one.notes.all() or one.attachments.all()) and not is_leaders
    return {
        "debrief": one,
        "first": course_of(one.kind, tier).steps[0].slug,  # type: ignore[arg-type]
        "shown": ShownForm(debrief=one) if one.ended_at and has_words else None,
    }


@members_only(*access.OWN)
def views(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """What the debriefs say side by side; where they differ, one decision is recorded here."""
    found = own_result(request, survey_unit_id)
    if released(found) is None:
        return not_published(request, found)
    unit = found.survey_unit
    every = debriefs_of(unit)
    ended = [one for one in every if one.ended_at and one.choice]
    differ = unit.debrief_state == SurveyUnit.DebriefState.DIFFER
    form = RecordForm(posted(request), others=ended)
    if form.is_bound and form.is_valid():
        with shown_on(form):
            record_decision(
                survey_unit=unit,
                choice=form.cleaned_data["choice"],
                reason=form.cleaned_data["reason"],
                replies=form.replies(),
                by=request.user,
            )
            messages.success(request, "Decision recorded. The team page shows it.")
            return redirect("plan", request.organisation.slug, unit.pk)
        unit.refresh_from_db(fields=["debrief_state"])
        differ = unit.debrief_state == SurveyUnit.DebriefState.DIFFER
    context = {
        "unit": unit,
        "form": form if differ or form.non_field_errors() else None,
        "differ": differ,
        "cards": view_cards(ended),
        "leaders_ask": points.asks_of(leaders_questions(unit)),
        "decision": None if differ else decided_view(decision_of(unit)),
        "crumbs": crumbs(request.organisation, unit, debrief=True),
    }
    status = 422 if form.is_bound else 200
    return render(request, "debriefs/debrief/views.html", context, status=status)


@members_only(*access.OWN)
def discard(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """Asks why, then deletes a meeting that came to nothing."""
    found = own_result(request, survey_unit_id)
    unit = found.survey_unit
    one = debrief_access.debrief_for(survey_unit=unit, debrief_id=debrief_id)
    if one.kind == KIND.PREPARATION:
        access.require_leader(user=request.user, result=found)
    form = DiscardForm(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            discard_debrief(debrief=one, why=form.cleaned_data["why"], by=request.user)
            messages.success(request, "Debrief discarded. You can hold another one.")
            return redirect("debrief", request.organisation.slug, unit.pk)
    return form_page(
        request,
        form,
        heading="Discard this debrief?",
        caption=f"{unit.unit_name}, {one.name}",
        lede="Its notes, its pictures and the priorities that only it has chosen are deleted "
        "permanently. The result stays, and so do other debriefs.",
        crumbs=crumbs(request.organisation, unit, debrief=True),
    )


@require_POST
@members_only(*access.OWN)
def shown(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """Other notes and pictures on the ward's page, also after the meeting."""
    found = own_result(request, survey_unit_id)
    one = debrief_access.debrief_for(survey_unit=found.survey_unit, debrief_id=debrief_id)
    one.survey_unit = found.survey_unit
    form = ShownForm(request.POST, debrief=one)
    if form.is_valid():
        notes, pictures = form.chosen("notes"), form.chosen("pictures")
        show(debrief=one, notes=notes, pictures=pictures, by=request.user)
        messages.success(request, "The team page shows what you ticked.")
    else:
        messages.warning(request, "Choose notes and pictures from the list.")
    return redirect("debrief", request.organisation.slug, found.survey_unit.pk)


@require_safe
@members_only(*access.OWN)
def sheet(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """The meeting on one sheet of paper, for where there is no screen."""
    found = own_result(request, survey_unit_id)
    snapshot = released(found)
    if snapshot is None:
        return not_published(request, found)
    payload, questions = snapshot.payload, questions_of(found.survey_unit.survey)
    has_figures = bool(payload["sections"])
    course = course_of(KIND.TEAM if has_figures else KIND.NO_FIGURES, payload["tier"])
    context = {
        "unit": found.survey_unit,
        "rules": RULES,
        "minutes": {step.slug: step.minutes for step in course.steps},
        "answered": answered_words(payload),
        "fit": points.fit_view(payload, questions) if has_figures else None,
        "asked": questions.sections,
        "points": points.point_views(payload, questions),
        "notice": payload["notice"],
        "version": f"{payload['instrument']} version {payload['version']}",
        "edition": payload["edition"]["name"],
        "crumbs": crumbs(request.organisation, found.survey_unit, debrief=True),
    }
    return render(request, "debriefs/debrief/form.html", context)
