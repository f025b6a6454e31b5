"""Which units a membership reaches, and through which roles."""

import pytest

from organisations.access import memberships, reached
from organisations.models import Role, Unit
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
        return set(Unit.objects.filter(reached(held, roles)))

    assert units(lead, Role.LEAD) == {medicine, ward, surgery}
    assert units(lead, Role.MANAGER) == set()
    assert units(manager, Role.LEAD, Role.MANAGER) == {medicine, ward}
    assert units(nobody, *Role) == set()
