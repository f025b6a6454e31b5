"""Counting many units anew: asked for once, in parts, each by one worker."""

import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from organisations.models import AuditEntry
from responses.models.response import Response
from scoring import tasks
from scoring.actions import recount
from scoring.actions.recount import Counted, ask_recount, recount_next
from scoring.models import Aggregate, Recount
from scoring.queries.due import AGAIN_AFTER
from scoring.queries.recount import aggregate_differences
from surveys.models import SurveyUnit
from tests.factories import UserFactory
from tests.scoring.actions.test_aggregate import counted_unit_of
from tests.scoring.actions.test_publish import counted_unit

pytestmark = pytest.mark.django_db
WRONG = 99


@pytest.fixture
def units(monkeypatch: pytest.MonkeyPatch) -> list[SurveyUnit]:
    """Five released units with wrong aggregates, two a part."""
    first = counted_unit(9)
    units = [first, *(counted_unit_of(first.survey, 7 + number) for number in range(4))]
    ask_recount(of=first.survey, by=None)
    tasks.recount()
    SurveyUnit.objects.update(published_at=timezone.now())
    Aggregate.objects.update(respondents=WRONG)
    monkeypatch.setattr(recount, "AT_ONCE", 2)
    return units


@pytest.mark.parametrize("what", ["unit", "survey", "organisation"])
@pytest.mark.parametrize("by", ["task", "sweep"])
def test_what_was_asked_for_is_counted_anew(units: list[SurveyUnit], what: str, by: str) -> None:
    survey = units[0].survey
    choice: dict[str, tuple[Counted, int]] = {
        "unit": (units[0], 1),
        "survey": (survey, 5),
        "organisation": (survey.organisation, 5),
    }
    of, many = choice[what]
    user = UserFactory.create()
    assert ask_recount(of=of, by=user) == many
    assert Recount.objects.count() == (many + 1) // 2
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.detail) == ("recount asked for", user, {"units": many})
    {"task": tasks.recount, "sweep": tasks.sweep}[by]()
    assert Aggregate.objects.filter(respondents=WRONG).count() == 5 - many
    assert len(aggregate_differences(survey=survey)) == 5 - many
    assert not Recount.objects.exists()
    assert not recount_next()


def test_one_unit_that_cannot_be_counted_holds_up_no_other(
    units: list[SurveyUnit], caplog: pytest.LogCaptureFixture
) -> None:
    Response.objects.filter(survey_unit=units[0]).update(answers="x" * 45)
    ask_recount(of=units[0].survey, by=None)
    tasks.recount()
    assert list(Aggregate.objects.filter(respondents=WRONG)) == [units[0].aggregate]
    assert Recount.objects.get().units == [units[0].pk]
    assert "character that is not of the scale" in caplog.text
    caplog.clear()
    tasks.sweep()
    assert not caplog.text, "it is tried again in an hour"
    Response.objects.filter(survey_unit=units[0]).update(answers="3" * 45)
    Recount.objects.update(failed_at=timezone.now() - AGAIN_AFTER)
    tasks.sweep()
    assert aggregate_differences(survey=units[0].survey) == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_part_that_somebody_holds_is_left_to_them(units: list[SurveyUnit]) -> None:
    ask_recount(of=units[0].survey, by=None)
    held, done = threading.Event(), threading.Event()

    def other_worker() -> None:
        with transaction.atomic():
            Recount.objects.select_for_update().order_by("pk").first()
            held.set()
            done.wait(30)
        connection.close()

    other = threading.Thread(target=other_worker)
    other.start()
    assert held.wait(30)
    tasks.recount()
    assert Recount.objects.get().units == [unit.pk for unit in units[:2]]
    assert Aggregate.objects.filter(respondents=WRONG).count() == 2
    done.set()
    other.join()
    tasks.recount()
    assert aggregate_differences(survey=units[0].survey) == []


def test_the_operators_door(units: list[SurveyUnit]) -> None:
    def command(*words: Any) -> str:
        out = StringIO()
        call_command("recount", *map(str, words), stdout=out)
        return out.getvalue()

    slug = units[0].survey.organisation.slug
    assert command("--organisation", slug) == "Recounting 5 units.\n"
    assert command("--survey", units[0].survey_id) == "Recounting 5 units.\n"
    assert command("--unit", units[0].pk) == "Recounting 1 unit.\n"
    for words in (("--unit", 10**9), ("--survey", 10**9), ("--organisation", "nowhere")):
        with pytest.raises(CommandError, match="There is no such"):
            command(*words)
    assert Recount.objects.count() == 7
