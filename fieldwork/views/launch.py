"""Launching a survey: the page with four fields."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fieldwork.actions.launch import launch_survey
from fieldwork.forms.launch import LaunchForm
from fieldwork.forms.more_choices import Offer
from fieldwork.presenters.launch_page import (
    cautions_shown,
    closing_of,
    launch_context,
    repeat_of,
)
from fieldwork.presenters.planned_messages import planned_messages
from fieldwork.queries.launching import (
    cautions_of,
    editions_on_offer,
    is_wanted,
    launchable_units,
    leaders_of,
    past_answers,
)
from fieldwork.queries.repeating import repeated_of
from initiatives.forms.hours import band_of
from initiatives.queries.register import hours_said, register_of
from instruments.queries.answer_wording import languages_by_edition
from instruments.queries.wording import statement_count
from organisations.forms.refusals import shown_on, status_of
from organisations.forms.search import searched
from organisations.rules import typed
from organisations.views.limited import IMPORTS, limited
from organisations.views.membership import MemberRequest, members_only
from surveys import access
from surveys.presenters.crumbs import crumbs
from surveys.rules.odds import share_of


def offer_of(request: MemberRequest, *, several: bool) -> Offer:
    """What this member may choose from, of the units that match what is searched for."""
    organisation = request.organisation
    reach = access.units_in_scope(user=request.user, organisation=organisation)
    found = launchable_units(organisation=organisation, reach=reach)
    wanted = searched(request)
    units = [unit for unit in found if is_wanted(unit, wanted)]
    editions = editions_on_offer(organisation)
    return Offer(
        organisation=organisation,
        units=units,
        wanted=wanted,
        in_all=len(found),
        initiatives=list(register_of(organisation)),
        editions=editions,
        languages=languages_by_edition([one.pk for one in editions]),
        candidates=leaders_of(organisation=organisation, units=units),
        several=several and len(units) > 1,
    )


@members_only(*access.STEERING)
@limited("uploads", IMPORTS, only_with_a_file=True)
def launch(request: MemberRequest) -> HttpResponse:
    """The form: a valid one launches and leads to the survey; a wrong one keeps all."""
    initial = _initial(request)
    offer = offer_of(request, several="several" in request.GET or "units" in initial)
    if not offer.units or not offer.editions:
        return render(
            request,
            "fieldwork/launch/not_yet.html",
            {"offer": offer, "crumbs": crumbs(request.organisation)},
        )
    if request.method == "POST":
        form = LaunchForm(request.POST, request.FILES, offer=offer)
        if request.POST.get("do") == "plan":
            return _plan(request, form)
        if form.is_valid():
            with shown_on(form):
                survey = launch_survey(
                    organisation=request.organisation, by=request.user, plan=form.plan
                )
                if form.left_over:
                    said = "; ".join(form.left_over[:6])
                    messages.info(request, f"Not used from the staff list: {said}")
                return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
        return _page(request, form, status=status_of(form))
    return _page(request, LaunchForm(offer=offer, initial=initial))


def _initial(request: MemberRequest) -> dict[str, object]:
    """What the address fills in: an earlier survey to repeat, an initiative, a unit."""
    asked = {
        name: typed.key(request.GET.get(name, "")) for name in ("repeat", "initiative", "unit")
    }
    given = {name: key for name, key in asked.items() if key is not None}
    if "repeat" in given:
        survey = access.survey_for(
            user=request.user,
            organisation=request.organisation,
            survey_id=given["repeat"],
        )
        units = list(access.survey_units_for(user=request.user, survey=survey))
        units = [one for one in units if one.unit_id == given.get("unit")] or units
        found = hours_said(survey.initiative_id, [one.unit_id for one in units])
        known = {} if found is None else band_of(found)
        return {**repeat_of(repeated_of(survey, units)), **known}
    initial: dict[str, object] = {name: str(key) for name, key in given.items()}
    for initiative in register_of(request.organisation).filter(pk=given.get("initiative", 0)):
        initial |= {"problem": initiative.problem, "change": initiative.change}
        said = hours_said(initiative.pk, [given["unit"]] if "unit" in given else [])
        initial |= {} if said is None else band_of(said)
    return initial


def _plan(request: MemberRequest, form: LaunchForm) -> HttpResponse:
    """What these choices would send; launches nothing. Without script the whole page again."""
    if not request.headers.get("HX-Request"):
        return _page(request, form, status=status_of(form))
    closes_at = closing_of(form)
    cautions = cautions_of(organisation=request.organisation, units=form.offer.units)
    context = {
        "plan": planned_messages(form, closes_at),
        **cautions_shown(form, cautions, closes_at),
    }
    return render(request, "fieldwork/launch/_again.html", context)


def _page(request: MemberRequest, form: LaunchForm, *, status: int = 200) -> HttpResponse:
    cautions = cautions_of(organisation=request.organisation, units=form.offer.units)
    share = share_of(past_answers(request.organisation))
    chosen, editions = str(form["ward_edition"].value()), form.offer.editions
    edition = next((one for one in editions if str(one.pk) == chosen), editions[0])
    context = {
        **launch_context(form, cautions, statements=statement_count(edition.pk), share=share),
        "notice": edition.version.notice,
        "kept": {
            name: request.GET[name] for name in ("several", "initiative") if name in request.GET
        },
        "crumbs": crumbs(request.organisation),
    }
    return render(request, "fieldwork/launch/new.html", context, status=status)
