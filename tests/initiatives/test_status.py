"""The rules of status and the words that the models keep are the same."""

import pytest

from initiatives.models import Decision, Initiative
from initiatives.rules import status


def test_the_rules_know_every_status_and_no_other() -> None:
    assert set(status.FOLLOWS) == set(Initiative.State.values)
    assert set(status.ORDER) | set(status.OVER) == set(Initiative.State.values)


@pytest.mark.parametrize("before", Initiative.State.values)
@pytest.mark.parametrize("choice", Decision.Choice.values)
def test_a_decision_only_leads_where_it_can(before: str, choice: str) -> None:
    after = status.after_decision(before, choice)
    assert after == before or status.can_become(before, after)
    if before in status.OVER:
        assert after == before
