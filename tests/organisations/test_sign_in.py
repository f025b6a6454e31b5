"""Signing in by a code: the whole way, and what a stranger can learn from it."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from celery import current_app
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from ffit_site.cache import LimitsCache
from organisations.carriers import failed_attempts
from organisations.models import UrgentEmail, User
from organisations.rules.token_bucket import Bucket
from organisations.tasks import sweep
from tests.factories import MembershipFactory
from tests.organisations.signing_in import CODE, LOGIN, ask, code_in
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("at_once")


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
    assert "password" not in client.get(LOGIN).content.decode().replace("need a password", "")
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
        wrong = stranger.post(CODE, {"code": "BCDFG-HJKLM"})
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
    monkeypatch.setattr("organisations.tasks.send_urgent_email.delay", lambda mail_id: None)
    for email in ("robin@merrowfield.example", "nobody@merrowfield.example"):
        ask(Client(), email)
    known, unknown = UrgentEmail.objects.order_by("pk")
    assert (known.subject, len(known.body)) == (unknown.subject, len(unknown.body))
    assert (known.to, unknown.to) == ("robin@merrowfield.example", "")


@pytest.mark.parametrize("change", [{"is_active": False}])
def test_a_deactivated_account_gets_no_code(
    client: Client, robin: User, mailoutbox: list, change: dict[str, bool]
) -> None:
    User.objects.filter(pk=robin.pk).update(**change)
    ask(client, robin.email)
    assert mailoutbox == []


@pytest.mark.parametrize("other", ["old@merrowfield.example", "robin@merrowﬁeld.example"])
def test_an_address_that_is_not_the_accounts_own_gets_no_code(
    client: Client, robin: User, mailoutbox: list, other: str
) -> None:
    EmailAddress.objects.create(user=robin, email=other, verified=True, primary=True)
    ask(client, other)
    assert mailoutbox == []


def test_without_the_tick_the_session_ends_with_the_browser(
    client: Client, robin: User, mailoutbox: list
) -> None:
    ask(client, robin.email)
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response.cookies["sessionid"]["max-age"] == ""


def test_with_the_tick_the_cookie_stays_for_thirty_days(
    client: Client, robin: User, mailoutbox: list
) -> None:
    ask(client, robin.email, remember="on")
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    month = 30 * 24 * 60 * 60
    assert month - 5 <= response.cookies["sessionid"]["max-age"] <= month


def test_three_wrong_codes_and_a_new_one_is_needed(
    client: Client, robin: User, mailoutbox: list
) -> None:
    ask(client, robin.email)
    for _ in range(2):
        response = client.post(CODE, {"code": "WRONG-GONES"})
        assert response.status_code == 422
        assert "The code is not correct" in response.content.decode()
    client.post(CODE, {"code": "WRONG-GONES"})
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert response["Location"].startswith("/account/login")
    assert "_auth_user_id" not in client.session
    assert "Too many attempts" in client.get(LOGIN).content.decode()


def test_a_code_works_in_any_browser_that_asked_for_the_address_and_in_no_other(
    client: Client, robin: User, mailoutbox: list
) -> None:
    ask(client, robin.email)
    ask(other := Client(), robin.email)
    ask(stranger := Client(), "nobody@merrowfield.example")
    (mail,) = mailoutbox
    assert stranger.post(CODE, {"code": code_in(mail)}).status_code == 422
    assert Client().post(CODE, {"code": code_in(mail)}).status_code == 302
    assert other.post(CODE, {"code": code_in(mail)})["Location"] == "/"


def test_wrong_codes_beyond_the_limit_are_told_to_wait_and_the_right_one_opens(
    robin: User, mailoutbox: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failed_attempts, "A_NETWORK", Bucket(most=3, seconds=600))
    ask(own := Client(), robin.email, remember="on")
    assert own.post(CODE, {"code": code_in(mailoutbox[0])})["Location"] == "/"
    own.post("/account/logout")
    ask(own, robin.email)
    ask(guesser := Client(), robin.email)
    answers = [guesser.post(CODE, {"code": "WRONG-GONES"}).status_code for _ in range(2)]
    ask(owner := Client(), robin.email)
    answers += [owner.post(CODE, {"code": "WRONG-GONES"}).status_code for _ in range(2)]
    assert answers == [422, 422, 422, 429]
    told = guesser.post(CODE, {"code": "WRONG-GONES"})  # its third: it has to ask again
    assert told.status_code == 429 and int(told["Retry-After"]) > 0
    assert "Too many attempts" in told.text
    assert own.post(CODE, {"code": "WRONG-GONES"}).status_code == 422, "a device of hers"
    assert owner.post(CODE, {"code": code_in(mailoutbox[1])})["Location"] == "/"


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


def two_minutes_pass() -> None:
    """What Redis keeps no longer than that is gone."""
    redis = caches["redis"]._cache.get_client(write=True)  # type: ignore[attr-defined]
    for key in redis.scan_iter():
        if 0 < redis.pttl(key) <= 120_000:
            redis.delete(key)


def test_the_same_code_is_mailed_again_after_two_minutes_and_six_times_an_hour(
    robin: User, mailoutbox: list
) -> None:
    for _ in range(2):
        ask(Client(), robin.email)
    assert len(mailoutbox) == 1
    client = Client()
    for sent in (2, 3, 4, 5, 6, 6):
        two_minutes_pass()
        client.post("/account/login/again")
        ask(client, robin.email)
        assert len(mailoutbox) == sent
    assert len({code_in(mail) for mail in mailoutbox}) == 1
    # Whoever asked all day has not kept the owner out: a new code always comes.
    assert client.post(CODE, {"code": code_in(mailoutbox[0])})["Location"] == "/"
    ask(Client(), robin.email)
    assert len(mailoutbox) == 7


LATE = "we’ll send it a code, but later than usual"


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
        assert LATE in page and "we’ve sent it" not in page
        said.add(re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page.replace(email, "")))
    assert len(said) == 1, "the page tells whose address is known"
    ask(client := Client(), robin.email)
    for _ in range(10):
        ask(Client(), robin.email)
    # The page itself never talks to the mail server.
    assert mailoutbox == []
    valkey.start()
    sweep()
    sweep()
    assert len(mailoutbox) == 6, "limits hold too"
    assert not UrgentEmail.objects.exists()
    assert client.post(CODE, {"code": code_in(mailoutbox[1])})["Location"] == "/"
    ask(again := Client(), "other@merrowfield.example")
    assert LATE not in again.get(CODE).content.decode()


def test_a_code_that_waited_too_long_is_never_sent(
    client: Client, robin: User, mailoutbox: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "organisations.tasks.send_urgent_email.delay", mock.Mock(side_effect=ConnectionRefusedError)
    )
    ask(client, robin.email)
    UrgentEmail.objects.update(made_at=timezone.now() - timedelta(minutes=11))
    sweep()
    assert mailoutbox == []
    assert not UrgentEmail.objects.exists()


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
    assert "do not have a role yet" in client.get("/").content.decode()
