"""Code slips: each opens once, none is anybody's, and the database cannot list them."""

import pytest

from fieldwork.actions.launch import UnitToAsk
from fieldwork.actions.slips import MOST_AT_ONCE, make_slips
from organisations.models import AuditEntry
from organisations.rules import personal_links
from responses.actions.submission import SubmissionResult, submit_sealed
from responses.models import Envelope, Tally
from responses.queries.answer_page import find_by_code, find_by_token
from surveys.actions.locks import NotPossible
from surveys.models import Channel, Contact, Invitation, Message, SurveyUnit
from surveys.rules import tokens
from tests.fieldwork.launching import Trust, a_trust, only_unit
from tests.responses.ballots import ALL_THREES, new_secret

pytestmark = pytest.mark.django_db
BATCH = "x" * 22


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def unit(trust: Trust) -> SurveyUnit:
    return only_unit(trust.open(UnitToAsk(trust.ward_9, 22), by=trust.lead))


def made(trust: Trust, unit: SurveyUnit, number: int = 10, batch: str = BATCH) -> list[str]:
    return make_slips(survey_unit=unit, batch=batch, number=number, by=trust.lead)


def test_a_slip_opens_the_ward_sheet_once(trust: Trust, unit: SurveyUnit) -> None:
    code = made(trust, unit)[3]
    assert len(code) == tokens.SLIP_LENGTH
    typed = f"{code[:5]}-{code[5:]}".lower()
    for outcome in (SubmissionResult.SENT, SubmissionResult.USED):
        page = find_by_code(typed)
        assert page is not None
        assert (page.survey_unit_id, page.channel) == (unit.pk, Channel.SLIP)
        assert submit_sealed(page=page, secret=new_secret(), answers=ALL_THREES) is outcome
    assert Envelope.objects.count() == 1
    assert Tally.objects.get(survey_unit=unit, channel=Channel.SLIP).count == 1


def test_slips_are_nobodys_and_send_nothing(trust: Trust, unit: SurveyUnit) -> None:
    before = Message.objects.count()
    codes = made(trust, unit)
    slips = Invitation.objects.filter(channel=Channel.SLIP)
    assert len(set(codes)) == slips.filter(contact=None, used=False).count() == 10
    assert not Contact.objects.exists()
    assert Message.objects.count() == before
    entry = AuditEntry.objects.get(action="slips made")
    assert (entry.object_id, entry.detail) == (str(unit.pk), {"number": 10})
    stored = str(list(slips.values())) + str(entry.detail)
    assert not [code for code in codes if code in stored]


def test_the_order_of_rows_is_not_the_order_on_paper(trust: Trust, unit: SurveyUnit) -> None:
    hashes = [personal_links.token_hash(code) for code in made(trust, unit, 40)]
    kept = [bytes(one.token_hash or b"") for one in Invitation.objects.order_by("pk")]
    assert sorted(kept) == sorted(hashes)
    assert kept != hashes
    assert kept != sorted(hashes)


def test_the_same_page_again_prints_the_same_and_makes_none(trust: Trust, unit: SurveyUnit) -> None:
    codes = made(trust, unit)
    assert made(trust, unit) == codes
    assert made(trust, unit, 4) == codes[:4]
    assert Invitation.objects.count() == 10
    assert AuditEntry.objects.filter(action="slips made").count() == 1
    other = made(trust, unit, batch="y" * 22)
    assert not set(other) & set(codes)
    assert set(tokens.slip_codes(survey_unit=unit.pk + 1, batch=BATCH, number=10)).isdisjoint(codes)


@pytest.mark.parametrize("number", [0, -1, 45, MOST_AT_ONCE + 1])
def test_not_more_than_two_a_post(trust: Trust, unit: SurveyUnit, number: int) -> None:
    with pytest.raises(NotPossible):
        made(trust, unit, number)
    assert not Invitation.objects.exists()
    made(trust, unit, 44)
    with pytest.raises(NotPossible, match="up to 44 slips"):
        made(trust, unit, 1, batch="y" * 22)


def test_a_unit_that_is_over_or_scores_together_gets_none(trust: Trust) -> None:
    small = only_unit(trust.open(UnitToAsk(trust.ward_7, 6)))
    with pytest.raises(NotPossible, match="answers together"):
        made(trust, small)
    unit = only_unit(trust.open(UnitToAsk(trust.ward_9, 22), by=trust.lead))
    SurveyUnit.objects.filter(pk=unit.pk).update(state=SurveyUnit.State.CLOSED)
    with pytest.raises(NotPossible, match="closed"):
        made(trust, unit)


def test_a_slip_is_no_personal_link_and_no_poster(trust: Trust, unit: SurveyUnit) -> None:
    code = made(trust, unit)[0]
    assert find_by_code(code[:8]) is None
    assert find_by_code(f"{code}2") is None
    assert find_by_token(code.lower()) is None
