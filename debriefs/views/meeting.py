"""A debrief step by step, on a projector or a phone."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from debriefs import access as debrief_access
from debriefs.actions import debrief as actions
from debriefs.actions.deciding import Says, end_debrief
from debriefs.actions.promises import add_promise, take_back_promise
from debriefs.forms.debrief import (
    CountForm,
    DecideForm,
    NoteForm,
    PeopleForm,
    PriorityForm,
    PromiseForm,
)
from debriefs.models import Debrief
from debriefs.presenters import debrief as shown
from debriefs.presenters.points import about
from debriefs.rules.steps import COURSES
from debriefs.views.debrief import not_published, released
from debriefs.views.steps import PAGES, WITH_FIGURES, At, at_step
from initiatives.queries.ten_checks import open_checks
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, say_errors, shown_on
from organisations.rules import typed
from organisations.views.membership import MemberRequest, members_only
from results import access
from results.access import Result
from results.queries.questions import questions_of
from results.views.own_result import own_result


def debrief_in(request: MemberRequest, found: Result, debrief_id: int) -> Debrief:
    """The debrief, for those who may be in it: the leaders' preparation is the leaders' own."""
    debrief = debrief_access.debrief_for(survey_unit=found.survey_unit, debrief_id=debrief_id)
    debrief.survey_unit = found.survey_unit
    if debrief.kind == Debrief.Kind.PREPARATION:
        access.require_leader(user=request.user, result=found)
    return debrief


@members_only(*access.OWN)
def step(request: MemberRequest, survey_unit_id: int, debrief_id: int, stage: str) -> HttpResponse:
    """One step; those with statements have a page for each (`?at=1`)."""
    found = own_result(request, survey_unit_id)
    its = debrief_in(request, found, debrief_id)
    unit = found.survey_unit
    snapshot = released(found)
    if snapshot is None:
        return not_published(request, found)
    if its.ended_at is not None and COURSES[its.kind].step(stage) is not None:
        return redirect("debrief", request.organisation.slug, unit.pk)
    at = at_step(found, its, snapshot.payload, stage, asked=request.GET.get("at", ""))
    if at is None:
        raise Http404
    if stage == "decide":
        return _decide(request, at)
    template, context_of = PAGES[stage]
    return _page(request, at, template, context_of(at))


def _page(
    request: MemberRequest, at: At, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    place, parts, code = context.get("place", 0), context.get("parts", 1), context.get("code", "")
    context["meeting"] = shown.meeting(
        request.organisation,
        at.debrief,
        at.course,
        at.step,
        part=place if isinstance(place, int) else 0,
        parts=parts if isinstance(parts, int) else 1,
        code=str(code),
        next_part=str(context.get("next_part", "")),
    )
    context["unit"] = at.found.survey_unit
    if at.step.slug in WITH_FIGURES:
        context["notice"] = at.payload["notice"]
    context["is_last"] = at.step is at.course.steps[-1]
    return render(request, f"debriefs/debrief/{template}.html", context, status=status)


def _decide(request: MemberRequest, at: At) -> HttpResponse:
    is_together = at.debrief.kind == Debrief.Kind.TOGETHER
    others = [one for one in at.every if one.ended_at and one.choice] if is_together else []
    form = DecideForm(posted(request), debrief=at.debrief, others=others)
    if form.is_bound and form.is_valid():
        with shown_on(form):
            data = form.cleaned_data
            state = end_debrief(
                debrief=at.debrief,
                says=Says(
                    data["choice"],
                    data["reason"],
                    data["teller"],
                    data["names_itself"],
                    data["protected_time"],
                ),
                notes=form.chosen("notes"),
                pictures=form.chosen("pictures"),
                replies=form.replies(),
                by=request.user,
            )
            return _ended(request, at, state)
    status = 422 if form.is_bound else 200
    initiative = at.found.survey_unit.survey.initiative
    context = {
        "form": form,
        "initiative": initiative,
        "open_checks": open_checks(initiative),
    }
    return _page(request, at, "decide", context, status=status)


def _ended(request: MemberRequest, at: At, state: str) -> HttpResponse:
    """To what comes next: the plan, or the page on which views that differ are brought together."""
    slug, key = request.organisation.slug, at.found.survey_unit.pk
    if state == "differ":
        messages.warning(
            request, "Your debriefs say different things. Nothing is decided until you record one."
        )
        return redirect("debrief_views", slug, key)
    messages.success(request, "Decision recorded. The team page shows it.")
    return redirect("plan", slug, key)


@require_POST
@members_only(*access.OWN)
def end(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """Ends a leaders' debrief, which says nothing about the improvement."""
    _, debrief = _change(request, survey_unit_id, debrief_id)
    with said_to(request):
        end_debrief(debrief=debrief, says=None, notes=(), pictures=(), by=request.user)
        messages.success(request, "Debrief ended")
    return redirect("debrief", request.organisation.slug, debrief.survey_unit_id)


def _change(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> tuple[Result, Debrief]:
    found = own_result(request, survey_unit_id)
    return found, debrief_in(request, found, debrief_id)


def _back(request: MemberRequest, debrief: Debrief, stage: str) -> HttpResponse:
    """To the step one came from, and to the same statement of it, while the debrief is there."""
    if not debrief_access.is_there(debrief):
        return redirect("debrief", request.organisation.slug, debrief.survey_unit_id)
    course = COURSES[debrief.kind]
    stage = stage if course.step(stage) else course.steps[0].slug
    slug, unit = request.organisation.slug, debrief.survey_unit_id
    address = reverse("debrief_step", args=[slug, unit, debrief.pk, stage])
    part = request.POST.get("at", "")
    return redirect(f"{address}?at={part}" if typed.whole_number(part) is not None else address)


def _try(request: MemberRequest, act: Callable[[], object]) -> None:
    """Does it, or says on the next page why not."""
    with said_to(request):
        act()


def _with_form(
    request: MemberRequest,
    found: Result,
    debrief: Debrief,
    form: Form,
    act: Callable[..., object],
    stage: str,
) -> HttpResponse:
    """Does it with what was written and goes back to the step, or asks again."""
    if not form.is_valid():
        return _again(request, found, debrief, form, stage)
    _try(request, partial(act, debrief=debrief, by=request.user, **form.cleaned_data))
    return _back(request, debrief, stage)


def _again(
    request: MemberRequest, found: Result, debrief: Debrief, form: Form, stage: str
) -> HttpResponse:
    """The step with what was typed, and what is wrong with it."""
    say_errors(request, form)
    snapshot, at = released(found), None
    if snapshot is not None and stage in PAGES and debrief.ended_at is None:
        at = at_step(found, debrief, snapshot.payload, stage, asked=request.POST.get("at", ""))
    if at is None:
        return _back(request, debrief, stage)
    template, context_of = PAGES[stage]
    context = {**context_of(at), "typed": form.data}
    if isinstance(form, type(context.get("form"))):
        context["form"] = form
    return _page(request, at, template, context, status=422)


def _takes(form: type[Form], act: Callable[..., object], says: str) -> Callable[..., HttpResponse]:
    """What takes one form of a step, and goes back to the step."""

    @require_POST
    @members_only(*access.OWN)
    def take(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
        found, debrief = _change(request, survey_unit_id, debrief_id)
        stage = request.POST.get("step", "")
        return _with_form(request, found, debrief, form(request.POST), act, stage)

    take.__doc__ = says
    return take


write = _takes(NoteForm, actions.write_note, "What the team said, written down at a step.")
people = _takes(PeopleForm, actions.set_people, "How many are there.")
count = _takes(CountForm, actions.set_count, "A count of the team's own.")


@require_POST
@members_only(*access.OWN)
def promise(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """What leaders promise."""
    found, debrief = _change(request, survey_unit_id, debrief_id)
    form = PromiseForm(request.POST)
    return _with_form(request, found, debrief, form, add_promise, "promises")


@require_POST
@members_only(*access.OWN)
def unpromise(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """A promise that leaders take back."""
    _, debrief = _change(request, survey_unit_id, debrief_id)
    what = request.POST.get("what", "")
    _try(request, partial(take_back_promise, debrief=debrief, what=what, by=request.user))
    return _back(request, debrief, "promises")


@require_POST
@members_only(*access.OWN)
def remove(
    request: MemberRequest, survey_unit_id: int, debrief_id: int, note_id: int
) -> HttpResponse:
    """A note that is not to be kept."""
    _, debrief = _change(request, survey_unit_id, debrief_id)
    note = debrief_access.note_for(debrief=debrief, note_id=note_id)
    _try(request, partial(actions.remove_note, note=note, by=request.user))
    return _back(request, debrief, note.step)


@require_POST
@members_only(*access.OWN)
def choose(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """A statement becomes a priority."""
    found, debrief = _change(request, survey_unit_id, debrief_id)
    snapshot = released(found)
    if snapshot is None:
        return not_published(request, found)
    offered = about(snapshot.payload, questions_of(found.survey_unit.survey))
    form, stage = PriorityForm(request.POST, about=offered), request.POST.get("step", "")
    if not form.is_valid():
        return _again(request, found, debrief, form, stage)
    wanted = actions.Wanted(**form.cleaned_data)
    with said_to(request):
        chosen = actions.choose_priority(debrief=debrief, wanted=wanted, by=request.user)
        if other := shown.words_not_kept(chosen.title, wanted.title):
            messages.warning(request, other)
    return _back(request, debrief, stage)


@require_POST
@members_only(*access.OWN)
def drop(
    request: MemberRequest, survey_unit_id: int, debrief_id: int, choice_id: int
) -> HttpResponse:
    """A priority that this meeting takes back."""
    _, debrief = _change(request, survey_unit_id, debrief_id)
    choice = debrief_access.choice_for(debrief=debrief, choice_id=choice_id)
    _try(request, partial(actions.drop_choice, choice=choice, by=request.user))
    return _back(request, debrief, "first")
