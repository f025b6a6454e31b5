"""What a staff list would change in a survey: who is new, who is there, who wants no messages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from surveys.addresses import Address
from surveys.models import Contact, Survey, SurveyUnit
from surveys.queries.opt_outs import opted_out
from surveys.staff_list import Person


@dataclass(slots=True)
class StaffPlan:
    """New people by survey unit; the rest as numbers of rows in the list."""

    new: dict[int, list[Address]] = field(default_factory=dict)
    known: list[int] = field(default_factory=list)
    declined: list[int] = field(default_factory=list)

    @property
    def people(self) -> list[Address]:
        """Everybody who would be invited."""
        return [one for group in self.new.values() for one in group]


def plan_staff(
    *, survey: Survey, units: Sequence[SurveyUnit], people: Sequence[Person]
) -> StaffPlan:
    """Who of these would be invited. One invitation a person and survey. Two queries."""
    by_name = {unit.unit_name: unit.pk for unit in units}
    there = {
        address
        for row in Contact.objects.filter(survey_unit__survey=survey).values_list("email", "mobile")
        for address in row
        if address
    }
    asked = [text for one in people for text in (one.address.email, one.address.mobile)]
    declined = opted_out(organisation=survey.organisation_id, addresses=asked)
    plan = StaffPlan()
    for person in people:
        mine = {person.address.email, person.address.mobile} - {""}
        if mine & there:
            plan.known.append(person.line)
        elif mine & declined:
            plan.declined.append(person.line)
        else:
            plan.new.setdefault(by_name[person.unit], []).append(person.address)
    return plan


def units_with_links(units: Sequence[SurveyUnit]) -> list[SurveyUnit]:
    """Those of the units whose staff can get a link of their own, now or at opening."""
    running = (SurveyUnit.State.WAITING, SurveyUnit.State.OPEN)
    return [one for one in units if one.way == SurveyUnit.Way.WARD and one.state in running]
