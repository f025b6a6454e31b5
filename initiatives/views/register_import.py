"""Adding many improvements: paste a list or choose a file, check it, add it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from initiatives import access
from initiatives.actions.register_import import import_register, plan_register
from initiatives.exchange.improvement_list import IMPROVEMENT_LISTS, ImprovementList
from initiatives.forms.register_import import CheckedImprovementsForm
from organisations.exchange.tables import NotUsed
from organisations.forms.list_fields import ListForm
from organisations.forms.posted import posted
from organisations.models import Unit
from organisations.queries.units import open_units
from organisations.rules.refusal import Refused
from organisations.views.limited import IMPORTS, limited
from organisations.views.membership import MemberRequest, members_only

MOST_PROBLEMS = 50


@members_only(*access.IMPORTING)
@limited("uploads", IMPORTS)
def choose_list(request: MemberRequest) -> HttpResponse:
    """Takes a list and shows what it would do. Nothing is saved yet."""
    form = ListForm(posted(request), request.FILES or None, kind=IMPROVEMENT_LISTS)
    if form.is_bound and form.is_valid():
        return _checked(request, form.text, form.listed, form.other_tables)
    context = {"form": form, "crumbs": _crumbs(request)}
    status = 422 if form.is_bound else 200
    return render(request, "initiatives/import/choose.html", context, status=status)


@require_POST
@members_only(*access.IMPORTING)
def import_list(request: MemberRequest) -> HttpResponse:
    """Adds a checked list; checks it once more, for the register may have changed."""
    form = CheckedImprovementsForm(request.POST, kind=IMPROVEMENT_LISTS)
    slug = request.organisation.slug
    if not form.is_valid():
        return redirect("initiative_import", slug)
    try:
        plan = import_register(
            organisation=request.organisation,
            units=_units(request),
            listed=form.listed,
            another=form.another(),
            by=request.user,
        )
    except Refused:
        return _checked(request, form.cleaned_data["text"], form.listed)
    number = len(plan.added)
    messages.success(request, f"{number} improvement{'' if number == 1 else 's'} added.")
    return redirect("initiatives", slug)


def _units(request: MemberRequest) -> list[Unit]:
    organisation = request.organisation
    reach = access.register_units(
        user=request.user, organisation=organisation, roles=access.IMPORTING
    )
    return list(reach.filter(pk__in=open_units(organisation).values("pk")))


def _checked(
    request: MemberRequest,
    text: str,
    listed: ImprovementList,
    other_tables: Sequence[NotUsed] = (),
) -> HttpResponse:
    plan = plan_register(organisation=request.organisation, units=_units(request), listed=listed)
    context = {
        "plan": plan,
        "problems": plan.problems[:MOST_PROBLEMS],
        "more": max(0, len(plan.problems) - MOST_PROBLEMS),
        "unused": [one.words for one in (*other_tables, *listed.not_used)],
        "text": text,
        "crumbs": _crumbs(request),
    }
    status = 422 if plan.problems else 200
    return render(request, "initiatives/import/checked.html", context, status=status)


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Improvements", "href": reverse("initiatives", args=[slug])},
    ]
