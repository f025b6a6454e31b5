from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.actions.people import change_role, give_role, reactivate
from organisations.actions.sessions import (
    end_session,
    end_sessions,
    forget_device,
    forget_what_ended,
    remember_device,
    session_seen,
    sign_out_everywhere,
)
from organisations.models import AuditEntry, Membership, RememberedDevice, Role, Session, User
from organisations.queries.sessions import devices_of, is_device_of, sessions_of
from tests.factories import MembershipFactory, UserFactory
from tests.organisations.conftest import House

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def held(house: House) -> Membership:
    made: Membership = MembershipFactory.create(
        organisation=house.organisation, role=Role.MANAGER, unit=house.ward_7
    )
    return made


def session_of(user: User, *, remembered: bool = False) -> Session:
    now = timezone.now()
    made: Session = Session.objects.create(
        session_key=f"{user.pk} {Session.objects.count()}",
        account=user,
        started_at=now,
        seen_at=now,
        expire_date=now + (7 * DAY if remembered else 2 * HOUR),
        remembered=remembered,
    )
    return made


def lasts(session: Session) -> timedelta:
    session.refresh_from_db()
    return session.expire_date - session.seen_at


def test_use_moves_the_end_by_what_the_person_may_do(house: House, held: Membership) -> None:
    office = session_of(house.administrator)
    for session, idle in (
        (session_of(held.user), 2 * HOUR),
        (session_of(held.user, remembered=True), 7 * DAY),
        (office, 30 * MINUTE),
    ):
        assert session.account is not None
        for after in (MINUTE, 2 * MINUTE):
            now = session.started_at + after
            session_seen(session, by=session.account, now=now)
            assert lasts(session) == idle and session.seen_at == now


def test_use_of_a_session_that_was_ended_meanwhile_does_not_bring_it_back(
    held: Membership,
) -> None:
    session = session_of(held.user)
    end_sessions(held.user)
    session_seen(session, by=held.user, now=timezone.now())
    assert not Session.objects.exists()


@pytest.mark.parametrize("how", ["given", "changed", "back"])
def test_who_becomes_an_administrator_keeps_no_longer_session_and_no_device(
    house: House, held: Membership, how: str
) -> None:
    user, by = held.user, house.administrator
    session, other = session_of(user, remembered=True), session_of(UserFactory.create())
    remember_device(user, cookie="c", device="Firefox on Windows")
    if how == "given":
        give_role(
            organisation=house.organisation, user=user, role=Role.ADMINISTRATOR, unit=None, by=by
        )
    elif how == "changed":
        change_role(membership=held, role=Role.ADMINISTRATOR, unit=None, by=by)
    else:
        MembershipFactory.create(
            organisation=house.organisation, user=user, role=Role.ADMINISTRATOR, is_active=False
        )
        reactivate(organisation=house.organisation, user=user, by=by)
    assert lasts(session) == 30 * MINUTE
    assert lasts(other) == 2 * HOUR
    assert not devices_of(user).exists()


def test_another_role_changes_no_session(house: House, held: Membership) -> None:
    session = session_of(held.user, remembered=True)
    change_role(membership=held, role=Role.LEAD, unit=house.bay, by=house.administrator)
    assert lasts(session) == 7 * DAY


def test_a_person_ends_their_own_sessions_only(held: Membership) -> None:
    mine, mine_too = session_of(held.user), session_of(held.user)
    theirs = session_of(UserFactory.create())
    assert not end_session(held.user, key=theirs.pk)
    assert end_session(held.user, key=mine.pk)
    assert not end_session(held.user, key=mine.pk)
    session_of(held.user)
    end_sessions(held.user, but=mine_too.pk)
    assert list(sessions_of(held.user)) == [mine_too]
    assert Session.objects.filter(pk=theirs.pk).exists()


def test_what_has_ended_is_no_place_to_be_signed_in(held: Membership) -> None:
    session = session_of(held.user)
    Session.objects.update(expire_date=timezone.now())
    assert list(sessions_of(held.user)) == []
    Session.objects.update(expire_date=timezone.now() + MINUTE)
    assert list(sessions_of(held.user)) == [session]


def test_an_administrator_signs_a_person_out_and_the_trail_says_so(
    house: House, held: Membership
) -> None:
    session_of(held.user)
    remember_device(held.user, cookie="c", device="Firefox on Windows")
    sign_out_everywhere(organisation=house.organisation, user=held.user, by=house.administrator)
    assert not sessions_of(held.user).exists() and not devices_of(held.user).exists()
    entry = AuditEntry.objects.get(action="sessions ended")
    assert (entry.actor, entry.object_id) == (house.administrator, str(held.user.pk))


def test_a_device_is_known_by_its_last_cookie_and_to_its_person(held: Membership) -> None:
    user, email = held.user, held.user.email
    other = UserFactory.create()
    for _ in range(2):
        remember_device(user, cookie="first", device="Firefox on Windows")
    assert is_device_of("first", email=email)
    assert not is_device_of("first", email=other.email)
    assert not is_device_of("", email=email)
    remember_device(user, cookie="second", device="Firefox on Windows", before="first")
    assert not is_device_of("first", email=email)
    assert is_device_of("second", email=email)
    assert "second" not in str(RememberedDevice.objects.values())
    # Somebody else at the same browser is no reason to forget the first.
    remember_device(other, cookie="third", device="Firefox on Windows", before="second")
    assert is_device_of("second", email=email) and is_device_of("third", email=other.email)
    (device,) = devices_of(user)
    assert not forget_device(other, device_id=device.pk)
    assert forget_device(user, device_id=device.pk)
    assert not forget_device(user, device_id=device.pk)


def test_what_has_ended_is_deleted_without_being_read(
    held: Membership, django_assert_num_queries: Any
) -> None:
    """The worker's database role sees no more of a session than when it ends."""
    now = timezone.now()
    session_of(held.user), session_of(held.user)
    with django_assert_num_queries(4) as asked:  # two in a savepoint
        forget_what_ended(now=now + 3 * HOUR)
    statements = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert all(one.startswith("DELETE") for one in statements)
    assert not any("session_key" in one or "mark" in one for one in statements)
    assert not Session.objects.exists()


def test_signing_in_ends_nothing_else(house: House, held: Membership) -> None:
    for _ in range(2):
        Client().force_login(held.user)
    assert sessions_of(held.user).count() == 2
