"""Importing a list of units: paste it or choose a file, check it, import it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from organisations.actions.unit_import import import_units, plan_import
from organisations.exchange.tables import NotUsed
from organisations.exchange.unit_list import UNIT_LISTS, UnitList
from organisations.forms.list_fields import CheckedListForm, ListForm
from organisations.forms.posted import posted
from organisations.models import Role
from organisations.rules.refusal import Refused
from organisations.views.limited import IMPORTS, limited
from organisations.views.membership import MemberRequest, members_only

MOST_PROBLEMS = 50


@members_only(Role.ADMINISTRATOR)
@limited("uploads", IMPORTS)
def choose_list(request: MemberRequest) -> HttpResponse:
    """Takes a list and shows what it would do. Nothing is saved yet."""
    form = ListForm(posted(request), request.FILES or None, kind=UNIT_LISTS)
    if form.is_bound and form.is_valid():
        return _checked(request, form.text, form.listed, form.other_tables)
    return render(
        request,
        "organisations/units/import.html",
        {"form": form, "crumbs": _crumbs(request)},
        status=422 if form.is_bound else 200,
    )


@require_POST
@members_only(Role.ADMINISTRATOR)
def import_list(request: MemberRequest) -> HttpResponse:
    """Imports a checked list; checks it once more, for the tree may have changed."""
    form = CheckedListForm(request.POST, kind=UNIT_LISTS)
    if not form.is_valid():
        return redirect("unit_import", request.organisation.slug)
    try:
        plan = import_units(organisation=request.organisation, units=form.listed, by=request.user)
    except Refused:
        return _checked(request, form.cleaned_data["text"], form.listed)
    messages.success(
        request, f"{_count(len(plan.added))} added, {_count(len(plan.changed))} changed."
    )
    return redirect("units", request.organisation.slug)


def _count(number: int) -> str:
    return "1 unit" if number == 1 else f"{number} units"


def _checked(
    request: MemberRequest, text: str, units: UnitList, other_sheets: Sequence[NotUsed] = ()
) -> HttpResponse:
    plan = plan_import(organisation=request.organisation, units=units)
    return render(
        request,
        "organisations/units/checked.html",
        {
            "plan": plan,
            "problems": plan.problems[:MOST_PROBLEMS],
            "more": max(0, len(plan.problems) - MOST_PROBLEMS),
            "unused": [one.words for one in (*other_sheets, *units.not_used)],
            "text": text,
            "crumbs": _crumbs(request),
        },
        status=422 if plan.problems else 200,
    )


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    return [{"text": "Units", "href": reverse("units", args=[request.organisation.slug])}]
