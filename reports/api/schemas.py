"""What the API answers. Times are UTC; a withheld figure is null with its reason."""

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Schema

T = TypeVar("T")


class Listed(Schema, Generic[T]):
    """A page of a list. `next` is the address of the next page, or null at the end."""

    items: list[T]
    next: str | None


class OrganisationOut(Schema):
    """An organisation that the token opens."""

    slug: str
    name: str
    time_zone: str


class UnitOut(Schema):
    """A unit within reach; `parent_id` may lie beyond it."""

    id: int
    name: str
    parent_id: int | None
    posts: int | None
    valid_from: date
    valid_to: date | None
    successor_id: int | None


class AskedUnit(Schema):
    """A unit in a survey, as it was at opening."""

    id: int
    unit_id: int
    unit_name: str
    state: str
    headcount: int
    minimum_group: int


class SurveyOut(Schema):
    """A survey with the units within reach. How many have answered is in no answer of the API."""

    id: int
    title: str
    initiative_id: int
    state: str
    opens_at: datetime
    closes_at: datetime
    result_at: datetime | None
    units: list[AskedUnit]


class SnapshotOut(Schema):
    """What was released of one unit in one survey; `payload` is the same that pages show."""

    id: int
    survey_unit_id: int
    survey_id: int
    unit_id: int
    unit_name: str
    number: int
    released_at: datetime
    corrected_because: str
    payload: dict[str, object]


class FigureOut(Schema):
    """One released figure in a row, or null with the reason why it is not shown."""

    survey_unit_id: int
    unit_name: str
    survey: str
    released_at: datetime
    level: str
    code: str
    text: str
    measure: str
    option: int | None
    value: float | str | None
    people: int | None
    why_not_shown: str


class Figures(Listed[FigureOut]):
    """A page of figures; each of the `notices` must stand with the figures wherever they go."""

    notices: list[str]


class InitiativeOut(Schema):
    """An improvement on the register."""

    id: int
    title: str
    problem: str
    change: str
    state: str
    started_on: date | None


class ActionOut(Schema):
    """What somebody does about a priority, or a leaders' promise without one; `who` is a role.

    `survey_unit_id` is the result in whose plan it is.
    """

    id: int
    initiative_id: int
    unit_id: int
    survey_unit_id: int
    priority: str
    is_promise: bool
    what: str
    who: str
    due_on: date
    state: str
    outcome: str
