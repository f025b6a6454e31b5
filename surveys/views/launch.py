"""Launching a survey: the page with four fields."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from initiatives.queries.register import register_of
from organisations.forms.search import searched
from organisations.membership import MemberRequest, member_of
from organisations.refusal import Refused
from surveys import access
from surveys.actions.launch import launch_survey
from surveys.forms.launch import LaunchForm
from surveys.forms.more_choices import Offer
from surveys.presenters.crumbs import crumbs
from surveys.presenters.launch_page import closing_of, launch_context, repeat_of
from surveys.presenters.launch_plan import launch_plan
from surveys.queries.launching import (
    cautions_of,
    editions_on_offer,
    is_wanted,
    launchable_units,
    leaders_of,
)


def _offer(request: MemberRequest, *, several: bool) -> Offer:
    organisation = request.organisation
    reach = access.units_in_reach(user=request.user, organisation=organisation)
    found = launchable_units(organisation=organisation, reach=reach)
    wanted = searched(request)
    units = [unit for unit in found if is_wanted(unit, wanted)]
    return Offer(
        organisation=organisation,
        units=units,
        wanted=wanted,
        in_all=len(found),
        initiatives=list(register_of(organisation)),
        editions=editions_on_offer(organisation),
        candidates=leaders_of(organisation=organisation, units=units),
        several=several and len(units) > 1,
    )


@member_of(*access.STEERING)
def launch(request: MemberRequest) -> HttpResponse:
    """The form: a valid one launches and leads to the survey; a wrong one keeps all (422)."""
    initial = _initial(request)
    offer = _offer(request, several="several" in request.GET or "units" in initial)
    if not offer.units or not offer.editions:
        return render(
            request,
            "surveys/launch/not_yet.html",
            {"offer": offer, "crumbs": crumbs(request.organisation)},
        )
    if request.method == "POST":
        form = LaunchForm(request.POST, request.FILES, offer=offer)
        if request.POST.get("do") == "plan":
            return _plan(request, form)
        if form.is_valid():
            try:
                survey = launch_survey(
                    organisation=request.organisation, by=request.user, **form.order
                )
            except Refused as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
        return _page(request, form, status=422)
    return _page(request, LaunchForm(offer=offer, initial=initial))


def _initial(request: MemberRequest) -> dict[str, Any]:
    """What the address fills in: an earlier survey to repeat, an initiative, a unit."""
    given = {name: request.GET.get(name, "") for name in ("repeat", "initiative", "unit")}
    given = {name: value for name, value in given.items() if value.isascii() and value.isdigit()}
    if "repeat" in given:
        survey = access.survey_for(
            user=request.user,
            organisation=request.organisation,
            survey_id=int(given["repeat"][:18]),
        )
        units = access.survey_units_for(user=request.user, survey=survey)
        return {**repeat_of(survey, units), "title": survey.title}
    initial: dict[str, Any] = {name: given[name] for name in given}
    for initiative in register_of(request.organisation).filter(
        pk=int(given.get("initiative", "0")[:18])
    ):
        initial |= {"problem": initiative.problem, "change": initiative.change}
    return initial


def _plan(request: MemberRequest, form: LaunchForm) -> HttpResponse:
    """What these choices would send; launches nothing. Without script the whole page again."""
    if not request.headers.get("HX-Request"):
        return _page(request, form, status=422 if form.errors else 200)
    plan = launch_plan(form, closing_of(form))
    return render(request, "surveys/launch/_plan.html", {"plan": plan})


def _page(request: MemberRequest, form: LaunchForm, *, status: int = 200) -> HttpResponse:
    cautions = cautions_of(organisation=request.organisation, units=form.offer.units)
    context = {
        **launch_context(form, cautions),
        "kept": {
            name: request.GET[name] for name in ("several", "initiative") if name in request.GET
        },
        "crumbs": crumbs(request.organisation),
    }
    return render(request, "surveys/launch/new.html", context, status=status)
