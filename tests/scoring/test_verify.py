"""`verify` finds every way in which a survey can fail to add up, and says which."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from responses.models import Envelope, Tally
from responses.models.response import Response
from scoring import tasks
from scoring.models import Aggregate
from surveys.models import Survey, SurveyUnit
from tests.responses.ballots import answer, open_unit
from tests.scoring.actions.test_publish import counted_unit

pytestmark = pytest.mark.django_db


def test_a_sound_survey_adds_up_while_open_and_when_published(
    capsys: pytest.CaptureFixture[str],
) -> None:
    running = open_unit()
    answer(running, times=3)
    call_command("verify", running.survey_id)
    done = counted_unit()
    tasks.sweep()
    call_command("verify", done.survey_id)
    assert capsys.readouterr().out.splitlines() == [
        f"Survey {running.survey_id} adds up.",
        f"Survey {done.survey_id} adds up.",
    ]


def _one_envelope_less() -> None:
    Envelope.objects.all()[:1].get().delete()


def _one_tally_more() -> None:
    Tally.objects.filter(channel="email").update(count=1)


@pytest.mark.parametrize("spoil", [_one_envelope_less, _one_tally_more])
def test_open(spoil: Callable[[], None]) -> None:
    unit = open_unit()
    answer(unit, times=3)
    spoil()
    with pytest.raises(CommandError, match=rf"unit {unit.pk}.* envelopes expected"):
        call_command("verify", unit.survey_id)


def _one_response_less() -> None:
    Response.objects.all()[:1].get().delete()


def _another_answer() -> None:
    first = Response.objects.all()[:1].get()
    Response.objects.filter(pk=first.pk).update(answers="0" * 45)


def _an_envelope_left() -> None:
    unit = SurveyUnit.objects.get()
    Envelope.objects.create(key=b"k" * 32, survey_unit=unit, sealed=b"sealed")


def _no_aggregate() -> None:
    Aggregate.objects.all().delete()


def _other_respondents() -> None:
    Aggregate.objects.update(respondents=13)


def _a_failure() -> None:
    Survey.objects.update(count_failure="Answers cannot be counted: its key is lost.")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_one_response_less, "14 responses expected, 13 found"),
        (_another_answer, "differs from the recount in items"),
        (_an_envelope_left, "0 envelopes expected, 1 found"),
        (_no_aggregate, "no aggregate is kept"),
        (_other_respondents, "differs from the recount in respondents"),
        (_a_failure, "its key is lost"),
    ],
)
def test_counted(spoil: Callable[[], None], says: str) -> None:
    unit = counted_unit()
    tasks.sweep()
    spoil()
    with pytest.raises(CommandError, match=says) as failure:
        call_command("verify", unit.survey_id)
    assert failure.value.returncode == 1


def test_an_unknown_survey_is_said() -> None:
    with pytest.raises(CommandError, match="no survey 4711"):
        call_command("verify", 4711)
