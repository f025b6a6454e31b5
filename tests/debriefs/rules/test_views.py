"""When debriefs of a result are one decision, and when they differ."""

import pytest

from debriefs.rules.views import State, View, is_named, state_of, unanswered

DAY, NIGHT = View(1, "go_ahead"), View(2, "hold")
SAME = View(3, "go_ahead")


@pytest.mark.parametrize(
    ("views", "decided", "rests_on", "open_", "state"),
    [
        ([], "", (), False, ""),
        ([], "", (), True, "begun"),
        ([DAY], "", (), False, "decided"),
        ([DAY], "go_ahead", (1,), True, "decided"),
        ([DAY, SAME], "go_ahead", (1,), False, "decided"),
        ([DAY, NIGHT], "", (), False, "differ"),
        ([DAY, NIGHT], "go_ahead", (1,), True, "differ"),
        ([DAY, NIGHT], "hold", (1, 2), False, "decided"),
        ([DAY, NIGHT, SAME], "hold", (1, 2), False, "differ"),
        ([DAY, NIGHT, SAME], "go_ahead", (1, 2), False, "decided"),
    ],
)
def test_the_latest_never_overrules_the_others(
    views: list[View], decided: str, rests_on: tuple[int, ...], open_: bool, state: State
) -> None:
    assert state_of(views, decided=decided, rests_on=rests_on, open_=open_) == state


@pytest.mark.parametrize(
    ("choice", "replies", "missing"),
    [
        ("go_ahead", {}, (2,)),
        ("go_ahead", {2: "  "}, (2,)),
        ("go_ahead", {2: "Nights start in spring."}, ()),
        ("strengthen", {2: "So."}, (1,)),
    ],
)
def test_each_view_that_is_not_followed_needs_a_reply(
    choice: str, replies: dict[int, str], missing: tuple[int, ...]
) -> None:
    assert unanswered([DAY, NIGHT], choice=choice, replies=replies) == missing


@pytest.mark.parametrize(
    ("people", "agreed", "named"),
    [(None, False, False), (4, False, False), (5, False, True), (6, False, True), (4, True, True)],
)
def test_a_small_debrief_is_named_only_if_it_agreed(
    people: int | None, agreed: bool, named: bool
) -> None:
    assert is_named(people, agreed=agreed) is named
