"""Importing a list of units: choose a file, check it, import it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from organisations.actions.unit_import import ImportPlan, import_units, plan_import
from organisations.forms.posted import posted
from organisations.forms.units import ListFileForm, ListTextForm
from organisations.membership import MemberRequest, member_of
from organisations.models import Role
from organisations.refusal import Refused
from organisations.unit_list import LARGEST_FILE, Unreadable, decode, read_unit_list

MOST_PROBLEMS = 50


@member_of(Role.ADMINISTRATOR)
def choose_list(request: MemberRequest) -> HttpResponse:
    """Takes a file and shows what it would do. Nothing is saved yet."""
    form = ListFileForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            text = decode(form.cleaned_data["file"].read(LARGEST_FILE + 1))
            plan = plan_import(organisation=request.organisation, units=read_unit_list(text))
        except Unreadable as unreadable:
            form.add_error("file", str(unreadable))
        else:
            return _checked(request, text, plan)
    return render(
        request,
        "organisations/units/import.html",
        {"form": form, "crumbs": _crumbs(request)},
        status=422 if form.is_bound else 200,
    )


@member_of(Role.ADMINISTRATOR)
def import_list(request: MemberRequest) -> HttpResponse:
    """Imports a checked list; checks it once more, for the tree may have changed."""
    form = ListTextForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("unit_import", request.organisation.slug)
    text = form.cleaned_data["text"]
    try:
        units = read_unit_list(text)
    except Unreadable:
        return redirect("unit_import", request.organisation.slug)
    try:
        plan = import_units(organisation=request.organisation, units=units, by=request.user)
    except Refused:
        return _checked(request, text, plan_import(organisation=request.organisation, units=units))
    messages.success(
        request, f"{_count(len(plan.added))} added, {_count(len(plan.changed))} changed."
    )
    return redirect("units", request.organisation.slug)


def _count(number: int) -> str:
    return "1 unit" if number == 1 else f"{number} units"


def _checked(request: MemberRequest, text: str, plan: ImportPlan) -> HttpResponse:
    return render(
        request,
        "organisations/units/checked.html",
        {
            "plan": plan,
            "problems": plan.problems[:MOST_PROBLEMS],
            "more": max(0, len(plan.problems) - MOST_PROBLEMS),
            "text": text,
            "crumbs": _crumbs(request),
        },
        status=422 if plan.problems else 200,
    )


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    return [{"text": "Units", "href": reverse("units", args=[request.organisation.slug])}]
