"""A trust in which a manager may launch: one division, its wards, the people, the FFIT."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from fieldwork.actions.launch import LaunchPlan, UnitToAsk, launch_survey
from fieldwork.actions.life import open_survey
from instruments.models import Edition, Version
from organisations.models import Organisation, Role, Unit, User
from responses.actions import keys
from surveys.models import Survey, SurveyUnit
from surveys.rules import wall_clock
from tests.factories import (
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    UnitFactory,
    UserFactory,
    published_ffit,
)
from tests.instruments.exchange_files import add_all

TITLE = "Fewer falls at night"


@dataclass
class Trust:
    """Medicine with Ward 7 (12 posts) and Ward 9 (22 posts); a manager of Ward 7, a lead of all."""

    organisation: Organisation
    medicine: Unit
    ward_7: Unit
    ward_9: Unit
    manager: User
    lead: User
    version: Version

    @property
    def front_line(self) -> Edition:
        return self.version.editions.get(is_verbatim=False)

    def member(self, role: Role, unit: Unit | None = None, **fields: Any) -> User:
        membership = MembershipFactory.create(
            organisation=self.organisation, role=role, unit=unit, user=UserFactory.create(**fields)
        )
        user: User = membership.user
        return user

    def url(self, rest: str = "") -> str:
        return f"/o/{self.organisation.slug}/{rest}"

    def closing(self, days: int = 10) -> datetime:
        """10:00, that many days on."""
        day = timezone.localdate(timezone=self.organisation.zone) + timedelta(days=days)
        return wall_clock.at(day, time(10), self.organisation.zone)

    def launch(self, *units: UnitToAsk, **fields: Any) -> Survey:
        """A survey about fewer falls, of Ward 7 unless units are given, with its staff added."""
        plan = LaunchPlan(
            title=TITLE,
            problem="Too many patients fall at night.",
            change="We offer help to the toilet at 2am.",
            units=units or [UnitToAsk(self.ward_7, 12)],
            closes_at=self.closing(),
            ward_edition=self.front_line,
        )
        survey = launch_survey(
            organisation=self.organisation,
            by=fields.pop("by", self.manager),
            plan=replace(plan, **fields),
        )
        add_all()
        return survey

    def open(self, *units: UnitToAsk, **fields: Any) -> Survey:
        """The same, with its key made and opened; a real worker may be the first to do so."""
        survey = self.launch(*units, **fields)
        keys.prepare_survey(survey=survey)
        open_survey(survey=survey)
        survey.refresh_from_db()
        assert survey.state == Survey.State.OPEN
        return survey


def a_trust() -> Trust:
    organisation = OrganisationFactory.create(name="Merrowfield Hospitals", slug="merrowfield")
    medicine = UnitFactory.create(organisation=organisation, name="Medicine", posts=None)
    ward_7 = UnitFactory.create(organisation=organisation, name="Ward 7", parent=medicine, posts=12)
    ward_9 = UnitFactory.create(organisation=organisation, name="Ward 9", parent=medicine, posts=22)
    manager = MembershipFactory.create(
        organisation=organisation,
        unit=ward_7,
        user=UserFactory.create(name="Ward manager", email="manager@merrowfield.example"),
    ).user
    lead = MembershipFactory.create(
        organisation=organisation,
        role=Role.LEAD,
        user=UserFactory.create(name="Improvement lead", email="lead@merrowfield.example"),
    ).user
    return Trust(organisation, medicine, ward_7, ward_9, manager, lead, published_ffit())


def only_unit(survey: Survey) -> SurveyUnit:
    """The one unit of a survey."""
    return SurveyUnit.objects.get(survey=survey)


def an_initiative(trust: Trust, **fields: Any) -> Any:
    """One on the trust's register."""
    return InitiativeFactory.create(organisation=trust.organisation, added_by=trust.lead, **fields)


def typed(trust: Trust, **fields: Any) -> dict[str, Any]:
    """The launch page's form as it is filled in; `fields` replace some."""
    closes = timezone.localdate(timezone=trust.organisation.zone) + timedelta(days=10)
    return {
        "launch_key": str(uuid4()),
        "title": "Fewer falls at night",
        "problem": "Too many patients fall at night.",
        "change": "We offer help to the toilet at 2am.",
        "staff": "12",
        "closes_day": closes.day,
        "closes_month": closes.month,
        "closes_year": closes.year,
        "opens": "now",
        "result": "counted",
        "leaders": [trust.manager.pk, trust.lead.pk],
        "reminders": ["4", "8"],
        **fields,
    }


def page_of(client: Client, address: str) -> str:
    """A page's text."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()
