"""A photo of a poster, a machine that guesses codes, and what the ward notices of it: little."""

from collections.abc import Callable

import pytest

from fieldwork.actions.slips import make_slips
from fieldwork.tasks import sweep
from organisations.models import Role, User
from responses.models import Envelope, Tally
from surveys.models import Message, SurveyUnit
from tests.attacks.conftest import Attacker, unchanged
from tests.factories import MembershipFactory
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body

JSON = {"Accept": "application/json"}


@pytest.fixture
def unit(transactional_db: None) -> SurveyUnit:
    """12 posts: room for 14 by the poster."""
    return open_unit(headcount=12)


@pytest.fixture
def manager(unit: SurveyUnit) -> User:
    user: User = MembershipFactory.create(
        organisation=unit.survey.organisation, unit=unit.unit, role=Role.MANAGER
    ).user
    return user


def test_one_machine_fills_the_poster_and_silences_nobody(
    attacker: Attacker, signed_in: Callable[[User], Attacker], unit: SurveyUnit, manager: User
) -> None:
    poster, link = f"/q/{unit.answer_code}", f"/a/{invite(unit)}"
    slip = f"/q/{make_slips(survey_unit=unit, batch='b' * 22, number=1, by=manager)[0]}"
    Tally.objects.create(survey_unit=unit, channel="slip", open=True)
    # It has no cookies, so the browser's own count does not stop it.
    statuses = [attacker.post(poster, body(), **JSON).status for _ in range(16)]
    assert statuses == [200] * 14 + [409] * 2
    opened = attacker.get(poster)
    assert "This poster cannot take any more answers" in opened.text
    assert "Use your personal link, or ask for a code slip" in opened.text
    for own in (link, slip):
        assert "cannot take any more" not in attacker.get(own).text
        assert attacker.post(own, body(), **JSON).status == 200
    assert Envelope.objects.count() == 16

    sweep()
    told = Message.objects.get(user=manager)
    assert (told.step, told.state) == (Message.Step.POSTER_FULL, Message.State.PLANNED)

    member = signed_in(manager)
    base = f"/o/{unit.survey.organisation.slug}/surveys/{unit.survey_id}/"
    assert "cannot take any more answers" in member.get(base).text
    renew = f"{base}units/{unit.pk}/poster/new"
    assert [member.post(renew, "").status for _ in range(3)] == [302, 302, 409]
    unit.refresh_from_db()
    with unchanged():
        for method in ("GET", "POST"):
            gone = attacker.send(method, poster, body() if method == "POST" else b"")
            assert gone.status == 410
            assert "This poster was replaced" in gone.text
    assert attacker.post(f"/q/{unit.answer_code}", body(), **JSON).status == 200
