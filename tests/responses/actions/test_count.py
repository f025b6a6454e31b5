"""The count: all or nothing, once, shuffled."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from responses.actions.count import CountFailed, count_survey_unit
from responses.actions.keys import private_key_of
from responses.models import Envelope, Tally
from responses.models.response import Response
from responses.queries.verify import box_differences
from responses.rules import ballot_box
from responses.signals import survey_counted
from surveys.models import Survey, SurveyUnit
from tests.responses.ballots import answer, open_unit

pytestmark = pytest.mark.django_db

# Forty sheets that can be told apart.
SHEETS = [f"{place // 6}{place % 6}" + "3" * 43 for place in range(36)]


def closed_unit(sheets: list[str]) -> SurveyUnit:
    unit = open_unit(headcount=40, poster_room=40)
    for sheet in sheets:
        answer(unit, answers=sheet)
    Tally.objects.update(open=False)
    unit.state = SurveyUnit.State.CLOSED
    unit.save()
    return unit


def test_every_sheet_comes_out_once_in_another_order_under_fresh_keys() -> None:
    unit = closed_unit(SHEETS)
    keys = {bytes(key) for key in Envelope.objects.values_list("key", flat=True)}
    assert count_survey_unit(survey_unit=unit, private_key=private_key_of(survey=unit.survey))
    assert not Envelope.objects.exists()
    stored = list(Response.objects.values_list("key", "answers"))
    assert sorted(answers for _, answers in stored) == SHEETS
    assert [answers for _, answers in stored] != SHEETS
    assert all(key.version == 4 for key, _ in stored)
    assert not {key.bytes for key, _ in stored} & {key[:16] for key in keys}
    unit.refresh_from_db()
    assert unit.state == SurveyUnit.State.COUNTED
    survey = Survey.objects.get()
    assert survey.state == Survey.State.COUNTED
    assert survey.counted_at is not None
    assert box_differences(survey=survey) == []


def test_counting_again_changes_nothing() -> None:
    unit = closed_unit(SHEETS[:7])
    key = private_key_of(survey=unit.survey)
    assert count_survey_unit(survey_unit=unit, private_key=key)
    before = set(Response.objects.values_list("key", "answers"))
    assert not count_survey_unit(survey_unit=unit, private_key=key)
    assert set(Response.objects.values_list("key", "answers")) == before


def test_the_news_is_sent_on_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    heard = []

    def hear(survey_unit_id: int, **kwargs: object) -> None:
        heard.append(survey_unit_id)

    survey_counted.connect(hear)
    try:
        unit = closed_unit(SHEETS[:7])
        with django_capture_on_commit_callbacks(execute=True):
            count_survey_unit(survey_unit=unit, private_key=private_key_of(survey=unit.survey))
            assert heard == []
        assert heard == [unit.pk]
    finally:
        survey_counted.disconnect(hear)


@pytest.mark.parametrize(
    "fault", ["wrong key", "damaged", "not a sheet", "one missing", "one more"]
)
def test_a_fault_in_the_box_changes_nothing(fault: str) -> None:
    unit = closed_unit(SHEETS[:8])
    key = private_key_of(survey=unit.survey)
    public_key = ballot_box.public_key_of(key)
    first = Envelope.objects.order_by("key")[:1]
    if fault == "wrong key":
        key = ballot_box.new_private_key()
    elif fault == "damaged":
        Envelope.objects.filter(key__in=first.values("key")).update(sealed=b"\0" * 300)
    elif fault == "not a sheet":
        sealed = ballot_box.seal(public_key=public_key, answers="9" * 45, room=0)
        Envelope.objects.filter(key__in=first.values("key")).update(sealed=sealed)
    elif fault == "one missing":
        first.get().delete()
    else:
        sealed = ballot_box.seal(public_key=public_key, answers="3" * 45, room=0)
        Envelope.objects.create(key=b"x" * 32, survey_unit=unit, sealed=sealed)
    before = set(Envelope.objects.values_list("key", flat=True))
    with pytest.raises(CountFailed):
        count_survey_unit(survey_unit=unit, private_key=key)
    unit.refresh_from_db()
    assert unit.state == SurveyUnit.State.CLOSED
    assert set(Envelope.objects.values_list("key", flat=True)) == before
    assert not Response.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "open", "too_few", "cancelled"])
def test_only_a_closed_unit_is_counted(state: str) -> None:
    unit = closed_unit(SHEETS[:7])
    SurveyUnit.objects.update(state=state)
    assert not count_survey_unit(survey_unit=unit, private_key=private_key_of(survey=unit.survey))
    assert not Response.objects.exists()
