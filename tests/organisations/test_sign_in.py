"""Signing in by a code: the whole way, and what a stranger can learn from it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from celery import current_app
from django.test import Client
from django.utils import timezone

from ffit_site.cache import LimitsCache
from organisations.models import QuickMail, Role, User
from organisations.sign_in import THIRTY_DAYS
from organisations.tasks import sweep
from tests.factories import MembershipFactory
from tests.organisations.conftest import House
from tests.servers import Server

LOGIN = "/account/login"
CODE = "/account/login/code"


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    """The worker's part happens within the request."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.fixture
def robin(house: House) -> User:
    user: User = MembershipFactory.create(
        organisation=house.organisation,
        role=Role.MANAGER,
        unit=house.ward_7,
        user__email="robin@merrowfield.example",
    ).user
    return user


def code_in(mail: object) -> str:
    found = re.search(r"^[A-Z]{4}-[A-Z]{4}$", str(mail.body), re.MULTILINE)  # type: ignore[attr-defined]
    assert found
    return found[0]


def ask(client: Client, email: str, **more: str) -> None:
    response = client.post(LOGIN, {"login": email, **more})
    assert response.status_code == 302
    assert response["Location"] == CODE


def test_a_manager_signs_in_and_lands_on_the_start_page(
    client: Client, robin: User, mailoutbox: list
) -> None:
    assert client.get("/")["Location"] == f"{LOGIN}?next=/"
    ask(client, "Robin@Merrowfield.example")
    (mail,) = mailoutbox
    assert mail.to == ["robin@merrowfield.example"]
    assert mail.subject == "Your sign-in code"
    response = client.post(CODE, {"code": f" {code_in(mail).lower().replace('-', ' ')} "})
    assert response["Location"] == "/"
    assert client.get("/")["Location"] == "/o/merrowfield/"


def test_no_page_shows_a_password_field(client: Client, robin: User) -> None:
    assert "password" not in client.get(LOGIN).content.decode().replace("no password", "")
    ask(client, "robin@merrowfield.example")
    assert "password" not in client.get(CODE).content.decode()
    assert client.get("/operators/login/")["Location"].startswith(LOGIN)


def test_an_unknown_address_looks_the_same_and_gets_nothing(
    client: Client, robin: User, mailoutbox: list
) -> None:
    pages = {}
    for email in ("robin@merrowfield.example", "nobody@merrowfield.example"):
        stranger = Client()
        response = stranger.post(LOGIN, {"login": email})
        page = stranger.get(CODE)
        wrong = stranger.post(CODE, {"code": "AAAA-AAAA"})
        body = page.content.decode() + wrong.content.decode()
        body = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", body)
        pages[email] = (
            response.status_code, response["Location"], response.cookies.keys(), page.status_code,
            wrong.status_code, body.replace(email, "E-MAIL"),
        )  # fmt: skip
    known, unknown = pages.values()
    assert known == unknown
    assert [mail.to for mail in mailoutbox] == [["robin@merrowfield.example"]]


def test_an_unknown_address_costs_the_page_the_same_work(
    client: Client, robin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organisations.tasks.send_quick_mail.delay", lambda mail_id: None)
    for email in ("robin@merrowfield.example", "nobody@merrowfield.example"):
        ask(Client(), email)
    known, unknown = QuickMail.objects.order_by("pk")
    assert (known.subject, len(known.body)) == (unknown.subject, len(unknown.body))
    assert (known.to, unknown.to) == ("robin@merrowfield.example", "")


@pytest.mark.parametrize("change", [{"is_active": False}])
def test_a_deactivated_account_gets_no_code(
    client: Client, robin: User, mailoutbox: list, change: dict[str, bool]
) -> None:
    User.objects.filter(pk=robin.pk).update(**change)
    ask(client, robin.email)
    assert mailoutbox == []


def test_without_the_tick_the_session_ends_with_the_browser(
    client: Client, robin: User, mailoutbox: list
) -> None:
    ask(client, robin.email)
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response.cookies["sessionid"]["max-age"] == ""


def test_with_the_tick_it_stays_for_thirty_days(
    client: Client, robin: User, mailoutbox: list
) -> None:
    ask(client, robin.email, remember="on")
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response.cookies["sessionid"]["max-age"] == THIRTY_DAYS


def test_three_wrong_codes_and_a_new_one_is_needed(
    client: Client, robin: User, mailoutbox: list
) -> None:
    ask(client, robin.email)
    for _ in range(2):
        response = client.post(CODE, {"code": "WRON-GONE"})
        assert response.status_code == 422
        assert "That code is not right" in response.content.decode()
    client.post(CODE, {"code": "WRON-GONE"})
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response["Location"].startswith("/account/login")
    assert "_auth_user_id" not in client.session
    assert "Too many tries" in client.get(LOGIN).content.decode()


def test_a_code_works_only_in_the_browser_that_asked(
    client: Client, robin: User, mailoutbox: list
) -> None:
    ask(client, robin.email)
    ask(other := Client(), robin.email)
    response = other.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response.status_code == 422


def test_another_address_can_be_used(client: Client, robin: User) -> None:
    ask(client, "rob@merrowfield.example")
    assert client.get(LOGIN)["Location"] == CODE
    assert client.post("/account/login/again")["Location"] == LOGIN
    assert client.get(LOGIN).status_code == 200


@pytest.mark.parametrize("email", ["", "robin", "x@", "a b@c.example", "\x00@b.example", "é" * 400])
def test_what_is_no_address_is_mended_on_the_page(client: Client, db: None, email: str) -> None:
    response = client.post(LOGIN, {"login": email})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()


@pytest.mark.parametrize("code", ["", "\x00", "é", "x" * 5000])
def test_what_is_no_code_is_mended_on_the_page(client: Client, robin: User, code: str) -> None:
    ask(client, robin.email)
    assert client.post(CODE, {"code": code}).status_code == 422


def test_asking_too_often_is_refused_with_a_sentence(client: Client, robin: User) -> None:
    for _ in range(3):
        ask(Client(), robin.email)
    response = Client().post(LOGIN, {"login": robin.email})
    assert response.status_code == 422
    assert "Too many tries" in response.content.decode()
    for _ in range(30):
        response = Client().post(LOGIN, {"login": "x"})
    assert response.status_code == 429
    assert "Wait five minutes" in response.content.decode()


LATE = "a code comes by itself, but later than usual"


def test_without_redis_the_code_waits_for_it_and_the_page_says_so(
    client: Client,
    robin: User,
    mailoutbox: list,
    valkey: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    current_app.conf.task_always_eager = False
    monkeypatch.setattr(LimitsCache, "_away_until", 0.0)
    valkey.kill()
    said = set()
    for email in (robin.email, "nobody@merrowfield.example"):
        ask(client := Client(), email)
        page = client.get(CODE).content.decode()
        assert LATE in page and "on its way" not in page
        said.add(re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page.replace(email, "")))
    assert len(said) == 1, "the page tells whose address is known"
    ask(client := Client(), robin.email)
    ask(Client(), robin.email)
    assert Client().post(LOGIN, {"login": robin.email}).status_code == 422, "limits hold too"
    # The page itself never talks to the mail server.
    assert mailoutbox == []
    valkey.start()
    sweep()
    sweep()
    assert len(mailoutbox) == 3
    assert not QuickMail.objects.exists()
    assert client.post(CODE, {"code": code_in(mailoutbox[1])})["Location"] == "/"
    ask(again := Client(), "other@merrowfield.example")
    assert LATE not in again.get(CODE).content.decode()


def test_a_code_that_waited_too_long_is_never_sent(
    client: Client, robin: User, mailoutbox: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "organisations.tasks.send_quick_mail.delay", mock.Mock(side_effect=ConnectionRefusedError)
    )
    ask(client, robin.email)
    QuickMail.objects.update(made_at=timezone.now() - timedelta(minutes=16))
    sweep()
    assert mailoutbox == []
    assert not QuickMail.objects.exists()


def test_next_leads_back_but_never_to_another_site(
    client: Client, robin: User, mailoutbox: list
) -> None:
    for wanted, expected in (
        ("/o/merrowfield/", "/o/merrowfield/"),
        ("https://evil.example/", "/"),
    ):
        client = Client()
        response = client.post(f"{LOGIN}?next={wanted}", {"login": robin.email, "next": wanted})
        code = code_in(mailoutbox[-1])
        assert (
            client.post(response["Location"], {"code": code, "next": wanted})["Location"]
            == expected
        )


def test_signing_out_takes_a_post(client: Client, robin: User) -> None:
    client.force_login(robin)
    assert client.get("/account/logout").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/account/logout")["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def test_somebody_with_several_organisations_chooses(client: Client, robin: User) -> None:
    MembershipFactory.create(
        user=robin, organisation__name="Second Trust", organisation__slug="second"
    )
    client.force_login(robin)
    page = client.get("/").content.decode()
    assert '/o/merrowfield/"' in page and '/o/second/"' in page


def test_somebody_without_a_role_is_told_whom_to_ask(client: Client, robin: User) -> None:
    robin.memberships.update(is_active=False)
    client.force_login(robin)
    assert "no role here" in client.get("/").content.decode()


def app_code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_second_step_is_set_up_asked_for_and_switched_off(
    client: Client, robin: User, mailoutbox: list
) -> None:
    client.force_login(robin)
    assert "switched off" in client.get("/account/second-step").content.decode()
    page = client.get("/account/second-step/app").content.decode()
    secret = re.search(r"<code[^>]*>(\w+)</code>", page)
    assert secret
    assert client.post("/account/second-step/app", {"code": "1"}).status_code == 422
    response = client.post("/account/second-step/app", {"code": app_code(secret[1])}, follow=True)
    assert response.status_code == 200
    assert "switched on" in client.get("/account/second-step").content.decode()
    response = client.get("/account/second-step/recovery", follow=True)
    assert "Is it you?" in response.content.decode()
    recovery = RecoveryCodes(Authenticator.objects.get(user=robin, type="recovery_codes"))
    first, second, third = recovery.get_unused_codes()[:3]
    response = client.post(
        "/account/second-step/code-again?next=/account/second-step/recovery",
        {"code": first},
        follow=True,
    )
    assert "Keep them in a safe place" in response.content.decode()
    assert second in response.content.decode() and first not in response.content.decode()

    fresh = Client()
    ask(fresh, robin.email)
    response = fresh.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response["Location"] == "/account/second-step/code"
    assert "_auth_user_id" not in fresh.session
    assert "not right" in fresh.post("/account/second-step/code", {"code": "000"}).content.decode()
    assert fresh.post("/account/second-step/code", {"code": second})["Location"] == "/"

    again = fresh.get("/account/second-step/off")["Location"]
    assert fresh.post(again, {"code": third})["Location"] == "/account/second-step/off"
    assert "Switch off the second step?" in fresh.get("/account/second-step/off").content.decode()
    fresh.post("/account/second-step/off")
    assert not Authenticator.objects.exists()
