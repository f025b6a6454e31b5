"""What a member's roles decide, compiled once for everybody whose roles are alike.

Whoever holds as many roles of each kind over a unit and over the whole organisation is asked for by
the same statement. Who they are, their units, the day and the moment are given each time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from django.db.models import BigAutoField, CharField, DateField, DateTimeField, Model, QuerySet

from organisations.models import Membership, Organisation, User
from organisations.queries.prepared import Given, PreparedRows

Row = TypeVar("Row")
# Each role, and whether it is held over a unit.
Alike = tuple[tuple[str, bool], ...]
# For so many mixes of roles a statement is kept, those that asked last: a third of a megabyte each.
KEPT = 32


@dataclass(frozen=True, slots=True)
class Member:
    """Who asks, with which roles, and when.

    To a queryset of `MembersRows` it is anybody with such roles: it can compare what the database
    holds with each of these, add or take time from the day and the moment, and ask what a role is
    and whether it has a unit, but nothing else.
    """

    user: User
    organisation: Organisation
    memberships: Sequence[Membership]
    today: date
    now: datetime
    zone: ZoneInfo

    @property
    def roles(self) -> frozenset[str]:
        """Each that they hold anywhere in the organisation."""
        return frozenset(held.role for held in self.memberships)


class _Unit(NamedTuple):
    pk: Given
    path: Given


class _Held(NamedTuple):
    """What `organisations.access.scope` asks of a membership."""

    role: str
    organisation_id: Given
    unit_id: Given | None
    unit: _Unit | None


class MembersRows(Generic[Row]):
    """Finds all rows of the queryset that `rows` makes for a member."""

    def __init__(self, rows: Callable[[Member], QuerySet[Model, Row]]) -> None:
        @lru_cache(KEPT)
        def prepared(alike: Alike, zone: ZoneInfo) -> PreparedRows[Row]:
            return PreparedRows(lambda: rows(_anybody(alike, zone)))

        self._prepared = prepared

    def all(self, member: Member, **given: object) -> list[Row]:
        """One query. Each other `Given` of the queryset by its name."""
        held = sorted(member.memberships, key=lambda one: (one.role, one.unit_id or 0))
        of_units: dict[str, object] = {}
        for number, one in enumerate(held):
            if one.unit:
                of_units |= {f"unit_{number}": one.unit.pk, f"path_{number}": one.unit.path}
        alike = tuple((one.role, one.unit is not None) for one in held)
        return self._prepared(alike, member.zone).all(
            user=member.user.pk,
            organisation=member.organisation.pk,
            today=member.today,
            now=member.now,
            **of_units,
            **given,
        )


def _anybody(alike: Alike, zone: ZoneInfo) -> Member:
    organisation = Given("organisation", BigAutoField())
    held = []
    for number, (role, has_unit) in enumerate(alike):
        unit = None
        if has_unit:
            path = Given(f"path_{number}", CharField())
            unit = _Unit(Given(f"unit_{number}", BigAutoField()), path)
        held.append(_Held(role, organisation, unit and unit.pk, unit))
    return Member(
        cast(User, Given("user", BigAutoField())),
        cast(Organisation, organisation),
        cast(Sequence[Membership], held),
        cast(date, Given("today", DateField())),
        cast(datetime, Given("now", DateTimeField())),
        zone,
    )
