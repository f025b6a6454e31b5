"""Small tests: started, two at once, ended once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.actions.small_tests import end_test, start_test
from initiatives.models import Commitment, Initiative, SmallTest
from organisations.models import AuditEntry
from organisations.rules.refusal import Refused
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    made: Commitment = CommitmentFactory.create(initiative=an_initiative(trust), unit=trust.ward_7)
    return made


def start(trust: Trust, here: Commitment, what: str = "Red trays", days: int = 7) -> SmallTest:
    until = timezone.localdate() + timedelta(days=days)
    return start_test(
        commitment=here, what=what, expects="Half the calls", until=until, by=trust.manager
    )


def end(trust: Trust, test: SmallTest, outcome: str = "keep") -> None:
    end_test(test=test, happened="9 calls", outcome=outcome, following="", by=trust.manager)


def test_they_are_numbered_on_their_unit(trust: Trust, here: Commitment) -> None:
    first = start(trust, here)
    assert start(trust, here) == first, "pressed twice"
    end(trust, first)
    other: Commitment = CommitmentFactory.create(initiative=here.initiative, unit=trust.ward_9)
    assert [start(trust, here, "A sign").number, start(trust, other).number] == [2, 1]


def test_two_at_once_and_no_third(trust: Trust, here: Commitment) -> None:
    first = start(trust, here)
    start(trust, here, "A sign")
    with pytest.raises(Refused, match="Only 2 small tests"):
        start(trust, here, "A bell")
    end(trust, first)
    start(trust, here, "A bell")


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1, True)])
def test_until_today_at_least(trust: Trust, here: Commitment, days: int, fits: bool) -> None:
    if fits:
        start(trust, here, days=days)
    else:
        with pytest.raises(Refused, match="later day"):
            start(trust, here, days=days)
    assert SmallTest.objects.exists() == fits


def test_how_it_went_is_said_once(trust: Trust, here: Commitment) -> None:
    test = start(trust, here)
    for _ in range(2):
        end(trust, test)
    with pytest.raises(Refused, match="Someone else"):
        end(trust, test, "drop")
    test.refresh_from_db()
    assert (test.outcome, test.happened) == ("keep", "9 calls")
    assert AuditEntry.objects.filter(action="small test ended").count() == 1


def test_nothing_is_tried_where_it_was_stopped(trust: Trust, here: Commitment) -> None:
    here.state = Initiative.State.STOPPED
    with pytest.raises(Refused, match="has stopped"):
        start(trust, here)
