"""Bodies that are too large for their page. What a stranger can send too is in `attacks.cases`."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from ffit_site.attacks import FORM
from organisations.models import Role, User
from tests.attacks.conftest import CSRF, Attacker, multipart, unchanged
from tests.factories import MembershipFactory
from tests.fieldwork.launching import a_trust
from tests.responses.ballots import open_unit

KILO, MILLION = 1024, 1_000_000


@pytest.fixture
def administrator(signed_in: Callable[[User], Attacker]) -> Attacker:
    """Somebody who may send files."""
    return signed_in(
        MembershipFactory.create(organisation__slug="merrowfield", role=Role.ADMINISTRATOR).user
    )


def test_a_body_beyond_its_page_is_refused_unread(attacker: Attacker) -> None:
    beyond = {
        "/account/login": 256 * KILO + 1,
        "/q/ABCDEFGHJK": 256 * KILO + 1,
        "/o/merrowfield/units/add": 1024 * KILO + 1,
        "/o/merrowfield/units/import": 10 * 1024 * KILO + 1,
        "/o/²/nowhere": 10 * 1024 * KILO + 1,
    }
    with unchanged():
        for target, length in beyond.items():
            told = {"Content-Type": FORM, "Content-Length": str(length)}
            answer = attacker.begin("POST", quote(target), told, b"a=1")
            assert answer.status == 413, target
            assert "too large" in answer.text


def test_a_stranger_s_upload_is_not_read(attacker: Attacker) -> None:
    """They are asked to sign in first: nothing of the body is waited for."""
    body, kind = multipart(b"x" * MILLION, name="units.csv")
    told = {"Content-Type": kind, "Content-Length": str(len(body)), "Cookie": f"csrftoken={CSRF}"}
    with unchanged():
        answer = attacker.begin("POST", "/o/merrowfield/units/import", told, body[:200])
    assert answer.status == 302
    assert answer.headers["Location"].startswith("/account/login?next=")


def test_more_fields_than_a_form_has(administrator: Attacker) -> None:
    body = "&".join(f"f{number}=1" for number in range(2_100))
    with unchanged():
        answer = administrator.post("/o/merrowfield/units/add", body)
    assert answer.status == 400
    assert "Nothing was changed" in answer.text


def test_head_changes_nothing(attacker: Attacker, signed_in: Callable[[User], Attacker]) -> None:
    trust = a_trust()
    member = signed_in(trust.member(Role.ADMINISTRATOR))
    unit = open_unit()
    with unchanged():
        assert attacker.send("HEAD", f"/q/{unit.answer_code}").content == b""
        assert member.send("HEAD", trust.url("units/")).status == 200
