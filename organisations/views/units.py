"""Pages where administrators keep the tree of units."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from organisations import access
from organisations.actions import units as actions
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.forms.units import MergeForm, MoveForm, NewUnitForm, UnitForm
from organisations.models import Role, Unit
from organisations.presenters.unit_tree import unit_tree
from organisations.queries.units import (
    above,
    closed_units,
    is_open,
    memberships_at,
    open_units,
    units_in,
)
from organisations.views.membership import MemberRequest, members_only

NOTHING_NEW = (
    "It takes no new ideas, actions, numbers, small tests or requests. Those that are open can "
    "still be closed and answered."
)
administrators = members_only(Role.ADMINISTRATOR)


@require_safe
@administrators
def units(request: MemberRequest) -> HttpResponse:
    """The tree, with a search by name."""
    search = request.GET.get("q", "").strip()[:120]
    return render(
        request,
        "organisations/units/tree.html",
        {
            "tree": unit_tree(open_units(request.organisation), search=search),
            "search": search,
            "closed": [] if search else closed_units(request.organisation),
        },
    )


@require_safe
@administrators
def unit(request: MemberRequest, unit_id: int) -> HttpResponse:
    """One unit: where it belongs, who has a role there, what can be done."""
    found = _unit(request, unit_id)
    return render(
        request,
        "organisations/units/unit.html",
        {
            "unit": found,
            "open": is_open(found),
            "above": above(found),
            "inside": units_in(found),
            "people": list(memberships_at(found)),
            "crumbs": _crumbs(request),
        },
    )


@administrators
def add(request: MemberRequest) -> HttpResponse:
    """A form for a new unit; `?in=` chooses the unit above it."""
    form = NewUnitForm(
        posted(request),
        organisation=request.organisation,
        initial={"parent": request.GET.get("in", "")},
    )
    return _change(
        request,
        form,
        partial(actions.add_unit, organisation=request.organisation, by=request.user),
        heading="Add a unit",
        done="{unit} was added.",
        to=None,
    )


@administrators
def change(request: MemberRequest, unit_id: int) -> HttpResponse:
    """A form for name and posts."""
    found = _unit(request, unit_id)
    form = UnitForm(posted(request), initial={"name": found.name, "posts": found.posts})
    return _change(
        request,
        form,
        partial(actions.change_unit, unit=found, by=request.user),
        heading="Change name or posts",
        lede="Surveys that are already running keep the old name and number.",
        done="{unit} was saved.",
        to=found,
    )


@administrators
def move(request: MemberRequest, unit_id: int) -> HttpResponse:
    """A form for another place in the tree."""
    found = _unit(request, unit_id)
    form = MoveForm(posted(request), unit=found, initial={"parent": found.parent_id or ""})
    return _change(
        request,
        form,
        partial(actions.move_unit, unit=found, by=request.user),
        heading="Move",
        lede="People with a role in the old location will no longer see this unit. They will "
        "still see it if they have a role in this unit or in the new location. Past "
        "results do not change.",
        done="{unit} was moved.",
        to=found,
    )


@administrators
def merge(request: MemberRequest, unit_id: int) -> HttpResponse:
    """A form that closes the unit in favour of another one; asks, for it cannot be undone."""
    found = _unit(request, unit_id)
    form = MergeForm(posted(request), unit=found)
    return _change(
        request,
        form,
        partial(actions.merge_unit, unit=found, by=request.user),
        heading="Merge into another unit",
        lede="This unit closes today. The units in it and people’s roles move to the other "
        f"unit. {NOTHING_NEW} Its results are kept and running surveys continue. You cannot undo "
        "this.",
        done="{unit} was merged and is closed.",
        to=found,
    )


@administrators
def close(request: MemberRequest, unit_id: int) -> HttpResponse:
    """Asks, then closes the unit."""
    found = _unit(request, unit_id)
    form = forms.Form(posted(request))
    return _change(
        request,
        form,
        partial(actions.close_unit, unit=found, by=request.user),
        heading="Close this unit?",
        lede=f"From today, nobody can launch a survey for this unit. {NOTHING_NEW} Its results "
        "are kept and running surveys continue. You can reopen it later.",
        done="{unit} is closed.",
        to=found,
        submit="Close the unit",
    )


@require_POST
@administrators
def reopen(request: MemberRequest, unit_id: int) -> HttpResponse:
    """Opens a closed unit again."""
    found = _unit(request, unit_id)
    with said_to(request):
        actions.reopen_unit(unit=found, by=request.user)
        messages.success(request, f"{found} is open again.")
    return redirect("unit", request.organisation.slug, found.pk)


def _unit(request: MemberRequest, unit_id: int) -> Unit:
    found = access.unit_for(
        user=request.user,
        organisation=request.organisation,
        roles=(Role.ADMINISTRATOR,),
        unit_id=unit_id,
    )
    found.organisation = request.organisation
    return found


def _crumbs(request: MemberRequest, unit: Unit | None = None) -> list[dict[str, str]]:
    slug = request.organisation.slug
    crumbs = [{"text": "Units", "href": reverse("units", args=[slug])}]
    if unit is not None:
        crumbs.append({"text": unit.name, "href": reverse("unit", args=[slug, unit.pk])})
    return crumbs


def _change(
    request: MemberRequest,
    form: forms.Form,
    act: Callable[..., Unit],
    *,
    heading: str,
    done: str,
    to: Unit | None,
    lede: str = "",
    submit: str = "",
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        with shown_on(form):
            changed = act(**form.cleaned_data)
            messages.success(request, done.format(unit=changed.name))
            return redirect("unit", request.organisation.slug, changed.pk)
    return render(
        request,
        "organisations/form.html",
        {
            "form": form,
            "heading": heading,
            "caption": to.name if to else "Units",
            "lede": lede,
            "submit": submit,
            "crumbs": _crumbs(request, to),
        },
        status=422 if form.is_bound else 200,
    )
