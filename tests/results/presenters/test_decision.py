"""How far a plan is, in a sentence."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from initiatives.queries.plans import PlanProgress
from results.words.decision import actions_in_words, progress_in_words


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (PlanProgress(), "No priority is in the plan yet."),
        (PlanProgress(1), "1 priority from this result. No action for it yet."),
        (PlanProgress(2, 1, 1), "2 priorities from this result. The action for them is done."),
        (PlanProgress(2, 3, 3), "2 priorities from this result. All 3 actions for them are done."),
        (
            PlanProgress(2, dropped=1),
            "2 priorities from this result. The action for them was dropped.",
        ),
        (
            PlanProgress(1, dropped=2),
            "1 priority from this result. All 2 actions for it were dropped.",
        ),
        (
            PlanProgress(1, 1, 1, dropped=2),
            "1 priority from this result. The action for it is done. 2 were dropped.",
        ),
    ],
)
def test_progress(plan: PlanProgress, said: str) -> None:
    assert progress_in_words(plan) == said


@pytest.mark.parametrize(
    ("days", "one", "several"),
    [
        (-1, "it was due on", "one was due on"),
        (0, "it is due on", "the next is due on"),
        (1, "it is due on", "the next is due on"),
    ],
)
def test_what_is_overdue_is_not_said_to_come(days: int, one: str, several: str) -> None:
    due = timezone.localdate() + timedelta(days=days)
    assert one in actions_in_words(PlanProgress(1, 1, 0, due))
    assert several in actions_in_words(PlanProgress(1, 3, 1, due))


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (0, "None of 3 actions for its priorities is done"),
        (1, "1 of 3 actions for its priorities is done"),
        (2, "2 of 3 actions for its priorities are done"),
    ],
)
def test_the_next_day_is_named(done: int, said: str) -> None:
    due = date(2031, 12, 14)
    assert actions_in_words(PlanProgress(2, 3, done, due)) == (
        f"{said}; the next is due on Sunday 14 December 2031."
    )
