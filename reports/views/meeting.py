"""A debrief step by step, on a projector or a phone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.refusal import Refused
from reports import access, debrief_access
from reports.access import Result
from reports.actions import debrief as actions
from reports.debrief_steps import BY_WORD, Step
from reports.forms.debrief import DecideForm, NoteForm, PriorityForm
from reports.models import Debrief
from reports.presenters import debrief as shown
from reports.queries.debriefs import debriefs_of
from reports.views.debrief import nothing_to_talk_about, own_result, released
from scoring.payload import SnapshotPayload


@dataclass(frozen=True)
class At:
    """Where a request is in a meeting."""

    found: Result
    debrief: Debrief
    every: list[Debrief]
    payload: SnapshotPayload
    step: Step


@member_of(*access.OWN)
def step(request: MemberRequest, survey_unit_id: int, debrief_id: int, stage: str) -> HttpResponse:
    """One step; the third has a page for each statement (`?at=1`)."""
    found = own_result(request, survey_unit_id)
    its = debrief_access.debrief_for(survey_unit=found.survey_unit, debrief_id=debrief_id)
    its.survey_unit = found.survey_unit
    snapshot = released(found)
    if snapshot is None:
        return nothing_to_talk_about(request, found)
    if stage not in BY_WORD:
        raise Http404
    if its.ended_at is not None:
        return redirect("debrief", request.organisation.slug, found.survey_unit.pk)
    every = debriefs_of(found.survey_unit)
    debrief = next(one for one in every if one.pk == its.pk)
    debrief.survey_unit = found.survey_unit
    at = At(found, debrief, every, shown.payload_of(snapshot), BY_WORD[stage])
    if stage == "decide":
        return _decide(request, at)
    parts: dict[str, Any] = {
        "rules": _rules,
        "fits": _fits,
        "surprises": _surprises,
        "priorities": _priorities,
    }
    return _page(request, at, **parts[stage](request, at))


def _page(
    request: MemberRequest, at: At, *, status: int = 200, frame: dict[str, Any], **context: Any
) -> HttpResponse:
    context["meeting"] = shown.meeting(request.organisation, at.found, at.debrief, at.step, **frame)
    context["unit"] = at.found.survey_unit
    template = f"reports/debrief/{at.step.word}.html"
    return render(request, template, context, status=status)


def _rules(request: MemberRequest, at: At) -> dict[str, Any]:
    return {
        "frame": {},
        "rules": shown.RULES,
        "answered": shown.answered_words(at.payload),
        "notice": at.payload["notice"],
    }


def _fits(request: MemberRequest, at: At) -> dict[str, Any]:
    return {
        "frame": {},
        "lists": shown.fits_of(at.payload),
        "sections": shown.sections_in_words(at.payload),
    }


def _surprises(request: MemberRequest, at: At) -> dict[str, Any]:
    points = shown.surprises_of(at.payload)
    if not points:
        return {"frame": {}, "sections": shown.sections_in_words(at.payload), "point": None}
    asked = request.GET.get("at", "0")
    place = min(int(asked), len(points) - 1) if asked.isdecimal() and len(asked) < 4 else 0
    point = points[place]
    frame = {"part": place, "parts": len(points), "code": point.code}
    chosen = {choice.priority.evidence_code for choice in at.debrief.choices.all()}
    return {"frame": frame, "point": point, "place": place, "chosen_codes": chosen}


def _priorities(request: MemberRequest, at: At) -> dict[str, Any]:
    return {
        "frame": {},
        "form": PriorityForm(payload=at.payload),
        "others": shown.others_of(at.debrief, at.every),
        "left": shown.how_many_left(at.debrief),
    }


def _decide(request: MemberRequest, at: At) -> HttpResponse:
    form = DecideForm(posted(request), debrief=at.debrief)
    if form.is_bound and form.is_valid():
        try:
            actions.end_debrief(
                debrief=at.debrief,
                word=form.cleaned_data["word"],
                reason=form.cleaned_data["reason"],
                notes=form.chosen("notes"),
                pictures=form.chosen("pictures"),
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, "The meeting has ended. The ward’s page says what you decided."
            )
            return redirect("plan", request.organisation.slug, at.found.survey_unit.pk)
    status = 422 if form.is_bound else 200
    return _page(request, at, status=status, frame={}, form=form)


def _change(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> tuple[Result, Debrief]:
    found = own_result(request, survey_unit_id)
    debrief = debrief_access.debrief_for(survey_unit=found.survey_unit, debrief_id=debrief_id)
    debrief.survey_unit = found.survey_unit
    return found, debrief


def _back(request: MemberRequest, debrief: Debrief, stage: str) -> HttpResponse:
    """To the step one came from, and to the same statement of it."""
    stage = stage if stage in BY_WORD else "priorities"
    slug, unit = request.organisation.slug, debrief.survey_unit_id
    address = reverse("debrief_step", args=[slug, unit, debrief.pk, stage])
    part = request.POST.get("at", "")
    return redirect(f"{address}?at={part}" if part.isdecimal() and len(part) < 4 else address)


def _try(request: MemberRequest, act: Callable[[], object]) -> None:
    """Does it, or says on the next page why not."""
    try:
        act()
    except Refused as refused:
        messages.warning(request, str(refused))


def _with_form(
    request: MemberRequest, debrief: Debrief, form: Form, act: Callable[..., object]
) -> None:
    """Does it with what was written, or says on the next page what is wrong."""
    if form.is_valid():
        _try(request, partial(act, debrief=debrief, by=request.user, **form.cleaned_data))
        return
    for problems in form.errors.values():
        messages.warning(request, str(problems[0]))


@require_POST
@member_of(*access.OWN)
def write(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """What the team said, written down at a step."""
    _, debrief = _change(request, survey_unit_id, debrief_id)
    _with_form(request, debrief, NoteForm(request.POST), actions.write_note)
    return _back(request, debrief, request.POST.get("step", ""))


@require_POST
@member_of(*access.OWN)
def remove(
    request: MemberRequest, survey_unit_id: int, debrief_id: int, note_id: int
) -> HttpResponse:
    """A note that is not to be kept."""
    _, debrief = _change(request, survey_unit_id, debrief_id)
    note = debrief_access.note_for(debrief=debrief, note_id=note_id)
    _try(request, partial(actions.remove_note, note=note, by=request.user))
    return _back(request, debrief, note.step)


@require_POST
@member_of(*access.OWN)
def choose(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """A statement becomes a priority."""
    found, debrief = _change(request, survey_unit_id, debrief_id)
    snapshot = released(found)
    if snapshot is None:
        return nothing_to_talk_about(request, found)
    form = PriorityForm(request.POST, payload=shown.payload_of(snapshot))
    _with_form(request, debrief, form, actions.choose_priority)
    return _back(request, debrief, request.POST.get("step", ""))


@require_POST
@member_of(*access.OWN)
def drop(
    request: MemberRequest, survey_unit_id: int, debrief_id: int, choice_id: int
) -> HttpResponse:
    """A priority that this meeting takes back."""
    _, debrief = _change(request, survey_unit_id, debrief_id)
    choice = debrief_access.choice_for(debrief=debrief, choice_id=choice_id)
    _try(request, partial(actions.drop_choice, choice=choice, by=request.user))
    return _back(request, debrief, "priorities")
