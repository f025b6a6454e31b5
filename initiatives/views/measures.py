"""What a unit counts of an improvement: starting, numbers, one or many, restarting, ending."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from initiatives import access
from initiatives.actions.measures import (
    ENDED,
    add_numbers,
    end_measure,
    restart_chart,
    start_measure,
)
from initiatives.forms.measures import MeasureForm, PastedForm, PointForm, RestartForm
from initiatives.models import Commitment, Measure
from initiatives.presenters.crumbs import unit_crumbs
from initiatives.presenters.measures import has_begun, typed_rows
from initiatives.views.over import back_if_over
from initiatives.words.measures import saved_words
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only

AIM, WATCH = "aim", "watch"
ONE_THING = "Count one thing that patients or staff notice. "
BEFORE_IT_STARTS = (
    "Begin before the improvement starts: with 12 numbers from before, the chart can show whether "
    "something has changed."
)
FROM_NOW = (
    "The improvement has started. If you have numbers from before, add them too. Otherwise the "
    "first 12 numbers show what is usual."
)


@members_only(*access.REGISTER)
def start(request: MemberRequest, initiative_id: int, unit_id: int, kind: str) -> HttpResponse:
    """What to count: what is to get better, or what could get worse."""
    here = _working(request, initiative_id, unit_id)
    if back := back_if_over(request, here):
        return back
    form = MeasureForm(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            start_measure(
                commitment=here, **form.cleaned_data, is_watch=kind == WATCH, by=request.user
            )
            messages.success(request, "Saved. You can add the first number now.")
            return _back(request, here)
    return form_page(
        request,
        form,
        heading="What could get worse?" if kind == WATCH else "What will show that it works?",
        caption=f"{here.initiative.title}, {here.unit.name}",
        lede=ONE_THING + (FROM_NOW if has_begun(here) else BEFORE_IT_STARTS),
        crumbs=unit_crumbs(request.organisation, here),
    )


@members_only(*access.REGISTER)
def add_number(
    request: MemberRequest, initiative_id: int, unit_id: int, measure_id: int
) -> HttpResponse:
    """One number; for a day that has one, it takes its place."""
    here = _working(request, initiative_id, unit_id)
    measure = access.measure_on(commitment=here, measure_id=measure_id)
    if back := back_if_over(request, here):
        return back
    if _has_ended(request, measure):
        return _back(request, here)
    form = PointForm(posted(request), every=measure.every)
    if form.is_bound and form.is_valid():
        with shown_on(form):
            there = measure.points.filter(day=form.typed.day).first()
            is_new = add_numbers(measure=measure, numbers=[form.typed], by=request.user)
            messages.success(request, saved_words(there if is_new else None))
            return _back(request, here)
    return form_page(
        request,
        form,
        heading="Add a number",
        caption=f"{measure.name}, {here.unit.name}",
        crumbs=unit_crumbs(request.organisation, here),
    )


@members_only(*access.REGISTER)
def paste_numbers(
    request: MemberRequest, initiative_id: int, unit_id: int, measure_id: int
) -> HttpResponse:
    """Many numbers: pasted, checked, then saved."""
    here = _working(request, initiative_id, unit_id)
    measure = access.measure_on(commitment=here, measure_id=measure_id)
    if back := back_if_over(request, here):
        return back
    if _has_ended(request, measure):
        return _back(request, here)
    form = PastedForm(posted(request))
    if form.is_bound and form.is_valid():
        if "save" not in request.POST:
            context = {
                "measure": measure,
                "unit": here.unit,
                "rows": typed_rows(form.typed),
                "numbers": form.cleaned_data["numbers"],
                "crumbs": unit_crumbs(request.organisation, here),
            }
            return render(request, "initiatives/measures/checked.html", context)
        with shown_on(form, "numbers"):
            saved = add_numbers(measure=measure, numbers=form.typed, by=request.user)
            messages.success(request, f"{saved} number{'' if saved == 1 else 's'} saved")
            return _back(request, here)
    return form_page(
        request,
        form,
        heading="Add many numbers",
        caption=f"{measure.name}, {here.unit.name}",
        lede="If a date already has a number, the new one replaces it.",
        crumbs=unit_crumbs(request.organisation, here),
    )


@members_only(*access.REGISTER)
def restart(
    request: MemberRequest, initiative_id: int, unit_id: int, measure_id: int
) -> HttpResponse:
    """From which day the chart begins anew, and why."""
    here = _working(request, initiative_id, unit_id)
    measure = access.measure_on(commitment=here, measure_id=measure_id)
    if _has_ended(request, measure):
        return _back(request, here)
    form = RestartForm(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            restart_chart(measure=measure, **form.cleaned_data, by=request.user)
            messages.success(request, "The chart is restarted.")
            return _back(request, here)
    return form_page(
        request,
        form,
        heading="Restart the chart?",
        caption=f"{measure.name}, {here.unit.name}",
        lede="Do this when the numbers have settled at a new level. The first 12 numbers from that "
        "day become the new mean and usual range. Earlier numbers are kept.",
        crumbs=unit_crumbs(request.organisation, here),
    )


@members_only(*access.REGISTER)
def end(request: MemberRequest, initiative_id: int, unit_id: int, measure_id: int) -> HttpResponse:
    """Asks once, then nothing more is counted."""
    here = _working(request, initiative_id, unit_id)
    measure = access.measure_on(commitment=here, measure_id=measure_id)
    if request.method == "POST":
        end_measure(measure=measure, by=request.user)
        messages.success(request, f"You have stopped counting: {measure.name}.")
        return _back(request, here)
    context = {
        "heading": "Stop counting this?",
        "caption": f"{measure.name}, {here.unit.name}",
        "lede": "The numbers and the chart are kept.",
        "submit": "Stop counting",
        "crumbs": unit_crumbs(request.organisation, here),
    }
    return render(request, "organisations/form.html", context)


def _working(request: MemberRequest, initiative_id: int, unit_id: int) -> Commitment:
    return access.working_unit(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )


def _has_ended(request: MemberRequest, measure: Measure) -> bool:
    """Whether nothing can be filled in any more; said on the next page. A POST is left to the
    action.
    """
    if measure.ended_at is None or request.method == "POST":
        return False
    messages.warning(request, ENDED)
    return True


def _back(request: MemberRequest, here: Commitment) -> HttpResponse:
    slug = request.organisation.slug
    return redirect("initiative_on_unit", slug, here.initiative_id, here.unit_id)
