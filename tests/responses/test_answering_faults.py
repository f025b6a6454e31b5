"""Answering over HTTP while what it does not need, or cannot do without, is gone."""

import pytest

from responses.models import Envelope
from tests.conftest import Site
from tests.responses.ballots import open_unit, tallied
from tests.responses.phones import answering
from tests.servers import Server, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_valkey_answering_goes_on(site: Site, valkey: Server) -> None:
    unit = open_unit(headcount=2000)
    with answering(f"{site.url}/q/{unit.answer_code}") as phones:
        wait_until(lambda: len(phones.acknowledged) >= 3, what="the first have answered")
        valkey.kill()
        before = len(phones.acknowledged)
        wait_until(lambda: len(phones.acknowledged) >= before + 9, what="others too, without it")
        valkey.start()
    assert phones.statuses == {200}
    kept = {bytes(key) for key in Envelope.objects.values_list("key", flat=True)}
    assert kept == phones.acknowledged
    assert tallied(unit) == len(kept)


def test_a_web_process_killed_and_started_again_loses_and_doubles_nothing(site: Site) -> None:
    unit = open_unit(headcount=2000)
    with answering(f"{site.url}/q/{unit.answer_code}") as phones:
        wait_until(lambda: len(phones.acknowledged) >= 3, what="the first have answered")
        site.web.kill()
        site.web.start()
        before = len(phones.acknowledged)
        wait_until(lambda: len(phones.acknowledged) >= before + 6, what="it serves again")
    assert phones.statuses <= {0, 200}
    kept = {bytes(key) for key in Envelope.objects.values_list("key", flat=True)}
    assert kept == phones.acknowledged
    assert tallied(unit) == len(kept)
