from datetime import UTC, datetime, timedelta

import pytest

from organisations.rules.session_ends import (
    ORDINARY,
    PRIVILEGED,
    REMEMBERED,
    Limits,
    limits_of,
)

BEGAN = datetime(2026, 11, 29, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("limits", "idle", "at_most"),
    [
        (ORDINARY, timedelta(hours=2), timedelta(hours=12)),
        (REMEMBERED, timedelta(days=7), timedelta(days=30)),
        (PRIVILEGED, timedelta(minutes=30), timedelta(hours=12)),
    ],
)
def test_a_session_ends_without_use_and_at_last(
    limits: Limits, idle: timedelta, at_most: timedelta
) -> None:
    assert limits.ends_at(started_at=BEGAN, seen_at=BEGAN) == BEGAN + idle
    last_use = BEGAN + at_most - idle  # from here on the last end comes first
    for use in (last_use - SECOND, last_use, last_use + SECOND, BEGAN + at_most):
        ends_at = limits.ends_at(started_at=BEGAN, seen_at=use)
        assert ends_at == min(use + idle, BEGAN + at_most)
    assert limits.ends_at(started_at=BEGAN, seen_at=BEGAN + at_most) == BEGAN + at_most


def test_who_may_change_others_rights_is_never_remembered() -> None:
    assert limits_of(remembered=False, privileged=False) == ORDINARY
    assert limits_of(remembered=True, privileged=False) == REMEMBERED
    for remembered in (True, False):
        assert limits_of(remembered=remembered, privileged=True) == PRIVILEGED
