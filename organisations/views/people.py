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
from organisations.forms.people import FindPersonForm, InviteForm, RoleForm
from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.models import Membership, Role
from organisations.presenters.pages import page_links
from organisations.queries.people import Person, people_of, person_of
from organisations.refusal import Refused

PEOPLE_A_PAGE = 50
administrators = member_of(Role.ADMINISTRATOR)


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
        try:
            held = actions.invite(
                organisation=request.organisation, by=request.user, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"{held.user} was invited. The e-mail goes out now.")
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
        try:
            actions.give_role(
                organisation=request.organisation,
                user=found.user,
                by=request.user,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return _done(request, found, "The role was given. The e-mail goes out now.")
    return _form_page(request, form, heading="Give another role", person=found)


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
        try:
            actions.change_role(membership=held, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
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
        heading="Take this role away?",
        lede=f"{held.get_role_display()}, {where}. You can give it again later.",
        submit="Take the role away",
        done="The role was taken away.",
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
        lede="They can no longer open any page of this organisation. Their roles are kept, so "
        "that you can reactivate them later.",
        submit="Deactivate",
        done=f"{found.user} is deactivated.",
    )


@require_POST
@administrators
def reactivate(request: MemberRequest, user_id: int) -> HttpResponse:
    """Gives the person their roles back."""
    found = _person(request, user_id)
    try:
        actions.reactivate(organisation=request.organisation, user=found.user, by=request.user)
        messages.success(request, f"{found.user} is active again.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("person", request.organisation.slug, user_id)


@require_POST
@administrators
def invite_again(request: MemberRequest, user_id: int) -> HttpResponse:
    """Sends the invitation once more."""
    found = _active(request, user_id)
    held = next(one for one in found.memberships if one.is_active)
    actions.invite_again(membership=held, by=request.user)
    return _done(request, found, "The e-mail goes out again now.")


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
        lede="Name and e-mail are deleted for good, and every role ends. What they did stays in "
        "the audit trail, under a number. This cannot be undone.",
        submit="Erase for good",
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
        try:
            act()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("people", request.organisation.slug)
    return _form_page(
        request, form, heading=heading, caption="People", person=person, lede=lede, submit=submit,
        warn=warn,
    )  # fmt: skip
