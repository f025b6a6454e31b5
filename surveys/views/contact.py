"""One person of a running survey's staff list: added, corrected, taken off.

No page here says, or depends on, whether somebody has answered.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on, status_of
from organisations.views.membership import MemberRequest, members_only
from surveys import access
from surveys.actions.contact import correct_contact, remove_contact
from surveys.actions.staff import add_person
from surveys.forms.contact import ContactForm
from surveys.models import Contact, Survey
from surveys.presenters.crumbs import crumbs
from surveys.presenters.invitation_state import address_words
from surveys.queries.contacts import why_address_stays
from surveys.queries.staff import units_with_links


@members_only(*access.STEERING)
def add(request: MemberRequest, survey_id: int) -> HttpResponse:
    """One person more, such as somebody of the bank who came today."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = units_with_links(access.survey_units_for(user=request.user, survey=survey))
    form = ContactForm(posted(request), units=units)
    if units and form.is_bound and form.is_valid() and form.person:
        with shown_on(form):
            plan = add_person(survey=survey, units=units, person=form.person, by=request.user)
            if plan.people:
                when = "now" if survey.state == Survey.State.OPEN else "when it opens"
                messages.success(request, f"1 person added. They’ll get their message {when}.")
                return _to_recipients(request, survey)
            form.add_error(
                "email" if form.address.email else "mobile",
                "This person has asked for no messages. They can still use the poster."
                if plan.declined
                else "Someone on the list already has this email address or mobile number.",
            )
    context = {"survey": survey, "units": units, "form": form, "crumbs": _crumbs(request, survey)}
    status = status_of(form)
    return render(request, "surveys/staff/add.html", context, status=status)


@members_only(*access.STEERING)
def contact(request: MemberRequest, survey_id: int, contact_id: int) -> HttpResponse:
    """What we keep of one person, to be put right; the address only until the invitation is out."""
    survey, person = _contact(request, survey_id, contact_id)
    unit = person.survey_unit
    runs = bool(units_with_links([unit]))
    stays = why_address_stays(person) if runs else ""
    form = ContactForm(posted(request), units=[unit], contact=person, address_stays=bool(stays))
    if runs and form.is_bound and form.is_valid():
        with shown_on(form):
            moved = correct_contact(contact=person, address=form.address, by=request.user)
            said = "Saved. The invitation goes to the new address." if moved else "Saved."
            messages.success(request, said)
            return _to_recipients(request, survey)
    context = {
        "survey": survey,
        "unit": unit,
        "contact": person,
        "to": address_words(person.email, person.mobile),
        "runs": runs,
        "stays": stays,
        "form": form,
        "crumbs": _crumbs(request, survey),
    }
    status = status_of(form)
    return render(request, "surveys/staff/contact.html", context, status=status)


@members_only(*access.STEERING)
def remove(request: MemberRequest, survey_id: int, contact_id: int) -> HttpResponse:
    """Asks first; then the address is gone."""
    survey, person = _contact(request, survey_id, contact_id)
    if request.method == "POST":
        remove_contact(contact=person, by=request.user)
        messages.success(request, "1 person removed and their contact details deleted.")
        return _to_recipients(request, survey)
    context = {
        "survey": survey,
        "unit": person.survey_unit,
        "to": address_words(person.email, person.mobile),
        "name": person.name,
        "back": reverse("contact", args=[request.organisation.slug, survey.pk, person.pk]),
        "crumbs": _crumbs(request, survey),
    }
    return render(request, "surveys/staff/remove.html", context)


def _contact(request: MemberRequest, survey_id: int, contact_id: int) -> tuple[Survey, Contact]:
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    return survey, access.contact_for(user=request.user, survey=survey, contact_id=contact_id)


def _to_recipients(request: MemberRequest, survey: Survey) -> HttpResponse:
    return redirect("survey_recipients", request.organisation.slug, survey.pk)


def _crumbs(request: MemberRequest, survey: Survey) -> list[dict[str, str]]:
    address = reverse("survey_recipients", args=[request.organisation.slug, survey.pk])
    return [*crumbs(request.organisation, survey), {"text": "Recipients", "href": address}]
