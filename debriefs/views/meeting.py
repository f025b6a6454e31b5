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
from debriefs.presenters.points import about, asks_of
from debriefs.queries.debriefs import debriefs_of
from debriefs.queries.leaders import leaders_questions
from debriefs.rules.steps import COURSES, course_of
from debriefs.views.debrief import not_published, released
from debriefs.views.steps import PAGES, WITH_FIGURES, At, empty_steps
from initiatives.queries.ten_checks import open_checks
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
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
    payload = snapshot.payload
    course = course_of(its.kind, payload["tier"])
    leaders_ask: tuple[str, ...] = ()
    if its.kind in (Debrief.Kind.TEAM, Debrief.Kind.TOGETHER):
        leaders_ask = asks_of(leaders_questions(unit))
    if its.kind == Debrief.Kind.TEAM:
        course = course.without(empty_steps(payload, has_questions=bool(leaders_ask)))
    current = course.step(stage)
    if current is None:
        raise Http404
    every = debriefs_of(unit)
    debrief = next(one for one in every if one.pk == its.pk)
    debrief.survey_unit = unit
    part = typed.whole_number(request.GET.get("at", "0")) or 0
    at = At(
        found,
        debrief,
        every,
        payload,
        questions_of(unit.survey),
        course,
        current,
        leaders_ask,
        part,
    )
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
    """To the step one came from, and to the same statement of it."""
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
    request: MemberRequest, debrief: Debrief, form: Form, act: Callable[..., object]
) -> None:
    """Does it with what was written, or says on the next page what is wrong."""
    if form.is_valid():
        _try(request, partial(act, debrief=debrief, by=request.user, **form.cleaned_data))
    else:
        _say_problems(request, form)


def _say_problems(request: MemberRequest, form: Form) -> None:
    for problems in form.errors.values():
        messages.warning(request, str(problems[0]))


def _takes(form: type[Form], act: Callable[..., object], says: str) -> Callable[..., HttpResponse]:
    """What takes one form of a step, and goes back to the step."""

    @require_POST
    @members_only(*access.OWN)
    def take(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
        _, debrief = _change(request, survey_unit_id, debrief_id)
        _with_form(request, debrief, form(request.POST), act)
        return _back(request, debrief, request.POST.get("step", ""))

    take.__doc__ = says
    return take


write = _takes(NoteForm, actions.write_note, "What the team said, written down at a step.")
people = _takes(PeopleForm, actions.set_people, "How many are there.")
count = _takes(CountForm, actions.set_count, "A count of the team's own.")


@require_POST
@members_only(*access.OWN)
def promise(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """What leaders promise."""
    _, debrief = _change(request, survey_unit_id, debrief_id)
    _with_form(request, debrief, PromiseForm(request.POST), add_promise)
    return _back(request, debrief, "promises")


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
    form = PriorityForm(request.POST, about=offered)
    if form.is_valid():
        wanted = actions.Wanted(**form.cleaned_data)
        with said_to(request):
            chosen = actions.choose_priority(debrief=debrief, wanted=wanted, by=request.user)
            if other := shown.words_not_kept(chosen.title, wanted.title):
                messages.warning(request, other)
    else:
        _say_problems(request, form)
    return _back(request, debrief, request.POST.get("step", ""))


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
