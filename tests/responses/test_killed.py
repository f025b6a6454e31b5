"""SIGKILL in the middle: no acknowledged sheet is lost or doubled, no count is done by halves."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from fieldwork import counting
from responses.actions.submission import SubmissionResult, submit_sealed
from responses.models import Envelope, Tally
from responses.models.response import Response
from responses.queries.verify import box_differences
from surveys.models import Invitation, Survey, SurveyUnit
from tests import servers
from tests.factories import SurveyFactory, SurveyUnitFactory
from tests.responses.ballots import (
    ALL_THREES,
    answer,
    invite,
    new_secret,
    open_unit,
    page_of_link,
    tallied,
)
from tests.responses.killed import killed_at

pytestmark = pytest.mark.django_db(transaction=True)

CAST = """
from responses.actions.submission import submit_sealed
from responses.queries.answer_page import find_by_token
submit_sealed(page=find_by_token({link!r}), secret={secret!r}, answers={answers!r})
"""


@pytest.mark.parametrize(
    ("point", "after_the_kill", "retry"),
    [
        ("responses.actions.submission._use_up", 0, SubmissionResult.SENT),
        ("responses.actions.submission._count_in", 0, SubmissionResult.SENT),
        # Kept, but the word of it never reached the phone.
        ("responses.actions.submission.submit_named", 1, SubmissionResult.ALREADY_SENT),
    ],
)
def test_a_process_killed_while_casting(
    point: str, after_the_kill: int, retry: SubmissionResult
) -> None:
    unit = open_unit()
    link, secret = invite(unit), new_secret()
    killed_at(point, CAST.format(link=link, secret=secret, answers=ALL_THREES))
    assert Envelope.objects.count() == tallied(unit) == after_the_kill
    assert Invitation.objects.filter(used=True).count() == after_the_kill
    page = page_of_link(link)
    assert submit_sealed(page=page, secret=secret, answers=ALL_THREES) is retry
    assert Envelope.objects.count() == tallied(unit) == 1


STREAM = """
import django
django.setup()
from responses.actions.submission import submit_sealed
from responses.queries.answer_page import find_by_code
from responses.rules.ballot_box import envelope_key
for number in range(100000):
    secret = f"secret number {number} of {START}"
    submit_sealed(page=find_by_code("CODE"), secret=secret, answers="3" * 45)
    print(envelope_key(secret).hex(), flush=True)
"""


def test_a_web_process_killed_under_load_loses_nothing_that_it_acknowledged() -> None:
    unit = open_unit(headcount=30000)
    acknowledged: set[str] = set()
    for start, seconds in enumerate((0.2, 0.35)):
        code = STREAM.replace("{START}", str(start)).replace("CODE", unit.answer_code)
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            env=servers.process_environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read()
        process.wait(10)
        process.stdout.close()
        lines = (first + rest).splitlines(keepends=True)
        acknowledged |= {line.strip() for line in lines if line.endswith("\n")}
    kept = {bytes(key).hex() for key in Envelope.objects.values_list("key", flat=True)}
    assert len(acknowledged) > 2
    assert acknowledged <= kept
    assert len(kept) <= len(acknowledged) + 2, "at most the one in hand at each kill"
    assert tallied(unit) == len(kept)


def test_a_count_killed_before_its_commit_has_not_happened() -> None:
    unit = open_unit()
    answer(unit, times=9)
    Tally.objects.update(open=False)
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    Survey.objects.update(state=Survey.State.CLOSED)
    # The envelopes are deleted and the responses written by then.
    killed_at(
        "responses.actions.count.update_survey_state",
        f"from fieldwork import counting\ncounting.count_unit({unit.pk})",
    )
    assert (Envelope.objects.count(), Response.objects.count()) == (9, 0)
    assert SurveyUnit.objects.get().state == SurveyUnit.State.CLOSED
    counting.sweep()
    assert (Envelope.objects.count(), Response.objects.count()) == (0, 9)
    assert box_differences(survey=unit.survey) == []


def test_a_preparation_killed_after_its_key_was_written_starts_again() -> None:
    survey = SurveyFactory.create(state=Survey.State.PREPARING)
    SurveyUnitFactory.create(survey=survey, state=SurveyUnit.State.NOT_OPEN)
    folder = Path(settings.KEYS_DIR)
    killed_at(
        "responses.rules.ballot_box.proves",
        f"from fieldwork import counting\ncounting.prepare_survey({survey.pk})",
    )
    strays = set(folder.glob(f"{survey.pk}-*"))
    assert strays
    survey.refresh_from_db()
    assert (survey.state, survey.public_key) == (Survey.State.PREPARING, None)
    counting.sweep()
    survey.refresh_from_db()
    assert survey.state == Survey.State.OPEN
    kept = set(folder.glob(f"{survey.pk}-*"))
    assert len(kept) == 1
    assert not strays & kept
