"""What is compiled once for all whose roles are alike finds what is each member's own."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations import access
from organisations.models import Membership, Organisation, Role, Unit, User
from organisations.queries import for_member
from organisations.queries.for_member import Member, MembersRows
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = date(2026, 11, 30)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def wards(organisation: Organisation) -> list[Unit]:
    """Two with two units each."""
    wards = [UnitFactory.create(organisation=organisation, name=name) for name in ("A", "B")]
    for ward in wards:
        for number in (1, 2):
            UnitFactory.create(organisation=organisation, parent=ward, name=f"{ward.name}{number}")
    return wards


def member(
    organisation: Organisation,
    *held: tuple[Role, Unit | None],
    today: date = TODAY,
    now: datetime | None = None,
    zone: ZoneInfo = LONDON,
) -> Member:
    user = UserFactory.create()
    memberships = [
        MembershipFactory.create(user=user, organisation=organisation, role=role, unit=unit)
        for role, unit in held
    ]
    return Member(user, organisation, memberships, today, now or timezone.now(), zone)


class Names:
    """Names of units that members lead, or manage exactly; how often that was put together."""

    def __init__(self) -> None:
        self.made: list[frozenset[str]] = []
        self._rows = MembersRows(self._found)

    def _found(self, member: Member) -> "QuerySet[Unit, tuple[str]]":
        self.made.append(member.roles)
        own = access.scope(member.memberships, {Role.LEAD})
        for held in member.memberships:
            if held.role == Role.MANAGER and held.unit:
                own |= Q(pk=held.unit_id)
        found = Unit.objects.filter(own, organisation=member.organisation)
        return found.order_by("name").values_list("name")

    def of(self, member: Member) -> list[str]:
        return [name for (name,) in self._rows.all(member)]


def test_each_member_finds_their_own(organisation: Organisation, wards: list[Unit]) -> None:
    first, second = wards
    names, stranger = Names(), UnitFactory.create(name="Z")
    lead, manager = Role.LEAD, Role.MANAGER
    for held, found in (
        ([(lead, first)], ["A", "A1", "A2"]),
        ([(lead, second)], ["B", "B1", "B2"]),
        ([(lead, None)], ["A", "A1", "A2", "B", "B1", "B2"]),
        ([(manager, first)], ["A"]),
        ([(manager, second)], ["B"]),
        ([(manager, None)], []),
        ([(manager, first), (lead, second)], ["A", "B", "B1", "B2"]),
        ([(lead, first), (manager, second)], ["A", "A1", "A2", "B"]),
        ([(lead, second), (lead, first)], ["A", "A1", "A2", "B", "B1", "B2"]),
        ([(manager, None), (manager, second), (Role.REVIEWER, first)], ["B"]),
    ):
        assert names.of(member(organisation, *held)) == found, held
    assert names.of(member(stranger.organisation, (lead, None))) == ["Z"]


def test_it_is_compiled_once_for_all_whose_roles_are_alike(
    organisation: Organisation,
    wards: list[Unit],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    names, (first, second) = Names(), wards
    alike = [member(organisation, (Role.LEAD, ward)) for ward in wards]
    alike.append(member(organisation, (Role.LEAD, first), today=TODAY + DAY))
    for one in alike:
        with django_assert_num_queries(1):
            names.of(one)
    assert names.made == [{Role.LEAD}]
    two = [(Role.LEAD, first), (Role.MANAGER, second)]
    for held in (two, two[::-1]):
        names.of(member(organisation, *held))
    assert names.made[1:] == [{Role.LEAD, Role.MANAGER}]
    names.of(member(organisation, (Role.LEAD, None)))
    names.of(member(organisation, (Role.LEAD, first), (Role.LEAD, second)))
    assert len(names.made) == 4, "over the whole organisation, and over two units"


def test_the_usual_mixes_are_kept(
    monkeypatch: pytest.MonkeyPatch, organisation: Organisation
) -> None:
    monkeypatch.setattr(for_member, "KEPT", 2)
    names = Names()
    for role in (Role.LEAD, Role.MANAGER, Role.LEAD, Role.REVIEWER, Role.LEAD, Role.MANAGER):
        names.of(member(organisation, (Role.LEAD, None), (role, None)) if role != Role.LEAD else
                 member(organisation, (Role.LEAD, None)))  # fmt: skip
    assert len(names.made) == 4


def since(
    rows: MembersRows[tuple[str]], organisation: Organisation, **more: object
) -> Sequence[tuple[str]]:
    return rows.all(member(organisation, (Role.LEAD, None), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("days", "finds"), [(6, False), (7, True), (8, True)])
def test_the_day_is_given_each_time(organisation: Organisation, days: int, finds: bool) -> None:
    UnitFactory.create(organisation=organisation, valid_from=TODAY)
    rows = MembersRows(
        lambda one: (
            Unit.objects.filter(valid_from__lte=one.today - DAY * 6 - DAY * 2 + DAY)
        ).values_list("name")
    )
    assert not since(rows, organisation, today=TODAY)
    assert bool(since(rows, organisation, today=TODAY + DAY * days)) is finds


@pytest.mark.parametrize(("seconds", "finds"), [(-1, False), (0, False), (1, True)])
def test_the_moment_is_given_each_time(
    organisation: Organisation, seconds: int, finds: bool
) -> None:
    begins = timezone.now()
    asker = UserFactory.create(joined_at=begins)
    rows = MembersRows(
        lambda one: User.objects.filter(pk=asker.pk, joined_at__lt=one.now - DAY * 14).values_list(
            "email"
        )
    )
    assert not since(rows, organisation, now=begins)
    moment = begins + DAY * 14 + timedelta(seconds=seconds)
    assert bool(since(rows, organisation, now=moment)) is finds


def test_each_zone_has_its_own_days(organisation: Organisation) -> None:
    """Of what is compiled for another one nothing is left."""
    evening = datetime(2026, 11, 30, 23, 30, tzinfo=ZoneInfo("UTC"))
    user = UserFactory.create(joined_at=evening)
    rows = MembersRows(
        lambda one: User.objects.filter(pk=user.pk).values_list(
            TruncDate("joined_at", tzinfo=one.zone)
        )
    )
    for zone, day in (("Europe/London", 30), ("Europe/Berlin", 1), ("Europe/London", 30)):
        ((found,),) = since(rows, organisation, zone=ZoneInfo(zone))
        assert found.day == day  # type: ignore[attr-defined]


def test_who_asks_is_given_each_time(organisation: Organisation) -> None:
    rows = MembersRows(
        lambda one: Membership.objects.filter(user=one.user).values_list("user__email")
    )
    for one in [member(organisation, (Role.LEAD, None)) for _ in range(2)]:
        assert rows.all(one) == [(one.user.email,)]
