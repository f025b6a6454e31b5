"""A token reads so many times a minute."""

import pytest

from organisations.carriers import limits
from organisations.rules.token_bucket import Bucket
from reports.api import tokens
from tests.published_house import House
from tests.reports.api.conftest import Program


def test_who_reads_too_often_waits_and_another_token_goes_on(
    program: Program, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_800_000_000.0]
    monkeypatch.setattr(limits, "_now", lambda: now[0])
    assert Bucket(600, 60) == tokens.MOST_READ
    for _ in range(598):
        assert limits.seconds_to_wait("API", str(program.token.pk), tokens.MOST_READ) == 0
    assert [program.get("/units").status_code for _ in range(2)] == [200, 200]
    refused = program.get("/units")
    assert (refused.status_code, refused["Retry-After"]) == (429, "1")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["detail"] == "This token has read too often. Wait, then continue."
    assert Program(house, program.token.user).get("/units").status_code == 200
    now[0] += 0.11
    assert program.get("/units").status_code == 200
