"""Reviews at the same moment: one wins, the other is told, and nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from initiatives.actions.decision import decide_without_survey
from initiatives.actions.responsible import Named, name_responsible
from initiatives.actions.reviews import reply
from initiatives.models import Decision, Initiative, Review, StatusChange
from initiatives.queries.reviews import seen_of
from organisations.models import Role, User
from organisations.rules.refusal import Refused
from overview.actions.review import DecidedMeanwhile, Verdict, review
from overview.actions.status import change_with_surveys
from surveys.models import SurveyUnit
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.actions.test_reviews import reviewed
from tests.overview.actions.test_review import STOP, running, states

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
T = TypeVar("T")


def at_once(*acts: Callable[[], T]) -> list[T | Exception]:
    """What each came to, begun in the same moment on threads of their own."""
    begin = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | Exception:
        begin.wait()
        try:
            return act()
        except (Refused, PermissionDenied) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def a_review(trust: Trust, one: Initiative, verdict: Verdict, by: User) -> Callable[[], Review]:
    seen = seen_of(one)
    return lambda: review(
        initiative=one, units=[trust.ward_7.pk], verdict=verdict, seen=seen, by=by
    )


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_reviewers_one_wins(trust: Trust, attempt: int) -> None:
    one = running(trust)
    later = Verdict("start_later", "Posts first.", begins_when="when posts are filled")
    results = at_once(
        a_review(trust, one, STOP, trust.member(Role.REVIEWER)),
        a_review(trust, one, later, trust.member(Role.REVIEWER)),
    )
    assert [type(result) for result in results if isinstance(result, Exception)] == [
        DecidedMeanwhile
    ]
    won = Review.objects.get()
    assert StatusChange.objects.get().review == won
    assert states(one)[0] == {"stop": "stopped", "start_later": "on_hold"}[won.decision]


@pytest.mark.parametrize("attempt", range(3))
def test_of_a_review_and_a_decision_no_state_is_without_its_reason(
    trust: Trust, attempt: int
) -> None:
    one = running(trust, state="proposed")
    at_once(
        a_review(trust, one, STOP, trust.member(Role.REVIEWER)),
        lambda: decide_without_survey(
            initiative=one, unit=trust.ward_7, choice=Decision.Choice.GO_AHEAD,
            reason="We can.", by=trust.manager,
        ),
    )  # fmt: skip
    # The review first: the decision finds it over. The decision first: the review is refused.
    stopped = Review.objects.exists()
    assert states(one)[0] == ("stopped" if stopped else "active")
    last = StatusChange.objects.first()
    assert last is not None
    assert last.why == (STOP.reason if stopped else "We can.")


@pytest.mark.parametrize("attempt", range(3))
def test_two_that_merge_into_each_other_make_no_ring(trust: Trust, attempt: int) -> None:
    one, other = running(trust), running(trust, title="Protected mealtimes")
    results = at_once(
        a_review(trust, one, Verdict("merge", "Same.", into=other), trust.member(Role.REVIEWER)),
        a_review(trust, other, Verdict("merge", "Same.", into=one), trust.member(Role.REVIEWER)),
    )
    assert sum(isinstance(result, Review) for result in results) == 1
    merged = Initiative.objects.exclude(merged_into=None)
    assert merged.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_somebody_named_responsible_meanwhile_decides_nothing_after_that(
    trust: Trust, attempt: int
) -> None:
    one = running(trust)
    reviewer = trust.member(Role.REVIEWER)
    at_once(
        a_review(trust, one, STOP, reviewer),
        lambda: name_responsible(
            initiative=one, named={"sponsor": Named(user=reviewer.pk)}, by=trust.lead
        ),
    )
    with pytest.raises((PermissionDenied, Refused)):
        a_review(trust, one, STOP, reviewer)()
    assert Review.objects.count() == StatusChange.objects.count() <= 1


def test_of_two_replies_one_is_kept(trust: Trust) -> None:
    found = reviewed(trust)
    results = at_once(
        lambda: reply(review=found, words="Ours.", by=trust.manager),
        lambda: reply(review=found, words="Theirs.", by=trust.lead),
    )
    assert sum(isinstance(result, Refused) for result in results) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_no_survey_is_left_to_open_where_it_stopped(trust: Trust, attempt: int) -> None:
    """Launched first it is cancelled, or the stop is refused; stopped first none is launched."""
    one = running(trust)
    soon = timezone.now() + timedelta(days=2)
    at_once(
        lambda: change_with_surveys(
            initiative=one, units=[trust.ward_7], to="stopped", why="So.", by=trust.manager
        ),
        lambda: trust.launch(UnitToAsk(trust.ward_7, 12), initiative=one, opens_at=soon),
    )
    left = SurveyUnit.objects.filter(survey__initiative=one).exclude(state="cancelled")
    stopped = states(one)[0] == "stopped"
    assert left.exists() is not stopped
