"""Pages where administrators keep people and their roles."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from organisations.actions import people as actions
from organisations.actions.sessions import sign_out_everywhere
from organisations.forms.people import FindPersonForm, InviteForm, RoleForm
from organisations.forms.posted import posted
from organisations.forms.refusals import said_to, shown_on
from organisations.models import Membership, Role
from organisations.presenters.pages import page_links
from organisations.queries.people import Person, people_of, person_of
from organisations.views.membership import MemberRequest, members_only

PEOPLE_A_PAGE = 50
administrators = members_only(Role.ADMINISTRATOR)


@require_safe
@administrators
def people(request: MemberRequest) -> HttpResponse:
    """Everyone with a role, by name, with a search."""
    form = FindPersonForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "role": ""}
    found = people_of(request.organisation, search=wanted["q"].strip(), role=wanted["role"])
    page = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "organisations/people/list.html",
        {
            "page": page,
            "pagination": page_links(page, request.GET),
            "wanted": wanted,
            "role_choices": FindPersonForm.base_fields["role"].choices,  # type: ignore[attr-defined]
        },
    )


@administrators
def invite(request: MemberRequest) -> HttpResponse:
    """A form that gives somebody a role; `?unit=` chooses the unit."""
    form = InviteForm(
        posted(request),
        organisation=request.organisation,
        submit="Invite",
        initial={"unit": request.GET.get("unit", ""), "role": Role.MANAGER.value},
    )
    if form.is_bound and form.is_valid():
        with shown_on(form):
            held = actions.invite(
                organisation=request.organisation, by=request.user, **form.cleaned_data
            )
            messages.success(request, f"{held.user} was invited. We’re sending the email now.")
            return redirect("person", request.organisation.slug, held.user_id)
    return _form_page(request, form, heading="Invite a person", caption="People")


@require_safe
@administrators
def person(request: MemberRequest, user_id: int) -> HttpResponse:
    """One person: roles, and what can be done."""
    return render(
        request,
        "organisations/people/person.html",
        {"person": _person(request, user_id), "crumbs": _crumbs(request)},
    )


@administrators
def add_role(request: MemberRequest, user_id: int) -> HttpResponse:
    """A form for one more role."""
    found = _active(request, user_id)
    form = RoleForm(posted(request), organisation=request.organisation, submit="Give the role")
    if form.is_bound and form.is_valid():
        with shown_on(form):
            actions.give_role(
                organisation=request.organisation,
                user=found.user,
                by=request.user,
                **form.cleaned_data,
            )
            return _done(request, found, "Role added. We’re emailing them now.")
    return _form_page(request, form, heading="Add a role", person=found)


@administrators
def change_role(request: MemberRequest, user_id: int, membership_id: int) -> HttpResponse:
    """A form for another role or another unit."""
    found = _active(request, user_id)
    held = _membership(found, membership_id)
    form = RoleForm(
        posted(request),
        organisation=request.organisation,
        initial={"role": held.role, "unit": held.unit_id or ""},
    )
    if form.is_bound and form.is_valid():
        with shown_on(form):
            actions.change_role(membership=held, by=request.user, **form.cleaned_data)
            return _done(request, found, "The role was changed.")
    return _form_page(request, form, heading="Change the role", person=found)


@administrators
def take_role_away(request: MemberRequest, user_id: int, membership_id: int) -> HttpResponse:
    """Asks, then takes one role away."""
    found = _person(request, user_id)
    held = _membership(found, membership_id)
    where = held.unit.name if held.unit else request.organisation.name
    return _ask(
        request,
        found,
        lambda: actions.take_role_away(membership=held, by=request.user),
        heading="Remove this role?",
        lede=f"{held.get_role_display()}, {where}. You can add it again later.",
        submit="Take the role away",
        done="Role removed",
    )


@administrators
def deactivate(request: MemberRequest, user_id: int) -> HttpResponse:
    """Asks, then deactivates the person here."""
    found = _person(request, user_id)
    return _ask(
        request,
        found,
        lambda: actions.deactivate(
            organisation=request.organisation, user=found.user, by=request.user
        ),
        heading=f"Deactivate {found.user}?",
        lede="They will not be able to see any pages for this organisation. We keep their "
        "roles so that you can reactivate them later.",
        submit="Deactivate",
        done=f"{found.user} is deactivated.",
    )


@require_POST
@administrators
def reactivate(request: MemberRequest, user_id: int) -> HttpResponse:
    """Gives the person their roles back."""
    found = _person(request, user_id)
    with said_to(request):
        actions.reactivate(organisation=request.organisation, user=found.user, by=request.user)
        messages.success(request, f"{found.user} is active again.")
    return redirect("person", request.organisation.slug, user_id)


@require_POST
@administrators
def invite_again(request: MemberRequest, user_id: int) -> HttpResponse:
    """Sends the invitation once more."""
    found = _active(request, user_id)
    held = next(one for one in found.memberships if one.is_active)
    with said_to(request):
        actions.invite_again(membership=held, by=request.user)
        return _done(request, found, "We’re sending the email again.")
    return redirect("person", request.organisation.slug, found.user.pk)


@administrators
def sign_out(request: MemberRequest, user_id: int) -> HttpResponse:
    """Asks, then ends every session of the person."""
    found = _person(request, user_id)
    return _ask(
        request,
        found,
        lambda: sign_out_everywhere(
            organisation=request.organisation, user=found.user, by=request.user
        ),
        heading=f"Sign {found.user} out everywhere?",
        lede="Use this if a device was lost. They are signed out on every device and can sign in "
        "again with a new code.",
        submit="Sign out everywhere",
        done=f"{found.user} is signed out everywhere.",
    )


@administrators
def erase(request: MemberRequest, user_id: int) -> HttpResponse:
    """Asks, then blanks the person for good."""
    found = _person(request, user_id)
    return _ask(
        request,
        found,
        lambda: actions.erase_person(
            organisation=request.organisation, user=found.user, by=request.user
        ),
        heading=f"Erase {found.user}?",
        lede="We permanently delete their name and email address, and remove every role. "
        "What they did stays in the audit log under a number. You cannot undo this.",
        submit="Erase this person",
        done="The person was erased.",
        warn=True,
    )


def _person(request: MemberRequest, user_id: int) -> Person:
    found = person_of(request.organisation, user_id)
    if found is None:
        raise Http404
    return found


def _active(request: MemberRequest, user_id: int) -> Person:
    found = _person(request, user_id)
    if not found.is_active:
        raise Http404
    return found


def _membership(person: Person, membership_id: int) -> Membership:
    for held in person.memberships:
        if held.pk == membership_id:
            return held
    raise Http404


def _crumbs(request: MemberRequest, person: Person | None = None) -> list[dict[str, str]]:
    slug = request.organisation.slug
    crumbs = [{"text": "People", "href": reverse("people", args=[slug])}]
    if person is not None:
        address = reverse("person", args=[slug, person.user.pk])
        crumbs.append({"text": str(person.user), "href": address})
    return crumbs


def _done(request: MemberRequest, person: Person, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("person", request.organisation.slug, person.user.pk)


def _form_page(
    request: MemberRequest,
    form: forms.Form,
    *,
    heading: str,
    caption: str = "",
    person: Person | None = None,
    **more: object,
) -> HttpResponse:
    return render(
        request,
        "organisations/form.html",
        {
            "form": form,
            "heading": heading,
            "caption": caption or str(person.user if person else ""),
            "crumbs": _crumbs(request, person),
            **more,
        },
        status=422 if form.is_bound else 200,
    )


def _ask(
    request: MemberRequest,
    person: Person,
    act: Callable[[], None],
    *,
    heading: str,
    lede: str,
    submit: str,
    done: str,
    warn: bool = False,
) -> HttpResponse:
    form = forms.Form(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            act()
            messages.success(request, done)
            return redirect("people", request.organisation.slug)
    return _form_page(
        request, form, heading=heading, caption="People", person=person, lede=lede, submit=submit,
        warn=warn,
    )  # fmt: skip
