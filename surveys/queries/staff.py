"""What a staff list would change in a survey: who is new, who is there, who wants no messages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from surveys.exchange.addresses import Address
from surveys.exchange.staff_problem import Person
from surveys.models import Channel, Contact, Invitation, RemovedContact, Survey, SurveyUnit
from surveys.queries.opt_outs import opted_out
from surveys.rules import tokens


@dataclass(slots=True)
class StaffPlan:
    """New people and numbers of those there, by survey unit; rows of the list for the rest."""

    new: dict[int, list[Address]] = field(default_factory=dict)
    there: Counter[int] = field(default_factory=Counter)
    known: list[int] = field(default_factory=list)
    declined: list[int] = field(default_factory=list)
    taken_off: list[int] = field(default_factory=list)

    @property
    def people(self) -> list[Address]:
        """Everybody who would be invited."""
        return [one for group in self.new.values() for one in group]


def plan_staff(
    *,
    survey: Survey,
    units: Sequence[SurveyUnit],
    people: Sequence[Person],
    brings_back: bool = False,
) -> StaffPlan:
    """Who of these would be invited. One invitation a person and survey. Three queries.

    Who was taken off stays off, unless this `brings_back` people.
    """
    by_name = {unit.unit_name: unit.pk for unit in units}
    rows = Contact.objects.filter(survey_unit__survey=survey).values_list(
        "survey_unit", "email", "mobile"
    )
    there = {text for _, email, mobile in rows for text in (email, mobile) if text}
    asked = [text for one in people for text in (one.address.email, one.address.mobile)]
    declined = opted_out(organisation=survey.organisation_id, addresses=asked)
    off = set() if brings_back else taken_off(survey=survey, addresses=asked)
    plan = StaffPlan(there=Counter(unit for unit, _, _ in rows))
    for person in people:
        mine = {person.address.email, person.address.mobile} - {""}
        if mine & there:
            plan.known.append(person.line)
        elif mine & declined:
            plan.declined.append(person.line)
        elif mine & off:
            plan.taken_off.append(person.line)
        else:
            plan.new.setdefault(by_name[person.unit], []).append(person.address)
    return plan


def people_there(survey: Survey) -> list[Address]:
    """Everybody on a survey's staff list. One query."""
    rows = Contact.objects.filter(survey_unit__survey=survey).values_list("email", "name", "mobile")
    return [Address(email, name, mobile) for email, name, mobile in rows]


def taken_off(*, survey: Survey, addresses: Sequence[str]) -> set[str]:
    """Those of the addresses that were taken off this survey's list. One query."""
    hashes = hashes_of(survey, addresses)
    found = RemovedContact.objects.filter(
        survey_unit__survey=survey, address_hash__in=hashes, is_off=True
    )
    return {hashes[bytes(one)] for one in found.values_list("address_hash", flat=True)}


def times_taken_off(*, unit: SurveyUnit, addresses: Sequence[str]) -> dict[str, int]:
    """How often each was taken off this unit's list; none of those that never were. One query."""
    hashes = hashes_of(unit.survey, addresses)
    found = RemovedContact.objects.filter(survey_unit=unit, address_hash__in=hashes)
    return {hashes[bytes(one)]: n for one, n in found.values_list("address_hash", "times")}


def hashes_of(survey: Survey, addresses: Sequence[str]) -> dict[bytes, str]:
    """By its keyed hash each address."""
    organisation = survey.organisation_id
    return {
        tokens.address_hash(organisation=organisation, address=one): one for one in addresses if one
    }


def units_with_links(units: Sequence[SurveyUnit]) -> list[SurveyUnit]:
    """Those of the units whose staff can get a link of their own, now or at opening."""
    running = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)
    return [one for one in units if one.mode == SurveyUnit.Mode.SEALED and one.state in running]


@dataclass(frozen=True, slots=True)
class Ways:
    """How many people have a link of their own, and how many slips were made."""

    links: int
    slips: int


def ways_in_use(unit: SurveyUnit) -> Ways:
    """The ways besides the poster. One query."""
    numbers = Counter(Invitation.objects.filter(survey_unit=unit).values_list("channel", flat=True))
    slips = numbers.pop(Channel.SLIP, 0)
    return Ways(numbers.total(), slips)
