"""Adding an improvement to the register."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fieldwork.queries.launching import is_wanted, launchable_units
from initiatives import access as register
from organisations.forms.posted import posted
from organisations.forms.search import MANY, searched
from organisations.models import Unit
from organisations.views.membership import MemberRequest, members_only
from overview.actions.add_improvement import add_improvement
from overview.forms.add_improvement import AddForm
from overview.presenters.unit_load import limit_words, load_rows
from overview.queries.full_units import full_with

# A longer list of boxes is found by name.
OFFERED = 60


@members_only(*register.REGISTER)
def add(request: MemberRequest) -> HttpResponse:
    """Six questions; one more where a unit would be full, which never blocks."""
    organisation = request.organisation
    reach = register.register_units(user=request.user, organisation=organisation)
    everything = launchable_units(organisation=organisation, reach=reach)
    wanted = searched(request)
    matching = [unit for unit in everything if is_wanted(unit, wanted)]
    ticked = set(request.POST.getlist("units"))
    units = matching[:OFFERED] + [one for one in matching[OFFERED:] if str(one.pk) in ticked]
    form = AddForm(posted(request), units=units, asks_why="why_now" in request.POST)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        full = full_with(organisation, form.chosen, said["said"])
        if not full or "why_now" in said:
            added = add_improvement(
                organisation=organisation,
                units=form.chosen,
                title=said["title"],
                problem=said["problem"],
                change=said["change"],
                hours=said["said"],
                led_by=said["led_by"],
                why_now=said.get("why_now", ""),
                by=request.user,
            )
            messages.success(request, "The improvement is on the register.")
            return redirect("initiative", organisation.slug, added.pk)
        form = AddForm(posted(request), units=units, asks_why=True)
        names = [unit for unit in units if unit.pk in full]
        return _page(request, form, everything, full=load_rows(organisation, names, full))
    return _page(request, form, everything, status=422 if form.errors else 200)


def _page(
    request: MemberRequest, form: AddForm, units: list[Unit], status: int = 200, **more: object
) -> HttpResponse:
    organisation = request.organisation
    context = {
        "form": form,
        "wanted": searched(request),
        "has_search": len(units) > MANY,
        "has_units": bool(units),
        "shown": len(form.offered),
        "left_out": 0 if searched(request) else len(units) - len(form.offered),
        "limit": limit_words(organisation),
        "crumbs": [
            {"text": "Home", "href": reverse("start_of", args=[organisation.slug])},
            {"text": "Improvements", "href": reverse("initiatives", args=[organisation.slug])},
        ],
        **more,
    }
    return render(request, "overview/register/add.html", context, status=status)
