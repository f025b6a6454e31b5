"""Sheets coming in against closing and cancelling: nobody is told "Sent" for what is not kept."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from fieldwork import counting
from fieldwork.actions.closing import close_survey_unit
from fieldwork.actions.life import cancel_survey
from responses.actions.submission import SubmissionResult, submit_sealed
from responses.models import Envelope
from responses.models.response import Response
from responses.queries.answer_page import AnswerPage
from responses.queries.verify import box_differences
from surveys.models import Invitation, SurveyUnit
from tests.factories import UserFactory
from tests.responses.ballots import (
    ALL_THREES,
    answer,
    invite,
    new_secret,
    open_unit,
    page_of_code,
    page_of_link,
    tallied,
)
from tests.servers import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


def cast_while(unit: SurveyUnit, act: Callable[[], object]) -> list[SubmissionResult]:
    """People send from posters and links on four threads; in the midst of it `act` runs."""
    pages = [page_of_link(invite(unit)) for _ in range(20)] + [page_of_code(unit)] * 40
    begun = threading.Semaphore(0)

    def cast(page: AnswerPage) -> SubmissionResult:
        begun.release()
        try:
            return submit_sealed(page=page, secret=new_secret(), answers=ALL_THREES)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        casts = [pool.submit(cast, page) for page in pages]
        for _ in range(12):
            begun.acquire()
        act()
        return [one.result() for one in casts]


def test_closing_counts_exactly_what_was_acknowledged() -> None:
    unit = open_unit(headcount=80)
    answer(unit, times=7)

    def close() -> None:
        SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
        assert close_survey_unit(survey_unit=unit) == SurveyUnit.State.CLOSED
        closed_with.append(Envelope.objects.count())

    closed_with: list[int] = []
    outcomes = cast_while(unit, close)
    sent = outcomes.count(SubmissionResult.SENT) + 7
    assert set(outcomes) <= {SubmissionResult.SENT, SubmissionResult.CLOSED}
    assert Envelope.objects.count() == tallied(unit) == sent == closed_with[0]
    assert Invitation.objects.filter(used=True).count() <= sent
    counting.count_unit(unit.pk)
    assert Response.objects.count() == sent
    assert box_differences(survey=unit.survey) == []


def test_cancelling_leaves_nothing_behind() -> None:
    unit = open_unit(headcount=80)
    by = UserFactory.create()
    outcomes = cast_while(unit, lambda: cancel_survey(survey=unit.survey, by=by))
    assert set(outcomes) <= {
        SubmissionResult.SENT,
        SubmissionResult.CLOSED,
        SubmissionResult.CANCELLED,
    }
    assert not Envelope.objects.exists()
    assert tallied(unit) == 0
    assert box_differences(survey=unit.survey) == []


def test_two_workers_count_once() -> None:
    unit = open_unit()
    answer(unit, times=12)
    SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    close_survey_unit(survey_unit=unit)

    def count(_: int) -> None:
        try:
            counting.sweep()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(count, range(3)))
    assert Response.objects.count() == 12
    assert not Envelope.objects.exists()


@pytest.mark.postgresql
def test_a_sheet_waits_for_a_closing_in_progress_and_is_refused() -> None:
    """The lock itself: a closing holds the tallies, a sheet sent meanwhile must not slip in."""
    unit = open_unit()
    answer(unit, times=7)
    page = page_of_code(unit)
    SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    outcomes: list[SubmissionResult] = []

    def cast() -> None:
        try:
            outcomes.append(submit_sealed(page=page, secret=new_secret(), answers=ALL_THREES))
        finally:
            connections.close_all()

    late = threading.Thread(target=cast)
    with transaction.atomic():
        close_survey_unit(survey_unit=unit)
        late.start()
        time.sleep(0.3)
        assert outcomes == [], "it must wait"
    late.join(PATIENCE)
    assert outcomes == [SubmissionResult.CLOSED]
    assert Envelope.objects.count() == tallied(unit) == 7
