"""One organisation with its people, and a ward whose result is out."""

from dataclasses import dataclass

import pytest

from organisations.models import Organisation, Role, Unit, User
from surveys.models import SurveyUnit
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.results.payloads import payload
from tests.results.published import add_leaders, publish


@dataclass
class House:
    """Ward 7 has a result, Ward 9 has none yet; the manager is Ward 7's, the lead is everyone's."""

    organisation: Organisation
    ward_7: Unit
    ward_9: Unit
    result: SurveyUnit

    def member(self, role: Role, unit: Unit | None = None) -> User:
        user: User = MembershipFactory.create(
            organisation=self.organisation, role=role, unit=unit
        ).user
        return user

    def address(self, unit: SurveyUnit | None = None) -> str:
        return f"/o/{self.organisation.slug}/results/{(unit or self.result).pk}/"

    @property
    def results(self) -> str:
        return f"/o/{self.organisation.slug}/results/"


@pytest.fixture
def house(db: None) -> House:
    organisation = OrganisationFactory.create(name="Merrowfield Hospitals", slug="merrowfield")
    ward_7 = UnitFactory.create(organisation=organisation, name="Ward 7 – care of older people")
    ward_9 = UnitFactory.create(organisation=organisation, name="Ward 9")
    result = publish(
        organisation=organisation,
        unit=ward_7,
        payload=payload(),
        ward_page_code="ward-7-unguessable",
    )
    add_leaders(result, "Ann Lee", "Bo Khan", "Cy Ortiz", "Di Moss")
    return House(organisation, ward_7, ward_9, result)
