"""One organisation with an administrator who is signed in, and a small tree of units."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from celery import current_app
from django.test import Client

from organisations.models import Organisation, Role, Unit, User
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory


@dataclass
class House:
    """Medicine > Ward 7 > Bay C, Surgery > Ward 9, and who administers it."""

    organisation: Organisation
    administrator: User
    medicine: Unit
    surgery: Unit
    ward_7: Unit
    ward_9: Unit
    bay: Unit

    def url(self, rest: str) -> str:
        return f"/o/{self.organisation.slug}/{rest}"

    def member(self, role: Role, unit: Unit | None = None) -> User:
        user: User = MembershipFactory.create(
            organisation=self.organisation, role=role, unit=unit
        ).user
        return user


@pytest.fixture
def house(db: None) -> House:
    organisation = OrganisationFactory.create(name="Merrowfield Hospitals", slug="merrowfield")
    administrator = MembershipFactory.create(
        organisation=organisation, role=Role.ADMINISTRATOR
    ).user
    medicine = UnitFactory.create(organisation=organisation, name="Medicine")
    surgery = UnitFactory.create(organisation=organisation, name="Surgery")
    ward_7 = UnitFactory.create(organisation=organisation, name="Ward 7", parent=medicine, posts=12)
    ward_9 = UnitFactory.create(organisation=organisation, name="Ward 9", parent=surgery)
    bay = UnitFactory.create(organisation=organisation, name="Bay C", parent=ward_7)
    return House(organisation, administrator, medicine, surgery, ward_7, ward_9, bay)


@pytest.fixture
def office(house: House, client: Client) -> Client:
    """A client signed in as the administrator."""
    client.force_login(house.administrator)
    return client


@pytest.fixture
def at_once() -> Iterator[None]:
    """The worker's part happens within the request."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.fixture
def robin(house: House) -> User:
    user: User = MembershipFactory.create(
        organisation=house.organisation,
        role=Role.MANAGER,
        unit=house.ward_7,
        user__email="robin@merrowfield.example",
    ).user
    return user
