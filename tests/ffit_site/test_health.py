"""Who asks whether the site is well, and what each is told."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from ffit_site import breaker as breaking
from ffit_site import health
from ffit_site.breaker import AWAY
from organisations.models import Heartbeat
from tests.factories import MembershipFactory
from tests.responses.ballots import open_unit
from tests.servers import Server

pytestmark = pytest.mark.django_db


def signs(**ago: int) -> None:
    """Signs of life, so many seconds ago; both just now if not said."""
    for process in Heartbeat.Process.values:
        at = timezone.now() - timedelta(seconds=ago.get(process, 0))
        Heartbeat.objects.update_or_create(process=process, defaults={"at": at})


def watched(client: Client) -> tuple[int, list[str]]:
    answer = client.get("/watchz")
    return answer.status_code, answer.json()["reasons"]


@pytest.mark.parametrize("address", ["/livez", "/healthz"])
def test_the_process_answers_in_one_word_and_asks_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_num_queries(0):
        for headers in ({}, {"Host": "nobody.example"}, {"X-Forwarded-For": "192.0.2.7"}):
            answer = client.get(address, headers=headers)
            assert (answer.status_code, answer.text) == (200, "ok")


def test_ready_is_one_word_and_kept_for_a_moment(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "probe", health.DatabaseProbe())
    asked: list[int] = []

    def answers() -> bool:
        asked.append(1)
        return True

    monkeypatch.setattr(health, "_database_answers", answers)
    for _ in range(5):
        answer = client.get("/readyz", headers={"X-Forwarded-For": "192.0.2.7"})
        assert (answer.status_code, answer.text) == (200, "ok")
    assert len(asked) == 1


def test_a_full_pool_does_not_make_it_wait() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert health.DatabaseProbe().answers()


def test_ready_without_redis(client: Client, valkey: Server) -> None:
    valkey.stop()
    assert client.get("/readyz").status_code == 200


def test_without_the_database_all_but_the_health_pages_are_503(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    own = breaking.Breaker()
    monkeypatch.setattr(breaking, "breaker", own)
    monkeypatch.setattr(health, "_database_answers", lambda: False)
    monkeypatch.setattr(health.probe, "_asked_at", float("-inf"))
    own.met_none()
    with django_assert_num_queries(0):
        for address in ("/", "/privacy", "/account/login", "/q/ABCDEFGHJK"):
            answer = client.get(address)
            assert (answer.status_code, answer.text) == (503, AWAY)
            assert answer["Retry-After"] == "30"
        assert client.get("/livez").status_code == 200
        assert (client.get("/readyz").status_code, client.get("/readyz").text) == (503, "away")
    monkeypatch.setattr(health, "_database_answers", lambda: True)
    monkeypatch.setattr(own, "_next_look", 0.0)
    assert client.get("/privacy").status_code == 200
    monkeypatch.setattr(health.probe, "_asked_at", float("-inf"))


def test_a_fault_of_one_request_stops_no_other(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody signed in meets it in a middleware, before any view: 503 too, and no trace."""
    member = MembershipFactory.create().user
    client.force_login(member)
    with pytest.MonkeyPatch.context() as patch:

        def away(*args: object, **named: object) -> None:
            raise OperationalError("the connection is lost")

        patch.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", away)
        patch.setattr(client, "raise_request_exception", False)
        answer = client.get("/")
    assert (answer.status_code, answer.text) == (503, AWAY)
    assert not any(record.exc_info for record in caplog.records)
    assert client.get("/privacy").status_code == 200


def test_the_watch_is_quiet_while_all_is_well(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        open_unit()
    signs()
    with django_assert_num_queries(14 + (connection.vendor == "postgresql")):
        assert watched(client) == (200, [])


def test_the_watch_says_what_is_wrong(client: Client) -> None:
    signs(counting=121)
    assert watched(client) == (503, ["No sign of life for 2 minutes: counting."])


def test_the_watch_hears_of_redis(client: Client, valkey: Server) -> None:
    signs()
    valkey.stop()
    assert watched(client) == (503, ["Redis does not answer."])


def test_the_watch_hears_of_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(now: object) -> list[str]:
        raise OperationalError

    monkeypatch.setattr("ffit_site.health.watch.reasons", away)
    assert watched(client) == (503, ["The database does not answer."])


@pytest.mark.parametrize("address", ["/watchz", "/metrics"])
def test_what_is_for_the_inside_is_not_there_for_others(
    client: Client, settings: Settings, address: str
) -> None:
    assert client.get(address, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    settings.METRICS_TOKEN = "t" * 50
    for brought in ("", "Bearer ", "Bearer x", "t" * 49):
        assert client.get(address, headers={"Authorization": brought}).status_code == 404
    answer = client.get(address, headers={"Authorization": "Bearer " + "t" * 50})
    assert answer.status_code in (200, 503)
