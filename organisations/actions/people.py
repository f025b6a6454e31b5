"""Gives, changes and takes away roles; deactivates and erases people. All audited."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from organisations.actions.audit_log import record
from organisations.actions.sessions import end_sessions, forget_devices, keep_within_limits
from organisations.actions.units import lock_tree
from organisations.models import ERASED_NAME, Membership, Organisation, Role, Unit, User
from organisations.queries.people import administrators_left, serves_elsewhere
from organisations.queries.units import is_open
from organisations.rules.refusal import Refused
from organisations.signals import person_erased

LONGEST_EMAIL = 254
# These roles serve the whole organisation, never one unit.
WHOLE = frozenset({Role.ADMINISTRATOR, Role.EDITOR})


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    role: Role,
    unit: Unit | None,
    by: User | None,
) -> Membership:
    """Gives a role to whoever has this e-mail, and makes the user where nobody has.

    The e-mail that tells them goes out after the transaction, once for each new role.
    """
    lock_tree(organisation)
    email = email.strip().lower()
    check_email(email, "Enter an email address in the correct format, like name@example.nhs.uk")
    _check_unit(organisation, role, unit)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
    elif not user.is_active:
        raise Refused(
            "This person cannot sign in. Ask the person who runs this site.", field="email"
        )
    return _give(organisation=organisation, user=user, role=role, unit=unit, by=by)


@transaction.atomic
def give_role(
    *, organisation: Organisation, user: User, role: Role, unit: Unit | None, by: User | None
) -> Membership:
    """One more role for somebody who already has one here."""
    lock_tree(organisation)
    _check_unit(organisation, role, unit)
    return _give(organisation=organisation, user=user, role=role, unit=unit, by=by)


def _give(
    *, organisation: Organisation, user: User, role: Role, unit: Unit | None, by: User | None
) -> Membership:
    held, created = Membership.objects.get_or_create(
        organisation=organisation,
        user=user,
        role=role,
        unit=unit,
        defaults={"invitation_due": True},
    )
    if not created and held.is_active:
        return held
    held.is_active = held.invitation_due = True
    held.save(update_fields=["is_active", "invitation_due"])
    keep_within_limits(user)
    _record("role given", held, by)
    return held


@transaction.atomic
def invite_again(*, membership: Membership, by: User) -> None:
    """Has the invitation sent once more."""
    membership = _locked(membership)
    membership.invitation_due = True
    membership.save(update_fields=["invitation_due"])
    _record("invitation repeated", membership, by)


@transaction.atomic
def change_role(
    *, membership: Membership, role: Role, unit: Unit | None, by: User | None
) -> Membership:
    """Another role, or another unit, in place of this one."""
    organisation = membership.organisation
    membership = _locked(membership)
    _check_unit(organisation, role, unit)
    if (membership.role, membership.unit_id) == (role, unit.pk if unit else None):
        return membership
    if membership.role == Role.ADMINISTRATOR:
        _keep_an_administrator(organisation, without=[membership.pk])
    twin = Membership.objects.filter(
        organisation=organisation, user=membership.user, role=role, unit=unit
    ).first()
    if twin is not None:
        membership.delete()
        membership = twin
    membership.role, membership.unit, membership.is_active = role, unit, True
    membership.save(update_fields=["role", "unit", "is_active"])
    keep_within_limits(membership.user)
    _record("role changed", membership, by)
    return membership


def _locked(membership: Membership) -> Membership:
    """As it stands now, while nobody else changes the organisation's people."""
    lock_tree(membership.organisation)
    found = Membership.objects.filter(pk=membership.pk).first()
    if found is None:
        raise Refused("Someone else has taken this role away. Nothing has changed.")
    return found


@transaction.atomic
def take_role_away(*, membership: Membership, by: User | None) -> None:
    """One role fewer. The last role of a person stays: deactivate the person instead."""
    organisation = membership.organisation
    lock_tree(organisation)
    if not Membership.objects.filter(pk=membership.pk).exists():
        return
    others = Membership.objects.filter(organisation=organisation, user=membership.user)
    if not others.exclude(pk=membership.pk).exists():
        raise Refused("This is their only role. Deactivate the person instead.")
    if membership.role == Role.ADMINISTRATOR:
        _keep_an_administrator(organisation, without=[membership.pk])
    _record("role removed", membership, by)
    membership.delete()


@transaction.atomic
def deactivate(*, organisation: Organisation, user: User, by: User | None) -> None:
    """The person can no longer use this organisation. Roles are kept for a return."""
    lock_tree(organisation)
    held = Membership.objects.filter(organisation=organisation, user=user, is_active=True)
    if not held.exists():
        return
    _keep_an_administrator(organisation, without=held.values_list("pk", flat=True))
    held.update(is_active=False, invitation_due=False)
    end_sessions(user)
    forget_devices(user)
    record(action="person deactivated", on=user, organisation=organisation, by=by)


@transaction.atomic
def reactivate(*, organisation: Organisation, user: User, by: User | None) -> None:
    """The person has their roles back."""
    lock_tree(organisation)
    if not user.is_active:
        raise Refused("This person was erased. Invite them again.")
    held = Membership.objects.filter(organisation=organisation, user=user, is_active=False)
    if held.update(is_active=True):
        keep_within_limits(user)
        record(action="person reactivated", on=user, organisation=organisation, by=by)


@transaction.atomic
def erase_person(*, organisation: Organisation, user: User, by: User | None) -> None:
    """Blanks name and e-mail for good and ends every session; the id stays for the audit trail."""
    lock_tree(organisation)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active and user.email == _erased_email(user):
        return
    if user.is_staff:
        raise Refused("This person runs the site. Ask whoever runs it to erase them.")
    if serves_elsewhere(user, organisation):
        raise Refused("This person has a role elsewhere too. Deactivate them here instead.")
    held = Membership.objects.filter(organisation=organisation, user=user)
    _keep_an_administrator(organisation, without=held.values_list("pk", flat=True))
    held.update(is_active=False, invitation_due=False)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    forget_devices(user)
    user.email, user.name, user.is_active = _erased_email(user), ERASED_NAME, False
    user.set_unusable_password()
    user.save()
    record(action="person erased", on=user, organisation=organisation, by=by)
    transaction.on_commit(lambda: person_erased.send(sender=User, user_id=user.pk), robust=True)


def check_email(email: str, sentence: str) -> None:
    """Refuses what cannot be an address, or is longer than a row holds."""
    try:
        validate_email(email)
        if len(email) > LONGEST_EMAIL:
            raise ValidationError("Too long.")
    except ValidationError as error:
        raise Refused(sentence, field="email") from error


def _erased_email(user: User) -> str:
    return f"erased-{user.pk}@erased.invalid"


def _check_unit(organisation: Organisation, role: Role, unit: Unit | None) -> None:
    if unit is None:
        return
    if role in WHOLE:
        raise Refused(f"{role.label}: choose the whole organisation.", field="unit")
    if unit.organisation_id != organisation.pk or not is_open(unit):
        raise Refused("Choose a unit that is open.", field="unit")


def _keep_an_administrator(organisation: Organisation, *, without: Iterable[int]) -> None:
    leaving = list(without)
    if not Membership.objects.filter(pk__in=leaving, role=Role.ADMINISTRATOR).exists():
        return
    if not administrators_left(organisation, without=leaving):
        raise Refused("This is the only administrator. Make someone else an administrator first.")


def _record(action: str, held: Membership, by: User | None) -> None:
    record(
        action=action,
        on=held.user,
        organisation=held.organisation,
        by=by,
        role=held.role,
        unit=held.unit_id,
    )
