"""The debriefs of a result: begin one, look back at them, choose what the ward's page shows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.refusal import Refused
from reports import access, debrief_access
from reports.access import Result
from reports.actions.debrief import discard_debrief, show, start_debrief
from reports.debrief_steps import MINUTES, STEPS
from reports.forms.debrief import DiscardForm, ShownForm, StartForm
from reports.models import Debrief
from reports.presenters.debrief import (
    RULES,
    answered_words,
    fits_of,
    payload_of,
    sections_in_words,
    surprises_of,
)
from reports.presenters.plan import crumbs
from reports.presenters.sharing import ward_page_link
from reports.queries.debriefs import debriefs_of
from scoring.models import Snapshot

NOTHING = "There is no result to talk through yet."


def own_result(request: MemberRequest, survey_unit_id: int) -> Result:
    """The result that this manager or lead talks through."""
    return access.own_result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )


def released(found: Result) -> Snapshot | None:
    """Its snapshot, if it says anything to talk about."""
    snapshot = found.snapshot
    return snapshot if snapshot is not None and snapshot.payload["sections"] else None


def nothing_to_talk_about(request: MemberRequest, found: Result) -> HttpResponse:
    """Back to the page that says why there is no result."""
    messages.warning(request, NOTHING)
    return redirect("result", request.organisation.slug, found.survey_unit.pk)


@member_of(*access.OWN)
def debrief(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """What a debrief is, the meetings so far, and the start of another."""
    found = own_result(request, survey_unit_id)
    snapshot = released(found)
    if snapshot is None:
        return nothing_to_talk_about(request, found)
    slug, unit = request.organisation.slug, found.survey_unit
    held = debriefs_of(unit)
    form = StartForm(posted(request), initial={"name": "" if held else "Day team"})
    if form.is_bound and form.is_valid():
        try:
            started = start_debrief(
                snapshot=snapshot, name=form.cleaned_data["name"], by=request.user
            )
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("debrief_step", slug, unit.pk, started.pk, STEPS[0].word)
    context = {
        "unit": unit,
        "form": form,
        "held": [_looked_back_at(one) for one in held],
        "has_ended": any(one.ended_at for one in held),
        "minutes": MINUTES,
        "steps": STEPS,
        "share": ward_page_link(unit),
        "crumbs": crumbs(request.organisation, unit),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/debrief/debrief.html", context, status=status)


def _looked_back_at(one: Debrief) -> dict[str, object]:
    has_words = bool(one.notes.all() or one.attachments.all())
    return {"debrief": one, "shown": ShownForm(debrief=one) if one.ended_at and has_words else None}


@member_of(*access.OWN)
def discard(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """Asks why, then deletes a meeting that came to nothing."""
    found = own_result(request, survey_unit_id)
    unit = found.survey_unit
    one = debrief_access.debrief_for(survey_unit=unit, debrief_id=debrief_id)
    form = DiscardForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            discard_debrief(debrief=one, why=form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The meeting is discarded. You can hold another one.")
            return redirect("debrief", request.organisation.slug, unit.pk)
    context = {
        "form": form,
        "heading": "Discard this meeting?",
        "caption": f"{unit.unit_name}, {one.name}",
        "lede": "Its notes, its pictures and the priorities that only it has chosen are deleted "
        "for good. The result stays, and so do other meetings.",
        "crumbs": crumbs(request.organisation, unit, debrief=True),
    }
    status = 422 if form.is_bound else 200
    return render(request, "organisations/form.html", context, status=status)


@require_POST
@member_of(*access.OWN)
def shown(request: MemberRequest, survey_unit_id: int, debrief_id: int) -> HttpResponse:
    """Other notes and pictures on the ward's page, also after the meeting."""
    found = own_result(request, survey_unit_id)
    one = debrief_access.debrief_for(survey_unit=found.survey_unit, debrief_id=debrief_id)
    one.survey_unit = found.survey_unit
    form = ShownForm(request.POST, debrief=one)
    if form.is_valid():
        notes, pictures = form.chosen("notes"), form.chosen("pictures")
        show(debrief=one, notes=notes, pictures=pictures, by=request.user)
        messages.success(request, "The ward’s page shows what you ticked.")
    else:
        messages.warning(request, "Choose notes and pictures from the list.")
    return redirect("debrief", request.organisation.slug, found.survey_unit.pk)


@require_safe
@member_of(*access.OWN)
def sheet(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """The meeting on one sheet of paper, for where there is no screen."""
    found = own_result(request, survey_unit_id)
    snapshot = released(found)
    if snapshot is None:
        return nothing_to_talk_about(request, found)
    payload = payload_of(snapshot)
    context = {
        "unit": found.survey_unit,
        "rules": RULES,
        "steps": STEPS,
        "answered": answered_words(payload),
        "fits": fits_of(payload),
        "sections": sections_in_words(payload),
        "surprises": surprises_of(payload)[:3],
        "notice": payload["notice"],
        "version": f"{payload['instrument']} version {payload['version']}",
        "edition": payload["edition"]["name"],
        "crumbs": crumbs(request.organisation, found.survey_unit, debrief=True),
    }
    return render(request, "reports/debrief/sheet.html", context)
