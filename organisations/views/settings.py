"""The house rules of an organisation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from organisations.actions.organisation import change_settings
from organisations.forms.posted import posted
from organisations.forms.settings import SettingsForm
from organisations.models import Role
from organisations.views.membership import MemberRequest, members_only


@members_only(Role.ADMINISTRATOR)
def organisation_settings(request: MemberRequest) -> HttpResponse:
    """A form with everything that an administrator decides."""
    form = SettingsForm(posted(request), organisation=request.organisation)
    if form.is_bound and form.is_valid():
        changed = change_settings(
            organisation=request.organisation, rules=form.rules(), by=request.user
        )
        messages.success(request, "The settings were saved.")
        return redirect("organisation_settings", changed.slug)
    return render(
        request,
        "organisations/settings/edit.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )
