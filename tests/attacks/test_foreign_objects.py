"""What belongs to another organisation is not there, and what a role may not do is refused.

`tests/test_access_matrix.py` asks each address as it is meant to be asked, as every role. Here each
is read and written over HTTP, so a page that only reads rightly is found too. Roles and odd ids
take turns over the addresses; `--long` asks for all.
"""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest

from instruments.models import Version
from organisations.models import Role, User
from tests.access_matrix import MATRIX
from tests.attacks.conftest import Attacker, unchanged
from tests.factories import MembershipFactory, published_ffit
from tests.test_access_matrix import PART, World, world

ODD = ("0", "-1", str(2**63), str(10**30), "²", "٣")
OURS = {route: line for route, line in MATRIX.items() if line.in_organisation}
Enter = Callable[[User], Attacker]
TURNS = [0, *(pytest.param(first, marks=pytest.mark.long) for first in range(1, len(ODD)))]


@pytest.fixture
def worlds(attacker: Attacker) -> tuple[World, World]:
    return world(published_ffit()), world(Version.objects.get(state=Version.State.PUBLISHED))


@pytest.fixture
def ours(worlds: tuple[World, World]) -> World:
    return worlds[0]


def members(of: World, enter: Enter) -> dict[Role, Attacker]:
    whole = {Role.ADMINISTRATOR, Role.EDITOR, Role.REVIEWER}
    return {
        role: enter(
            MembershipFactory.create(
                organisation=of.organisation, role=role, unit=None if role in whole else of.ward
            ).user
        )
        for role in Role
    }


def asked(who: Attacker, address: str) -> set[int]:
    """What reading and writing say, but for a method that the address does not take."""
    return {who.send(method, address).status for method in ("GET", "POST")} - {405}


@pytest.mark.parametrize("first", TURNS)
def test_nobody_of_another_organisation_finds_anything(
    ours: World, worlds: tuple[World, World], signed_in: Enter, first: int
) -> None:
    nobody = signed_in(MembershipFactory.create(is_active=False).user)
    strangers = [*members(worlds[1], signed_in).values(), nobody]
    wrong = {}
    with unchanged():
        for turn, route in enumerate(OURS, first):
            answers = asked(strangers[turn % len(strangers)], ours.address(route))
            if answers - {404}:
                wrong[route] = answers
    assert not wrong


@pytest.mark.parametrize("first", TURNS)
def test_who_lacks_the_right_is_refused_for_reading_and_writing(
    ours: World, signed_in: Enter, first: int
) -> None:
    inside = members(ours, signed_in)
    wrong = {}
    with unchanged():
        for turn, (route, line) in enumerate(OURS.items(), first):
            without = [role for role in Role if role not in line.roles]
            if not without:
                continue
            answers = asked(inside[without[turn % len(without)]], ours.address(route))
            if answers - {403}:
                wrong[route] = answers
    assert not wrong


@pytest.mark.parametrize("first", TURNS)
def test_odd_ids_are_not_found(ours: World, signed_in: Enter, first: int) -> None:
    inside = members(ours, signed_in)
    wrong = {}
    with unchanged():
        for turn, (route, line) in enumerate(OURS.items(), first):
            names = [part[2] for part in PART.finditer(route) if part[1] == "int"]
            if not names:
                continue
            odd = ODD[turn % len(ODD)]
            address = ours.address(route, **dict.fromkeys(names, quote(odd)))
            answers = asked(inside[line.roles[0]], address)
            if answers - {404}:
                wrong[f"{route} {odd}"] = answers
    assert not wrong


def test_a_foreign_id_in_a_form_is_refused(ours: World, signed_in: Enter) -> None:
    """The ids of ours in forms of theirs: units of an invitation, of a move and of a merge."""
    theirs = world(Version.objects.get(state=Version.State.PUBLISHED))
    office = members(theirs, signed_in)[Role.ADMINISTRATOR]
    at = f"/o/{theirs.organisation.slug}"
    unit = theirs.ward.pk
    with unchanged():
        for address, body in (
            (f"{at}/people/invite", f"email=a%40b.example&name=A&role=manager&unit={ours.ward.pk}"),
            (f"{at}/units/{unit}/move", f"parent={ours.ward.pk}"),
            (f"{at}/units/{unit}/merge", f"into={ours.ward.pk}&successor={ours.ward.pk}"),
            (f"{at}/units/add", f"name=New&parent={ours.ward.pk}"),
        ):
            reply = office.post(address, body)
            assert reply.status == 422, address
            assert re.search("There is a problem", reply.text)
