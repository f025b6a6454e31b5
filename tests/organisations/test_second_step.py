"""The second step of signing in: codes from an app, and recovery codes."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
)
from django.test import Client

from organisations.carriers import limits
from organisations.models import User
from organisations.signals import wrong_attempt
from tests.factories import MembershipFactory
from tests.organisations.signing_in import CODE, app_code, ask, code_in

pytestmark = pytest.mark.usefixtures("at_once")


def second_step(client: Client, email: str, mailoutbox: list) -> Client:
    """At the page that asks for the app's code."""
    ask(client, email)
    said = client.post(CODE, {"code": code_in(mailoutbox[-1])})
    assert said["Location"] == "/account/second-step/code"
    return client


def test_the_sixth_wrong_app_code_waits_and_recovery_codes_go_on(
    robin: User, mailoutbox: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_800_000_000.0]
    monkeypatch.setattr(limits, "_now", lambda: now[0])
    secret = generate_totp_secret()
    TOTP.activate(robin, secret)
    unused = RecoveryCodes.activate(robin).get_unused_codes()
    address = "/account/second-step/code"

    guesser = second_step(Client(), robin.email, mailoutbox)
    said = [guesser.post(address, {"code": "000000"}).text for _ in range(6)]
    assert ["The code is not correct" in text for text in said] == [True] * 5 + [False]
    told = "Too many attempts. Wait 2 minutes, or enter one of your recovery codes."
    assert told in said[5]
    # The account's, from wherever; also a right one, or guessing would go on.
    owner = second_step(Client(), robin.email, mailoutbox)
    assert told in owner.post(address, {"code": app_code(secret)}).text
    wrong = [owner.post(address, {"code": "12345678"}).text for _ in range(4)]
    assert all("The code is not correct" in text for text in wrong)
    assert owner.post(address, {"code": unused[0]})["Location"] == "/"
    # A right one gave its five back, and the app's come back one each two minutes.
    again = second_step(Client(), robin.email, mailoutbox)
    wrong = [again.post(address, {"code": "12345678"}).text for _ in range(6)]
    assert ["The code is not correct" in text for text in wrong] == [True] * 5 + [False]
    assert "or enter a code from your app" in wrong[5]
    assert told in again.post(address, {"code": app_code(secret)}).text
    now[0] += 121
    assert again.post(address, {"code": app_code(secret)})["Location"] == "/"


def test_wrong_app_and_recovery_codes_are_told_as_one_kind(robin: User, mailoutbox: list) -> None:
    secret = generate_totp_secret()
    TOTP.activate(robin, secret)
    client = second_step(Client(), robin.email, mailoutbox)
    told: list[str] = []

    def hear(kind: str, **_: object) -> None:
        told.append(kind)

    wrong_attempt.connect(hear)
    for code in ("000000", "12345678", *["000000"] * 5):
        client.post("/account/second-step/code", {"code": code})
    # The second is a recovery code. The sixth of an app must wait: it is not looked at.
    assert told == ["app_code"] * 6
    other = second_step(Client(), robin.email, mailoutbox)
    code = RecoveryCodes.activate(robin).get_unused_codes()[0]
    assert other.post("/account/second-step/code", {"code": code})["Location"] == "/"
    assert len(told) == 6


def test_app_codes_of_a_whole_hospital_behind_one_address_are_not_counted_together(
    db: None, mailoutbox: list
) -> None:
    for number in range(12):
        user = MembershipFactory.create(user__email=f"ann{number}@merrowfield.example").user
        TOTP.activate(user, secret := generate_totp_secret())
        client = second_step(Client(), user.email, mailoutbox)
        said = client.post("/account/second-step/code", {"code": app_code(secret)})
        assert said["Location"] == "/", number


def test_a_second_step_is_set_up_asked_for_and_switched_off(
    client: Client, robin: User, mailoutbox: list
) -> None:
    client.force_login(robin)
    assert "sign-in is off" in client.get("/account/second-step").content.decode()
    page = client.get("/account/second-step/app").content.decode()
    secret = re.search(r"<code[^>]*>(\w+)</code>", page)
    assert secret
    assert client.post("/account/second-step/app", {"code": "1"}).status_code == 422
    response = client.post("/account/second-step/app", {"code": app_code(secret[1])}, follow=True)
    assert response.status_code == 200
    assert "sign-in is on" in client.get("/account/second-step").content.decode()
    response = client.get("/account/second-step/recovery", follow=True)
    assert "Confirm it is you" in response.content.decode()
    recovery = RecoveryCodes(Authenticator.objects.get(user=robin, type="recovery_codes"))
    first, second, third = recovery.get_unused_codes()[:3]
    response = client.post(
        "/account/second-step/code-again?next=/account/second-step/recovery",
        {"code": first},
        follow=True,
    )
    assert "Keep these codes in a safe place" in response.content.decode()
    assert second in response.content.decode() and first not in response.content.decode()

    fresh = Client()
    ask(fresh, robin.email)
    response = fresh.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response["Location"] == "/account/second-step/code"
    assert "_auth_user_id" not in fresh.session
    assert (
        "not correct" in fresh.post("/account/second-step/code", {"code": "000"}).content.decode()
    )
    assert fresh.post("/account/second-step/code", {"code": second})["Location"] == "/"

    again = fresh.get("/account/second-step/off")["Location"]
    assert fresh.post(again, {"code": third})["Location"] == "/account/second-step/off"
    assert "Turn off two-step sign-in?" in fresh.get("/account/second-step/off").content.decode()
    fresh.post("/account/second-step/off")
    assert not Authenticator.objects.exists()
