"""The real servers that other tests lean on."""

import socket
import urllib.request
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.core.mail import send_mail
from redis.exceptions import RedisError

from tests.conftest import Site
from tests.servers import Mailbox, Server


def test_only_loopback_can_be_reached() -> None:
    with socket.socket() as client, pytest.raises(AssertionError, match="tried to reach"):
        client.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("after", ["a test that stops it", "another test"])
def test_valkey_is_up_and_empty_for_every_test(valkey: Server, after: str) -> None:
    cache = caches["redis"]
    assert cache.get("mark") is None
    cache.set("mark", 1)
    valkey.kill()
    with pytest.raises((RedisError, OSError)):
        cache.get("mark")


def test_mail_arrives_in_the_mailbox(mailbox: Mailbox) -> None:
    send_mail("Subject", "Body", "from@example.org", ["to@example.org"])
    assert [message["To"] for message in mailbox.messages] == ["to@example.org"]


@pytest.mark.worker
def test_the_site_and_a_worker_run_on_the_database_of_the_test(
    site: Site, worker: Server, django_assert_num_queries: Callable[..., object]
) -> None:
    with urllib.request.urlopen(f"{site.url}/healthz") as answer:
        assert answer.status == 200
    assert worker.running
