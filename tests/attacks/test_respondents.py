"""Odd answers, and answers out of time, as a machine may send them."""

import gzip
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from django.utils import timezone

from responses.models import Envelope
from surveys.models import Invitation, SurveyUnit
from tests.attacks.conftest import Attacker, multipart, unchanged
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import FORM, body, codes

JSON = {"Accept": "application/json"}
# The scale is 0 to 5.
ODD_ANSWERS = (
    *("6", "-1", "10", str(2**63), "NaN", "3 ", " 3", "+3", "03", "3.0", "1e0", "٣", "³", "x"),
    *("3\x00", "\x00", "0x3", "??", "true", "[]", "3,3"),
)


@pytest.fixture
def unit(transactional_db: None) -> SurveyUnit:
    return open_unit()


def places(unit: SurveyUnit) -> tuple[str, str]:
    return f"/q/{unit.answer_code}", f"/a/{invite(unit)}"


def filled(**other: str) -> dict[str, str]:
    return {"secret": secrets.token_urlsafe(32), **dict.fromkeys(codes(), "3"), **other}


def test_no_odd_value_is_an_answer(attacker: Attacker, unit: SurveyUnit) -> None:
    first = codes()[0]
    wrong = []
    addresses = places(unit)
    with unchanged():
        for address in addresses:
            for odd in ODD_ANSWERS:
                answer = attacker.post(address, urlencode(filled(**{first: odd})), **JSON)
                if answer.status != 400 or '"sent": false' not in answer.text:
                    wrong.append(f"{address[:3]} {odd!r}: {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_no_odd_form_is_taken(attacker: Attacker, unit: SurveyUnit) -> None:
    whole, first = urlencode(filled()), codes()[0]
    bodies: dict[str, tuple[bytes | str, dict[str, str], int]] = {
        "invalid UTF-8": (f"{whole}&{first}=%FF".encode(), {}, 400),
        "raw bytes": (whole.encode() + b"&\xff\xfe=1", {}, 400),
        "unknown statement": (f"{whole}&ODD01=3", {}, 400),
        "statement of another": (f"{whole}&{quote('ENV01 ')}=3", {}, 400),
        "the same twice": (f"{whole}&{first}=4", {}, 400),
        "two secrets": (f"{whole}&secret={secrets.token_urlsafe(32)}", {}, 400),
        "no secret": (urlencode({first: "3"}), {}, 400),
        "a secret too short": (urlencode({"secret": "x", first: "3"}), {}, 400),
        "nothing answered": (urlencode({"secret": secrets.token_urlsafe(32)}), {}, 400),
        "nothing": (b"", {}, 400),
        "10,000 fields": ("&".join(f"F{number}=3" for number in range(10_000)), {}, 413),
        "JSON": (b'{"ENV01": 3}', {"Content-Type": "application/json"}, 415),
        "text": (whole, {"Content-Type": "text/plain"}, 415),
        "packed": (gzip.compress(b"a" * 5_000_000), {"Content-Encoding": "gzip"}, 400),
    }
    part, kind = multipart(b"3", name="x", field=first)
    bodies["multipart"] = (part, {"Content-Type": kind}, 415)
    wrong = []
    addresses = places(unit)
    with unchanged():
        for name, (sent, headers, wanted) in bodies.items():
            for address in addresses:
                answer = attacker.post(address, sent, **{"Content-Type": FORM, **JSON, **headers})
                if answer.status != wanted or '"title"' not in answer.text:
                    wrong.append(f"{name} to {address[:3]}: {answer.status}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def test_outside_its_time_nothing_is_taken(attacker: Attacker, unit: SurveyUnit) -> None:
    addresses = places(unit)
    now = timezone.now()
    for fields in (
        {"state": "waiting"},
        {"state": "closed"},
        {"state": "cancelled"},
        {"state": "open", "closes_at": now - timedelta(seconds=1)},
    ):
        SurveyUnit.objects.filter(pk=unit.pk).update(**fields)
        with unchanged():
            for address in addresses:
                assert attacker.post(address, body(), **JSON).status == 409, fields


def test_ten_at_once_on_one_link_are_one(attacker: Attacker, unit: SurveyUnit) -> None:
    _, link = places(unit)
    forms = [body() for _ in range(10)]
    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(lambda form: attacker.post(link, form, **JSON).status, forms))
    assert sorted(statuses) == [200] + [409] * 9
    assert Envelope.objects.count() == 1
    assert Invitation.objects.get().used


def test_a_used_link_shows_nothing_of_what_was_sent(attacker: Attacker, unit: SurveyUnit) -> None:
    _, link = places(unit)
    sent = body()
    assert attacker.post(link, sent, **JSON).status == 200
    with unchanged():
        page = attacker.get(link)
        assert "This link has been used" in page.text
        assert codes()[0] not in page.text
        assert attacker.post(link, body(), **JSON).status == 409
        # The same answers once more were sent before, and that is all that is said.
        assert attacker.post(link, sent, **JSON).text == '{"sent": true}'
