"""Sessions: how long they last, how they end, and what a stolen table is worth.

Over 300 lines: one visitor tries every way into one session.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import F
from pytest_django import Settings

from organisations.actions.people import deactivate, erase_person, give_role
from organisations.carriers.session_store import SessionStore, hashed
from organisations.models import Membership, Role, Session, Unit, User
from tests.attacks.conftest import unchanged
from tests.attacks.visitor import CODE, Visitor, last_code, letters
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.organisations.signing_in import app_code

Visitors = Callable[[], Visitor]
SECONDS, MINUTES, HOURS = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DAYS = timedelta(days=1)
IN_USE = 60 * SECONDS  # a test's own requests take less


@pytest.fixture
def manager(attacker: object) -> User:
    organisation = OrganisationFactory.create(slug="merrowfield")
    MembershipFactory.create(organisation=organisation, role=Role.ADMINISTRATOR)
    unit = UnitFactory.create(organisation=organisation)
    user: User = MembershipFactory.create(
        organisation=organisation, role=Role.MANAGER, unit=unit, user__email="robin@merrow.example"
    ).user
    return user


@pytest.fixture
def administrator(manager: User) -> User:
    return Membership.objects.get(role=Role.ADMINISTRATOR).user


def is_in(visitor: Visitor) -> bool:
    return not visitor.get("/").asks_to_sign_in


def time_passes(by: timedelta) -> None:
    """The clock of every session, without touching a server's."""
    Session.objects.update(
        started_at=F("started_at") - by,
        seen_at=F("seen_at") - by,
        expire_date=F("expire_date") - by,
    )


@pytest.mark.parametrize(
    ("who", "tick", "idle"),
    [
        ("manager", {}, 2 * HOURS),
        ("manager", {"remember": "on"}, 7 * DAYS),
        ("administrator", {}, 30 * MINUTES),
        ("administrator", {"remember": "on"}, 30 * MINUTES),
    ],
)
def test_an_idle_session_ends(
    visitor: Visitors, request: pytest.FixtureRequest, who: str, tick: dict, idle: timedelta
) -> None:
    user = request.getfixturevalue(who)
    request.getfixturevalue("manager")
    guest = visitor()
    assert guest.signs_in(user.email, **tick).location == "/"
    time_passes(idle - IN_USE)
    assert is_in(guest)
    time_passes(idle)
    assert not is_in(guest)
    assert guest.session == "", "the cookie goes too"


@pytest.mark.parametrize(
    ("who", "tick", "step", "most"),
    [
        ("manager", {}, HOURS, 12 * HOURS),
        ("manager", {"remember": "on"}, 6 * DAYS, 30 * DAYS),
        ("administrator", {}, 29 * MINUTES, 12 * HOURS),
    ],
)
def test_a_session_in_use_ends_all_the_same(
    visitor: Visitors,
    request: pytest.FixtureRequest,
    who: str,
    tick: dict,
    step: timedelta,
    most: timedelta,
) -> None:
    user = request.getfixturevalue(who)
    guest = visitor()
    guest.signs_in(user.email, **tick)
    passed = timedelta()
    while passed + step < most:
        time_passes(step)
        passed += step
        assert is_in(guest), passed
    time_passes(most - passed - IN_USE)
    assert is_in(guest)
    time_passes(IN_USE)
    assert not is_in(guest)


def test_who_becomes_an_administrator_has_the_administrators_hours(
    visitor: Visitors, manager: User
) -> None:
    guest = visitor()
    guest.signs_in(manager.email, remember="on")
    organisation = manager.memberships.get().organisation
    give_role(organisation=organisation, user=manager, role=Role.ADMINISTRATOR, unit=None, by=None)
    time_passes(30 * MINUTES)
    assert not is_in(guest)


def test_a_planted_session_is_worth_nothing_after_signing_in(
    visitor: Visitors, manager: User
) -> None:
    thief, victim = visitor(), visitor()
    thief.asks_for_a_code(manager.email)
    planted = thief.session
    assert planted
    victim.session = planted
    assert victim.post(CODE, code=last_code(manager.email)).location == "/"
    assert victim.session != planted
    assert is_in(victim)
    assert not is_in(thief)


def test_a_session_that_waits_for_a_code_lasts_as_long_as_the_code(
    visitor: Visitors, manager: User
) -> None:
    guest = visitor()
    guest.asks_for_a_code(manager.email)
    time_passes(12 * MINUTES)
    guest.post("/account/login/again")
    guest.asks_for_a_code(manager.email)
    time_passes(10 * MINUTES)
    assert guest.post(CODE, code=last_code(manager.email)).location == "/"
    waiting = visitor()
    waiting.asks_for_a_code(manager.email)
    time_passes(15 * MINUTES)
    assert waiting.get(CODE).location.startswith("/account/login")
    assert waiting.session == ""


def test_a_session_of_the_demo_is_worth_nothing_elsewhere(
    visitor: Visitors, manager: User, settings: Settings
) -> None:
    User.objects.filter(pk=manager.pk).update(email="manager@merrowfield.example")
    guest = visitor()
    guest.get(f"/demo/sign-in/{manager.pk}")
    assert is_in(guest)
    assert Session.objects.get().methods == ["demo"]
    assert SessionStore(guest.session).load()
    settings.DEMO = False
    assert not SessionStore(guest.session).load()


@pytest.mark.parametrize("made_up", ["", "short", "a" * 32, "../../x", "é" * 20, "a" * 7000])
def test_a_made_up_session_opens_nothing(visitor: Visitors, manager: User, made_up: str) -> None:
    guest = visitor()
    guest.session = made_up.encode().decode("latin-1")
    with unchanged():
        assert guest.get("/").status in {302, 400}


def test_a_cookie_kept_beyond_signing_out_opens_nothing(visitor: Visitors, manager: User) -> None:
    guest = visitor().signed_in_as(manager)
    kept = guest.session
    assert is_in(guest)
    answer = guest.post("/account/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert guest.session == ""
    guest.session = kept
    assert not is_in(guest)


def test_a_session_that_ends_during_a_request_stays_ended(visitor: Visitors, manager: User) -> None:
    guest = visitor().signed_in_as(manager)
    running = SessionStore(guest.session)
    running["typed"] = "in a request that runs"
    guest.post("/account/logout")
    running.save()
    assert not Session.objects.filter(account=manager).exists()
    assert not is_in(guest)


def test_a_stolen_table_opens_nothing_and_tells_nothing(visitor: Visitors, manager: User) -> None:
    visitor().asks_for_a_code(manager.email)
    inside = visitor().signed_in_as(manager)
    rows = list(Session.objects.values_list("session_key", "session_data"))
    assert len(rows) == 2
    code = last_code(manager.email)
    for key, data in rows:
        thief = visitor()
        thief.session = key
        assert not is_in(thief)
        assert inside.session not in key + data
        for told in (manager.email, code, code.replace("-", "")):
            assert told not in data
    # Nor can whoever may write the table give one session's content to another.
    theirs = visitor()
    theirs.asks_for_a_code("nobody@merrow.example")
    data = Session.objects.get(account=manager).session_data
    Session.objects.filter(account=None).update(session_data=data)
    assert not is_in(theirs)


def test_a_session_ended_elsewhere_is_over(visitor: Visitors, manager: User) -> None:
    here, there = visitor(), visitor()
    for one in (here, there):
        one.signs_in(manager.email)
    page = here.get("/account/sessions").text
    assert "Where you are signed in" in page
    there_key = Session.objects.exclude(pk=own_row(here)).get().pk
    assert here.post("/account/sessions/end", session=there_key).status == 302
    assert not is_in(there)
    assert is_in(here)


def own_row(visitor: Visitor) -> str:
    return hashed(visitor.session)


def test_all_others_are_ended_at_once(visitor: Visitors, manager: User) -> None:
    guests = [visitor().signed_in_as(manager) for _ in range(3)]
    assert guests[0].post("/account/sessions/end-others").status == 302
    assert [is_in(guest) for guest in guests] == [True, False, False]


def test_nobody_ends_the_session_of_another(
    visitor: Visitors, manager: User, administrator: User
) -> None:
    theirs = visitor().signed_in_as(administrator)
    mine = visitor().signed_in_as(manager)
    for key in (own_row(theirs), "x", "", "\x00", "é"):
        assert mine.post("/account/sessions/end", session=key).status == 404
    assert is_in(theirs)


def test_an_administrator_ends_all_sessions_of_a_person(
    visitor: Visitors, manager: User, administrator: User
) -> None:
    guests = [visitor().signed_in_as(manager) for _ in range(2)]
    office = visitor().signed_in_as(administrator)
    address = f"/o/merrowfield/people/{manager.pk}/sign-out"
    assert office.post(address).status == 302
    assert not any(is_in(guest) for guest in guests)
    stranger = visitor().signed_in_as(MembershipFactory.create(role=Role.ADMINISTRATOR).user)
    assert stranger.post(address).status == 404
    assert visitor().signed_in_as(manager).post(address).status == 403


def test_a_role_that_was_taken_away_is_gone_at_the_next_request(
    visitor: Visitors, manager: User, administrator: User
) -> None:
    guest = visitor().signed_in_as(manager)
    assert guest.get("/o/merrowfield/surveys/").status == 200
    manager.memberships.update(role=Role.EDITOR, unit=None)
    assert guest.get("/o/merrowfield/surveys/").status == 403


def test_deactivating_and_erasing_end_every_session(
    visitor: Visitors, manager: User, administrator: User
) -> None:
    organisation = manager.memberships.get().organisation
    guest = visitor().signed_in_as(manager)
    deactivate(organisation=organisation, user=manager, by=administrator)
    assert not is_in(guest)
    guest.signed_in_as(manager)
    erase_person(organisation=organisation, user=manager, by=administrator)
    assert not is_in(guest)


def test_adding_an_app_ends_the_other_sessions(visitor: Visitors, manager: User) -> None:
    here, there = visitor().signed_in_as(manager), visitor().signed_in_as(manager)
    secret = re.search(r"<code[^>]*>(\w+)</code>", here.get("/account/second-step/app").text)
    assert secret
    assert here.post("/account/second-step/app", code=app_code(secret[1])).status == 302
    assert is_in(here)
    assert not is_in(there)


def test_administrators_are_never_remembered(visitor: Visitors, administrator: User) -> None:
    guest = visitor()
    guest.signs_in(administrator.email, remember="on")
    assert "max-age" not in guest.set_cookies["sessionid"].lower()
    assert "device" not in guest.cookies


def test_cookies_are_out_of_reach(visitor: Visitors, manager: User) -> None:
    guest = visitor()
    guest.signs_in(manager.email, remember="on")
    assert guest.set_cookies.keys() == {"csrftoken", "sessionid", "device"}
    for cookie in guest.set_cookies.values():
        parts = {part.strip() for part in cookie.lower().split(";")}
        assert {"httponly", "samesite=lax", "path=/"} <= parts
        assert not [part for part in parts if part.startswith("domain")]


def test_what_was_typed_outlives_the_session(visitor: Visitors, administrator: User) -> None:
    guest = visitor().signed_in_as(administrator)
    page = guest.get("/o/merrowfield/units/add").text
    owner = re.search(r'name="typed_by" value="([^"]*)"', page)
    assert owner
    time_passes(HOURS)
    with unchanged():
        answer = guest.post(
            "/o/merrowfield/units/add", typed_by=owner[1], name="Ward 12, typed", posts="many"
        )
        assert answer.asks_to_sign_in
        back = parse_qs(urlsplit(answer.location).query)["next"][0]
        assert "Ward 12" not in str(list(Session.objects.values()))
    guest.signs_in(administrator.email)
    shown = guest.get(back).text
    assert 'value="Ward 12, typed"' in shown and "What you typed is here again" in shown
    organisation = administrator.memberships.get().organisation
    held = MembershipFactory.create(organisation=organisation, role=Role.ADMINISTRATOR)
    other = visitor().signed_in_as(held.user)
    assert "Ward 12" not in other.get(back).text
    assert not Unit.objects.filter(name__contains="Ward 12").exists()


def test_a_remembered_device_has_letters_of_its_own(visitor: Visitors, manager: User) -> None:
    owner = visitor()
    owner.signs_in(manager.email, remember="on")
    assert "max-age=31536000" in owner.set_cookies["device"].lower()
    owner.post("/account/logout")
    visitor().asks_for_a_code(manager.email)  # a stranger takes the letter of these minutes
    before = len(letters(manager.email))
    visitor().asks_for_a_code(manager.email)
    assert len(letters(manager.email)) == before
    owner.asks_for_a_code(manager.email)
    assert len(letters(manager.email)) == before + 1
    thief = visitor()
    thief.cookies["device"] = "A" * 22
    thief.asks_for_a_code(manager.email)
    assert len(letters(manager.email)) == before + 1
