"""A form of another site changes nothing, nor does any method but POST."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import settings

from organisations.models import Role, Session, User
from tests.access_matrix import MATRIX
from tests.attacks.conftest import CSRF, Attacker, unchanged
from tests.attacks.test_foreign_objects import members
from tests.factories import MembershipFactory, published_ffit
from tests.test_access_matrix import world

Enter = Callable[[User], Attacker]
BEHIND_SIGN_IN = {route: line for route, line in MATRIX.items() if line.in_organisation}
FORGED: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    # Cookies and headers beside the session's own.
    "no token": ({settings.CSRF_COOKIE_NAME: CSRF}, {"X-CSRFToken": ""}),
    "a foreign token": ({settings.CSRF_COOKIE_NAME: CSRF}, {"X-CSRFToken": "d" * 32}),
    "no cookie": ({settings.CSRF_COOKIE_NAME: ""}, {}),
    "a foreign origin": ({}, {"Origin": "https://evil.example"}),
    "no origin at all": ({}, {"Origin": "null"}),
}


def test_a_forged_form_is_refused_everywhere(attacker: Attacker, signed_in: Enter) -> None:
    ours = world(published_ffit())
    inside = members(ours, signed_in)
    wrong = {}
    with unchanged():
        for turn, (route, line) in enumerate(BEHIND_SIGN_IN.items()):
            kind = list(FORGED)[turn % len(FORGED)]
            cookies, headers = FORGED[kind]
            someone = inside[line.roles[0]]
            victim = replace(someone, cookies={**someone.cookies, **cookies})
            reply = victim.send("POST", ours.address(route), "a=b", headers)
            if reply.status != 403:
                wrong[f"{route}, {kind}"] = reply.status
    assert not wrong


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_form_signs_nobody_in_or_out(
    attacker: Attacker, signed_in: Enter, kind: str
) -> None:
    user = MembershipFactory.create().user
    cookies, headers = FORGED[kind]
    someone = signed_in(user)
    victim = replace(someone, cookies={**someone.cookies, **cookies})
    with unchanged():
        for address, body in (
            ("/account/logout", ""),
            ("/account/sessions/end-others", ""),
            ("/account/login", f"login={user.email}"),
        ):
            assert victim.send("POST", address, body, headers).status == 403, address
    assert Session.objects.count() == 1


def test_reading_changes_nothing(attacker: Attacker, signed_in: Enter) -> None:
    ours = world(published_ffit())
    inside = members(ours, signed_in)
    with unchanged():
        for route, line in BEHIND_SIGN_IN.items():
            reply = inside[line.roles[0]].send("HEAD", ours.address(route))
            assert reply.status < 500 and reply.content == b"", route


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_any_other_method_is_refused_before_anything_is_looked_up(
    attacker: Attacker, signed_in: Enter, method: str
) -> None:
    held = MembershipFactory.create(role=Role.ADMINISTRATOR)
    office = signed_in(held.user)
    with unchanged():
        for address in (
            "/",
            f"/o/{held.organisation.slug}/people/",
            f"/o/{held.organisation.slug}/people/999999999/",
            "/o/nowhere/people/",
            "/a/unknown",
            "/api/v1/organisations",
        ):
            reply = office.send(method, address)
            takes = "GET, HEAD" if address.startswith("/api/") else "GET, HEAD, POST"
            assert (reply.status, reply.headers["Allow"]) == (405, takes), address
