"""Which units a membership reaches, and through which roles."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from organisations.access import (
    memberships,
    organisation_for,
    organisations_of,
    scope,
    unit_for,
    units_for,
    valid_token,
)
from organisations.actions.access_tokens import make_token
from organisations.actions.people import deactivate
from organisations.models import AccessToken, Membership, Role, Unit, User
from organisations.queries.units import memberships_at
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_role_reaches_its_subtree_or_the_whole_organisation_and_no_other() -> None:
    ours, theirs = OrganisationFactory.create(), OrganisationFactory.create()
    medicine = UnitFactory.create(organisation=ours, name="Medicine")
    ward = UnitFactory.create(organisation=ours, name="Ward 7", parent=medicine)
    surgery = UnitFactory.create(organisation=ours, name="Surgery")
    UnitFactory.create(organisation=theirs, name="Elsewhere")
    lead, manager, nobody = (UserFactory.create() for _ in range(3))
    MembershipFactory.create(organisation=ours, user=lead, role=Role.LEAD)
    MembershipFactory.create(organisation=ours, user=manager, role=Role.MANAGER, unit=medicine)

    def units(user: object, *roles: Role) -> set[Unit]:
        held = memberships(user=user, organisation=ours)  # type: ignore[arg-type]
        return set(Unit.objects.filter(scope(held, roles)))

    assert units(lead, Role.LEAD) == {medicine, ward, surgery}
    assert units(lead, Role.MANAGER) == set()
    assert units(manager, Role.LEAD, Role.MANAGER) == {medicine, ward}
    assert units(nobody, *Role) == set()


def _leave(held: Membership, how: str) -> User:
    if how == "deactivated":
        deactivate(organisation=held.organisation, user=held.user, by=None)
    else:  # the account itself is off, as after an erasure; the role stands
        User.objects.filter(pk=held.user_id).update(is_active=False)
    return User.objects.get(pk=held.user_id)


@pytest.mark.parametrize("how", ["deactivated", "account off"])
def test_who_has_left_gets_through_no_door(how: str) -> None:
    ours = OrganisationFactory.create()
    ward = UnitFactory.create(organisation=ours)
    held = MembershipFactory.create(organisation=ours, role=Role.LEAD)
    roles = tuple(Role)
    assert unit_for(user=held.user, organisation=ours, roles=roles, unit_id=ward.pk) == ward

    user = _leave(held, how)
    assert not memberships(user=user, organisation=ours)
    assert not organisations_of(user=user)
    assert not units_for(user=user, organisation=ours, roles=roles)
    with pytest.raises(PermissionDenied):
        unit_for(user=user, organisation=ours, roles=roles, unit_id=ward.pk)
    with pytest.raises(Http404):
        organisation_for(user=user, slug=ours.slug)


def test_one_role_gone_leaves_the_others() -> None:
    held = MembershipFactory.create(role=Role.LEAD)
    other = MembershipFactory.create(user=held.user, role=Role.LEAD)
    user = _leave(held, "deactivated")
    assert list(organisations_of(user=user)) == [other.organisation]
    assert organisation_for(user=user, slug=other.organisation.slug)[1] == (other,)


def test_the_token_of_an_account_that_is_off_opens_nothing() -> None:
    held = MembershipFactory.create(role=Role.LEAD)
    _, secret = make_token(
        organisation=held.organisation,
        by=held.user,
        name="Dashboard",
        days=30,
        scopes=[AccessToken.Scope.UNITS],
    )
    assert valid_token(secret) is not None
    _leave(held, "account off")
    assert valid_token(secret) is None


@pytest.mark.parametrize("how", ["deactivated", "account off"])
def test_a_unit_names_nobody_who_has_left(how: str) -> None:
    unit = UnitFactory.create()
    held = MembershipFactory.create(organisation=unit.organisation, unit=unit, role=Role.LEAD)
    assert list(memberships_at(unit)) == [held]
    _leave(held, how)
    assert not memberships_at(unit)
