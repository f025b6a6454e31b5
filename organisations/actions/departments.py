"""Keeps the departments that teams can send a request to."""

from django.db import transaction
from django.db.models import QuerySet

from organisations.actions.audit_log import record
from organisations.actions.people import check_email
from organisations.models import Department, Organisation, User
from organisations.queries.departments import departments_of
from organisations.rules.refusal import Refused

MOST = 20
NO_ADDRESS = "Enter an email address, like estates@example.nhs.uk"


@transaction.atomic
def add_department(*, organisation: Organisation, name: str, email: str, by: User) -> Department:
    """One more, 20 at most; the same again is the one that is there. Raises `Refused`."""
    others = _locked(organisation)
    check_email(email, NO_ADDRESS)
    found = others.filter(name__iexact=name).first()
    if found is not None and (found.name, found.email) == (name, email):
        return found
    _check_name(name, is_taken=found is not None)
    if others.count() >= MOST:
        raise Refused(f"You can have up to {MOST} departments. Remove one first.")
    made = Department.objects.create(organisation=organisation, name=name, email=email)
    record(action="department added", on=made, organisation=organisation, by=by)
    return made


@transaction.atomic
def change_department(*, department: Department, name: str, email: str, by: User) -> None:
    """Another name or address, for requests from now on. Raises `Refused`."""
    others = _locked(department.organisation).exclude(pk=department.pk)
    found = Department.objects.filter(pk=department.pk).first()
    if found is None:
        raise Refused("Someone else has removed this department. Nothing has changed.")
    check_email(email, NO_ADDRESS)
    _check_name(name, is_taken=others.filter(name__iexact=name).exists())
    wanted = {"name": name, "email": email}
    changed = [field for field, value in wanted.items() if getattr(found, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(found, field, wanted[field])
    found.save(update_fields=changed)
    record(
        action="department changed",
        on=found,
        organisation=department.organisation,
        by=by,
        changed=changed,
    )


@transaction.atomic
def remove_department(*, department: Department, by: User) -> None:
    """Nothing new can be sent to it; what was sent stays open. Again changes nothing."""
    found = _locked(department.organisation).filter(pk=department.pk).first()
    if found is None:
        return
    record(action="department removed", on=found, organisation=department.organisation, by=by)
    found.delete()


def _locked(organisation: Organisation) -> QuerySet[Department]:
    """The organisation's, while nobody else changes them."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    return departments_of(organisation)


def _check_name(name: str, *, is_taken: bool) -> None:
    if is_taken:
        raise Refused("There is a department with this name already", field="name")
