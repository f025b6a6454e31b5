"""Departments that teams can send a request to: part of the settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from organisations import access
from organisations.actions.departments import (
    MOST,
    add_department,
    change_department,
    remove_department,
)
from organisations.forms.departments import DepartmentForm
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.models import Role
from organisations.queries.departments import departments_of
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only


@require_safe
@members_only(Role.ADMINISTRATOR)
def departments(request: MemberRequest) -> HttpResponse:
    """All of them, by name."""
    found = list(departments_of(request.organisation))
    context = {"departments": found, "most": MOST, "crumbs": _crumbs(request)[:2]}
    return render(request, "organisations/settings/departments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Role.ADMINISTRATOR)
def add(request: MemberRequest) -> HttpResponse:
    """One more."""
    form = DepartmentForm(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            made = add_department(
                organisation=request.organisation, by=request.user, **form.cleaned_data
            )
            messages.success(request, f"{made.name} added")
            return redirect("departments", request.organisation.slug)
    return form_page(
        request,
        form,
        heading="Add a department",
        caption=request.organisation.name,
        crumbs=_crumbs(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Role.ADMINISTRATOR)
def change(request: MemberRequest, department_id: int) -> HttpResponse:
    """Another name or address."""
    found = access.department_for(organisation=request.organisation, department_id=department_id)
    form = DepartmentForm(posted(request), initial={"name": found.name, "email": found.email})
    if form.is_bound and form.is_valid():
        with shown_on(form):
            change_department(department=found, by=request.user, **form.cleaned_data)
            messages.success(request, "Department saved")
            return redirect("departments", request.organisation.slug)
    return form_page(
        request,
        form,
        heading="Change a department",
        caption=found.name,
        lede="Requests that are open keep the address that they were sent to.",
        crumbs=_crumbs(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Role.ADMINISTRATOR)
def remove(request: MemberRequest, department_id: int) -> HttpResponse:
    """Asks first."""
    found = access.department_for(organisation=request.organisation, department_id=department_id)
    if request.method == "POST":
        remove_department(department=found, by=request.user)
        messages.success(request, f"{found.name} removed")
        return redirect("departments", request.organisation.slug)
    context = {
        "heading": f"Remove {found.name}?",
        "caption": request.organisation.name,
        "lede": "Teams can no longer send it a request. Requests that it has can still be "
        "answered.",
        "submit": "Remove department",
        "warn": True,
        "crumbs": _crumbs(request),
    }
    return render(request, "organisations/form.html", context)


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Settings", "href": reverse("organisation_settings", args=[slug])},
        {"text": "Departments", "href": reverse("departments", args=[slug])},
    ]
